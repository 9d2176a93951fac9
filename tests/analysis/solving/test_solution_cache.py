"""What is kept is what would be worked out anew, and belongs to one world only."""

import numpy as np
import pytest

from ipuwhatif.analysis.solving.solution_cache import SharedWorld, kept_center, kept_solution
from ipuwhatif.analysis.solving.solve import solve, solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError


def test_that_a_kept_solution_is_the_one_that_would_be_worked_out(world: World, scenario: Scenario) -> None:
    cases = tuple(case_of(scenario, choice, world.levers, world.catalog) for choice in scenario.systems)
    kept = kept_solution(SharedWorld(world), cases, 16)
    assert kept_solution(SharedWorld(world), cases, 16) is kept
    fresh = solve(world, cases, 16)
    assert np.array_equal(kept.center.time_to_train, fresh.center.time_to_train)
    assert np.array_equal(kept.intervals.time.low, fresh.intervals.time.low)
    center = kept_center(SharedWorld(world), cases)
    assert np.array_equal(center.time_to_train, solve_center(world, cases).time_to_train)


def test_that_another_calibration_is_another_world(world: World, scenario: Scenario) -> None:
    cases = tuple(case_of(scenario, choice, world.levers, world.catalog) for choice in scenario.systems)
    center = world.calibration.center.copy()
    center *= 1.01
    other = replace(world, calibration=replace(world.calibration, center=center))
    assert SharedWorld(other) != SharedWorld(world)
    times = kept_center(SharedWorld(world), cases).time_to_train
    assert not np.array_equal(kept_center(SharedWorld(other), cases).time_to_train, times)


def test_that_a_fault_is_told_each_time(world: World, bert: Scenario) -> None:
    cases = (case_of(bert, SystemChoice("ipu-pod", 1), world.levers, world.catalog),)
    for _ in range(2):
        with pytest.raises(InputError):
            kept_center(SharedWorld(world), cases)
