"""The systems to compare: presets to tick, grouped by family, any other chip count, and the reference."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.catalog.names import parse_system, short_name, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.gui.question import Question
from ipuwhatif.gui.theme import set_role
from ipuwhatif.scenario.edits import set_reference, tick_system
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number

COLUMNS = 2
MOST_SYSTEMS = 24  # as many as a chart can still be read with


class SystemsPanel(QWidget):
    """A box to tick for every preset and for every other system of the document; it holds nothing.

    `rebuilt` when there are new boxes.
    """

    rebuilt = Signal()

    def __init__(self, question: Question, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._offered: tuple[SystemChoice, ...] = ()
        self._shown: tuple[tuple[SystemChoice, ...], str] | None = None
        self.boxes: dict[SystemChoice, QCheckBox] = {}
        self.family = QComboBox(self)
        self.chips = QLineEdit(self)
        self.fault = QLabel(self)
        self.add = QPushButton(tr("Add"), self)
        self.reference = QComboBox(self)
        self._ticks = QWidget(self)
        self._grid = QGridLayout(self._ticks)
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.chips.returnPressed.connect(self._add)
        self.chips.textEdited.connect(lambda: self._show_fault(""))
        self.family.currentIndexChanged.connect(self._show_limits)
        self.reference.activated.connect(self._choose_reference)
        question.changed.connect(self.refresh)
        self.refresh()
        self._show_limits()

    def refresh(self) -> None:
        document = self._question.document
        self._show_fault("")
        if (document.systems, document.reference) == self._shown:  # a lever moved
            return
        self._shown = (document.systems, document.reference)
        presets = tuple(self._catalog.presets.values())
        offered = (*presets, *(choice for choice in document.systems if choice not in presets))
        if offered != self._offered:
            self._offered = offered
            self._rebuild()
        for choice, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(choice in document.systems)
            role = "strong" if choice.key == document.reference else ""
            if box.property("role") != role:
                set_role(box, role)
                box.style().polish(box)
        with QSignalBlocker(self.reference):
            self.reference.clear()
            for choice in document.systems:
                self.reference.addItem(system_name(choice, self._catalog), choice)
            keys = [choice.key for choice in document.systems]
            self.reference.setCurrentIndex(keys.index(document.reference) if document.reference in keys else -1)
        self.reference.setEnabled(bool(document.systems))

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [*self.boxes.values(), self.family, self.chips, self.add, self.reference]

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        layout.addWidget(self._ticks)
        for system in self._catalog.systems.values():
            self.family.addItem(system.name, system.key)
        for field in (self.family, self.reference):
            field.setMinimumContentsLength(6)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.family.setAccessibleName(tr("Family of another system"))
        self.chips.setAccessibleName(tr("Chip count of another system"))
        self.chips.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.chips.setPlaceholderText(tr("chips"))
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        self.fault.hide()
        set_role(self.fault, "warning")
        self.add.setAccessibleName(tr("Add another chip count"))
        self.reference.setAccessibleName(tr("Reference system"))
        other, against = QLabel(tr("Other size"), self), QLabel(tr("Reference"), self)
        for label, first, rest in ((other, self.family, (self.chips, self.add)), (against, self.reference, ())):
            set_role(label, "caption")
            label.setFixedWidth(62)
            label.setBuddy(first)
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(label)
            row.addWidget(first, 1)
            for widget in rest:
                row.addWidget(widget)
            layout.addLayout(row)
            if rest:
                layout.addWidget(self.fault)
        self.chips.setFixedWidth(58)

    def _rebuild(self) -> None:
        """A heading a family and its boxes in two columns."""
        for widget in self._ticks.findChildren(QWidget):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.boxes = {}
        row = 0
        for system in self._catalog.systems.values():
            choices = sorted(
                (choice for choice in self._offered if choice.system == system.key), key=lambda each: each.chips
            )
            if not choices:
                continue
            heading = QLabel(tr("{name} systems", name=system.name), self._ticks)
            set_role(heading, "heading")
            heading.setContentsMargins(0, 5 if row else 0, 0, 0)
            self._grid.addWidget(heading, row, 0, 1, COLUMNS)
            for index, choice in enumerate(choices):
                self._grid.addWidget(self._box(choice), row + 1 + index // COLUMNS, index % COLUMNS)
            row += 1 + -(-len(choices) // COLUMNS)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.rebuilt.emit()

    def _box(self, choice: SystemChoice) -> QCheckBox:
        short = short_name(choice, self._catalog)
        preset = choice.key in self._catalog.preset_names
        box = QCheckBox(short if preset else f"{short} ({format_number(choice.chips)})", self._ticks)
        box.setToolTip(system_name(choice, self._catalog))
        box.setAccessibleName(system_name(choice, self._catalog))
        box.toggled.connect(lambda present: self._tick(choice, present))
        self.boxes[choice] = box
        return box

    def _tick(self, choice: SystemChoice, present: bool) -> None:
        if present and self._full():
            with QSignalBlocker(self.boxes[choice]):
                self.boxes[choice].setChecked(False)
            return
        self._question.apply(tick_system(self._question.document, choice, present, self._catalog))

    def _full(self) -> bool:
        """Whether no other system can be shown; then that is said."""
        full = len(self._question.document.systems) >= MOST_SYSTEMS
        if full:
            most = format_number(MOST_SYSTEMS)
            self._show_fault(tr("At most {most} systems at once: untick one first.", most=most))
        return full

    def _add(self) -> None:
        """Tick the typed size; what cannot be had is said under the field."""
        family, typed = self.family.currentData(), self.chips.text()
        try:
            choice = parse_system(f"{family}:{typed.replace(',', '')}", self._catalog)
        except InputError as error:
            self._show_fault(str(error))
            return
        if choice not in self._question.document.systems and self._full():
            return
        self._show_fault("")
        self.chips.clear()
        self._question.apply(tick_system(self._question.document, choice, True, self._catalog))

    def _show_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _choose_reference(self, index: int) -> None:
        choice = self.reference.itemData(index)
        self._question.apply(set_reference(self._question.document, choice, self._catalog))

    def _show_limits(self) -> None:
        """What the family can have."""
        system = self._catalog.systems[self.family.currentData()]
        self._show_fault("")
        self.chips.setToolTip(
            tr(
                "{low} to {high} {word}s",
                low=format_number(system.minimum_chips),
                high=format_number(system.maximum_chips),
                word=system.chip_word,
            )
        )
