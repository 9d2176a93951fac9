"""The article check: what the evidence says to each statement, as a value and one of four verdicts.

Quantity, tolerance and condition of a statement are written by hand in the evidence; how its value is computed is data
in `resources/claims`. Nothing here knows a single statement.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ipuwhatif.analysis.article.expressions import (
    LESS,
    PUBLISHED,
    RATIO,
    TIME,
    Expression,
    Source,
    Value,
    distinct,
    evaluate,
    read_expression,
)
from ipuwhatif.analysis.article.reasons import (
    ClaimNote,
    InStatement,
    Judgement,
    NoExpressionFor,
    NoSuchStatement,
    OtherMeasure,
    OtherRange,
    RecipeFault,
)
from ipuwhatif.analysis.article.tolerances import NONE, PROJECTED, RANGE, UPPER, agreement
from ipuwhatif.analysis.attribution.attribution import PROJECTION, differences
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.notes import text_of
from ipuwhatif.catalog.types import Claim
from ipuwhatif.files import resource
from ipuwhatif.records import Record, replace
from ipuwhatif.units import InputError, RefusedError, Said, nearest, reason_of, to_base

CONFIRMED, CONDITIONAL, NOT_SUPPORTED, UNCHECKABLE = VERDICTS = tuple(Judgement)

_MEASURES = {"min": TIME, "h": TIME, "% less time": LESS, "ratio": RATIO}


class Recipe(Record, frozen=True):
    """How the value of one statement is computed: one case, or several that it may speak of.

    `name` says of what, where the statement itself leaves that open: which network a system ran.
    """

    cases: tuple[tuple[str, Expression], ...]
    beside: tuple[tuple[str, Expression], ...]
    name: str = ""


class Reading(Record, frozen=True):
    """A figure by name: one case of a statement, or what must be seen beside it."""

    name: str
    value: float  # of a case in the unit of the statement, else as in `Value`
    found: Value
    holds: bool | None  # whether a case agrees with the statement; None for a figure beside it


class Compared(Record, frozen=True):
    """What was computed beside what was stated, of the cases that agree, else of all."""

    shown: tuple[Reading, ...]
    cases: int
    agree: int  # of the cases
    stated: Said
    tolerance: str | None  # None where the statement is a bound or a range


class Hope(Record, frozen=True):
    """A statement about later rounds: it is not judged, what the model says is said."""

    projection: Projection


#: Why a verdict is what it is; None: no evidence that was read holds the quantity.
Reason = Compared | Hope | None


class Verdict(Record, frozen=True):
    """What the evidence says to one statement."""

    claim: Claim
    value: float | None  # in `unit`; of the case that agrees best with the statement; None where there is none
    unit: str
    shown: Reading | None  # the case that the value is of
    verdict: Judgement
    reason: Reason
    cases: tuple[Reading, ...]
    beside: tuple[Reading, ...]
    notes: tuple[Said, ...]  # what differs between compared results, and whose figures they are
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
            raise node.refuse(NoSuchStatement(nearest(key, computed)))
        beside = _expressions(node, "beside") if node.has("beside") else ()
        recipes[key] = Recipe(_expressions(node, "cases"), beside, node.text("name") if node.has("name") else "")
        node.close()
        if not recipes[key].cases:
            raise node.refuse(RecipeFault.NO_CASE)
    missing = sorted(computed - recipes.keys())
    if missing:
        raise root.refuse(NoExpressionFor(missing[0]))
    root.close()
    return recipes


def _expressions(node: Node, name: str) -> tuple[tuple[str, Expression], ...]:
    found = []
    for key, child in keyed(node.children(name)):
        found.append((key, read_expression(child.child("value"))))
        child.close()
    return tuple(found)


def _judge(claim: Claim, recipe: Recipe | None, world: World) -> Verdict:
    if recipe is None:
        return Verdict(claim, None, claim.unit, None, UNCHECKABLE, None, (), (), (), ())
    claim = replace(claim, subject=text_of(recipe.name) or claim.subject)
    try:
        values = [evaluate(expression, world) for _, expression in recipe.cases]
        others = [evaluate(expression, world) for _, expression in recipe.beside]
    except InputError as error:
        raise RefusedError(InStatement(claim.key, reason_of(error))) from None
    numbers = [_in_unit(value, claim) for value in values]
    holds = _holding(claim, numbers)
    cases = tuple(
        Reading(name, number, value, agrees)
        for (name, _), number, value, agrees in zip(recipe.cases, numbers, values, holds, strict=True)
    )
    beside = tuple(
        Reading(name, value.number, value, None) for (name, _), value in zip(recipe.beside, others, strict=True)
    )
    shown = next((case for case in cases if case.holds), cases[0])
    verdict, reason = _verdict(claim, cases, values[0])
    sources = distinct(source for value in (*values, *others) for source in value.sources)
    notes = tuple(dict.fromkeys(_notes(claim, values)))
    return Verdict(claim, shown.value, claim.unit, shown, verdict, reason, cases, beside, notes, sources)


def _in_unit(value: Value, claim: Claim) -> float:
    if _MEASURES.get(claim.unit) != value.measure:
        raise RefusedError(OtherMeasure(claim.key, claim.unit, value.measure))
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
                raise RefusedError(OtherRange(claim.key, claim.tolerance))
        return [number >= claim.value for number in numbers]
    agrees = agreement(claim)
    return [agrees(number) for number in numbers]


def _verdict(claim: Claim, cases: Sequence[Reading], value: Value) -> tuple[Judgement, Reason]:
    if claim.tolerance == PROJECTED:
        return UNCHECKABLE, _hope(value)
    agreeing = [case for case in cases if case.holds]
    bound = claim.tolerance == UPPER or (agreeing and RANGE.fullmatch(claim.tolerance))
    tolerance = None if bound else claim.tolerance
    compared = Compared(tuple(agreeing or cases), len(cases), len(agreeing), claim.stated, tolerance)
    if not agreeing:
        return NOT_SUPPORTED, compared
    whole = len(agreeing) == len(cases) and not claim.condition
    return CONFIRMED if whole else CONDITIONAL, compared


def _hope(value: Value) -> Hope:
    projections = [source.projection for source in value.sources if source.projection is not None]
    if not projections:
        raise RefusedError(RecipeFault.NO_PROJECTION)
    return Hope(projections[0])


def _notes(claim: Claim, values: Sequence[Value]) -> Iterator[Said]:
    for value in values:
        officials = [source.official for source in value.sources if source.official is not None]
        if len(officials) == 2:
            yield from differences(*sorted(officials, key=lambda official: official.key))
    sources = [source for value in values for source in value.sources]
    kinds = {source.kind for source in sources}
    if kinds == {PUBLISHED}:
        yield ClaimNote.PUBLISHED
        if all(source.origin is not None and source.origin.producer == claim.origin.producer for source in sources):
            yield ClaimNote.OWN_ARITHMETIC
    if kinds == {PROJECTION}:
        yield ClaimNote.PROJECTED
