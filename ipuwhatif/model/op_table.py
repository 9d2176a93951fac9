"""An op graph as arrays: what a training step does with each op, over all of its passes."""

import numpy as np

from ipuwhatif.model.parameters import FloatArray, IntArray, parameter_index
from ipuwhatif.networks.graph import ATTENTION, ELEMENTWISE, HALF_PRECISION_BYTES, Network, Op

#: Passes over the activations that the backward pass of an elementwise op takes: two read, one written, over two.
ELEMENTWISE_BACKWARD = 1.5
#: IPU entries keep few activations and compute the rest again (`recompute` in the layouts table).
RECOMPUTED_PASSES = {"ipu": 1.0, "gpu": 0.0}


def op_arrays(network: Network, architecture: str) -> dict[str, FloatArray | IntArray]:
    """The ops as arrays; elementwise ops are merged, since all of them run at memory speed."""
    rows: dict[tuple[Op | None, bool, str], list[float]] = {}
    for op in network.ops:
        key = (None if op.op_class == ELEMENTWISE else op, op.in_block, op.op_class)
        passes = _passes(op, architecture) * op.count
        row = rows.setdefault(key, [0.0] * 4)
        row[0] += op.flops * passes
        row[1] += op.activation_bytes * passes
        row[2] += 0.0 if op.op_class == ELEMENTWISE else op.parameters * HALF_PRECISION_BYTES * passes
        row[3] += passes
    table = np.array(list(rows.values()))
    index = parameter_index()
    columns = [
        index["one"] if op_class == ELEMENTWISE else index[f"efficiency.{architecture}.{op_class}"]
        for _, _, op_class in rows
    ]
    return {
        "op_flops": table[:, 0],
        "op_bytes": table[:, 1],
        "op_weight_bytes": table[:, 2],
        "op_launches": table[:, 3],
        "op_in_block": np.array([float(in_block) for _, in_block, _ in rows]),
        "op_efficiency": np.array(columns, dtype=np.intp),
    }


def _passes(op: Op, architecture: str) -> float:
    """How often the op's work is done in a training step: forward, recomputation, gradients of data and weights."""
    forward = 1.0 + RECOMPUTED_PASSES[architecture]
    if op.op_class == ELEMENTWISE:
        return forward + ELEMENTWISE_BACKWARD
    if op.op_class == ATTENTION:
        return forward + 2.0
    return forward + float(op.data_gradient) + 1.0
