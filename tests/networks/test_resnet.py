"""ResNet-50 counted again from the sizes in its paper, layer by layer, without the project's own walk."""

import pytest

from ipuwhatif.networks.graph import DENSE_CONVOLUTION, ELEMENTWISE, MATMUL, OP_CLASSES
from ipuwhatif.networks.resnet import resnet50, resnet50_private

# Table 1 of arXiv:1512.03385: output size, width, width out, blocks of each stage; the input of each stage.
STAGES = [(56, 64, 256, 3, 64), (28, 128, 512, 4, 256), (14, 256, 1024, 6, 512), (7, 512, 2048, 3, 1024)]


def convolutions() -> list[tuple[int, int, int, int]]:
    """Kernel, channels in, channels out, size out of all 53 convolutions of v1.5."""
    found = [(7, 3, 64, 112)]
    for size, width, out, blocks, stage_in in STAGES:
        for block in range(blocks):
            channels = stage_in if block == 0 else out
            # v1.5: the first convolution of a down-sampling block still sees the larger picture
            before = size * 2 if block == 0 and stage_in != 64 else size
            found += [(1, channels, width, before), (3, width, width, size), (1, width, out, size)]
            if block == 0:
                found.append((1, channels, out, size))
    return found


def test_that_the_parameters_agree_to_the_unit() -> None:
    weights = sum(kernel**2 * cin * cout for kernel, cin, cout, _ in convolutions())
    normalisation = sum(2 * cout for _, _, cout, _ in convolutions())
    classifier = 2048 * 1000 + 1000
    assert resnet50().parameters == weights + normalisation + classifier == 25_557_032


def test_that_the_forward_pass_agrees_with_an_independent_count() -> None:
    multiplications = sum(kernel**2 * cin * cout * size**2 for kernel, cin, cout, size in convolutions())
    multiplications += 2048 * 1000
    assert resnet50().forward_flops == 2 * multiplications
    assert multiplications == pytest.approx(4.1e9, rel=0.01)  # the size that is printed for v1.5


def test_that_there_are_53_convolutions_each_with_a_normalisation() -> None:
    ops = resnet50().ops
    count = {name: sum(op.count for op in ops if op.op_class == name) for name in OP_CLASSES}
    additions = 16  # one a block
    pools = 2
    assert count[DENSE_CONVOLUTION] == len(convolutions()) == 53
    assert count[ELEMENTWISE] == 53 + additions + pools
    assert count[MATMUL] == 1


def test_that_only_the_first_layer_needs_no_gradient_of_its_input() -> None:
    without = [op for op in resnet50().ops if not op.data_gradient]
    assert [op.parameters for op in without] == [7 * 7 * 3 * 64]
    assert without[0].count == 1


def test_that_activations_are_read_and_written_in_half_precision() -> None:
    first = next(op for op in resnet50().ops if op.op_class == DENSE_CONVOLUTION)
    assert first.activation_bytes == 2 * (3 * 224 * 224 + 64 * 112 * 112)


def test_that_nothing_can_be_spread_over_a_pipeline() -> None:
    network = resnet50()
    assert network.blocks == 0
    assert not any(op.in_block for op in network.ops)


def test_that_the_backward_pass_keeps_the_inputs_of_convolutions_and_normalisations() -> None:
    convolved = sum(size**2 * out for _, _, out, size in convolutions())
    # normalised with the activation: the stem and the first two of each block; added: one a block; the pools; classes
    normalised = 112**2 * 64 + 56**2 * 64
    for size, width, out, blocks, stage_in in STAGES:
        before = size * 2 if stage_in != 64 else size
        normalised += width * before**2 + (2 * blocks - 1) * width * size**2
        normalised += blocks * out * size**2
    assert resnet50().kept_bytes == 2 * (convolved + normalised + 2048 + 1000)


def test_that_there_are_161_tensors() -> None:
    assert resnet50().tensors == 161


def test_that_privacy_needs_no_batch_and_no_other_parameters() -> None:
    private = resnet50_private()
    assert private.parameters == 25_557_032
    assert private.forward_flops == resnet50().forward_flops
    assert private.batch_normalisations == 0 < resnet50().batch_normalisations


def test_that_the_private_work_is_done_in_the_backward_pass_in_proportion_to_the_parameters() -> None:
    private = [op for op in resnet50_private().ops if op.backward_only]
    assert not any(op.backward_only for op in resnet50().ops)
    # read for the norm; read and written to be clipped; read with a sum of four bytes, which is written again
    assert sum(op.activation_bytes * op.count for op in private) == (2 + (2 + 2) + (2 + 4 + 4)) * 25_557_032
    assert sum(op.parameters for op in private) == 0
    assert {op.op_class for op in private} == {ELEMENTWISE}


def test_that_privacy_adds_three_small_ops_a_tensor() -> None:
    private = resnet50_private()
    counts: dict[str, int] = {}
    for op in private.ops:
        if op.backward_only:
            counts[op.name] = counts.get(op.name, 0) + op.count
    assert counts == {"norm of a sample's gradient": 161, "clipping": 161, "accumulation": 161}
    assert private.tensors == resnet50().tensors == 161


def test_that_the_gradient_of_each_sample_is_kept_until_it_is_clipped() -> None:
    assert resnet50_private().kept_bytes - resnet50().kept_bytes == 2 * 25_557_032
