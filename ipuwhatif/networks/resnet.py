"""ResNet-50 v1.5 built from its published architecture, for 224 × 224 images and 1,000 classes.

He et al. 2016, "Deep Residual Learning for Image Recognition", arXiv:1512.03385, Table 1; v1.5 puts the stride of a
down-sampling block on its 3 × 3 convolution.
"""

from collections.abc import Iterator
from dataclasses import replace

from ipuwhatif.networks.graph import (
    DENSE_CONVOLUTION,
    ELEMENTWISE,
    HALF_PRECISION_BYTES,
    MATMUL,
    Network,
    Op,
    fold,
)

IMAGE_SIZE = 224
CLASSES = 1000
STAGES = ((64, 3), (128, 4), (256, 6), (512, 3))  # width of the bottleneck, blocks
EXPANSION = 4


def resnet50() -> Network:
    """The op graph; 25,557,032 parameters."""
    return Network("resnet50", fold(_ops()), blocks=0, source="arXiv:1512.03385, Table 1 (v1.5 strides)")


def _ops() -> Iterator[Op]:
    size = IMAGE_SIZE // 2
    yield from _convolution(3, 64, 7, IMAGE_SIZE, size, first=True)
    yield _elementwise("max pool", 64 * size * size, 64 * (size // 2) ** 2)
    size //= 2
    channels = 64
    for stage, (width, blocks) in enumerate(STAGES):
        for block in range(blocks):
            stride = 2 if stage > 0 and block == 0 else 1
            yield from _bottleneck(channels, width, size, stride)
            size //= stride
            channels = width * EXPANSION
    yield _elementwise("average pool", channels * size * size, channels)
    yield Op(
        "classifier",
        MATMUL,
        flops=2.0 * channels * CLASSES,
        activation_bytes=HALF_PRECISION_BYTES * (channels + CLASSES),
        parameters=channels * CLASSES + CLASSES,
    )


def _bottleneck(channels: int, width: int, size: int, stride: int) -> Iterator[Op]:
    out = width * EXPANSION
    yield from _convolution(channels, width, 1, size, size)
    yield from _convolution(width, width, 3, size, size // stride)
    yield from _convolution(width, out, 1, size // stride, size // stride)
    if channels != out:
        yield from _convolution(channels, out, 1, size, size // stride)
    added = out * (size // stride) ** 2
    yield _elementwise("residual addition", 2 * added, added)


def _convolution(cin: int, cout: int, kernel: int, size_in: int, size_out: int, first: bool = False) -> Iterator[Op]:
    """A convolution without bias, then its batch normalisation with the activation fused in."""
    read, written = cin * size_in * size_in, cout * size_out * size_out
    yield Op(
        f"convolution {kernel} × {kernel}, {cin} to {cout}, {size_out} × {size_out}",
        DENSE_CONVOLUTION,
        flops=2.0 * cin * kernel * kernel * written,
        activation_bytes=HALF_PRECISION_BYTES * (read + written),
        parameters=cin * cout * kernel * kernel,
        data_gradient=not first,
    )
    normalisation = _elementwise(f"batch normalisation, {cout}", written, written, parameters=2 * cout)
    yield replace(normalisation, normalises_batch=True)


def _elementwise(name: str, read: int, written: int, parameters: int = 0) -> Op:
    return Op(
        name, ELEMENTWISE, flops=0.0, activation_bytes=HALF_PRECISION_BYTES * (read + written), parameters=parameters
    )
