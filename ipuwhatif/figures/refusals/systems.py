"""Why no system of a question has an answer, and why nothing is projected from what was measured, in words."""

from ipuwhatif.analysis.solving.reasons import EachLacks, NoCurve, NoneRuns, NoProfile, Question, TooFar
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, quoted, told

#: Reasons that are told in full where no system can run.
MOST_REASONS = 3
_QUESTIONS = {Question.NO_SYSTEM: marked("no system is ticked: pick at least one")}


@told.register
def _(said: Question) -> str:
    return tr(_QUESTIONS[said])


@told.register
def _(said: NoneRuns) -> str:
    """Several reasons in one line: some of them in full, and what they all advise once, at the end."""
    lines = list(dict.fromkeys(map(told, said.reasons)))
    advice = lines[0].rpartition(tr("; "))[2]
    ending = tr("; ") + advice
    inside = any(advice.count(opens) < advice.count(closes) for opens, closes in ("()", "（）"))
    if len(lines) == 1 or inside or not all(line.endswith(ending) for line in lines):
        advice = ""
    else:
        lines = [line.removesuffix(ending) for line in lines]
    if len(lines) > MOST_REASONS:
        lines = [*lines[:MOST_REASONS], tr("and so on")]
    return tr("; ").join([*lines, *([advice] if advice else [])])


@told.register
def _(said: EachLacks) -> str:
    return tr("; ").join(dict.fromkeys(map(told, said.reasons)))


@told.register
def _(said: NoCurve) -> str:
    fault = tr("no system of this comparison runs with {low} to {high} chips", low=said.low, high=said.high)
    return tr("{fault}: {reason}", fault=fault, reason=told(said.reason)) if said.reason else fault


@told.register
def _(said: NoProfile) -> str:
    if said.nearest is None:
        return tr("there is no profile {name}; make one of your results: ipuwhatif mine believe", name=said.profile)
    return tr("there is no profile {name}; the nearest is {near}", name=quoted(said.profile), near=said.nearest)


_TOO_FAR = {
    True: marked(
        "the measurement on {name} is {factor} times as slow as projected, too far to project from (the most is "
        "{most}): check its unit, size and job"
    ),
    False: marked(
        "the measurement on {name} is {factor} times as fast as projected, too far to project from (the most is "
        "{most}): check its unit, size and job"
    ),
}


@told.register
def _(said: TooFar) -> str:
    numbers = {"factor": format_number(said.factor, 2), "most": format_number(said.most)}
    return tr(_TOO_FAR[said.slower], name=said.system, **numbers)
