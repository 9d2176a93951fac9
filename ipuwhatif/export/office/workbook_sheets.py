"""One sheet of a workbook: a figure's headline, its table as typed numbers, its chart and the numbers behind it."""

import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipuwhatif.charts.spec import Cell, Column, Figure, TableSpec
from ipuwhatif.export.office.look import own_look
from ipuwhatif.export.office.native import native_chart
from ipuwhatif.export.office.native_series import NativeChart, number_format
from ipuwhatif.export.office.workbook_cells import Formats, Written, cell_text, write_numbers
from ipuwhatif.export.office.workbook_chart import draw_chart
from ipuwhatif.figures.table import printed
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Of a chart on a sheet, in pixels, and rows of 20 pixels that it covers with a free one after it.
_WIDTH, _HEIGHT, _ROWS = 1000, 460, 24
_ROW_PIXELS = 20
_WIDEST, _NARROWEST = 46, 10  # of a column, in characters
_SPAN = 8  # columns that a text runs across
_LINE, _TALLEST = 13.0, 400.0  # of a row, in points
_MUTED = "#5a6370"


def write_figure(workbook: "Workbook", name: str, figure: Figure, formats: Formats, theme: str) -> None:
    """Add the sheet of a figure: finding, title, table, chart, notes, then the chart's own numbers."""
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    width = _set_widths(sheet, figure.table)
    head = {"bold": True, "font_size": 14}
    write_text(sheet, 0, figure.headline.text, formats, width, **head)
    write_text(sheet, 1, figure.chart.title, formats, width, bold=True)
    write_text(sheet, 2, figure.chart.subtitle, formats, width, font_color=_MUTED)
    row = _write_table(sheet, figure.table, 4, formats) + 1
    native = native_chart(figure)
    chart_row = row
    row += _ROWS if native is not None else figure.chart.height // _ROW_PIXELS + 2
    for text in figure.notices:
        write_text(sheet, row, tr("Note: {notice}", notice=text), formats, width)
        row += 1
    for note in figure.footnotes:
        write_text(sheet, row, note.text, formats, width, font_size=8, font_color=_MUTED)
        row += 1
    if native is None:
        _insert_picture(sheet, figure, chart_row, theme)
    else:
        sheet.write_string(row + 1, 0, tr("Numbers of the chart"), formats.get(bold=True))
        sheet.set_row(row + 2, 3 * _LINE)
        written = write_numbers(sheet, native, (row + 2, 0), formats)
        _insert_chart(workbook, sheet, name, native, written, chart_row, figure)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def write_text(sheet: "Worksheet", row: int, text: str, formats: Formats, width: float, **look: object) -> None:
    """A text across the first columns, in as many lines as it takes; `width` is theirs in characters."""
    shown = cell_text(text)
    wrapped = formats.get(text_wrap=True, valign="top", **look)
    size = look.get("font_size", 10)
    assert isinstance(size, int)
    lines = math.ceil(1.1 * len(shown) * size / 10.0 / width) or 1
    sheet.merge_range(row, 0, row, _SPAN - 1, "", wrapped)
    sheet.write_string(row, 0, shown, wrapped)  # on its own: a merged text may become a formula
    sheet.set_row(row, min(_TALLEST, 1.35 * size * lines + 3))


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
    chart = draw_chart(
        workbook, name, native, written, own_look("light"), title=(1, 0), room=(0.75 * _WIDTH, 0.75 * _HEIGHT)
    )
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    sheet.insert_chart(row, 0, chart, {"description": cell_text(figure.headline.text)[:1000], "object_position": 2})


def _insert_picture(sheet: "Worksheet", figure: Figure, row: int, theme: str) -> None:
    from ipuwhatif.export.painter import render_png

    picture = render_png(figure.chart, theme, 2.0)
    options = {
        "image_data": io.BytesIO(picture),
        "x_scale": 0.5,
        "y_scale": 0.5,
        "description": cell_text(figure.headline.text)[:1000],
        "object_position": 2,
    }
    sheet.insert_image(row, 0, "chart.png", options)


def _set_widths(sheet: "Worksheet", table: TableSpec) -> float:
    """Make the columns as wide as their texts; returns what the columns of a text have together, in characters."""
    widths: list[float] = []
    for index, spec in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        if any(cell.ends for cell in cells):
            widths += [_NARROWEST + 2.0] * 2
            continue
        texts = [cell.text for cell in cells]
        widest = max([len(text) for text in texts] + [min(len(spec.title), 14)])
        widths.append(float(min(_WIDEST, max(_NARROWEST, widest + 2))))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    return sum([*widths, *[8.43] * _SPAN][:_SPAN])


def _write_table(sheet: "Worksheet", table: TableSpec, row: int, formats: Formats) -> int:
    """Write the table from a row on; returns the row after it. A column of intervals becomes two."""
    column = 0
    sheet.set_row(row, 3 * _LINE)
    for index, spec in enumerate(table.columns):
        cells = [each[index] for each in table.rows]
        split = any(cell.ends for cell in cells)
        titles = (
            [tr("{title}, low", title=spec.title), tr("{title}, high", title=spec.title)] if split else [spec.title]
        )
        for place, title in enumerate(titles):
            sheet.write_string(row, column + place, cell_text(title), formats.head(spec.align == "decimal"))
        for offset, cell in enumerate(cells, start=1):
            if split:
                _write_ends(sheet, row + offset, column, cell, formats)
            else:
                _write_cell(sheet, row + offset, column, cell, spec, formats)
        column += len(titles)
    return row + 1 + len(table.rows)


def _write_ends(sheet: "Worksheet", row: int, column: int, cell: Cell, formats: Formats) -> None:
    if cell.ends is None:
        sheet.write_string(row, column, cell_text(cell.text))
        return
    for offset, value in enumerate(cell.ends):
        sheet.write_number(row, column + offset, value, formats.number(number_format([value])))


def _write_cell(sheet: "Worksheet", row: int, column: int, cell: Cell, spec: Column, formats: Formats) -> None:
    if cell.number is None or spec.mixed:
        place = {"align": "right"} if spec.align == "decimal" else {"indent": int(column > 0)}
        sheet.write_string(row, column, cell_text(cell.text), formats.get(**place))
    else:
        sheet.write_number(row, column, cell.number, formats.number(printed_format(cell)))


def printed_format(cell: Cell) -> str:
    """The number format that prints a cell as the table does; three digits where that is in a unit of its own."""
    assert cell.number is not None
    try:
        same = printed(cell.text) == cell.number
    except ValueError:
        same = False
    if not same or "e" in cell.text:
        return number_format([cell.number])
    decimals = len(cell.text.partition(".")[2])
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"
