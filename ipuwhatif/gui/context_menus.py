"""What can be done with whatever is under the pointer or has the keyboard: on the chart, a row, a head, a tab.

One filter on the page serves them all, since what nobody below takes comes up to it, the Menu key and Shift+F10 too.
"""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QAbstractProxyModel, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import Cell
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.chart.chart_zoom import can_zoom, chips_at
from ipuwhatif.gui.menu_action import opens_menu
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.gui.tables.cells import copy_cells
from ipuwhatif.scenario.edits import set_reference, set_subject, tick_system
from ipuwhatif.scenario.scenario import MOST_SYSTEMS
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, told

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.gui.chart.canvas import ChartCanvas
    from ipuwhatif.gui.menus import Menus
    from ipuwhatif.gui.tables.evidence_table import RowsView
    from ipuwhatif.gui.tables.table import FigureTable

PROJECTION, OFFICIAL = "projection/", "official/"


class Touched(Protocol):
    """A window, as far as these menus know it."""

    question: Question
    workspace: Workspace
    world: "World | None"
    canvas: "ChartCanvas | None"
    menus: "Menus"

    def explain(self, key: str) -> None: ...


class ContextMenus(QObject):
    """`menu` is the one that was opened last."""

    def __init__(self, shown: Touched) -> None:
        super().__init__(shown.workspace)
        self._shown = shown
        self.menu: QMenu | None = None
        shown.workspace.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._shown.world is not None:
            if isinstance(event, QContextMenuEvent):
                keyed = event.reason() == QContextMenuEvent.Reason.Keyboard
                position = event.globalPos()
                menu, point = self._menu_at_keyboard(position) if keyed else (self._menu_at(position), position)
                return self._open(menu, point)
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and opens_menu(event):
                focus = QApplication.focusWidget() or self._shown.workspace
                return self._open(*self._menu_at_keyboard(focus.mapToGlobal(focus.rect().center())))
        return super().eventFilter(watched, event)

    def _open(self, menu: QMenu, position: QPoint) -> bool:
        """Open a menu at a place of the screen, unless nothing is in it."""
        if menu.isEmpty():
            menu.deleteLater()
            return False
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu = menu
        menu.popup(position)
        return True

    def _menu_at(self, position: QPoint) -> QMenu:
        """What can be done with whatever lies under a point of the screen."""
        shown, workspace = self._shown, self._shown.workspace
        under = workspace.childAt(workspace.mapFromGlobal(position))
        if shown.canvas is not None and _holds(shown.canvas, under):
            return self._chart_menu(QPointF(shown.canvas.mapFromGlobal(position)))
        if _holds(workspace.tabs, under):
            workspace.tabs.setCurrentIndex(workspace.tabs.tabAt(workspace.tabs.mapFromGlobal(position)))
        for view in self._tables():
            header = view.horizontalHeader()
            if _holds(header, under):
                return self._head_menu(view, header.logicalIndexAt(header.mapFromGlobal(position)))
            if _holds(view, under):
                view.setCurrentIndex(view.indexAt(view.viewport().mapFromGlobal(position)))
                return self._row_menu(view)
        return self._figure_menu()

    def _menu_at_keyboard(self, position: QPoint) -> tuple[QMenu, QPoint]:
        """What can be done with that which has the keyboard, and where it stands: at `position` if nothing says so."""
        focus, canvas = QApplication.focusWidget(), self._shown.canvas
        for view in self._tables():
            if view is focus:
                row = view.visualRect(view.currentIndex())
                return self._row_menu(view), view.viewport().mapToGlobal(
                    row.bottomLeft()
                ) if row.isValid() else position
        if canvas is not None and canvas is focus and canvas.read_position is not None:
            return self._keyed_menu(canvas.read_key, None), canvas.mapToGlobal(canvas.read_position)
        return self._figure_menu(), position

    def _tables(self) -> "list[FigureTable | RowsView]":
        wide = self._shown.workspace.wide_table
        return [self._shown.workspace.table, *([] if wide is None else [wide.view])]

    def _figure_menu(self) -> QMenu:
        """Of the chart as a whole: copies, files, its axes."""
        menu, menus = QMenu(self._shown.workspace), self._shown.menus
        if self._shown.workspace.figure is None:
            return menu
        exports, axes = menus.exports, menus.axes
        menu.addActions([exports.copy, exports.copy_table, exports.copy_file])
        menu.addSeparator()
        menu.addActions([exports.slide, exports.export])
        looks = [each for each in (axes.log, axes.nearer, axes.farther, axes.whole) if each.isEnabled()]
        if looks:
            menu.addSeparator()
            menu.addActions(looks)
        return menu

    def _chart_menu(self, position: QPointF) -> QMenu:
        """The same, after what can be done with what lies under a point of the chart."""
        canvas = self._shown.canvas
        assert canvas is not None
        spec = canvas.spec
        chips = chips_at(spec, position.x()) if spec is not None and can_zoom(spec) else None
        return self._keyed_menu(canvas.key_at(position), chips)

    def _keyed_menu(self, key: str, chips: float | None) -> QMenu:
        """The same, after what can be done with what has a key; along a curve at these chips."""
        menu = self._figure_menu()
        first = menu.actions()[0] if menu.actions() else None
        if key and first is not None:
            asked = QMenu(menu)
            self._add_explanation(asked, key)
            self._add_system(asked, self._system_of(key, chips))
            menu.insertActions(first, asked.actions())
            menu.insertSeparator(first)
        return menu

    def _row_menu(self, view: "FigureTable | RowsView") -> QMenu:
        """Of the row that is looked at, by the cell in it."""
        menu, exports = QMenu(self._shown.workspace), self._shown.menus.exports
        row, column = self._row(view), view.currentIndex().column()
        if row:
            self._add_explanation(menu, row[column].key or row[0].key)
            self._add_system(menu, self._system_of(row[0].key, None))
            menu.addSeparator()
            menu.addAction(tr("Copy row")).triggered.connect(lambda: self._copy_row(row))
        menu.addAction(exports.copy_table)
        if row and self._sorts(view):
            menu.addSeparator()
            self._add_sorting(menu, view, column)
        return menu

    def _head_menu(self, view: "FigureTable | RowsView", column: int) -> QMenu:
        menu = QMenu(self._shown.workspace)
        if column >= 0 and self._sorts(view):
            self._add_sorting(menu, view, column)
            menu.addSeparator()
        menu.addAction(self._shown.menus.exports.copy_table)
        return menu

    def _sorts(self, view: "FigureTable | RowsView") -> bool:
        return view is not self._shown.workspace.table or self._shown.menus.order.sorts_rows

    def _add_sorting(self, menu: QMenu, view: "FigureTable | RowsView", column: int) -> None:
        order, title = self._shown.menus.order, view.spec.columns[column].title
        ways = ((tr("Sort by {column}", column=title), False), (tr("Sort by {column}, falling", column=title), True))
        for words, falling in ways:
            if view is self._shown.workspace.table:
                act = partial(order.sort, column, falling)
            else:
                way = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
                act = partial(view.sortByColumn, column, way)
            menu.addAction(words.replace("&", "&&")).triggered.connect(lambda _checked=False, act=act: act())
        if view is self._shown.workspace.table:
            menu.addAction(order.as_listed)

    def _add_explanation(self, menu: QMenu, key: str) -> None:
        figure = self._shown.workspace.figure
        if key and figure is not None and any(why.key == key for why in figure.why):
            menu.addAction(tr("Explain")).triggered.connect(lambda: self._shown.explain(key))

    def _add_system(self, menu: QMenu, choice: SystemChoice | None) -> None:
        """What can be done with a system: one that is ticked, or a size that can be."""
        world, question = self._shown.world, self._shown.question
        if choice is None or world is None:
            return
        scenario, order = question.scenario, self._shown.menus.order
        ticked = choice in scenario.systems
        edits = [tick_system(scenario, choice, not ticked, world.catalog)]
        if ticked and choice.key != scenario.reference:
            edits.insert(0, set_reference(scenario, choice, world.catalog))
        if ticked and choice.key != scenario.spoken_of:
            edits.insert(0, set_subject(scenario, choice, world.catalog))
        for edit in edits:
            act = menu.addAction(told(edit.name).replace("&", "&&"))
            act.setEnabled(ticked or len(scenario.systems) < MOST_SYSTEMS)
            act.triggered.connect(lambda _checked=False, edit=edit: question.apply(edit))
        if ticked:
            question.select(choice)
            order.refresh()
            menu.addActions([order.up, order.down])

    def _system_of(self, key: str, chips: float | None) -> SystemChoice | None:
        """The system behind a key; along a curve that at the chip count of its table that is nearest to `chips`."""
        world, figure = self._shown.world, self._shown.workspace.figure
        if world is None or figure is None:
            return None
        if key.startswith(OFFICIAL):
            entry = next((each for each in world.catalog.official if each.key == key.removeprefix(OFFICIAL)), None)
            return None if entry is None else entry.choice
        name = key.rpartition("/")[2].partition("@")[0]
        if chips is not None and ":" not in name:
            counts = [_chips(row[0].key) for row in figure.table.rows if row[0].key.startswith(f"{PROJECTION}{name}:")]
            name = f"{name}:{min(counts, key=lambda each: max(each / chips, chips / each))}" if counts else ""
        try:
            return parse_system(name, world.catalog) if ":" in name else None
        except InputError:
            return None

    @staticmethod
    def _row(view: "FigureTable | RowsView") -> tuple[Cell, ...]:
        index = view.currentIndex()
        if not index.isValid():
            return ()
        model = view.model()
        source = model.mapToSource(index) if isinstance(model, QAbstractProxyModel) else index
        return view.spec.rows[source.row()]

    def _copy_row(self, row: tuple[Cell, ...]) -> None:
        figure = self._shown.workspace.figure
        if figure is not None:
            copy_cells(figure.table, [row])
            self._shown.menus.exports.told.tell(tr("Copied the row"))


def _chips(key: str) -> int:
    return int(key.rpartition(":")[2])


def _holds(widget: QWidget, other: QWidget | None) -> bool:
    return other is not None and (widget is other or widget.isAncestorOf(other))
