"""The numbers of a chart as series that Office programs draw and their users edit: pure data, no library.

A series holds what the chart prints, in the unit of its axis, so that a data sheet and a label read the same.
"""

from collections.abc import Sequence

from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import ASSUMED, BAR, GHOST, OFFICIAL, OWN, PROJECTED, ChartSpec, Figure
from ipuwhatif.export.office.native.native_changes import stated_chart, tornado_chart, waterfall_chart
from ipuwhatif.export.office.native.native_dots import dots_chart, wants_dots
from ipuwhatif.export.office.native.native_drawn import drawn_chart
from ipuwhatif.export.office.native.native_parts import parts_of
from ipuwhatif.export.office.native.native_points import curves_chart, pairs_chart
from ipuwhatif.export.office.native.native_results import results_chart
from ipuwhatif.export.office.native.native_series import (
    BARS,
    NOWHERE,
    STACK,
    NativeAxis,
    NativeChart,
    Series,
    axis_unit,
    legend_text,
    linear_native_axis,
    number_format,
    published,
    score_texts,
    three_digits,
)
from ipuwhatif.export.office.native.native_ticks import with_ticks
from ipuwhatif.records import replace
from ipuwhatif.texts import one_line, tr

#: Marks beyond which a picture serves better than a chart whose every point is a cell.
MOST_MARKS = 800
#: Kinds without a form of their own in Office: everything stands where the chart has it.
_DRAWN = ("article", "attribution", "evidence", "finish", "probabilities", "roofline", "track-record")
#: Digits of a part of a sum, so that a reader who adds the parts up gets the whole.
_PART_DIGITS = 10
#: The digits of shares in percent, as the table has them.
_SHARES = "[>=0.95]0;0.0##"
#: What a piece of a bar takes of the longest bar at least to have its number in it.
_LABELLED = 0.07


def native_chart(figure: Figure, rows: Sequence[int] | None = None) -> NativeChart | None:
    """The chart of a figure as series, or None for a kind that Office can only show as a picture.

    rows: of a chart of dots, those that are shown; all where none are given.
    """
    native = _native_chart(figure, rows)
    return None if native is None else with_ticks(native)


def native_parts(figure: Figure, most: int) -> list[NativeChart] | None:
    """The same in parts of at most so many rows, where names of rows stand beside a plot of points."""
    native = _native_chart(figure, None)
    return None if native is None else [with_ticks(part) for part in parts_of(native, most)]


def _native_chart(figure: Figure, rows: Sequence[int] | None) -> NativeChart | None:
    chart = figure.chart
    if chart.kind == "compare" and chart.intervals:
        bars = _bars(chart)
        return dots_chart(chart, bars, rows) if wants_dots(chart) else bars
    if chart.kind in ("breakdown", "memory") and chart.bars:
        return _stack(chart)
    if chart.kind == "scaling" and chart.bands:
        return curves_chart(chart)
    if chart.kind == "evidence" and chart.bars:
        return stated_chart(chart)
    if chart.kind == "sensitivity" and chart.bars:
        return tornado_chart(chart)
    if chart.kind == "attribution" and chart.bars and chart.x_axis.low == 0.0:
        return waterfall_chart(chart)
    if len(chart.marks) > MOST_MARKS:
        return None
    if chart.kind == "evidence" and chart.marks and chart.y_axis.scale != "rows":
        return results_chart(figure)
    if chart.kind == "track-record" and chart.y_axis.scale != "rows":
        return pairs_chart(chart)
    if chart.kind in _DRAWN and (chart.marks or chart.bars):
        return drawn_chart(figure)
    return None


def _bars(chart: ChartSpec) -> NativeChart:
    """A bar of the median and whiskers to the ends of each interval; scores and own times stand apart."""
    unit, rows = axis_unit(chart.x_axis), len(chart.y_axis.ticks)
    officials, moved = _official_bars(chart, unit, rows), any(each.style != PROJECTED for each in chart.intervals)
    series = [] if moved else [*officials]  # a headline speaks of official results where no lever is moved
    for style in (PROJECTED, GHOST, ASSUMED):
        spans = {round(each.row): each for each in chart.intervals if each.style == style}
        if not spans:
            continue
        places = [spans.get(row) for row in range(rows)]
        values = tuple(None if each is None else three_digits(each.median / unit) for each in places)
        series.append(
            Series(
                name=legend_text(chart, style),
                style=style,
                tint=next(iter(spans.values())).tint,
                values=values,
                low=tuple(None if each is None else three_digits(each.low / unit) for each in places),
                high=tuple(None if each is None else three_digits(each.high / unit) for each in places),
                tints=tuple(NEUTRAL if each is None else each.tint for each in places),
                format=number_format(values),
            )
        )
    series += [*(officials if moved else ()), *_own_bars(chart, unit, rows)]
    shown = [value for each in series for value in (*each.values, *each.low, *each.high) if value is not None]
    lengths = [value for each in series for value in each.values if value is not None]
    axis = linear_native_axis(chart.x_axis, shown, lengths)
    return NativeChart(BARS, one_line(chart.title), axis, tuple(series), categories=_categories(chart))


def _official_bars(chart: ChartSpec, unit: float, rows: int) -> list[Series]:
    marks = {round(mark.y): mark for mark in chart.marks if mark.style == OFFICIAL}
    if not marks:
        return []
    places = [marks.get(row) for row in range(rows)]
    return [
        Series(
            name=legend_text(chart, OFFICIAL),
            style=OFFICIAL,
            tint=next(iter(marks.values())).tint,
            values=tuple(None if mark is None else published(mark.x, unit) for mark in places),
            tints=tuple(NEUTRAL if mark is None else mark.tint for mark in places),
            format="#,##0.00",
            texts=score_texts([None if mark is None else mark.x for mark in places], unit),
        )
    ]


def _own_bars(chart: ChartSpec, unit: float, rows: int) -> list[Series]:
    """What the user has measured, in a series of its own: it is neither official nor a projection."""
    marks = {round(mark.y): mark for mark in chart.marks if mark.style == OWN}
    if not marks:
        return []
    places = [marks.get(row) for row in range(rows)]
    values = tuple(None if mark is None else three_digits(mark.x / unit) for mark in places)
    tints = tuple(NEUTRAL if mark is None else mark.tint for mark in places)
    tint = next(iter(marks.values())).tint
    return [Series(legend_text(chart, OWN), OWN, tint, values, tints=tints, format=number_format(values))]


def _stack(chart: ChartSpec) -> NativeChart:
    """A series for each part, in the order in which they are stacked."""
    unit, rows = axis_unit(chart.x_axis), len(chart.y_axis.ticks)
    by_row = [[bar for bar in chart.bars if round(bar.row) == row] for row in range(rows)]
    names = {entry.tint: one_line(entry.text) for entry in chart.legend if entry.style == BAR}
    longest = max(bar.end for bars in by_row for bar in bars) / unit
    told, shares = chart.kind == "breakdown", unit < 1.0
    series = []
    for place in range(max(len(bars) for bars in by_row)):
        pieces = [bars[place] for bars in by_row]
        values = tuple(_part((piece.end - piece.start) / unit) for piece in pieces)
        if any(values):
            name = names.get(pieces[0].tint, tr("part {number}", number=place + 1))
            short = tuple(row for row, value in enumerate(values) if value < _LABELLED * longest)
            form = _SHARES if shares else number_format(values)
            made = Series(name, BAR, pieces[0].tint, values, format=form, unlabelled=short)
            series.append(replace(made, beside="center" if told and len(short) < rows else NOWHERE))
    whole = chart.x_axis.high / unit if axis_unit(chart.x_axis) < 1.0 else None  # shares end at 100
    axis = NativeAxis(one_line(chart.x_axis.title), 0.0, whole)
    return NativeChart(STACK, one_line(chart.title), axis, tuple(series), categories=_categories(chart))


def _part(value: float) -> float:
    return max(0.0, float(f"{value:.{_PART_DIGITS}g}"))


def _categories(chart: ChartSpec) -> tuple[str, ...]:
    return tuple(one_line(tick.text) for tick in chart.y_axis.ticks)
