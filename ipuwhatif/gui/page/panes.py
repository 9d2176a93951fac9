"""The window from left to right: the panel at the side, the page, the drawer. Panes can be dragged and hidden."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ipuwhatif.gui.page.drawer import WIDTH as DRAWER_WIDTH
from ipuwhatif.gui.page.drawer import WhyDrawer
from ipuwhatif.gui.page.kept_place import Place
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.gui.panels.sidebar import WIDTH as SIDE_WIDTH
from ipuwhatif.gui.panels.sidebar import Sidebar
from ipuwhatif.records import replace

#: What the View menu shows and hides.
SIDE, TABLE, NOTES, WHY = "side", "table", "notes", "why"
#: Least width of the page beside an open drawer and the panel; with less the drawer takes the panel's place.
LEAST_PAGE = 640


class Panes(QSplitter):
    """Holds the three; `place` says how they were left."""

    def __init__(self, side: Sidebar, workspace: Workspace, drawer: WhyDrawer, place: Place, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.side, self.workspace, self.drawer = side, workspace, drawer
        self._side_wanted = place.side_shown
        self._side = min(max(place.side, SIDE_WIDTH), side.maximumWidth())
        self._drawer = min(max(place.drawer, DRAWER_WIDTH), drawer.maximumWidth())
        for pane in (side, workspace, drawer):
            self.addWidget(pane)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)  # a hand can take it from a few pixels away
        split = workspace.split
        split.own_height = place.table
        split.want_table(place.table_shown)
        workspace.notes.open(place.notes_open)
        self.splitterMoved.connect(lambda: self._dragged())

    def shows(self, pane: str) -> bool:
        """Whether the user wants to see SIDE, TABLE or NOTES; whether the drawer is open."""
        return {
            SIDE: self._side_wanted,
            TABLE: self.workspace.split.is_wanted,
            NOTES: self.workspace.notes.is_open,
            WHY: self.drawer.isVisibleTo(self),
        }[pane]

    def show_pane(self, pane: str, shown: bool) -> None:
        """Show or hide SIDE, TABLE or NOTES."""
        if pane == SIDE:
            self._side_wanted = shown
            self.share()
        elif pane == TABLE:
            self.workspace.split.want_table(shown)
        else:
            self.workspace.notes.open(shown)
        self.workspace.fit()

    def share(self) -> None:
        """Give each pane its width; in a narrow window an open drawer takes the place of the panel at the side."""
        opened = self.drawer.isVisibleTo(self)
        both = self.width() >= self._side + self._drawer + LEAST_PAGE
        self.side.setVisible(self._side_wanted and (both or not opened))
        left, right = self._side * self.side.isVisibleTo(self), self._drawer * opened
        sizes = [left, max(self.width() - left - right - self.handleWidth() * (bool(left) + bool(right)), 0), right]
        if self.sizes() != sizes:
            self.setSizes(sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()

    def noted(self, place: Place) -> Place:
        """The place with how the panes are left."""
        why = self.drawer.why
        return replace(
            place,
            side=self._side,
            drawer=self._drawer,
            table=self.workspace.split.own_height,
            side_shown=self._side_wanted,
            table_shown=self.shows(TABLE),
            notes_open=self.shows(NOTES),
            why="" if why is None else why.key,
        )

    def _dragged(self) -> None:
        left, _, right = self.sizes()
        self._side, self._drawer = left or self._side, right or self._drawer
