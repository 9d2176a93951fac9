"""Ticks of logarithmic axes as series of their own: lines across the plot, and points at its edge that carry the texts.

A log axis of Office has the powers of one base. LibreOffice saves every log axis as one of base 10 and drops its labels
when such a file is opened again; a series keeps the chart's own ticks in any program.
"""

import math
from collections.abc import Callable, Sequence
from itertools import chain

from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import Axis
from ipuwhatif.export.office.native.native_series import (
    BESIDE_AXIS,
    DOTS,
    GRID,
    LANE,
    POINTS,
    REACH,
    UNDER_AXIS,
    NativeAxis,
    NativeChart,
    Series,
    axis_unit,
    linear_native_axis,
    no_formula,
)
from ipuwhatif.records import replace
from ipuwhatif.texts import one_line, tr

#: What lies between the ends of an axis and what is drawn, as a factor.
ROOM = 1.15
#: The most ticks along the bottom of points and of dots, which share their slide with a table.
_MOST_ACROSS, _MOST_OF_DOTS = 13, 8
#: How far inside the ends the points with texts lie, as a factor: not every program labels what lies on an end.
INSIDE = 1.0005
#: How far the first power of ten is from the left end at most, as a factor, where a tick lies before it.
_FAR = 4.0


def native_axis(axis: Axis, values: Sequence[float], room: float = ROOM) -> NativeAxis:
    """The axis for points in its unit, logarithmic or from 0 to a tick beyond them."""
    return log_native_axis(axis, values, room) if axis.scale == "log" else linear_native_axis(axis, values, (0.0,))


def log_native_axis(axis: Axis, values: Sequence[float], room: float = ROOM) -> NativeAxis:
    """The axis for values in its unit, with the ticks of the chart; room: before the least of them, as a factor."""
    unit, (least, most) = axis_unit(axis), (min(values), max(values))
    low, high = least / room, most * ROOM
    ticks = tuple((tick.value / unit, one_line(tick.text)) for tick in axis.ticks)
    if sum(low <= value <= high for value, _ in ticks) < 2:
        low, high = min(low, axis.low / unit), max(high, axis.high / unit)
    shown = tuple((_clean(value), text) for value, text in ticks if low <= value <= high)
    base = 2 if all(math.log2(value).is_integer() for value, _ in shown) else 10
    return NativeAxis(one_line(axis.title), _clean(low), _clean(high), base, ticks=shown)


def with_ticks(native: NativeChart) -> NativeChart:
    """The chart with series for the ticks of its log axes; lines across the plot come first, all else lies on them."""
    if native.shape not in (POINTS, DOTS):
        return native
    grids: list[Series] = []
    texts: list[Series] = []
    if native.shape == DOTS:
        if native.values.ticks:
            ends = (0.5, len(native.categories) + 0.5)
            shown = thinned(native.values.ticks, _MOST_OF_DOTS)
            grids.append(_lines(native.values, shown, ends, across=False))
            texts.append(_texts(native.values, shown, INSIDE * ends[0], UNDER_AXIS, across=False))
    else:
        x_axis = native.x_axis
        assert x_axis is not None  # points have two axes
        sides = _ends(x_axis, native, lambda each: each.x), _ends(native.values, native, lambda each: each.values)
        if x_axis.ticks:
            shown = thinned(x_axis.ticks, _MOST_ACROSS)
            grids.append(_lines(x_axis, shown, (_over_lanes(native, sides[1][0]), sides[1][1]), across=True))
            texts.append(_texts(x_axis, shown, _just_inside(native.values, sides[1]), UNDER_AXIS, across=True))
        if native.values.ticks:
            if not native.values.rows:
                grids.append(_lines(native.values, native.values.ticks, sides[0], across=False))
            at_left = _just_inside(x_axis, sides[0])
            texts.append(_texts(native.values, native.values.ticks, at_left, BESIDE_AXIS, across=False))
    return replace(native, series=(*_as_long_as_any(grids, native.series), *native.series, *texts))


def _over_lanes(native: NativeChart, low: float) -> float:
    """Where lines across a plot begin: over the lanes at its bottom, whose words they would cross."""
    lanes = [each.values[0] for each in native.series if each.style in (LANE, REACH) and each.texts]
    heights = sorted({value for value in lanes if value})
    if len(heights) < 2 or native.values.base is None:
        return low
    return _clean(heights[-1] * math.sqrt(heights[1] / heights[0]))


def _ends(
    axis: NativeAxis, native: NativeChart, along: Callable[[Series], Sequence[float | None]]
) -> tuple[float, float]:
    shown = [value for each in native.series for value in along(each) if value is not None]
    high = axis.high if axis.plot_end is None else axis.plot_end
    return (min(shown) if axis.low is None else axis.low, max(shown) if high is None else high)


def _just_inside(axis: NativeAxis, ends: tuple[float, float]) -> float:
    low, high = ends
    return low * INSIDE if axis.base is not None else low + (INSIDE - 1.0) * (high - low)


def thinned(ticks: Sequence[tuple[float, str]], most: int) -> Sequence[tuple[float, str]]:
    """No more ticks than have room: the powers of ten of 1-2-5 ticks, every second or third of doublings."""
    if len(ticks) <= most:
        return ticks
    tens = [each for each in ticks if abs(math.remainder(math.log10(each[0]), 1.0)) < 1e-6]
    if not 2 < len(tens) <= most:
        return ticks[:: math.ceil(len(ticks) / most)]
    below = [each for each in ticks if each[0] * _FAR <= tens[0][0]][:1]  # else there is none near the left end
    return [*below, *tens]


def _lines(axis: NativeAxis, ticks: Sequence[tuple[float, str]], ends: tuple[float, float], across: bool) -> Series:
    """A line at each tick with a blank after it; across: the ticks run along the x values of the series."""
    places = tuple(chain.from_iterable((value, value, value) for value, _ in ticks))
    heights = (*ends, None) * len(ticks)
    sides = (ends[0], ends[1], ends[1]) * len(ticks)
    blanked = tuple(None if end is None else place for place, end in zip(places, heights, strict=True))
    name = tr("grid lines: {axis}", axis=axis.title)
    values, x = (heights, places) if across else (blanked, sides)
    return Series(name, GRID, NEUTRAL, values, x, listed=False)


def _texts(axis: NativeAxis, ticks: Sequence[tuple[float, str]], edge: float, style: str, across: bool) -> Series:
    places, edges = tuple(value for value, _ in ticks), (_clean(edge),) * len(ticks)
    values, x = (edges, places) if across else (places, edges)
    name = tr("ticks: {axis}", axis=axis.title)
    return Series(name, style, NEUTRAL, values, x, texts=tuple(no_formula(text) for _, text in ticks), listed=False)


def _as_long_as_any(grids: Sequence[Series], others: Sequence[Series]) -> list[Series]:
    """Filled up with blanks: LibreOffice draws no series that is longer than those before it."""
    longest = max(len(each.values) for each in (*grids, *others))
    return [
        replace(
            each,
            values=(*each.values, *(None,) * (longest - len(each.values))),
            x=(*each.x, *(each.x[-1],) * (longest - len(each.x))),
        )
        for each in grids
    ]


def _clean(value: float) -> float:
    return float(f"{value:.6g}")
