"""When runs are done, for the window; where something of a run has to be stated, published figures are offered."""

from collections.abc import Iterable
from types import MappingProxyType

from ipuwhatif.analysis.finish.finish import finish, lacking, lacking_text, published_terms
from ipuwhatif.analysis.finish.initialisation import LEVER as INITIALISATION
from ipuwhatif.analysis.finish.initialisation import as_entries_had
from ipuwhatif.analysis.world import World
from ipuwhatif.figures.finish.finish import finish_figure
from ipuwhatif.figures.words import sentence
from ipuwhatif.gui.answering.fault_texts import fault_text
from ipuwhatif.gui.answering.reply import UNDO, Reply, WayOut
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit, set_lever
from ipuwhatif.scenario.levers import EVERY
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import run_on, tr

MOST_WAYS = 2  # published figures that are offered of one lever


def finish_answer(world: World, scenario: Scenario, size: tuple[int, int], draws: int | None) -> Reply:
    """When each system is done, or what has to be stated before that can be told."""
    lacks = lacking(world, scenario)
    if lacks:
        told = tr(
            "{what} (at the left, under “Failures and restarts”)", what=sentence(lacking_text(lacks[0])).rstrip(".")
        )
        instead = ("storage_bandwidth",) if lacks[0] == "checkpoint_cost" else ()
        ways = _published_ways(world, scenario, (lacks[0], *instead), 1 if instead else MOST_WAYS)
        return Reply(None, f"{told}.", ways=(*ways, WayOut(tr("Undo"), act=UNDO)))
    found = finish(world, scenario, draws)
    missing = {each.choice: each.reason for each in found.missing}
    told, ways = fault_text(world.catalog, scenario, None, missing), ()
    if not found.fails and draws is None:
        ways = (*_named_ways(world, scenario), *_initialisation_way(world, scenario))
        told = run_on((told, tr("No failures are counted. Published records to take:")))
    layouts = {run.projection.choice.key: run.projection.layout for run in found.runs}
    figure = finish_figure(found, scenario, *size)
    return Reply(figure, told, layouts=MappingProxyType(layouts), reasons=missing, ways=ways)


def _named_ways(world: World, scenario: Scenario) -> tuple[WayOut, ...]:
    """The published rates of failures by name alone: they stand beside a chart and the words that say what they are."""
    terms = published_terms("failure_rate")[:MOST_WAYS]
    return tuple(
        WayOut(term.name, way.edit)
        for term, way in zip(terms, _published_ways(world, scenario, ("failure_rate",), MOST_WAYS), strict=True)
    )


def _initialisation_way(world: World, scenario: Scenario) -> tuple[WayOut, ...]:
    """What entries took before their clock, for each system, where it is not stated and entries tell."""
    found = as_entries_had(world.catalog, scenario)
    if not found or any(name.endswith(f".{INITIALISATION}") for name in scenario.levers):
        return ()
    changed = replace(scenario, levers={**scenario.levers, **found})
    words = tr("Initialisation as entries had it")
    return (WayOut(words, Edit(changed, words)),)


def _published_ways(world: World, scenario: Scenario, levers: Iterable[str], most: int) -> tuple[WayOut, ...]:
    """Published figures of some levers as edits, each named by what it was published of."""
    ways = []
    for key in levers:
        for term in published_terms(key)[:most]:
            lever = world.levers[key]
            edit = set_lever(scenario, EVERY, lever, term.value, world.catalog)
            words = tr("{lever} {value}: {name}", lever=lever.name, value=lever.format(term.value), name=term.name)
            ways.append(WayOut(words, edit))
    return tuple(ways)
