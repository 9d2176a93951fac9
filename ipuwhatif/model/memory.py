"""Bytes that the fullest chip needs to train its share of a network, and what of its memory is there for them.

.. math::
    M = P\\,(w + g + o) + m\\,A, \\qquad M \\le (1 - c) \\cdot \\text{memory}

with P the parameters of a pipeline stage (all of them without a pipeline), w, g and o the bytes of weight, gradient and
optimizer state of a parameter, m the micro-batch, A the bytes of activations of a sample and c the share of the memory
that code and workspace take. In mixed precision w + g + o is 16 bytes with Adam and its like [1]_. With K the bytes of
a block that the backward pass needs [2]_, b blocks on a stage, h the bytes that a block hands over and s stages:

.. math::
    A_{kept} = s\\,b\\,K, \\qquad A_{recomputed} = (2 s - 2 + b)\\,h + K

A GPU or CPU keeps what its micro-batches in flight need, one for each stage that follows [3]_. Other chips keep the
inputs of 2 s - 1 stages in flight, and of the blocks of the one that they compute again, block by block; a network
without blocks is computed again in segments [4]_. Embedding and head add what they keep for one micro-batch, on a stage
that is given only the blocks that the other stages leave. Blocks count as alike.

.. [1] Rajbhandari et al. 2020, "ZeRO: Memory Optimizations Toward Training Trillion Parameter Models",
   arXiv:1910.02054, section 3.1.
.. [2] Korthikanti et al. 2022, "Reducing Activation Recomputation in Large Transformer Models", arXiv:2205.05198,
   section 4.1; the op graphs carry these bytes.
.. [3] Narayanan et al. 2021, "Efficient Large-Scale Language Model Training on GPU Clusters", arXiv:2104.04473.
.. [4] Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost", arXiv:1604.06174.
"""

from functools import lru_cache
from math import ceil, floor

from ipuwhatif.catalog.types import Chip
from ipuwhatif.model.roles.kinds import physics_of
from ipuwhatif.model.statics.values import block_parameters, head_blocks
from ipuwhatif.networks.graph import ATTENTION, ELEMENTWISE, Network
from ipuwhatif.networks.library import ENTRIES, Kernels, network_for
from ipuwhatif.records import Record

#: What fills a chip, in the order in which it is stacked: what code and workspace take is there in any case.
RESERVE, WEIGHTS, GRADIENTS, STATE = "reserve", "weights", "gradients", "state"
GATHERED, ACTIVATIONS, SCORES = "gathered", "activations", "scores"
PARTS = (RESERVE, WEIGHTS, GRADIENTS, STATE, GATHERED, ACTIVATIONS, SCORES)
WEIGHT_BYTES, GRADIENT_BYTES = 2.0, 2.0
#: fp32 moments of the optimizer; a GPU keeps fp32 weights as well, an IPU rounds stochastically and needs none.
MOMENT_BYTES = {"sgd": 4.0, "lars": 4.0, "lamb": 8.0}
MASTER_BYTES = {"ipu": 0.0, "gpu": 4.0}
#: Chips that keep few activations and compute the rest again. IPU entries say so (`recompute` in the layouts table); of
#: TPU and Gaudi it is inferred: BERT-Large at the micro-batches of their entries does not fit them otherwise.
RECOMPUTING = ("ipu", "tpu", "gaudi")
#: Share of the memory for code, workspace and what is lost between tensors. On an IPU the program lies in the same
#: memory; the value is chosen so that every published layout fits and BERT-Large on 2 IPUs, which no entry ran, not.
#: On a GPU it is chosen so that the assumed layouts fit a GPU of 40 GB.
RESERVED = {"ipu": 0.2, "gpu": 0.1}
#: Activations that ops nobody joined keep, over those counted: with it the largest micro-batches of GPT-2 that ran on
#: GPUs of 32 GB fit (14, 6, 3 and 1 of the four sizes, by DeepSpeed's search), and one sample more does not.
UNJOINED_KEPT = 1.22
#: Segments that the IPU entries of ResNet-50 computed again (`recompute` in the layouts table).
SEGMENTS = 7
#: Before the round of this release whole layers (two blocks) were put on a stage, then half layers: 14 and 8 blocks of
#: BERT became 13 and 7.
HALF_LAYERS_SINCE = "2021-12"


class Sizes(Record, frozen=True):
    """What of a network decides the memory it needs; bytes are those of one sample as the chip sees it."""

    parameters: int
    blocks: int
    block_parameters: float
    head_blocks: int
    kept_in_blocks: float
    kept_outside: float
    handed_over: float  # from one block, or one segment, to the next


class Need(Record, frozen=True):
    """Bytes on a chip: of `count` parameters the weights, gradients and the optimizer state that is kept on it."""

    count: float
    state_each: float  # bytes of optimizer state that a parameter has on the chip
    activations: float  # of one sample of a micro-batch

    @property
    def parameters(self) -> float:
        """Bytes of weights, gradients and optimizer state together."""
        return (WEIGHT_BYTES + GRADIENT_BYTES + self.state_each) * self.count

    def parts(self, micro_batch: int) -> dict[str, float]:
        """The same and the activations of a micro-batch, by PARTS."""
        return {
            WEIGHTS: WEIGHT_BYTES * self.count,
            GRADIENTS: GRADIENT_BYTES * self.count,
            STATE: self.state_each * self.count,
            ACTIVATIONS: micro_batch * self.activations,
        }


@lru_cache(maxsize=256)
def sizes_of(network: str, architecture: str, layers: tuple[int, ...] = (), kernels: Kernels = ENTRIES) -> Sizes:
    """The sizes of a network on an architecture; KeyError for an unknown one, InputError for layers out of bounds.

    kernels: of the software that runs it. Ops that nobody joined keep what lies between them as well.
    """
    graph = network_for(network, architecture, layers, kernels)
    kept = 1.0 if kernels.joined else UNJOINED_KEPT
    inside = sum(op.kept_bytes * op.count * op.steps for op in graph.ops if op.in_block or not graph.blocks)
    return Sizes(
        parameters=graph.parameters,
        blocks=graph.blocks,
        block_parameters=block_parameters(graph),
        head_blocks=head_blocks(graph),
        kept_in_blocks=kept * inside,
        kept_outside=kept * (graph.kept_bytes - inside),
        handed_over=_handed_over(graph),
    )


def _handed_over(graph: Network) -> float:
    """Bytes between two blocks: of a transformer what its attention puts out, else of a product with weights."""
    attention = [op for op in graph.ops if op.op_class == ATTENTION]
    products = attention or [op for op in graph.ops if op.op_class != ELEMENTWISE]
    kept = [(op.kept_bytes * op.count, op.count) for op in products if op.kept_bytes > 0.0]
    return sum(size for size, _ in kept) / max(sum(count for _, count in kept), 1)


def blocks_per_stage(sizes: Sizes, stages: int, release: str) -> int:
    """Blocks on the most loaded stage; 0 without a pipeline."""
    if stages == 1:
        return 0
    together = 1 if release >= HALF_LAYERS_SINCE else 2
    return ceil((sizes.blocks + sizes.head_blocks) / stages / together) * together


def needs(
    sizes: Sizes, architecture: str, optimizer: str, stages: int, loaded: int, *, off_chip: bool
) -> tuple[Need, ...]:
    """What the chips of a pipeline need: a most loaded one of `loaded` blocks, and that of embedding and head.

    off_chip: the optimizer state is streamed from the machine's memory. KeyError for an unknown optimizer.
    """
    again = architecture in RECOMPUTING
    state = MASTER_BYTES[physics_of(architecture)] + (0.0 if off_chip else MOMENT_BYTES[optimizer])
    if stages == 1:
        activations = _activations(sizes, again, 1, sizes.blocks) + sizes.kept_outside
        return (Need(sizes.parameters, state, activations),)
    left = max(sizes.blocks - (stages - 1) * loaded, 0)
    outside = sizes.parameters - sizes.block_parameters * sizes.blocks
    beside = _activations(sizes, again, stages, left) if left else 0.0
    return (
        Need(loaded * sizes.block_parameters, state, _activations(sizes, again, stages, loaded)),
        Need(outside + left * sizes.block_parameters, state, sizes.kept_outside + beside),
    )


def _activations(sizes: Sizes, again: bool, stages: int, blocks: int) -> float:
    """Bytes of one sample on a stage of `blocks` blocks, or on the whole network where it has none."""
    if not again:
        return stages * blocks * sizes.kept_in_blocks / sizes.blocks if sizes.blocks else sizes.kept_in_blocks
    pieces, all_pieces = (blocks, sizes.blocks) if sizes.blocks else (SEGMENTS, SEGMENTS)
    return (2 * stages - 2 + pieces) * sizes.handed_over + sizes.kept_in_blocks / all_pieces


def room(chip: Chip, memory: float = 1.0) -> float:
    """Bytes of a chip's memory, `memory` times that of the data sheet, that parameters and activations may take."""
    return (1.0 - RESERVED[physics_of(chip.architecture)]) * chip.value("memory_size") * memory


def reserve(chip: Chip, memory: float = 1.0) -> float:
    """Bytes of it that code and workspace take."""
    return chip.value("memory_size") * memory - room(chip, memory)


def largest_micro_batch(needed: tuple[Need, ...], chip: Chip, memory: float = 1.0) -> int:
    """Samples of a micro-batch that fit beside the parameters on each of the chips; 0 where not even one does."""
    free = room(chip, memory)
    return max(0, min(floor((free - each.parameters) / max(each.activations, 1.0)) for each in needed))


def bytes_needed(needed: tuple[Need, ...], micro_batch: int) -> float:
    """Bytes on the fullest of the chips."""
    return _on_chip(fullest(needed, micro_batch), micro_batch)


def fullest(needed: tuple[Need, ...], micro_batch: int) -> Need:
    """What the fullest of the chips needs, the first of several."""
    return max(needed, key=lambda each: _on_chip(each, micro_batch))


def _on_chip(need: Need, micro_batch: int) -> float:
    return need.parameters + micro_batch * need.activations
