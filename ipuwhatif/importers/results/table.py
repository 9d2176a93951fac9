"""The user's own tables of measurements: a row each, with system, chips, workload and a time or a throughput."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ipuwhatif.catalog.types import Catalog, SystemChoice, Workload
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.results.columns import (
    BATCH,
    CHIPS,
    NOTE,
    OF_A_SWEEP,
    RELEASE,
    RESULT_TABLE,
    SUBMITTER,
    SYSTEM,
    THROUGHPUT,
    TIME,
    WORKLOAD,
)
from ipuwhatif.importers.results.own import Imported, OwnResult
from ipuwhatif.importers.results.placing import named_choice, named_workload
from ipuwhatif.importers.results.reasons import OfResult, ResultFault
from ipuwhatif.importers.tables.cells import Line, Sheet
from ipuwhatif.importers.tables.columns import head_of, heads_of
from ipuwhatif.importers.tables.reading import (
    Proposal,
    Said,
    Table,
    best_sheet,
    fits,
    is_bare,
    open_table,
    proposal_of,
)
from ipuwhatif.importers.tables.reasons import ColumnFault, OfColumn
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import Measurement, parse_measurement
from ipuwhatif.units import InputError, RefusedError, reason_of


def propose(path: Path) -> Proposal:
    """The proposal for a table. InputError where the file holds none."""
    return proposal_of(best_sheet(path, RESULT_TABLE, Said()), RESULT_TABLE, (TIME, THROUGHPUT))


def is_result_table(path: Path) -> bool:
    """Whether a table has the columns of results; never raises."""
    try:
        return fits(best_sheet(path, RESULT_TABLE, Said()), RESULT_TABLE, Said())
    except InputError:
        return False


def read_table_results(path: Path, catalog: Catalog, said: Said | None = None) -> Imported:
    """Every row of a table that is a result; a row with a fault is refused by its place, the others are read.

    InputError where the table as a whole cannot be read: no head, no unit, merged cells, no row.
    """
    said = said or Said()
    return sheet_results(best_sheet(path, RESULT_TABLE, said), catalog, said)


def sheet_results(sheet: Sheet, catalog: Catalog, said: Said) -> Imported:
    """The same of one table."""
    try:
        if set(heads_of(head_of(sheet.lines, RESULT_TABLE, said.columns))) >= OF_A_SWEEP:
            raise RefusedError(ResultFault.PROJECTIONS)
        table = open_table(sheet, RESULT_TABLE, said)
        _check_units(table)
    except InputError as error:
        raise RefusedError(Refused(sheet.name, reason_of(error))) from None
    results, refused = [], []
    placed = Placed(
        cache(lambda name: named_workload(name, catalog)),
        cache(lambda name, chips: named_choice(name, chips, catalog, said.systems)),
    )
    for line in table.body:
        try:
            results.append(_result(table, line, catalog, placed))
        except InputError as error:
            refused.append(Refused(sheet.place(line), reason_of(error)))
    return Imported(tuple(results), tuple(refused), table.notes)


def _check_units(table: Table) -> None:
    """InputError where numbers stand bare in a column that says no unit."""
    for field, usual in ((TIME, "min"), (THROUGHPUT, "samples/s")):
        column = table.mapped.columns.get(field)
        if column is not None and not column.unit and any(is_bare(table.cell(line, field)) for line in table.body):
            raise RefusedError(OfColumn(ColumnFault.NO_UNIT, column.head, example=f"{field}={usual}"))


class Placed(NamedTuple):
    """Which workload a name is, and which system with so many chips: each asked once of a table."""

    workload: Callable[[str], Workload]
    system: Callable[[str, int | None], SystemChoice]


def _result(table: Table, line: Line, catalog: Catalog, placed: Placed) -> OwnResult:
    chips, batch = (table.count(line, field) for field in (CHIPS, BATCH))
    name = table.needed(line, SYSTEM)
    workload = placed.workload(table.needed(line, WORKLOAD))
    choice = placed.system(name, chips)
    return OwnResult(
        place=table.sheet.place(line),
        system=name,
        chips=choice.chips,
        job=workload.key,
        measurement=_measurement(table, line, workload, choice.chips, batch),
        choice=choice,
        workload=workload.key,
        global_batch=batch,
        submitter=table.words(line, SUBMITTER),
        release=_release(table.words(line, RELEASE), catalog),
        notes=tuple(filter(None, (table.words(line, NOTE),))),
    )


def _measurement(table: Table, line: Line, workload: Workload, chips: int, batch: int | None) -> Measurement:
    """What was measured, the time where both stand there. InputError by the cell, where the table has letters."""
    field = next((each for each in (TIME, THROUGHPUT) if table.cell(line, each) is not None), None)
    if field is None:
        raise RefusedError(ResultFault.NEITHER_TIME_NOR_RATE)
    text = table.number(line, field)
    if is_bare(table.cell(line, field)):
        text = f"{text} {table.mapped.columns[field].unit}"
    try:
        found = parse_measurement(text, workload, chips, None if batch is None else lambda: batch)
    except InputError as error:
        raise table.by_cell(line, field, error) from None
    return replace(found, value=float(f"{found.value:.9g}"))  # 0.55 h are 1,980 s


def _release(text: str, catalog: Catalog) -> str:
    """The release of a date or a round; the newest up to a date. Empty where the row says none."""
    if not text:
        return ""
    rounds = {each.mlperf_round: key for key, each in catalog.releases.items() if each.mlperf_round}
    if text in rounds:
        return rounds[text]
    if not re.match(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?![\d-])", text):
        raise RefusedError(OfResult(ResultFault.NO_DATE, text))
    return max((key for key in catalog.releases if key <= text[:7]), default=min(catalog.releases))
