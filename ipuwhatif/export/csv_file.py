"""A figure's table as a CSV file that spreadsheets read as typed numbers and harmless text."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ipuwhatif.charts.spec import Cell, Column, Figure, TableSpec
from ipuwhatif.export.notes import notes_path, notes_text
from ipuwhatif.export.plain import one_line
from ipuwhatif.figures.table import printed
from ipuwhatif.files import write_together
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

#: A cell that starts with one of these is a formula to a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(path: Path, figure: Figure, data_version: str = "") -> tuple[Path, ...]:
    """Write the table, with headline, notices, footnotes and sources in a .txt file beside it; returns both.

    The table is one header and a line a row, as UTF-8 with a byte order mark: a data frame reads it as it is. Numbers
    stand as printed, without separators. Raises InputError when a file cannot be written.
    """
    notes = notes_path(path)
    contents = {path: csv_text(figure).encode("utf-8-sig"), notes: notes_text(figure, data_version).encode("utf-8")}
    write_together(contents)
    return path, notes


def csv_text(figure: Figure) -> str:
    """What `write_csv` writes, before encoding."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows(_table_rows(figure.table))
    return buffer.getvalue()


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + one_line(text) if text.startswith(_FORMULA_STARTS) else one_line(text)


def _table_rows(table: TableSpec) -> Iterator[list[str]]:
    split = [any(row[index].ends for row in table.rows) for index in range(len(table.columns))]
    head: list[str] = []
    for column, two in zip(table.columns, split, strict=True):
        ends = [tr("{title}, low", title=column.title), tr("{title}, high", title=column.title)]
        head += ends if two else [column.title]
    yield [guarded(title) for title in head]
    for row in table.rows:
        cells = zip(row, table.columns, split, strict=True)
        yield [field for cell, column, two in cells for field in _fields(cell, column, two)]


def _fields(cell: Cell, column: Column, two: bool) -> Sequence[str]:
    if two:
        return [_plain(value) for value in cell.ends] if cell.ends else ["", ""]
    if cell.number is None or column.mixed:
        return [guarded(cell.text)]
    return [cell.text.replace(",", "") if _reads_as(cell.text, cell.number) else _plain(cell.number)]


def _reads_as(text: str, number: float) -> bool:
    try:
        return printed(text) == number
    except ValueError:
        return False


def _plain(value: float) -> str:
    return format_number(value, 6).replace(",", "").rstrip("0").rstrip(".") if value % 1 else f"{value + 0.0:.0f}"
