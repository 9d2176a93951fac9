"""Plans of Explore as they are asked for: anew where the question is another, selected, and made a scenario."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QWidget,
)

from ipuwhatif.analysis.explore.chances import Chances
from ipuwhatif.analysis.explore.costs import rates_of
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import Plans, choice_of, plan_of, scenario_of, system_words
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.sweep.quantities import BASIS
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.explore.beside import Beside
from ipuwhatif.gui.explore.plans_picture import PlansPicture
from ipuwhatif.gui.explore.steps import basis_so_far, chances_so_far, plans_so_far
from ipuwhatif.gui.scenarios.scenario_commands import take
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

PLANS, CHANCES, ON_WHAT = "plans", "chances", "basis"


class PlansPage(PlansPicture):
    """`taken` when a plan became a scenario."""

    taken = Signal()

    def __init__(self, world: World, question: Question, theme_name: str, parent: QWidget) -> None:
        super().__init__(world, question, theme_name, parent)
        self._followed = world  # as what the scenario learns from tells it
        self._plan: SweepPlan | None = None
        self._before: SweepPlan | None = None  # the last one where what is asked cannot be
        self.beside = Beside(self)
        self._connect()
        self.ask()

    def _connect(self) -> None:
        self.beside.came.connect(self._came)
        self.beside.ended.connect(self._ended)
        self.beside.failed.connect(lambda kind, reason: self._say(reason))
        self._question.changed.connect(self.ask)
        self.side.varied_else.connect(self.ask)
        self.side.shown_else.connect(self._show_else)
        self.side.prices_asked.connect(self.prices_asked)
        self.side.filters.changed.connect(lambda _: self.draw())
        self.side.filters.failed.connect(self.read.setText)
        self._soon.timeout.connect(self._ask_chances)
        self.stop.clicked.connect(self._stopped)
        self.all.clicked.connect(self.cloud.show_all)
        self.use.clicked.connect(self._use)
        self.brush.toggled.connect(lambda on: setattr(self.cloud, "brushing", on))
        self.let_go.clicked.connect(self._let_go)
        self.export.clicked.connect(self.leaving.ask)
        self.copy.clicked.connect(self.leaving.copy_picture)
        self.copy_cells.clicked.connect(self.leaving.copy_table)
        self.cloud.pointed.connect(lambda row: self._read(row if row >= 0 else self.selected))
        self.cloud.chosen.connect(self.choose)
        self.cloud.brushed.connect(self._brushed)
        self.cloud.let_go.connect(self._let_go)
        self.list.chosen.connect(self.choose)
        self.list.sorted_else.connect(self._list)

    def ask(self) -> None:
        """Ask anew where the scenario or what is varied is another; where only prices are, the plans stay."""
        scenario = self._question.scenario
        before, followed_before = self._plan or self._before, self._followed
        try:
            self._plan = plan_of(self._world, scenario, self.side.varied())
            self._followed = learning(self._world, scenario)
        except InputError as error:
            self._before, self._plan, self.explored = before, None, None
            self.beside.stop(PLANS, CHANCES, ON_WHAT)
            self._clear()
            self._say(str(error))
            return
        rates = rates_of(self._world, scenario, system_words(self._plan))
        self.side.offer_costs(rates)
        if self._plan == before and self._followed is followed_before and self.complete and self.explored is not None:
            self.explored = Explored(self._plan, self.explored.plans, rates, self.explored.beyond)
            self._refill()
            return
        self.beside.stop(CHANCES, ON_WHAT)
        if before is not None:
            self.side.filters.carry_over(before, self._plan)
        self.explored, self.complete = None, False
        self._clear()
        self._rates = rates
        self._show_work(True)
        self.progress.setValue(0)
        self.beside.start(PLANS, plans_so_far(self._followed, self._plan))

    def _clear(self) -> None:
        self.front, self.brushed, self.chances = [], None, None
        self.choose(None)
        self.notes.clear()
        self.kept = np.zeros(0, dtype=np.bool_)
        self.list.clear()
        nothing = np.zeros(0)
        self.cloud.show_points(nothing, nothing, nothing.astype(np.intp), np.zeros((1, 4), dtype=np.uint8))
        self.cloud.show_front(nothing, nothing, None, None)

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self._show_work(False)

    def _show_work(self, working: bool) -> None:
        self.progress.setVisible(working)
        self.stop.setVisible(working)

    def _came(self, kind: str, done: int, total: int, told: object) -> None:
        self.progress.setMaximum(total)
        self.progress.setValue(done)
        if isinstance(told, Plans) and self._plan is not None:
            first = self.explored is None
            self.explored = Explored(self._plan, told, self._rates, np.full(len(told), np.nan))
            self.draw(anew=first)
        elif isinstance(told, Chances):
            self.chances = told
            self._show_chances()
        elif isinstance(told, np.ndarray) and self.explored is not None:
            self.explored = Explored(self.explored.plan, self.explored.plans, self.explored.rates, told)
            self.draw()

    def _ended(self, kind: str) -> None:
        self._show_work(False)
        if kind == PLANS and self.explored is not None:
            self.complete = True
            if not len(self.explored.plans):
                self._say(tr("No plan can run this job; its memory or its batch does not fit."))
                return
            self._refill()
            self.cloud.show_all()

    def _stopped(self) -> None:
        """What is there is all there is."""
        working = not self.complete
        self.beside.stop(PLANS, CHANCES, ON_WHAT)
        self._show_work(False)
        if working:
            self._refill()

    def _refill(self) -> None:
        """Offer what the plans differ in, and draw them."""
        self.side.follow(self.explored)
        self.draw()

    def _show_else(self) -> None:
        by_basis = self.side.colour.currentData() == BASIS or BASIS in self.side.filters.filters.words
        if by_basis and self.explored is not None and np.isnan(self.explored.beyond).any():
            self._show_work(True)
            self.beside.start(ON_WHAT, basis_so_far(self._followed, self._question.scenario, self.explored))
        self.draw()
        self.cloud.show_all()

    def _ask_chances(self) -> None:
        """Chances of the best of the plans that are kept, and of those that are listed."""
        if self.explored is not None and self.kept.any():
            always = [*self.list.rows, *([] if self.selected is None else [self.selected])]
            scenario, against = self._question.scenario, self.against
            self._show_work(True)
            self.beside.start(
                CHANCES, chances_so_far(self._followed, scenario, self.explored, against, self.kept.copy(), always)
            )

    def _brushed(self, x0: float, x1: float, y0: float, y1: float) -> None:
        """Select what passes the filters in a rectangle, by logarithms."""
        x, y = self.cloud.places_x, self.cloud.places_y
        inside = (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
        self.brushed = inside & self.side.filters.filters.kept(self.explored) if self.explored else None
        self.brush.setChecked(False)
        self.draw()

    def _let_go(self) -> None:
        self.brushed = None
        self.draw()

    def _use(self) -> None:
        """The chosen plan as another scenario, beside the one that it was found around."""
        if self.selected is None or self.explored is None:
            return
        plan, plans = self.explored.plan, self.explored.plans
        choice = choice_of(plan, plans, self.selected)
        asked = scenario_of(self._question.scenario, plan, plans, self.selected)
        take(self._question, asked, system_name(choice, self._world.catalog))
        self.taken.emit()

    def close_work(self) -> None:
        """The window closes."""
        self.beside.close()
        self.leaving.close()
