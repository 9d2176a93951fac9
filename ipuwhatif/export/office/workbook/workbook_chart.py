"""A native chart that reads the cells of a sheet: its series in their place, its axes and legend."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipuwhatif.export.office.look import Look
from ipuwhatif.export.office.native.native_points import LANE_STEP
from ipuwhatif.export.office.native.native_series import (
    BARS,
    DOTS,
    NAMES,
    POINTS,
    STACK,
    TORNADO,
    NativeAxis,
    NativeChart,
    Series,
)
from ipuwhatif.export.office.native.series_look import LANE_WIDTH, font, label_options, look_options
from ipuwhatif.export.office.workbook.workbook_cells import Place, Range, Written, length
from ipuwhatif.export.office.workbook.workbook_layout import GAP, SheetLayout, laid_out
from ipuwhatif.records import replace

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

_KINDS = {
    BARS: {"type": "bar"},
    TORNADO: {"type": "bar"},
    STACK: {"type": "bar", "subtype": "stacked"},
    POINTS: {"type": "scatter", "subtype": "straight"},
    DOTS: {"type": "scatter", "subtype": "straight"},
}
#: Size of a label in parts of the bar or lane that it stands in.
_OF_BAR = 0.8
_OF_LANE = 0.85  # of the way from one lane to the next, so that they do not touch
#: Of changes both directions have their sign.
_AXIS_NUMBERS, _SIGNED_NUMBERS = "[>=1000]#,##0;General", "+0;\u22120;0"


def draw_chart(
    workbook: "Workbook",
    sheet_name: str,
    native: NativeChart,
    written: Sequence[Written],
    look: Look,
    size: float = 10.0,
    title: Place | None = None,
    room: tuple[float, float] = (720.0, 360.0),
    rows: tuple[float, float] | None = None,
) -> "Chart":
    """A chart of the series that `write_numbers` has written; `size` is that of its texts in points.

    `title` is the cell with the text over the chart, `room` its width and height in points, `rows` top and height of
    the rows of a table that it stands beside, which has the names. It is not yet on a sheet.
    """
    tokens = look.tokens
    chart = workbook.add_chart(_KINDS[native.shape])
    if rows is not None:
        kept = [place for place, series in enumerate(native.series) if series.style != NAMES]
        native = replace(native, series=tuple(native.series[place] for place in kept))
        written = [written[place] for place in kept]
    layout = laid_out(native, *room, size, title is not None, rows)
    own = size if native.shape == POINTS and not native.values.rows else min(size, _OF_BAR * layout.bar)
    if native.shape == BARS and rows is not None:
        own = 0.0  # each row has its numbers already
    lane = min(LANE_WIDTH, _OF_LANE * LANE_STEP * layout.plot["height"] * room[1])
    for series, place in zip(native.series, written, strict=True):
        chart.add_series(
            _series_options(native, series, place, sheet_name, look, own) | look_options(native, series, look, lane)
        )
    heading = font(look, tokens.text, size + 1, True)
    chart.set_title({"none": True} if title is None else {"name": [sheet_name, *title], "name_font": heading})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": tokens.background}})
    chart.set_plotarea({"fill": {"none": True}, "layout": layout.plot})
    chart.show_blanks_as("gap")
    hidden = [place for place, series in enumerate(native.series) if not series.listed]
    legend = {"position": "bottom", "font": font(look, tokens.muted_text, size), "layout": layout.legend}
    chart.set_legend({**legend, "delete_series": hidden} if len(hidden) < len(native.series) else {"none": True})
    _set_axes(chart, native, layout, look, size, named=rows is None)
    return chart


def _set_axes(chart: "Chart", native: NativeChart, layout: SheetLayout, look: Look, size: float, named: bool) -> None:
    values = _axis_options(native.values, look, size)
    if native.x_axis is not None:
        chart.set_x_axis(_axis_options(native.x_axis, look, size) | {"name_layout": layout.x_title})
        chart.set_y_axis(values | {"name_layout": layout.y_title})
        return
    beside = {} if native.values.ticks else {"label_position": "next_to"}
    chart.set_x_axis(values | beside | {"name_layout": layout.x_title})
    rows: dict[str, object] = {
        "num_font": font(look, look.tokens.text, size),
        "line": {"color": look.tokens.axis, "width": 0.75},
        "major_gridlines": {"visible": False},
        "major_tick_mark": "none",
    }
    if native.shape == DOTS:  # the names are labels of points: the numbers of the rows say nothing
        ends = {"min": 0.5, "max": len(native.categories) + 0.5, "major_unit": 1.0, "crossing": "min"}
        chart.set_y_axis({**rows, **ends, "label_position": "none"})
    else:  # the first system stands at the top, and the numbers at the bottom
        position = "low" if named else "none"
        chart.set_y_axis({**rows, "reverse": True, "crossing": "max", "label_position": position, "interval_unit": 1})


def _axis_options(axis: NativeAxis, look: Look, size: float) -> dict[str, object]:
    tokens = look.tokens
    options: dict[str, object] = {
        "name": axis.title,
        "name_font": font(look, tokens.muted_text, size),
        "num_font": font(look, tokens.muted_text, size) | {"rotation": 0},
        "num_format": _SIGNED_NUMBERS if axis.signed else _AXIS_NUMBERS,
        "line": {"color": tokens.axis, "width": 0.75},
        "major_gridlines": {"visible": True, "line": {"color": tokens.grid, "width": 0.75}},
        "label_position": "low",
    }
    if axis.low is not None:
        options["min"] = axis.low
    if axis.high is not None:
        options["max"] = axis.high
    if axis.base is not None:
        options |= {"log_base": axis.base, "crossing": "min"}
    if axis.ticks:  # they are series of their own
        options |= {"crossing": "min", "label_position": "none", "major_tick_mark": "none"}
        options["major_gridlines"] = {"visible": False}
    if axis.plot_end is not None:  # it would run on under the words
        options["line"] = {"none": True}
    return options


def _series_options(
    native: NativeChart, series: Series, place: Written, sheet_name: str, look: Look, size: float
) -> dict[str, object]:
    along, across = (place.values, place.x) if native.shape == DOTS else (place.x, place.values)
    options: dict[str, object] = {
        "name": [sheet_name, *place.name],
        "categories": [sheet_name, *along],
        "values": [sheet_name, *across],
    }
    if place.down is not None and place.up is not None:
        options["y_error_bars"] = {
            "type": "custom",
            "minus_values": _reference(sheet_name, place.down),
            "plus_values": _reference(sheet_name, place.up),
            "minus_data": [length(value, low) for value, low in zip(series.values, series.low, strict=True)],
            "plus_data": [length(high, value) for value, high in zip(series.values, series.high, strict=True)],
            "line": {"color": look.tokens.axis, "width": 0.75}
            if native.shape == POINTS
            else {"color": look.tokens.text, "width": 1.25},
        }
    labels = label_options(native, series, look, size)
    if labels is not None:
        options["data_labels"] = labels
    if native.shape in (BARS, STACK, TORNADO):
        options |= {"gap": GAP, "overlap": 0 if native.shape == BARS else 100}
    return options


def _reference(sheet_name: str, cells: Range) -> str:
    from xlsxwriter.utility import xl_range_abs

    quoted = sheet_name.replace("'", "''")
    return f"='{quoted}'!{xl_range_abs(*cells)}"
