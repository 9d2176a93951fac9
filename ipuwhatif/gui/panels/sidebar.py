"""The side of the window: what is asked about and what is moved, one panel under the other."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ipuwhatif.gui.page.view_state import keep
from ipuwhatif.gui.theme import GAP

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.catalog.types import SystemChoice
    from ipuwhatif.gui.answering.question import Question
    from ipuwhatif.gui.levers.levers_panel import LeversPanel
    from ipuwhatif.gui.levers.whose_levers import WhoseLevers
    from ipuwhatif.gui.panels.choices_panel import ChoicesPanel
    from ipuwhatif.gui.panels.job_panel import JobPanel
    from ipuwhatif.gui.panels.prices_panel import PricesPanel
    from ipuwhatif.gui.panels.systems_panel import SystemsPanel
    from ipuwhatif.scenario.prices.prices import Price

WIDTH, WIDEST = 286, 560  # logical pixels: as it is, which nothing in it can do without, and as a hand may drag it


class Sidebar(QScrollArea):
    """Empty until `hold` brings the panels in. Signals: `rebuilt` when there are other controls than before."""

    rebuilt = Signal()
    choices: "ChoicesPanel"
    job: "JobPanel"
    systems: "SystemsPanel"
    whose: "WhoseLevers"
    levers: "LeversPanel"
    prices: "PricesPanel"
    assumptions: "LeversPanel"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = QWidget(self)
        self.page.setObjectName("side")
        self._column = QVBoxLayout(self.page)
        self._column.setContentsMargins(GAP, 10, GAP - 1, GAP)
        self._column.setSpacing(14)
        self.setWidget(self.page)
        self.setWidgetResizable(True)
        self.setMinimumWidth(WIDTH)
        self.setMaximumWidth(WIDEST)
        self.setFrameShape(QFrame.Shape.NoFrame)
        keep(self, "side panel")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._world: World | None = None

    def hold(self, question: "Question", world: "World") -> None:
        """Bring the panels in, once the model is loaded."""
        from ipuwhatif.gui.levers.levers_panel import LeversPanel
        from ipuwhatif.gui.levers.whose_levers import WhoseLevers
        from ipuwhatif.gui.panels.choices_panel import ChoicesPanel
        from ipuwhatif.gui.panels.job_panel import JobPanel
        from ipuwhatif.gui.panels.prices_panel import PricesPanel
        from ipuwhatif.gui.panels.systems_panel import SystemsPanel
        from ipuwhatif.scenario.levers import ASSUMPTION

        catalog, levers, page = world.catalog, world.levers, self.page
        self._world = world
        self.choices = ChoicesPanel(question, catalog, page)
        self.job = JobPanel(question, catalog, page)
        self.systems = SystemsPanel(question, catalog, page)
        self.whose = WhoseLevers(question, catalog, levers, page)
        self.whose.wanted.connect(self.show_lever)
        self.levers = LeversPanel(question, catalog, levers, page)
        self.prices = PricesPanel(question, catalog, self._known_prices, page)
        self.assumptions = LeversPanel(question, catalog, levers, page, ASSUMPTION)
        for panel in self._panels():
            self._column.addWidget(panel)
        self._column.addStretch(1)
        for panel in (self.job, self.systems, self.levers, self.assumptions):
            panel.rebuilt.connect(self.rebuilt)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [control for panel in self._panels() for control in panel.controls()]

    def set_icons(self, colour: str) -> None:
        """Paint the reset buttons for a theme."""
        for panel in (self.job, self.levers, self.prices, self.assumptions):
            panel.set_icons(colour)

    def show_lever(self, key: str) -> None:
        """Bring a lever or assumption of the looked-at system into view, ready to be typed."""
        from ipuwhatif.scenario.levers import LEVER

        assert self._world is not None
        panel = self.levers if self._world.levers[key].kind == LEVER else self.assumptions
        self._offer(panel.reveal(key).field)

    def show_price(self) -> None:
        """Bring the price of the looked-at system into view, ready to be typed."""
        self.prices.open()
        self._offer(self.prices.row.field)

    def find_system(self) -> None:
        """Bring the search for a system into view, ready to be typed."""
        self._offer(self.systems.search)

    def _offer(self, field: QLineEdit) -> None:
        """Bring a field into view and give it the keyboard."""
        self.page.layout().activate()
        self.ensureWidgetVisible(field)
        field.setFocus()
        field.selectAll()

    def _panels(
        self,
    ) -> "tuple[ChoicesPanel | JobPanel | SystemsPanel | WhoseLevers | LeversPanel | PricesPanel, ...]":
        return self.choices, self.job, self.systems, self.whose, self.levers, self.prices, self.assumptions

    def _known_prices(self, choice: "SystemChoice") -> "tuple[Price, ...]":
        """What is known of the price of a system, to be offered; brought in with the first question about it."""
        from ipuwhatif.figures.cost.offers import known_prices

        return () if self._world is None else known_prices(choice, self._world.catalog)
