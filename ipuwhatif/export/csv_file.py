"""A figure's table as a CSV file: one header, a line an observation, numbers that data frames and spreadsheets read.

A column holds numbers of one unit, which its name says, or texts; notes and sources stand in a file beside it.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ipuwhatif.charts.spec import Cell, Column, Figure, TableSpec
from ipuwhatif.export.notes import notes_path, notes_text
from ipuwhatif.figures.aligned import DASH, FIGURE_SPACE, POINT_SPACE
from ipuwhatif.files import write_together
from ipuwhatif.records import Record
from ipuwhatif.texts import one_line, tr
from ipuwhatif.units import format_number

#: A cell that starts with one of these is a formula to a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
#: What stands where there is nothing to say: an empty cell says that to every reader.
_NOTHING = ("–", "—", "-")
_NUMBER = re.compile(r"[+−-]?(?:\d[\d,]*)(?:\.\d+)?(?:e[+-]?\d+)?")
#: A number in a unit of its own may be said to be about that, or less: "~ 9.00 min", "< 7.00 min".
_LEADING = re.compile(rf"[~<>≤≥]?\s*({_NUMBER.pattern})")
#: So many lines a data frame looks at to find out what a column holds.
_LOOKED_AT = 100


class _Field(Record, frozen=True):
    """One column of the file."""

    title: str
    texts: tuple[str, ...]
    numeric: bool


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
    fields = list(_named_apart(_fields(_tidy(figure.table))))
    writer.writerow([guarded(field.title) for field in fields])
    writer.writerows(zip(*(_told_early(field) if field.numeric else field.texts for field in fields), strict=True))
    return buffer.getvalue()


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + one_line(text) if text.startswith(_FORMULA_STARTS) else one_line(text)


def _tidy(table: TableSpec) -> TableSpec:
    """The table with a row for each value where its columns are things of one kind, such as systems."""
    things = [index for index, column in enumerate(table.columns) if column.of]
    if not things:
        return table
    kept = [index for index in range(len(table.columns)) if index not in things]
    first = table.columns[things[0]]
    columns = (*(table.columns[index] for index in kept), Column(tr("System")), Column(first.what, first.align))
    rows = tuple(
        (*(row[index] for index in kept), Cell(table.columns[index].of), row[index])
        for index in things
        for row in table.rows
    )
    return TableSpec(columns, rows, ())


def _fields(table: TableSpec) -> Iterator[_Field]:
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        if any(cell.ends for cell in cells):
            halves = [_ends(cell) for cell in cells]
            yield _Field(tr("{title}, low", title=column.title), tuple(low for low, _ in halves), True)
            yield _Field(tr("{title}, high", title=column.title), tuple(high for _, high in halves), True)
        elif column.mixed or _is_mixed(cells):
            yield from _mixed_fields(column.title, cells)
        elif any(cell.number is not None for cell in cells):
            yield _Field(column.title, tuple(map(_number_text, cells)), True)
        else:
            yield _Field(column.title, tuple(map(_words, cells)), False)


def _is_mixed(cells: Sequence[Cell]) -> bool:
    """Whether words that say something stand among numbers."""
    bare = any(cell.number is None and _words(cell) for cell in cells)
    return bare and any(cell.number is not None for cell in cells)


def _mixed_fields(title: str, cells: Sequence[Cell]) -> Iterator[_Field]:
    """Numbers in units of their own: as printed, and taken apart into number and unit."""
    parts = [_LEADING.match(_plain(cell)) for cell in cells]
    yield _Field(title, tuple(map(_words, cells)), False)
    numbers = tuple("" if part is None else _digits(part[1]) for part in parts)
    yield _Field(tr("{title}, number", title=title), numbers, True)
    units = (
        "" if part is None else _plain(cell)[part.end() :].strip() for part, cell in zip(parts, cells, strict=True)
    )
    yield _Field(tr("{title}, unit", title=title), tuple(map(guarded, units)), False)


def _named_apart(fields: Iterator[_Field]) -> Iterator[_Field]:
    """Two columns of one name would be one to a data frame: the second says which column it stands behind."""
    names: set[str] = set()
    last = ""
    for field in fields:
        title = field.title if field.title not in names else tr("{first}, {second}", first=last, second=field.title)
        last = last if field.title in names else field.title
        names.add(title)
        yield _Field(title, field.texts, field.numeric)


def _told_early(field: _Field) -> Sequence[str]:
    """Numbers whose kind shows in the first lines: a reader would take empty ones for texts, whole ones for counts."""
    first, later = field.texts[:_LOOKED_AT], field.texts[_LOOKED_AT:]
    if any(later) and not any(first):
        return ("NaN", *field.texts[1:])
    whole = next((place for place, text in enumerate(first) if text), None)
    if whole is None or any("." in text for text in first) or not any("." in text for text in later):
        return field.texts
    return (*first[:whole], f"{first[whole]}.0", *first[whole + 1 :], *later)


def _plain(cell: Cell) -> str:
    return one_line(cell.text).replace(FIGURE_SPACE, "").replace(POINT_SPACE, "")


def _words(cell: Cell) -> str:
    text = _plain(cell).strip()
    return "" if text in _NOTHING else guarded(text)


def _ends(cell: Cell) -> tuple[str, str]:
    if cell.ends is None:
        return "", ""
    halves = _plain(cell).split(DASH)
    low, high = halves if len(halves) == 2 else ("", "")
    return _as_printed(low, cell.ends[0]), _as_printed(high, cell.ends[1])


def _number_text(cell: Cell) -> str:
    return "" if cell.number is None else _as_printed(_plain(cell), cell.number)


def _as_printed(text: str, number: float) -> str:
    """The number with the digits that the text prints; where that is in a unit of its own, with as many of them."""
    found = _NUMBER.search(text)
    if found is None:
        return _shortest(number)
    digits = _digits(found[0])
    exponent = int(digits.partition("e")[2] or 0)
    whole, _, decimals = digits.partition("e")[0].partition(".")
    rounded = 0 if decimals else len(whole) - len(whole.rstrip("0"))  # "100,360" may stand for 100,364.1
    step = 10.0 ** (exponent + rounded - len(decimals))
    if abs(float(digits) - number) <= 0.501 * step:
        return digits
    count = len(digits.partition("e")[0].lstrip("-0.").replace(".", ""))
    return format_number(number, max(count, 1)).replace(",", "")


def _digits(printed: str) -> str:
    return printed.replace(",", "").replace("−", "-").lstrip("+")


def _shortest(number: float) -> str:
    return f"{number + 0.0:.6g}" if math.isfinite(number) else ""
