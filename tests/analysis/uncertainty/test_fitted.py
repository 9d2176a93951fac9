"""The parameters that a projection rests on."""

import numpy as np
import pytest

from ipuwhatif.analysis.solving.point import project_point
from ipuwhatif.analysis.uncertainty.fitted import fitted_of, unbounded
from ipuwhatif.analysis.world import World
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.model.parameters import prior_center
from ipuwhatif.scenario.scenario import FIRST_START


def test_that_the_parameter_that_moves_the_time_most_is_first(world: World) -> None:
    found = fitted_of(world, project_point(world, FIRST_START, "ipu-pod", 16))
    swings = [each.swing for each in found]
    assert swings == sorted(swings, reverse=True) and swings[0] > 0.01
    assert {each.group for each in found} >= {"ops", "memory", "floor", "start_up"}
    names = [each.part.parameter.name for each in found]
    assert len(set(names)) == len(names) and not any(".gpu" in name for name in names)


def test_that_a_parameter_lies_in_its_own_draws(world: World) -> None:
    for each in fitted_of(world, project_point(world, FIRST_START, "dgx-a100", 8)):
        assert each.part.low < each.part.high
        assert each.part.low / 2.0 < each.part.center < each.part.high * 2.0


def test_that_a_parameter_is_told_where_its_draws_are_narrower_than_its_prior(world: World) -> None:
    found = {
        each.part.parameter.name: each for each in fitted_of(world, project_point(world, FIRST_START, "ipu-pod", 16))
    }
    assert found["efficiency.ipu.dense_convolution"].told
    assert not found["link_efficiency.ipu"].told


def test_that_unbounded_undoes_what_the_model_reads() -> None:
    columns = np.arange(len(all_parameters()))
    medians = np.array([[parameter.median for parameter in all_parameters()]])
    assert unbounded(medians, columns)[0] == pytest.approx(prior_center())
