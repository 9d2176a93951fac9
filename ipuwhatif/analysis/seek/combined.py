"""Where a system's time meets a target over several gains at once: the cheapest combination, and more or less of it.

Every search asks the model about many cases in one call, first far apart, then close to where the target is met.
"""

from collections.abc import Mapping, Sequence
from math import exp, log

import numpy as np

from ipuwhatif.analysis.seek.reach import CLOSER, POINTS, distinct, moved, times_of, value_of
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.analysis.world import World
from ipuwhatif.model.case import Case, varied
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import Lever

#: The levers that are sought together. Time falls, or stays, along each of them.
COMBINED = ("compute_gain", "link_bandwidth_gain", "clock")
#: Points on each axis where several levers move.
GRID = 9
#: Times a grid over several levers is drawn closer around the cheapest point.
ROUNDS = 4
#: A change of |ln| that moves nothing worth naming.
UNMOVED = 1e-4
#: A change of |ln| that is beyond any bound.
FAR = 50.0
#: The least amount of a combination that is tried, of the amount that meets the target.
LEAST = 0.05


def cheapest(
    world: World, case: Case, bounds: dict[str, tuple[float, float]], target: float
) -> dict[str, float] | None:
    """The gains of least cost that bring the time to at most the target; None where not even all limits together do.

    The cost is the sum of the levers' |ln| changes against the case. Two levers stand on a grid, the third follows
    from the target along its own range; the grid is drawn closer around the best point a few times.
    """
    levers = [world.levers[key] for key in bounds]
    present = np.log([value_of(case, lever) for lever in levers])
    low, high = np.log(np.array(list(bounds.values()))).T
    left, right = np.minimum(low, present), np.maximum(high, present)
    low, high = left, right
    best: tuple[float, FloatArray] | None = None
    for _ in range(ROUNDS):
        axes = [
            distinct(np.clip(np.append(np.linspace(first, last, GRID), here), first, last))
            for first, last, here in zip(left.tolist(), right.tolist(), present.tolist(), strict=True)
        ]
        found = _cheapest_on(world, case, levers, axes, present, target)
        if found is not None and (best is None or found[0] < best[0]):
            best = found
        if best is None:
            return None
        width = (right - left) / (GRID - 1)
        left, right = np.maximum(best[1] - width, low), np.minimum(best[1] + width, high)
    assert best is not None
    return dict(zip(bounds, np.exp(best[1]).tolist(), strict=True))


def _cheapest_on(
    world: World, case: Case, levers: Sequence[Lever], axes: Sequence[FloatArray], present: FloatArray, target: float
) -> tuple[float, FloatArray] | None:
    """The cheapest point on the edges of a grid along its first lever where the time is the target."""
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    fields = [lever.field for lever in levers]
    cases = [
        varied(case, gains=replace(case.gains, **dict(zip(fields, point, strict=True))))
        for point in np.exp(grid.reshape(-1, len(levers))).tolist()
    ]
    times = times_of(world, cases).reshape(grid.shape[:-1])
    points = [grid[times <= target]]
    for axis in range(len(levers)):
        times_along, grid_along = np.moveaxis(times, axis, 0), np.moveaxis(grid, axis, 0)
        turns = (times_along[:-1] > target) & (times_along[1:] <= target)
        before, after = grid_along[:-1][turns], grid_along[1:][turns]
        share = (times_along[:-1][turns] - target) / (times_along[:-1] - times_along[1:])[turns]
        inverse = np.exp(-before[:, axis]) + share * (np.exp(-after[:, axis]) - np.exp(-before[:, axis]))
        reached = before.copy()
        reached[:, axis] = -np.log(inverse)
        points.append(reached)
    every = np.concatenate(points)
    if not len(every):
        return None
    costs = np.abs(every - present).sum(axis=1)
    place = int(np.argmin(costs))
    return float(costs[place]), every[place]


def along_combination(
    world: World, case: Case, gains: Mapping[str, float], bounds: Mapping[str, tuple[float, float]], target: float
) -> tuple[dict[str, float] | None, dict[str, float] | None]:
    """How much more or less of the same combination meets the target at the low and at the high end of the interval.

    Amounts far apart come first, then some between the two where an end meets it; None where not even the bounds do.
    Where nothing has to move for the median, more is the same of every gain.
    """
    present = {lever: value_of(case, world.levers[lever]) for lever in gains}
    steps = {lever: log(value / present[lever]) for lever, value in gains.items()}
    steps = {lever: step if abs(step) > UNMOVED else 0.0 for lever, step in steps.items()}
    if not any(steps.values()):
        steps = dict.fromkeys(gains, 1.0)

    def at(amount: float) -> dict[str, float]:
        wanted = {lever: present[lever] * exp(min(amount * step, FAR)) for lever, step in steps.items()}
        return {lever: min(max(value, bounds[lever][0]), bounds[lever][1]) for lever, value in wanted.items()}

    def ends(amounts: FloatArray) -> tuple[FloatArray, FloatArray]:
        times = solve(world, [moved(case, at(amount), world.levers) for amount in amounts.tolist()]).intervals.time
        return times.low, times.high

    # Beyond the amount that brings every lever to its bound nothing moves any more.
    most = max(log(bounds[lever][step > 0.0] / present[lever]) / step for lever, step in steps.items() if step)
    amounts = np.append(0.0, np.geomspace(LEAST, max(most, 1.0), POINTS - 1))
    found: list[dict[str, float] | None] = []
    for side, times in enumerate(ends(amounts)):
        met = np.flatnonzero(times <= target)
        place = int(met[0]) if len(met) else -1
        if place > 0:
            closer = np.linspace(float(amounts[place - 1]), float(amounts[place]), CLOSER)
            found.append(at(float(np.interp(target, ends(closer)[side][::-1], closer[::-1]))))  # times fall along it
        else:
            found.append(None if place < 0 else at(0.0))
    return found[0], found[1]
