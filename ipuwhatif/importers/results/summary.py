"""MLCommons' summaries of a round, JSON or CSV: an entry a row, a benchmark a column, minutes in the cells."""

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ipuwhatif.catalog.evidence.suite_results import Benchmark, load_suite_results
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import read_bounded
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.results.own import Imported, OwnResult
from ipuwhatif.importers.results.placing import described_choice
from ipuwhatif.importers.results.reasons import BenchmarkOf, OfResult, ResultFault
from ipuwhatif.importers.tables.cells import MOST_BYTES, MOST_ROWS
from ipuwhatif.importers.tables.reasons import Beyond, ColumnFault, OfColumn, RowKind, RowOf, TooMany
from ipuwhatif.scenario.measurements import TIME, Measurement, check_measurement
from ipuwhatif.units import InputError, RefusedError, nearest, printable, reason_of

NEEDED = ("division", "submitter", "system", "accelerator_model_name", "accelerators_count")
_ROUND = re.compile(r"training_results_(v\d+\.\d+)")


def is_summary(path: Path) -> bool:
    """Whether a JSON or CSV file is a summary of a round, by the names that it begins with."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except (OSError, ValueError):
        return False
    return all(name.encode() in head for name in NEEDED)


def read_summary(path: Path, catalog: Catalog, mlperf_round: str = "") -> Imported:
    """Every score of a summary; a row with a fault is refused by its place, the others are read.

    mlperf_round: of rows that do not name theirs by the address of their details. InputError where it is no summary.
    """
    name = printable(path.name)
    benchmarks = load_suite_results().benchmarks
    results: list[OwnResult] = []
    refused: list[Refused] = []
    for number, row in _rows(path, name):
        place = RowOf(RowKind.ROW, name, number)
        try:
            results += _scores(place, row, benchmarks, catalog, mlperf_round)
        except InputError as error:
            refused.append(Refused(place, reason_of(error)))
    return Imported(tuple(results), tuple(refused))


def _rows(path: Path, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Rows as texts by column, numbered as people count them."""
    data = read_bounded(path, MOST_BYTES)
    try:
        found: Iterable[object]
        if path.suffix.casefold() == ".json":
            found, first = json.loads(data), 1
        else:
            found, first = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True), 2
        if not isinstance(found, (list, csv.DictReader)):
            raise RefusedError(OfResult(ResultFault.NO_ENTRIES, name))
        for number, row in enumerate(found, start=first):
            if number > MOST_ROWS:
                raise RefusedError(TooMany(Beyond.ROWS, name, MOST_ROWS))
            if not isinstance(row, dict):
                raise RefusedError(OfResult(ResultFault.NO_ENTRY, path=name, count=number))
            yield (
                number,
                {str(key): "" if value is None else printable(str(value).strip()) for key, value in row.items()},
            )
    except InputError:
        raise
    except (ValueError, RecursionError, csv.Error) as error:
        raise RefusedError(OfResult(ResultFault.BROKEN, path=name, reason=str(error))) from None


def _scores(
    place: RowOf, row: Mapping[str, str], benchmarks: Mapping[str, Benchmark], catalog: Catalog, told: str
) -> list[OwnResult]:
    """The scores of a row, one for each benchmark that it has minutes of."""
    lacking = next((name for name in NEEDED if name not in row), None)
    if lacking is not None:
        raise RefusedError(OfColumn(ColumnFault.MISSING, lacking))
    mlperf_round = next(iter(_ROUND.findall(row.get("details_url", ""))), told)
    releases = {each.mlperf_round: key for key, each in catalog.releases.items() if each.mlperf_round}
    if not mlperf_round:
        raise RefusedError(ResultFault.ROW_WITHOUT_ROUND)
    if mlperf_round not in releases:
        near = nearest(mlperf_round, list(releases))
        raise RefusedError(OfResult(ResultFault.UNKNOWN_ROUND_OF_ROW, mlperf_round, near=near))
    chips = _whole(row, "accelerators_count")
    description = _description(row, chips)
    found = []
    for key, benchmark in benchmarks.items():
        if not row.get(key):
            continue
        measurement = Measurement(TIME, _minutes(row, key) * 60.0)
        check_measurement(measurement)
        choice = described_choice(description, mlperf_round, key, catalog)
        found.append(
            OwnResult(
                place=BenchmarkOf(place, key),
                system=row["system"],
                chips=chips or None,
                job=benchmark.workload or key,
                measurement=measurement,
                choice=choice,
                workload=benchmark.workload,
                submitter=row["submitter"],
                division=row["division"].casefold(),
                mlperf_round=mlperf_round,
                release=releases[mlperf_round],
                runs=benchmark.runs,
                by_rules=True,
            )
        )
    return found


def _description(row: Mapping[str, str], chips: int) -> dict[str, str]:
    """A row as a description of a system, as submission folders have them."""
    machines = _whole(row, "number_of_nodes") or 1
    sockets = _whole(row, "host_processors_count")
    counts = {"accelerators_per_node": chips // machines, "host_processors_per_node": sockets // machines}
    return {**row, **{name: str(count) for name, count in counts.items()}}


def _whole(row: Mapping[str, str], column: str) -> int:
    text = row.get(column, "")
    if text and not re.fullmatch(r"\d{1,7}(\.0)?", text):
        raise RefusedError(OfColumn(ColumnFault.NO_COUNT, column, text))
    return int(float(text or 0))


def _minutes(row: Mapping[str, str], column: str) -> float:
    try:
        value = float(row[column])
    except ValueError:
        value = math.nan
    if not 0.0 < value < math.inf:
        raise RefusedError(OfColumn(ColumnFault.NO_MINUTES, column, row[column]))
    return value
