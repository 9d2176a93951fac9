"""The full projection behind one point of a scaling curve, asked for when somebody wants to know why."""

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario


def project_point(world: World, scenario: Scenario, system: str, chips: int) -> Projection:
    """A system at a chip count, under the scenario's levers. InputError where the job cannot run there."""
    return project(
        learning(world, scenario), case_of(scenario, SystemChoice(system, chips), world.levers, world.catalog)
    )
