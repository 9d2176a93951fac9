"""A figure's table as a CSV file that spreadsheets read as typed numbers and harmless text."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ipuwhatif.charts.spec import Cell, Column, Figure, TableSpec
from ipuwhatif.export.plain import one_line, origins
from ipuwhatif.figures.table import printed
from ipuwhatif.files import write_atomic
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

#: A cell that starts with one of these is a formula to a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(path: Path, figure: Figure) -> None:
    """Write table, headline, notices, footnotes and sources, all or nothing, as UTF-8 with a byte order mark.

    Numbers stand as printed, without separators. Raises InputError when the file cannot be written.
    """
    write_atomic(path, csv_text(figure).encode("utf-8-sig"))


def csv_text(figure: Figure) -> str:
    """What `write_csv` writes, before encoding."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in (*_table_rows(figure.table), *_note_rows(figure), *_source_rows(figure)):
        writer.writerow(row)
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


def _note_rows(figure: Figure) -> Iterator[list[str]]:
    yield []
    texts = (figure.headline.text, figure.chart.title, figure.chart.subtitle, *figure.notices)
    for text in (*texts, *(note.text for note in figure.footnotes)):
        yield [guarded(text)]


def _source_rows(figure: Figure) -> Iterator[list[str]]:
    sources = origins(figure)
    if sources:
        yield []
        yield [tr("Source"), tr("Title"), tr("Locator"), tr("Published"), tr("Read"), tr("Kind"), tr("Note")]
    for origin in sources:
        fields = (
            origin.producer,
            origin.title,
            origin.locator,
            origin.published,
            origin.read,
            origin.kind,
            origin.note,
        )
        yield [guarded(field or "") for field in fields]
