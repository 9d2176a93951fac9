"""Nodes of a formula become the one pass that software makes of them."""

from pathlib import Path

import numpy as np
import pytest

from ipuwhatif.importers.networks.read import read_network
from ipuwhatif.networks.own_graph import read_ops
from tests.importers.networks.onnx_models import Model, saved

TOKENS, WIDE = 16, 32
VALUES = TOKENS * WIDE


def ops_of(net: Model, folder: Path):
    return read_ops(str(read_network(saved(net.model(), folder)).described["ops"]))


def product(net: Model, x: str) -> str:
    return net.add("MatMul", x, net.weight(WIDE, WIDE))


@pytest.fixture
def net() -> Model:
    return Model(x=("batch", TOKENS, WIDE))


def test_that_gelu_of_five_nodes_is_a_pass_that_reads_once_and_writes_once(net, tmp_path):
    x = product(net, "x")
    half, one = net.constant(0.5, np.float32), net.constant(1.0, np.float32)
    inner = net.add("Add", net.add("Erf", net.add("Div", x, net.constant(2**0.5, np.float32))), one)
    net.add("Mul", net.add("Mul", x, inner), half)
    first, pass_ = ops_of(net, tmp_path)
    assert first.flops == 2 * VALUES * WIDE and not first.data_gradient
    assert (pass_.name, pass_.activation_bytes, pass_.kept_bytes) == ("Div, Erf, Add, Mul", 4.0 * VALUES, 2.0 * VALUES)


def test_that_normalisation_of_nine_nodes_is_a_pass_with_its_weights(net, tmp_path):
    x = product(net, "x")
    mean = net.add("ReduceMean", x, axes=[2])
    away = net.add("Sub", x, mean)
    spread = net.add("ReduceMean", net.add("Pow", away, net.constant(2.0, np.float32)), axes=[2])
    scaled = net.add("Div", away, net.add("Sqrt", net.add("Add", spread, net.constant(1e-6, np.float32))))
    net.add("Add", net.add("Mul", scaled, net.weight(WIDE)), net.weight(WIDE))
    _, pass_ = ops_of(net, tmp_path)
    assert (pass_.activation_bytes, pass_.parameters, pass_.tensors) == (4.0 * VALUES, 2 * WIDE, 2)


def test_that_bias_and_rectifier_go_with_the_product(net, tmp_path):
    net.add("Relu", net.add("Add", product(net, "x"), net.weight(WIDE)))
    (op,) = ops_of(net, tmp_path)
    assert (op.op_class, op.parameters, op.tensors) == ("matmul", WIDE * WIDE + WIDE, 2)


def test_that_what_two_read_stays_a_pass_of_its_own(net, tmp_path):
    x = net.add("Tanh", product(net, "x"))
    product(net, x)
    net.add("Add", net.add("Sigmoid", x), f"t{net.count}")
    assert [op.name for op in ops_of(net, tmp_path) if not op.flops] == ["Tanh", "Sigmoid, Add"]


def test_that_a_sum_of_two_products_reads_both(net, tmp_path):
    net.add("Relu", net.add("Add", product(net, "x"), product(net, "x")))
    *_, pass_ = ops_of(net, tmp_path)
    assert (pass_.name, pass_.activation_bytes) == ("Add, Relu", 6.0 * VALUES)


def test_that_what_is_turned_is_the_same_value(net, tmp_path):
    x = net.add("Transpose", product(net, "x"), perm=[0, 2, 1])
    net.add("Relu", x)
    assert len(ops_of(net, tmp_path)) == 1


def test_that_attention_of_an_odd_length_is_not_aligned(tmp_path):
    for tokens, aligned in ((16, True), (17, False)):
        net = Model(x=("batch", tokens, WIDE))
        net.add("MatMul", "x", net.add("Transpose", "x", perm=[0, 2, 1]))
        assert [op.aligned for op in ops_of(net, tmp_path)] == [aligned]


def test_that_what_two_products_of_attention_share_are_scores_with_their_mask(tmp_path):
    net = Model(x=("batch", TOKENS, WIDE), mask=(1, TOKENS, TOKENS))
    scores = net.add("MatMul", "x", net.add("Transpose", "x", perm=[0, 2, 1]))
    net.add("MatMul", net.add("Softmax", net.add("Add", scores, net.add("Tanh", "mask"))), "x")
    square = 2.0 * TOKENS * TOKENS
    ops = {op.name: op for op in ops_of(net, tmp_path)}
    assert ops["Tanh, Add"].score_bytes == ops["Tanh, Add"].activation_bytes == 3 * square
    assert ops["Softmax"].score_bytes == 2 * square
    assert [op.score_bytes for op in ops.values() if op.flops] == [square, square]


def test_that_a_softmax_that_no_product_takes_is_no_attention(net, tmp_path):
    net.add("Softmax", net.add("MatMul", "x", net.add("Transpose", "x", perm=[0, 2, 1])))
    assert all(op.score_bytes == 0.0 for op in ops_of(net, tmp_path))
