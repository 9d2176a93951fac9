"""One sheet of a workbook: a figure's headline, its chart and the numbers behind it."""

import io
from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.office.look import own_look
from ipuwhatif.export.office.native.native import native_chart
from ipuwhatif.export.office.native.native_series import NativeChart
from ipuwhatif.export.office.workbook.workbook_cells import Formats, Written, cell_text, height_of, write_numbers
from ipuwhatif.export.office.workbook.workbook_chart import draw_chart
from ipuwhatif.export.office.workbook.workbook_links import Links, linked
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Of a chart on a sheet, of each of many rows with a name, and of a row of the sheet, in pixels.
_WIDTH, _HEIGHT, _NAME, _BESIDES = 1000, 460, 18, 200
_ROW_PIXELS = 20
_SPAN = 8  # columns that a text runs across
_FIRST_WIDTH, _WIDTH_OF_OTHERS = 34, 14  # of them, in characters
_LINE = 13.0  # height of a line, in points
_MUTED = "#5a6370"


def write_figure(
    workbook: "Workbook", name: str, figure: Figure, formats: Formats, theme: str, links: Links = MappingProxyType({})
) -> None:
    """Add the sheet of a figure: finding, title, chart, notes, then the chart's own numbers.

    links: figures of systems that stand on the sheet of inputs; the chart's numbers are then formulas of those.
    """
    sheet = workbook.add_worksheet(name)
    if workbook.worksheets_objs.index(sheet) == 1:
        sheet.activate()  # tables come first for programs, the finding for people
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _FIRST_WIDTH)
    sheet.set_column(1, _SPAN - 1, _WIDTH_OF_OTHERS)
    width = float(_FIRST_WIDTH + (_SPAN - 1) * _WIDTH_OF_OTHERS)
    head = {"bold": True, "font_size": 14}
    write_text(sheet, 0, figure.headline.text, formats, width, **head)
    write_text(sheet, 1, figure.chart.title, formats, width, bold=True)
    write_text(sheet, 2, figure.chart.subtitle, formats, width, font_color=_MUTED)
    native = native_chart(figure)
    tall = figure.chart.height if native is None else _height(native)
    row = 4 + tall // _ROW_PIXELS + 2
    for text in figure.notices:
        write_text(sheet, row, tr("Note: {notice}", notice=text), formats, width)
        row += 1
    for note in figure.footnotes:
        write_text(sheet, row, note.text, formats, width, font_size=8, font_color=_MUTED)
        row += 1
    sheet.print_area(0, 0, row, _SPAN - 1)
    if native is None:
        _insert_picture(sheet, figure, 4, theme)
    else:
        native = linked(native, figure.chart, links)
        sheet.write_string(row + 1, 0, tr("Numbers of the chart"), formats.get(bold=True))
        sheet.set_row(row + 2, 3 * _LINE)
        written = write_numbers(sheet, native, (row + 2, 0), formats)
        _insert_chart(workbook, sheet, name, native, written, 4, figure)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _height(native: NativeChart) -> int:
    """Of a chart in pixels: many rows of names make it taller."""
    rows = len(native.values.ticks) if native.values.rows else len(native.categories)
    return max(_HEIGHT, _NAME * rows + _BESIDES)


def write_text(sheet: "Worksheet", row: int, text: str, formats: Formats, width: float, **look: object) -> None:
    """A text across the first columns, in as many lines as it takes; `width` is theirs in characters."""
    shown = cell_text(text)
    wrapped = formats.get(text_wrap=True, valign="top", **look)
    size = look.get("font_size", 10)
    assert isinstance(size, int)
    sheet.merge_range(row, 0, row, _SPAN - 1, "", wrapped)
    sheet.write_string(row, 0, shown, wrapped)  # on its own: a merged text may become a formula
    sheet.set_row(row, height_of([(text, width)], size))


def _insert_chart(
    workbook: "Workbook",
    sheet: "Worksheet",
    name: str,
    native: NativeChart,
    written: Sequence[Written],
    row: int,
    figure: Figure,
) -> None:
    """The chart, in light colours as a sheet is white."""
    tall = _height(native)
    chart = draw_chart(
        workbook, name, native, written, own_look("light"), title=(1, 0), room=(0.75 * _WIDTH, 0.75 * tall)
    )
    chart.set_size({"width": _WIDTH, "height": tall})
    sheet.insert_chart(row, 0, chart, {"description": cell_text(figure.headline.text)[:1000], "object_position": 2})


def _insert_picture(sheet: "Worksheet", figure: Figure, row: int, theme: str) -> None:
    from ipuwhatif.export.png import render_png

    picture = render_png(figure.chart, theme, 2.0)
    options = {
        "image_data": io.BytesIO(picture),
        "x_scale": 0.5,
        "y_scale": 0.5,
        "description": cell_text(figure.headline.text)[:1000],
        "object_position": 2,
    }
    sheet.insert_image(row, 0, "chart.png", options)
