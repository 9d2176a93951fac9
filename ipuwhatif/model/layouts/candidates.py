"""The layouts that are tried for cases of one kind, as columns over all of their chip counts.

A layout is a pipeline that fits, a number of replicas, a micro-batch and a gradient accumulation; what the user pins
is kept, and the global batch stays where the job was shown to converge.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import TypeVar

import numpy as np

from ipuwhatif.catalog.evidence.language_entries import ADAM
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.model.case import BEST
from ipuwhatif.model.language.language_plan import batch_asked
from ipuwhatif.model.language.language_splits import language_splits
from ipuwhatif.model.layouts.pinned_splits import MISS, cost_of_miss
from ipuwhatif.model.layouts.plan import Plan
from ipuwhatif.model.layouts.split_grid import ROUNDING, BoolArray
from ipuwhatif.model.layouts.splits import batch_is_given, splits_of
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.shown import GRAPHS_SINCE
from ipuwhatif.records import Record, replace

Table = TypeVar("Table", FloatArray, BoolArray)

#: What tells candidates apart, by the names of `lower.Columns`, in the order in which a Layout takes them.
COLUMNS = (
    "global_batch",
    "replicas",
    "stages",
    "micro_batch",
    "accumulation",
    "blocks_per_stage",
    "off_chip",
    "cuda_graph",
    "batch_norm_group",
    "in_network",
    "tensor",
    "context",
    "interleaving",
    "recomputed",
    "bits",
    "by_blocks",
    "gathers",
)


#: Columns that a pipeline tells -> its field.
OF_PIPELINES = {
    "stages": "stages",
    "blocks_per_stage": "blocks",
    "off_chip": "off_chip",
    **{name: name for name in COLUMNS[10:]},
}
#: Tokens of a micro-batch on a chip up to which entries ran language models inside of CUDA graphs.
TOKENS_IN_GRAPH = 4096


class Candidates(Record, frozen=True):
    """Rows of layouts to try; those of a chip count stand together, in the order of the chip counts."""

    count: IntArray  # (chip counts,): rows of each
    table: FloatArray  # (len(COLUMNS), rows)
    handicap: FloatArray  # (rows,): factor on the time in the choice among them
    first_of_group: IntArray  # (groups,): a row that stands for its group, whose rows run the same micro-batch
    group: IntArray  # (rows,)


def candidates_of(plan: Plan, chips: Sequence[int]) -> Candidates:
    """The layouts to try at each of some chip counts, all of which the plan's shortest pipeline can fill."""
    counts = np.array(chips, dtype=np.float64)[:, None]
    split_into = splits_of if plan.decoder is None else language_splits
    tried = [each for each in plan.pipelines if not each.below or counts.min() < each.below]
    grids = [split_into(plan, each, counts) for each in tried]
    splits = [grid.allowed.shape[1] for grid in grids]
    replicas, micro_batch, accumulation, allowed = (
        _side_by_side([getattr(grid, name) for grid in grids])
        for name in ("replicas", "micro_batch", "accumulation", "allowed")
    )
    batch = replicas * micro_batch * accumulation * plan.samples_per_pack
    if plan.decoder is not None:
        low, high = [batch_asked(plan)] * 2 if batch_asked(plan) else plan.shown.batches
        allowed = _within(batch, allowed, (low / (1.0 + MISS), high * (1.0 + MISS)))
    elif not batch_is_given(plan):
        allowed = _within(batch, allowed, plan.shown.batches)
    place, count = np.flatnonzero(allowed), np.count_nonzero(allowed, axis=1)
    case = np.repeat(np.arange(len(counts)), count)
    split = place - case * allowed.shape[1]
    pipeline = np.repeat(np.arange(len(grids)), splits)[split]
    table = np.empty((len(COLUMNS), len(place)))  # filled row by row: in a sweep it is the largest array of all
    row = dict(zip(COLUMNS, table, strict=True))
    np.rint(batch.take(place), out=row["global_batch"])
    for name, values in (("replicas", replicas), ("micro_batch", micro_batch), ("accumulation", accumulation)):
        # What is the same of all chip counts is read from one of them.
        row[name][:] = values.take(place) if values.strides[0] else values[0].take(split)
    for name in OF_PIPELINES:
        _fill(row[name], np.array([getattr(each, OF_PIPELINES[name]) for each in tried], float), pipeline)
    some, micro, often = row["replicas"], row["micro_batch"], row["accumulation"]
    row["cuda_graph"][:] = (
        _cuda_graph(plan, micro, often) if plan.decoder is None else _graph_of_tokens(plan, micro / row["context"])
    )
    row["batch_norm_group"][:] = _batch_norm_group(plan, micro, some)
    row["in_network"][:] = plan.in_network & (some * row["stages"] > plan.system.chips_per_domain)
    first, group = dense_groups(micro.astype(np.intp), pipeline, row["cuda_graph"].astype(np.intp))
    handicap = cost_of_miss(plan, row["global_batch"], some)
    return Candidates(count, table, handicap, first, group)


def _side_by_side(tables: Sequence[Table]) -> Table:
    """Tables of as many rows beside each other."""
    return tables[0] if len(tables) == 1 else np.concatenate(tables, axis=1)


def _fill(row: FloatArray, values: FloatArray, pipeline: IntArray) -> None:
    """What pipelines say, for the pipeline of each candidate."""
    if (values == values[0]).all():
        row[:] = values[0]
    else:
        values.take(pipeline, out=row, mode="clip")  # with a mode numpy writes in place


def layouts_of(plan: Plan, candidates: Candidates, rows: IntArray) -> list[Layout]:
    """Rows of the candidates as layouts."""
    columns = candidates.table[:10].take(rows, axis=1).astype(np.int64).tolist()
    pack, optimizer = plan.samples_per_pack, plan.shown.optimizer
    layouts = [
        Layout(
            BEST,
            batch,
            replicas,
            stages,
            micro,
            often,
            pack,
            blocks,
            state == 1,
            graph == 1,
            group,
            in_network == 1,
            optimizer,
        )
        for batch, replicas, stages, micro, often, blocks, state, graph, group, in_network in zip(*columns, strict=True)
    ]
    if plan.decoder is None:
        return layouts
    return _with_cuts(layouts, plan.pipelines[0].precision, candidates.table[10:].take(rows, axis=1).T.tolist())


def _with_cuts(layouts: Sequence[Layout], precision: str, cuts: Sequence[Sequence[float]]) -> list[Layout]:
    """Layouts of a language model with how each is cut, by the columns of the table that say so."""
    return [
        replace(
            layout,
            optimizer=ADAM,
            tensor_parallel=int(tensor),
            context_parallel=int(context),
            interleaving=int(pieces),
            recomputed=recomputed,
            precision=precision,
            gathers=int(gathers),
        )
        for layout, (tensor, context, pieces, recomputed, _, _, gathers) in zip(layouts, cuts, strict=True)
    ]


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


def _within(batch: FloatArray, allowed: BoolArray, batches: tuple[float, float]) -> BoolArray:
    """Where the global batch lies where convergence was measured; the nearest ones where none does."""
    smallest, largest = batches[0], batches[1] or np.inf
    within = allowed & (batch >= smallest / ROUNDING)
    within &= batch <= largest * ROUNDING
    without = np.flatnonzero(~within.any(axis=1))
    if len(without):
        some = batch[without]
        outside = np.where(allowed[without], np.maximum(smallest / some, some / largest), np.inf)
        within[without] = allowed[without] & (outside <= outside.min(axis=1, keepdims=True) * ROUNDING)
    return within


def _cuda_graph(plan: Plan, micro_batch: FloatArray, accumulation: FloatArray) -> FloatArray:
    """1 where a step runs inside a CUDA graph, 0 elsewhere; no entry accumulated gradients inside one."""
    if plan.kind.release < GRAPHS_SINCE:
        return np.zeros_like(micro_batch)
    inside = (micro_batch <= plan.shown.graph_micro_batch) & (accumulation == 1.0)
    return np.where(inside, 1.0, 0.0)


def _graph_of_tokens(plan: Plan, samples: FloatArray) -> FloatArray:
    """1 where a language model runs inside CUDA graphs: where entries of the chip did, with as few tokens a chip."""
    assert plan.decoder is not None
    few = samples * plan.decoder.tokens <= TOKENS_IN_GRAPH
    return np.where(few & plan.in_graph, 1.0, 0.0)


def _batch_norm_group(plan: Plan, micro_batch: FloatArray, replicas: FloatArray) -> FloatArray:
    """Chips that must normalise together so that as many samples meet as in any entry; a power of two."""
    if not (plan.normalised and plan.shown.normalised_together):
        return np.ones_like(micro_batch)
    group = _groups_of_sizes(plan.shown.normalised_together, int(micro_batch.max()))
    return np.minimum(replicas, group[micro_batch.astype(np.intp)])


@lru_cache(maxsize=256)
def _groups_of_sizes(together: int, largest: int) -> FloatArray:
    """Chips that normalise together so that so many samples meet, by micro-batch from 0 on."""
    sizes = range(1, largest + 1)
    return np.array([1, *(1 << max(0, ceil(together / size) - 1).bit_length() for size in sizes)], dtype=np.float64)
