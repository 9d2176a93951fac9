"""The op graph of a network as folded data: identical ops stand once, with a count.

A network knows what must be computed and moved for one sample; how long that takes is the model's business.
"""

from collections.abc import Iterable

from ipuwhatif.records import Record, replace

DENSE_CONVOLUTION = "dense_convolution"
GROUPED_CONVOLUTION = "grouped_convolution"  # depthwise ones included: groups of one channel
MATMUL = "matmul"
ATTENTION = "attention"
RECURRENT = "recurrent"  # a cell whose steps wait for each other
ELEMENTWISE = "elementwise"
OP_CLASSES = (DENSE_CONVOLUTION, GROUPED_CONVOLUTION, MATMUL, ATTENTION, RECURRENT, ELEMENTWISE)

HALF_PRECISION_BYTES = 2.0


class Op(Record, frozen=True):
    """One operation of the forward pass, per sample.

    flops: multiplications and additions of the forward pass; activation_bytes: inputs read and outputs written in
    half precision; kept_bytes: the part of them that the backward pass needs and that no other op keeps (outputs);
    parameters: trained weights of one instance, in `tensors` tensors. `count` instances are alike. `steps` is how
    often an instance runs one after the other on the same weights (time steps of a recurrent layer): flops and bytes
    are those of one step. `in_block` tells whether the op belongs to the repeated blocks that a pipeline spreads over
    its stages. `backward_only` work is done once for each sample after its gradient is there, and in no forward pass
    or recomputation: clipping of a sample's own gradient, for example. Not `aligned` is a product one of whose sizes is
    no multiple of 8 values: the matrix units of a GPU read such rows badly. score_bytes: those of activation_bytes that
    are scores between the two products of attention, which one kernel for both never moves.
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
    kept_bytes: float = 0.0
    tensors: int = 0
    group_width: int = 0  # input channels of a group, of a grouped convolution
    steps: int = 1
    backward_only: bool = False
    aligned: bool = True
    score_bytes: float = 0.0


class Network(Record, frozen=True):
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
        return sum(op.flops * op.count * op.steps for op in self.ops)

    @property
    def kept_bytes(self) -> float:
        """Activations of one sample that the backward pass needs, in half precision."""
        return sum(op.kept_bytes * op.count * op.steps for op in self.ops)

    @property
    def tensors(self) -> int:
        return sum(op.tensors * op.count for op in self.ops)


def fold(ops: Iterable[Op]) -> tuple[Op, ...]:
    """The ops with equal ones merged into one entry with their summed count, in order of first appearance."""
    counts: dict[Op, int] = {}
    for op in ops:
        single = op if op.count == 1 else replace(op, count=1)
        counts[single] = counts.get(single, 0) + op.count
    return tuple(op if count == 1 else replace(op, count=count) for op, count in counts.items())
