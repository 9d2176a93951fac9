"""Completes the reply for one number when it is asked for: a point of a curve in full, and what the user measured."""

from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import Why
from ipuwhatif.model.case import BEST
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError

PROJECTION = "projection/"


def completed(why: Why, world: World, scenario: Scenario) -> Why:
    """The reply with what is too slow to be made for every number.

    That is formula and inputs of a point of a curve, the fitted parameters behind a projection, and how it stands to
    what the user has measured.
    """
    choice = projected_choice(why.key, world) or _part_choice(why.key, world)
    if choice is None:
        return why
    from ipuwhatif.analysis.solving.point import project_point
    from ipuwhatif.analysis.uncertainty.fitted import fitted_of
    from ipuwhatif.figures.why.fitted import fitted_section
    from ipuwhatif.figures.why.why import is_whole, projection_why

    sections, whole = why.sections, is_whole(why)
    asked = scenario if whole else replace(scenario, policy=BEST)  # along a curve every layout is searched
    projection = project_point(world, asked, choice.system, choice.chips)
    told = () if whole else projection_why(projection).sections
    sections = (*sections, *told, fitted_section(fitted_of(world, projection)))
    measurement = scenario.measurements.get(choice.key)
    if choice in scenario.systems and measurement is not None:
        from ipuwhatif.analysis.uncertainty.measured import hold
        from ipuwhatif.figures.why.measured import measured_section

        sections = (measured_section(hold(world, scenario, choice, measurement)), *sections)
    return replace(why, sections=sections)


def own_measurement(key: str, world: World, scenario: Scenario) -> str | None:
    """What the user has measured on the system of a number, in words; None where the number is of no ticked system."""
    choice = projected_choice(key, world)
    if choice is None or choice not in scenario.systems:
        return None
    measurement = scenario.measurements.get(choice.key)
    if measurement is None:
        return ""
    from ipuwhatif.figures.scenarios.own_figures import measurement_text

    return measurement_text(measurement, world.catalog.workloads[scenario.workload])


def _part_choice(key: str, world: World) -> SystemChoice | None:
    """The system at a size whose largest part of the time a ribbon shows: "part/ipu-pod/64"."""
    kind, _, name = key.partition("/")
    return projected_choice(f"{PROJECTION}{name.replace('/', ':')}", world) if kind == "part" else None


def projected_choice(key: str, world: World) -> SystemChoice | None:
    """The system at a size whose projection a key asks about; None for any other key."""
    if not key.startswith(PROJECTION) or ":" not in key:
        return None
    try:
        return parse_system(key.removeprefix(PROJECTION), world.catalog)
    except InputError:
        return None
