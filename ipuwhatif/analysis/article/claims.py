"""The article check: what the evidence says to each statement, as a value and one of four verdicts.

Quantity, tolerance and condition of a statement are written by hand in the evidence; how its value is computed is data
in `resources/claims`. Nothing here knows a single statement.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ipuwhatif.analysis.article.expressions import (
    CHANGE,
    FACTOR,
    LESS,
    PUBLISHED,
    RATE,
    RATIO,
    SAMPLES,
    TIME,
    Expression,
    Source,
    Value,
    distinct,
    evaluate,
    read_expression,
)
from ipuwhatif.analysis.article.tolerances import NONE, PROJECTED, RANGE, UPPER, agreement
from ipuwhatif.analysis.attribution.attribution import OFFICIAL, PROJECTION, differences
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.types import Claim
from ipuwhatif.files import resource
from ipuwhatif.records import Record
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import (
    InputError,
    format_duration,
    format_minutes,
    format_number,
    format_rate,
    nearest,
    quoted,
    to_base,
)

CONFIRMED, CONDITIONAL = marked("confirmed"), marked("confirmed with a condition")
NOT_SUPPORTED, UNCHECKABLE = marked("not supported"), marked("cannot be checked")
VERDICTS = (CONFIRMED, CONDITIONAL, NOT_SUPPORTED, UNCHECKABLE)

_MEASURES = {"min": TIME, "h": TIME, "% less time": LESS, "ratio": RATIO}


class Recipe(Record, frozen=True):
    """How the value of one statement is computed: one case, or several that it may speak of."""

    cases: tuple[tuple[str, Expression], ...]
    beside: tuple[tuple[str, Expression], ...]


class Reading(Record, frozen=True):
    """A figure in words: one case of a statement, or what must be seen beside it."""

    name: str
    value: float  # of a case in the unit of the statement, else as in `Value`
    text: str  # printed with its unit
    holds: bool | None  # whether a case agrees with the statement; None for a figure beside it


class Verdict(Record, frozen=True):
    """What the evidence says to one statement."""

    claim: Claim
    value: float | None  # in `unit`; of the case that agrees best with the statement; None where there is none
    unit: str
    text: str  # the value, printed
    verdict: str  # one of VERDICTS
    reason: str
    cases: tuple[Reading, ...]
    beside: tuple[Reading, ...]
    notes: tuple[str, ...]  # what differs between compared results, and whose figures they are
    sources: tuple[Source, ...]


def check_claims(
    world: World, claims: Sequence[Claim] | None = None, folder: Path | None = None
) -> tuple[Verdict, ...]:
    """A verdict for each statement, by default for those of the catalog, in their order.

    folder: holds `claims.json`; the shipped one by default. InputError where a statement that can be computed has no
    expression, an expression has no statement, or one cannot be computed.
    """
    asked = world.catalog.claims if claims is None else tuple(claims)
    recipes = read_recipes(resource("claims") if folder is None else folder, asked)
    return tuple(_judge(claim, recipes.get(claim.key), world) for claim in asked)


def read_recipes(folder: Path, claims: Sequence[Claim]) -> Mapping[str, Recipe]:
    """The expressions of `folder/claims.json` by statement, checked against the statements."""
    root = read_document(folder, "claims.json")
    computed = {claim.key for claim in claims if claim.quantity != NONE}
    recipes = {}
    for key, node in keyed(root.children("claims")):
        if key not in computed:
            raise node.refuse(tr("no statement to compute has this key; nearest: {near}", near=nearest(key, computed)))
        recipes[key] = Recipe(_expressions(node, "cases"), _expressions(node, "beside") if node.has("beside") else ())
        node.close()
        if not recipes[key].cases:
            raise node.refuse(tr("there is no case"))
    missing = sorted(computed - recipes.keys())
    if missing:
        raise root.refuse(tr("no expression for statement {key}", key=quoted(missing[0])))
    root.close()
    return recipes


def value_text(value: Value) -> str:
    """A value as it is printed: an official score as published, a part as percent, a rate with its unit."""
    number, measure = value.number, value.measure
    if measure == TIME:
        return _time_text(number, {source.kind for source in value.sources})
    if measure == LESS:
        word = tr("{percent} % less") if number >= 0 else tr("{percent} % more")
        return word.format(percent=_percent(abs(number)))
    if measure == CHANGE:
        return tr("{percent} %", percent=f"{'+' if number > 0 else '−' if number < 0 else ''}{_percent(abs(number))}")
    if measure == RATE:
        return format_rate(number)
    if measure == SAMPLES:
        return format_number(round(number))
    if measure == FACTOR:
        return format_number(number)
    # A tie such as 10.25 is rounded up, as people do.
    return tr("{ratio} times", ratio=format_number(number * (1.0 + 1e-12), 3))


def _time_text(seconds: float, kinds: set[str]) -> str:
    if kinds == {OFFICIAL}:
        return format_minutes(seconds)
    hours = seconds / to_base(1.0, "h", "s")
    # "70.5 h" is how it was printed; days would be a second figure for the same thing
    return tr("{hours} h", hours=format_number(hours, 3)) if 1.0 <= hours < 100.0 else format_duration(seconds)


def _percent(part: float) -> str:
    """One decimal, as scores repeat within percents."""
    return f"{100.0 * part:.1f}"


def _expressions(node: Node, name: str) -> tuple[tuple[str, Expression], ...]:
    found = []
    for key, child in keyed(node.children(name)):
        found.append((key, read_expression(child.child("value"))))
        child.close()
    return tuple(found)


def _judge(claim: Claim, recipe: Recipe | None, world: World) -> Verdict:
    if recipe is None:
        reason = tr("no evidence that was read holds the quantity")
        return Verdict(claim, None, claim.unit, "", UNCHECKABLE, reason, (), (), (), ())
    try:
        values = [evaluate(expression, world) for _, expression in recipe.cases]
        others = [evaluate(expression, world) for _, expression in recipe.beside]
    except InputError as error:
        raise InputError(tr("statement {key}: {fault}", key=claim.key, fault=error)) from None
    numbers = [_in_unit(value, claim) for value in values]
    holds = _holding(claim, numbers)
    cases = tuple(
        Reading(name, number, value_text(value), agrees)
        for (name, _), number, value, agrees in zip(recipe.cases, numbers, values, holds, strict=True)
    )
    beside = tuple(
        Reading(name, value.number, value_text(value), None)
        for (name, _), value in zip(recipe.beside, others, strict=True)
    )
    shown = next((case for case in cases if case.holds), cases[0])
    verdict, reason = _verdict(claim, cases, values[0])
    sources = distinct(source for value in (*values, *others) for source in value.sources)
    notes = tuple(dict.fromkeys(_notes(claim, values)))
    return Verdict(claim, shown.value, claim.unit, shown.text, verdict, reason, cases, beside, notes, sources)


def _in_unit(value: Value, claim: Claim) -> float:
    if _MEASURES.get(claim.unit) != value.measure:
        raise InputError(
            tr(
                "statement {key}: its unit is {unit}, its expression gives a {measure}",
                key=claim.key,
                unit=quoted(claim.unit),
                measure=value.measure,
            )
        )
    if value.measure == TIME:
        return value.number / to_base(1.0, claim.unit, "s")
    return value.number * 100.0 if value.measure == LESS else value.number


def _holding(claim: Claim, numbers: Sequence[float]) -> list[bool | None]:
    """Whether each case agrees with the statement within its tolerance; None for a hope for later."""
    if claim.tolerance == PROJECTED:
        return [None] * len(numbers)
    span = RANGE.fullmatch(claim.tolerance)
    if span is not None:
        for printed, number in zip(span.groups(), (min(numbers), max(numbers)), strict=True):
            last_digit = 10.0 ** -len(printed.partition(".")[2])
            if abs(float(printed) - number) > last_digit / 2 * (1 + 1e-9):
                raise InputError(
                    tr("statement {key}: {range} is not what the evidence gives", key=claim.key, range=claim.tolerance)
                )
        return [number >= claim.value for number in numbers]
    agrees = agreement(claim)
    return [agrees(number) for number in numbers]


def _verdict(claim: Claim, cases: Sequence[Reading], value: Value) -> tuple[str, str]:
    if claim.tolerance == PROJECTED:
        return UNCHECKABLE, _hope(value)
    agreeing = [case for case in cases if case.holds]
    shown = agreeing or cases
    texts = [case.text if len(cases) == 1 else tr("{text} ({case})", text=case.text, case=case.name) for case in shown]
    compared = tr("computed {computed}, stated {stated}", computed=tr(", ").join(texts), stated=claim.stated)
    if not agreeing:
        if claim.tolerance == UPPER:
            return NOT_SUPPORTED, compared
        return NOT_SUPPORTED, tr("{compared}: not within {tolerance}", compared=compared, tolerance=claim.tolerance)
    if len(agreeing) < len(cases):
        count = {"count": len(agreeing), "all": len(cases)}
        return CONDITIONAL, tr("{compared}: holds for {count} of {all}", compared=compared, **count)
    verdict = CONDITIONAL if claim.condition else CONFIRMED
    if claim.tolerance == UPPER or RANGE.fullmatch(claim.tolerance):
        return verdict, compared
    return verdict, tr("{compared}: within {tolerance}", compared=compared, tolerance=claim.tolerance)


def _hope(value: Value) -> str:
    """A statement about later rounds is not judged; what the model says is said, with its interval and basis."""
    projections = [source.projection for source in value.sources if source.projection is not None]
    if not projections:
        raise InputError(tr("a statement about the future needs a projection"))
    projection, time = projections[0], projections[0].time_to_train_s
    beyond = (
        tr(", beyond the data: {axes}", axes=tr(", ").join(map(tr, projection.beyond))) if projection.beyond else ""
    )
    return tr(
        "a hope for later, which no result up to now can confirm or refute; the model's least time with software as "
        "of {release} is {time} ({level} % interval {low} to {high}{beyond}), on {name}",
        release=projection.case.release,
        time=format_duration(time.median),
        level=round(100 * time.level),
        low=format_duration(time.low),
        high=format_duration(time.high),
        beyond=beyond,
        name=projection.name,
    )


def _notes(claim: Claim, values: Sequence[Value]) -> Iterator[str]:
    for value in values:
        officials = [source.official for source in value.sources if source.official is not None]
        if len(officials) == 2:
            yield from differences(*sorted(officials, key=lambda official: official.key))
    sources = [source for value in values for source in value.sources]
    kinds = {source.kind for source in sources}
    if kinds == {PUBLISHED}:
        yield tr("published figures, no MLPerf® results")
        if all(source.origin.producer == claim.origin.producer for source in sources):
            yield tr("every figure is the article's own: only its arithmetic is checked")
    if kinds == {PROJECTION}:
        yield tr("projected by the model, no MLPerf® result")
