"""Many cases as one call."""

import pytest

from ipuwhatif.analysis.solving.solve import solve, solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case

CASES = [
    Case("resnet50", SystemChoice("ipu-pod", 16), "2021-12", "closed"),
    Case("bert-large", SystemChoice("dgx-a100", 8), "2021-12", "closed", AS_SUBMITTED),
    Case("bert-large", SystemChoice("bow-pod", 64), "2021-06", "open"),
]


def test_that_the_centre_alone_is_the_centre_of_the_whole(world: World) -> None:
    whole, center = solve(world, CASES, draws=4), solve_center(world, CASES)
    assert (whole.center.time_to_train == center.time_to_train).all()
    assert whole.center.time_to_train.shape == (1, len(CASES))
    assert len(whole.layouts) == len(whole.supports) == len(CASES)


def test_that_only_a_submitted_recipe_is_known(world: World) -> None:
    assert (solve(world, CASES, draws=2).inputs.recipe_weight > 0).tolist() == [False, True, False]


@pytest.mark.parametrize("draws", [2, 64, 256, None])
def test_that_draws_change_the_interval_and_never_the_median(world: World, draws: int | None) -> None:
    solution = solve(world, CASES, draws)
    assert (solution.center.time_to_train == solve_center(world, CASES).time_to_train).all()
    assert (solution.intervals.time.low < solution.intervals.time.high).all()
