"""A network file that is dropped on the window: the workload of the scenario from there on."""

from pathlib import Path

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.importers.networks.network_file import NetworkFile, not_timed_text
from ipuwhatif.importers.networks.read import read_network
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit, set_workload
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.sizes import TRANSFORMER, own_or_set
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number


def take_network(question: Question, path: Path, catalog: Catalog) -> str:
    """Ask about the network of a file, as one step that can be undone; what was taken, in a line.

    InputError for a file that is not read, or whose network is counted and not timed.
    """
    found = read_network(path)
    if not found.layers:
        raise InputError(not_timed_text(found))
    question.apply(network_edit(question.scenario, found, catalog))
    counted = tr("{count} parameters", count=format_number(found.network.parameters))
    return tr("; ").join((f"{found.file}: {counted}", *found.notes))


def network_edit(scenario: Scenario, found: NetworkFile, catalog: Catalog) -> Edit:
    """The scenario about a transformer of the sizes that a file states; its amount of work stays where it was one."""
    if scenario.workload != TRANSFORMER:
        scenario = set_workload(scenario, TRANSFORMER, catalog).scenario
    layers = own_or_set(found.layers, catalog.workloads[TRANSFORMER])
    return Edit(replace(scenario, layers=layers), tr("Network {file}", file=found.file))
