"""The user's own tables of measurements: a row each, with system, chips, workload and a time or a throughput."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.types import Catalog, SystemChoice, Workload
from ipuwhatif.importers.results.cells import Cell, Line, Sheet, read_sheets
from ipuwhatif.importers.results.columns import (
    BATCH,
    CHIPS,
    FIELDS,
    NOTE,
    RELEASE,
    SUBMITTER,
    SYSTEM,
    THROUGHPUT,
    TIME,
    WORKLOAD,
    Mapped,
    head_of,
    heads_of,
    map_columns,
    proposed_heads,
    split_head,
)
from ipuwhatif.importers.results.own import Imported, OwnResult, Refused
from ipuwhatif.importers.results.placing import NO_SYSTEMS, named_choice, named_workload
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.measurements import Measurement, parse_measurement
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable, quoted, whole_number

NOTHING: Mapping[str, str] = MappingProxyType({})
COMMA, POINT = "comma", "point"
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}")  # thousands to some, a decimal comma to others
_DECIMAL = re.compile(r"-?\d+,\d+")
LONGEST_WORDS = 200  # letters of a cell that is a name or a note
_EMPTY = ("-", "–", "n/a", "na", "null", "none")


class Said(Record, frozen=True):
    """What the user says of a table beside what stands in it."""

    columns: Mapping[str, str] = NOTHING  # field -> head of its column
    units: Mapping[str, str] = NOTHING  # field -> unit of its bare numbers
    systems: Mapping[str, SystemChoice] = NO_SYSTEMS  # name in the table -> system
    decimal: str = ""  # COMMA or POINT; empty: as the table tells
    proposed: bool = True  # whether columns that are not said are found by their heads


class Proposal(Record, frozen=True):
    """How a table would be read, to be corrected: its heads, the head of each field, and the units that heads say."""

    heads: tuple[str, ...]
    columns: Mapping[str, str]
    units: Mapping[str, str]


def propose(path: Path) -> Proposal:
    """The proposal for a table. InputError where the file holds none."""
    sheet = _best(_filled_sheets(path), Said())
    heads = heads_of(head_of(sheet.lines))
    columns = proposed_heads(heads)
    units = {field: split_head(columns[field])[1] for field in (TIME, THROUGHPUT) if field in columns}
    return Proposal(tuple(dict.fromkeys(filter(None, heads))), columns, units)


def read_table_results(path: Path, catalog: Catalog, said: Said | None = None) -> Imported:
    """Every row of a table that is a result; a row with a fault is refused by its place, the others are read.

    InputError where the table as a whole cannot be read: no head, no unit, merged cells, no row.
    """
    said = said or Said()
    return sheet_results(_best(_filled_sheets(path), said), catalog, said)


def _filled_sheets(path: Path) -> list[Sheet]:
    sheets = [sheet for sheet in read_sheets(path) if sheet.lines]
    if not sheets:
        raise InputError(tr("{file} is empty", file=quoted(path.name)))
    return sheets


def sheet_results(sheet: Sheet, catalog: Catalog, said: Said) -> Imported:
    """The same of one table."""
    try:
        mapped = map_columns(sheet.lines, said.columns, said.units, said.proposed)
        body = [line for line in sheet.lines if line.number > mapped.head.number]
        _check_merged(sheet, mapped)
        _check_units(mapped, body)
        comma = _decimal_comma(sheet, mapped, body, said.decimal)
    except InputError as error:
        raise InputError(f"{sheet.name}: {error}") from None
    results, refused = [], []
    for line in body:
        try:
            results.append(_result(sheet, line, mapped, catalog, said, comma))
        except InputError as error:
            refused.append(Refused(sheet.place(line), str(error)))
    if not body:
        raise InputError(tr("{file}: no row follows the head", file=sheet.name))
    return Imported(sheet.name, tuple(results), tuple(refused), notes=_told(mapped))


def _best(sheets: Sequence[Sheet], said: Said) -> Sheet:
    """The first sheet that can be read as results, else the first."""
    for sheet in sheets:
        try:
            map_columns(sheet.lines, said.columns, said.units, said.proposed)
        except InputError:
            continue
        return sheet
    return sheets[0]


def _told(mapped: Mapped) -> tuple[str, ...]:
    """What is read as what, so that it can be looked at and corrected."""
    parts = [
        f"{tr(FIELDS[field])} = {quoted(column.head)}{f' [{column.unit}]' if column.unit else ''}"
        for field, column in mapped.columns.items()
    ]
    notes = [tr("Read as: {columns}", columns="; ".join(parts))]
    if mapped.unread:
        notes.append(tr("Not read: {columns}", columns=", ".join(map(quoted, mapped.unread))))
    return tuple(notes)


def _check_merged(sheet: Sheet, mapped: Mapped) -> None:
    found = next((name for last, name in sheet.merged if last >= mapped.head.number), None)
    if found is not None:
        raise InputError(
            tr("cells {region} are merged, so that all but one are empty; unmerge them and fill each", region=found)
        )


def _check_units(mapped: Mapped, body: Sequence[Line]) -> None:
    """InputError where numbers stand bare in a column that says no unit."""
    for field, usual in ((TIME, "min"), (THROUGHPUT, "samples/s")):
        column = mapped.columns.get(field)
        if column is None or column.unit:
            continue
        bare = [line for line in body if _is_bare(_cell(line, mapped, field))]
        if bare:
            raise InputError(
                tr(
                    "column {head} says no unit; write it in the head or say it (--unit {example})",
                    head=quoted(column.head),
                    example=f"{field}={usual}",
                )
            )


def _decimal_comma(sheet: Sheet, mapped: Mapped, body: Sequence[Line], said: str) -> bool:
    """Whether a comma parts the decimals of this table. InputError where it may as well part thousands."""
    if said or sheet.separator in ("", ","):
        return said == COMMA
    fields = [field for field in (CHIPS, BATCH, TIME, THROUGHPUT) if field in mapped.columns]
    cells = [(line, str(_cell(line, mapped, field) or "")) for line in body for field in fields]
    written = [(line, text.split()[0]) for line, text in cells if text.strip() and _DECIMAL.fullmatch(text.split()[0])]
    if any(not _EITHER.fullmatch(text) for _, text in written):
        return True
    for line, text in written:
        raise InputError(
            tr(
                "row {row}: {text} may be thousands or decimals; say which (--decimal comma or point)",
                row=line.number,
                text=quoted(text),
            )
        )
    return False


def _result(sheet: Sheet, line: Line, mapped: Mapped, catalog: Catalog, said: Said, comma: bool) -> OwnResult:
    chips, batch = (_count(line, mapped, field, comma) for field in (CHIPS, BATCH))
    name = _needed(line, mapped, SYSTEM)
    workload = named_workload(_needed(line, mapped, WORKLOAD), catalog)
    choice = named_choice(name, chips, catalog, said.systems)
    measurement = _measurement(sheet, line, mapped, workload, choice.chips, batch, comma)
    return OwnResult(
        place=sheet.place(line),
        system=name,
        chips=choice.chips,
        job=workload.key,
        measurement=measurement,
        choice=choice,
        workload=workload.key,
        global_batch=batch,
        submitter=_words(line, mapped, SUBMITTER),
        release=_release(_words(line, mapped, RELEASE), catalog),
        notes=tuple(filter(None, (_words(line, mapped, NOTE),))),
    )


def _measurement(
    sheet: Sheet, line: Line, mapped: Mapped, workload: Workload, chips: int, batch: int | None, comma: bool
) -> Measurement:
    """What was measured, the time where both stand there. InputError by the cell, where the table has letters."""
    column, text = None, ""
    for field in (TIME, THROUGHPUT):
        cell = _cell(line, mapped, field)
        if cell is not None and str(cell).casefold() not in _EMPTY:
            column = mapped.columns[field]
            text = f"{cell:.12g}" if isinstance(cell, float) else _with_point(cell, comma)
            text = f"{text} {column.unit}" if _is_bare(cell) else text
            break
    if column is None:
        raise InputError(tr("neither a time nor a throughput stands there"))
    try:
        found = parse_measurement(text, workload, chips, None if batch is None else lambda: batch)
    except InputError as error:
        name = sheet.cell_name(line, column.place)
        raise InputError(tr("cell {cell}: {fault}", cell=name, fault=error) if name else str(error)) from None
    return replace(found, value=float(f"{found.value:.9g}"))  # 0.55 h are 1,980 s


def _is_bare(cell: Cell) -> bool:
    """Whether a cell is a number without a unit."""
    return isinstance(cell, float) or (isinstance(cell, str) and re.fullmatch(r"-?[\d.,\s]*\d", cell) is not None)


def _with_point(text: str, comma: bool) -> str:
    return re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r"(?<=\d)\.(?=\d{3})", "", text)) if comma else text


def _count(line: Line, mapped: Mapped, field: str, comma: bool) -> int | None:
    cell = _cell(line, mapped, field)
    if cell is None or (isinstance(cell, str) and cell.casefold() in _EMPTY):
        return None
    text = f"{cell:.12g}" if isinstance(cell, float) else _with_point(cell, comma)
    number = whole_number(text.split()[0])
    if number is None or number < 1:
        head = mapped.columns[field].head
        told = tr("column {head}: {cell} is not a whole number above 0", head=quoted(head), cell=quoted(cell))
        raise InputError(told)
    return number


def _needed(line: Line, mapped: Mapped, field: str) -> str:
    words = _words(line, mapped, field)
    if not words:
        raise InputError(tr("column {head} is empty", head=quoted(mapped.columns[field].head)))
    return words


def _words(line: Line, mapped: Mapped, field: str) -> str:
    cell = _cell(line, mapped, field)
    return "" if cell is None else f"{cell:.12g}" if isinstance(cell, float) else printable(cell[:LONGEST_WORDS])


def _cell(line: Line, mapped: Mapped, field: str) -> Cell:
    column = mapped.columns.get(field)
    return line.cells[column.place] if column is not None and column.place < len(line.cells) else None


def _release(text: str, catalog: Catalog) -> str:
    """The release of a date or a round; the newest up to a date. Empty where the row says none."""
    if not text:
        return ""
    rounds = {each.mlperf_round: key for key, each in catalog.releases.items() if each.mlperf_round}
    if text in rounds:
        return rounds[text]
    if not re.match(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?![\d-])", text):
        raise InputError(tr("{text} is no date, such as 2024-06, and no round, such as v4.0", text=quoted(text)))
    return max((key for key in catalog.releases if key <= text[:7]), default=min(catalog.releases))
