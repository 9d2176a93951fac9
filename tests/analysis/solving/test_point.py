"""The projection behind a point of a scaling curve."""

import pytest

from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.solving.point import project_point
from ipuwhatif.analysis.world import World
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError


@pytest.mark.parametrize("levers", [{}, {"ipu.compute_gain": 1.3}])
def test_that_it_says_what_the_curve_says(world: World, levers: dict[str, float]) -> None:
    scenario = replace(FIRST_START, levers=levers)
    curves = {curve.system: curve for curve in scaling(world, scenario, 16, 128).curves}
    curve = curves["ipu-pod"]
    for chips in (32, 128):
        place = curve.chips.index(chips)
        time = project_point(world, scenario, "ipu-pod", chips).time_to_train_s
        expected = (curve.median[place], curve.low[place], curve.high[place])
        assert (time.median, time.low, time.high) == pytest.approx(expected)


def test_that_a_size_that_cannot_run_is_refused(world: World) -> None:
    with pytest.raises(InputError):
        project_point(world, replace(FIRST_START, workload="bert-large"), "ipu-pod", 2)
