"""A table of results as it is read."""

from pathlib import Path

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures.scenarios.own_figures import measurement_text
from ipuwhatif.gui.mine.table_form import SHOWN, Outcome, TableKind
from ipuwhatif.importers.results.columns import FIELDS, THROUGHPUT, TIME
from ipuwhatif.importers.results.own import OwnResult
from ipuwhatif.importers.results.reader import brought_of
from ipuwhatif.importers.results.table import read_table_results
from ipuwhatif.importers.tables.reading import Said
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told


def _outcome(path: Path, catalog: Catalog, said: Said) -> Outcome:
    found = read_table_results(path, catalog, said)
    thing = brought_of(found, path) if found.results else None
    rows = tuple(_line(result, catalog) for result in found.results[:SHOWN])
    return Outcome(rows, len(found.results), found.refused, thing)


def _line(result: OwnResult, catalog: Catalog) -> str:
    """ "DGX A100 (8 GPUs) · ResNet-50 · 31.5 min · batch 3,264"."""
    if result.choice is None or result.workload is None:
        return result.system
    workload = catalog.workloads[result.workload]
    parts = [
        system_name(result.choice, catalog),
        told(workload.name),
        measurement_text(result.measurement, workload),
        tr("batch {batch}", batch=format_number(result.global_batch)) if result.global_batch else "",
        result.release,
    ]
    return " · ".join(part for part in parts if part)


#: Which column is the system, which the time, and what the first rows come to.
RESULTS_TABLE = TableKind(FIELDS, {TIME: "h", THROUGHPUT: "images/s"}, _outcome)
