"""The table of plans beneath the picture: a head or a key sorts it, a row chooses its plan."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ipuwhatif.analysis.explore.chances import Chances
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.world import World
from ipuwhatif.charts.spec import TableSpec
from ipuwhatif.figures.explore.table import plans_table
from ipuwhatif.gui.tables.sorting import sorted_rows
from ipuwhatif.gui.tables.table import FigureTable
from ipuwhatif.gui.theme import set_role
from ipuwhatif.texts import tr


class PlansList(QWidget):
    """`rows` are the plans as they stand in the table.

    Signals: `chosen` with the plan of the row that is looked at, `sorted_else` when they are to be shown anew.
    """

    chosen = Signal(int)
    sorted_else = Signal()

    def __init__(self, world: World, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._world = world
        self.rows: list[int] = []
        self._order: tuple[str, bool] | None = None  # title of the column that is sorted by, and whether it falls
        self.count = QLabel(self)
        self.table = FigureTable(theme_name, self)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.count, "caption")
        self.table.setAccessibleName(tr("Plans in a table"))
        self.table.setToolTip(tr("A click on a head or the key S sorts"))
        self.table.horizontalHeader().setSectionsClickable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.count)
        column.addWidget(self.table, 1)
        self.table.row_selected.connect(lambda row: self.chosen.emit(self.rows[row]) if row >= 0 else None)
        self.table.horizontalHeader().sectionClicked.connect(self.sort)
        self.table.installEventFilter(self)

    def show_plans(self, explored: Explored, rows: Sequence[int], chances: Chances | None, chosen: int | None) -> None:
        """These plans in the order that was sorted by last, and the chosen one among them."""
        self.rows = list(rows)
        spec = plans_table(self._world, explored, self.rows, chances)
        if self._order is not None:
            title, falling = self._order
            columns = [index for index, column in enumerate(spec.columns) if column.title == title]
            for column in columns[:1]:
                order = sorted_rows(spec, column, falling)
                self.rows = [self.rows[index] for index in order]
                spec = TableSpec(
                    spec.columns, tuple(spec.rows[at] for at in order), tuple(spec.tints[at] for at in order)
                )
        with QSignalBlocker(self.table):
            self.table.show_spec(spec)
            if self._order is not None:
                self.table.show_order(*self._order)
        self.select(chosen)

    def select(self, row: int | None) -> None:
        """Look at a plan, if it is in the table."""
        if row in self.rows:
            with QSignalBlocker(self.table):
                self.table.select(self.rows.index(row))

    def clear(self) -> None:
        """No plan."""
        self.rows = []
        self.count.clear()
        with QSignalBlocker(self.table):
            self.table.show_spec(TableSpec((), (), ()))

    def sort(self, column: int) -> None:
        """Sort by a column, rising; falling where it is sorted by that already."""
        title = self.table.spec.columns[column].title
        self._order = (title, self._order == (title, False))
        self.sorted_else.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.table and pressed == Qt.Key.Key_S and self.table.currentIndex().isValid():
            self.sort(self.table.currentIndex().column())
            return True
        return super().eventFilter(watched, event)
