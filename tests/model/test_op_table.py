"""What a training step does with each op, on networks made by hand."""

import numpy as np
import pytest

from ipuwhatif.model.op_table import CELL_LAUNCHES, LAYER_CALLS, STEP_CALLS, framework_calls, op_arrays
from ipuwhatif.model.parameters import parameter_index
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.networks.graph import (
    ATTENTION,
    DENSE_CONVOLUTION,
    ELEMENTWISE,
    GROUPED_CONVOLUTION,
    MATMUL,
    RECURRENT,
    Network,
    Op,
)

NETWORK = Network(
    "by hand",
    (
        Op("first", DENSE_CONVOLUTION, flops=100.0, activation_bytes=10.0, parameters=5, data_gradient=False),
        Op("dense", MATMUL, flops=200.0, activation_bytes=20.0, parameters=7, count=3, in_block=True),
        Op("scores", ATTENTION, flops=300.0, activation_bytes=30.0, count=2, in_block=True),
        Op("addition", ELEMENTWISE, flops=0.0, activation_bytes=40.0, parameters=2, count=4),
        Op("softmax", ELEMENTWISE, flops=0.0, activation_bytes=50.0, in_block=True),
        Op("activation", ELEMENTWISE, flops=0.0, activation_bytes=60.0),
    ),
    blocks=2,
    source="by hand",
)


@pytest.mark.parametrize(
    ("architecture", "first", "dense", "attention", "elementwise"),
    [("gpu", 2.0, 3.0, 3.0, 2.5), ("ipu", 3.0, 4.0, 4.0, 3.5)],  # IPUs compute the forward pass again
)
def test_that_every_op_is_done_as_often_as_training_needs(
    architecture: str, first: float, dense: float, attention: float, elementwise: float
) -> None:
    table = op_arrays(NETWORK, architecture)
    assert table["op_flops"].tolist() == [100 * first, 600 * dense, 600 * attention, 0.0, 0.0]
    outside, inside = (4 * 40 + 60) * elementwise, 50 * elementwise
    assert table["op_bytes"].tolist() == [10 * first, 60 * dense, 60 * attention, outside, inside]
    assert table["op_launches"].tolist() == [first, 3 * dense, 2 * attention, 5 * elementwise, elementwise]


def test_that_weights_are_read_in_half_precision_and_not_by_elementwise_ops() -> None:
    table = op_arrays(NETWORK, "gpu")
    assert table["op_weight_bytes"].tolist() == [2 * 5 * 2.0, 2 * 7 * 3 * 3.0, 0.0, 0.0, 0.0]


def test_that_elementwise_ops_are_merged_on_either_side_of_the_pipeline() -> None:
    assert op_arrays(NETWORK, "ipu")["op_in_block"].tolist() == [0.0, 1.0, 1.0, 0.0, 1.0]


def test_that_each_class_has_its_own_efficiency() -> None:
    columns = op_arrays(NETWORK, "gpu")["op_efficiency"]
    names = [all_parameters()[column].name for column in columns[:3]]
    assert names == [f"efficiency.gpu.{op_class}" for op_class in (DENSE_CONVOLUTION, MATMUL, ATTENTION)]
    assert (columns[3:] == parameter_index()["one"]).all()
    assert columns.dtype == np.intp


def alone(op: Op) -> Network:
    return Network("one op", (op,), blocks=0, source="by hand")


def test_that_the_width_of_a_group_means_nothing_to_a_dense_convolution() -> None:
    dense = Op("dense", DENSE_CONVOLUTION, flops=160.0, activation_bytes=10.0, parameters=3)
    assert op_arrays(alone(dense), "gpu")["op_flops"].tolist() == [3 * 160]
    assert op_arrays(alone(dense), "ipu")["op_flops"].tolist() == [4 * 160]


def efficiency(network: Network, architecture: str) -> str:
    (column,) = op_arrays(network, architecture)["op_efficiency"]
    return all_parameters()[column].name


def grouped(width: int) -> Network:
    return alone(
        Op("grouped", GROUPED_CONVOLUTION, flops=160.0, activation_bytes=10.0, parameters=3, group_width=width)
    )


@pytest.mark.parametrize(("width", "share"), [(1, 1 / 16), (4, 1 / 4), (12, 3 / 4), (16, 1.0), (32, 1.0)])
def test_that_a_narrow_group_fills_its_share_of_an_ipus_matrix_unit(width: int, share: float) -> None:
    assert op_arrays(grouped(width), "ipu")["op_flops"].tolist() == pytest.approx([4 * 160 / share], rel=1e-12)
    assert efficiency(grouped(width), "ipu") == "efficiency.ipu.grouped_convolution"


@pytest.mark.parametrize(("width", "rate"), [(1, 1.0), (4, 1.0), (8, 1.0), (16, 2.0), (32, 4.0)])
@pytest.mark.parametrize("architecture", ["gpu", "tpu", "cpu"])
def test_that_a_gpu_runs_narrow_groups_at_one_rate_and_wider_ones_the_faster(
    width: int, rate: float, architecture: str
) -> None:
    assert op_arrays(grouped(width), architecture)["op_flops"].tolist() == pytest.approx([3 * 160 / rate], rel=1e-12)
    assert efficiency(grouped(width), architecture) == "efficiency.gpu.grouped_convolution"


def test_that_the_width_of_groups_changes_neither_bytes_nor_launches() -> None:
    narrow, wide = op_arrays(grouped(1), "ipu"), op_arrays(grouped(16), "ipu")
    for name in ("op_bytes", "op_weight_bytes", "op_launches"):
        assert narrow[name].tolist() == wide[name].tolist()


LAYER = Op("cell", RECURRENT, flops=100.0, activation_bytes=10.0, parameters=7, count=2, steps=50)


def test_that_a_recurrent_layer_launches_three_a_step_and_on_gpus_what_frameworks_put_around_it() -> None:
    passes = {"gpu": 3.0, "ipu": 4.0}
    for architecture, times in passes.items():
        table = op_arrays(alone(LAYER), architecture)
        assert table["op_flops"].tolist() == [100 * 2 * 50 * times]
        assert table["op_bytes"].tolist() == [10 * 2 * 50 * times]
        assert table["op_weight_bytes"].tolist() == [2 * 7 * 2 * 50 * times]
        around = 2 * 29 * 2 if architecture == "gpu" else 0  # both directions of two layers
        assert table["op_launches"].tolist() == [3 * 2 * 50 * times + around]
        assert efficiency(alone(LAYER), architecture) == f"efficiency.{architecture}.matmul"
    assert (CELL_LAUNCHES, LAYER_CALLS) == (3.0, 29.0)


def test_that_a_framework_calls_each_op_in_each_pass_and_once_a_step_what_is_no_network() -> None:
    # two passes of the first, three of three dense layers and two attentions, 2.5 of six elementwise ops
    assert framework_calls(NETWORK) == STEP_CALLS + 2 + 3 * 3 + 2 * 3 + 6 * 2.5
    assert framework_calls(Network("nothing", (), 0, "by hand")) == STEP_CALLS == 20.0


def test_that_a_framework_calls_a_recurrent_layer_and_not_its_steps() -> None:
    assert framework_calls(alone(LAYER)) == STEP_CALLS + 2 * 29 * 2
    single = Op("head", MATMUL, flops=100.0, activation_bytes=10.0, steps=5)
    assert framework_calls(alone(single)) == STEP_CALLS + 3 * 5  # other ops are called step by step


@pytest.mark.parametrize("op_class", [ELEMENTWISE, MATMUL, ATTENTION])
@pytest.mark.parametrize("architecture", ["gpu", "ipu"])
def test_that_work_of_the_backward_pass_alone_is_done_once(op_class: str, architecture: str) -> None:
    op = Op("clipping", op_class, flops=100.0, activation_bytes=10.0, count=3, backward_only=True)
    table = op_arrays(alone(op), architecture)
    assert table["op_flops"].tolist() == [300.0]
    assert table["op_bytes"].tolist() == [30.0]
    assert table["op_launches"].tolist() == [3.0]
    assert framework_calls(alone(op)) == STEP_CALLS + 3


def test_that_chips_behind_caches_run_as_gpus_do() -> None:
    for architecture in ("tpu", "gaudi", "cpu"):
        for name, column in op_arrays(NETWORK, "gpu").items():
            assert op_arrays(NETWORK, architecture)[name].tolist() == column.tolist(), name
