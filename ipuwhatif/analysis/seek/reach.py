"""Where a system's time meets a target: over whole chip counts, and along one lever.

Every search asks the model about many cases in one call, first far apart, then close to where the target is met.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import log

import numpy as np

from ipuwhatif.analysis.solving.solve import solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import System
from ipuwhatif.model.case import AS_SUBMITTED, Case, varied
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.model.layouts.search import Found, search
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.levers import ASSUMED, GAIN, Lever, Levers

#: Fields along which time rises.
COSTS = ("link_latency", "samples")
BATCH = "global_batch"
#: Points along a lever in one call, and in a second call between two of them.
POINTS, CLOSER = 16, 9
#: By less than this share of it a time does not differ.
SAME = 1e-6
#: Chip counts of the first call, far apart.
COARSE = 40
#: By how much a chip count may be faster than both of its tried neighbours, since layouts are whole numbers.
UNEVEN = 1.15

TimesAt = Callable[[Sequence[int]], FloatArray]


class Met(Record, frozen=True):
    """The smallest count that meets a target, or None; and the fastest count of all that were tried."""

    count: int | None
    fastest: int


def found_of(world: World, cases: Sequence[Case]) -> Found:
    """Layouts and seconds at the central parameters. InputError where a case cannot run."""
    if world.site is not None or any(case.policy == AS_SUBMITTED for case in cases):
        layouts = choose_layouts(world.catalog, cases, world.calibration.center)
        return Found(layouts, np.asarray(solve_center(world, cases, layouts).time_to_train[0]))
    return search(world.catalog, cases, world.calibration.center)


def times_of(world: World, cases: Sequence[Case]) -> FloatArray:
    """The seconds alone, shape (cases,)."""
    return found_of(world, cases).times


def counts_of(system: System) -> tuple[int, ...]:
    """Chip counts that a system can be bought in: whole machines, and powers of two chips of one machine."""
    machine, low, high = system.chips_per_machine, system.minimum_chips, system.maximum_chips
    parts = [2**power for power in range(machine.bit_length()) if 2**power < machine]
    return tuple(count for count in (*parts, *range(machine, high + 1, machine)) if low <= count <= high)


def smallest(counts: Sequence[int], times_at: TimesAt, target: float) -> Met:
    """The smallest of some rising counts whose time is at most the target.

    Counts far apart come first; then all counts between two of them that may meet the target earlier. Where none
    meets it, all counts around the fastest are tried as well.
    """
    coarse = sorted({round(place) for place in np.geomspace(1, len(counts), COARSE)})
    places = [place - 1 for place in coarse]
    times = times_at([counts[place] for place in places])
    known = dict(zip(places, times.tolist(), strict=True))
    meeting = [place for place in places if known[place] <= target]
    last = meeting[0] if meeting else places[-1]
    fastest = min(places, key=known.__getitem__)
    open_places: list[int] = []
    for left, right in pairwise(places):
        near = min(known[left], known[right]) <= target * UNEVEN
        around = not meeting and fastest in (left, right)
        if right <= last and (near or around):
            open_places += range(left + 1, right)
    if open_places:
        more = times_at([counts[place] for place in open_places])
        known.update(zip(open_places, more.tolist(), strict=True))
    fastest = min(sorted(known), key=known.__getitem__)
    met = min((place for place, seconds in known.items() if seconds <= target), default=None)
    return Met(None if met is None else counts[met], counts[fastest])


def along(low: float, high: float, present: float, points: int = POINTS) -> FloatArray:
    """Values of a lever from `low` to `high` with the present one among them, evenly apart in their logarithms.

    Evenly apart as they are where they begin at 0.
    """
    spaced = np.geomspace(low, high, points) if low > 0.0 else np.linspace(low, high, points)
    return distinct(np.append(spaced, present))


def distinct(values: FloatArray) -> FloatArray:
    """The values in order, each once; as `np.unique`, which loads masked arrays to look for some."""
    ordered = np.sort(values)
    return np.asarray(ordered[np.append(True, ordered[1:] != ordered[:-1])])


def crossing(values: FloatArray, times: FloatArray, target: float, present: float) -> tuple[float, int] | None:
    """Where times cross the target nearest to the present value, and the index of the value before; None if nowhere.

    Between two values the time is taken to be linear in the inverse of the value: what a gain acts on shrinks with it.
    Where values begin at 0, in the value itself.
    """
    inverted = bool(values[0] > 0.0)
    scale = 1.0 / values if inverted else values
    above = times > target
    found = np.flatnonzero(above[1:] != above[:-1])
    if not len(found):
        exact = np.flatnonzero(np.isclose(times, target, rtol=1e-9))
        return (float(values[exact[0]]), max(0, min(int(exact[0]), len(values) - 2))) if len(exact) else None
    part = (target - times[found]) / (times[found + 1] - times[found])
    reached = scale[found] + part * (scale[found + 1] - scale[found])
    if inverted:
        reached = 1.0 / reached
    best = int(np.argmin(np.abs(np.log(reached / present) if inverted else reached - present)))
    return float(reached[best]), int(found[best])


def is_factor(lever: Lever) -> bool:
    """Whether a lever or assumption multiplies something of the model."""
    return lever.target in (GAIN, ASSUMED)


def with_value(case: Case, lever: Lever, value: float) -> Case:
    """The case with one lever or assumption that is a factor at a value."""
    if lever.target == GAIN:
        return varied(case, gains=replace(case.gains, **{lever.field: value}))
    return varied(case, assumed=replace(case.assumed, **{lever.field: value}))


def value_of(case: Case, lever: Lever) -> float:
    """What a lever or assumption that is a factor stands at."""
    return float(getattr(case.gains if lever.target == GAIN else case.assumed, lever.field))


def range_of(lever: Lever, case: Case) -> tuple[float, float]:
    """The range of a lever that is a factor, with its present value in it."""
    present = value_of(case, lever)
    return min(lever.minimum, present), max(lever.maximum, present)


def value_for(world: World, case: Case, lever: Lever, target: float, closer: bool = False) -> float | None:
    """The value of a lever that brings the time to the target, by one call of the model; None out of its range.

    closer: a second call looks between the two values of the first.
    """
    present = value_of(case, lever)
    values = along(*range_of(lever, case), present)
    found = crossing(values, _times_along(world, case, lever, values), target, present)
    if found is None or not closer:
        return None if found is None else found[0]
    value, place = found
    between = along(float(values[place]), float(values[place + 1]), value, CLOSER)
    again = crossing(between, _times_along(world, case, lever, between), target, value)
    return value if again is None else again[0]


def nearest_value(values: FloatArray, times: FloatArray, target: float, present: float) -> float:
    """The value at which times that do not meet a target come nearest to it; `present` where all values take as long.

    Where several come as near, an end of the range is told rather than where the time begins to stay.
    """
    away = np.abs(np.log(times / target))
    near = away <= float(away.min()) + SAME
    if near.all():
        return present
    ends = [place for place in (0, len(values) - 1) if near[place]]
    return float(values[ends[0] if ends else int(np.argmin(away))])


def _times_along(world: World, case: Case, lever: Lever, values: FloatArray) -> FloatArray:
    return times_of(world, [with_value(case, lever, value) for value in values.tolist()])


def nearest_batch(
    world: World, case: Case, lever: Lever, target_s: float, times_at: Callable[[list[Case]], FloatArray]
) -> Met:
    """The global batch nearest to the present one that meets the target; the time falls and rises along it."""
    (layout,) = choose_layouts(world.catalog, [case], world.calibration.center)
    present = layout.global_batch

    def at(some: Sequence[int]) -> FloatArray:
        return times_at([with_batch(case, batch) for batch in some])

    def near(batch: int) -> float:
        return abs(log(batch / present))

    wanted = {round(each) for each in np.geomspace(lever.minimum, lever.maximum, POINTS)} | {present}
    tried = sorted(each for each in wanted if not reason_not_to_fit(world.catalog, with_batch(case, each)))
    known = dict(zip(tried, at(tried).tolist(), strict=True))
    meeting = [batch for batch, seconds in known.items() if seconds <= target_s]
    around = min(meeting, key=near) if meeting else min(tried, key=known.__getitem__)
    place = tried.index(around)
    low, high = tried[max(0, place - 1)], tried[min(place + 1, len(tried) - 1)]
    closer = sorted({round(each) for each in np.geomspace(low, high, POINTS)} - known.keys())
    if around != present and closer:
        known.update(zip(closer, at(closer).tolist(), strict=True))
    meeting = [batch for batch, seconds in known.items() if seconds <= target_s]
    fastest = min(sorted(known), key=known.__getitem__)
    return Met(min(meeting, key=near, default=None), fastest)


def with_batch(case: Case, batch: int) -> Case:
    """The case with its global batch pinned."""
    return replace(case, pins=replace(case.pins, global_batch=batch))


def moved(case: Case, values: Mapping[str, float], levers: Levers) -> Case:
    """The case with levers, by their keys, at other values."""
    for key, value in values.items():
        case = with_batch(case, round(value)) if key == BATCH else with_value(case, levers[key], value)
    return case
