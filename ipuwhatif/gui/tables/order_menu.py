"""The order of the ticked systems, which is that of charts, tables and files: sorted, or moved one by one.

Each is an edit of the scenario with a name of its own, so that it can be undone and goes into the document.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.menu_action import add_action
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.gui.tables.sorting import sorted_rows, systems_of
from ipuwhatif.scenario.edits import catalog_order, move_system, sort_systems
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World


class Ordered(Protocol):
    """A window, as far as this menu knows it."""

    question: Question
    workspace: Workspace
    world: "World | None"


class OrderMenu(QObject):
    """Actions on the order of the systems; a click on the head of a table of systems sorts them as well."""

    def __init__(self, menu: QMenu, shown: Ordered) -> None:
        super().__init__(menu)
        self._shown = shown
        self.menu = menu.addMenu(tr("Order of the systems"))
        self.up = add_action(self, self.menu, tr("Move up"), "Alt+Up", partial(self._move, -1))
        self.down = add_action(self, self.menu, tr("Move down"), "Alt+Down", partial(self._move, 1))
        self.menu.addSeparator()
        self.by_time = add_action(self, self.menu, tr("Sort by time"), "", self._sort_by_time)
        self.by_chips = add_action(self, self.menu, tr("Sort by chips"), "", self._sort_by_chips)
        self.by_name = add_action(self, self.menu, tr("Sort by name"), "", self._sort_by_name)
        self.as_listed = add_action(self, self.menu, tr("As in the list at the side"), "", self._as_listed)
        for action in (self.up, self.down):  # a list that has the keyboard opens by Alt+Down
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            shown.workspace.table.addAction(action)
        shown.workspace.table.horizontalHeader().sectionClicked.connect(self.turn)

    def refresh(self) -> None:
        """Follow the window."""
        systems, selection = self._shown.question.scenario.systems, self._shown.question.selection
        self.menu.menuAction().setEnabled(self._shown.world is not None and len(systems) > 1)
        for action in (self.by_time, self.by_chips, self.by_name, self.as_listed):
            action.setEnabled(len(systems) > 1)
        self.up.setEnabled(selection in systems[1:])
        self.down.setEnabled(selection in systems[:-1])
        self._shown.workspace.table.horizontalHeader().setSectionsClickable(self.sorts_rows)

    @property
    def sorts_rows(self) -> bool:
        """Whether the table has a row for each of the systems."""
        return len(self._rows()) > 1

    def turn(self, column: int) -> None:
        """Sort by a column: rising first, then falling, then as in the list at the side."""
        order = self._shown.workspace.table.order
        if order == (column, True):
            self._as_listed()
        else:
            self.sort(column, order == (column, False))

    def sort(self, column: int, falling: bool) -> None:
        """Put the systems into the order of a column of the table."""
        systems, table = self._rows(), self._shown.workspace.table
        if not systems:
            return
        title = table.spec.columns[column].title
        table.show_order(title, falling)
        ordered = [systems[row] for row in sorted_rows(table.spec, column, falling)]
        words = tr("Sort by {column}, falling", column=title) if falling else tr("Sort by {column}", column=title)
        self._put(ordered, words)

    def _rows(self) -> list[SystemChoice]:
        return systems_of(self._shown.workspace.table.spec, self._shown.question.scenario.systems)

    def _put(self, ordered: list[SystemChoice], name: str) -> None:
        question = self._shown.question
        question.apply(sort_systems(question.scenario, ordered, name))

    def _move(self, step: int) -> None:
        question, world = self._shown.question, self._shown.world
        if world is not None and question.selection is not None:
            question.apply(move_system(question.scenario, question.selection, step, world.catalog))

    def _sort_by_time(self) -> None:
        from ipuwhatif.analysis.compare import compare
        from ipuwhatif.units import InputError

        world = self._shown.world
        if world is None:
            return
        try:
            projections = compare(world, self._shown.question.scenario).projections
        except InputError:  # none of them can run the job: the page says why
            return
        times = sorted(projections, key=lambda each: each.time_to_train_s.median)
        self._put([each.choice for each in times], self.by_time.text())

    def _sort_by_chips(self) -> None:
        self._sort_by(lambda choice: choice.chips, self.by_chips)

    def _sort_by_name(self) -> None:
        world = self._shown.world
        if world is not None:
            self._sort_by(lambda choice: system_name(choice, world.catalog).casefold(), self.by_name)

    def _sort_by(self, key: "Callable[[SystemChoice], int | str]", action: QAction) -> None:
        self._put(sorted(self._shown.question.scenario.systems, key=key), action.text())

    def _as_listed(self) -> None:
        world, scenario = self._shown.world, self._shown.question.scenario
        if world is not None:
            ordered = list(catalog_order(scenario.systems, world.catalog))
            self._put(ordered, tr("Systems as in the list at the side"))
