"""The words of what is noted of a change, and of why there is none."""

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
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, quoted, rounded, told


@told.register
def _(said: NotTheSame) -> str:
    first, second = (_trait_text(said.trait, value) for value in (said.first, said.second))
    return tr("not the same {what}: {first} and {second}", what=_trait_name(said.trait), first=first, second=second)


def _trait_name(trait: Trait) -> str:
    return {
        Trait.VERSION: tr("version"),
        Trait.DIVISION: tr("division"),
        Trait.CATEGORY: tr("category"),
        Trait.CHIPS: tr("chip count"),
        Trait.SUBMITTER: tr("submitter"),
        Trait.ACCELERATOR: tr("accelerator"),
    }[trait]


def _trait_text(trait: Trait, value: str | int) -> str:
    if isinstance(value, int):
        return format_number(value)
    if trait is Trait.CATEGORY:
        return value or tr("not recorded")
    return tr(value) if trait is Trait.DIVISION else value


@told.register
def _(said: Overlapping) -> str:
    alike = tr("; both are of one system and share the errors of one model, so the change is surer than they say")
    unlike = tr(": the change may be nothing or the other way")
    return tr("the intervals of the two projections overlap") + (alike if said.one_system else unlike)


@told.register
def _(said: LogNote) -> str:
    return {
        LogNote.DERIVED: tr("throughput, samples and parts are derived from the logs: they are no official metrics"),
        LogNote.ONE_TIME: tr(
            "a log does not set training apart: throughput is over the whole run, time outside it is in it"
        ),
        LogNote.OUTSIDE_IN_ONE: tr(
            "a log does not set evaluation apart: evaluation, start-up and checkpoints are one part"
        ),
        LogNote.REST_IN_ONE: tr(
            "start-up, checkpoints and all else outside training and evaluation are one part in the logs"
        ),
    }[said]


@told.register
def _(said: Evaluations) -> str:
    first, second = (format_number(rounded(value, 3)) for value in (said.first, said.second))
    return tr("evaluations: {first} and {second}", first=first, second=second)


@told.register
def _(said: ScaledScore) -> str:
    return tr(
        "the score of {key} is {factor} × the measured time, by a correction in the log",
        key=said.key,
        factor=format_number(said.factor),
    )


@told.register
def _(said: CountedPacks) -> str:
    return tr(
        "the log of {key} counts packs: samples and throughput here are {factor} × those of the log",
        key=said.key,
        factor=format_number(said.factor),
    )


@told.register
def _(said: OnlyARatio) -> str:
    return tr("{workload} is known by a stated ratio only: there is nothing to split", workload=said.workload)


@told.register
def _(said: TwoJobs) -> str:
    return tr(
        "{first} and {second} are two jobs: only the time of one workload can be split",
        first=said.first,
        second=said.second,
    )


@told.register
def _(said: UnknownEntry) -> str:
    return tr("unknown entry {key}; the nearest is {near}", key=quoted(said.key), near=said.nearest)


@told.register
def _(said: OtherTask) -> str:
    return tr("{key} is of another task: {why}", key=said.key, why=told(said.why))


@told.register
def _(said: OneEntry) -> str:
    return tr("both ends are {key}; name two entries", key=said.key)


@told.register
def _(said: TwoBenchmarks) -> str:
    return tr("{first} and {second} are of two benchmarks: only one can be split", first=said.first, second=said.second)


@told.register
def _(said: TwoTargets) -> str:
    return tr(
        "{first} and {second} were run to two quality targets: BERT's was lower in v0.7",
        first=said.first,
        second=said.second,
    )
