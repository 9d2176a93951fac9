"""Fill, update and host wait by hand."""

import pytest

from ipuwhatif.model.step import clock_slowdown, host_wait, pipeline_fill, step_effect, update_time
from tests.model.synthetic import column, inputs, parameters


@pytest.mark.parametrize(("stages", "fill"), [(1, 0.0), (2, 2.0), (8, 14.0)])
def test_that_a_pipeline_fills_and_drains_once_a_step(stages: int, fill: float) -> None:
    assert pipeline_fill(inputs(stages=stages))[0] == fill


def test_that_only_a_share_of_the_step_follows_the_clock() -> None:
    known = parameters(clock_share=0.4)
    assert clock_slowdown(inputs(), known)[0, 0] == 1.0
    assert clock_slowdown(inputs(clock=2.0), known)[0, 0] == pytest.approx(0.6 + 0.4 / 2, rel=1e-12)
    assert clock_slowdown(inputs({"clock_ratio": 1.25}), known)[0, 0] == pytest.approx(0.6 + 0.4 / 1.25, rel=1e-12)


def test_that_the_update_follows_the_parameters_held() -> None:
    known = parameters(update=2e-11, clock_share=0.0)
    assert update_time(inputs(), known)[0, 0] == pytest.approx(0.02, rel=1e-12)
    assert update_time(inputs(held_parameters=2.5e8), known)[0, 0] == pytest.approx(0.005, rel=1e-12)
    half = inputs({"update_bandwidth_ratio": 0.5})
    assert update_time(half, known)[0, 0] == pytest.approx(0.01, rel=1e-12)


def test_that_jobs_without_entries_launch_an_update_a_tensor_as_slowly_as_their_framework_does() -> None:
    known = parameters(update=2e-11, clock_share=0.0, launch=1e-5)
    slow = parameters(update=2e-11, clock_share=0.0, launch=1e-5, launch_effect=8.0)
    launched = inputs({"update_launches": 161.0})
    assert update_time(launched, known)[0, 0] == pytest.approx(0.02 + 161e-5, rel=1e-12)
    assert update_time(launched, slow)[0, 0] == pytest.approx(0.02 + 8 * 161e-5, rel=1e-12)
    assert update_time(inputs(), slow)[0, 0] == pytest.approx(0.02, rel=1e-12)  # entries update all tensors at once


def test_that_chips_that_share_the_update_do_their_part_of_it() -> None:
    known = parameters(update=2e-11, clock_share=0.0, launch=1e-5)
    shared = {"shares_update": 1.0, "update_launches": 161.0}
    assert update_time(inputs(shared, replicas=64), known)[0, 0] == pytest.approx(0.02 / 64 + 161e-5, rel=1e-12)
    assert update_time(inputs(replicas=64), known)[0, 0] == pytest.approx(0.02, rel=1e-12)


@pytest.mark.parametrize(("rounds", "factor"), [(0.0, 1.0), (2.0, 2.25), (-1.0, 1 / 1.5)])
def test_that_the_wait_for_the_host_drifts_with_its_software_and_the_update_does_not(
    rounds: float, factor: float
) -> None:
    known = parameters(
        update=2e-11, clock_share=0.0, step_fixed=1e-3, step_drift=1.5, drift=1.2, step_effect=1.1, launch=1e-5
    )
    case = inputs({"rounds_ago": rounds, "update_launches": 161.0}, off_chip=1.0)
    assert step_effect(case, known)[0, 0] == pytest.approx(1.1 * factor, rel=1e-12)
    assert host_wait(case, known)[0, 0] == pytest.approx(1.1e-3 * factor, rel=1e-12)
    now = inputs({"update_launches": 161.0}, off_chip=1.0)
    assert update_time(case, known)[0, 0] == update_time(now, known)[0, 0]


def test_that_state_off_the_chip_is_streamed_once_a_step_in_shares() -> None:
    known = parameters(update=2e-11, clock_share=0.0, off_chip_efficiency=0.5)
    # 16 bytes for each of 1e9 parameters, an eighth a replica, at 1e10 · 0.5 bytes a second
    streamed = 16 * 1e9 / 8 / 5e9
    assert update_time(inputs(off_chip=1.0), known)[0, 0] == pytest.approx(0.02 + streamed, rel=1e-12)


def test_that_a_host_serves_its_chips_one_after_the_other() -> None:
    known = parameters(step_fixed=1e-3, step_effect=2.0, clock_share=0.0)
    assert host_wait(inputs(), known)[0, 0] == pytest.approx(2e-3, rel=1e-12)
    assert host_wait(inputs(host_load=2.5), known)[0, 0] == pytest.approx(5e-3, rel=1e-12)


def test_that_a_framework_adds_what_it_does_between_two_steps_and_an_update_of_its_own() -> None:
    known = parameters(step_fixed=1e-3, clock_share=0.0, framework_step=5e-3)
    assert host_wait(inputs(host_load=2.0), known)[0, 0] == pytest.approx(7e-3, rel=1e-12)
    once, thrice = (parameters(update=2e-11, clock_share=0.0, update_effect=effect) for effect in (1.0, 3.0))
    assert update_time(inputs(), thrice)[0, 0] == pytest.approx(3.0 * update_time(inputs(), once)[0, 0], rel=1e-12)


def test_that_terms_have_a_row_for_each_draw_and_a_column_for_each_case() -> None:
    two = inputs(host_load=column(1.0, 2.0), clock=column(1.0, 1.0))
    three = parameters(step_fixed=1e-3).repeat(3, axis=0)
    assert host_wait(two, three).shape == (3, 2)
