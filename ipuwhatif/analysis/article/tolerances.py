"""How far a computed value may lie from a stated one: tolerances as they are written beside the statements."""

import re
from collections.abc import Callable
from math import inf

from ipuwhatif.analysis.article.reasons import UnknownTolerance
from ipuwhatif.catalog.types import Claim
from ipuwhatif.units import RefusedError

#: The quantity of a statement to which no evidence was found, and the tolerance of a hope for later.
NONE, PROJECTED = "none", "projection"
UPPER = "upper bound"
_NUMBER = r"(\d+(?:\.\d+)?)"
_PERCENT, _POINTS = re.compile(rf"{_NUMBER} %"), re.compile(rf"{_NUMBER} points?")
_TIME, RANGE = re.compile(rf"{_NUMBER} (min|h)"), re.compile(rf"range {_NUMBER}-{_NUMBER}")


def agreeing_range(claim: Claim) -> tuple[float, float] | None:
    """Least and greatest value that agree with a statement, in its unit; an upper bound itself does not.

    None where no value is judged: without evidence, and for a hope for later. InputError for a tolerance that is not
    understood.
    """
    if claim.quantity == NONE or claim.tolerance == PROJECTED:
        return None
    if claim.tolerance == UPPER:
        return -inf, claim.value
    if RANGE.fullmatch(claim.tolerance):
        return claim.value, inf
    distance = _distance(claim)
    return claim.value - distance, claim.value + distance


def agreement(claim: Claim) -> Callable[[float], bool]:
    """Whether a number in the statement's unit agrees with it. InputError for a tolerance that is not understood."""
    if claim.tolerance == UPPER:
        return lambda number: number < claim.value
    distance = _distance(claim)
    return lambda number: abs(number - claim.value) <= distance


def _distance(claim: Claim) -> float:
    """How far from the stated value a value may lie, in the statement's unit."""
    text = claim.tolerance
    if relative := _PERCENT.fullmatch(text):
        return float(relative[1]) / 100.0 * claim.value
    points, time = _POINTS.fullmatch(text), _TIME.fullmatch(text)
    absolute = points if points and claim.unit == "% less time" else time if time and time[2] == claim.unit else None
    if absolute is not None:
        return float(absolute[1])
    raise RefusedError(UnknownTolerance(claim.key, text))
