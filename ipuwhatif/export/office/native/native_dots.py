"""A native chart of dots and whiskers, a row a system: what a log axis asks for, where a bar's length says nothing.

Office has no such chart: it is one of points on two axes whose rows are numbers from 1 at the bottom, and the names are
labels of points at the left end.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import DIFFERENCE, ChartSpec
from ipuwhatif.export.office.native.native_series import (
    DOTS,
    NAMES,
    WHISKER,
    NativeAxis,
    NativeChart,
    Series,
    System,
    axis_unit,
    linear_native_axis,
    no_formula,
    system_of,
)
from ipuwhatif.export.office.native.native_ticks import INSIDE, log_native_axis
from ipuwhatif.records import replace
from ipuwhatif.texts import tr

Value = TypeVar("Value")

#: What the series of one row share of its height, from the top down.
_LANES = 0.62
_SMALL = 0.75  # of a mark on its interval, times its usual diameter
#: Rows beyond which bars are too thin for their numbers.
_MOST_BARS = 8


def dots_chart(chart: ChartSpec, bars: NativeChart, rows: Sequence[int] | None = None) -> NativeChart:
    """The series of a chart of bars as dots in lanes of their rows, with the arrows of differences.

    rows: those that are shown; an arrow between rows is then left out.
    """
    bars = bars if rows is None else _only(bars, rows)
    count, unit = len(bars.categories), axis_unit(chart.x_axis)
    whiskers: list[Series] = []
    dots: list[Series] = []
    for place, series in enumerate(bars.series):
        heights = _heights(place, len(bars.series), count)
        for system in _systems(series):
            whiskers += [_whiskers(series, heights, system)] if series.low else []
            dots.append(_dots(series, heights, system, system == _systems(series)[0]))
    lines = list(_across(chart, unit, count))
    shown = [value for each in (*bars.series, *lines) for value in (*each.values, *each.low, *each.high) if value]
    axis = log_native_axis(chart.x_axis, shown) if chart.x_axis.scale == "log" else linear_native_axis(chart.x_axis)
    whiskers = _as_long(whiskers, lines)
    names = tuple(map(no_formula, bars.categories))
    at_left = (_left_end(axis),) * count
    named = Series(tr("System"), NAMES, NEUTRAL, at_left, _heights(0, 1, count), texts=names, listed=False)
    return replace(bars, shape=DOTS, values=axis, series=(*whiskers, *lines, *dots, named))


def _only(bars: NativeChart, rows: Sequence[int]) -> NativeChart:
    def picked(values: Sequence[Value]) -> tuple[Value, ...]:
        return tuple(values[row] for row in rows) if values else ()

    series = tuple(
        replace(
            each,
            values=picked(each.values),
            low=picked(each.low),
            high=picked(each.high),
            tints=picked(each.tints),
            texts=picked(each.texts),
        )
        for each in bars.series
    )
    kept = tuple(each for each in series if any(value is not None for value in each.values))
    return replace(bars, categories=picked(bars.categories), series=kept)


def _systems(series: Series) -> list[System]:
    """Whose the values of a series are, as not every program paints single points."""
    return list(
        dict.fromkeys(system_of(tint) for value, tint in zip(series.values, series.tints, strict=True) if value)
    )


def _dots(series: Series, heights: Sequence[float], system: System, listed: bool) -> Series:
    """The dots of a system, blank in the rows of others: LibreOffice loses series of unequal lengths."""
    own = [system_of(tint) == system for tint in series.tints]
    values = tuple(value if mine else None for value, mine in zip(series.values, own, strict=True))
    tint = next(tint for tint, mine in zip(series.tints, own, strict=True) if mine)
    small = _SMALL if series.low else 1.0  # an interval is to be seen on both sides of its mark
    return replace(
        series, tint=tint, values=values, x=tuple(heights), low=(), high=(), texts=(), listed=listed, size=small
    )


def _whiskers(series: Series, heights: Sequence[float], system: System) -> Series:
    """The ends of the intervals of a system, a line each: LibreOffice draws no whiskers along x on a slide."""
    ends: list[float | None] = []
    for low, high, tint in zip(series.low, series.high, series.tints, strict=True):
        ends += [low, high, None] if system_of(tint) == system else [None, None, None]
    places = tuple(height for height in heights for _ in range(3))
    tint = next(tint for tint in series.tints if system_of(tint) == system)
    name = tr("{name}, low and high", name=series.name)
    return Series(name, WHISKER, tint, tuple(ends), places, format=series.format, listed=False)


def _as_long(whiskers: Sequence[Series], lines: Sequence[Series]) -> list[Series]:
    """The intervals with blanks up to the longest series: LibreOffice draws none where a later one is longer."""
    longest = max((len(each.values) for each in lines), default=0)
    found = []
    for each in whiskers:
        more = max(0, longest - len(each.values))
        found.append(replace(each, values=(*each.values, *[None] * more), x=(*each.x, *[each.x[-1]] * more)))
    return found


def _heights(place: int, lanes: int, count: int) -> tuple[float, ...]:
    """Heights of a series in the rows, the first row on top."""
    down = _LANES * ((place + 0.5) / lanes - 0.5)
    return tuple(round(count - row - down, 3) for row in range(count))


def _left_end(axis: NativeAxis) -> float:
    low = axis.low or 0.0
    return low * INSIDE if axis.base else low + 0.0005 * (axis.high or 1.0)


def _across(chart: ChartSpec, unit: float, count: int) -> Iterator[Series]:
    """All arrows of differences in one series, a blank between two strokes; none between rows that are not there."""
    arrows = [line for line in chart.lines if line.style == DIFFERENCE]
    if not arrows or count < len(chart.y_axis.ticks):
        return
    values: list[float | None] = []
    heights: list[float] = []
    for line in arrows:
        if values:
            values.append(None)
            heights.append(heights[-1])
        values += [float(f"{x / unit:.6g}") for x in line.x]
        heights += [round(count - row, 3) for row in line.y]
    name = tr("difference between scenarios")
    yield Series(name, DIFFERENCE, arrows[0].tint, tuple(values), tuple(heights))


def wants_dots(chart: ChartSpec) -> bool:
    """Whether bars would mislead, be too thin, or hide what crosses them."""
    crossed = any(line.style == DIFFERENCE for line in chart.lines)
    return chart.x_axis.scale == "log" or crossed or len(chart.y_axis.ticks) > _MOST_BARS
