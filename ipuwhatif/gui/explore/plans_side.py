"""The side of Explore: what time is held against and what colours mean, what is varied, and filters."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ipuwhatif.analysis.explore.costs import AGAINST, Rates
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import Varied, levers_to_vary
from ipuwhatif.analysis.sweep.axes import SYSTEM
from ipuwhatif.analysis.world import World
from ipuwhatif.figures.explore.words import column_name
from ipuwhatif.figures.scenarios.lever_words import lever_name
from ipuwhatif.gui.explore.colouring import FAMILY
from ipuwhatif.gui.explore.filter_panel import FilterPanel
from ipuwhatif.gui.page.view_state import keep
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.texts import tr

WIDTH = 268


class PlansSide(QScrollArea):
    """Signals: `varied_else` when other plans are asked for, `shown_else` when the same are to be looked at otherwise.

    `prices_asked` for the table of prices.
    """

    varied_else = Signal()
    shown_else = Signal()
    prices_asked = Signal()

    def __init__(self, world: World, parent: QWidget) -> None:
        super().__init__(parent)
        self._world = world
        page = QWidget(self)
        self._column = QVBoxLayout(page)
        self.against, self.colour, self.lever, self.second = (QComboBox(page) for _ in range(4))
        self.prices = QPushButton(tr("Prices…"), page)
        self.legend = QLabel(page)
        self.systems = QCheckBox(tr("Every system"), page)
        self.sizes = QCheckBox(tr("Every size"), page)
        self.releases = QCheckBox(tr("Every release of software"), page)
        self.filters = FilterPanel(world, page)
        for name in ("against", "colour", "lever", "second", "systems", "sizes", "releases"):
            keep(getattr(self, name), f"plans {name}")
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setWordWrap(True)
        self.prices.setToolTip(tr("What each system costs, in one table"))
        for box in (self.lever, self.second):
            box.addItem(tr("no lever"), "")
            for key in levers_to_vary(world):
                box.addItem(lever_name(world.levers[key]), key)
        self._lay_out()
        self._column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ticked in (self.systems, self.sizes, self.releases):
            ticked.toggled.connect(self.varied_else)
        for box in (self.lever, self.second):
            box.currentIndexChanged.connect(self.varied_else)
        for box in (self.against, self.colour):
            box.currentIndexChanged.connect(self.shown_else)
        self.prices.clicked.connect(self.prices_asked)

    def _lay_out(self) -> None:
        self._column.setContentsMargins(0, 0, GAP, 0)
        self._column.setSpacing(4)
        self._head(tr("Picture"))
        self._named(tr("Time against"), self.against)
        self._column.addWidget(self.prices)
        self._named(tr("Colour"), self.colour)
        self._column.addWidget(self.legend)
        self._head(tr("What is varied"))
        for box in (self.systems, self.sizes, self.releases):
            self._column.addWidget(box)
        self._named(tr("Vary a lever"), self.lever)
        self._named(tr("and another"), self.second)
        self._head(tr("Filter"))
        self._column.addWidget(self.filters)

    def _head(self, text: str) -> None:
        label = QLabel(text, self)
        set_role(label, "strong")
        self._column.addWidget(label)

    def _named(self, text: str, widget: QComboBox) -> None:
        label = QLabel(text, self)
        label.setBuddy(widget)
        widget.setAccessibleName(text)
        widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._column.addWidget(label)
        self._column.addWidget(widget)

    def varied(self) -> Varied:
        """What the controls say is varied."""
        levers = tuple(dict.fromkeys(key for box in (self.lever, self.second) if (key := box.currentData())))
        return Varied(self.systems.isChecked(), self.sizes.isChecked(), self.releases.isChecked(), levers)

    def offer_costs(self, rates: Rates) -> None:
        """What time can be held against, money in its currency."""
        _fill(self.against, [(column_name(self._world, name, rates), name) for name in AGAINST])

    def follow(self, explored: Explored | None) -> None:
        """Offer the columns in which these plans differ."""
        self.filters.follow(explored)
        if explored is not None:
            named = [(column_name(self._world, name, explored.rates), name) for name in explored.columns]
            differing = [(text, name) for text, name in named if name != SYSTEM and explored.differs(name)]
            _fill(self.colour, [(tr("System"), SYSTEM), (tr("Family"), FAMILY), *differing])


def _fill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
    """Other entries of a box; what was chosen stays chosen."""
    kept = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for text, name in entries:
            box.addItem(text, name)
        box.setCurrentIndex(max(box.findData(kept), 0))
