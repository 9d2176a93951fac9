"""Replicas, micro-batch and gradient accumulation of one cut of a language model, as far as they fit its memory."""

import numpy as np

from ipuwhatif.model.language.language_cuts import MICRO_BATCHES, SHARED_MICRO_BATCHES
from ipuwhatif.model.language.language_memory import Held, bytes_needed
from ipuwhatif.model.language.language_plan import batch_asked, most_replicas
from ipuwhatif.model.layouts.pinned_splits import replicas_to_try
from ipuwhatif.model.layouts.plan import Pipeline, Plan
from ipuwhatif.model.layouts.split_grid import Splits
from ipuwhatif.model.memory import room
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import replace

#: Batches that are tried between the smallest and the largest at which convergence was measured, each so many times
#: the one before.
STEP_BETWEEN_BATCHES = 1.15


def language_splits(plan: Plan, pipeline: Pipeline, chips: FloatArray) -> Splits:
    """What to try with a cut at each chip count; chips: shape (chip counts, 1). Batches are chosen among later."""
    assert plan.decoder is not None
    most = np.clip(chips // pipeline.chips, 1.0, most_replicas(plan))
    grid = (_of_batch if batch_asked(plan) else _between)(plan, most, pipeline.interleaved_by)
    held = Held(*(np.array(float(value)) for value in pipeline.held))
    needed = bytes_needed(plan.decoder, held, grid.replicas, grid.micro_batch)
    allowed = grid.allowed & (needed <= room(plan.chip, plan.kind.memory)) & (chips >= pipeline.chips)
    allowed &= grid.accumulation % pipeline.interleaved_by == 0.0
    if pipeline.below:
        allowed &= chips < pipeline.below
    return replace(grid, allowed=allowed)


def _of_batch(plan: Plan, most: FloatArray, multiple: int) -> Splits:
    """Splits that meet one batch as nearly as each number of replicas and each micro-batch can."""
    pins, batch = plan.kind.pins, batch_asked(plan)
    replicas = np.minimum(replicas_to_try(pins, batch, most), most)
    counts = np.repeat(replicas, len(_micros(plan)), axis=1)
    micro = np.tile(np.array(_micros(plan), dtype=np.float64), replicas.shape)
    return _accumulated(plan, counts, micro, np.full(counts.shape, batch), multiple)


def _between(plan: Plan, most: FloatArray, multiple: int) -> Splits:
    """Splits whose batches lie where convergence was measured, as far as pins let them."""
    low, high = plan.shown.batches
    count = int(np.ceil(np.log(high / low) / np.log(STEP_BETWEEN_BATCHES))) + 1
    micro, batch = (each.ravel()[None] for each in np.meshgrid(_micros(plan), np.geomspace(low, high, count)))
    at_once = micro * (plan.kind.pins.gradient_accumulation or 1)
    replicas = np.minimum(most, np.maximum(np.floor(high / at_once), 1.0))
    return _accumulated(plan, replicas, micro, batch, multiple)


def _micros(plan: Plan) -> list[int]:
    """Micro-batches to try: the pinned one, else those up to the largest that entries ran."""
    pinned = plan.kind.pins.micro_batch
    tried = SHARED_MICRO_BATCHES if plan.pipelines[0].gathers else MICRO_BATCHES
    return [pinned] if pinned else [each for each in tried if each <= plan.pipelines[0].micro_batch]


def _accumulated(plan: Plan, replicas: FloatArray, micro: FloatArray, batch: FloatArray, multiple: int) -> Splits:
    """As often as comes nearest to the batch, a multiple of a number, or as often as is pinned."""
    often = np.maximum(np.rint(batch / (replicas * micro * multiple)), 1.0) * multiple
    if plan.kind.pins.gradient_accumulation:
        often = np.full_like(often, float(plan.kind.pins.gradient_accumulation))
    return Splits(replicas, np.broadcast_to(micro, often.shape), often, np.ones(often.shape, dtype=bool))
