"""The words of why a question has no answer, and of what is said beside one."""

from ipuwhatif.analysis.refusals import (
    ChipsOutOfOrder,
    NoChipsBetween,
    NoneImported,
    NoResultWith,
    NotHeld,
    NotRelative,
    OfCurve,
    RatioOf,
    RelativeNote,
    ResultPart,
    ScalingNote,
    TimedAsAWhole,
    TwoWorkloads,
    UnknownScope,
    UnknownStatement,
)
from ipuwhatif.texts import tr
from ipuwhatif.units import quoted, told


@told.register
def _(said: TwoWorkloads) -> str:
    jobs = tr("{first} and {second} are two jobs", first=said.first, second=said.second)
    return tr("{told}: only scenarios of one workload stand beside each other", told=jobs)


@told.register
def _(said: TimedAsAWhole) -> str:
    return tr("{name} is timed as a whole, not op by op: there is no roofline to draw", name=said.workload)


@told.register
def _(said: ChipsOutOfOrder) -> str:
    return tr(
        "chips from {low} to {high}: the first must be at least 1 and not above the second",
        low=said.low,
        high=said.high,
    )


@told.register
def _(said: ScalingNote) -> str:
    return {ScalingNote.SEARCHED_ANEW: tr("the layout is searched anew at each chip count")}[said]


@told.register
def _(said: OfCurve) -> str:
    return tr("{name}: {note}", name=said.name, note=told(said.note))


@told.register
def _(said: UnknownScope) -> str:
    return tr(
        "{scope} is no kind of evidence; the nearest is {nearest} of {scopes}",
        scope=quoted(said.scope),
        nearest=said.nearest,
        scopes=", ".join(said.scopes),
    )


@told.register
def _(said: NoResultWith) -> str:
    part = {
        ResultPart.ROUND: tr("round"),
        ResultPart.BENCHMARK: tr("benchmark"),
        ResultPart.SUBMITTER: tr("submitter"),
        ResultPart.CHIP: tr("chip"),
        ResultPart.DIVISION: tr("division"),
    }[said.part]
    word = quoted(said.word)
    return tr("no result has the {part} {word}; the nearest is {nearest}", part=part, word=word, nearest=said.nearest)


@told.register
def _(said: NoChipsBetween) -> str:
    return tr("no number of chips is from {low} to {high}", low=said.low, high=said.high)


@told.register
def _(said: NotHeld) -> str:
    return {
        NotHeld.NO_MODEL: tr("this benchmark has no model here"),
        NotHeld.NO_SYSTEM: tr("the catalog does not hold this system"),
        NotHeld.NO_AMOUNT: tr("its time depends on the amount of work; choose the job to state it"),
    }[said]


@told.register
def _(said: NoneImported) -> str:
    none = tr("no result that you imported is of {workload} on one of these systems", workload=said.workload)
    return tr("{fault}; bring one in with: ipuwhatif import FILE", fault=none)


@told.register
def _(said: NotRelative) -> str:
    return tr(
        "a time of your own counts for jobs that are known by a stated ratio only, {known}; {name} is projected",
        known=tr(" and ").join(said.known),
        name=said.name,
    )


@told.register
def _(said: UnknownStatement) -> str:
    key = quoted(said.key)
    return tr("no statement {key} about {name}; the nearest is {near}", key=key, name=said.name, near=said.nearest)


@told.register
def _(said: RatioOf) -> str:
    return tr("the ratio is of {subject}; which systems were meant was not said", subject=told(said.subject))


@told.register
def _(said: RelativeNote) -> str:
    return {
        RelativeNote.NOTHING_TO_PROJECT: tr(
            "no network and no measurement is in the evidence: there is nothing to project and no interval"
        )
    }[said]
