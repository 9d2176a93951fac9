"""How the work of a chip count is cut: replicas, micro-batch and gradient accumulation of one pipeline.

Jobs with entries vary their batch, jobs of a published configuration fill its batch, and a pinned batch is met as
nearly as can be.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from math import ceil

import numpy as np
import numpy.typing as npt

from ipuwhatif.model.case import Pins
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.pipelines import Pipeline, Plan
from ipuwhatif.records import dataclass

STEP_BETWEEN_CANDIDATES = 1.12
LARGEST_ACCUMULATION = 4096
#: Without a pipeline a micro-batch of less than half the largest is as well accumulated half as often, twice as large.
SMALLEST_SHARE = 0.5
#: Of machines on a switched network, whose time hardly grows with them, fewer than this are not worth a trial.
SMALLEST_WORKING_SHARE = 0.25
ROUNDING = 1.0 + 1e-9

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Splits:
    """Splits of one pipeline, shape (chip counts, splits) each; what is not allowed is not to be tried."""

    replicas: FloatArray
    micro_batch: FloatArray
    accumulation: FloatArray
    allowed: BoolArray


def splits_of(plan: Plan, pipeline: Pipeline, chips: FloatArray) -> Splits:
    """What to try with a pipeline of the plan at each chip count; chips: shape (chip counts, 1)."""
    fits = chips >= pipeline.stages
    if plan.shown.published:
        # A shorter pipeline than the published one is for chips that are too few for the next.
        deeper = [each.stages for each in plan.pipelines if each.stages > pipeline.stages]
        fits &= chips < min(deeper, default=np.inf)
    most = np.maximum(chips // pipeline.stages, 1.0)
    if plan.shown.published:
        grid = _published_splits(plan, pipeline, most)
    elif plan.kind.pins.global_batch is not None:
        grid = _pinned_splits(plan, pipeline, most)
    else:
        grid = _searched_splits(plan, pipeline, most)
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
    part, and with the logarithm of the machines elsewhere. A published configuration chooses its replicas itself
    (`_published_splits`), and all chips take part in a pinned batch.
    """
    if plan.shown.published or plan.kind.pins.global_batch is not None:
        return []
    system, least, share = plan.system, plan.pipelines[0].stages, working_share(plan)
    counts = _whole_domains(system.chips_per_domain, system.maximum_chips, every=plan.is_ipu)
    above = [(count, bisect_left(asked, count)) for count in counts if count >= least]
    return [count for count, place in above if place < len(asked) and count > share * asked[place]]


def working_share(plan: Plan) -> float:
    """Share of the chips that must be exceeded by those that work; of IPUs any number of racks may stand idle."""
    return 0.0 if plan.is_ipu else SMALLEST_WORKING_SHARE


@lru_cache(maxsize=64)
def _whole_domains(domain: int, most: int, *, every: bool) -> tuple[int, ...]:
    largest = most // domain
    domains = range(1, largest + 1) if every else [2**power for power in range(largest.bit_length())]
    return tuple(domain * count for count in domains)


def _pinned_splits(plan: Plan, pipeline: Pipeline, replicas: FloatArray) -> Splits:
    pins = plan.kind.pins
    assert pins.global_batch is not None
    per_replica = pins.global_batch / (replicas * plan.samples_per_pack)
    micro, accumulation, nearest = split_pinned_batch(
        pins, per_replica, pipeline.micro_batch, by_accumulation=plan.is_ipu
    )
    return Splits(replicas, micro, accumulation, nearest)


def _searched_splits(plan: Plan, pipeline: Pipeline, replicas: FloatArray) -> Splits:
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
    pairs = np.array(
        [
            (micro, accumulation)
            for micro in micros
            for accumulation in accumulations
            if by_accumulation or accumulation in (1, pins.gradient_accumulation) or micro >= smallest
        ],
        dtype=np.float64,
    )
    free = by_accumulation or pins.gradient_accumulation is not None
    regular = (pairs[:, 1] == 1.0) | (pairs[:, 0] == largest) | free
    product = pairs[:, 0] * pairs[:, 1]
    below = _next_smaller(product, regular)
    near = _in_reach(product, below, replicas * plan.samples_per_pack, shown.batches)
    some = replicas
    if pins.gradient_accumulation is None:
        some = _within_batch(product[near], below[near], replicas, shown.batches[1] / plan.samples_per_pack)
    micro, accumulation = pairs[near].T
    return Splits(some, micro[None], accumulation[None], regular[near] | too_few)


def _next_smaller(product: FloatArray, regular: BoolArray) -> FloatArray:
    """Samples of the next smaller regular split; 0 of the smallest, no number of those that are not regular."""
    smaller = np.sort(product[regular])
    return np.where(regular, np.concatenate([[0.0], smaller])[np.searchsorted(smaller, product)], np.nan)


def _in_reach(product: FloatArray, below: FloatArray, units: FloatArray, batches: tuple[int, int]) -> BoolArray:
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
    three times one; the rest stands idle.
    """
    pins, pack = plan.kind.pins, plan.samples_per_pack
    batch = pins.global_batch or plan.shown.batches[1] or np.inf
    most = np.clip(most, 1.0, max(np.floor(batch / pack), 1.0))
    fewer = np.array(
        sorted(count for power in range(int(most.max()).bit_length()) for count in (2**power, 3 * 2**power))
    )
    replicas = np.concatenate([most, np.minimum(fewer, most)], axis=1)
    some = np.concatenate([most >= 1.0, fewer < most], axis=1)
    if pins.global_batch is not None:
        grids = [_pinned_splits(plan, pipeline, replicas[:, [column]]) for column in range(replicas.shape[1])]
        wide = grids[0].micro_batch.shape[1]
        micro, accumulation, nearest = (
            np.concatenate([getattr(grid, name) for grid in grids], axis=1)
            for name in ("micro_batch", "accumulation", "allowed")
        )
        replicas, some = np.repeat(replicas, wide, axis=1), np.repeat(some, wide, axis=1)
        away = np.abs(replicas * pack * micro * accumulation - pins.global_batch)
        away = np.where(some & nearest, away, np.inf)
        return Splits(replicas, micro, accumulation, away <= away.min(axis=1, keepdims=True) * ROUNDING)
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


def split_pinned_batch(
    pins: Pins, per_replica: FloatArray, largest: int, *, by_accumulation: bool
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Micro-batches and accumulations nearest to a pinned global batch, shape (chip counts, splits) each.

    per_replica: samples (packs) of the batch for each replica, shape (chip counts, 1). largest: the micro-batch that
    fits. IPU entries ran one micro-batch and varied the accumulation: they take the largest micro-batch, or a smaller
    one, of half of it at least, that comes nearer. GPU entries varied the micro-batch and accumulate only where a
    batch does not fit at once. The last array tells what is nearest.
    """
    whole = np.maximum(np.rint(per_replica), 1.0)
    if pins.gradient_accumulation is not None:
        accumulation = np.full_like(whole, pins.gradient_accumulation)
        micro = np.clip(np.rint(per_replica / accumulation), 1.0, largest)
    elif pins.micro_batch is not None:
        micro = np.full_like(whole, pins.micro_batch)
        accumulation = np.maximum(np.rint(per_replica / micro), 1.0)
    elif by_accumulation:
        sizes = np.arange(1.0, largest + 1.0)[None, :]
        micro = np.broadcast_to(sizes, (len(whole), largest))
        accumulation = np.maximum(np.rint(per_replica / sizes), 1.0)
    else:
        accumulation = np.maximum(np.ceil(whole / largest), 1.0)
        micro = np.clip(np.rint(per_replica / accumulation), 1.0, largest)
    distance = np.abs(micro * accumulation - per_replica)
    if by_accumulation and micro.shape[1] > 1:
        distance = np.where(micro < np.minimum(ceil(SMALLEST_SHARE * largest), whole), np.inf, distance)
    return micro, accumulation, distance <= distance.min(axis=1, keepdims=True) * ROUNDING


@lru_cache(maxsize=64)
def spread(first: int, last: int) -> tuple[int, ...]:
    """Whole numbers from first to last, each at least STEP_BETWEEN_CANDIDATES times the one before."""
    values, current = [first], float(first)
    while values[-1] < last:
        current = max(current * STEP_BETWEEN_CANDIDATES, values[-1] + 1.0)
        values.append(min(last, round(current)))
    return tuple(values)
