"""Several gains at once: more or less of a combination meets the ends of the interval, as far as its bounds reach."""

import pytest

from ipuwhatif.analysis.seek import reach
from ipuwhatif.analysis.seek.combined import COMBINED, along_combination, cheapest
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario

POD64 = SystemChoice("ipu-pod", 64)


@pytest.fixture
def case(world: World, scenario: Scenario) -> Case:
    return case_of(scenario, POD64, world.levers, world.catalog)


@pytest.fixture
def bounds(world: World, case: Case) -> dict[str, tuple[float, float]]:
    return {key: reach.range_of(world.levers[key], case) for key in COMBINED}


def ends_at(world: World, case: Case, **gains: float) -> tuple[float, float]:
    times = solve(world, [reach.moved(case, gains, world.levers)]).intervals.time
    return float(times.low[0]), float(times.high[0])


def test_that_much_more_of_a_small_change_is_found(world: World, case: Case, bounds) -> None:
    small = {"compute_gain": 1.001, "link_bandwidth_gain": 1.0, "clock": 1.0}
    for wanted in (1.05, 1.5, 1.95):
        low, high = ends_at(world, case, compute_gain=wanted)
        hopeful, _ = along_combination(world, case, small, bounds, low)
        _, certain = along_combination(world, case, small, bounds, high)
        for found in (hopeful, certain):
            assert found is not None and found["compute_gain"] == pytest.approx(
                wanted, rel=4e-3
            )  # at 1.5 the time hardly moves
            assert found["link_bandwidth_gain"] == found["clock"] == 1.0


def test_that_a_combination_ends_at_its_bounds(world: World, case: Case, bounds) -> None:
    both = {"compute_gain": 1.2, "link_bandwidth_gain": 1.0, "clock": 1.1}
    low, high = ends_at(world, case, compute_gain=2.0, clock=1.5)
    assert along_combination(world, case, both, bounds, 0.99 * low) == (None, None)
    hopeful, certain = along_combination(world, case, both, bounds, 1.001 * high)
    assert hopeful is not None and certain is not None
    assert hopeful["clock"] < certain["clock"] <= 1.5 and hopeful["compute_gain"] < certain["compute_gain"] <= 2.0


def test_that_a_large_change_beside_a_tiny_one_is_found_as_well(world: World, case: Case, bounds) -> None:
    gains = {"compute_gain": 1.5, "link_bandwidth_gain": 1.0002, "clock": 1.0}
    low, _ = ends_at(world, case, **gains)
    hopeful, _ = along_combination(world, case, gains, bounds, low)
    assert hopeful is not None and hopeful["compute_gain"] == pytest.approx(1.5, rel=5e-3)


def test_that_nothing_moves_where_an_end_is_met_already(world: World, case: Case, bounds) -> None:
    low, high = ends_at(world, case)
    still = dict.fromkeys(COMBINED, 1.0)
    assert along_combination(world, case, still, bounds, high) == (still, still)
    hopeful, certain = along_combination(world, case, still, bounds, 0.5 * (low + high))
    assert hopeful == still and certain is not None and len(set(certain.values())) == 1 < certain["clock"]


def test_that_the_cheapest_is_no_change_where_the_target_is_met_and_none_where_it_cannot_be(
    world: World, case: Case, bounds
) -> None:
    present = float(reach.times_of(world, [case])[0])
    assert cheapest(world, case, bounds, 1.1 * present) == dict.fromkeys(COMBINED, 1.0)
    assert cheapest(world, case, bounds, 0.1 * present) is None
