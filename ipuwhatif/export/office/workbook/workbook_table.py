"""The table of a figure on a sheet of its own: typed numbers under a header in row 1, a table with a name."""

from typing import TYPE_CHECKING

from ipuwhatif.charts.spec import Cell, Column, Figure, TableSpec
from ipuwhatif.export.office.native.native_series import number_format
from ipuwhatif.export.office.workbook.workbook_cells import Formats, cell_text
from ipuwhatif.export.told import told_table
from ipuwhatif.figures.cells import printed
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDEST, _NARROWEST = 46, 10  # of a column, in characters
_HEAD_HEIGHT = 40.0  # in points
_LONGEST_HEAD = 240  # letters; Excel refuses a table with a longer one
_STYLE = "Table Style Light 1"
#: Texts that stand for no number.
_NOTHING = ("", "\u2013", "-")


def write_table(workbook: "Workbook", name: str, number: int, figure: Figure, formats: Formats) -> None:
    """Add the sheet of a figure's table; an interval has a column for each end. `number` is that of the figure."""
    sheet = workbook.add_worksheet(name)
    heads: list[str] = []
    table = told_table(figure.table)
    for index, spec in enumerate(table.columns):
        heads += _write_column(sheet, len(heads), table, index, spec, formats)
    count = len(table.rows)
    if count:
        columns = [{"header": head, "header_format": formats.head()} for head in _unique(heads)]
        called = f"{figure.chart.kind.replace('-', '_')}_{number}"
        options = {"name": called, "columns": columns, "style": _STYLE, "autofilter": False}
        sheet.add_table(0, 0, count, len(heads) - 1, options)
    else:
        for place, head in enumerate(_unique(heads)):
            sheet.write_string(0, place, head, formats.head())
    sheet.set_row(0, _HEAD_HEIGHT)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _unique(heads: list[str]) -> list[str]:
    """Heads that differ, as those of a table have to, whatever their case."""
    found: list[str] = []
    for head in heads:
        plain = cell_text(head)[:_LONGEST_HEAD].strip() or tr("column")
        name, copy = plain, 1
        while name.casefold() in {each.casefold() for each in found}:
            copy += 1
            name = f"{plain} {copy}"
        found.append(name)
    return found


def _write_column(
    sheet: "Worksheet", place: int, table: TableSpec, index: int, spec: Column, formats: Formats
) -> list[str]:
    """Write a column of the table from `place` on; returns the heads of the columns that it takes."""
    cells = [row[index] for row in table.rows]
    if any(cell.ends for cell in cells):
        sheet.set_column(place, place + 1, _NARROWEST + 2)
        for row, cell in enumerate(cells, start=1):
            _write_ends(sheet, row, place, cell, formats)
        return [tr("{title}, low", title=spec.title), tr("{title}, high", title=spec.title)]
    widest = max([len(cell.text) for cell in cells] + [min(len(spec.title), 14)])
    sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, widest + 2)))
    for row, cell in enumerate(cells, start=1):
        _write_cell(sheet, row, place, cell, spec, formats)
    return [spec.title]


def _write_ends(sheet: "Worksheet", row: int, column: int, cell: Cell, formats: Formats) -> None:
    if cell.ends is None:
        _write_words(sheet, row, column, cell, formats)
        return
    for offset, value in enumerate(cell.ends):
        sheet.write_number(row, column + offset, value, formats.number(number_format([value])))


def _write_cell(sheet: "Worksheet", row: int, column: int, cell: Cell, spec: Column, formats: Formats) -> None:
    if cell.number is None or spec.mixed:
        _write_words(sheet, row, column, cell, formats)
    else:
        sheet.write_number(row, column, cell.number, formats.number(printed_format(cell)))


def _write_words(sheet: "Worksheet", row: int, column: int, cell: Cell, formats: Formats) -> None:
    """A text; what stands for no number is an empty cell."""
    text = cell_text(cell.text)
    if text.strip() not in _NOTHING:
        sheet.write_string(row, column, text, formats.get(text_wrap=True, valign="top", indent=2 * int(column > 0)))


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
