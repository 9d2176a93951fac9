"""Evidence tables as rows that know their file and line, so that every refusal can name them.

Only the standard library is used: this runs before the window is first painted.
"""

import csv
import io
import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.reasons import AtByte, AtLine, Flaw, Flawed, InFile
from ipuwhatif.files import RESOURCE_LIMIT, read_bounded
from ipuwhatif.records import Record
from ipuwhatif.units import InputError, RefusedError, Said, nearest, reason_of, to_base


def fault(file: str, place: Said, reason: Said) -> InputError:
    """The refusal of a resource: which file, which line or key, and why."""
    return RefusedError(InFile(file, place, reason))


class Row(Record, frozen=True):
    """One row of a table; every getter raises InputError with file, line, column and reason."""

    file: str
    line: int
    cells: Mapping[str, str]

    def refuse(self, reason: Said) -> InputError:
        """The error to raise when this row cannot be used."""
        return fault(self.file, AtLine(self.line), reason)

    def text(self, column: str) -> str:
        """The cell as it stands; empty where the table is blank."""
        return self.cells[column]

    def filled(self, column: str) -> str:
        """The cell, refused when it is blank."""
        cell = self.cells[column]
        if not cell:
            raise self.refuse(Flawed(Flaw.COLUMN_EMPTY, column))
        return cell

    def number(self, column: str) -> float:
        """The cell as a finite number."""
        try:
            value = float(self.cells[column])
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        raise self.refuse(Flawed(Flaw.CELL_NO_NUMBER, column, self.filled(column)))

    def positive(self, column: str) -> float:
        """The cell as a finite number above 0."""
        value = self.number(column)
        if value <= 0:
            raise self.refuse(Flawed(Flaw.CELL_NOT_ABOVE_0, column, f"{value:g}"))
        return value

    def optional_number(self, column: str) -> float | None:
        """The cell as a finite number, or None where it is blank."""
        return self.number(column) if self.cells[column] else None

    def whole(self, column: str) -> int:
        """The cell as a whole number that is not negative; "16.0" is one."""
        value = self.number(column)
        if value != int(value) or value < 0:
            raise self.refuse(Flawed(Flaw.CELL_NO_COUNT, column, self.cells[column]))
        return int(value)

    def choice(self, column: str, choices: Collection[str]) -> str:
        """The cell, refused unless it is one of the choices."""
        cell = self.cells[column]
        if cell not in choices:
            raise self.refuse(Flawed(Flaw.CELL_UNKNOWN, column, cell, nearest(cell, choices)))
        return cell

    def in_base(self, value: float, unit: str, base: str) -> float:
        """A value in `unit` as a value in the base unit, refused with this row's line when the unit is wrong."""
        try:
            return to_base(value, unit, base)
        except InputError as error:
            raise self.refuse(reason_of(error)) from None


def read_table(folder: Path, name: str, columns: str) -> list[Row]:
    """The rows of `folder/name`; refused when unreadable, not UTF-8, short of a column or ragged.

    `columns` names the columns that must be there, with blanks between them; others may be.
    """
    file = f"{folder.name}/{name}"
    data = read_bounded(folder / name, RESOURCE_LIMIT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fault(file, AtByte(error.start), Flaw.NOT_UTF8) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(file, header, columns.split())
        return [_row(file, reader.line_num, header, cells) for cells in reader]
    except csv.Error as error:
        raise fault(file, AtLine(reader.line_num), str(error)) from None


def _check_header(file: str, header: list[str], columns: Sequence[str]) -> None:
    for column in columns:
        if column not in header:
            raise fault(file, AtLine(1), Flawed(Flaw.COLUMN_MISSING, column))
    for column in header:
        if header.count(column) > 1:
            raise fault(file, AtLine(1), Flawed(Flaw.COLUMN_TWICE, column))


def _row(file: str, line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise fault(file, AtLine(line), Flawed(Flaw.RAGGED, len(cells), len(header)))
    return Row(file, line, MappingProxyType(dict(zip(header, cells, strict=True))))
