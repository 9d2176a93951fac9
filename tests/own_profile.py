"""A world with a profile of the user's own, called "ours"."""

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.store import calibration_hash
from ipuwhatif.importers.profiles import brought_profile
from ipuwhatif.records import replace
from ipuwhatif.scenario.profiles import ProfileRun, read_profile


def with_profile(world: World, *runs: ProfileRun) -> World:
    text = brought_profile("ours", runs, calibration_hash(world.calibration), world.catalog).text
    return replace(world, profiles={"ours": read_profile(text, "ours", world.catalog)})
