"""The builders count what a layer of known sizes computes, moves, holds and keeps."""

from ipuwhatif.networks.builders import convolution, dense, elementwise, normalisation, square
from ipuwhatif.networks.graph import DENSE_CONVOLUTION, GROUPED_CONVOLUTION


def test_that_a_convolution_reads_its_window_for_each_output() -> None:
    op = convolution(8, 16, (4, 1), (50, 20), (25, 10))
    assert op.op_class == DENSE_CONVOLUTION
    assert op.flops == 2 * (8 * 4) * (16 * 25 * 10)
    assert op.parameters == 8 * 4 * 16 and op.tensors == 1
    assert op.activation_bytes == 2 * (8 * 50 * 20 + 16 * 25 * 10)
    assert op.kept_bytes == 2 * 16 * 25 * 10


def test_that_a_grouped_convolution_sees_only_its_group() -> None:
    whole = convolution(32, 32, square(3), square(7), square(7))
    grouped = convolution(32, 32, square(3), square(7), square(7), group_width=8)
    assert grouped.op_class == GROUPED_CONVOLUTION and grouped.group_width == 8
    assert grouped.flops == whole.flops / 4
    assert grouped.parameters == whole.parameters / 4
    assert grouped.activation_bytes == whole.activation_bytes


def test_that_a_dense_layer_holds_a_matrix_and_a_bias() -> None:
    op = dense("layer", 10, 3, 5)
    assert (op.flops, op.parameters, op.tensors) == (2 * 10 * 3 * 5, 20, 2)
    assert dense("layer", 10, 3, 5, bias=False).parameters == 15


def test_that_what_nobody_needs_is_not_kept() -> None:
    assert dense("layer", 10, 3, 5, kept=False).kept_bytes == 0
    assert normalisation("group", 8, 49, kept=False).kept_bytes == 0
    assert elementwise("pass", 5, 5).kept_bytes == 0


def test_that_only_a_batch_normalisation_needs_a_batch() -> None:
    assert normalisation("batch", 8, 49).normalises_batch
    assert not normalisation("group", 8, 49).normalises_batch
    assert normalisation("group", 8, 49).parameters == 16
