"""The chart with the table under it. The table shows a few rows unless a hand has dragged it higher or lower."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ipuwhatif.charts.spec import TableSpec
from ipuwhatif.gui.tables.table import FigureTable

if TYPE_CHECKING:
    from ipuwhatif.gui.tables.evidence_table import EvidenceTable

ROWS = 5  # of the table that show at once; a short one has no more than it holds
LEAST_ROWS = 2  # that a hand leaves of it: less is hidden, not dragged
MARGIN = 12  # of the table; a chart has the same in itself
LEAST_CHART = 200  # height that a table dragged high leaves the chart in a lower window
HANDLE = 5  # logical pixels between chart and table that a hand can take


class PageSplit(QSplitter):
    """`stack` holds what stands over the table. Signal: `asked` with the key of a clicked cell."""

    asked = Signal(str)

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme_name
        self._rows = ROWS
        self._wanted = True  # whether the user wants to see tables
        self._there = False  # whether there is one to see
        self._gives_way = False  # something else stands in its place
        self._wide = False
        self._shown: tuple[bool, ...] = ()  # which of that the widgets show
        self.own_height = 0  # of the table as a hand has left it; 0: by its rows
        self.stack = QStackedWidget(self)
        self.tables = QWidget(self)
        self.table = FigureTable(theme_name, self.tables)
        self.wide_table: EvidenceTable | None = None  # with the first table that is what is looked at
        column = QVBoxLayout(self.tables)
        column.setContentsMargins(MARGIN, 0, MARGIN, 0)
        column.addWidget(self.table)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(HANDLE)
        self.setStretchFactor(0, 1)
        self.table.asked.connect(self.asked)
        self.splitterMoved.connect(lambda: self._drag())

    def show_table(self, spec: TableSpec, wide: bool, dragging: bool) -> None:
        """A table for reading, or a `wide` one that can be filtered and sorted."""
        if wide:
            self._wide_one().show_spec(spec)
        elif self.table.spec != spec:
            self.table.show_spec(spec, dragging)
        self._wide, self._there = wide, True
        self._show()

    def hide_table(self) -> None:
        """There is no table to see."""
        self._there = False
        self.table.show_spec(TableSpec((), (), ()))
        self._show()

    def expect_table(self) -> None:
        """Keep the room of the table that will most likely come."""
        self._there = True
        self._show()

    @property
    def is_wanted(self) -> bool:
        """Whether the user wants to see tables."""
        return self._wanted

    def want_table(self, wanted: bool) -> None:
        """Show tables, or leave the chart their room."""
        self._wanted = wanted
        self._show()

    def give_way(self, gives_way: bool) -> None:
        """Leave the place of the table to something else, or take it back."""
        self._gives_way = gives_way
        self._show()

    def set_theme(self, name: str) -> None:
        self._theme = name
        self.table.set_theme(name)
        if self.wide_table is not None:
            self.wide_table.set_theme(name)

    def fit(self, most: int = ROWS) -> None:
        """Give the table the height of its rows, `most` of them at once, or what a hand has given it."""
        self._rows = most
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        if not self.tables.isVisibleTo(self):
            return
        whole = self.height() - HANDLE
        height = self.own_height or self._height_for(self._rows)
        height = min(height, max(whole - LEAST_CHART, self.tables.minimumHeight()))
        if whole > 0 and self.sizes()[1] != height:
            self.setSizes([max(whole - height, 0), height])

    def _height_for(self, most: int) -> int:
        if self._wide and self.wide_table is not None:
            return self.wide_table.height_for(most)
        return self.table.height_for(min(len(self.table.spec.rows) or most, most))

    def _show(self) -> None:
        shown = self._wide, self._there, self._wanted, self._gives_way
        if shown == self._shown:
            return
        self._shown = shown
        self.table.setVisible(not self._wide)
        if self.wide_table is not None:
            self.wide_table.setVisible(self._wide)
            self.wide_table.finder.setVisible(self._wide and self._there and self._wanted)
        self.tables.setMinimumHeight(self._height_for(LEAST_ROWS))
        self.tables.setVisible(self._there and self._wanted and not self._gives_way)

    def _drag(self) -> None:
        self.own_height = self.sizes()[1]

    def _wide_one(self) -> "EvidenceTable":
        if self.wide_table is None:
            from ipuwhatif.gui.tables.evidence_table import EvidenceTable

            self.wide_table = EvidenceTable(self._theme, self.tables)
            self.wide_table.asked.connect(self.asked)
            layout = self.tables.layout()
            assert layout is not None
            layout.addWidget(self.wide_table)
        return self.wide_table
