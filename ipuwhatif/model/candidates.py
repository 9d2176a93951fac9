"""The layouts that are tried for cases of one kind, as columns over all of their chip counts.

A layout is a pipeline that fits, a number of replicas, a micro-batch and a gradient accumulation; what the user pins
is kept, and the global batch stays where the job was shown to converge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np
import numpy.typing as npt

from ipuwhatif.catalog.types import Layout
from ipuwhatif.model.case import BEST, Pins
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.pipelines import Pipeline, Plan
from ipuwhatif.model.shown import GRAPHS_SINCE

STEP_BETWEEN_CANDIDATES = 1.12
LARGEST_ACCUMULATION = 4096
#: A micro-batch of less than half the largest is as well accumulated half as often, at twice its size.
SMALLEST_SHARE = 0.5
ROUNDING = 1.0 + 1e-9

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Columns of shape (rows,); the rows of a chip count stand together, in the order of the chip counts."""

    count: IntArray  # (chip counts,): rows of each
    chips: FloatArray
    replicas: FloatArray
    stages: FloatArray
    micro_batch: FloatArray
    accumulation: FloatArray
    global_batch: FloatArray
    blocks_per_stage: FloatArray
    batch_norm_group: FloatArray
    off_chip: FloatArray
    cuda_graph: FloatArray
    first_of_group: IntArray  # (groups,): a row that stands for its group, whose rows run the same micro-batch
    group: IntArray


@dataclass(frozen=True, slots=True)
class _Grid:
    """Splits of one pipeline, shape (chip counts, splits) each; what is not allowed is not to be tried."""

    replicas: FloatArray
    micro_batch: FloatArray
    accumulation: FloatArray
    allowed: BoolArray


def candidates_of(plan: Plan, chips: Sequence[int]) -> Candidates:
    """The layouts to try at each of some chip counts, all of which the plan's shortest pipeline can fill."""
    counts = np.array(chips, dtype=np.float64)[:, None]
    grids = [_grid(plan, pipeline, counts) for pipeline in plan.pipelines]
    splits = [grid.allowed.shape[1] for grid in grids]
    replicas, micro_batch, accumulation = (
        np.concatenate([getattr(grid, name) for grid in grids], axis=1)
        for name in ("replicas", "micro_batch", "accumulation")
    )
    batch = replicas * micro_batch * accumulation * plan.samples_per_pack
    allowed = np.concatenate([grid.allowed for grid in grids], axis=1)
    if plan.kind.pins.global_batch is None:
        allowed &= _within(batch, allowed, plan.shown.batches)
    case, split = np.nonzero(allowed)
    pipeline = np.repeat(np.arange(len(grids)), splits)[split]
    stages, blocks, off_chip = (
        np.array([getattr(each, name) for each in plan.pipelines], dtype=np.float64)[pipeline]
        for name in ("stages", "blocks", "off_chip")
    )
    micro = micro_batch[case, split]
    graph = _cuda_graph(plan, micro)
    first, group = dense_groups(micro.astype(np.intp), pipeline, graph.astype(np.intp))
    return Candidates(
        count=np.bincount(case, minlength=len(counts)),
        chips=counts[case, 0],
        replicas=replicas[case, split],
        stages=stages,
        micro_batch=micro,
        accumulation=accumulation[case, split],
        global_batch=np.rint(batch[case, split]),
        blocks_per_stage=blocks,
        batch_norm_group=_batch_norm_group(plan, micro, replicas[case, split]),
        off_chip=off_chip,
        cuda_graph=graph,
        first_of_group=first,
        group=group,
    )


def layouts_of(plan: Plan, candidates: Candidates, rows: IntArray) -> list[Layout]:
    """Rows of the candidates as layouts."""
    columns = np.stack([getattr(candidates, name)[rows] for name in _OF_LAYOUT]).astype(np.int64).tolist()
    pack, optimizer = plan.samples_per_pack, plan.shown.optimizer
    return [
        Layout(BEST, batch, replicas, stages, micro, often, pack, blocks, state == 1, graph == 1, group, optimizer)
        for batch, replicas, stages, micro, often, blocks, state, graph, group in zip(*columns, strict=True)
    ]


_OF_LAYOUT = (
    "global_batch",
    "replicas",
    "stages",
    "micro_batch",
    "accumulation",
    "blocks_per_stage",
    "off_chip",
    "cuda_graph",
    "batch_norm_group",
)


def dense_groups(*keys: IntArray) -> tuple[IntArray, IntArray]:
    """Rows that agree in all keys, small whole numbers: a row of each group, and the group of each row."""
    key = keys[0]
    for other in keys[1:]:
        key = key * (int(other.max()) + 1) + other
    rank = np.cumsum(np.bincount(key) > 0) - 1
    group = rank[key]
    first = np.empty(int(rank[-1]) + 1, dtype=np.intp)
    first[group[::-1]] = np.arange(len(key) - 1, -1, -1)
    return first, group


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


def _grid(plan: Plan, pipeline: Pipeline, chips: FloatArray) -> _Grid:
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
    return _Grid(
        np.broadcast_to(grid.replicas, shape),
        np.broadcast_to(grid.micro_batch, shape),
        np.broadcast_to(grid.accumulation, shape),
        np.broadcast_to(grid.allowed & fits, shape),
    )


def _pinned_splits(plan: Plan, pipeline: Pipeline, replicas: FloatArray) -> _Grid:
    pins = plan.kind.pins
    assert pins.global_batch is not None
    per_replica = pins.global_batch / (replicas * plan.samples_per_pack)
    micro, accumulation, nearest = split_pinned_batch(
        pins, per_replica, pipeline.micro_batch, by_accumulation=plan.is_ipu
    )
    return _Grid(replicas, micro, accumulation, nearest)


def _searched_splits(plan: Plan, pipeline: Pipeline, replicas: FloatArray) -> _Grid:
    """Of a job with entries.

    IPU entries ran one micro-batch and varied the accumulation; GPU entries varied the micro-batch and accumulate only
    where the smallest batch does not fit at once.
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
    often = by_accumulation or bool(too_few.any())
    accumulations: Sequence[int] = spread(1, LARGEST_ACCUMULATION) if often else (1,)
    if pins.gradient_accumulation is not None:
        accumulations = [pins.gradient_accumulation]
    pairs = np.array(
        [
            (micro, accumulation)
            for micro in micros
            for accumulation in accumulations
            if by_accumulation or accumulation in (1, pins.gradient_accumulation) or micro >= SMALLEST_SHARE * largest
        ],
        dtype=np.float64,
    )
    pairs = _in_reach(pairs, replicas * plan.samples_per_pack, shown.batches)
    micro, accumulation = pairs[None, :, 0], pairs[None, :, 1]
    free = by_accumulation or pins.gradient_accumulation is not None
    return _Grid(replicas, micro, accumulation, (accumulation == 1.0) | too_few | free)


def _in_reach(pairs: FloatArray, units: FloatArray, batches: tuple[int, int]) -> FloatArray:
    """The splits that bring some of the chip counts near the batches, and the smallest and the largest of all."""
    product = pairs[:, 0] * pairs[:, 1]
    near = product * units.max() * STEP_BETWEEN_CANDIDATES >= batches[0]
    near &= product * units.min() <= batches[1] * STEP_BETWEEN_CANDIDATES
    near |= (product == product.min()) | (product == product.max())
    return np.asarray(pairs[near])


def _published_splits(plan: Plan, pipeline: Pipeline, most: FloatArray) -> _Grid:
    """Of a job without entries: as many samples a step as were published, on all chips or, halved, on some of them.

    Where the batch is small a job may be faster on a part of the chips; the rest stands idle.
    """
    pins, pack = plan.kind.pins, plan.samples_per_pack
    batch = pins.global_batch or plan.shown.batches[1] or np.inf
    most = np.clip(most, 1.0, max(batch // pack, 1.0))
    halvings = np.arange(1.0 + np.floor(np.log2(most.max())))
    halved = np.floor(most / 2.0**halvings)
    replicas, some = np.maximum(halved, 1.0), halved >= 1.0
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
        return _Grid(replicas, micro, accumulation, away <= away.min(axis=1, keepdims=True) * ROUNDING)
    share = batch / (replicas * pack)  # packs that a replica may have a step
    grids = [_Grid(replicas, *split, some) for split in _filled(plan, pipeline, share)]
    return _Grid(
        *(
            np.concatenate([np.broadcast_to(getattr(grid, name), share.shape) for grid in grids], axis=1)
            for name in ("replicas", "micro_batch", "accumulation", "allowed")
        )
    )


def _filled(plan: Plan, pipeline: Pipeline, share: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """Micro-batches with the accumulation that fills a replica's share of the batch, in each of some ways."""
    pins, largest = plan.kind.pins, float(pipeline.micro_batch)
    pinned = pins.gradient_accumulation
    if pinned is not None:
        at_once = np.clip(np.floor(share / pinned), 1.0, largest)
        micros = [np.full_like(share, pins.micro_batch) if pins.micro_batch else at_once]
        return [(micro, np.full_like(micro, pinned)) for micro in micros]
    at_once = np.clip(np.floor(share), 1.0, largest)
    sizes: Sequence[float] = (
        [pins.micro_batch] if pins.micro_batch else spread(ceil(SMALLEST_SHARE * largest), int(largest))
    )
    ways = [] if pins.micro_batch else [(at_once, np.ones_like(at_once))]
    for size in sizes:
        often = np.where(np.isfinite(share), np.maximum(np.floor(share / size), 1.0), 1.0)
        ways.append((np.full_like(share, size), often))
    return ways


def _within(batch: FloatArray, allowed: BoolArray, batches: tuple[int, int]) -> BoolArray:
    """Where the global batch lies where convergence was measured; the nearest ones where none does."""
    smallest, largest = batches
    outside = np.maximum(smallest / batch, batch / (largest or np.inf))
    outside = np.where(allowed, outside, np.inf)
    return np.asarray(outside <= np.maximum(outside.min(axis=1, keepdims=True), 1.0) * ROUNDING)


def _cuda_graph(plan: Plan, micro_batch: FloatArray) -> FloatArray:
    if plan.kind.release < GRAPHS_SINCE:
        return np.zeros_like(micro_batch)
    return (micro_batch <= plan.shown.graph_micro_batch).astype(np.float64)


def _batch_norm_group(plan: Plan, micro_batch: FloatArray, replicas: FloatArray) -> FloatArray:
    """Chips that must normalise together so that as many samples meet as in any entry; a power of two."""
    if not (plan.normalised and plan.shown.normalised_together):
        return np.ones_like(micro_batch)
    sizes = range(1, int(micro_batch.max()) + 1)
    group = [1 << max(0, ceil(plan.shown.normalised_together / size) - 1).bit_length() for size in sizes]
    return np.minimum(replicas, np.array([1, *group], dtype=np.float64)[micro_batch.astype(np.intp)])


@lru_cache(maxsize=64)
def spread(first: int, last: int) -> tuple[int, ...]:
    """Whole numbers from first to last, each at least STEP_BETWEEN_CANDIDATES times the one before."""
    values, current = [first], float(first)
    while values[-1] < last:
        current = max(current * STEP_BETWEEN_CANDIDATES, values[-1] + 1.0)
        values.append(min(last, round(current)))
    return tuple(values)
