"""How a language model may be cut over the chips of a replica, and the fewest chips of a kind that it fits on."""

from collections.abc import Collection, Iterator
from itertools import product

import numpy as np

from ipuwhatif.model.language.language_memory import Held, sample_bytes, shared_bytes
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.networks.decoder import Decoder
from ipuwhatif.records import Record

WIDTHS = (1, 2, 4, 8)
#: Tensor parallel chips beside replicas that share weights, as compiled programs cut them: entries ran 1, 8 and 16.
COMPILED_WIDTHS = (1, 2, 4, 8, 16)
STAGES = (1, 2, 4, 8, 16)
RECOMPUTED = (0.0, 1.0)
#: Fused attention stores no scores: what "selective" would compute again is never kept.
RECOMPUTE = {"none": 0.0, "selective": 0.0, "full": 1.0}
MOST_PIECES = 12  # that entries cut a stage into
MICRO_BATCHES = (1, 2, 4)
#: Of chips that share weights: each micro-batch gathers them anew, so that as large a one runs as fits. Published runs
#: had up to 104 short samples.
SHARED_MICRO_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128)
FULLY_SHARED = 2  # gathers of the weights in a micro-batch


class Cut(Record, frozen=True):
    """One way to cut the network over the chips of a replica."""

    tensor: int
    context: int
    stages: int
    interleaving: int
    recomputed: float
    gathers: int = 0  # of the weights in a micro-batch, where replicas share them
    by_product: bool = False  # and gather product by product

    @property
    def chips(self) -> int:
        """Chips of a replica."""
        return self.tensor * self.context * self.stages


def cuts(sizes: Decoder, domain: int, most: int) -> tuple[Cut, ...]:
    """Cuts that divide the heads and the tokens, none of more chips than `most`; those of few chips first.

    Pieces are interleaved only where the micro-batches divide by the stages, so that each cut stands here without too.

    Tensor parallel chips share a domain: no entry let each product wait for the network between domains.
    """
    found = [
        Cut(tensor, context, stages, count, recomputed)
        for tensor, context, stages, recomputed in _grid()
        for count in sorted({1, pieces(sizes, stages)})
        if tensor <= domain
        and sizes.key_value_heads % tensor == 0
        and sizes.tokens % context == 0
        and stages <= sizes.layers
        and tensor * context * stages <= most
    ]
    return tuple(sorted(found, key=lambda cut: cut.chips))


def shared_cuts() -> tuple[Cut, ...]:
    """A network that each chip runs whole, gathering layer by layer what all share (ZeRO-3, FSDP)."""
    return tuple(Cut(1, 1, 1, 1, recomputed, FULLY_SHARED) for recomputed in RECOMPUTED)


def compiled_cuts(sizes: Decoder, domain: int, shares: Collection[float]) -> tuple[Cut, ...]:
    """A network whose products some chips share, beside others that share its weights (GSPMD: Xu et al. 2021,
    arXiv:2105.04663); those of few chips first. shares: of the layers that entries computed again."""
    return tuple(
        Cut(tensor, 1, 1, 1, recomputed, FULLY_SHARED, by_product=True)
        for tensor, recomputed in product(COMPILED_WIDTHS, sorted({*RECOMPUTED, *shares}))
        if tensor <= domain and sizes.key_value_heads % tensor == 0
    )


def _grid() -> Iterator[tuple[int, int, int, float]]:
    return product(WIDTHS, WIDTHS, STAGES, RECOMPUTED)


def pieces(sizes: Decoder, stages: int) -> int:
    """Pieces on a stage: the most, up to MOST_PIECES, that its layers divide into."""
    layers = -(-sizes.layers // stages)
    return max(count for count in range(1, MOST_PIECES + 1) if layers % count == 0) if stages > 1 else 1


def held_by(some: tuple[Cut, ...], bits: int) -> Held:
    """Cuts whose products run in so many bits, as arrays, shape (cuts,)."""

    def column(name: str) -> FloatArray:
        return np.array([getattr(cut, name) for cut in some], dtype=np.float64)

    return Held(
        tensor=column("tensor"),
        context=column("context"),
        stages=column("stages"),
        interleaving=column("interleaving"),
        recomputed=column("recomputed"),
        bits=np.full(len(some), float(bits)),
        shared=np.array([float(cut.gathers > 0) for cut in some]),
        by_product=column("by_product"),
    )


def fewest_chips(
    sizes: Decoder, some: tuple[Cut, ...], bits: int, room: float, micro_batch: int, most_replicas: float = np.inf
) -> int:
    """The fewest chips on which one of the cuts fits; 0: none."""
    chips = chips_to_fit(sizes, some, bits, room, micro_batch, most_replicas)
    return 0 if np.isnan(chips).all() else int(np.nanmin(chips))


def chips_to_fit(
    sizes: Decoder, some: tuple[Cut, ...], bits: int, room: float, micro_batch: int, most_replicas: float = np.inf
) -> FloatArray:
    """The fewest chips on which each of the cuts fits, with as many replicas as its optimizer state needs; else nan.

    most_replicas: that a batch has work for. Shape (cuts,).
    """
    held = held_by(some, bits)
    split, kept = shared_bytes(sizes, held)
    left = room - kept - micro_batch * sample_bytes(sizes, held)
    replicas = np.ceil(split / np.where(left > 0.0, left, np.nan))
    replicas = np.where(replicas <= most_replicas, np.maximum(replicas, 1.0), np.nan)
    return np.array([cut.chips for cut in some]) * replicas
