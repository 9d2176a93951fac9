"""What the page of plans is made of: the side, the picture over the table, and what can be done with them."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.analysis.world import World
from ipuwhatif.charts.spec import Figure
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.explore.cloud import Cloud
from ipuwhatif.gui.explore.leaving import Leaving
from ipuwhatif.gui.explore.plans_list import PlansList
from ipuwhatif.gui.explore.plans_side import PlansSide
from ipuwhatif.gui.theme import set_role
from ipuwhatif.texts import tr

_LINES = 2  # of a text over or under the picture


def announce(picture: QWidget, text: str) -> None:
    """Tell a screen reader what is read off a picture."""
    picture.setAccessibleDescription(text)
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(picture, text))


class PlansView(QWidget):
    """The widgets; `PlansPage` fills them. `prices_asked` for the table of prices."""

    prices_asked = Signal()

    def __init__(
        self, world: World, question: Question, theme_name: str, figure: Callable[[], Figure | None], parent: QWidget
    ) -> None:
        """`figure`: what is shown, as it leaves the app."""
        super().__init__(parent)
        self._world, self._question, self._theme = world, question, theme_name
        self._build(figure)

    def _build(self, figure: Callable[[], Figure | None]) -> None:
        self.told, self.notes, self.read = (QLabel(self) for _ in range(3))
        self.side = PlansSide(self._world, self)
        self.cloud = Cloud(self._theme, self)
        self.cloud.setAccessibleName(tr("Picture of all plans"))
        self.list = PlansList(self._world, self._theme, self)
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName(tr("Plans that are worked out"))
        self.stop = QPushButton(tr("Stop"), self)
        self.brush = QPushButton(tr("Select by dragging"), self)
        self.brush.setCheckable(True)
        self.brush.setToolTip(tr("Or hold Shift while you drag; Ctrl+A in the picture selects what is seen"))
        self.let_go = QPushButton(tr("Select nothing"), self)
        self.all = QPushButton(tr("Show all"), self)
        self.use = QPushButton(tr("Make it a scenario"), self)
        self.copy = QPushButton(tr("Copy picture"), self)
        self.copy_cells = QPushButton(tr("Copy table"), self)
        self.export = QPushButton(tr("Export…"), self)
        self.leaving = Leaving(self._world, self._question, figure, self._theme, self)
        for label in (self.told, self.notes, self.read):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        set_role(self.notes, "caption")
        for label in (self.told, self.notes, self.read):  # so that no other text moves the picture under the pointer
            label.setMinimumHeight(_LINES * label.fontMetrics().lineSpacing())
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.read.setFixedHeight(self.read.minimumHeight())
        self._lay_out()

    def _lay_out(self) -> None:
        picture = QWidget(self)
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.cloud, 1)
        column.addWidget(self.read)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.addWidget(picture)
        self.split.addWidget(self.list)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setSizes([420, 170])
        row = QHBoxLayout()
        for widget in (self.use, self.brush, self.let_go, self.all, self.copy, self.copy_cells, self.export):
            row.addWidget(widget)
        row.addWidget(self.leaving.told, 1)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop)
        grid = QGridLayout(self)
        grid.addWidget(self.told, 0, 0, 1, 2)
        grid.addWidget(self.notes, 1, 0, 1, 2)
        grid.addWidget(self.side, 2, 0)
        grid.addWidget(self.split, 2, 1)
        grid.addLayout(row, 3, 0, 1, 2)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(1, 1)
