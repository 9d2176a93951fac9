"""Plans of Explore as they are shown: all in one picture, the best as a line, those that are selected in a table."""

from functools import partial

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ipuwhatif.analysis.explore.best import front
from ipuwhatif.analysis.explore.chances import Chances
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import Plans
from ipuwhatif.analysis.sweep.costs import MONEY
from ipuwhatif.analysis.sweep.quantities import TIME_S
from ipuwhatif.analysis.world import World
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
from ipuwhatif.figures.job_titles import time_words
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.explore.colouring import colours_of
from ipuwhatif.gui.explore.plans_view import PlansView, announce
from ipuwhatif.gui.scenarios.scenario_commands import may_add
from ipuwhatif.model.layouts.split_grid import BoolArray
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

MOST_LISTED = 200  # plans of a table, of a longer front evenly some
_SOON_MS = 150  # after the last change, before chances are asked for


class PlansPicture(PlansView):
    """What is known of the plans, and how it is shown; `PlansPage` asks for it."""

    def __init__(self, world: World, question: Question, theme_name: str, parent: QWidget) -> None:
        super().__init__(world, question, theme_name, self.figure, parent)
        self.explored: Explored | None = None
        self.complete = False
        self.front: list[int] = []
        self.brushed: BoolArray | None = None
        self.kept: BoolArray = np.zeros(0, dtype=np.bool_)
        self.chances: Chances | None = None
        self.selected: int | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)

    @property
    def against(self) -> str:
        return str(self.side.against.currentData())

    @property
    def plans(self) -> Plans | None:
        return None if self.explored is None else self.explored.plans

    def draw(self, anew: bool = False) -> None:
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
        self.cloud.show_target(scenario.target_s)
        timed = time_words(self._world.catalog.workloads[scenario.workload], scenario.samples)
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
        placed = [(row, index) for row in self.front if (index := chances.place(row)) is not None]
        rows, found = [row for row, _ in placed], [index for _, index in placed]
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
        index = None if self.chances is None else self.chances.place(row)
        if self.chances is not None and index is not None:
            told = f"{told} · {chance_text(self.chances, index)}"
        self.read.setText(told)

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
        self.draw()
