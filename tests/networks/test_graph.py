"""Folding keeps what is computed, and every op is of a class that the model knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.networks.graph import GROUPED_CONVOLUTION, OP_CLASSES, Network, Op, fold
from ipuwhatif.networks.library import NETWORKS, network_for
from ipuwhatif.records import replace

OPS = st.builds(
    Op,
    name=st.sampled_from(["a", "b"]),
    op_class=st.sampled_from(OP_CLASSES),
    flops=st.sampled_from([0.0, 2.0, 1e9]),
    activation_bytes=st.sampled_from([2.0, 4e6]),
    parameters=st.integers(0, 3),
    count=st.integers(1, 4),
    in_block=st.booleans(),
    data_gradient=st.booleans(),
)


def totals(ops) -> tuple[float, ...]:
    return (
        sum(op.count for op in ops),
        sum(op.flops * op.count for op in ops),
        sum(op.activation_bytes * op.count for op in ops),
        sum(op.parameters * op.count for op in ops),
        sum(op.parameters * op.count for op in ops if op.in_block),
        sum(op.flops * op.count for op in ops if op.data_gradient),
    )


@given(st.lists(OPS, max_size=12))
def test_that_folding_keeps_the_totals_and_leaves_no_two_alike(ops: list[Op]) -> None:
    folded = fold(ops)
    assert totals(folded) == totals(ops)
    single = [replace(op, count=1) for op in folded]
    assert len(set(single)) == len(single)
    assert fold(folded) == folded


def test_that_a_network_counts_an_op_as_often_as_it_stands_there() -> None:
    op = Op("matmul", "matmul", flops=10.0, activation_bytes=4.0, parameters=7, count=3)
    network = Network("two", (op, replace(op, name="other", count=2)), blocks=0, source="by hand")
    assert network.parameters == 35
    assert network.forward_flops == 50.0


@pytest.mark.parametrize("architecture", ["ipu", "gpu", "tpu", "gaudi", "cpu"])
@pytest.mark.parametrize("key", NETWORKS)
def test_that_every_op_is_of_a_known_class_and_moves_something(key: str, architecture: str) -> None:
    network = network_for(key, architecture)
    assert network.key == key
    for op in network.ops:
        assert op.op_class in OP_CLASSES, op
        assert op.activation_bytes > 0 and op.flops >= 0 and op.count >= 1 and op.steps >= 1, op
        assert 0 <= op.kept_bytes <= op.activation_bytes, op
        assert (op.group_width > 0) == (op.op_class == GROUPED_CONVOLUTION), op
        assert op.tensors >= 0 and op.parameters >= 0, op


@pytest.mark.parametrize("key", NETWORKS)
def test_that_every_network_is_folded_and_names_its_source(key: str) -> None:
    network = network_for(key, "gpu")
    assert fold(network.ops) == network.ops
    assert network.source
    assert network.parameters > 0 and network.kept_bytes > 0 and network.tensors > 0
    assert (network.blocks > 0) == any(op.in_block for op in network.ops)


def test_that_steps_count_for_work_and_memory_but_not_for_weights() -> None:
    once = Op("cell", "recurrent", flops=10.0, activation_bytes=4.0, parameters=7, kept_bytes=2.0, tensors=3)
    network = Network("steps", (replace(once, steps=50),), blocks=0, source="by hand")
    assert (network.forward_flops, network.kept_bytes) == (500.0, 100.0)
    assert (network.parameters, network.tensors) == (7, 3)
