"""What can be done where a question has no answer, each as an edit that is one click away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ipuwhatif.analysis.compare import reasons_not_to_run
from ipuwhatif.analysis.cost.economics import CARBON, Bill
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.scenarios.lever_words import lever_name, value_text
from ipuwhatif.figures.scenarios.names import policy_name
from ipuwhatif.gui.answering.fault_texts import names_of
from ipuwhatif.gui.answering.reply import FIND, UNDO, WayOut
from ipuwhatif.model.case import AS_SUBMITTED, BEST
from ipuwhatif.model.holding import fewest_to_fit
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit, set_lever, set_policy, set_release, tick_system
from ipuwhatif.scenario.levers import EVERY, Lever
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START, MOST_SYSTEMS, Scenario
from ipuwhatif.scenario.typed_levers import parse_value
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, told

MOST_TICKS = 2  # larger systems that are offered at once


def ways_to_tick(scenario: Scenario) -> tuple[WayOut, ...]:
    """What to do where no system is ticked: those of the first start, the step before, or any by its name."""
    name = tr("Tick the systems of the first start")
    ticked = replace(scenario, systems=FIRST_START.systems, reference=FIRST_START.reference)
    return WayOut(name, Edit(ticked, name)), WayOut(tr("Undo"), act=UNDO), WayOut(tr("Find a system"), act=FIND)


def ways_to_run(
    world: World, scenario: Scenario, reasons: Mapping[SystemChoice, str], alone: bool = False
) -> tuple[WayOut, ...]:
    """What lets systems run the job that cannot: another layout, or the smallest system of their kind that can.

    alone: there is no answer beside it, so that the step before can be undone as well.
    """
    found: list[WayOut] = []
    edit = set_policy(scenario, BEST)
    if scenario.policy == AS_SUBMITTED and len(reasons_not_to_run(world, edit.scenario)) < len(reasons):
        found.append(WayOut(tr("Use the layout “{best}”", best=policy_name(BEST)), edit))
    elif len(scenario.systems) < MOST_SYSTEMS:
        for choice in list(_smallest(world, scenario, reasons))[:MOST_TICKS]:
            name = tr("Tick {name}", name=system_name(choice, world.catalog))
            found.append(WayOut(name, tick_system(scenario, choice, True, world.catalog)))
    return (*found, WayOut(tr("Undo"), act=UNDO)) if alone else tuple(found)


def too_early(world: World, scenario: Scenario, choices: Sequence[SystemChoice]) -> tuple[str, tuple[WayOut, ...]]:
    """That the software is older than the first official result of systems, and the date from which on each has one;
    nothing where none is.
    """
    first: dict[SystemChoice, str] = {}
    asked = scenario.workload, scenario.recipe
    for entry in world.catalog.official:
        choice = entry.choice
        if choice is not None and choice in choices and (entry.workload, entry.division) == asked:
            first[choice] = min(entry.release, first.get(choice, entry.release))
    early = [choice for choice in choices if first.get(choice, "") > scenario.release]
    if not early:
        return "", ()
    release = max(first[choice] for choice in early)
    names = names_of(world.catalog, early)
    message = tr(
        "{names}: projected only, official results begin after {release}.", names=names, release=scenario.release
    )
    edit = set_release(scenario, release)
    return message, (WayOut(told(edit.name), edit),)


def ways_to_state(world: World, scenario: Scenario, bills: Sequence[Bill], measure: str) -> tuple[WayOut, ...]:
    """Fields for what energy and carbon lack: the carbon of the site's electricity, and the power of systems."""
    found = []
    if measure == CARBON and bills and all("carbon_intensity" not in bill.settings for bill in bills):
        lever = world.levers["carbon_intensity"]
        found.append(way_to_state(world, scenario, EVERY, lever, lever_name(lever)))
    powerless = [bill.projection.choice for bill in bills if bill.power.value is None]
    for choice in powerless[:MOST_TICKS]:
        name = tr("Power of {name}", name=system_name(choice, world.catalog))
        found.append(way_to_state(world, scenario, choice.key, world.levers["power_kw"], name, choice.chips))
    return tuple(found)


def way_to_state(
    world: World, scenario: Scenario, scope: str, lever: Lever, name: str, chips: int | None = None, tip: str = ""
) -> WayOut:
    """A field for one lever of the scenario."""

    def read(text: str) -> Edit:
        return set_lever(scenario, scope, lever, parse_value(text, lever, chips), world.catalog)

    return WayOut(name, read=read, example=value_text(lever, lever.parts[0][0]), tip=tip)


def _smallest(world: World, scenario: Scenario, choices: Iterable[SystemChoice]) -> Iterator[SystemChoice]:
    """The smallest system of each kind that runs the job and is not ticked; every one is put to the model."""
    seen = set(scenario.systems)
    for choice in choices:
        try:
            chips = fewest_to_fit(world.catalog, case_of(scenario, choice, world.levers, world.catalog))
        except InputError:
            continue
        larger = SystemChoice(choice.system, chips)
        if not chips or larger in seen or chips > world.catalog.systems[choice.system].maximum_chips:
            continue
        seen.add(larger)
        if not reasons_not_to_run(world, replace(scenario, systems=(larger,))):
            yield larger
