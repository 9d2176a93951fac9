"""The words of verdicts on the article, of what is noted beside them, and of why there is none."""

from ipuwhatif.analysis.article.reasons import (
    ClaimNote,
    InStatement,
    JoinsKinds,
    JoinsMeasures,
    Judgement,
    NoExpression,
    NoExpressionFor,
    NoSuchStatement,
    NotLogged,
    NotOne,
    OfNothing,
    OtherMeasure,
    OtherRange,
    RecipeFault,
    RunsOnNone,
    UnknownSystem,
    UnknownTolerance,
    UnknownWord,
)
from ipuwhatif.texts import tr
from ipuwhatif.units import quoted, told


@told.register
def _(said: Judgement) -> str:
    return {
        Judgement.CONFIRMED: tr("confirmed"),
        Judgement.CONDITIONAL: tr("confirmed with a condition"),
        Judgement.NOT_SUPPORTED: tr("not supported"),
        Judgement.UNCHECKABLE: tr("cannot be checked"),
    }[said]


@told.register
def _(said: ClaimNote) -> str:
    return {
        ClaimNote.PUBLISHED: tr("published figures, no MLPerf® results"),
        ClaimNote.OWN_ARITHMETIC: tr("every figure is the article's own: only its arithmetic is checked"),
        ClaimNote.PROJECTED: tr("projected by the model, no MLPerf® result"),
    }[said]


@told.register
def _(said: RecipeFault) -> str:
    return {
        RecipeFault.NO_CASE: tr("there is no case"),
        RecipeFault.NO_PROJECTION: tr("a statement about the future needs a projection"),
    }[said]


@told.register
def _(said: NoSuchStatement) -> str:
    return tr("no statement to compute has this key; nearest: {near}", near=said.nearest)


@told.register
def _(said: NoExpressionFor) -> str:
    return tr("no expression for statement {key}", key=quoted(said.key))


@told.register
def _(said: InStatement) -> str:
    return tr("statement {key}: {fault}", key=said.key, fault=told(said.reason))


@told.register
def _(said: OtherMeasure) -> str:
    return tr(
        "statement {key}: its unit is {unit}, its expression gives a {measure}",
        key=said.key,
        unit=quoted(said.unit),
        measure=said.measure,
    )


@told.register
def _(said: OtherRange) -> str:
    return tr("statement {key}: {range} is not what the evidence gives", key=said.key, range=said.stated)


@told.register
def _(said: UnknownTolerance) -> str:
    text = quoted(said.text)
    return tr("statement {key}: tolerance {text} is not understood; write 0.5 %", key=said.key, text=text)


@told.register
def _(said: NoExpression) -> str:
    return tr("no expression; write one of {leaves}", leaves=", ".join(said.ways))


@told.register
def _(said: UnknownWord) -> str:
    return tr("{name} {word} is unknown; nearest: {near}", name=said.name, word=quoted(said.word), near=said.nearest)


@told.register
def _(said: JoinsMeasures) -> str:
    return tr("{name} joins {first} and {second}", name=said.operation, first=said.first, second=said.second)


@told.register
def _(said: JoinsKinds) -> str:
    return tr("{name} joins {kinds}: they may not be compared", name=said.operation, kinds=", ".join(said.kinds))


@told.register
def _(said: OfNothing) -> str:
    return tr("{name} of a figure that is 0", name=said.operation)


@told.register
def _(said: NotLogged) -> str:
    return tr("the log of {key} has no {figure}", key=said.key, figure=said.figure)


@told.register
def _(said: NotOne) -> str:
    what = quoted(", ".join(said.what))
    return tr("{count} published results of {what}; there must be one", count=said.count, what=what)


@told.register
def _(said: UnknownSystem) -> str:
    return tr("unknown system {name}; nearest: {near}", name=quoted(said.key), near=said.nearest)


@told.register
def _(said: RunsOnNone) -> str:
    return tr("{workload} runs on no {system}", workload=said.workload, system=said.system)
