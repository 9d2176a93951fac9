"""A native chart that reads the cells of a sheet: how each series looks, its axes, labels and legend."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipuwhatif.charts.palette import Theme, color, theme
from ipuwhatif.charts.spec import ASSUMED, CROSSING, GHOST, OFFICIAL, OWN, PAIR, PROJECTED, TARGET
from ipuwhatif.export.office.native_series import BARS, EDGE, POINTS, STACK, NativeAxis, NativeChart, Series
from ipuwhatif.export.office.workbook_cells import FONT, Place, Range, Written, length
from ipuwhatif.export.office.workbook_layout import GAP, Layout, laid_out

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

_LINE = 2.0
#: Size of a label in parts of the bar that it stands in, and the least size in points: thinner bars have none.
_OF_BAR, _LEAST_LABEL = 0.8, 5.5
_DASHES = {GHOST: "dash", ASSUMED: "round_dot", OWN: "square_dot", TARGET: "long_dash", PROJECTED: "dash"}
#: On a log axis numbers from 1 on are whole: powers of 2 or 10.
_AXIS_NUMBERS, _LOG_NUMBERS = "[>=1000]#,##0;General", "[>=1000]#,##0;[>=1]0;General"


def draw_chart(
    workbook: "Workbook",
    sheet_name: str,
    native: NativeChart,
    written: Sequence[Written],
    theme_name: str = "light",
    size: float = 10.0,
    title: Place | None = None,
    room: tuple[float, float] = (720.0, 360.0),
) -> "Chart":
    """A chart of the series that `write_numbers` has written; `size` is that of its texts in points.

    `title` is the cell with the text over the chart, `room` its width and height in points. It is not yet on a sheet.
    """
    tokens = theme(theme_name)
    kinds = {
        BARS: {"type": "bar"},
        STACK: {"type": "bar", "subtype": "stacked"},
        POINTS: {"type": "scatter", "subtype": "straight"},
    }
    chart = workbook.add_chart(kinds[native.shape])
    layout = laid_out(native, *room, size, title is not None)
    own = min(size, _OF_BAR * layout.bar) if native.shape == BARS else size
    for series, place in zip(native.series, written, strict=True):
        chart.add_series(_series_options(native, series, place, sheet_name, tokens, own))
    font = _font(tokens.text, size + 1, True)
    chart.set_title({"none": True} if title is None else {"name": [sheet_name, *title], "name_font": font})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": tokens.background}})
    chart.set_plotarea({"fill": {"none": True}, "layout": layout.plot})
    chart.show_blanks_as("gap")
    hidden = [place for place, series in enumerate(native.series) if not series.listed]
    legend = {"position": "bottom", "font": _font(tokens.muted_text, size), "layout": layout.legend}
    chart.set_legend({**legend, "delete_series": hidden})
    _set_axes(chart, native, layout, tokens, size)
    return chart


def _set_axes(chart: "Chart", native: NativeChart, layout: Layout, tokens: Theme, size: float) -> None:
    values = _axis_options(native.values, tokens, size)
    if native.x_axis is not None:
        chart.set_x_axis(_axis_options(native.x_axis, tokens, size) | {"name_layout": layout.x_title})
        chart.set_y_axis(values | {"name_layout": layout.y_title})
        return
    chart.set_x_axis(values | {"label_position": "next_to", "name_layout": layout.x_title})
    line = {"color": tokens.axis, "width": 0.75}
    # The first system stands at the top, and the numbers at the bottom.
    chart.set_y_axis(
        {
            "reverse": True,
            "crossing": "max",
            "num_font": _font(tokens.text, size),
            "line": line,
            "major_gridlines": {"visible": False},
            "major_tick_mark": "none",
            "label_position": "low",
        }
    )


def _axis_options(axis: NativeAxis, tokens: Theme, size: float) -> dict[str, object]:
    options: dict[str, object] = {
        "name": axis.title,
        "name_font": _font(tokens.muted_text, size),
        "num_font": _font(tokens.muted_text, size),
        "num_format": _AXIS_NUMBERS if axis.base is None else _LOG_NUMBERS,
        "line": {"color": tokens.axis, "width": 0.75},
        "major_gridlines": {"visible": True, "line": {"color": tokens.grid, "width": 0.75}},
        "label_position": "low",
    }
    if axis.low is not None:
        options["min"] = axis.low
    if axis.high is not None:
        options["max"] = axis.high
    if axis.base is not None:
        options |= {"log_base": axis.base, "major_unit": axis.base, "crossing": "min"}
    return options


def _series_options(
    native: NativeChart, series: Series, place: Written, sheet_name: str, tokens: Theme, size: float
) -> dict[str, object]:
    options: dict[str, object] = {
        "name": [sheet_name, *place.name],
        "categories": [sheet_name, *place.x],
        "values": [sheet_name, *place.values],
    }
    look = _point_look if native.shape == POINTS else _bar_look
    options |= look(series, tokens)
    if place.down is not None and place.up is not None:
        options["y_error_bars"] = {
            "type": "custom",
            "minus_values": _reference(sheet_name, place.down),
            "plus_values": _reference(sheet_name, place.up),
            "minus_data": [length(value, low) for value, low in zip(series.values, series.low, strict=True)],
            "plus_data": [length(high, value) for value, high in zip(series.values, series.high, strict=True)],
            "line": {"color": tokens.text if native.shape == BARS else tokens.axis, "width": 1.25},
        }
    labels = _labels(native, series, tokens, size)
    if labels is not None:
        options["data_labels"] = labels
    if native.shape != POINTS:
        options |= {"gap": GAP, "overlap": 100 if native.shape == STACK else 0}
    return options


def _reference(sheet_name: str, cells: Range) -> str:
    from xlsxwriter.utility import xl_range_abs

    quoted = sheet_name.replace("'", "''")
    return f"='{quoted}'!{xl_range_abs(*cells)}"


def _bar_look(series: Series, tokens: Theme) -> dict[str, object]:
    """Projections are filled, official results outlined, own times dotted, baselines grey, in their system's colour."""
    neutral = color(series.tint, tokens.name) if series.style not in (PROJECTED, OFFICIAL, OWN) else tokens.muted_text

    def look(paint: str) -> dict[str, object]:
        if series.style == OFFICIAL:
            return {"fill": {"color": tokens.background}, "border": {"color": paint, "width": 1.75}}
        if series.style in (GHOST, ASSUMED, OWN):
            dash = _DASHES[series.style]
            filled = tokens.background if series.style == OWN else tokens.grid
            return {"fill": {"color": filled}, "border": {"color": paint, "width": 1.0, "dash_type": dash}}
        return {"fill": {"color": paint}, "border": {"none": True}}

    options = look(neutral)
    if series.tints:
        options["points"] = [look(color(tint, tokens.name)) for tint in series.tints]
    return options


def _point_look(series: Series, tokens: Theme) -> dict[str, object]:
    paint = color(series.tint, tokens.name)
    if series.style == EDGE:
        return {"line": {"color": paint, "width": 0.5, "transparency": 40}, "marker": {"type": "none"}}
    if series.style in (PROJECTED, GHOST, ASSUMED, TARGET):
        line: dict[str, object] = {"color": paint, "width": _LINE if series.style == PROJECTED else 1.25}
        if series.dashed:
            line["dash_type"] = _DASHES[series.style]
        return {"line": line, "marker": {"type": "none"}}
    kind = {OFFICIAL: ("diamond", 9), PAIR: ("circle", 5), CROSSING: ("circle", 8), OWN: ("square", 9)}[series.style]

    def look(paint: str) -> dict[str, object]:
        fill = tokens.background if series.style in (CROSSING, OWN) else paint
        return {"fill": {"color": fill}, "border": {"color": paint}}

    options: dict[str, object] = {
        "line": {"none": True},
        "marker": {"type": kind[0], "size": kind[1], **look(paint)},
    }
    if series.tints:
        options["points"] = [look(color(tint, tokens.name)) for tint in series.tints]
    return options


def _labels(native: NativeChart, series: Series, tokens: Theme, size: float) -> dict[str, object] | None:
    """Numbers on the bars and beside official marks; a baseline, a piece of a stack and a line have none."""
    if size < _LEAST_LABEL:
        return None
    if native.shape == BARS and series.style in (PROJECTED, OFFICIAL, OWN):
        paint = tokens.background if series.style == PROJECTED else tokens.text
        position = "inside_base"
    elif native.shape == POINTS and series.style == OFFICIAL:
        paint, position = tokens.text, "above"
    else:
        return None
    labels: dict[str, object] = {
        "value": True,
        "position": position,
        "num_format": series.format,
        "font": _font(paint, size, series.style == PROJECTED),
    }
    if series.texts:
        labels["custom"] = [{"value": text} if text else {"delete": True} for text in series.texts]
    return labels


def _font(paint: str, size: float, bold: bool = False) -> dict[str, object]:
    return {"name": FONT, "size": size, "color": paint, "bold": bold}
