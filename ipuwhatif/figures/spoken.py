"""Which systems a headline speaks of: the subject and the reference, and of many whose time is the shortest of all.

Without the last a page of ten systems would speak of two that may be the slowest of them.
"""

import math
from collections.abc import Sequence

from ipuwhatif.analysis.beside import pairs_of
from ipuwhatif.analysis.results import Comparison, Projection, Scaling
from ipuwhatif.charts.ticks import time_unit
from ipuwhatif.figures.compare.ratios import Side, row_side, side_of_point, spoken_of
from ipuwhatif.figures.phrasing import short_row_name
from ipuwhatif.figures.scaling.shown_points import shown_points
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

#: Systems from which on two of them do not speak for all.
SEVERAL = 6


def spoken_rows(comparison: Comparison) -> tuple[int, ...]:
    """Rows of a comparison that a headline speaks of: the subject, then the reference.

    Where two scenarios stand side by side, the subject under the second of them, then under the first.
    """
    keys = [each.choice.key for each in comparison.projections]
    sourced = [each.sourced for each in comparison.projections]
    if not comparison.pairs:
        return spoken_of(keys, sourced, comparison.reference, comparison.subject)
    pairs = [(after, before) for before, after in pairs_of(comparison) if sourced[after]]
    subjects = [
        comparison.subject,
        *(key for key in keys if key != comparison.projections[comparison.reference].choice.key),
    ]
    pairs.sort(key=lambda pair: subjects.index(keys[pair[0]]) if keys[pair[0]] in subjects else len(subjects))
    return pairs[0] if pairs else spoken_of(keys, sourced, comparison.reference, comparison.subject)


def stand_in(projections: Sequence[Projection], wanted: Projection) -> int:
    """Which of the projections takes the place of a reference that is left out: one of its kind, nearest in size."""

    def distance(row: int) -> tuple[bool, bool, bool, float]:
        each = projections[row]
        return (
            not each.sourced,
            each.choice.system != wanted.choice.system,
            each.family != wanted.family,
            abs(math.log(each.choice.chips / wanted.choice.chips)),
        )

    return min(range(len(projections)), key=distance)


class Shortest(Record, frozen=True):
    """The side whose number is the least, of so many systems; of none where every size of some curves was looked at."""

    side: Side
    time: str  # of its projection, in the unit of the page
    of: int = 0


def shortest_row(comparison: Comparison, spoken: Sequence[Side], official_shown: bool) -> Shortest | None:
    """Of the systems of a comparison; None of few, of two scenarios, and where the headline speaks of it already."""
    rows = [row for row, each in enumerate(comparison.projections) if each.sourced]
    if comparison.pairs or len(rows) < SEVERAL:
        return None
    sides = [row_side(comparison, row, official_shown) for row in rows]
    idle = [short_row_name(comparison.projections[row]) for row in rows]
    sides = [replace(side, name=name) if name else side for side, name in zip(sides, idle, strict=True)]
    scored = official_shown and any(comparison.projections[row].official for row in rows)
    return _shortest(sides, spoken, scored, len(rows))


def shortest_point(scaling: Scaling, spoken: Sequence[Side], official_shown: bool) -> Shortest | None:
    """Of all sizes of several curves that a table lists."""
    curves = [curve for curve in scaling.curves if curve.sourced]
    if scaling.beside or len(curves) < 2:
        return None
    points = [(curve, curve.chips[index]) for curve in curves for index in shown_points(curve)]
    sides = [side_of_point(scaling, *point, official_shown) for point in points]
    return _shortest(sides, spoken, official_shown and any(curve.official for curve in curves))


def _shortest(sides: Sequence[Side], spoken: Sequence[Side], scored: bool, count: int = 0) -> Shortest | None:
    """Of those that print the same time the smallest system. scored: whether the page has official results."""
    best = min(sides, key=lambda side: (_seconds(side), side.choice.chips))
    if any(best.choice == side.choice for side in spoken):
        return None
    unit = time_unit([side.quantity.median for side in sides], scored)
    return Shortest(best, f"{format_number(best.quantity.median / unit.seconds, 3)} {unit.symbol}", count)


def shortest_words(found: Shortest, told: str) -> str:
    """ "shortest of 13: DGX A100 (8 GPUs) 29.0 min"; `told` is the name with its number."""
    if not found.of:
        return tr("shortest of all sizes: {told}", told=told)
    return tr("shortest of {count}: {told}", count=format_number(found.of), told=told)


def _seconds(side: Side) -> float:
    """The number of a side as it is printed."""
    return float(f"{side.quantity.median:.3g}") if side.official is None else side.official.score_s
