"""The systems to compare: presets to tick in groups that fold, a search, any other size, reference and basis."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.figures.scenarios.names import basis_name
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.levers.lever_field import UndoField
from ipuwhatif.gui.list_box import ListBox
from ipuwhatif.gui.page.view_state import keep
from ipuwhatif.gui.panels.systems_group import SystemBox, SystemsGroup
from ipuwhatif.gui.theme import set_role
from ipuwhatif.scenario.edits import set_basis, set_reference, set_subject, tick_system
from ipuwhatif.scenario.reasons import TooManySystems
from ipuwhatif.scenario.scenario import BASES, MOST_SYSTEMS
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, format_number, half_width, told

FAMILIES = {
    "ipu": marked("IPU systems"),
    "bow": marked("Bow systems"),
    "gpu": marked("GPU systems"),
    "other": marked("Other accelerators"),
    "cpu": marked("CPUs"),
}


class SystemsPanel(QWidget):
    """A box to tick for every preset and for every other system of the scenario; it holds nothing.

    Large groups and those with nothing ticked are folded until they are opened or searched; what is ticked always
    shows. `rebuilt` when other boxes are shown.
    """

    rebuilt = Signal()

    def __init__(self, question: Question, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._offered: tuple[SystemChoice, ...] = ()
        self._shown: tuple[tuple[SystemChoice, ...], str, str, str] | None = None
        self.search = QLineEdit(self)
        self.groups = {
            family: SystemsGroup(tr(FAMILIES.get(family, family)), catalog, self._wire, self)
            for family in self._families()
        }
        self.boxes = _Boxes(self.groups, catalog)
        self.nothing = QLabel(self)
        self.family = ListBox(self)
        self.chips = UndoField(self)
        self.fault = QLabel(self)
        self.add = QPushButton(tr("Add"), self)
        self.subject = ListBox(self)
        self.reference = ListBox(self)
        self.basis = ListBox(self)
        keep(self.search, "find system")
        keep(self.family, "family of another system")
        keep(self.chips, "chips of another system")
        for family, group in self.groups.items():
            keep(group, f"systems {family}")
            group.rebuilt.connect(self.rebuilt)
        self._word()
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.add.clicked.connect(self._add)
        self.chips.returnPressed.connect(self._add)
        self.chips.textEdited.connect(lambda: self._show_fault(""))
        self.family.currentIndexChanged.connect(self._show_limits)
        self.subject.activated.connect(self._choose_subject)
        self.reference.activated.connect(self._choose_reference)
        self.basis.activated.connect(self._choose_basis)
        question.changed.connect(self.refresh)
        self.refresh()
        self._show_limits()

    def refresh(self) -> None:
        scenario = self._question.scenario
        self._show_fault("")
        self.setVisible(self._catalog.workloads[scenario.workload].kind != RELATIVE)
        shown = (scenario.systems, scenario.subject, scenario.reference, scenario.basis)
        if shown == self._shown:  # a lever moved
            return
        self._shown = shown
        presets = tuple(
            choice for choice in self._catalog.presets.values() if self._catalog.systems[choice.system].listed
        )
        offered = (*presets, *(choice for choice in scenario.systems if choice not in presets))
        if offered != self._offered:
            self._offered = offered
            self._rebuild()
        for group in self.groups.values():
            group.show_ticked(scenario.systems, scenario.reference)
        self._offer(self.reference, scenario.reference)
        self._offer(self.subject, scenario.spoken_of)
        with QSignalBlocker(self.basis):
            self.basis.setCurrentIndex(self.basis.findData(scenario.basis))

    def _offer(self, box: QComboBox, key: str) -> None:
        """The ticked systems in a list, the one with the key chosen."""
        systems = self._question.scenario.systems
        with QSignalBlocker(box):
            box.clear()
            for choice in systems:
                box.addItem(system_name(choice, self._catalog), choice)
            keys = [choice.key for choice in systems]
            box.setCurrentIndex(keys.index(key) if key in keys else -1)
        box.setEnabled(bool(systems))

    def show_reasons(self, reasons: Mapping[SystemChoice, str]) -> None:
        """Why ticked systems cannot run the job, each under its box."""
        for group in self.groups.values():
            group.show_reasons(reasons)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        grouped = [control for group in self.groups.values() for control in group.controls()]
        return [self.search, *grouped, self.family, self.chips, self.add, self.subject, self.reference, self.basis]

    def _families(self) -> tuple[str, ...]:
        """The families of the catalog, in the order in which they are shown."""
        present = dict.fromkeys(system.family for system in self._catalog.systems.values())
        return tuple(sorted(present, key=lambda family: [*FAMILIES, family].index(family)))

    def _word(self) -> None:
        """What each field is called, and what it may hold."""
        self.search.setPlaceholderText(tr("Find a system"))
        self.search.setAccessibleName(tr("Find a system"))
        self.search.setClearButtonEnabled(True)
        for label, role in ((self.nothing, "caption"), (self.fault, "warning")):
            set_role(label, role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.hide()
        for system in self._catalog.systems.values():
            if system.listed:
                self.family.addItem(system.name, system.key)
        for basis in BASES:
            self.basis.addItem(basis_name(basis), basis)
        for field in (self.family, self.subject, self.reference, self.basis):
            field.setMinimumContentsLength(4)  # with its neighbours no wider than the side
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.family.setAccessibleName(tr("Family of another system"))
        self.chips.setAccessibleName(tr("Chip count of another system"))
        self.chips.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.chips.setPlaceholderText(tr("chips"))
        self.chips.setFixedWidth(53)
        for line in (self.search, self.chips):
            line.setAcceptDrops(False)  # a file that is dropped here is meant for the window
        self.add.setAccessibleName(tr("Add another chip count"))
        self.subject.setAccessibleName(tr("System that headlines speak of"))
        self.subject.setToolTip(tr("The system that headlines speak of, against the reference"))
        self.reference.setAccessibleName(tr("Reference system"))
        self.basis.setAccessibleName(tr("What systems are compared by"))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.search, *self.groups.values(), self.nothing):
            layout.addWidget(widget)
        layout.addLayout(self._titled(tr("Other size"), self.family, (self.chips, self.add)))
        layout.addWidget(self.fault)
        layout.addLayout(self._titled(tr("Subject"), self.subject, ()))
        layout.addLayout(self._titled(tr("Reference"), self.reference, ()))
        layout.addLayout(self._titled(tr("Compare"), self.basis, ()))

    def _titled(self, title: str, first: QWidget, rest: Sequence[QWidget]) -> QHBoxLayout:
        label = QLabel(title, self)
        set_role(label, "caption")
        label.setFixedWidth(60)
        label.setBuddy(first)
        row = QHBoxLayout()
        row.setSpacing(3)
        row.addWidget(label)
        row.addWidget(first, 1)
        for widget in rest:
            row.addWidget(widget)
        return row

    def _rebuild(self) -> None:
        """New boxes, in the order of the catalog, then by chips."""
        order = list(self._catalog.systems)
        ranked = sorted(self._offered, key=lambda each: (order.index(each.system), each.chips))
        for family, group in self.groups.items():
            group.hold([choice for choice in ranked if self._catalog.systems[choice.system].family == family])
        self._find()

    def _wire(self, box: SystemBox) -> None:
        """A box that is seen for the first time."""
        box.ticked.connect(self._tick)

    def _find(self) -> None:
        """Show the boxes whose names have every word of the search; without one the groups are as they were."""
        words = self.search.text().casefold().split()
        found = [group.search(words) for group in self.groups.values()]
        self.nothing.setText(tr("No system is called that. Any other size of a family can be added below."))
        self.nothing.setVisible(not any(found))

    def _tick(self, choice: SystemChoice, present: bool) -> None:
        if present and self._full():
            self.boxes[choice].show_state(False, False)
            return
        self._question.apply(tick_system(self._question.scenario, choice, present, self._catalog))

    def _full(self) -> bool:
        """Whether no other system can be shown; then that is said."""
        full = len(self._question.scenario.systems) >= MOST_SYSTEMS
        if full:
            self._show_fault(told(TooManySystems(MOST_SYSTEMS)))
        return full

    def _add(self) -> None:
        """Tick the typed size; what cannot be had is said under the field."""
        family, typed = self.family.currentData(), self.chips.text()
        if not typed.strip():
            system = self._catalog.systems[family]
            low, high = format_number(system.minimum_chips), format_number(system.maximum_chips)
            self._show_fault(tr("How many chips? A whole number from {low} to {high}.", low=low, high=high))
            return
        try:
            choice = parse_system(f"{family}:{half_width(typed).replace(',', '')}", self._catalog)
        except InputError as error:
            self._show_fault(str(error))
            return
        if choice not in self._question.scenario.systems and self._full():
            return
        self._show_fault("")
        self.chips.setText("")  # not `clear`, which the field could undo
        self._question.apply(tick_system(self._question.scenario, choice, True, self._catalog))

    def _show_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _choose_subject(self, index: int) -> None:
        choice = self.subject.itemData(index)
        self._question.apply(set_subject(self._question.scenario, choice, self._catalog))

    def _choose_reference(self, index: int) -> None:
        choice = self.reference.itemData(index)
        self._question.apply(set_reference(self._question.scenario, choice, self._catalog))

    def _choose_basis(self, index: int) -> None:
        self._question.apply(set_basis(self._question.scenario, self.basis.itemData(index)))

    def _show_limits(self) -> None:
        """What the family can have."""
        system = self._catalog.systems[self.family.currentData()]
        self._show_fault("")
        self.chips.setToolTip(
            tr(
                "{low} to {high} {word}s",
                low=format_number(system.minimum_chips),
                high=format_number(system.maximum_chips),
                word=tr(system.chip_word),
            )
        )


class _Boxes(Mapping[SystemChoice, SystemBox]):
    """Every offered system's box; one that nobody has seen yet is built when it is asked for."""

    def __init__(self, groups: Mapping[str, SystemsGroup], catalog: Catalog) -> None:
        self._groups = groups
        self._catalog = catalog

    def __getitem__(self, choice: SystemChoice) -> SystemBox:
        family = self._catalog.systems[choice.system].family
        if choice not in self._groups[family].choices:
            raise KeyError(choice)
        return self._groups[family].box(choice)

    def __iter__(self) -> Iterator[SystemChoice]:
        return (choice for group in self._groups.values() for choice in group.choices)

    def __len__(self) -> int:
        return sum(len(group.choices) for group in self._groups.values())
