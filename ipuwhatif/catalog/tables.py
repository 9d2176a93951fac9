"""Evidence tables as rows that know their file and line, so that every refusal can name them.

Only the standard library is used: this runs before the window is first painted.
"""

import csv
import io
import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.files import RESOURCE_LIMIT, read_bounded
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, RefusedError, Said, nearest, quoted, to_base, told


class InFile(Record, frozen=True):
    """What is wrong at a place of a file: a line, a key."""

    file: str
    place: Said
    reason: Said


@told.register
def _(said: InFile) -> str:
    return f"{said.file}, {told(said.place)}: {told(said.reason)}"


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
        return fault(self.file, tr("line {line}", line=self.line), reason)

    def text(self, column: str) -> str:
        """The cell as it stands; empty where the table is blank."""
        return self.cells[column]

    def filled(self, column: str) -> str:
        """The cell, refused when it is blank."""
        cell = self.cells[column]
        if not cell:
            raise self.refuse(tr("column {column} is empty", column=quoted(column)))
        return cell

    def number(self, column: str) -> float:
        """The cell as a finite number."""
        try:
            value = float(self.cells[column])
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        cell = self.filled(column)
        raise self.refuse(
            tr("column {column}: {cell} is not a finite number", column=quoted(column), cell=quoted(cell))
        )

    def positive(self, column: str) -> float:
        """The cell as a finite number above 0."""
        value = self.number(column)
        if value <= 0:
            raise self.refuse(tr("column {column}: {value} is not above 0", column=quoted(column), value=f"{value:g}"))
        return value

    def optional_number(self, column: str) -> float | None:
        """The cell as a finite number, or None where it is blank."""
        return self.number(column) if self.cells[column] else None

    def whole(self, column: str) -> int:
        """The cell as a whole number that is not negative; "16.0" is one."""
        value = self.number(column)
        if value != int(value) or value < 0:
            cell = quoted(self.cells[column])
            raise self.refuse(tr("column {column}: {cell} is not a count", column=quoted(column), cell=cell))
        return int(value)

    def choice(self, column: str, choices: Collection[str]) -> str:
        """The cell, refused unless it is one of the choices."""
        cell = self.cells[column]
        if cell not in choices:
            raise self.refuse(
                tr(
                    "column {column}: {cell} is unknown; nearest: {nearest}",
                    column=quoted(column),
                    cell=quoted(cell),
                    nearest=nearest(cell, choices),
                )
            )
        return cell

    def in_base(self, value: float, unit: str, base: str) -> float:
        """A value in `unit` as a value in the base unit, refused with this row's line when the unit is wrong."""
        try:
            return to_base(value, unit, base)
        except InputError as error:
            raise self.refuse(str(error)) from None


def read_table(folder: Path, name: str, columns: str) -> list[Row]:
    """The rows of `folder/name`; refused when unreadable, not UTF-8, short of a column or ragged.

    `columns` names the columns that must be there, with blanks between them; others may be.
    """
    file = f"{folder.name}/{name}"
    data = read_bounded(folder / name, RESOURCE_LIMIT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fault(file, tr("byte {position}", position=error.start), tr("not UTF-8 text")) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(file, header, columns.split())
        return [_row(file, reader.line_num, header, cells) for cells in reader]
    except csv.Error as error:
        raise fault(file, tr("line {line}", line=reader.line_num), str(error)) from None


def _check_header(file: str, header: list[str], columns: Sequence[str]) -> None:
    for column in columns:
        if column not in header:
            raise fault(file, tr("line {line}", line=1), tr("column {column} is missing", column=quoted(column)))
    for column in header:
        if header.count(column) > 1:
            reason = tr("duplicate key: column {column} stands twice", column=quoted(column))
            raise fault(file, tr("line {line}", line=1), reason)


def _row(file: str, line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        reason = tr("{found} cells where the header has {expected}", found=len(cells), expected=len(header))
        raise fault(file, tr("line {line}", line=line), reason)
    return Row(file, line, MappingProxyType(dict(zip(header, cells, strict=True))))
