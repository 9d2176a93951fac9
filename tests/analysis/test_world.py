"""The shipped resources belong together."""

from ipuwhatif.analysis.world import World, load_world


def test_that_the_resources_are_read_once_and_fit_each_other(world: World) -> None:
    assert load_world() is load_world()
    assert world.calibration.evidence_hash == world.catalog.evidence_hash
    assert {"compute_gain", "link_bandwidth_gain", "clock", "global_batch"} <= set(world.levers)
