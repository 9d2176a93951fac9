"""The op graph of a network as folded data: identical ops stand once, with a count.

A network knows what must be computed and moved for one sample; how long that takes is the model's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

DENSE_CONVOLUTION = "dense_convolution"
MATMUL = "matmul"
ATTENTION = "attention"
ELEMENTWISE = "elementwise"
OP_CLASSES = (DENSE_CONVOLUTION, MATMUL, ATTENTION, ELEMENTWISE)

HALF_PRECISION_BYTES = 2.0


@dataclass(frozen=True, slots=True)
class Op:
    """One operation of the forward pass, per sample.

    flops: multiplications and additions of the forward pass; activation_bytes: inputs read and outputs written in
    half precision; parameters: trained weights of one instance. `count` instances are alike. `in_block` tells
    whether the op belongs to the repeated blocks that a pipeline spreads over its stages.
    """

    name: str
    op_class: str
    flops: float
    activation_bytes: float
    parameters: int = 0
    count: int = 1
    in_block: bool = False
    normalises_batch: bool = False  # needs the statistics of all samples that are normalised together
    data_gradient: bool = True  # False for the first layer: nothing needs the gradient of the input


@dataclass(frozen=True, slots=True)
class Network:
    """An op graph with what the layout must know: how many blocks there are to spread over a pipeline (0: none)."""

    key: str
    ops: tuple[Op, ...]
    blocks: int
    source: str

    @property
    def parameters(self) -> int:
        return sum(op.parameters * op.count for op in self.ops)

    @property
    def batch_normalisations(self) -> int:
        return sum(op.count for op in self.ops if op.normalises_batch)

    @property
    def forward_flops(self) -> float:
        return sum(op.flops * op.count for op in self.ops)


def fold(ops: Iterable[Op]) -> tuple[Op, ...]:
    """The ops with equal ones merged into one entry with their summed count, in order of first appearance."""
    counts: dict[Op, int] = {}
    for op in ops:
        single = replace(op, count=1)
        counts[single] = counts.get(single, 0) + op.count
    return tuple(replace(op, count=count) for op, count in counts.items())
