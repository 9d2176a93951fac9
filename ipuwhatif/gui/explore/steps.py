"""What Explore asks for, step by step: plans as they come, the chances of the best, and on what plans stand."""

from collections.abc import Iterator, Sequence
from time import perf_counter

import numpy as np

from ipuwhatif.analysis.explore.basis import beyond_data
from ipuwhatif.analysis.explore.chances import Chances, chances_of, contenders, drawn_plans
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import Plans, joined, parts
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.world import World
from ipuwhatif.model.layouts.split_grid import BoolArray
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.scenario.scenario import Scenario

#: Seconds from one picture to the next, and that as a part of the time that has passed: few pictures of many plans.
SOONEST, SHARE = 0.1, 0.5
_AT_ONCE = 256


def plans_so_far(world: World, plan: SweepPlan) -> Iterator[tuple[int, int, Plans | None]]:
    """All plans that are there, every now and then."""
    began, shown = perf_counter(), 0.0  # the first part is shown at once
    waiting: list[Plans] = []
    for done, total, part in parts(world, plan):
        waiting.append(part)
        now = perf_counter()
        if done == total or now - shown >= max(SOONEST, SHARE * (shown - began)):
            waiting, shown = [joined(waiting)], now
            yield done, total, waiting[0]
        else:
            yield done, total, None


def chances_so_far(
    world: World, scenario: Scenario, explored: Explored, against: str, kept: BoolArray, always: Sequence[int]
) -> Iterator[tuple[int, int, Chances | None]]:
    """The chances of the plans that are nearest to the front of those kept, and of some more."""
    rows = contenders(explored, against, kept, always)
    drawn, done = [], 0
    for each in drawn_plans(world, scenario, explored, rows.tolist()):
        drawn.append(each)
        done += len(each.supports)
        yield done, len(rows), None
    if drawn:
        yield done, done, chances_of(explored, against, rows, drawn, scenario.target_s, int(kept.sum()))


def basis_so_far(world: World, scenario: Scenario, explored: Explored) -> Iterator[tuple[int, int, FloatArray | None]]:
    """Which plans leave the data, 1 or 0, nan for those that are not looked at yet."""
    found, total = np.full(len(explored.plans), np.nan), len(explored.plans)
    began = shown = perf_counter()
    for start in range(0, total, _AT_ONCE):
        rows = range(start, min(start + _AT_ONCE, total))
        found[rows.start : rows.stop] = beyond_data(world, scenario, explored.plan, explored.plans, rows)
        now = perf_counter()
        told = rows.stop == total or now - shown >= max(SOONEST, SHARE * (shown - began))
        shown = now if told else shown
        yield rows.stop, total, found.copy() if told else None
