"""Why a target cannot be met: the part of the time that binds at the fastest point, and what grows beyond it.

Each reason is computed from the model's own parts, so that what it says of chips, batches and epochs holds.
"""

import numpy as np

from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.seek.reach import SAME, is_factor, range_of, value_of, with_batch, with_value
from ipuwhatif.analysis.seek.reasons import (
    AllGains,
    BatchNeedsMore,
    BeyondRange,
    ChangesNothing,
    LeastOverBatch,
    LeastOverChips,
    MoreIsAdded,
    NoMore,
    RestIdle,
    Share,
    StillLess,
    StillMore,
    TwiceTheBatch,
    UntouchedAlone,
)
from ipuwhatif.analysis.solving.solve import followed_inputs, solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import STATED, SystemChoice, Workload
from ipuwhatif.model.case import Case
from ipuwhatif.model.time_to_train import Outcome, evaluate
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.texts import marked

#: Stands for a lever without any bound.
ENDLESS = 1e6
#: Parts that are named where several share the blame, at most, and the least share of the first that one must have.
NAMED, WORTH_NAMING = 3, 0.2


def binding(projection: Projection) -> str:
    """The key of the largest part of a projected time."""
    return max(projection.breakdown_s, key=lambda part: projection.breakdown_s[part])


def largest_parts(projection: Projection) -> Share:
    """The largest parts of a time, and the whole of it."""
    order = sorted(projection.breakdown_s.items(), key=lambda pair: -pair[1])[:NAMED]
    return Share(tuple(pair for pair in order if pair[1] > 0.0), projection.time_to_train_s.median)


def chips_reason(world: World, floor: Projection, most: int) -> LeastOverChips:
    """Why more chips than those of `floor` do not help; `most` is the largest count of the system."""
    system, chips = world.catalog.systems[floor.choice.system], floor.choice.chips
    why = NoMore(system.name) if chips >= most else _growth(world, floor, min(2 * chips, most))
    return LeastOverChips(largest_parts(floor), system.chip_word, chips, why)


def _growth(world: World, floor: Projection, chips: int) -> RestIdle | BatchNeedsMore | MoreIsAdded:
    """What grows by more than the work a chip shrinks by, from the fastest count to a larger one."""
    word, about = world.catalog.systems[floor.choice.system].chip_word, floor.choice.chips
    there = replace(floor.case, choice=SystemChoice(floor.choice.system, chips))
    filled, center = _filled(world, floor, there)
    here, beyond = ({part: float(row[0, case]) for part, row in center.parts.items()} for case in (0, 1))
    samples = center.samples[0]
    held = float(samples[0] / samples[1])  # parts follow the samples, all but the start-up
    longer = {part: beyond[part] * (held if part != "start_up" else 1.0) - here[part] for part in here}
    more_samples = sum(seconds * (1.0 - held) for part, seconds in beyond.items() if part != "start_up")
    if float(center.time_to_train[0, 1]) < floor.time_to_train_s.median:
        return RestIdle(word, about, filled.global_batch, filled.micro_batch, chips)
    counted_in, (before, after) = _epochs(world.catalog.workloads[floor.case.workload], samples)
    if sum(longer.values()) < 0.0 < more_samples:  # with the samples held it would still get faster
        return BatchNeedsMore(word, about, counted_in, before, after, filled.global_batch, chips)
    causes = [(part, seconds) for part, seconds in (*longer.items(), (None, more_samples)) if seconds > 0.0]
    causes.sort(key=lambda pair: pair[1], reverse=True)
    worth = tuple(pair for pair in causes[:NAMED] if pair[1] > WORTH_NAMING * causes[0][1])
    return MoreIsAdded(word, about, chips, worth, counted_in)


def _filled(world: World, floor: Projection, there: Case) -> tuple[Layout, Outcome]:
    """The layout of `floor` spread over all chips of a larger case, and both at the central parameters, floor first.

    More replicas of the same micro-batch make a larger global batch, or smaller micro-batches the same one: whichever
    is faster. The search would rather leave chips idle than take either.
    """
    layout = floor.layout
    replicas = there.choice.chips // layout.replica_chips
    smaller = max(1, round(layout.micro_batch * layout.replicas / replicas))
    spread = [
        replace(
            layout,
            replicas=replicas,
            micro_batch=micro,
            global_batch=round(replicas * layout.gradient_accumulation * micro * layout.samples_per_pack),
        )
        for micro in dict.fromkeys((layout.micro_batch, smaller))
    ]
    cases = [floor.case, *(there for _ in spread)]
    inputs = followed_inputs(world, cases, [layout, *spread])
    center = evaluate(inputs, world.calibration.center)
    best = 1 + int(np.argmin(center.time_to_train[0, 1:]))
    return spread[best - 1], _two(center, best)


def _two(center: Outcome, column: int) -> Outcome:
    """The first case of an outcome and another one."""
    columns = [0, column]
    return Outcome(
        parts={part: values[:, columns] for part, values in center.parts.items()},
        step_time=center.step_time[:, columns],
        samples=center.samples[:, columns],
        throughput=center.throughput[:, columns],
    )


def _epochs(workload: Workload, samples: np.ndarray) -> tuple[str, tuple[float, float]]:
    """What a job needs to its target is counted in, epochs where there are any, and how many before and after."""
    dataset = workload.data["dataset_samples"].value
    word, unit = (marked("epochs"), dataset) if dataset > 0.0 else (workload.sample_word, 1.0)
    before, after = (float(each) / unit for each in samples)
    return word, (before, after)


def lever_reason(
    world: World, floor: Projection, lever: Lever, target_s: float
) -> ChangesNothing | StillLess | StillMore | LeastOverBatch:
    """Why the range of one lever does not meet a target; `floor` is the time at its value that comes nearest."""
    if not is_factor(lever):
        return _batch_reason(world, floor)
    value, least, ends = value_of(floor.case, lever), floor.time_to_train_s.median, range_of(lever, floor.case)
    cases = [with_value(floor.case, lever, end) for end in ends]
    times = solve_center(world, [floor.case, *cases]).time_to_train[0]
    if float(times.max()) <= float(times.min()) * (1.0 + SAME):
        return ChangesNothing(least)
    if least < target_s:
        return StillLess(lever, lever.rounded(value), value in ends, least)
    why = _beyond(world, floor, lever, target_s) if value in ends else None
    return StillMore(lever, lever.rounded(value), largest_parts(floor), why)


def _beyond(world: World, floor: Projection, lever: Lever, target_s: float) -> UntouchedAlone | BeyondRange:
    """What keeps the time up at the faster end of a range, where `floor` stands: the range, or all that is not moved.

    Nothing is said of what lies beyond a range that begins at 0: it counts steps, and there is no last one.
    """
    if lever.minimum > 0.0:
        further = ENDLESS if value_of(floor.case, lever) >= lever.maximum else 1.0 / ENDLESS
        rest = float(solve_center(world, [with_value(floor.case, lever, further)]).time_to_train[0, 0])
        if target_s < rest <= floor.time_to_train_s.median * (1.0 + SAME):
            return UntouchedAlone(rest)
    return BeyondRange(lever)


def _batch_reason(world: World, floor: Projection) -> LeastOverBatch:
    """What a smaller and a larger global batch than the fastest one cost."""
    batch = floor.layout.global_batch
    cases = [with_batch(floor.case, each) for each in (max(1, batch // 2), batch, 2 * batch)]
    center = solve_center(world, cases)
    smaller, here, larger = center.time_to_train[0].tolist()
    workload = world.catalog.workloads[floor.case.workload]
    twice = None
    if larger > here:
        word, (before, after) = _epochs(workload, center.samples[0, 1:])
        twice = TwiceTheBatch(larger) if workload.kind == STATED else TwiceTheBatch(larger, word, before, after)
    return LeastOverBatch(largest_parts(floor), batch, smaller if smaller > here else None, twice)


def any_reason(floor: Projection) -> AllGains:
    """Why not even all gain levers together meet a target."""
    return AllGains(largest_parts(floor))
