"""What a training step does with each op, on a network of four ops made by hand."""

import numpy as np
import pytest

from ipuwhatif.model.op_table import op_arrays
from ipuwhatif.model.parameters import PARAMETERS, parameter_index
from ipuwhatif.networks.graph import ATTENTION, DENSE_CONVOLUTION, ELEMENTWISE, MATMUL, Network, Op

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
    names = [PARAMETERS[column].name for column in columns[:3]]
    assert names == [f"efficiency.gpu.{op_class}" for op_class in (DENSE_CONVOLUTION, MATMUL, ATTENTION)]
    assert (columns[3:] == parameter_index()["one"]).all()
    assert columns.dtype == np.intp
