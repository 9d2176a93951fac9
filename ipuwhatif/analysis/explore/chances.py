"""How sure it is that a plan is among the best: the share of draws in which it is, where all plans share each draw.

Plans far above the front are never on it; so those nearest to it are held against each other, and the rest is not.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ipuwhatif.analysis.explore.best import above_front
from ipuwhatif.analysis.explore.costs import AGAINST
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import case_at
from ipuwhatif.analysis.solving.solve import Drawn, solve_drawn
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.drawn import all_of, leading
from ipuwhatif.analysis.sweep.quantities import BASIS, TIME_S
from ipuwhatif.analysis.world import World
from ipuwhatif.model.layouts.split_grid import BoolArray
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.records import Record
from ipuwhatif.scenario.scenario import Scenario

#: Plans that are drawn at most, and at once.
MOST, AT_ONCE = 1_000, 128
#: What follows from a choice, and is none.
_NO_CHOICE = (
    *(TIME_S, BASIS, *AGAINST[1:]),
    *("layout_replicas", "layout_micro_batch", "layout_gradient_accumulation"),
)
#: From this share of the draws on a choice is said to win.
WINS = 0.8


class Win(Record, frozen=True):
    """The value of a column that the fastest plan has in most draws, and in what share of them."""

    column: str
    value: float
    share: float


class Chances(Record, frozen=True):
    """Of some plans, shape (rows,) each: ends of the interval [s] and shares of the draws; nan where nothing is asked.

    `of` plans are kept by the filters, of which these are the ones nearest to the front.
    """

    rows: IntArray
    low: FloatArray
    high: FloatArray
    beyond: BoolArray
    fastest: FloatArray
    on_front: FloatArray
    under_target: FloatArray
    of: int
    wins: tuple[Win, ...]

    def place(self, row: int) -> int | None:
        """Where a plan stands among them."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None


def contenders(explored: Explored, against: str, kept: BoolArray, always: Sequence[int] = ()) -> IntArray:
    """The plans that are held against each other: those kept that are nearest to their front, and some more."""
    rows = np.flatnonzero(kept)
    cost = explored.column(against)[rows].astype(np.float64)
    above = above_front(cost, explored.plans.time_s[rows])
    order = np.argsort(above, kind="stable")[: int(np.isfinite(above).sum())]
    best = order[above[order] <= 1.0]
    if len(best) > MOST:  # evenly some along the front, both ends among them
        order = best[np.argsort(cost[best])][np.linspace(0, len(best) - 1, MOST).round().astype(np.intp)]
    more = [row for row in always if kept[row]]
    return np.unique(np.concatenate([rows[order[:MOST]], np.array(more, dtype=np.intp)]).astype(np.intp))


def drawn_plans(world: World, scenario: Scenario, explored: Explored, rows: Sequence[int]) -> Iterator[Drawn]:
    """The times of some plans at all draws, some plans after the other."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        yield solve_drawn(world, [case_at(world, scenario, explored.plan, explored.plans, row) for row in some])


def chances_of(
    explored: Explored, against: str, rows: IntArray, drawn: Sequence[Drawn], target_s: float | None, of: int
) -> Chances:
    """What the draws of all these plans say of each."""
    times = np.concatenate([each.times for each in drawn], axis=1)
    cost = explored.column(against)[rows].astype(np.float64)
    if against != CHIPS:  # what is paid or drawn grows with the time of the draw
        cost = cost / explored.plans.time_s[rows] * times
    leaders = leading(all_of(np.arange(len(rows)), np.zeros(len(rows), dtype=np.int64), times, cost))
    draws = len(times)
    fastest = times == times.min(axis=1, keepdims=True)
    supports = [support for each in drawn for support in each.supports]
    return Chances(
        rows=rows,
        low=np.concatenate([each.interval.low for each in drawn]),
        high=np.concatenate([each.interval.high for each in drawn]),
        beyond=np.array([bool(support.beyond) for support in supports]),
        fastest=fastest.mean(axis=0),
        on_front=np.bincount(leaders.plan, minlength=len(rows)) / draws,
        under_target=np.full(len(rows), np.nan) if target_s is None else (times <= target_s).mean(axis=0),
        of=of,
        wins=tuple(_wins(explored, rows, fastest.argmax(axis=1))),
    )


def _wins(explored: Explored, rows: IntArray, fastest: IntArray) -> Iterator[Win]:
    """Of each column in which plans differ what the fastest has most often; fastest: its place, draw by draw."""
    for name in explored.columns:
        if name in _NO_CHOICE or not explored.differs(name):
            continue
        values, counts = np.unique(explored.column(name)[rows][fastest], return_counts=True)
        place = int(counts.argmax())
        yield Win(name, float(values[place]), float(counts[place] / len(fastest)))
