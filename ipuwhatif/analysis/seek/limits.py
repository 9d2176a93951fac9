"""Why a target cannot be met: the part of the time that binds at the fastest point, and what grows beyond it.

Each reason is computed from the model's own parts, so that what it says of chips, batches and epochs holds.
"""

from collections.abc import Mapping

import numpy as np

from ipuwhatif.analysis.reasons import PartOfTime
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.seek.reach import SAME, is_factor, range_of, value_of, with_batch, with_value
from ipuwhatif.analysis.solving.solve import followed_inputs, solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import chips_text
from ipuwhatif.catalog.types import STATED, SystemChoice, Workload
from ipuwhatif.model.case import Case
from ipuwhatif.model.time_to_train import Outcome, evaluate
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.texts import tr
from ipuwhatif.units import format_duration, format_number, told

#: Stands for a lever without any bound.
ENDLESS = 1e6
#: Parts that are named where several share the blame, at most, and the least share of the first that one must have.
NAMED, WORTH_NAMING = 3, 0.2


def binding(projection: Projection) -> str:
    """The key of the largest part of a projected time."""
    return max(projection.breakdown_s, key=lambda part: projection.breakdown_s[part])


def part_names(projection: Projection) -> Mapping[str, str]:
    """What each part of the time is called."""
    return {part: told(PartOfTime(part)) for part in projection.breakdown_s}


def largest_parts(projection: Projection) -> str:
    """The largest parts of a time: "arithmetic takes 48.1 s (29 %), all-reduce 43.9 s (27 %)"."""
    names, total = part_names(projection), projection.time_to_train_s.median
    order = sorted(projection.breakdown_s.items(), key=lambda pair: -pair[1])[:NAMED]
    texts = [
        tr(
            "{part} {time} ({share} %)",
            part=_lower(names[part]),
            time=format_duration(seconds),
            share=format_number(100.0 * seconds / total, 2),
        )
        for part, seconds in order
        if seconds > 0.0
    ]
    return tr(", ").join(texts)


def chips_reason(world: World, floor: Projection, most: int) -> str:
    """Why more chips than those of `floor` do not help; `most` is the largest count of the system."""
    system, chips = world.catalog.systems[floor.choice.system], floor.choice.chips
    reached = tr(
        "the least time is {time}, with {chips}: {parts}",
        time=format_duration(floor.time_to_train_s.median),
        chips=chips_text(system.chip_word, chips),
        parts=largest_parts(floor),
    )
    if chips >= most:
        return tr("{reached}; {name} has no more than that", reached=reached, name=system.name)
    return tr("{reached}; {why}", reached=reached, why=_growth(world, floor, min(2 * chips, most)))


def _growth(world: World, floor: Projection, chips: int) -> str:
    """What grows by more than the work a chip shrinks by, from the fastest count to a larger one."""
    system = world.catalog.systems[floor.choice.system]
    there = replace(floor.case, choice=SystemChoice(floor.choice.system, chips))
    filled, center = _filled(world, floor, there)
    here, beyond = ({part: float(row[0, case]) for part, row in center.parts.items()} for case in (0, 1))
    samples = center.samples[0]
    held = float(samples[0] / samples[1])  # parts follow the samples, all but the start-up
    longer = {part: beyond[part] * (held if part != "start_up" else 1.0) - here[part] for part in here}
    more_samples = sum(seconds * (1.0 - held) for part, seconds in beyond.items() if part != "start_up")
    about = tr("beyond about {chips}", chips=chips_text(system.chip_word, floor.choice.chips))
    word, (before, after) = _epochs(world.catalog.workloads[floor.case.workload], samples)
    if float(center.time_to_train[0, 1]) < floor.time_to_train_s.median:
        return tr(
            "{about} the rest stays idle: no run in the evidence shows that a global batch of {batch} in "
            "micro-batches of {micro}, which would fill {chips}, works",
            about=about,
            batch=format_number(filled.global_batch),
            micro=format_number(filled.micro_batch),
            chips=format_number(chips),
        )
    if sum(longer.values()) < 0.0 < more_samples:  # with the samples held it would still get faster
        return tr(
            "{about} the batch that fills them needs more {words} than it saves: {after} at a batch of {batch} "
            "with {chips}, {before} with {fewer}",
            about=about,
            words=word,
            after=after,
            batch=format_number(filled.global_batch),
            before=before,
            chips=chips_text(system.chip_word, chips),
            fewer=format_number(floor.choice.chips),
        )
    names = part_names(floor)
    causes = [(seconds, _lower(names[part])) for part, seconds in longer.items() if seconds > 0.0]
    causes += [(more_samples, tr("the {words} that a larger batch needs", words=word))] if more_samples > 0.0 else []
    causes.sort(reverse=True)
    texts = [
        tr("{cause} (+{time})", cause=cause, time=format_duration(seconds))
        for seconds, cause in causes[:NAMED]
        if seconds > WORTH_NAMING * causes[0][0]
    ]
    return tr(
        "{about} more is added than the shorter work a chip saves: with all of {chips} at work {causes}",
        about=about,
        causes=tr(", ").join(texts),
        chips=chips_text(system.chip_word, chips),
    )


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


def _epochs(workload: Workload, samples: np.ndarray) -> tuple[str, tuple[str, str]]:
    """The words for what a job needs to its target, epochs where there are any, and how many before and after."""
    dataset = workload.data["dataset_samples"].value
    word, unit = (tr("epochs"), dataset) if dataset > 0.0 else (tr(workload.sample_word), 1.0)
    before, after = (format_number(float(each) / unit, 3) for each in samples)
    return word, (before, after)


def lever_reason(world: World, floor: Projection, lever: Lever, target_s: float) -> str:
    """Why the range of one lever does not meet a target; `floor` is the time at its value that comes nearest."""
    if not is_factor(lever):
        return _batch_reason(world, floor)
    value, least, ends = value_of(floor.case, lever), floor.time_to_train_s.median, range_of(lever, floor.case)
    cases = [with_value(floor.case, lever, end) for end in ends]
    times = solve_center(world, [floor.case, *cases]).time_to_train[0]
    if float(times.max()) <= float(times.min()) * (1.0 + SAME):
        return tr("this lever changes nothing here, it takes {time} at any value", time=format_duration(least))
    words = {"value": lever.format(lever.rounded(value)), "time": format_duration(least)}
    if least < target_s:
        if value in ends:
            return tr("at {value}, the end of the range, it takes {time}, less than the target", **words)
        return tr("at {value}, the slowest of the range, it takes {time}, less than the target", **words)
    words["parts"] = largest_parts(floor)
    if value not in ends:
        return tr("at {value}, the fastest of the range, it takes {time}: {parts}", **words)
    reached = tr("at {value}, the end of the range, it takes {time}: {parts}", **words)
    return tr("{reached}; {why}", reached=reached, why=_beyond(world, floor, lever, target_s))


def _beyond(world: World, floor: Projection, lever: Lever, target_s: float) -> str:
    """What keeps the time up at the faster end of a range, where `floor` stands: the range, or all that is not moved.

    Nothing is said of what lies beyond a range that begins at 0: it counts steps, and there is no last one.
    """
    if lever.minimum > 0.0:
        further = ENDLESS if value_of(floor.case, lever) >= lever.maximum else 1.0 / ENDLESS
        rest = float(solve_center(world, [with_value(floor.case, lever, further)]).time_to_train[0, 0])
        if target_s < rest <= floor.time_to_train_s.median * (1.0 + SAME):
            return tr("what this lever does not touch takes {rest} alone", rest=format_duration(rest))
    return tr("the target lies beyond the range of the lever, {range}", range=lever.range_text)


def _batch_reason(world: World, floor: Projection) -> str:
    """What a smaller and a larger global batch than the fastest one cost."""
    batch = floor.layout.global_batch
    cases = [
        with_batch(floor.case, max(1, batch // 2)),
        with_batch(floor.case, batch),
        with_batch(floor.case, 2 * batch),
    ]
    center = solve_center(world, cases)
    smaller, here, larger = center.time_to_train[0].tolist()
    reached = tr(
        "the least time is {time}, at a global batch of {batch}: {parts}",
        time=format_duration(floor.time_to_train_s.median),
        batch=format_number(batch),
        parts=largest_parts(floor),
    )
    sides = []
    if smaller > here:
        sides.append(tr("half of it takes {time}, its steps being many", time=format_duration(smaller)))
    if larger > here:
        if world.catalog.workloads[floor.case.workload].kind == STATED:
            sides.append(tr("twice of it takes {time}", time=format_duration(larger)))
        else:
            word, (before, after) = _epochs(world.catalog.workloads[floor.case.workload], center.samples[0, 1:])
            sides.append(
                tr(
                    "twice of it takes {time}, since it needs {after} {word} in place of {before}",
                    time=format_duration(larger),
                    after=after,
                    before=before,
                    word=word,
                )
            )
    return tr("; ").join((reached, *sides))


def any_reason(floor: Projection) -> str:
    """Why not even all gain levers together meet a target."""
    return tr(
        "with every gain at the end of its range it takes {time}: {parts}",
        time=format_duration(floor.time_to_train_s.median),
        parts=largest_parts(floor),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
