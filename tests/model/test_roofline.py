"""Micro-batch times by hand: one op bound by arithmetic, one by memory."""

import numpy as np
import pytest

from ipuwhatif.model import roofline
from ipuwhatif.model.parameters import parameter_index
from ipuwhatif.model.roles.names import ROLES
from ipuwhatif.model.roofline import bound_time, elementwise_traffic, micro_batch_time, slowdown
from ipuwhatif.records import replace
from tests.model.synthetic import column, inputs, parameters

# Four samples; first op: 4e12 FLOPs at 1e14 · 0.5, second: 4e10 bytes at 1e12 · 0.5.
ARITHMETIC, MEMORY = 0.08, 0.08
LAUNCH = 15 * 1e-5
KNOWN = parameters(memory_efficiency=0.5, launch=1e-5)


@pytest.fixture(autouse=True)
def _sharp_knee(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Times by hand are those of a sharp knee; tests of the knee itself have it as it is."""
    if "knee" not in request.node.name:
        monkeypatch.setattr(roofline, "KNEE", 0.0)


def test_that_the_knee_lifts_an_op_where_both_roofs_meet_and_nowhere_else() -> None:
    one = np.ones(1)
    assert bound_time(one, one) == pytest.approx(1.0 + roofline.KNEE / 2.0)
    assert bound_time(one, one / 100.0) == pytest.approx(1.0, rel=1e-4)
    assert bound_time(one, one / 2.0) == bound_time(one / 2.0, one) == pytest.approx(1.0, rel=6e-3)
    assert bound_time(one, 0.0 * one) == 1.0


def test_that_the_knee_is_round_and_an_op_never_faster_for_more_work() -> None:
    memory = np.linspace(0.0, 3.0, 3001)
    time = bound_time(np.ones(3001), memory)
    assert (time >= np.maximum(1.0, memory) * (1.0 - 1e-15)).all()
    slope = np.diff(time) / np.diff(memory)
    assert (slope >= 0.0).all() and (np.diff(slope) >= -1e-9).all()  # it bends one way
    assert np.abs(np.diff(slope)).max() < 0.011  # and has no edge
    assert bound_time(7.0 * np.ones(1), 7.0 * memory[1:2]) == pytest.approx(7.0 * time[1])


def test_that_each_op_goes_wholly_to_the_side_that_binds() -> None:
    time = micro_batch_time(inputs(), KNOWN)
    assert time.compute[0, 0] == pytest.approx(ARITHMETIC, rel=1e-12)
    assert time.memory[0, 0] == pytest.approx(MEMORY, rel=1e-12)
    assert time.launch[0, 0] == pytest.approx(LAUNCH, rel=1e-12)
    assert time.total[0, 0] == pytest.approx(ARITHMETIC + MEMORY + LAUNCH, rel=1e-12)


def test_that_weights_are_moved_once_a_micro_batch_whatever_its_size() -> None:
    slow = parameters(memory_efficiency=0.005, launch=1e-5)  # both ops wait for memory
    time = micro_batch_time(inputs(), slow)
    assert time.compute[0, 0] == 0.0
    assert time.memory[0, 0] == pytest.approx((4 * 1e9 + 1e8 + 4 * 1e10) / 5e9, rel=1e-12)


def test_that_a_compute_gain_helps_arithmetic_only() -> None:
    time = micro_batch_time(inputs(compute=2.0), KNOWN)
    assert time.compute[0, 0] == pytest.approx(ARITHMETIC / 2, rel=1e-12)
    assert time.memory[0, 0] == pytest.approx(MEMORY, rel=1e-12)
    assert time.launch[0, 0] == pytest.approx(LAUNCH, rel=1e-12)


def test_that_an_op_changes_sides_where_arithmetic_gets_fast_enough() -> None:
    time = micro_batch_time(inputs(compute=100.0), KNOWN)
    assert time.compute[0, 0] == 0.0
    assert time.memory[0, 0] == pytest.approx(MEMORY + (4 * 1e9 + 1e8) / 5e11, rel=1e-12)


def test_that_the_clock_drives_memory_and_launches_on_an_ipu_and_only_arithmetic_on_a_gpu() -> None:
    ipu = micro_batch_time(inputs({"is_ipu": 1.0}, clock=2.0), KNOWN)
    assert [ipu.compute[0, 0], ipu.memory[0, 0], ipu.launch[0, 0]] == pytest.approx([0.04, 0.04, LAUNCH / 2], rel=1e-12)
    gpu = micro_batch_time(inputs(clock=2.0), KNOWN)
    assert [gpu.compute[0, 0], gpu.memory[0, 0], gpu.launch[0, 0]] == pytest.approx([0.04, 0.08, LAUNCH], rel=1e-12)


def test_that_a_faster_chip_starts_supersteps_faster() -> None:
    time = micro_batch_time(inputs({"is_ipu": 1.0, "clock_ratio": 1.25}), KNOWN)
    assert time.launch[0, 0] == pytest.approx(LAUNCH / 1.25, rel=1e-12)


def test_that_a_cuda_graph_leaves_a_share_of_the_launch_cost() -> None:
    known = parameters(memory_efficiency=0.5, launch=1e-5, graph_launch=0.25)
    assert micro_batch_time(inputs(cuda_graph=1.0), known).launch[0, 0] == pytest.approx(LAUNCH / 4, rel=1e-12)
    assert micro_batch_time(inputs(cuda_graph=0.0), known).launch[0, 0] == pytest.approx(LAUNCH, rel=1e-12)


def test_that_a_stage_pays_for_its_share_of_the_ops_only() -> None:
    time = micro_batch_time(inputs(op_share=[[0.25, 0.0]]), KNOWN)
    assert time.compute[0, 0] == pytest.approx(ARITHMETIC / 4, rel=1e-12)
    assert time.memory[0, 0] == 0.0
    assert time.launch[0, 0] == pytest.approx(2.5e-5, rel=1e-12)


def test_that_an_older_release_is_slower_by_its_effect_and_a_better_chip_faster() -> None:
    known = parameters(memory_efficiency=0.5, launch=1e-5, micro_effect=1.2, chip_effect=0.8)
    time = micro_batch_time(inputs(), known)
    assert time.compute[0, 0] == pytest.approx(ARITHMETIC * 1.2 / 0.8, rel=1e-12)
    assert time.memory[0, 0] == pytest.approx(MEMORY * 1.2 / 0.8, rel=1e-12)
    assert time.launch[0, 0] == pytest.approx(LAUNCH, rel=1e-12)


@pytest.mark.parametrize(("rounds", "factor"), [(0.0, 1.0), (1.0, 1.05), (3.0, 1.05**3), (-1.0, 1 / 1.05)])
def test_that_software_drifts_by_a_factor_a_round_also_into_a_release_to_come(rounds: float, factor: float) -> None:
    known = parameters(memory_efficiency=0.5, launch=1e-5, drift=1.05)
    time = micro_batch_time(inputs({"rounds_ago": rounds}), known)
    assert time.compute[0, 0] == pytest.approx(ARITHMETIC * factor, rel=1e-12)
    assert time.memory[0, 0] == pytest.approx(MEMORY * factor, rel=1e-12)
    assert time.launch[0, 0] == pytest.approx(LAUNCH, rel=1e-12)


@pytest.mark.parametrize(
    ("role", "factor"),
    [
        ("micro_effect", 1.25),
        ("stack_effect", 1.25),
        ("stack_fit", 1.25),
        ("framework_effect", 1.25),
        ("framework_fit", 1.25),
        ("software_effect", 1.25),
        ("channels_effect", 1.25),
        ("sixteen_bit", 0.8),
        ("submitter_effect", 1.25),
        ("chip_effect", 0.8),
        ("matmul_effect", 0.8),
    ],
)
def test_that_effects_of_software_and_submitter_slow_and_those_of_the_chip_speed_up(role: str, factor: float) -> None:
    known = parameters(**{role: 1.25})
    assert slowdown(inputs({"named_software": 1.0}), known)[0, 0] == pytest.approx(factor, rel=1e-12)


def test_that_effects_multiply() -> None:
    known = parameters(
        drift=1.1, micro_effect=1.2, software_effect=1.3, submitter_effect=1.4, chip_effect=1.5, matmul_effect=1.6
    )
    expected = 1.1**2 * 1.2 * 1.3 * 1.4 / (1.5 * 1.6)
    assert slowdown(inputs({"rounds_ago": 2.0, "named_software": 1.0}), known)[0, 0] == pytest.approx(
        expected, rel=1e-12
    )


def test_that_entries_know_no_effect_of_a_framework() -> None:
    known = parameters(stack_effect=2.0, framework_effect=2.0, software_effect=2.0, input_loss=0.5)
    assert slowdown(inputs(), known)[0, 0] == 1.0


def test_that_pictures_are_lost_a_doubling_of_the_chips_that_share_a_host() -> None:
    known = parameters(input_loss=0.02)
    alone, full, two_hosts = (
        slowdown(inputs({"named_software": 1.0}, chips=chips), known)[0, 0] for chips in (1.0, 8.0, 16.0)
    )
    assert alone == 1.0 and full == two_hosts == pytest.approx(np.exp(0.02 * 3), rel=1e-12)


def test_that_ops_that_nobody_joined_move_more_and_others_do_not() -> None:
    moving = parameter_index()["one"]
    columns = np.array([[0, moving]])
    values = np.ones((1, moving + 2))
    values[0, list(ROLES).index("elementwise_traffic")] = 2.0
    case = replace(inputs({"named_software": 1.0}), op_efficiency=columns)
    assert elementwise_traffic(case, values).tolist() == [[[1.0, 2.0]]]
    assert elementwise_traffic(inputs(), values) is None


def test_that_only_the_calls_of_a_framework_are_launched_more_slowly() -> None:
    slow = parameters(memory_efficiency=0.5, launch=1e-5, launch_effect=8.0)
    called = {"framework_calls": 21.0}  # of which one is the network's and among its launches, the rest the step's
    assert micro_batch_time(inputs(called), slow).launch[0, 0] == pytest.approx(LAUNCH + (8 * 21 - 1) * 1e-5, rel=1e-12)
    assert micro_batch_time(inputs({"framework_calls": 0.0}), slow).launch[0, 0] == pytest.approx(LAUNCH, rel=1e-12)


def test_that_launches_are_never_negative_however_quick_the_calls() -> None:
    quick = parameters(memory_efficiency=0.5, launch=1e-5, launch_effect=1e-6)
    assert micro_batch_time(inputs({"framework_calls": 21.0}), quick).launch[0, 0] >= 0.0


def test_that_a_framework_calls_as_slowly_inside_a_cuda_graph() -> None:
    known = parameters(memory_efficiency=0.5, launch=1e-5, launch_effect=3.0, graph_launch=0.25)
    time = micro_batch_time(inputs({"framework_calls": 21.0}, cuda_graph=1.0), known)
    assert time.launch[0, 0] == pytest.approx(LAUNCH / 4 + (3 * 21 - 1) * 1e-5, rel=1e-12)


def test_that_a_group_is_worked_out_once_and_slowed_case_by_case() -> None:
    three = replace(
        inputs({"rounds_ago": 0.0}),
        group=np.array([0, 0, 0]),
        value=inputs().value | {"rounds_ago": column(0.0, 1.0, 2.0)},
    )
    time = micro_batch_time(three, parameters(memory_efficiency=0.5, launch=1e-5, drift=1.1))
    assert time.compute[0] == pytest.approx(ARITHMETIC * np.array([1.0, 1.1, 1.21]), rel=1e-12)
    assert time.launch[0] == pytest.approx([LAUNCH] * 3, rel=1e-12)
