"""The levers, or the assumptions, of the selected system in groups that fold; titles say whose they are."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.figures.scenarios.names import family_name
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.levers.lever_group import LeverGroup
from ipuwhatif.gui.levers.lever_row import LeverRow
from ipuwhatif.gui.page.view_state import keep
from ipuwhatif.gui.theme import reset_pixmap, set_role
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.scenario.edits import set_lever
from ipuwhatif.scenario.levers import ASSUMPTION, CUT, EVERY, FAMILY, LEVER, PIN, SYSTEM, Lever, Levers
from ipuwhatif.scenario.resolve import scopes_of, settings_for
from ipuwhatif.scenario.scopes import allowed_scopes, own_scope, set_scope, whose
from ipuwhatif.texts import tr
from ipuwhatif.units import told

#: Open before the user says otherwise.
OPEN = ("software", "layout")


class LeversPanel(QWidget):
    """Every lever of one kind as a row. It holds nothing: values come from the question's scenario.

    A group stands under the title of those whom most of its levers are set for; a row that is set for others says so.
    `rebuilt` when there are new rows.
    """

    rebuilt = Signal()

    def __init__(
        self, question: Question, catalog: Catalog, levers: Levers, parent: QWidget, kind: str = LEVER
    ) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._kind = kind
        self._layouts: Mapping[str, Layout] = {}
        self._workload = question.scenario.workload  # whose layouts they are
        self._icon = QIcon()
        self._choice: SystemChoice | None = None  # whose levers are shown
        self._settings: Mapping[str, tuple[str, float]] = {}
        self._automatic: Mapping[str, float] = {}
        self._levers = {key: lever for key, lever in levers.items() if lever.kind == kind}
        self.search = QLineEdit(self)
        self.nothing = QLabel(self)
        self.titles: dict[str, QLabel] = {}
        self.groups: dict[str, LeverGroup] = {}
        self._sections: dict[str, list[LeverGroup]] = {}
        self.rows = _Rows(self._levers, self.groups)
        keep(self.search, f"find {kind}")
        self._lay_out()
        self.search.textChanged.connect(self._find)
        question.changed.connect(self.refresh)
        question.levered.connect(self.refresh)
        self.refresh()

    def show_layouts(self, layouts: Mapping[str, Layout]) -> None:
        """The layout that the policy took for each system: there the sliders rest of what is not pinned.

        A system that is not among them has none that is known.
        """
        workload = self._question.scenario.workload
        if layouts != self._layouts or workload != self._workload:
            self._layouts, self._workload = layouts, workload
            self.refresh()

    def set_icons(self, colour: str) -> None:
        """Paint the reset buttons for a theme."""
        self._icon = QIcon(reset_pixmap(colour, self.devicePixelRatioF()))
        for row in self._built().values():
            row.button.setIcon(self._icon)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.search, *(control for group in self.groups.values() for control in group.controls())]

    def reveal(self, key: str) -> LeverRow:
        """The row of a lever, with its group open and no search that would hide it."""
        self.search.clear()
        group = next(group for group in self.groups.values() if any(each.key == key for each in group.levers))
        group.open()
        self.rebuilt.emit()
        return group.row(key)

    def refresh(self) -> None:
        """Only what has changed since the last time is touched: every move of a slider comes through here."""
        scenario, choice = self._question.scenario, self._question.levers_of
        relative = self._catalog.workloads[scenario.workload].kind == RELATIVE
        self.setVisible(choice is not None and not relative)
        if choice is None or relative:
            return
        anew = choice != self._choice
        built = len(self._built())
        traits = self._catalog.workloads[scenario.workload].traits
        for group in self.groups.values():
            group.show_offered(any(lever.acts_on(traits) for lever in group.levers))
        if anew:
            self._choice = choice
            self._show_titles(choice)
        before, self._settings = self._settings, settings_for(scenario, choice, self._catalog)
        shown, self._automatic = self._automatic, self._automatic_of(choice)
        if anew or self._settings.keys() != before.keys():
            for group in self.groups.values():
                group.show_moved(self._settings.keys(), anew)
        for key, row in self._built().items():
            moved = before.get(key) != self._settings.get(key) or shown.get(key) != self._automatic.get(key)
            if anew or moved or row.field.isModified():
                self._show(row)
        if len(self._built()) > built:
            self.rebuilt.emit()

    def _show(self, row: LeverRow) -> None:
        """What holds of a lever for the selected system, and for whom that is set."""
        key, choice = row.lever.key, self._choice
        if choice is None:
            return
        scope, value = self._settings.get(key, (own_scope(row.lever, choice, self._catalog), None))
        row.show_value(value, self._automatic.get(key))
        words = "" if scope == self._section_scope(row.lever, choice) else told(whose(scope, choice, self._catalog))
        allowed = () if value is None else allowed_scopes(row.lever, choice, self._catalog)
        row.show_scope(words, scope, [(each, told(whose(each, choice, self._catalog))) for each in allowed])

    def _section_scope(self, lever: Lever, choice: SystemChoice) -> str:
        """Whom the title over a lever names."""
        narrow, family, every = scopes_of(choice, self._catalog)
        return {SYSTEM: narrow, FAMILY: family, EVERY: every}[self._section_of(lever.group)]

    def _automatic_of(self, choice: SystemChoice) -> Mapping[str, float]:
        """What the layout policy took, by the key of the lever that would pin it."""
        layout = self._layouts.get(choice.key) if self._workload == self._question.scenario.workload else None
        if layout is None:
            return MappingProxyType({})
        taken = {key: getattr(layout, lever.field) for key, lever in self._levers.items() if lever.target == PIN}
        if not layout.precision:
            return taken
        cut = {"product_bits": PRECISIONS[layout.precision].bits, "recompute_layers": round(layout.recomputed)}
        cut |= {name: getattr(layout, name) for name in ("tensor_parallel", "context_parallel")}
        return taken | {key: cut[lever.field] for key, lever in self._levers.items() if lever.target == CUT}

    def _built(self) -> dict[str, LeverRow]:
        return {key: row for group in self.groups.values() for key, row in group.built.items()}

    def _show_titles(self, choice: SystemChoice) -> None:
        family = self._catalog.systems[choice.system].family
        of = {"family": family_name(family), "name": system_name(choice, self._catalog)}
        texts = {
            (LEVER, FAMILY): tr("Levers of every {family} system", **of),
            (LEVER, SYSTEM): tr("Levers of {name} alone", **of),
            (LEVER, EVERY): tr("Levers of all systems"),
            (ASSUMPTION, FAMILY): tr("Assumptions of every {family} system", **of),
            (ASSUMPTION, SYSTEM): tr("Assumptions of {name} alone", **of),
            (ASSUMPTION, EVERY): tr("Assumptions of all systems"),
        }
        for scope, title in self.titles.items():
            title.setText(texts[self._kind, scope])

    def _find(self) -> None:
        """Show the levers whose names have every word of the search; without one the groups are as they were."""
        words = self.search.text().casefold().split()
        built = len(self._built())
        for scope, groups in self._sections.items():
            found = [group.search(words) for group in groups]
            self.titles[scope].setVisible(any(found))
        self.nothing.setVisible(all(title.isHidden() for title in self.titles.values()))
        if len(self._built()) > built:
            self.rebuilt.emit()

    def _section_of(self, group: str) -> str:
        """FAMILY, SYSTEM or EVERY: whom most levers of a group are for."""
        scopes = [lever.scope for lever in self._levers.values() if lever.group == group]
        return max((FAMILY, SYSTEM, EVERY), key=scopes.count)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        words = tr("Find a lever") if self._kind == LEVER else tr("Find an assumption")
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)  # a file that is dropped here is meant for the window
        layout.addWidget(self.search)
        keys = dict.fromkeys(lever.group for lever in self._levers.values())
        for scope in (FAMILY, SYSTEM, EVERY):
            groups = [key for key in keys if self._section_of(key) == scope]
            if groups:
                self._add_section(layout, scope, groups)
        self.nothing.setText(tr("No lever is called that.") if self._kind == LEVER else tr("No such assumption."))
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.nothing, "caption")
        self.nothing.hide()
        layout.addWidget(self.nothing)

    def _add_section(self, layout: QVBoxLayout, scope: str, groups: list[str]) -> None:
        title = self.titles[scope] = QLabel(self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        set_role(title, "heading")
        layout.addWidget(title)
        self._sections[scope] = []
        for key in groups:
            levers = [lever for lever in self._levers.values() if lever.group == key]
            group = LeverGroup(key, levers, key in OPEN, self._wire, self)
            keep(group, f"{self._kind} {key}")
            group.folded.connect(self.rebuilt)
            self.groups[key] = group
            self._sections[scope].append(group)
            layout.addWidget(group)

    def _wire(self, row: LeverRow) -> None:
        """A new row: connected, painted and showing what holds."""
        row.pressed.connect(lambda: self._question.begin_gesture(dragging=True))
        row.released.connect(self._question.end_gesture)
        row.gesture.connect(self._question.begin_gesture)
        row.moved.connect(lambda value: self._set(row.lever, value))
        row.reset.connect(lambda: self._reset(row.lever))
        row.scoped.connect(lambda scope: self._set_scope(row.lever, scope))
        row.button.setIcon(self._icon)
        row.stated = lambda: self._stated(row.lever)
        self._show(row)

    def _stated(self, lever: Lever) -> tuple[int | None, Collection[str]]:
        """The chips of the system that a lever is set for, where it is one, and the currencies of the prices."""
        choice = self._choice
        if choice is None:
            return None, ()
        scope, _ = self._settings.get(lever.key, (own_scope(lever, choice, self._catalog), None))
        return choice.chips if scope == choice.key else None, self._question.scenario.currencies

    def _set(self, lever: Lever, value: float | None) -> None:
        """A move is for whom the setting that holds is for, since that wins; else for whom the lever is."""
        choice = self._question.levers_of
        if choice is None:
            return
        scenario = self._question.scenario
        own = own_scope(lever, choice, self._catalog)
        scope, _ = settings_for(scenario, choice, self._catalog).get(lever.key, (own, 0.0))
        self._question.apply(set_lever(scenario, scope, lever, value, self._catalog))

    def _reset(self, lever: Lever) -> None:
        self._question.begin_gesture()
        self._set(lever, None)

    def _set_scope(self, lever: Lever, scope: str) -> None:
        choice = self._question.levers_of
        if choice is not None:
            self._question.begin_gesture()
            self._question.apply(set_scope(self._question.scenario, lever, choice, scope, self._catalog))


class _Rows(Mapping[str, LeverRow]):
    """Every lever's row by its key; one that nobody has seen yet is built when it is asked for."""

    def __init__(self, levers: Levers, groups: Mapping[str, LeverGroup]) -> None:
        self._levers = levers
        self._groups = groups

    def __getitem__(self, key: str) -> LeverRow:
        return self._groups[self._levers[key].group].row(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._levers)

    def __len__(self) -> int:
        return len(self._levers)
