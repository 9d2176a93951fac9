"""Why one time to train differs from another: the change split into its causes, in parts that add up to it.

.. math::
    t = s \\cdot \\Bigl(\\frac{S}{r} + t_{evaluation} + t_{checkpoint} + t_{start\\,up}\\Bigr)

with the factor :math:`s` inside an official score, samples to target :math:`S` and training throughput :math:`r`. A
part is the Shapley value of its factor. Seconds of evaluation are taken as they are: what a faster chip saves in them
counts as evaluation.
"""

from collections.abc import Iterator, Mapping
from math import fsum

from ipuwhatif.analysis.attribution.reasons import (
    CountedPacks,
    Evaluations,
    LogNote,
    NotTheSame,
    OneEntry,
    OnlyARatio,
    OtherTask,
    Overlapping,
    ScaledScore,
    Trait,
    TwoBenchmarks,
    TwoJobs,
    TwoTargets,
    UnknownEntry,
)
from ipuwhatif.analysis.attribution.shapley import Factors, shapley
from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import RELATIVE, Catalog, OfficialResult
from ipuwhatif.model.case import Case
from ipuwhatif.model.time_to_train import STEP_PARTS
from ipuwhatif.records import Record
from ipuwhatif.units import RefusedError, Said, nearest

OFFICIAL, PROJECTION = "official", "projection"
THROUGHPUT, SAMPLES, EVALUATION, CHECKPOINT = "throughput", "samples_to_target", "evaluation", "checkpoint"
START_UP, OUTSIDE, SCALE = "start_up", "outside_training", "score_scale"
#: The unit of each factor, in the order in which parts are listed.
UNITS = {
    THROUGHPUT: "samples/s",
    SAMPLES: "samples",
    EVALUATION: "s",
    CHECKPOINT: "s",
    START_UP: "s",
    OUTSIDE: "s",
    SCALE: "1",
}
#: What a factor is where nothing has to be said about it.
_NEUTRAL = {EVALUATION: 0.0, CHECKPOINT: 0.0, START_UP: 0.0, OUTSIDE: 0.0, SCALE: 1.0}
#: Rounds with a quality target of their own, so that their times are of another job.
_OTHER_TARGET = {("bert-large", "v0.7")}


class Part(Record, frozen=True):
    """One cause of the change: a factor at both ends, and the seconds that its change adds to the time."""

    key: str  # a key of UNITS
    before: float
    after: float
    unit: str
    seconds: float
    share: float | None  # of the whole change; None where the time does not change


class End(Record, frozen=True):
    """One of the two results. Exactly one of `official` and `projection` is there."""

    key: str  # key of an entry, or "ipu-pod:64"
    kind: str  # OFFICIAL or PROJECTION
    time_s: float  # official score, or median of the projection
    measured_s: float | None  # of an official result: what ran, before a correction inside the log
    official: OfficialResult | None = None
    projection: Projection | None = None


class Attribution(Record, frozen=True):
    """The change from one time to another, `after.time_s - before.time_s`, as parts that add up to it."""

    workload: str
    before: End
    after: End
    change_s: float
    parts: tuple[Part, ...]
    notes: tuple[Said, ...]


def attribute(world: World, case_a: Case, case_b: Case) -> Attribution:
    """The change from one projection to another. InputError where a case cannot run or the workloads differ."""
    for case in (case_a, case_b):
        workload = world.catalog.workloads.get(case.workload)
        if workload is not None and workload.kind == RELATIVE:
            raise RefusedError(OnlyARatio(workload.name))
    return attribute_projections(*project_all(world, [case_a, case_b]))


def attribute_projections(before: Projection, after: Projection) -> Attribution:
    """The change between the medians of two projections of one workload."""
    if before.case.workload != after.case.workload:
        raise RefusedError(TwoJobs(before.case.workload, after.case.workload))
    notes: list[Said] = [note for projection in (before, after) for note in projection.notes]
    first, second = before.time_to_train_s, after.time_to_train_s
    if first.low <= second.high and second.low <= first.high:
        notes.insert(0, Overlapping(before.choice == after.choice))
    return _attribution(
        before.case.workload,
        _projection_end(before),
        _projection_end(after),
        _parts(_projection_factors(before), _projection_factors(after)),
        dict.fromkeys(notes),
    )


def attribute_official(before: OfficialResult, after: OfficialResult) -> Attribution:
    """The change between two official scores of one benchmark, as far as both logs tell the causes apart.

    InputError where the scores are not of the same job: another benchmark, another task or another quality target.
    """
    workload = _common_workload(before, after)
    depth = min(_depth(before), _depth(after))
    first, second = _official_factors(before, depth), _official_factors(after, depth)
    notes = (*differences(before, after), *_log_notes(before, after, depth))
    return _attribution(workload, _official_end(before), _official_end(after), _parts(first, second), notes)


def find_entry(catalog: Catalog, key: str) -> OfficialResult:
    """The official result with this key. InputError names the nearest key."""
    entries = {entry.key: entry for entry in catalog.official}
    if key not in entries:
        raise RefusedError(UnknownEntry(key, nearest(key, entries)))
    return entries[key]


def differences(before: OfficialResult, after: OfficialResult) -> tuple[NotTheSame, ...]:
    """What differs between two official results and must be called out beside any comparison of them."""
    pairs: tuple[tuple[Trait, str | int, str | int], ...] = (
        (Trait.VERSION, before.mlperf_round, after.mlperf_round),
        (Trait.DIVISION, before.division, after.division),
        (Trait.CATEGORY, before.status, after.status),
        (Trait.CHIPS, before.chips, after.chips),
        (Trait.SUBMITTER, before.submitter, after.submitter),
        (Trait.ACCELERATOR, before.accelerator, after.accelerator),
    )
    return tuple(NotTheSame(trait, first, second) for trait, first, second in pairs if first != second)


def _time(factors: Factors) -> float:
    seconds = (value for key, value in factors.items() if UNITS[key] == "s")
    return factors.get(SCALE, 1.0) * (factors[SAMPLES] / factors[THROUGHPUT] + sum(seconds))


def _parts(before: Factors, after: Factors) -> tuple[Part, ...]:
    keys = [key for key in UNITS if key in before and not before[key] == after[key] == _NEUTRAL.get(key)]
    first, second = {key: before[key] for key in keys}, {key: after[key] for key in keys}
    seconds = shapley(first, second, _time)
    change = fsum(seconds.values())
    return tuple(
        Part(key, first[key], second[key], UNITS[key], seconds[key], seconds[key] / change if change else None)
        for key in keys
    )


def _attribution(
    workload: str, before: End, after: End, parts: tuple[Part, ...], notes: Mapping[Said, None] | tuple[Said, ...]
) -> Attribution:
    return Attribution(workload, before, after, after.time_s - before.time_s, parts, tuple(notes))


def _projection_end(projection: Projection) -> End:
    return End(projection.choice.key, PROJECTION, projection.time_to_train_s.median, None, projection=projection)


def _projection_factors(projection: Projection) -> Factors:
    training = fsum(projection.breakdown_s[part] for part in STEP_PARTS)
    samples = projection.samples_to_target.median
    # The parts of the breakdown are what adds up to the median; the throughput follows from them.
    others = {key: projection.breakdown_s[key] for key in (EVALUATION, CHECKPOINT, START_UP)}
    return {THROUGHPUT: samples / training, SAMPLES: samples, **others}


def _official_end(entry: OfficialResult) -> End:
    return End(entry.key, OFFICIAL, entry.score_s, entry.measured_s, official=entry)


def _common_workload(before: OfficialResult, after: OfficialResult) -> str:
    for entry in (before, after):
        if entry.workload is None:
            raise RefusedError(OtherTask(entry.key, entry.origin.note))
    if before.key == after.key:
        raise RefusedError(OneEntry(before.key))
    if before.workload != after.workload:
        raise RefusedError(TwoBenchmarks(before.key, after.key))
    if not one_target(before, after):
        raise RefusedError(TwoTargets(before.key, after.key))
    assert before.workload is not None
    return before.workload


def one_target(first: OfficialResult, second: OfficialResult) -> bool:
    """Whether two entries of one benchmark were run to the same quality target."""
    own_target = [(entry.workload, entry.mlperf_round) in _OTHER_TARGET for entry in (first, second)]
    return own_target[0] == own_target[1]


def _depth(entry: OfficialResult) -> int:
    """How far the log tells causes apart: 2 evaluation and the rest, 1 time outside training, 0 nothing."""
    if entry.training_s is None:
        return 0
    return 1 if entry.evaluation_s is None else 2


def _official_factors(entry: OfficialResult, depth: int) -> Factors:
    # The score is the published figure: measured time follows from it, so that printed digits leave no remainder.
    measured = entry.score_s / entry.time_scale
    training = measured if depth == 0 or entry.training_s is None else entry.training_s
    factors = {THROUGHPUT: entry.samples_to_target / training, SAMPLES: entry.samples_to_target}
    if depth == 1:
        factors[OUTSIDE] = measured - training
    elif depth == 2 and entry.evaluation_s is not None:
        factors[EVALUATION] = min(entry.evaluation_s, measured - training)
        factors[START_UP] = measured - training - factors[EVALUATION]
    return {**factors, SCALE: entry.time_scale}


def _log_notes(before: OfficialResult, after: OfficialResult, depth: int) -> Iterator[Said]:
    yield LogNote.DERIVED
    yield (LogNote.ONE_TIME, LogNote.OUTSIDE_IN_ONE, LogNote.REST_IN_ONE)[depth]
    yield Evaluations(before.evaluations, after.evaluations)
    for entry in (before, after):
        if entry.time_scale != 1.0:
            yield ScaledScore(entry.key, entry.time_scale)
        if entry.per_count != 1.0:
            yield CountedPacks(entry.key, entry.per_count)
