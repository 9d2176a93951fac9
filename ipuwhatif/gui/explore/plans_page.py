"""Plans of Explore: all of them in one picture, the best as a line, those that are selected in a table beneath."""

from functools import partial

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QWidget,
)

from ipuwhatif.analysis.explore.best import front
from ipuwhatif.analysis.explore.chances import Chances
from ipuwhatif.analysis.explore.costs import rates_of
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import Plans, choice_of, plan_of, scenario_of, system_words
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.sweep.costs import MONEY
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.sweep.quantities import BASIS, TIME_S
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.charts.spec import Figure
from ipuwhatif.figures.explore.chart import Looked, explore_figure
from ipuwhatif.figures.explore.words import (
    axis_between,
    chance_text,
    front_text,
    left_out_text,
    plan_text,
    prices_text,
    wins_text,
)
from ipuwhatif.figures.jobs import time_words
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.explore.beside import Beside
from ipuwhatif.gui.explore.colouring import colours_of
from ipuwhatif.gui.explore.plans_view import PlansView, announce
from ipuwhatif.gui.explore.steps import basis_so_far, chances_so_far, plans_so_far
from ipuwhatif.gui.scenarios.scenario_steps import may_add, take
from ipuwhatif.model.splits import BoolArray
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number

MOST_LISTED = 200  # plans of a table, of a longer front evenly some
PLANS, CHANCES, ON_WHAT = "plans", "chances", "basis"
_SOON_MS = 150  # after the last change, before chances are asked for


class PlansPage(PlansView):
    """`taken` when a plan became a scenario."""

    taken = Signal()

    def __init__(self, world: World, question: Question, theme_name: str, parent: QWidget) -> None:
        super().__init__(world, question, theme_name, parent)
        self._plan: SweepPlan | None = None
        self._followed = world  # as what the scenario learns from tells it
        self._before: SweepPlan | None = None  # the last one where what is asked cannot be
        self.explored: Explored | None = None
        self.complete = False
        self.front: list[int] = []
        self.brushed: BoolArray | None = None
        self.kept: BoolArray = np.zeros(0, dtype=np.bool_)
        self.chances: Chances | None = None
        self.selected: int | None = None
        self.beside = Beside(self)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
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
        self.side.filters.changed.connect(lambda _: self._draw())
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

    # What is asked

    @property
    def against(self) -> str:
        return str(self.side.against.currentData())

    @property
    def plans(self) -> Plans | None:
        return None if self.explored is None else self.explored.plans

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
            self.side.filters.move(before, self._plan)
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
            self._draw(anew=first)
        elif isinstance(told, Chances):
            self.chances = told
            self._show_chances()
        elif isinstance(told, np.ndarray) and self.explored is not None:
            self.explored = Explored(self.explored.plan, self.explored.plans, self.explored.rates, told)
            self._draw()

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
        self._draw()

    def _show_else(self) -> None:
        by_basis = self.side.colour.currentData() == BASIS or BASIS in self.side.filters.filters.words
        if by_basis and self.explored is not None and np.isnan(self.explored.beyond).any():
            self._show_work(True)
            self.beside.start(ON_WHAT, basis_so_far(self._followed, self._question.scenario, self.explored))
        self._draw()
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

    # What is shown

    def _draw(self, anew: bool = False) -> None:
        """The picture of the plans that are there; `anew` looks at all of them."""
        explored, against = self.explored, self.against
        if explored is None:
            return
        values = explored.column(against).astype(np.float64)
        passing = self.side.filters.filters.kept(explored) if self.side.filters.filters else np.isfinite(values)
        self.kept = passing & np.isfinite(values)
        if self.brushed is not None and len(self.brushed) == len(self.kept):
            self.kept &= self.brushed
        self.chances = None
        rows = np.flatnonzero(self.kept)
        self.front = rows[front(values[rows], explored.plans.time_s[rows])].tolist()
        colours = colours_of(self._world, explored, str(self.side.colour.currentData() or "system"), self._theme)
        self.side.legend.setText(colours.html)
        self.cloud.show_points(values, explored.plans.time_s, colours.codes, colours.paints, self.kept)
        self.cloud.show_front(values[self.front], explored.plans.time_s[self.front], None, None)
        scenario = self._question.scenario
        timed = time_words(scenario.workload, scenario.samples)
        self.cloud.across.follow(partial(axis_between, self._world, against, explored.rates, timed))
        self.cloud.up.follow(partial(axis_between, self._world, TIME_S, explored.rates, timed))
        self.told.setText(front_text(self._world, explored, self.front, against, int(self.kept.sum())))
        self.notes.setText(self._lacking())
        if self.selected is not None and not (self.selected < len(self.kept) and self.kept[self.selected]):
            self.choose(None)
        if anew:
            self.cloud.show_all()
        if self.complete or not self.progress.isVisibleTo(self):  # else the picture comes first
            self._list()
            self._soon.start()

    def _lacking(self) -> str:
        """What is left out, and against money which prices count."""
        if self.explored is None:
            return ""
        prices = prices_text(self.explored) if self.against == MONEY else ""
        return " ".join(filter(None, (left_out_text(self.explored, self.against), prices)))

    def _list(self) -> None:
        """The selected plans in the table, by time; without a selection those of the front."""
        explored = self.explored
        if explored is None:
            return
        rows = np.array(self.front, dtype=np.intp)[:: max(-(-len(self.front) // MOST_LISTED), 1)]
        told = tr("{shown} plans of the front; {kept} of {total} plans have a figure and pass the filters.")
        if self.brushed is not None:
            rows = np.flatnonzero(self.kept)
            rows = rows[np.argsort(explored.plans.time_s[rows], kind="stable")][:MOST_LISTED]
            told = tr("{shown} of {kept} selected plans, the fastest first; {total} in all.")
        shown, kept, total = (format_number(n) for n in (len(rows), int(self.kept.sum()), len(explored.plans)))
        self.list.count.setText(told.format(shown=shown, kept=kept, total=total))
        self.cloud.holds_selection = self.brushed is not None
        self.let_go.setEnabled(self.brushed is not None)
        self.list.show_plans(explored, rows.tolist(), self.chances, self.selected)

    def _show_chances(self) -> None:
        """Intervals along the front, shares of the draws in the table, and which choices win."""
        explored, chances = self.explored, self.chances
        if explored is None or chances is None:
            return
        places = [(row, place) for row in self.front if (place := chances.place(row)) is not None]
        rows, found = [row for row, _ in places], [place for _, place in places]
        values = explored.column(self.against).astype(np.float64)
        self.cloud.show_front(values[rows], explored.plans.time_s[rows], chances.low[found], chances.high[found])
        self.notes.setText(" ".join(filter(None, (self._lacking(), wins_text(self._world, explored, chances)))))
        self._list()
        self._read(self.selected)

    def _read(self, row: int | None) -> None:
        if row is None or self.explored is None or row >= len(self.explored.plans):
            self.read.setText(tr("Point at a plan to read it; a click chooses it, Shift and drag select several."))
            return
        told = plan_text(self._world, self.explored, row)
        place = None if self.chances is None else self.chances.place(row)
        if self.chances is not None and place is not None:
            told = f"{told} · {chance_text(self.chances, place)}"
        self.read.setText(told)

    # What the user does

    def choose(self, row: int | None) -> None:
        """Choose a plan, or none."""
        self.selected = row
        self.use.setEnabled(row is not None and may_add(self._question))
        self.cloud.show_ring(row)
        self._read(row)
        self.list.select(row)
        if row is not None and self.chances is not None and self.chances.place(row) is None:
            self._soon.start()  # it is far above the front, and nothing is known of it yet
        if row is not None:
            announce(self.cloud, self.read.text())

    def _brushed(self, x0: float, x1: float, y0: float, y1: float) -> None:
        """Select what passes the filters in a rectangle, by logarithms."""
        x, y = self.cloud.places_x, self.cloud.places_y
        inside = (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
        self.brushed = inside & self.side.filters.filters.kept(self.explored) if self.explored else None
        self.brush.setChecked(False)
        self._draw()

    def _let_go(self) -> None:
        self.brushed = None
        self._draw()

    def _use(self) -> None:
        """The chosen plan as another scenario, beside the one that it was found around."""
        if self.selected is None or self.explored is None:
            return
        plan, plans = self.explored.plan, self.explored.plans
        choice = choice_of(plan, plans, self.selected)
        asked = scenario_of(self._question.scenario, plan, plans, self.selected)
        take(self._question, asked, system_name(choice, self._world.catalog))
        self.taken.emit()

    def figure(self) -> Figure | None:
        """What is shown, as it leaves the app."""
        if self.explored is None or not self.kept.any():
            return None
        looked = Looked(
            self.against, self.side.filters.filters, self.kept, tuple(self.front), tuple(self.list.rows), self.chances
        )
        return explore_figure(self._world, self._question.scenario, self.explored, looked)

    def set_theme(self, name: str) -> None:
        """Paint everything in another theme."""
        self._theme = self.leaving.theme_name = name
        self.cloud.set_theme(name)
        self.list.table.set_theme(name)
        self._draw()

    def close_work(self) -> None:
        """The window closes."""
        self.beside.close()
        self.leaving.close()
