"""Why one time to train differs from another: the change split into its causes, in parts that add up to it.

.. math::
    t = s \\cdot \\Bigl(\\frac{S}{r} + t_{evaluation} + t_{checkpoint} + t_{start\\,up}\\Bigr)

with the factor :math:`s` inside an official score, samples to target :math:`S` and training throughput :math:`r`. A
part is the Shapley value of its factor. Seconds of evaluation are taken as they are: what a faster chip saves in them
counts as evaluation.
"""

from collections.abc import Iterator, Mapping
from math import fsum

from ipuwhatif.analysis.attribution.shapley import Factors, shapley
from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import RELATIVE, Catalog, OfficialResult
from ipuwhatif.model.case import Case
from ipuwhatif.model.time_to_train import STEP_PARTS
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest, quoted

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
    name: str
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
    notes: tuple[str, ...]


def attribute(world: World, case_a: Case, case_b: Case) -> Attribution:
    """The change from one projection to another. InputError where a case cannot run or the workloads differ."""
    for case in (case_a, case_b):
        workload = world.catalog.workloads.get(case.workload)
        if workload is not None and workload.kind == RELATIVE:
            raise InputError(
                tr("{workload} is known by a stated ratio only: there is nothing to split", workload=workload.name)
            )
    return attribute_projections(*project_all(world, [case_a, case_b]))


def attribute_projections(before: Projection, after: Projection) -> Attribution:
    """The change between the medians of two projections of one workload."""
    if before.case.workload != after.case.workload:
        raise InputError(
            tr(
                "{first} and {second} are two jobs: only the time of one workload can be split",
                first=before.case.workload,
                second=after.case.workload,
            )
        )
    notes = [note for projection in (before, after) for note in projection.notes]
    first, second = before.time_to_train_s, after.time_to_train_s
    if first.low <= second.high and second.low <= first.high:
        alike = tr("; both are of one system and share the errors of one model, so the change is surer than they say")
        unlike = tr(": the change may be nothing or the other way")
        told = tr("the intervals of the two projections overlap")
        notes.insert(0, told + (alike if before.choice == after.choice else unlike))
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
        raise InputError(tr("unknown entry {key}; the nearest is {near}", key=quoted(key), near=nearest(key, entries)))
    return entries[key]


def differences(before: OfficialResult, after: OfficialResult) -> tuple[str, ...]:
    """What differs between two official results and must be called out beside any comparison of them."""
    pairs = (
        (tr("version"), before.mlperf_round, after.mlperf_round),
        (tr("division"), tr(before.division), tr(after.division)),
        (tr("category"), before.status or tr("not recorded"), after.status or tr("not recorded")),
        (tr("chip count"), format_number(before.chips), format_number(after.chips)),
        (tr("submitter"), before.submitter, after.submitter),
        (tr("accelerator"), before.accelerator, after.accelerator),
    )
    return tuple(
        tr("not the same {what}: {first} and {second}", what=what, first=first, second=second)
        for what, first, second in pairs
        if first != second
    )


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
    workload: str, before: End, after: End, parts: tuple[Part, ...], notes: Mapping[str, None] | tuple[str, ...]
) -> Attribution:
    return Attribution(workload, before, after, after.time_s - before.time_s, parts, tuple(notes))


def _projection_end(projection: Projection) -> End:
    name = tr(
        "{name}, {recipe}, software as of {release}",
        name=projection.name,
        recipe=projection.case.recipe,
        release=projection.case.release,
    )
    return End(projection.choice.key, name, PROJECTION, projection.time_to_train_s.median, None, projection=projection)


def _projection_factors(projection: Projection) -> Factors:
    training = fsum(projection.breakdown_s[part] for part in STEP_PARTS)
    samples = projection.samples_to_target.median
    # The parts of the breakdown are what adds up to the median; the throughput follows from them.
    others = {key: projection.breakdown_s[key] for key in (EVALUATION, CHECKPOINT, START_UP)}
    return {THROUGHPUT: samples / training, SAMPLES: samples, **others}


def _official_end(entry: OfficialResult) -> End:
    name = tr(
        "{submitter}, {system}, {round}, {division}",
        submitter=entry.submitter,
        system=entry.system_name,
        round=entry.mlperf_round,
        division=tr(entry.division),
    )
    return End(entry.key, name, OFFICIAL, entry.score_s, entry.measured_s, official=entry)


def _common_workload(before: OfficialResult, after: OfficialResult) -> str:
    for entry in (before, after):
        if entry.workload is None:
            raise InputError(tr("{key} is of another task: {why}", key=entry.key, why=entry.origin.note))
    if before.key == after.key:
        raise InputError(tr("both ends are {key}; name two entries", key=before.key))
    if before.workload != after.workload:
        raise InputError(
            tr("{first} and {second} are of two benchmarks: only one can be split", first=before.key, second=after.key)
        )
    if not one_target(before, after):
        raise InputError(
            tr(
                "{first} and {second} were run to two quality targets: BERT's was lower in v0.7",
                first=before.key,
                second=after.key,
            )
        )
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


def _log_notes(before: OfficialResult, after: OfficialResult, depth: int) -> Iterator[str]:
    yield tr("throughput, samples and parts are derived from the logs: they are no official metrics")
    if depth == 0:
        yield tr("a log does not set training apart: throughput is over the whole run, time outside it is in it")
    elif depth == 1:
        yield tr("a log does not set evaluation apart: evaluation, start-up and checkpoints are one part")
    else:
        yield tr("start-up, checkpoints and all else outside training and evaluation are one part in the logs")
    yield tr(
        "evaluations: {first} and {second}",
        first=format_number(before.evaluations, 3),
        second=format_number(after.evaluations, 3),
    )
    for entry in (before, after):
        if entry.time_scale != 1.0:
            yield tr(
                "the score of {key} is {factor} × the measured time, by a correction in the log",
                key=entry.key,
                factor=format_number(entry.time_scale),
            )
        if entry.per_count != 1.0:
            yield tr(
                "the log of {key} counts packs: samples and throughput here are {factor} × those of the log",
                key=entry.key,
                factor=format_number(entry.per_count),
            )
