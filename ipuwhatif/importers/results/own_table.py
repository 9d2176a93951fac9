"""The user's own results as this program keeps and writes them: one CSV row each, which reads back as the same."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.results.own import Imported, OwnResult
from ipuwhatif.importers.results.reasons import OfResult, ResultFault
from ipuwhatif.importers.tables.cells import MOST_ROWS
from ipuwhatif.importers.tables.reasons import (
    Beyond,
    BrokenLine,
    ColumnFault,
    OfColumn,
    RowKind,
    RowOf,
    TableFault,
    TooMany,
)
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement, check_measurement
from ipuwhatif.units import InputError, RefusedError, reason_of, told

HEAD = (
    *("system", "on", "chips", "job", "time_s", "throughput_samples_per_s", "global_batch", "samples", "submitter"),
    *("division", "round", "release", "runs", "by_rules", "read_from", "note"),
)
_TRUE, _FALSE = "yes", "no"
#: What a program for sheets would take for a formula, and the mark before it.
_FORMULAS = ("=", "+", "-", "@", "\t", "'")


def table_text(results: Sequence[OwnResult]) -> str:
    """The results as CSV."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows([_safe(cell) for cell in _cells(each).values()] for each in results)
    return written.getvalue()


def json_text(results: Sequence[OwnResult]) -> str:
    """The results as JSON, a list of objects with the columns of the CSV."""
    return json.dumps([_cells(each) for each in results], ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def is_own_table(text: str) -> bool:
    """Whether a text begins as `table_text` does."""
    return text.lstrip("\ufeff").startswith(",".join(HEAD))


def read_own_table(text: str, name: str, catalog: Catalog) -> Imported:
    """What `table_text` wrote. A row with a fault is refused by its place, the others are read."""
    results: list[OwnResult] = []
    refused: list[Refused] = []
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
    try:
        for number, row in enumerate(reader, start=2):
            if number > MOST_ROWS:
                raise RefusedError(TooMany(Beyond.ROWS, name, MOST_ROWS))
            try:
                results.append(_result(row, catalog))
            except InputError as error:
                refused.append(Refused(RowOf(RowKind.ROW, name, number), reason_of(error)))
    except csv.Error as error:
        raise RefusedError(BrokenLine(name, reader.line_num, str(error))) from None
    return Imported(tuple(results), tuple(refused))


def _cells(result: OwnResult) -> dict[str, object]:
    value = result.measurement.value
    timed = result.measurement.quantity == TIME
    return dict(
        zip(
            HEAD,
            (
                *(result.system, result.choice.key if result.choice else None, result.chips, result.job),
                *(value if timed else None, None if timed else value, result.global_batch, result.samples),
                *(result.submitter, result.division, result.mlperf_round, result.release, result.runs),
                *(_TRUE if result.by_rules else _FALSE, told(result.place), "; ".join(map(told, result.notes))),
            ),
            strict=True,
        )
    )


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell


def _result(row: Mapping[str | None, object], catalog: Catalog) -> OwnResult:
    if None in row or None in row.values():
        raise RefusedError(TableFault.OTHER_COUNT_OF_CELLS)
    cells = {str(key): str(value).removeprefix("'") for key, value in row.items()}
    time, rate = _number(cells, "time_s"), _number(cells, "throughput_samples_per_s")
    if (time is None) == (rate is None):
        raise RefusedError(ResultFault.BOTH_TIME_AND_RATE)
    measurement = Measurement(THROUGHPUT, rate) if time is None and rate is not None else Measurement(TIME, time or 0.0)
    check_measurement(measurement)
    workload = cells["job"] if cells["job"] in catalog.workloads else None
    if cells["release"] and cells["release"] not in catalog.releases:
        raise RefusedError(OfResult(ResultFault.UNKNOWN_RELEASE, cells["release"]))
    return OwnResult(
        place=cells["read_from"],
        system=cells["system"],
        chips=_count(cells, "chips"),
        job=cells["job"],
        measurement=measurement,
        choice=parse_system(cells["on"], catalog) if cells["on"] else None,
        workload=workload,
        global_batch=_count(cells, "global_batch"),
        samples=_number(cells, "samples"),
        submitter=cells["submitter"],
        division=cells["division"],
        mlperf_round=cells["round"],
        release=cells["release"],
        runs=_count(cells, "runs") or 1,
        by_rules=cells["by_rules"] == _TRUE,
        notes=tuple(filter(None, cells["note"].split("; "))),
    )


def _number(cells: Mapping[str, str], column: str) -> float | None:
    text = cells[column]
    try:
        value = float(text) if text else None
    except ValueError:
        value = -1.0
    if value is not None and not 0.0 < value < 1e18:
        raise RefusedError(OfColumn(ColumnFault.NOT_ABOVE_0, column, text))
    return value


def _count(cells: Mapping[str, str], column: str) -> int | None:
    value = _number(cells, column)
    return None if value is None else round(value)
