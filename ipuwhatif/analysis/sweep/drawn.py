"""What draws tell of plans: intervals, the share under a target, and who leads in each draw of those held together.

All plans share each draw of the world. Who is fastest, and who is on the front of time against something else, is known
once all plans are: each part tells its leaders draw by draw, and the leaders of all parts are those among them.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ipuwhatif.analysis.results import CALIBRATED, EXTRAPOLATED
from ipuwhatif.analysis.solving.solve import Drawn, solve_drawn
from ipuwhatif.analysis.sweep.answers import Part, plain_case
from ipuwhatif.analysis.world import World
from ipuwhatif.model.case import Assumed, Case
from ipuwhatif.model.factors import GAINS
from ipuwhatif.model.layouts.split_grid import BoolArray
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.records import Record, replace

CASES_AT_ONCE = 256  # times all draws: about as much as the processor's cache holds
BASES = (CALIBRATED, EXTRAPOLATED)


class DrawnPlans(Record, frozen=True):
    """Of some plans: both ends of the interval, the place in BASES, shape (plans,); all times, shape (draws, plans)."""

    low: FloatArray
    high: FloatArray
    basis: IntArray
    times: FloatArray


def drawn_of(world: World, parts: Sequence[Part]) -> DrawnPlans:
    """The plans of some parts at all draws; what costs alone tell apart takes the same times."""
    pieces = [_of_part(world, part) for part in parts]
    draws = len(world.calibration.draws)
    return DrawnPlans(
        low=np.concatenate([np.zeros(0), *(each.low for each in pieces)]),
        high=np.concatenate([np.zeros(0), *(each.high for each in pieces)]),
        basis=np.concatenate([np.zeros(0, np.intp), *(each.basis for each in pieces)]),
        times=np.concatenate([np.zeros((draws, 0)), *(each.times for each in pieces)], axis=1),
    )


def _of_part(world: World, part: Part) -> DrawnPlans:
    cases = list(_cases(world, part))
    starts = range(0, len(cases), CASES_AT_ONCE)
    solved = [solve_drawn(world, cases[start : start + CASES_AT_ONCE]) for start in starts]
    unit, costs = part.unit, part.unit.block.cost_count
    low = unit.start // costs
    choices = -(-unit.stop // costs) - low
    # Which of the cases a plan is: chip count by chip count, the choice of its place.
    choice = np.arange(unit.start, unit.stop) // costs - low
    case = (np.arange(len(part.chips))[:, None] * choices + choice).ravel()
    return DrawnPlans(
        low=np.concatenate([each.interval.low for each in solved])[case],
        high=np.concatenate([each.interval.high for each in solved])[case],
        basis=np.concatenate([_basis(each) for each in solved])[case],
        times=np.concatenate([each.times for each in solved], axis=1)[:, case],
    )


def _basis(drawn: Drawn) -> IntArray:
    return np.array([int(bool(support.beyond)) for support in drawn.supports], dtype=np.intp)


def _cases(world: World, part: Part) -> Iterator[Case]:
    """The cases of a part: chip count by chip count, choice by choice."""
    block, unit = part.unit.block, part.unit
    fields = [world.levers[axis.lever].field for axis in block.choices]
    low, high = unit.start // block.cost_count, -(-unit.stop // block.cost_count)
    moved = []
    for place in range(low, high):
        at = np.unravel_index(place, [len(axis.values) for axis in block.choices]) if block.choices else ()
        said = {
            field: float(axis.values[int(each)]) for field, axis, each in zip(fields, block.choices, at, strict=True)
        }
        moved.append((
            {name: value for name, value in said.items() if name in GAINS},
            {name: value for name, value in said.items() if name not in GAINS},
        ))  # fmt: skip
    for count in part.chips:
        plain = replace(plain_case(part.asked.kind, count), samples=part.asked.samples)
        for gains, assumed in moved:
            yield replace(
                plain,
                gains=replace(plain.gains, **gains) if gains else plain.gains,
                assumed=Assumed(**assumed) if assumed else plain.assumed,
            )


class Leaders(Record, frozen=True):
    """Who leads in a draw: pairs of a draw and a plan, with its group, its time and what the time is held against."""

    draw: IntArray
    plan: IntArray
    group: IntArray
    time: FloatArray
    against: FloatArray

    @classmethod
    def joined(cls, several: Sequence["Leaders"]) -> "Leaders":
        names = ("draw", "plan", "group", "time", "against")
        return cls(*(np.concatenate([getattr(each, name) for each in several]) for name in names))

    def taken(self, rows: IntArray | BoolArray) -> "Leaders":
        return Leaders(self.draw[rows], self.plan[rows], self.group[rows], self.time[rows], self.against[rows])


def all_of(plan: IntArray, group: IntArray, times: FloatArray, against: FloatArray) -> Leaders:
    """Every plan in every draw but those without a figure; times: shape (draws, plans), against: that or (plans,)."""
    draws, plans = times.shape
    every = Leaders(
        np.repeat(np.arange(draws), plans),
        np.tile(plan, draws),
        np.tile(group, draws),
        times.ravel(),
        np.broadcast_to(against, times.shape).ravel(),
    )
    return every.taken(np.isfinite(every.against))


def leading(rows: Leaders) -> Leaders:
    """Those than which no other of their draw and group is better in one and at least as good in the other.

    Of plans that are equal in both all lead. What is held against nothing (0 for all) leaves the fastest.
    """
    if not len(rows.draw):
        return rows
    order = np.lexsort((rows.against, rows.time, rows.group, rows.draw))
    some = rows.taken(order)
    starts = np.flatnonzero(np.diff(some.draw, prepend=-1) | np.diff(some.group, prepend=-1))
    block = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(order))))
    # Ranks put the blocks one after the other, so that one running minimum does for all of them.
    _, rank = np.unique(some.against, return_inverse=True)
    least = np.minimum.accumulate(rank - block * (int(rank.max()) + 1))
    least += block * (int(rank.max()) + 1)
    first = np.ones(len(order), dtype=np.bool_)
    same_block = np.diff(block) == 0
    first[1:] = ~same_block | (least[:-1] > rank[1:])
    # A plan that equals the one before it in both leads where that does.
    equal = np.zeros(len(order), dtype=np.bool_)
    equal[1:] = same_block & (np.diff(some.time) == 0.0) & (np.diff(rank) == 0)
    run = np.maximum.accumulate(np.where(equal, 0, np.arange(len(order))))
    return some.taken(first[run])
