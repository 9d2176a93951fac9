"""Where plot, axis titles and legend stand in a native chart, so that every program gives the plot the same room."""

import math
from collections.abc import Mapping, Sequence

from ipuwhatif.charts.labels import text_width
from ipuwhatif.charts.spec import DIFFERENCE
from ipuwhatif.export.office.native.native_series import STACK, TORNADO, NativeChart
from ipuwhatif.records import Record

#: Height of a line of text in font sizes, and room in points: around a chart, a legend's sample, tick numbers on the
#: left of a plot of points.
_LINE, _EDGE, _SAMPLE, _NUMBERS = 1.45, 6.0, 34.0, 40.0
#: The most of a chart's width that names of systems take, and the most of its height that a legend takes.
GAP = 45  # between the bars of two systems, in percent of a bar
_NAMES, _LEGEND = 0.32, 0.4

Place = Mapping[str, float]  # shares of the chart's width and height, as XlsxWriter takes them


class SheetLayout(Record, frozen=True):
    """Places in shares of the chart. `y_title` is empty for bars, whose names need none."""

    plot: Place
    legend: Place
    x_title: Place
    y_title: Place
    bar: float  # thickness of a bar, in points


def laid_out(
    native: NativeChart, width: float, height: float, size: float, titled: bool, rows: tuple[float, float] | None = None
) -> SheetLayout:
    """The layout of a chart of `width` × `height` points with texts of `size`; `titled`: a title stands over it.

    rows: top and height of the plot, where a table beside it has the rows and their names.
    """
    line = _LINE * size
    top = _EDGE + (1.6 * line if titled else 0.0)
    entries = _legend_rows([each.name for each in native.series if each.listed], width - 2 * _EDGE, size)
    legend = min(_LEGEND * height, line * entries + _EDGE)
    under = legend + 2 * line + 1.5 * _EDGE  # the numbers of the axis and its title
    left, right = 2 * _EDGE if rows is not None else _left(native, width, size), 4 * _EDGE
    plot = {
        "x": left / width,
        "y": top / height,
        "width": (width - left - right) / width,
        "height": max(0.1, (height - top - under) / height),
    }
    if rows is not None:
        plot |= {"y": rows[0] / height, "height": rows[1] / height}
    x_title = native.values.title if native.x_axis is None else native.x_axis.title
    upper = (height - under + top) / 2.0 - _half(native.values.title, size)
    middle = left + (width - left - right) / 2.0
    return SheetLayout(
        bar=plot["height"] * height / max(_bars(native), 1.0),
        plot=plot,
        legend={
            "x": _EDGE / width,
            "y": (height - legend - _EDGE / 2) / height,
            "width": (width - 2 * _EDGE) / width,
            "height": legend / height,
        },
        x_title={
            "x": max(0.0, middle - _half(x_title, size)) / width,
            "y": (height - legend - line - _EDGE / 2) / height,
        },
        y_title={} if native.x_axis is None else {"x": _EDGE / 2 / width, "y": max(0.0, upper) / height},
    )


def _left(native: NativeChart, width: float, size: float) -> float:
    """What stands on the left of a plot: names, or an axis with its title."""
    if native.categories:
        return min(_NAMES * width, max(text_width(name, size) for name in native.categories) + 2 * _EDGE)
    numbers = max((text_width(text, size) + 2 * _EDGE for _, text in native.values.ticks), default=_NUMBERS)
    return _LINE * size * bool(native.values.title) + max(_NUMBERS, min(_NAMES * width, numbers)) + _EDGE


def _bars(native: NativeChart) -> float:
    """Bars or dots of a system side by side, with nearly half a bar between systems."""
    if native.values.rows:
        return len(native.values.ticks)
    stacked = native.shape in (STACK, TORNADO)
    lanes = 1 if stacked else len([each for each in native.series if each.listed and each.style != DIFFERENCE])
    return len(native.categories) * (lanes + GAP / 100.0)


def under_plot(native: NativeChart, width: float, size: float) -> float:
    """What the numbers of the axis, its title and the legend take under a plot, in points."""
    rows = _legend_rows([each.name for each in native.series if each.listed], width - 2 * _EDGE, size)
    return _LINE * size * (rows + 2) + 2.5 * _EDGE


def _half(text: str, size: float) -> float:
    return 0.44 * text_width(text, size)


def _legend_rows(names: Sequence[str], width: float, size: float) -> int:
    """Lines that a legend takes: its entries in columns as wide as the longest, which wraps where it must."""
    widths = [text_width(name, size) + _SAMPLE for name in names]
    columns = max(1, int(width / max(widths, default=width)))
    if columns == 1:
        return sum(math.ceil(wide / width) for wide in widths)
    return math.ceil(len(widths) / columns)
