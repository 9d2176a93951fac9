"""Splits that meet a pinned batch, and what it costs to miss it."""

from math import ceil, floor

import numpy as np

from ipuwhatif.model.case import Pins
from ipuwhatif.model.layouts.plan import Pipeline, Plan
from ipuwhatif.model.layouts.split_grid import ROUNDING, BoolArray, Splits, round_counts, spread
from ipuwhatif.model.parameters import FloatArray

#: Share of a pinned batch by which a split may miss it.
MISS = 0.01
#: What a miss costs in the choice: a split that misses by a thousandth must be faster by so many thousandths, which is
#: more than a step gains that is larger by as much.
MISS_COSTS = 2.5
#: Of the micro-batches that meet a pinned batch on as many replicas, so many are tried, the largest first.
LARGEST_TRIED = 3
#: Of the replica counts below all of them that meet a pinned batch, so many are tried, the largest first.
COUNTS_TRIED = 6
#: A share of a batch of more samples than this is met within MISS by some whole number.
WHOLE_SHARES = 64


def pinned_splits(pins: Pins, units: float, most: FloatArray, pipeline: Pipeline) -> Splits:
    """Splits that meet a pinned batch within `MISS`, or the nearest where none does.

    units: samples (packs) of the batch. most: replicas that there are, shape (chip counts, 1). What is allowed depends
    on no speed, and what fewer replicas or a smaller memory allow is allowed with more.
    """
    replicas = replicas_to_try(pins, units, most)
    distinct, column = np.unique(replicas, return_inverse=True)
    micro, accumulation, miss = _shares(pins, units, distinct, pipeline)
    column = column.reshape(replicas.shape)
    nearest = np.maximum(miss.min(axis=1)[column].min(axis=1, keepdims=True) * ROUNDING, MISS)
    again = np.diff(replicas, axis=1, prepend=0.0) == 0.0
    shape = (len(most), -1)
    return Splits(
        np.repeat(replicas, miss.shape[1], axis=1),
        micro[column].reshape(shape),
        accumulation[column].reshape(shape),
        (miss[column].reshape(shape) <= nearest) & ~np.repeat(again, miss.shape[1], axis=1),
    )


def cost_of_miss(plan: Plan, batch: FloatArray, replicas: FloatArray) -> FloatArray:
    """Factors on the time of global batches in the choice of a split; 1 where no batch is pinned.

    A batch is held against the nearest that as many replicas can make: to meet it better is no reason to leave chips
    idle.
    """
    pins = plan.kind.pins
    if pins.global_batch is None:
        return np.ones_like(batch)
    unit = replicas * plan.samples_per_pack * _step(pins)
    nearest = unit * np.maximum(np.rint(pins.global_batch / unit), 1.0)
    return 1.0 + MISS_COSTS * np.abs(batch / nearest - 1.0)


def meets(pins: Pins, units: float, replicas: float) -> bool:
    """Whether some split of a pinned batch of so many samples (packs) on so many replicas comes within `MISS`."""
    whole = replicas * _step(pins)
    return floor(units * (1.0 + MISS) / whole) >= max(1, ceil(units * (1.0 - MISS) / whole))


def _step(pins: Pins) -> int:
    """What the samples of a replica are a multiple of."""
    return (pins.micro_batch or 1) * (pins.gradient_accumulation or 1)


def replicas_to_try(pins: Pins, units: float, most: FloatArray) -> FloatArray:
    """All replicas, those below that meet the batch, powers of two and three times one, descending; some twice.

    Shape (chip counts, replica counts).
    """
    step = _step(pins)
    first = np.maximum(np.ceil(units * (1.0 - MISS) / (most * step)), 1.0)
    share = (first + np.arange(WHOLE_SHARES)) * step
    meeting = np.clip(np.rint(units / share), 1.0, most)
    meets_it = np.abs(meeting * share - units) <= MISS * units
    meeting = np.where(meets_it & (np.cumsum(meets_it, axis=1) <= COUNTS_TRIED), meeting, 0.0)
    meeting = -np.sort(-meeting, axis=1)[:, :COUNTS_TRIED]
    tried = np.concatenate([most, np.maximum(meeting, 1.0), np.minimum(round_counts(most), most)], axis=1)
    return -np.sort(-tried, axis=1)


def _shares(
    pins: Pins, units: float, replicas: FloatArray, pipeline: Pipeline
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Micro-batches and accumulations of a pinned batch, and by what share of it each misses; inf is not to be tried.

    The nearest splits are tried, and those that come near with larger micro-batches, of each accumulation the nearest.
    In a pipeline small ones are worth a trial, since more of them follow its fill. Shapes (replica counts, splits).
    """
    share = (units / replicas)[:, None]
    sizes = np.arange(1.0, pipeline.micro_batch + 1.0)[None, :]
    if pins.micro_batch is not None:
        sizes = np.array([[float(pins.micro_batch)]])
    if pins.gradient_accumulation is not None:
        often = np.full((len(replicas), sizes.shape[1]), float(pins.gradient_accumulation))
    else:
        often = np.maximum(np.rint(share / sizes), 1.0)
    miss = np.abs(sizes * often - share) / share
    nearest = miss <= miss.min(axis=1, keepdims=True) * ROUNDING
    near = miss <= MISS
    if pins.micro_batch is None:
        near &= sizes == np.clip(np.rint(share / often), 1.0, pipeline.micro_batch)
    tried = _last(nearest) | _last(near)
    if pipeline.stages > 1:
        tried |= (nearest | near) & np.isin(sizes, spread(1, pipeline.micro_batch))
    taken = np.argsort(~tried, axis=1, kind="stable")[:, : int(tried.sum(axis=1).max())]
    miss = np.where(tried, miss, np.inf)
    micro = np.broadcast_to(sizes, miss.shape)
    return tuple(np.take_along_axis(each, taken, axis=1) for each in (micro, often, miss))  # type: ignore[return-value]


def _last(allowed: BoolArray) -> BoolArray:
    """The last LARGEST_TRIED of each row that are allowed."""
    return allowed & (np.cumsum(allowed[:, ::-1], axis=1)[:, ::-1] <= LARGEST_TRIED)
