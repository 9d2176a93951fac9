"""Numbers of a chart that are formulas of the sheet of inputs, so that a changed input moves the chart."""

import math
from collections.abc import Mapping, Sequence

from ipuwhatif.charts.spec import PROJECTED, ChartSpec
from ipuwhatif.export.office.native.native_series import WHISKER, NativeChart, Series, axis_unit
from ipuwhatif.export.office.workbook.workbook_inputs import Linked
from ipuwhatif.records import replace
from ipuwhatif.texts import one_line

Links = Mapping[str, Sequence[Linked]]


def linked(native: NativeChart, chart: ChartSpec, links: Links) -> NativeChart:
    """The chart with formulas where its projections stand on the sheet of inputs, and with their unrounded numbers."""
    if chart.kind != "compare" or not links:
        return native
    unit = axis_unit(chart.x_axis)
    rows = _rows(chart, links)
    if not rows:
        return native
    return replace(native, series=tuple(_series(each, rows, unit) for each in native.series))


def _rows(chart: ChartSpec, links: Links) -> dict[int, Linked]:
    """What each row of a chart shows, found by its number: one of what is known of the system of that name."""
    found = {}
    names = {round(tick.value): one_line(tick.text) for tick in chart.y_axis.ticks}
    for interval in chart.intervals:
        if interval.style != PROJECTED:
            continue
        row = round(interval.row)
        for each in links.get(names.get(row, ""), ()):
            if math.isclose(each.quantity.median, interval.median, rel_tol=1e-9):
                found[row] = each
    return found


def _series(series: Series, rows: Mapping[int, Linked], unit: float) -> Series:
    if series.style == WHISKER:
        return _whiskers(series, rows, unit)
    if series.style != PROJECTED:
        return series
    values, low, high = list(series.values), list(series.low), list(series.high)
    formulas = [""] * len(values)
    for row, each in rows.items():
        if values[row] is None:
            continue
        formulas[row] = f"={each.median}/{unit:.15g}"
        values[row] = each.quantity.median / unit
        if low and high:
            low[row], high[row] = each.quantity.low / unit, each.quantity.high / unit
    ends = tuple(
        (f"*{rows[row].down}", f"*{rows[row].up}") if formulas[row] else ("", "") for row in range(len(values))
    )
    return replace(
        series, values=tuple(values), low=tuple(low), high=tuple(high), formulas=tuple(formulas), end_formulas=ends
    )


def _whiskers(series: Series, rows: Mapping[int, Linked], unit: float) -> Series:
    values, formulas = list(series.values), [""] * len(series.values)
    for row, each in rows.items():
        for place, end, factor in ((3 * row, each.quantity.low, each.down), (3 * row + 1, each.quantity.high, each.up)):
            if values[place] is not None:
                values[place], formulas[place] = end / unit, f"={each.median}/{unit:.15g}*{factor}"
    return replace(series, values=tuple(values), formulas=tuple(formulas))
