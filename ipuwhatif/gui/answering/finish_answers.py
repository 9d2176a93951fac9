"""When runs are done, for the window; what has to be stated of failures is asked for over the chart."""

from collections.abc import Sequence
from types import MappingProxyType

from ipuwhatif.analysis.finish.finish import finish, lacking, published_terms
from ipuwhatif.analysis.finish.initialisation import LEVER as INITIALISATION
from ipuwhatif.analysis.finish.initialisation import as_entries_had
from ipuwhatif.analysis.finish.reasons import Lacks
from ipuwhatif.analysis.world import World
from ipuwhatif.figures.finish.finish import finish_figure
from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.scenarios.lever_words import lever_name, value_text
from ipuwhatif.gui.answering.fault_texts import fault_text
from ipuwhatif.gui.answering.last_asked import last_asked
from ipuwhatif.gui.answering.reply import Reply, WayOut
from ipuwhatif.gui.answering.ways_out import way_to_state
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit, set_lever
from ipuwhatif.scenario.levers import EVERY
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import run_on, tr
from ipuwhatif.units import told

MOST_WAYS = 2  # published records of failures that are offered
_COUNTED = ("failure_rate", "checkpoint_interval", "spares")  # levers that ask for others, by key
#: The lever whose published figure does for another's, whatever the size of the job.
_INSTEAD = {"checkpoint_cost": "storage_bandwidth"}


def finish_answer(world: World, scenario: Scenario, size: tuple[int, int], draws: int | None) -> Reply:
    """When each system is done; failures are counted once everything that goes with them is stated."""
    lacks = lacking(world, scenario)
    counted = _without_failures(scenario) if lacks else scenario
    found = last_asked(finish, world, counted, draws)
    missing = {each.choice: told(each.reason) for each in found.missing}
    text = fault_text(world.catalog, scenario, None, missing, brief=True)
    ways: tuple[WayOut, ...] = ()
    if lacks:
        text = run_on((text, tr("Failures are counted when this is stated as well:")))
        ways = _ways_to_count(world, scenario, lacks)
    elif not found.fails and draws is None:
        ways = (*_named_ways(world, scenario), *_initialisation_way(world, scenario))
        text = run_on((text, tr("No failures are counted. Published records to take:")))
    layouts = {run.projection.choice.key: run.projection.layout for run in found.runs}
    return Reply(
        finish_figure(found, counted, *size),
        text,
        fault_text(world.catalog, scenario, None, missing),
        MappingProxyType(layouts),
        missing,
        ways=ways,
    )


def _without_failures(scenario: Scenario) -> Scenario:
    levers = {name: value for name, value in scenario.levers.items() if name.rpartition(".")[2] not in _COUNTED}
    return replace(scenario, levers=levers)


def _ways_to_count(world: World, scenario: Scenario, lacks: Sequence[str]) -> tuple[WayOut, ...]:
    """A field for each lever that is to be stated, and published figures for all of them with one click."""
    fields = []
    for key in lacks:
        lever = world.levers[key]
        published = [
            tr("{value}: {name}", value=value_text(lever, each.value), name=each.name) for each in published_terms(key)
        ]
        tip = sentence(told(Lacks(key))) + "".join(f"\n{each}" for each in published)
        fields.append(way_to_state(world, scenario, EVERY, lever, lever_name(lever), tip=tip))
    terms = [terms[0] for key in lacks if (terms := published_terms(_INSTEAD.get(key, key)))]
    if len(terms) < len(lacks):
        return tuple(fields)
    changed = scenario
    for term in terms:
        changed = set_lever(changed, EVERY, world.levers[term.lever], term.value, world.catalog).scenario
    figures = [
        tr("{lever} {value}", lever=lever_name(of := world.levers[term.lever]), value=value_text(of, term.value))
        for term in terms
    ]
    words = tr("As published: {figures}", figures=tr("; ").join(figures))
    tip = "\n".join(
        tr("{value}: {name}", value=figure, name=told(term.name)) for figure, term in zip(figures, terms, strict=True)
    )
    return (*fields, WayOut(words, Edit(changed, words), tip=tip))


def _named_ways(world: World, scenario: Scenario) -> tuple[WayOut, ...]:
    """The published rates of failures by name alone: they stand beside a chart and the words that say what they are."""
    lever = world.levers["failure_rate"]
    return tuple(
        WayOut(
            told(term.name),
            set_lever(scenario, EVERY, lever, term.value, world.catalog),
            tip=tr("{lever} {value}", lever=lever_name(lever), value=value_text(lever, term.value)),
        )
        for term in published_terms(lever.key)[:MOST_WAYS]
    )


def _initialisation_way(world: World, scenario: Scenario) -> tuple[WayOut, ...]:
    """What entries took before their clock, for each system, where it is not stated and entries tell."""
    found = as_entries_had(world.catalog, scenario)
    if not found or any(name.endswith(f".{INITIALISATION}") for name in scenario.levers):
        return ()
    changed = replace(scenario, levers={**scenario.levers, **found})
    words = tr("Initialisation as entries had it")
    return (WayOut(words, Edit(changed, words)),)
