"""An op graph as arrays: what a training step does with each op, over all of its passes."""

import numpy as np

from ipuwhatif.model.parameters import FloatArray, IntArray, parameter_index
from ipuwhatif.networks.graph import (
    ATTENTION,
    ELEMENTWISE,
    GROUPED_CONVOLUTION,
    HALF_PRECISION_BYTES,
    MATMUL,
    RECURRENT,
    Network,
    Op,
)

#: Passes over the activations that the backward pass of an elementwise op takes: two read, one written, over two.
ELEMENTWISE_BACKWARD = 1.5
#: IPU entries keep few activations and compute the rest again (`recompute` in the layouts table).
RECOMPUTED_PASSES = {"ipu": 1.0, "gpu": 0.0}


#: Input channels that fill the matrix unit of an IPU in half precision (Masters et al. 2021, "Making EfficientNet More
#: Efficient", arXiv:2106.03640): a group of fewer leaves the rest of it idle.
FULL_GROUP = 16.0
#: Channels of a group below which a GPU gains nothing from wider ones: 0.6, 1.1 and 3.8 % of the peak of a V100 for
#: groups of 8, 16 and 32 channels (Jia et al. 2019, arXiv:1912.03413, Table 5.3), 0.4 % for groups of 4.
NARROW_GROUP = 8.0
#: Launches of one time step of a recurrent cell and direction: product with the state, sum, gates.
CELL_LAUNCHES = 3.0
#: What a framework launches around a recurrent layer on a GPU, each direction: weights and biases of four gates cut,
#: transposed and packed for the vendor's library, input and output transposed (counted in the conversion of
#: tensorflow/python/keras/layers/recurrent_v2.py). A compiled program of an IPU has none of it.
LAYER_CALLS = 29.0
#: What a framework launches once a step besides the network: input copied, loss and its gradient, a running metric.
STEP_CALLS = 20.0


def op_arrays(network: Network, architecture: str) -> dict[str, FloatArray | IntArray]:
    """The ops as arrays; elementwise ops are merged, since all of them run at memory speed.

    A GPU runs grouped convolutions outside its matrix units, at a rate that grows with the width of a group from
    NARROW_GROUP on; an IPU runs them on its matrix units, as far as a group fills one.
    """
    physics = "ipu" if architecture == "ipu" else "gpu"
    rows: dict[tuple[Op | None, bool, str], list[float]] = {}
    for op in network.ops:
        key = (None if op.op_class == ELEMENTWISE else op, op.in_block, op.op_class)
        passes = _passes(op, physics) * op.count * op.steps
        row = rows.setdefault(key, [0.0] * 4)
        row[0] += op.flops * passes / _relative_rate(op, physics)
        row[1] += op.activation_bytes * passes
        row[2] += 0.0 if op.op_class == ELEMENTWISE else op.parameters * HALF_PRECISION_BYTES * passes
        row[3] += _launches(op, passes) + _calls(op, physics) * (op.op_class == RECURRENT)
    table = np.array(list(rows.values()))
    return {
        "op_flops": table[:, 0],
        "op_bytes": table[:, 1],
        "op_weight_bytes": table[:, 2],
        "op_launches": table[:, 3],
        "op_in_block": np.array([float(in_block) for _, in_block, _ in rows]),
        "op_efficiency": np.array([_efficiency(*key, architecture) for key in rows], dtype=np.intp),
    }


def framework_calls(network: Network) -> float:
    """Launches of a step that a framework on a GPU makes one by one; the steps of a recurrent layer go in one call."""
    return STEP_CALLS + sum(_calls(op, "gpu") for op in network.ops)


def _launches(op: Op, passes: float) -> float:
    return passes * (CELL_LAUNCHES if op.op_class == RECURRENT else 1.0)


def _calls(op: Op, physics: str) -> float:
    if op.op_class != RECURRENT:
        return _passes(op, physics) * op.count * op.steps
    return 0.0 if physics == "ipu" else 2.0 * LAYER_CALLS * op.count


def _efficiency(op: Op | None, _in_block: bool, op_class: str, architecture: str) -> int:
    if op is None:
        return parameter_index()["one"]
    if architecture == "gpu" and not op.aligned:
        return parameter_index()["unaligned_efficiency.gpu"]
    physics = "ipu" if architecture == "ipu" else "gpu"
    return parameter_index()[f"efficiency.{physics}.{MATMUL if op_class == RECURRENT else op_class}"]


def _relative_rate(op: Op, physics: str) -> float:
    """Rate of an op over that of its class: what a group fills of an IPU's matrix unit, what its width gives a GPU."""
    if op.op_class != GROUPED_CONVOLUTION:
        return 1.0
    return min(1.0, op.group_width / FULL_GROUP) if physics == "ipu" else max(1.0, op.group_width / NARROW_GROUP)


def _passes(op: Op, physics: str) -> float:
    """How often the op's work is done in a training step: forward, recomputation, gradients of data and weights."""
    if op.backward_only:
        return 1.0
    forward = 1.0 + RECOMPUTED_PASSES[physics]
    if op.op_class == ELEMENTWISE:
        return forward + ELEMENTWISE_BACKWARD
    if op.op_class == ATTENTION:
        return forward + 2.0
    return forward + float(op.data_gradient) + 1.0
