"""What single questions are asked with, beside the tabs: view, change, target, what it is sought over, the system.

It holds how the scenario is looked at, and nothing of the scenario.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ipuwhatif.catalog.names import system_name
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, SCALING, SENSITIVITY
from ipuwhatif.gui.answering.view_options import (
    ANY,
    CHANGE,
    CHIPS,
    FINISH,
    LEARNT,
    MINE,
    OF_BACK_TESTS,
    RESULTS,
    VIEWS,
    Change,
    ViewOptions,
    view_name,
)
from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.list_box import BY_WORDS, ListBox
from ipuwhatif.gui.page.start_field import StartField
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.tables.result_filters import ResultFilters
from ipuwhatif.gui.theme import GAP, set_faulty, set_role
from ipuwhatif.scenario.dates import parse_deadline, written_deadline
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, told

if TYPE_CHECKING:
    from ipuwhatif.catalog.types import Catalog, SystemChoice

TARGET_WIDTH, DAY_WIDTH, NAME_LETTERS, CHANGE_LETTERS, PROTOCOL_LETTERS = 74, 96, 15, 19, 34


class ViewToolbar(QWidget):
    """Signals: `changed` when the way of looking did, `chosen` with a system to look at, `sought` with a target [s].

    A wrong target is left as it was typed, and `fault` says what is wrong with it; Esc brings back the last good one.
    """

    changed = Signal()
    chosen = Signal(object)
    sought = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fault = ""
        self._target_s: float | None = None
        self._as_typed: tuple[str, float | None, str] = (
            "",
            None,
            "",
        )  # a target's text, its time [s] and the day that it counts from
        self._question = COMPARE
        self._views = {question: views[0] for question, views in VIEWS.items()}
        self.chips: tuple[int, int] | None = None  # the range along which Scaling is looked at, where that is not all
        self._change = 0  # place of the change that is looked at where none of its name is offered
        self.view, self.change, self.protocol = ListBox(self), ListBox(self), ListBox(self)
        self.target_name, self.target = QLabel(tr("Target"), self), LeverField(self)
        self.start_name, self.start = QLabel(tr("Start"), self), StartField(self)
        self.over_name, self.over = QLabel(tr("over"), self), ListBox(self)
        self.system_name, self.system = QLabel(tr("System"), self), ListBox(self)
        self.filters = ResultFilters(self)
        self.prices = QPushButton(tr("Prices…"), self)  # what each system costs, all in one table
        self.mine = QPushButton(tr("My data…"), self)  # where results of the user's own come in
        self._lay_out()
        self.filters.changed.connect(self.changed)
        self.view.activated.connect(self._choose_view)
        for box in (self.change, self.protocol, self.over):
            box.activated.connect(self.changed)
        self.target.editingFinished.connect(self._typed)
        self.target.restored.connect(self._restore)
        self.start.faulty.connect(self.changed)
        self.system.activated.connect(lambda index: self.chosen.emit(self.system.itemData(index)))
        self.show_question(COMPARE)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        beside = (self.change, self.protocol, self.target, self.start, self.over, self.system)
        return [self.prices, self.view, self.mine, *self.filters.boxes(), *beside]

    @property
    def fault_shown(self) -> str:
        """What is wrong with what is typed in a field that is on show; empty where nothing is."""
        return (self.fault if self._seeks else "") or (self.start.fault if self._dated else "")

    @property
    def _dated(self) -> bool:
        """Whether the question is one of days: when a run is done."""
        return self._question == BREAKDOWN and self._views[BREAKDOWN] == FINISH

    @property
    def _seeks(self) -> bool:
        """Whether the question is asked with a target."""
        return self._question == SCALING or self._dated

    @property
    def _target_text(self) -> str:
        day = self.start.day if self._dated else ""
        if self._as_typed[1:] == (self._target_s, day):
            return self._as_typed[0]
        return "" if self._target_s is None else told(written_deadline(self._target_s, day))

    def fit(self, width: int) -> None:
        """Take no more than the width [logical pixels] of the page, where a second row of lists helps."""
        if self.filters.isVisibleTo(self):
            self.filters.fit(width - self.view.sizeHint().width() - GAP)

    def look(self, selection: "SystemChoice | None") -> ViewOptions:
        """How the scenario is looked at now."""
        change, protocol, over = (box.currentData() for box in (self.change, self.protocol, self.over))
        return ViewOptions(
            selection=selection,
            view=self._views.get(self._question, ""),
            over=over or CHIPS,
            change=change if isinstance(change, Change) else None,
            protocol=protocol or "",
            wanted=self.filters.wanted() if self._views.get(self._question) == RESULTS else None,
            chips=self.chips,
        )

    def show_question(self, question: str) -> None:
        """Only what the question is asked with."""
        self._question = question
        views = VIEWS.get(question, ())
        self.view.offer([(view_name(view), view) for view in views], self._views.get(question), BY_WORDS)
        self._show_tools()

    def turn_to(self, view: str) -> None:
        """Show one of the views of the present question."""
        if view in VIEWS.get(self._question, ()):
            self._views[self._question] = view
            self.view.setCurrentIndex(self.view.findData(view))
            self._show_tools()
            self.changed.emit()

    def look_as(self, other: "ViewToolbar") -> None:
        """Go on as other tools have looked, which were in another language."""
        self._views, self._change = dict(other._views), max(0, other.change.currentIndex())
        self.chips = other.chips
        self.filters.look_as(other.filters)
        for box, theirs in ((self.over, other.over), (self.protocol, other.protocol)):
            if theirs.currentData():
                box.offer([(theirs.currentText(), theirs.currentData())], theirs.currentData())

    def show_systems(
        self, systems: "Sequence[SystemChoice]", selection: "SystemChoice | None", catalog: "Catalog"
    ) -> None:
        """The ticked systems, and which of them is looked at."""
        self.system.offer([(system_name(choice, catalog), choice) for choice in systems], selection, BY_WORDS)
        self._show_tools()

    def show_levers(self, levers: Mapping[str, str]) -> None:
        """The levers that a goal can be sought over, by key with their names, after chips and all gains."""
        first = ((tr("chips"), CHIPS), (tr("the cheapest gains"), ANY))
        self.over.offer((*first, *((name, key) for key, name in levers.items())), self.over.currentData() or CHIPS)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """The changes that can be split into causes; the one that was chosen stays while it is among them."""
        present = self.change.currentText()
        self.change.offer([(change.name, change) for change in changes], None)
        there, self._change = self.change.findText(present), min(self._change, len(changes) - 1)
        self.change.setCurrentIndex(self._change if there < 0 else there)
        self._change = 0
        for place, change in enumerate(changes):  # names are longer than the box
            self.change.setItemData(place, plain_tip(change.name), Qt.ItemDataRole.ToolTipRole)
        self.change.setToolTip(plain_tip(self.change.currentText()) or tr("Change that is split"))
        self._show_tools()

    def show_prices(self, asked: bool) -> None:
        """The way to the table of prices, where the answer is about money."""
        self.prices.setVisible(asked)

    def show_protocols(self, protocols: Mapping[str, str], first: str) -> None:
        """The back-tests by key with their names."""
        self.protocol.offer([(name, key) for key, name in protocols.items()], self.protocol.currentData() or first)

    def show_target(self, seconds: float | None) -> None:
        """The target of the scenario [s]; one that is being typed stays."""
        if seconds != self._target_s or not (self.target.isModified() or self.target.text() == self._target_text):
            self._target_s = seconds
            self._print()
            self._show_tools()

    def _show_tools(self) -> None:
        view = self._views.get(self._question, "")
        sought = self._question == SCALING and self._target_s is not None
        shown = {
            self.view: bool(VIEWS.get(self._question)),
            self.change: view == CHANGE and self.change.count() > 0,
            self.protocol: view in OF_BACK_TESTS,
            self.filters: view == RESULTS,
            self.mine: view in (MINE, LEARNT),
            self.target_name: self._seeks,
            self.target: self._seeks,
            self.start_name: self._dated,
            self.start: self._dated,
            self.over_name: sought,
            self.over: sought,
        }
        one, any_there = self._question in (SCALING, SENSITIVITY) or view == CHANGE, self.system.count() > 0
        shown |= {self.system_name: self._question == SENSITIVITY and any_there, self.system: one and any_there}
        for widget, visible in shown.items():
            widget.setVisible(visible)
        by_day = self._dated and bool(self.start.day)
        self.target.setFixedWidth(DAY_WIDTH if by_day else TARGET_WIDTH)
        self.target.setPlaceholderText(self.start.day if by_day else tr("1 min"))

    def _choose_view(self, index: int) -> None:
        self.turn_to(self.view.itemData(index))

    def _typed(self) -> None:
        if not self.target.isModified():
            return
        text, day = self.target.text().strip(), self.start.day if self._dated else ""
        try:
            seconds = parse_deadline(text, day) if text else None
        except InputError as error:
            self._show_fault(str(error))
            self.changed.emit()
            return
        self._target_s, self._as_typed = seconds, (text, seconds, day)
        self._print()
        self.sought.emit(seconds)

    def _restore(self) -> None:
        self._print()
        self.target.selectAll()
        self.changed.emit()

    def _print(self) -> None:
        self.target.setText(self._target_text)
        self.target.setModified(False)
        self._show_fault("")

    def _show_fault(self, text: str) -> None:
        self.fault = text
        usual = tr("A time to be reached, such as 1 min; the line on the chart can be dragged")
        self.target.setToolTip(plain_tip(text) or usual)
        self.target.setAccessibleDescription(text or usual)
        set_faulty(self.target, bool(text))

    def _lay_out(self) -> None:
        self.target.setAccessibleName(tr("Target of the time"))
        for box, name in (
            (self.view, tr("View")),
            (self.change, tr("Change that is split")),
            (self.protocol, tr("Back-test")),
            (self.over, tr("What the target is sought over")),
            (self.system, tr("System that is looked at")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setMinimumContentsLength(NAME_LETTERS)
        self.change.setMinimumContentsLength(CHANGE_LETTERS)
        self.protocol.setMinimumContentsLength(PROTOCOL_LETTERS)
        for label in (self.target_name, self.start_name, self.over_name, self.system_name):
            set_role(label, "caption")
        for button, tip in (
            (self.prices, tr("What each system costs, in one table")),
            (self.mine, tr("Results, chips and networks of your own: import, show, export, remove")),
        ):
            set_role(button, "link")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setToolTip(tip)
        self.prices.hide()
        self._show_fault("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (
            self.prices,
            self.view,
            self.mine,
            self.filters,
            self.change,
            self.protocol,
            self.target_name,
            self.target,
            self.start_name,
            self.start,
            self.over_name,
            self.over,
            self.system_name,
            self.system,
        ):
            row.addWidget(widget)
