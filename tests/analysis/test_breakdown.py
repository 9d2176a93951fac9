"""The parts of a time add up to it, in seconds and in shares."""

import math

import pytest

from ipuwhatif.analysis.breakdown import breakdown
from ipuwhatif.analysis.world import World
from ipuwhatif.scenario.scenario import Scenario


def test_that_the_parts_add_up_to_the_time_and_the_shares_to_one(world: World, scenario: Scenario) -> None:
    answer = breakdown(world, scenario, draws=4)
    assert [stack.projection.choice for stack in answer.stacks] == list(scenario.systems)
    for stack in answer.stacks:
        whole = stack.projection.time_to_train_s.median
        assert math.fsum(each.seconds for each in stack.slices) == pytest.approx(whole, rel=1e-12)
        assert math.fsum(each.share for each in stack.slices) == pytest.approx(1.0, rel=1e-12)


def test_that_parts_nobody_spends_time_on_are_left_out(world: World, scenario: Scenario, bert: Scenario) -> None:
    assert "pipeline_bubble" not in breakdown(world, scenario, draws=4).parts
    assert "pipeline_bubble" in breakdown(world, bert, draws=4).parts


def test_that_a_moved_lever_leaves_the_parts_as_they_were_beside_those_it_makes(
    world: World, scenario: Scenario
) -> None:
    plain = breakdown(world, scenario, draws=4)
    moved = breakdown(world, scenario.with_lever("ipu.compute_gain", 1.3), draws=4)
    for before, after in zip(plain.stacks, moved.stacks, strict=True):
        if after.projection.choice.system == "dgx-a100":
            assert all(each.before_s is None for each in after.slices)
            continue
        assert [each.before_s for each in after.slices] == [each.seconds for each in before.slices]
        assert after.slices[0].seconds < before.slices[0].seconds
