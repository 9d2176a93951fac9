"""Builders of the ops that networks are made of: convolution, dense layer, elementwise pass, normalisation.

They turn the sizes of a layer into work, bytes and weights for one sample; what an architecture looks like stands in
the file of its family.
"""

from ipuwhatif.networks.graph import (
    DENSE_CONVOLUTION,
    ELEMENTWISE,
    GROUPED_CONVOLUTION,
    HALF_PRECISION_BYTES,
    MATMUL,
    Op,
)

Size = tuple[int, int]  # height and width


def square(size: int) -> Size:
    """A square kernel or map."""
    return size, size


def convolution(
    channels_in: int,
    channels_out: int,
    kernel: Size,
    map_in: Size,
    map_out: Size,
    *,
    group_width: int = 0,
    kept: bool = True,
    first: bool = False,
) -> Op:
    """A convolution without bias over maps of `channels` × height × width values.

    group_width: input channels of a group, as many groups as fit; 0 for a dense convolution. kept: the backward pass
    needs the output. first: nothing needs the gradient of the input.
    """
    read = channels_in * map_in[0] * map_in[1]
    written = channels_out * map_out[0] * map_out[1]
    seen = (group_width or channels_in) * kernel[0] * kernel[1]  # values that make one output
    kind = f"convolution in groups of {group_width}" if group_width else "convolution"
    return Op(
        f"{kind} {kernel[0]} × {kernel[1]}, {channels_in} to {channels_out}, {map_out[0]} × {map_out[1]}",
        GROUPED_CONVOLUTION if group_width else DENSE_CONVOLUTION,
        flops=2.0 * seen * written,
        activation_bytes=HALF_PRECISION_BYTES * (read + written),
        parameters=seen * channels_out,
        data_gradient=not first,
        kept_bytes=HALF_PRECISION_BYTES * written if kept else 0.0,
        tensors=1,
        group_width=group_width,
    )


def dense(
    name: str,
    rows: int,
    size_in: int,
    size_out: int,
    *,
    bias: bool = True,
    kept: bool = True,
    first: bool = False,
    in_block: bool = False,
    steps: int = 1,
) -> Op:
    """A matrix product of `rows` rows of `size_in` values with a weight matrix; the bias is added in the same op."""
    return Op(
        name,
        MATMUL,
        flops=2.0 * rows * size_in * size_out,
        activation_bytes=HALF_PRECISION_BYTES * rows * (size_in + size_out),
        parameters=size_in * size_out + (size_out if bias else 0),
        in_block=in_block,
        data_gradient=not first,
        kept_bytes=HALF_PRECISION_BYTES * rows * size_out if kept else 0.0,
        tensors=2 if bias else 1,
        steps=steps,
    )


def elementwise(
    name: str,
    read: int,
    written: int,
    *,
    kept: float = 0.0,
    parameters: int = 0,
    tensors: int = 0,
    in_block: bool = False,
    steps: int = 1,
) -> Op:
    """A pass over memory that reads and writes so many values; `kept` of them stay for the backward pass."""
    return Op(
        name,
        ELEMENTWISE,
        flops=0.0,
        activation_bytes=HALF_PRECISION_BYTES * (read + written),
        parameters=parameters,
        in_block=in_block,
        kept_bytes=HALF_PRECISION_BYTES * kept,
        tensors=tensors,
        steps=steps,
    )


def normalisation(kind: str, channels: int, positions: int, *, kept: bool = True) -> Op:
    """A normalisation with scale and shift over `channels` × `positions` values; `kind` is "batch" or "group"."""
    values = channels * positions
    return Op(
        f"{kind} normalisation, {channels}",
        ELEMENTWISE,
        flops=0.0,
        activation_bytes=HALF_PRECISION_BYTES * 2 * values,
        parameters=2 * channels,
        normalises_batch=kind == "batch",
        kept_bytes=HALF_PRECISION_BYTES * values if kept else 0.0,
        tensors=2,
    )
