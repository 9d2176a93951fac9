"""Where the medians of two scaling curves cross, and over which chip counts their intervals leave that open."""

from collections.abc import Sequence
from itertools import combinations, pairwise
from math import exp, log

from ipuwhatif.analysis.results import ScalingCurve
from ipuwhatif.records import Record, replace


class Crossing(Record, frozen=True):
    """Two curves take the same time on `chips` chips each: with fewer `below` is the faster one, with more `above`.

    Their intervals overlap from `first` to `last` chips: there it is open which of the two is faster. `uncertain` says
    that this goes on to an end of what both curves span, so that they may not cross at all.
    """

    chips: float
    seconds: float
    below: str  # keys of systems
    above: str
    first: float
    last: float
    uncertain: bool


def crossings(curves: Sequence[ScalingCurve]) -> tuple[Crossing, ...]:
    """Where every two curves cross, by chips; between its points a curve is straight in both logarithms.

    Where their intervals overlap all the way between several crossings, these are one, at the middle of them; and none
    where the same system leads on both sides.
    """
    found = [each for first, second in combinations(curves, 2) for each in _merged(_of_pair(first, second))]
    return tuple(sorted(found, key=lambda each: each.chips))


def _merged(found: Sequence[Crossing]) -> list[Crossing]:
    """Crossings of one pair, one for each stretch over which the intervals overlap."""
    stretches: dict[tuple[float, float], list[Crossing]] = {}
    for each in found:
        stretches.setdefault((round(log(each.first), 9), round(log(each.last), 9)), []).append(each)
    return [
        replace(group[len(group) // 2], below=group[0].below, above=group[0].above)
        for group in stretches.values()
        if len(group) % 2
    ]


def _of_pair(first: ScalingCurve, second: ScalingCurve) -> list[Crossing]:
    knots = _common_knots(first, second)
    gaps = [_log_at(first, first.median, x) - _log_at(second, second.median, x) for x in knots]
    found = []
    apart = [place for place, gap in enumerate(gaps) if gap != 0.0]
    for before, after in pairwise(apart):
        if gaps[before] * gaps[after] < 0.0:
            if after - before == 1:
                share = gaps[before] / (gaps[before] - gaps[after])
                x = knots[before] + share * (knots[after] - knots[before])
            else:  # they run together for a while: in the middle of it
                x = (knots[before + 1] + knots[after - 1]) / 2.0
            found.append(_crossing(first, second, x, knots, gaps[before] < 0.0))
    return found


def _crossing(
    first: ScalingCurve, second: ScalingCurve, x: float, knots: Sequence[float], first_leads: bool
) -> Crossing:
    """The crossing at ln(chips) `x`, with the stretch around it over which the intervals overlap."""
    lower = [knot for knot in knots if knot < x]
    upper = [knot for knot in knots if knot > x]
    start, closed_below = _end_of_overlap(first, second, [x, *reversed(lower)])
    end, closed_above = _end_of_overlap(first, second, [x, *upper])
    below, above = (first.system, second.system) if first_leads else (second.system, first.system)
    seconds = exp(_log_at(first, first.median, x))
    return Crossing(exp(x), seconds, below, above, exp(start), exp(end), not (closed_below and closed_above))


def _end_of_overlap(first: ScalingCurve, second: ScalingCurve, places: Sequence[float]) -> tuple[float, bool]:
    """Where the intervals come apart, going through `places` in ln(chips) from one where they overlap; whether they do.

    Both ends of an interval are straight between places, so the least gap between the two is found by proportion.
    """
    before = _overlap(first, second, places[0])
    for place, then in pairwise(places):
        after = _overlap(first, second, then)
        if after < 0.0:
            return place + (then - place) * max(before, 0.0) / (max(before, 0.0) - after), True
        before = after
    return places[-1], False


def _overlap(first: ScalingCurve, second: ScalingCurve, x: float) -> float:
    """How far two intervals overlap in ln(time); below 0 the gap between them."""
    highest_low = max(_log_at(first, first.low, x), _log_at(second, second.low, x))
    return min(_log_at(first, first.high, x), _log_at(second, second.high, x)) - highest_low


def _common_knots(first: ScalingCurve, second: ScalingCurve) -> list[float]:
    """ln(chips) of the points of either curve within what both span."""
    low, high = max(first.chips[0], second.chips[0]), min(first.chips[-1], second.chips[-1])
    return [log(chips) for chips in sorted({*first.chips, *second.chips, low, high}) if low <= chips <= high]


def _log_at(curve: ScalingCurve, times: Sequence[float], x: float) -> float:
    """ln of one of a curve's times at ln(chips) `x`, which lies within the curve."""
    for place, (left, right) in enumerate(pairwise(curve.chips)):
        if x <= log(right):
            share = (x - log(left)) / (log(right) - log(left))
            return (1.0 - share) * log(times[place]) + share * log(times[place + 1])
    return log(times[-1])
