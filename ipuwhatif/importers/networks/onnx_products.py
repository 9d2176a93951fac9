"""The ops of ONNX that multiply: their FLOPs from the shapes of what they read and write.

Each op as its specification has it (onnx.ai/onnx/operators). FLOPs are multiplications and additions, 2 a product.
"""

from collections.abc import Mapping
from math import prod
from typing import Any

from ipuwhatif.networks.graph import (
    ATTENTION,
    DENSE_CONVOLUTION,
    GROUPED_CONVOLUTION,
    HALF_PRECISION_BYTES,
    MATMUL,
    RECURRENT,
    Op,
)
from ipuwhatif.networks.transformer import ALIGNED

Shape = tuple[int, ...]
#: Products of a hidden value in a step of a cell.
GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
PRODUCTS = ("Conv", "ConvTranspose", "MatMul", "Gemm", "Einsum", *GATES)


def attributes_of(node: Any) -> dict[str, Any]:  # noqa: ANN401  the package has no types
    """The plain attributes of a node by name."""
    kinds = {1: "f", 2: "i", 3: "s", 6: "floats", 7: "ints"}
    return {each.name: getattr(each, kinds[each.type]) for each in node.attribute if each.type in kinds}


def product_op(node: Any, read: list[Shape], written: Shape, parameters: int, tensors: int) -> Op:  # noqa: ANN401
    """The op of one of PRODUCTS. read: shapes of its inputs, empty for one that is left out; `tensors` hold weights.

    A product of two activations is one of attention. KeyError, IndexError or ValueError for shapes that do not fit.
    """
    named = attributes_of(node)
    steps = 1
    if node.op_type in ("Conv", "ConvTranspose"):
        flops, op_class, name = _convolution(node.op_type, named, read, written)
    elif node.op_type in GATES:
        steps = read[0][0]
        written = (
            steps,
            read[0][1],
            read[2][0] * read[2][2],
        )  # each hidden value of each step, whatever is used of them
        flops, op_class, name = _recurrent(node.op_type, read), RECURRENT, f"{node.op_type}, {_by(read[1])}"
    else:
        flops = _matrix(node.op_type, named, read, written)
        op_class = MATMUL if tensors else ATTENTION
        name = f"{'matrix product' if tensors else 'attention'}, {_by(read[0])}, {_by(read[1])}"
    values = sum(prod(shape) for place, shape in enumerate(read) if place == 0 or not tensors) + prod(written)
    return Op(
        name,
        op_class,
        flops=float(flops),
        activation_bytes=HALF_PRECISION_BYTES * values / steps,
        parameters=parameters,
        kept_bytes=HALF_PRECISION_BYTES * prod(written) / steps,
        tensors=tensors,
        group_width=read[1][1] if op_class == GROUPED_CONVOLUTION else 0,
        steps=steps,
        aligned=op_class != ATTENTION or all(shape[-1] % ALIGNED == 0 for shape in (*read[:2], written)),
    )


def _convolution(kind: str, named: Mapping[str, Any], read: list[Shape], written: Shape) -> tuple[int, str, str]:
    """A kernel over maps; a transposed one spreads each value that it reads instead of collecting those it writes."""
    weights = read[1]
    seen = prod(weights[1:])
    groups = named.get("group", 1)
    flops = 2 * seen * prod(written if kind == "Conv" else read[0])
    channels = (weights[1] * groups, weights[0]) if kind == "Conv" else (weights[0], weights[1] * groups)
    word = f"convolution in groups of {weights[1]}" if groups > 1 else "convolution"
    name = f"{word} {_by(weights[2:])}, {channels[0]} to {channels[1]}, {_by(written[2:])}"
    return flops, GROUPED_CONVOLUTION if groups > 1 else DENSE_CONVOLUTION, name


def _matrix(kind: str, named: Mapping[str, Any], read: list[Shape], written: Shape) -> int:
    if kind == "Gemm":
        inner = read[0][0] if named.get("transA", 0) else read[0][1]
        return 2 * prod(written) * inner
    if kind == "MatMul":
        return 2 * prod(written) * read[0][-1]
    left, right = (each.strip() for each in named["equation"].decode().partition("->")[0].replace(" ", "").split(","))
    sizes = dict(zip(left, read[0], strict=True)) | dict(zip(right, read[1], strict=True))
    return 2 * prod(sizes.values())


def _recurrent(kind: str, read: list[Shape]) -> int:
    """FLOPs of a step: weights of the input and of the hidden values, in each direction, for each sample."""
    inputs, hidden = read[1], read[2]
    if inputs[1] != GATES[kind] * hidden[2]:
        raise ValueError(kind)
    return 2 * read[0][1] * (prod(inputs) + prod(hidden))


def _by(shape: Shape) -> str:
    return " × ".join(map(str, shape))
