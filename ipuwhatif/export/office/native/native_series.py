"""What a native chart is made of: its series and axes, in the unit and with the digits that the chart prints."""

import math
from collections.abc import Sequence
from itertools import pairwise

from ipuwhatif.charts.spec import Axis, ChartSpec, Tint
from ipuwhatif.figures.cells import printed
from ipuwhatif.records import Record
from ipuwhatif.texts import one_line
from ipuwhatif.units import format_minutes, format_number

#: The shapes of native charts: bars with whiskers, bars in pieces, points and lines on two axes, dots in
#: rows, bars to both sides of zero.
BARS, STACK, POINTS, DOTS, TORNADO = "bars", "stack", "points", "dots", "tornado"
#: Styles of series that only native charts have: an end of a band, drawn as a thin line; intervals; points that carry
#: the names of rows; thick lines along the plot's bottom, a lane of a ribbon and the reach of the evidence; what a
#: piece of a bar stands on; lines at the ticks of a log axis, and points under or beside it that carry their texts.
EDGE, WHISKER, NAMES, LANE, REACH, BASE = "edge", "whisker", "names", "lane", "reach", "base"
GRID, UNDER_AXIS, BESIDE_AXIS = "grid", "under axis", "beside axis"
#: Pieces of rows as thick lines, points that carry the words of a chart, and thin lines from those to their marks.
STROKE, WORDS, LEADER = "stroke", "words", "leader"
#: In place of a side, for marks that have no words of their own.
NOWHERE = "nowhere"
#: What is no part of an answer: it stands behind the numbers on a sheet.
HELPERS = (GRID, UNDER_AXIS, BESIDE_AXIS, WORDS, LEADER)
_MINUTE = 60.0
System = tuple[str, int]  # hue and variety of a tint


class NativeAxis(Record, frozen=True):
    """`low` and `high` are None where the program that shows the chart is to range; `base` is that of a log axis."""

    title: str
    low: float | None = None
    high: float | None = None
    base: int | None = None
    signed: bool = False  # numbers are changes
    ticks: tuple[tuple[float, str], ...] = ()  # values and texts, where those of Office would be others
    rows: bool = False  # the ticks are names of rows: no line leads from them
    heads: tuple[float, ...] = ()  # the ticks that name a group of the rows under them
    plot_end: float | None = None  # where lines across the plot end, as words stand behind it; None: at the end


class Series(Record, frozen=True):
    """One series. `values` run along the value axis, None where a category has none; `x` is empty for bars."""

    name: str
    style: str  # PROJECTED, OFFICIAL, OWN, GHOST, ASSUMED, PAIR, CROSSING, TARGET, DIFFERENCE, BAR, or one of ours
    tint: Tint
    values: tuple[float | None, ...]
    x: tuple[float, ...] = ()  # along the other axis; of dots the heights of their rows
    low: tuple[float | None, ...] = ()  # of the interval of each value; empty where values have none
    high: tuple[float | None, ...] = ()
    tints: tuple[Tint, ...] = ()  # one a point where they differ
    format: str = "General"  # number format that prints the digits of the values
    texts: tuple[str, ...] = ()  # of the labels, where a value in the axis' unit is not what is printed
    dashed: bool = False
    listed: bool = True  # whether the legend names it
    unlabelled: tuple[int, ...] = ()  # points without their number, which would lie on that of another
    size: float = 1.0  # of markers, times that of their style
    beside: str = ""  # the side of the points that texts stand on, where it is not that of their style
    bold: bool = False  # of WORDS
    formulas: tuple[str, ...] = ()  # of the values in a workbook, where they are computed; empty texts where not
    end_formulas: tuple[tuple[str, str], ...] = ()  # what makes the ends of an interval of those, as factors


class NativeChart(Record, frozen=True):
    """A chart for Office. `values` is the axis of the series' values; points have an `x_axis` besides.

    `head` names the categories; empty: they are systems.
    """

    shape: str  # BARS, STACK, POINTS or DOTS
    title: str
    values: NativeAxis
    series: tuple[Series, ...]
    x_axis: NativeAxis | None = None
    categories: tuple[str, ...] = ()
    head: str = ""


def system_of(tint: Tint) -> System:
    """Whose a tint is, at any size."""
    return tint.hue, tint.variety


def axis_unit(axis: Axis) -> float:
    """What one unit of the numbers printed along an axis is in its data: 60 for minutes on an axis of seconds."""
    for tick in reversed(axis.ticks):
        try:
            number = printed(tick.text)
        except ValueError:
            continue
        if number > 0.0 and tick.value > 0.0:
            return float(f"{tick.value / number:.6g}")  # the tick's own value was rounded by its steps
    return 1.0


def number_format(values: Sequence[float | None]) -> str:
    """An Office number format that prints three digits of each of the values, as charts and tables do."""
    decimals = sorted({_decimals(value) for value in values if value})
    if not decimals:
        return "General"
    if decimals[-1] > 8:
        return "0.00E+00"
    parts = [f"[>={10.0 ** (2 - places):g}]{_places(places)}" for places in decimals[:-1][:2]]
    last = decimals[min(2, len(decimals) - 1)]
    return ";".join([*parts, _places(last, decimals[-1])])


def _decimals(value: float) -> int:
    text = format_number(abs(value), 3)
    if "e" in text:
        return 0 if abs(value) > 1.0 else 9
    return len(text.partition(".")[2])


def _places(places: int, most: int = 0) -> str:
    digits = "0" * places + "#" * max(0, most - places)
    return f"#,##0.{digits}" if digits else "#,##0"


def linear_native_axis(axis: Axis, values: Sequence[float] = (), bars: Sequence[float] = ()) -> NativeAxis:
    """The axis from 0 for values in its unit."""
    return NativeAxis(one_line(axis.title), 0.0, _top(axis, values, max(bars, default=None)))


def _top(axis: Axis, values: Sequence[float], longest: float | None) -> float | None:
    """Where a linear axis ends, where whiskers reach further than the bars that a program would range for."""
    unit = axis_unit(axis)
    steps = [(after.value - before.value) / unit for before, after in pairwise(axis.ticks)]
    if longest is None or not steps:
        return None
    step = three_digits(max(steps))
    return None if max(values) <= longest else _clean(step * math.ceil(max(values) / step))


def legend_text(chart: ChartSpec, style: str) -> str:
    """What the chart's legend says of a style, in one line."""
    texts = (one_line(entry.text) for entry in chart.legend if entry.style == style)
    return next(texts, style)


def score_texts(seconds: Sequence[float | None], unit: float) -> tuple[str, ...]:
    """Official scores as published, where the axis is not in minutes."""
    if unit == _MINUTE:
        return ()
    return tuple("" if each is None else format_minutes(each) for each in seconds)


def published(seconds: float, unit: float) -> float:
    """An official score as published, minutes with two decimals, in the unit of an axis."""
    return _clean(round(seconds / _MINUTE, 2) * _MINUTE / unit)


def no_formula(text: str) -> str:
    """The text as that of a label that no program takes for a formula."""
    return f"\u00a0{text}" if text.startswith("=") else text


def three_digits(value: float) -> float:
    """The value that a printed number reads as."""
    return printed(format_number(value, 3))


def _clean(value: float) -> float:
    return float(f"{value:.12g}")
