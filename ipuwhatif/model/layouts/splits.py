"""How the work of a chip count is cut: replicas, micro-batch and gradient accumulation of one pipeline.

Jobs with entries vary their batch, jobs of a published configuration fill its batch. A pinned batch is met within
`MISS` by all splits that are tried, on all chips or on fewer; where none comes as near, the nearest is taken.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

import numpy as np

from ipuwhatif.model.layouts.pinned_splits import pinned_splits
from ipuwhatif.model.layouts.plan import Pipeline, Plan
from ipuwhatif.model.layouts.split_grid import (
    ROUNDING,
    SMALLEST_SHARE,
    STEP_BETWEEN_CANDIDATES,
    BoolArray,
    Splits,
    round_counts,
    spread,
)
from ipuwhatif.model.parameters import FloatArray

LARGEST_ACCUMULATION = 4096


def splits_of(plan: Plan, pipeline: Pipeline, chips: FloatArray) -> Splits:
    """What to try with a pipeline of the plan at each chip count; chips: shape (chip counts, 1)."""
    fits = chips >= pipeline.stages
    if plan.shown.published:
        # A shorter pipeline than the published one is for chips that are too few for the next.
        deeper = [each.stages for each in plan.pipelines if each.stages > pipeline.stages]
        fits &= chips < min(deeper, default=np.inf)
    most = np.maximum(chips // pipeline.stages, 1.0)
    pins = plan.kind.pins
    if pins.global_batch is not None:
        grid = pinned_splits(pins, pins.global_batch / plan.samples_per_pack, most, pipeline)
    elif plan.shown.published:
        grid = _published_splits(plan, pipeline, most)
    else:
        grid = searched_splits(plan, pipeline, most)
    shape = np.broadcast_shapes(grid.replicas.shape, grid.micro_batch.shape, grid.accumulation.shape)
    return Splits(
        np.broadcast_to(grid.replicas, shape),
        np.broadcast_to(grid.micro_batch, shape),
        np.broadcast_to(grid.accumulation, shape),
        np.broadcast_to(grid.allowed & fits, shape),
    )


def fewer_chips(plan: Plan, asked: Sequence[int]) -> list[int]:
    """Chip counts that may train faster than a larger one of those asked for, which may leave the rest idle; ascending.

    asked: ascending. They are whole domains, since what the all-reduce costs grows with each rack of IPUs that takes
    part, and with the logarithm of the machines elsewhere. A published configuration whose batch is not pinned chooses
    its replicas itself (`_published_splits`).
    """
    if plan.shown.published and plan.kind.pins.global_batch is None:
        return []
    system, least = plan.system, plan.least_chips
    # Of a torus some machines make a smaller one, whose links are the same.
    whole = system.chips_per_machine if system.torus_axes else system.chips_per_domain
    counts = _whole_domains(whole, system.maximum_chips, every=plan.is_ipu)
    return [count for count in counts if least <= count <= asked[-1]]


def batch_is_given(plan: Plan) -> bool:
    """Whether the user decides the batch: pinned, or by its parts where no entry shows how far it may go."""
    pins = plan.kind.pins
    by_parts = plan.shown.published and None not in (pins.micro_batch, pins.gradient_accumulation)
    return pins.global_batch is not None or by_parts


@lru_cache(maxsize=64)
def _whole_domains(domain: int, most: int, *, every: bool) -> tuple[int, ...]:
    largest = most // domain
    domains = range(1, largest + 1) if every else [2**power for power in range(largest.bit_length())]
    return tuple(domain * count for count in domains)


def searched_splits(plan: Plan, pipeline: Pipeline, replicas: FloatArray) -> Splits:
    """Of a job with entries.

    IPU entries ran one micro-batch and varied the accumulation; GPU entries varied the micro-batch and accumulate the
    largest, or about the largest where not even the smallest batch fits at once.
    """
    pins, largest, shown = plan.kind.pins, pipeline.micro_batch, plan.shown
    by_accumulation = plan.is_ipu or pins.micro_batch is not None
    if pins.micro_batch is not None:
        micros: Sequence[int] = [pins.micro_batch]
    elif plan.is_ipu:
        micros = [largest]
    else:
        micros = spread(min(shown.smallest_micro_batch, largest), largest)
    too_few = replicas * plan.samples_per_pack * largest < shown.batches[0]
    accumulations: Sequence[int] = spread(1, LARGEST_ACCUMULATION)
    if pins.gradient_accumulation is not None:
        accumulations = [pins.gradient_accumulation]
    smallest = SMALLEST_SHARE * largest if too_few.any() else largest
    often_enough = 0.0 if by_accumulation else smallest
    pairs = _pairs(tuple(micros), tuple(accumulations), often_enough, pins.gradient_accumulation)
    free = by_accumulation or pins.gradient_accumulation is not None
    regular = (pairs[:, 1] == 1.0) | (pairs[:, 0] == largest) | free
    product = pairs[:, 0] * pairs[:, 1]
    below = _next_smaller(product, regular)
    near = in_reach(product, below, replicas * plan.samples_per_pack, shown.batches)
    some = replicas
    if pins.gradient_accumulation is None:
        some = _within_batch(product[near], below[near], replicas, shown.batches[1] / plan.samples_per_pack)
    micro, accumulation = pairs[near].T
    return Splits(some, micro[None], accumulation[None], regular[near] | too_few)


@lru_cache(maxsize=256)
def _pairs(micros: tuple[int, ...], accumulations: tuple[int, ...], smallest: float, pinned: int | None) -> FloatArray:
    """Micro-batches with accumulations, shape (pairs, 2): from `smallest` on all, below it once or as pinned."""
    pairs = np.array(
        [
            (micro, accumulation)
            for micro in micros
            for accumulation in accumulations
            if accumulation in (1, pinned) or micro >= smallest
        ],
        dtype=np.float64,
    )
    pairs.setflags(write=False)
    return pairs


def _next_smaller(product: FloatArray, regular: BoolArray) -> FloatArray:
    """Samples of the next smaller regular split; 0 of the smallest, no number of those that are not regular."""
    smaller = np.sort(product[regular])
    return np.where(regular, np.concatenate([[0.0], smaller])[np.searchsorted(smaller, product)], np.nan)


def in_reach(product: FloatArray, below: FloatArray, units: FloatArray, batches: tuple[int, int]) -> BoolArray:
    """The splits that bring some of the chip counts near the batches, and the smallest and the largest of all."""
    near = product * units.max() * STEP_BETWEEN_CANDIDATES >= batches[0]
    near &= (product * units.min() <= batches[1] * STEP_BETWEEN_CANDIDATES) | (below * units.min() <= batches[1])
    return np.asarray(near | (product == product.min()) | (product == product.max()))


def _within_batch(product: FloatArray, below: FloatArray, replicas: FloatArray, most: float) -> FloatArray:
    """Replicas of each split: all, or where the split is the first to pass the largest batch, as many as it allows.

    most: packs of the largest batch. Shape (chip counts, splits).
    """
    first = (product * replicas > most * ROUNDING) & (below * replicas <= most * ROUNDING)
    return np.where(first, np.maximum(np.floor(most / product * ROUNDING), 1.0), replicas)


def _published_splits(plan: Plan, pipeline: Pipeline, most: FloatArray) -> Splits:
    """Of a job without entries: as many samples a step as were published, on all chips or on some of them.

    Where the batch is small, or does not divide by the chips, a job may be faster on a part of them, a power of two or
    three times one; the rest stands idle. Where micro-batch and accumulation are both pinned, the batch follows.
    """
    pack = plan.samples_per_pack
    batch = np.inf if batch_is_given(plan) else plan.shown.batches[1] or np.inf
    most = np.clip(most, 1.0, max(np.floor(batch / pack), 1.0))
    fewer = round_counts(most)
    replicas = np.concatenate([most, np.minimum(fewer, most)], axis=1)
    some = np.concatenate([most >= 1.0, fewer < most], axis=1)
    share = batch / (replicas * pack)  # packs that a replica may have a step
    grids = [Splits(replicas, *split, some) for split in _filled(plan, pipeline, share)]
    return Splits(
        *(
            np.concatenate([np.broadcast_to(getattr(grid, name), share.shape) for grid in grids], axis=1)
            for name in ("replicas", "micro_batch", "accumulation", "allowed")
        )
    )


def _filled(plan: Plan, pipeline: Pipeline, share: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """Micro-batches with the accumulation that fills a replica's share of the batch, in each of some ways.

    In a pipeline small micro-batches are worth a trial, since more of them follow its fill.
    """
    pins, largest = plan.kind.pins, pipeline.micro_batch
    pinned, once = pins.gradient_accumulation, np.ones_like(share)
    if pinned is not None:
        at_once = np.clip(np.floor(share / pinned), 1.0, largest)
        return [(pins.micro_batch * once if pins.micro_batch else at_once, pinned * once)]
    if pins.micro_batch is not None:
        return [(pins.micro_batch * once, _often(share, pins.micro_batch))]
    smallest = 1 if pipeline.stages > 1 else ceil(SMALLEST_SHARE * largest)
    accumulated = [(size * once, _often(share, size)) for size in spread(smallest, largest)]
    return [(np.clip(np.floor(share), 1.0, largest), once), *accumulated]


def _often(share: FloatArray, micro_batch: int) -> FloatArray:
    """How often a micro-batch goes into a share of a batch; once where the batch has no end."""
    return np.where(np.isfinite(share), np.maximum(np.floor(share / micro_batch), 1.0), 1.0)
