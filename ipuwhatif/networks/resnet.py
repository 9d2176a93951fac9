"""ResNet-50 v1.5 built from its published architecture, for 224 × 224 images and 1,000 classes; plain and private.

He et al. 2016, "Deep Residual Learning for Image Recognition", arXiv:1512.03385, Table 1; v1.5 puts the stride of a
down-sampling block on its 3 × 3 convolution. The activation is fused into the normalisation or addition before it.
"""

from collections.abc import Iterator

from ipuwhatif.networks.builders import convolution, dense, elementwise, normalisation, square
from ipuwhatif.networks.graph import Network, Op, fold
from ipuwhatif.records import replace

IMAGE_SIZE = 224
CLASSES = 1000
STAGES = ((64, 3), (128, 4), (256, 6), (512, 3))  # width of the bottleneck, blocks
EXPANSION = 4
SINGLE_PRECISION = 2  # a value in single precision takes the room of two in half precision


def resnet50() -> Network:
    """The op graph; 25,557,032 parameters."""
    return Network("resnet50", fold(_ops("batch")), blocks=0, source="arXiv:1512.03385, Table 1 (v1.5 strides)")


def resnet50_private() -> Network:
    """ResNet-50 with group normalisation and the work that differential privacy adds; 25,557,032 parameters.

    Lee et al. 2021, arXiv:2109.12191: each sample's gradient is clipped to a norm of its own, then summed; no statistic
    of a batch is left, so that a batch may be a single sample. The gradient of each sample is read for its norm, read
    again to be scaled, and added to a sum in single precision. These ops are `backward_only`: once for each sample. The
    noise is added once for a step and is the update's business.
    """
    layers = fold(_ops("group"))
    tensors = [op for op in layers if op.tensors]
    private = fold(replace(op, backward_only=True) for op in tensors for op in _privately(op))
    ops = (*layers, *private)
    return Network("resnet50-dp", ops, blocks=0, source="arXiv:1512.03385, Table 1, and arXiv:2109.12191")


def _privately(layer: Op) -> Iterator[Op]:
    """What the gradients of a layer's tensors go through for each sample; one launch a tensor each."""
    count = layer.tensors * layer.count
    weights = layer.parameters // layer.tensors
    accumulated = SINGLE_PRECISION * weights
    yield replace(elementwise("norm of a sample's gradient", weights, 0, kept=weights), count=count)
    yield replace(elementwise("clipping", weights, weights), count=count)
    yield replace(elementwise("accumulation", weights + accumulated, accumulated), count=count)


def _ops(normalised_over: str) -> Iterator[Op]:
    size = IMAGE_SIZE // 2
    yield convolution(3, 64, square(7), square(IMAGE_SIZE), square(size), first=True)
    yield normalisation(normalised_over, 64, size * size)
    pooled = 64 * (size // 2) ** 2
    yield elementwise("max pool", 64 * size * size, pooled, kept=pooled)
    size //= 2
    channels = 64
    for stage, (width, blocks) in enumerate(STAGES):
        for block in range(blocks):
            stride = 2 if stage > 0 and block == 0 else 1
            yield from _bottleneck(normalised_over, channels, width, size, stride)
            size //= stride
            channels = width * EXPANSION
    yield elementwise("average pool", channels * size * size, channels, kept=channels)
    yield dense("classifier", 1, channels, CLASSES)


def _bottleneck(normalised_over: str, channels: int, width: int, size: int, stride: int) -> Iterator[Op]:
    out, size_out = width * EXPANSION, size // stride
    yield convolution(channels, width, square(1), square(size), square(size))
    yield normalisation(normalised_over, width, size * size)
    yield convolution(width, width, square(3), square(size), square(size_out))
    yield normalisation(normalised_over, width, size_out * size_out)
    yield convolution(width, out, square(1), square(size_out), square(size_out))
    # an addition passes the gradient on as it is: nobody needs what is added
    yield normalisation(normalised_over, out, size_out * size_out, kept=False)
    if channels != out:
        yield convolution(channels, out, square(1), square(size), square(size_out))
        yield normalisation(normalised_over, out, size_out * size_out, kept=False)
    added = out * size_out * size_out
    yield elementwise("residual addition", 2 * added, added, kept=added)
