"""EfficientNet-B4, as published and with the group convolutions of the IPU figures, for ImageNet's 1,000 classes.

Tan and Le 2019, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", arXiv:1905.11946: Table 1
scaled by width 1.4 and depth 1.8, 380 × 380 images. Masters et al. 2021, "Making EfficientNet More Efficient",
arXiv:2106.03640: groups of 16 channels instead of depthwise convolutions, expansion 4 instead of 6.

Each pass over memory stands as an op of its own (normalisation, swish, squeeze, excitation, drop-connect, addition), as
a framework launches them; one that fuses some of them moves less. A pipeline splits the network anywhere, so that
every op belongs to what it spreads, in as many parts as there are bottlenecks.
"""

import math
from collections.abc import Iterator

from ipuwhatif.networks.builders import convolution, dense, elementwise, normalisation, square
from ipuwhatif.networks.graph import Network, Op, fold
from ipuwhatif.records import Record, replace

WIDTH, DEPTH, IMAGE_SIZE, CLASSES = 1.4, 1.8, 380, 1000
STEM, HEAD = 32, 1280  # channels before scaling
# Table 1 of arXiv:1905.11946, stages 2 to 8: kernel, stride of the first block, channels out, blocks.
STAGES = ((3, 1, 16, 1), (3, 2, 24, 2), (5, 2, 40, 2), (3, 2, 80, 3), (5, 1, 112, 3), (5, 2, 192, 4), (3, 1, 320, 1))
SQUEEZE = 4  # the squeezed vector has a quarter of the block's input channels
CHANNEL_STEP = 8  # channels are rounded to multiples of it


class _Variant(Record, frozen=True):
    expansion: int
    group_width: int  # channels of a group of the spatial convolution; 1: depthwise
    normalised_over: str  # "batch" or "group"


def efficientnet_b4() -> Network:
    """The published network; 19,341,616 parameters, depthwise convolutions, batch normalisation."""
    variant = _Variant(expansion=6, group_width=1, normalised_over="batch")
    return _network("efficientnet-b4", variant, IMAGE_SIZE, "arXiv:1905.11946, Table 1, width 1.4, depth 1.8")


def efficientnet_b4_g16(image_size: int = IMAGE_SIZE) -> Network:
    """Group-16 convolutions, expansion 4, group normalisation, as Graphcore's configurations for the IPU train it.

    19,328,168 parameters by this count; no printed one was found to check it against. Sizes from graphcore/examples
    (applications/tensorflow/cnns/training: `configs.yml` and `Models/efficientnet.py`): the number of groups is the
    channels divided by 16 without remainder, so that the one layer of 24 channels is a single group. Images are
    380 × 380 there; `image_size` answers for training at another resolution.
    """
    variant = _Variant(expansion=4, group_width=16, normalised_over="group")
    return _network("efficientnet-b4-g16", variant, image_size, "arXiv:2106.03640, groups of 16, expansion 4")


def _network(key: str, variant: _Variant, image_size: int, source: str) -> Network:
    ops = fold(replace(op, in_block=True) for op in _ops(variant, image_size))
    return Network(key, ops, blocks=sum(math.ceil(DEPTH * stage[-1]) for stage in STAGES), source=source)


def _ops(variant: _Variant, image_size: int) -> Iterator[Op]:
    size = math.ceil(image_size / 2)
    channels = _scaled(STEM)
    yield convolution(3, channels, square(3), square(image_size), square(size), first=True)
    yield from _normalised(variant, channels, size)
    for stage, (kernel, stride, out, blocks) in enumerate(STAGES):
        expansion = variant.expansion if stage > 0 else 1
        for block in range(math.ceil(DEPTH * blocks)):
            step = stride if block == 0 else 1
            yield from _block(variant, (channels, _scaled(out)), kernel, step, size, expansion)
            channels, size = _scaled(out), math.ceil(size / step)
    head = _scaled(HEAD)
    yield convolution(channels, head, square(1), square(size), square(size))
    yield from _normalised(variant, head, size)
    yield elementwise("average pool", head * size * size, head, kept=head)
    yield elementwise("dropout", head, head, kept=head)
    yield dense("classifier", 1, head, CLASSES)


def _block(
    variant: _Variant, channels: tuple[int, int], kernel: int, stride: int, size: int, expansion: int
) -> Iterator[Op]:
    """An inverted bottleneck: expand, convolve in groups, squeeze and excite, project, add."""
    channels_in, channels_out = channels
    wide, size_out = channels_in * expansion, math.ceil(size / stride)
    if expansion > 1:
        yield convolution(channels_in, wide, square(1), square(size), square(size))
        yield from _normalised(variant, wide, size)
    groups = max(wide // variant.group_width, 1)
    group_width = wide // groups if groups > 1 else 0
    yield convolution(wide, wide, square(kernel), square(size), square(size_out), group_width=group_width)
    yield from _normalised(variant, wide, size_out)
    yield from _squeeze_and_excitation(wide, channels_in // SQUEEZE, size_out)
    yield convolution(wide, channels_out, square(1), square(size_out), square(size_out))
    positions = size_out * size_out
    written = channels_out * positions
    added = stride == 1 and channels_in == channels_out
    # What follows a projection needs its own input only: the addition none, the next expansion this output.
    yield normalisation(variant.normalised_over, channels_out, positions, kept=not added)
    if added:
        yield elementwise("drop-connect", written, written)
        yield elementwise("residual addition", 2 * written, written, kept=written)


def _squeeze_and_excitation(wide: int, squeezed: int, size: int) -> Iterator[Op]:
    values = wide * size * size
    yield elementwise("squeeze", values, wide, kept=wide)
    yield dense("squeeze-and-excitation, reduce", 1, wide, squeezed)
    yield elementwise("squeeze-and-excitation, swish", squeezed, squeezed, kept=squeezed)
    yield dense("squeeze-and-excitation, expand", 1, squeezed, wide)
    yield elementwise("squeeze-and-excitation, sigmoid", wide, wide, kept=wide)
    yield elementwise("excitation", values + wide, values, kept=values)


def _normalised(variant: _Variant, channels: int, size: int) -> Iterator[Op]:
    values = channels * size * size
    yield normalisation(variant.normalised_over, channels, size * size)
    yield elementwise(f"swish, {channels}", values, values, kept=values)


def _scaled(channels: int) -> int:
    """Channels times the width, rounded to a multiple of 8, but never down by more than a tenth: the published code."""
    wanted = channels * WIDTH
    rounded = max(CHANNEL_STEP, int(wanted + CHANNEL_STEP / 2) // CHANNEL_STEP * CHANNEL_STEP)
    return rounded + CHANNEL_STEP if rounded < 0.9 * wanted else rounded
