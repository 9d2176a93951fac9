"""EfficientNet-B4 counted again from the scaled table of its paper, without the project's own walk."""

import pytest

from ipuwhatif.networks.efficientnet import efficientnet_b4, efficientnet_b4_g16
from ipuwhatif.networks.graph import DENSE_CONVOLUTION, GROUPED_CONVOLUTION

# Table 1 of arXiv:1905.11946 after scaling, as printed by the models that are used: kernel, channels in, channels out,
# blocks, size in, size out.
STAGES = [
    (3, 48, 24, 2, 190, 190),
    (3, 24, 32, 4, 190, 95),
    (5, 32, 56, 4, 95, 48),
    (3, 56, 112, 6, 48, 24),
    (5, 112, 160, 6, 24, 24),
    (5, 160, 272, 8, 24, 12),
    (3, 272, 448, 2, 12, 12),
]


def counted(expansion: int, group: int) -> tuple[int, int]:
    """Parameters, multiplications."""
    parameters, work = 27 * 48 + 96, 27 * 48 * 190**2
    for place, (kernel, stage_in, out, blocks, size_in, size_out) in enumerate(STAGES):
        for block in range(blocks):
            channels = stage_in if block == 0 else out
            before = size_in if block == 0 else size_out
            wide = channels * (expansion if place else 1)
            squeezed = channels // 4
            if place:
                parameters += channels * wide + 2 * wide
                work += channels * wide * before**2
            seen = kernel**2 * wide // max(wide // group, 1)
            parameters += seen * wide + 2 * wide + 2 * wide * squeezed + squeezed + wide + wide * out + 2 * out
            work += (seen * wide + wide * out) * size_out**2 + 2 * wide * squeezed
    parameters += 448 * 1792 + 2 * 1792 + 1792 * 1000 + 1000
    return parameters, work + 448 * 1792 * 144 + 1792 * 1000


def test_that_the_published_network_agrees_to_the_unit() -> None:
    parameters, work = counted(expansion=6, group=1)
    network = efficientnet_b4()
    assert network.parameters == parameters == 19_341_616
    assert network.forward_flops == 2 * work
    assert 4.2e9 < work < 4.5e9  # the paper prints 4.2 billion
    assert network.tensors == 418


def test_that_the_group_convolutions_agree_to_the_unit() -> None:
    parameters, work = counted(expansion=4, group=16)
    network = efficientnet_b4_g16()
    assert network.parameters == parameters == 19_328_168
    assert network.forward_flops == 2 * work


@pytest.mark.parametrize(("network", "width"), [(efficientnet_b4(), 1), (efficientnet_b4_g16(), 16)])
def test_that_every_block_has_one_convolution_in_groups_of_the_same_width(network, width) -> None:
    grouped = [op for op in network.ops if op.op_class == GROUPED_CONVOLUTION]
    assert {op.group_width for op in grouped} == {width}
    # the 24 channels of the second block are a single group where a group has 16
    assert sum(op.count for op in grouped) == 32 - (width == 16)


def test_that_the_variants_differ_in_what_they_normalise_over() -> None:
    # one for the stem, one for the head, three in each of 32 blocks, less the two blocks without an expansion
    assert efficientnet_b4().batch_normalisations == 2 + 3 * 32 - 2
    assert efficientnet_b4_g16().batch_normalisations == 0


def test_that_a_depthwise_convolution_moves_much_for_what_it_computes() -> None:
    def intensity(network, op_class):
        ops = [op for op in network.ops if op.op_class == op_class]
        return sum(op.flops * op.count for op in ops) / sum(op.activation_bytes * op.count for op in ops)

    network = efficientnet_b4()
    assert intensity(network, GROUPED_CONVOLUTION) < intensity(network, DENSE_CONVOLUTION) / 3
    grouped = efficientnet_b4_g16()
    assert intensity(grouped, GROUPED_CONVOLUTION) == pytest.approx(
        16 * intensity(network, GROUPED_CONVOLUTION), rel=0.05
    )


def test_that_half_the_resolution_is_about_a_quarter_of_the_work() -> None:
    whole, half = efficientnet_b4_g16(), efficientnet_b4_g16(190)
    assert half.parameters == whole.parameters
    assert half.forward_flops == pytest.approx(whole.forward_flops / 4, rel=0.02)
