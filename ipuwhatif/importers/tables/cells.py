"""Tables from elsewhere as rows of cells with the place of each: CSV, XLSX and Parquet, bounded and strict.

Text stays text and a number a number: nothing is turned into an empty cell without a word.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, zip_longest
from pathlib import Path
from typing import TypeAlias

from ipuwhatif.files import read_bounded
from ipuwhatif.importers.reasons import PathFault, Refused, refused_path
from ipuwhatif.importers.tables.reasons import (
    Beyond,
    BrokenLine,
    FileFault,
    NoStoredValue,
    NoTable,
    NotUtf8Csv,
    RowKind,
    RowOf,
    SheetOf,
    TableFault,
    TooMany,
)
from ipuwhatif.records import Record
from ipuwhatif.units import InputError, RefusedError, Said, printable

Cell: TypeAlias = str | float | None
MOST_ROWS = 100_000  # of a table
MOST_COLUMNS = 500
MOST_BYTES = 64_000_000  # of a file, and of a workbook when it is unpacked
_SEPARATORS = ",;\t"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


class Line(Record, frozen=True):
    """One row of a table with its number as people see it, from 1 on."""

    number: int
    cells: tuple[Cell, ...]


class Sheet(Record, frozen=True):
    """A table as it stands. `merged` are the last rows and the names of regions of merged cells."""

    name: Said  # "results.csv", or "results.xlsx, sheet 'Runs'"
    lines: tuple[Line, ...]
    merged: tuple[tuple[int, str], ...] = ()
    separator: str = ""  # of a CSV
    lettered: bool = False  # whether people call its cells by a letter and a number
    entries: bool = False  # whether its rows are entries of a text file, and no lines

    def place(self, line: Line) -> RowOf:
        """Where a row is: "results.csv, row 7"."""
        return RowOf(RowKind.ENTRY if self.entries else RowKind.ROW, self.name, line.number)

    def cell_name(self, line: Line, place: int) -> str:
        """What people call a cell: "D57" in a workbook; empty elsewhere."""
        if not self.lettered:
            return ""
        letters, rest = "", place + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{line.number}"


SUFFIXES = (".csv", ".tsv", ".xlsx", ".parquet")


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The tables of a file: one, or each sheet of a workbook. InputError where it is too large or no such file.

    The last file is kept while it stays as it is: it is looked at, read, and read again with each correction.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise refused_path(PathFault.NOT_READ, path, error) from error
    return _read_sheets(path, (state.st_mtime_ns, state.st_size, MOST_ROWS, MOST_BYTES))


@lru_cache(maxsize=1)
def _read_sheets(path: Path, _state: tuple[int, ...]) -> tuple[Sheet, ...]:
    kind = path.suffix.casefold()
    if kind == ".xlsx":
        return _workbook(path)
    if kind == ".parquet":
        return (_parquet(path),)
    return (read_csv(path),)


def read_csv(path: Path) -> Sheet:
    data, name = read_bounded(path, MOST_BYTES), printable(path.name)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError(Refused(name, NotUtf8Csv(error.start))) from None
    return csv_sheet(text, name)


def csv_sheet(text: str, name: str) -> Sheet:
    """The table of a CSV text, with whatever of comma, semicolon and tab its first row has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)

    def rows() -> Iterator[tuple[int, list[str]]]:
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as error:
            raise RefusedError(BrokenLine(name, reader.line_num, str(error))) from None

    return Sheet(name, _bounded(name, rows()), separator=separator)


def _workbook(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook; the values that were last computed stand for formulas."""
    _check_unpacked(path)
    import openpyxl

    try:
        with warnings.catch_warnings(), path.open("rb") as stream:
            warnings.simplefilter("ignore")  # what the library leaves out: styles, validation
            values = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            formulas = openpyxl.load_workbook(stream, read_only=True)
            names = [name for name in values.sheetnames if hasattr(values[name], "iter_rows")]  # no sheets of charts
            return tuple(_worksheet(path, values[name], formulas[name]) for name in names)
    except InputError:
        raise
    except Exception as error:  # a stranger's file: the library raises what its parsers raise
        raise RefusedError(NoTable(FileFault.NO_WORKBOOK, path.name)) from error


def _worksheet(path: Path, values: object, formulas: object) -> Sheet:
    title = values.title  # type: ignore[attr-defined]
    name = SheetOf(printable(path.name), title)
    both = zip(values.iter_rows(), formulas.iter_rows(), strict=False)  # type: ignore[attr-defined]

    def rows() -> Iterator[tuple[int, list[Cell]]]:
        for number, (shown, written) in enumerate(both, start=1):
            for value, formula in zip_longest(shown, written):
                if value is not None and value.value is None and isinstance(formula.value, str):
                    raise RefusedError(NoStoredValue(name, formula.coordinate))
            yield number, [_plain(cell.value) for cell in shown]

    lines = _bounded(name, rows())
    return Sheet(name, lines, merged=_merged(path, values), lettered=True)


def _merged(path: Path, sheet: object) -> tuple[tuple[int, str], ...]:
    """Regions of merged cells, which the library does not tell while it streams: by last row and name."""
    part = str(sheet._worksheet_path).lstrip("/")  # type: ignore[attr-defined]
    with zipfile.ZipFile(path) as packed:
        found = _MERGED.findall(packed.read(part))
    return tuple((int(last), (left + top + b":" + right + last).decode()) for left, top, right, last in found)


def _check_unpacked(path: Path) -> None:
    """InputError where a workbook is none, or unpacks to more than a table would."""
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except OSError as error:
        raise refused_path(PathFault.NOT_READ, path, error) from error
    except (ValueError, zipfile.BadZipFile, NotImplementedError) as error:  # a version of zip that is to come
        raise RefusedError(NoTable(FileFault.NO_WORKBOOK, path.name)) from error
    if size > MOST_BYTES:
        raise RefusedError(NoTable(FileFault.TOO_LARGE_UNPACKED, path.name, size, MOST_BYTES))


def _parquet(path: Path) -> Sheet:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise RefusedError(TableFault.NO_PYARROW) from None
    name = printable(path.name)
    try:
        with path.open("rb") as stream:
            file = ParquetFile(stream)
            if file.metadata.num_rows > MOST_ROWS:
                raise RefusedError(TooMany(Beyond.ROWS_OF_RESULTS, name, MOST_ROWS))
            columns = file.read().to_pydict()
    except InputError:
        raise
    except Exception as error:  # a stranger's file: the library raises what its parsers raise
        raise RefusedError(NoTable(FileFault.NO_PARQUET, path.name)) from error
    rows = ([_plain(value) for value in row] for row in zip(*columns.values(), strict=True))
    return Sheet(name, _bounded(name, enumerate([list(columns), *rows], start=1)))


def _plain(value: object) -> Cell:
    """A cell as a text or a number: a date as ISO writes it, a time span as a clock does."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return str(value)


def _bounded(name: Said, rows: Iterable[tuple[int, Sequence[Cell]]]) -> tuple[Line, ...]:
    """The rows that hold something. InputError for more rows or columns than a table has."""
    lines = []
    for number, cells in islice(rows, MOST_ROWS + 1):
        kept = tuple(each.strip() or None if isinstance(each, str) else each for each in cells)
        if len(kept) > MOST_COLUMNS:
            raise RefusedError(TooMany(Beyond.COLUMNS, name, MOST_COLUMNS))
        if any(each is not None for each in kept):
            lines.append(Line(number, kept))
        if number > MOST_ROWS:
            raise RefusedError(TooMany(Beyond.ROWS_OF_RESULTS, name, MOST_ROWS))
    return tuple(lines)
