"""A table as it is read: which of its sheets, its columns, how its numbers are written, and its cells row by row."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.tables.cells import Cell, Line, Sheet, read_sheets
from ipuwhatif.importers.tables.columns import Kind, Mapped, head_of, heads_of, map_columns, proposed_heads
from ipuwhatif.importers.tables.reasons import (
    AtCell,
    ColumnFault,
    EitherDecimal,
    FileFault,
    Merged,
    NoTable,
    NotRead,
    OfColumn,
    ReadAs,
    TableFault,
)
from ipuwhatif.records import Record
from ipuwhatif.units import InputError, RefusedError, printable, reason_of, whole_number

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_SYSTEMS: Mapping[str, SystemChoice] = MappingProxyType({})
COMMA, POINT = "comma", "point"
LONGEST_WORDS = 200  # letters of a cell that is a name or a note
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}")  # thousands to some, a decimal comma to others
_DECIMAL = re.compile(r"-?\d+,\d+")
_EMPTY = ("-", "–", "n/a", "na", "null", "none")


class Said(Record, frozen=True):
    """What the user says of a table beside what stands in it."""

    columns: Mapping[str, str] = NOTHING  # field -> head of its column
    units: Mapping[str, str] = NOTHING  # field -> unit of its bare numbers, or what a field is in every row
    systems: Mapping[str, SystemChoice] = NO_SYSTEMS  # name in the table -> system
    decimal: str = ""  # COMMA or POINT; empty: as the table tells
    proposed: bool = True  # whether columns that are not said are found by their heads


class Proposal(Record, frozen=True):
    """How a table would be read, to be corrected: its heads, the head of each field, and the units that heads say."""

    heads: tuple[str, ...]
    columns: Mapping[str, str]
    units: Mapping[str, str]


class Table(Record, frozen=True):
    """A sheet with its columns; `comma` tells whether a comma parts its decimals."""

    sheet: Sheet
    mapped: Mapped
    body: tuple[Line, ...]
    comma: bool = False

    def cell(self, line: Line, field: str) -> Cell:
        """The cell of a field; None where it is empty, or says so in a word."""
        column = self.mapped.columns.get(field)
        found = line.cells[column.place] if column is not None and column.place < len(line.cells) else None
        return None if isinstance(found, str) and found.casefold() in _EMPTY else found

    def words(self, line: Line, field: str) -> str:
        """What stands there as words, cut where it is a book."""
        cell = self.cell(line, field)
        return "" if cell is None else f"{cell:.12g}" if isinstance(cell, float) else printable(cell[:LONGEST_WORDS])

    def needed(self, line: Line, field: str) -> str:
        """The same. InputError where nothing stands there."""
        words = self.words(line, field)
        if not words:
            raise RefusedError(OfColumn(ColumnFault.EMPTY, self.mapped.columns[field].head))
        return words

    def number(self, line: Line, field: str) -> str:
        """A number with what follows it, its decimals behind a point; empty where nothing stands there."""
        cell = self.cell(line, field)
        if cell is None:
            return ""
        return f"{cell:.12g}" if isinstance(cell, float) else _with_point(cell) if self.comma else cell

    def count(self, line: Line, field: str) -> int | None:
        """A whole number above 0; None where nothing stands there."""
        text = self.number(line, field)
        if not text:
            return None
        number = whole_number(text.split()[0])
        if number is None or number < 1:
            head, cell = self.mapped.columns[field].head, str(self.cell(line, field))
            raise RefusedError(OfColumn(ColumnFault.NOT_WHOLE_ABOVE_0, head, cell))
        return number

    def by_cell(self, line: Line, field: str, fault: InputError) -> InputError:
        """A fault with the name of its cell, where people call cells by names."""
        name = self.sheet.cell_name(line, self.mapped.columns[field].place)
        return RefusedError(AtCell(name, reason_of(fault))) if name else fault

    @property
    def notes(self) -> tuple[ReadAs | NotRead, ...]:
        """What is read as what, so that it can be looked at and corrected."""
        fields, unread = self.mapped.kind.fields, self.mapped.unread
        read = ReadAs(tuple((fields[field], each.head, each.unit) for field, each in self.mapped.columns.items()))
        return (read, NotRead(unread)) if unread else (read,)


def is_bare(cell: Cell) -> bool:
    """Whether a cell is a number without a unit."""
    return isinstance(cell, float) or (isinstance(cell, str) and re.fullmatch(r"-?[\d.,\s]*\d", cell) is not None)


def proposal_of(sheet: Sheet, kind: Kind, with_units: Sequence[str]) -> Proposal:
    """The proposal for a sheet, with the units that the heads of some fields say."""
    heads = heads_of(head_of(sheet.lines, kind))
    columns = proposed_heads(heads, kind)
    units = {field: kind.split(columns[field])[1] for field in with_units if field in columns}
    return Proposal(tuple(dict.fromkeys(filter(None, heads))), columns, units)


def best_sheet(path: Path, kind: Kind, said: Said) -> Sheet:
    """The first sheet of a file that can be read as one of the kind, else the first. InputError for an empty file."""
    sheets = [sheet for sheet in read_sheets(path) if sheet.lines]
    if not sheets:
        raise RefusedError(NoTable(FileFault.EMPTY, path.name))
    return next((sheet for sheet in sheets if fits(sheet, kind, said)), sheets[0])


def fits(sheet: Sheet, kind: Kind, said: Said) -> bool:
    """Whether a sheet has the columns of the kind."""
    try:
        map_columns(sheet.lines, kind, said.columns, said.units, said.proposed)
    except InputError:
        return False
    return True


def open_table(sheet: Sheet, kind: Kind, said: Said) -> Table:
    """The table of a sheet. InputError where it cannot be read as a whole: no head, merged cells, no row, decimals."""
    mapped = map_columns(sheet.lines, kind, said.columns, said.units, said.proposed)
    body = tuple(line for line in sheet.lines if line.number > mapped.head.number)
    if not body:
        raise RefusedError(TableFault.NO_ROW)
    _check_merged(sheet, mapped)
    table = Table(sheet, mapped, body)
    return Table(sheet, mapped, body, _decimal_comma(table, said.decimal))


def _check_merged(sheet: Sheet, mapped: Mapped) -> None:
    found = next((name for last, name in sheet.merged if last >= mapped.head.number), None)
    if found is not None:
        raise RefusedError(Merged(found))


def _decimal_comma(table: Table, said: str) -> bool:
    """Whether a comma parts the decimals of a table. InputError where it may as well part thousands."""
    if said or table.sheet.separator in ("", ","):
        return said == COMMA
    fields = [field for field in table.mapped.kind.numbers if field in table.mapped.columns]
    cells = [(line, str(table.cell(line, field) or "")) for line in table.body for field in fields]
    written = [(line, text.split()[0]) for line, text in cells if text.strip() and _DECIMAL.fullmatch(text.split()[0])]
    if any(not _EITHER.fullmatch(text) for _, text in written):
        return True
    for line, text in written:
        raise RefusedError(EitherDecimal(line.number, text))
    return False


def _with_point(text: str) -> str:
    """A number with a decimal comma as one with a point, without points between thousands."""
    return re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r"(?<=\d)\.(?=\d{3})", "", text))
