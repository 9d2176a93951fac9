"""A network file that is dropped on the window: a job of its own, and the workload of the scenario from there on."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ipuwhatif.catalog.types import Catalog, Workload
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.mine.reading import read_beside
from ipuwhatif.importers.networks.bring import ask_about
from ipuwhatif.importers.networks.read import read_network
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit, set_workload
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told


def take_network(question: Question, path: Path, catalog: Catalog, parent: QWidget) -> str:
    """Ask about the network of a file, as one step that can be undone; what was taken, in a line, or "".

    parent: over which a long file is waited for. InputError for a file that is not read.
    """
    found = read_beside(parent, path.name, lambda: read_network(path))
    if found is None:
        return ""
    job = ask_about(found)
    question.apply(network_edit(question.scenario, job, found.file, catalog))
    counted = tr("{count} parameters", count=format_number(found.network.parameters))
    return tr("; ").join((f"{found.file}: {counted}", *map(told, found.notes)))


def network_edit(scenario: Scenario, job: Workload, file: str, catalog: Catalog) -> Edit:
    """The scenario about the job of a file; so many tokens that were stated of another network stay."""
    changed = set_workload(scenario, job.key, catalog).scenario
    before = catalog.workloads[scenario.workload]
    if scenario.samples is not None and before.tokens_per_sample and job.tokens_per_sample:
        samples = scenario.samples * before.tokens_per_sample / job.tokens_per_sample
        changed = replace(changed, samples=samples)
    return Edit(changed, tr("Network {file}", file=file))
