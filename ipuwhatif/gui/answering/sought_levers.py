"""The levers over which a target can be sought for a system."""

from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.scenarios.lever_words import lever_name
from ipuwhatif.scenario.levers import GAIN, LEVER

NOT_SOUGHT = "on_chip_memory"  # a larger memory changes times by steps, so no target is sought over it


def sought_levers(world: World, choice: SystemChoice | None) -> dict[str, str]:
    """Their names by key, of the system that is looked at; none without one."""
    if choice is None:
        return {}
    family = world.catalog.systems[choice.system].family
    return {
        lever.key: lever_name(lever)
        for lever in world.levers.values()
        if lever.kind == LEVER
        and lever.is_for(family)
        and ((lever.target == GAIN and lever.field != NOT_SOUGHT) or lever.key == "global_batch")
    }
