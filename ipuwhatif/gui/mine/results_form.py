"""A table of results as it is read."""

from ipuwhatif.catalog.names import system_name
from ipuwhatif.gui.mine.table_form import SHOWN, Outcome, TableForm
from ipuwhatif.importers.results.columns import FIELDS, THROUGHPUT, TIME
from ipuwhatif.importers.results.own import OwnResult
from ipuwhatif.importers.results.reader import brought_of
from ipuwhatif.importers.results.table import read_table_results
from ipuwhatif.importers.tables.reading import Said
from ipuwhatif.scenario.measurements import measurement_text
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number


class ResultsForm(TableForm):
    """Which column is the system, which the time, and what the first rows come to."""

    fields = FIELDS
    hints = {TIME: "h", THROUGHPUT: "images/s"}  # noqa: RUF012

    def outcome(self, said: Said) -> Outcome:
        found = read_table_results(self.path, self.catalog, said)
        thing = brought_of(found, self.path) if found.results else None
        rows = tuple(map(self._line, found.results[:SHOWN]))
        return Outcome(rows, len(found.results), found.refused, thing)

    def _line(self, result: OwnResult) -> str:
        """ "DGX A100 (8 GPUs) · ResNet-50 · 31.5 min · batch 3,264"."""
        if result.choice is None or result.workload is None:
            return result.system
        workload = self.catalog.workloads[result.workload]
        parts = [
            system_name(result.choice, self.catalog),
            workload.name,
            measurement_text(result.measurement, workload),
            tr("batch {batch}", batch=format_number(result.global_batch)) if result.global_batch else "",
            result.release,
        ]
        return " · ".join(part for part in parts if part)
