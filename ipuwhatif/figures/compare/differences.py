"""The difference between two scenarios, drawn between the rows of each system: an arrow with what it comes to."""

import math
from collections.abc import Iterator, Sequence

from ipuwhatif.analysis.beside import pairs_of
from ipuwhatif.analysis.results import Comparison
from ipuwhatif.charts.geometry import Frame, plot_frame, value_at
from ipuwhatif.charts.labels import text_width
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL
from ipuwhatif.charts.spec import DIFFERENCE, ChartSpec, Label, Line
from ipuwhatif.figures.compare.ratios import SAME, Side, have_scores, no_ratio_words, verdict
from ipuwhatif.figures.phrasing import percent_less
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_HEAD, _HALF = 6.0, 4.0  # length and half the height of an arrow's head, in logical pixels
_GAP = 8.0  # between an arrow and its words
#: Least height of a row with an arrow under it, in logical pixels.
PAIRED_HEIGHT = 36


def with_differences(chart: ChartSpec, comparison: Comparison, sides: Sequence[Side]) -> ChartSpec:
    """The chart with an arrow from each system's number under the first scenario to that under the second.

    sides: of the rows. Where no ratio may be stated the arrow stands without words; no difference has none.
    """
    frame = plot_frame(chart)
    lines, labels = list(chart.lines), list(chart.labels)
    for before, after in pairs_of(comparison):
        found = verdict(sides[after], sides[before])
        if found.reason == SAME:
            continue
        start, end = (_number(sides[row], found.official) for row in (before, after))
        change = no_ratio_words(found.reason) if found.ratio is None else percent(found.ratio, found.rough)
        if found.ratio is not None and not found.official and have_scores(sides[before], sides[after]):
            change = tr("projected {change}", change=change)  # the numbers beside it are scores of two rounds
        told = tr("{before} to {after}: {change}", before=sides[before].name, after=sides[after].name, change=change)
        lines += _arrow(frame, start, end, (before + after) / 2, told)
        if found.ratio is not None:
            labels.append(_words(frame, start, end, (before + after) / 2, change))
    return replace(chart, lines=tuple(lines), labels=tuple(labels))


def _number(side: Side, official: bool) -> float:
    return side.official.score_s if official and side.official is not None else side.quantity.median


def _arrow(frame: Frame, start: float, end: float, row: float, told: str) -> Iterator[Line]:
    """A shaft and a head; of a difference that is shorter than a head, the head alone says where it goes."""
    left, right = frame.x(start), frame.x(end)
    back = math.copysign(_HEAD, left - right)
    rise = _HALF * (frame.y_axis.high - frame.y_axis.low) / frame.height
    behind = value_at(frame.x_axis, (right + back - frame.left) / frame.width)
    if abs(right - left) > _HEAD:
        yield Line((start, end), (row, row), NEUTRAL, DIFFERENCE, False, "", told)
    yield Line((behind, end, behind), (row - rise, row, row + rise), NEUTRAL, DIFFERENCE, False, "", told)


def percent(ratio: float, rough: bool) -> str:
    """A change with its sign and as many digits as headline and table give it: "−25.2 %", rough "−25 %"."""
    if ratio < 1.0:
        less = percent_less(ratio)
        return tr("−{percent} %", percent=format_number(float(less), 2) if rough else less)
    return tr("+{percent} %", percent=format_number(100.0 * (ratio - 1.0), 2 if rough else 3))


def _words(frame: Frame, start: float, end: float, row: float, text: str) -> Label:
    """What the difference comes to, before the arrow's tip or, where that has no room, behind its start."""
    room = frame.x(min(start, end)) - frame.left
    if end < start and room > text_width(text, LABEL_SIZE, bold=True) + 2 * _GAP:
        return Label(end, row, text, NEUTRAL, "right", -_GAP, 0.0, True)
    return Label(max(start, end), row, text, NEUTRAL, "left", _GAP, 0.0, True)
