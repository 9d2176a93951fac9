"""The search over a grid: chip counts of some kinds times the choices of a user, as arrays without an object a case.

What the choices do not change is worked out once for all of them: candidates, inputs, and each term of the time that
no moved factor is part of. Every answer is that of `search`, but for a last bit: numpy rounds by where an array lies.
"""

from collections.abc import Mapping, Sequence
from math import gcd

import numpy as np

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.layouts.candidates import COLUMNS
from ipuwhatif.model.layouts.pipelines import check_chips, plan_of
from ipuwhatif.model.layouts.plan import Plan
from ipuwhatif.model.layouts.split_grid import BoolArray
from ipuwhatif.model.layouts.splits import fewer_chips
from ipuwhatif.model.lower import stated_samples, with_factors
from ipuwhatif.model.packs import ROUNDING, Pack, fastest, pack_of, static_key
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.shown import Kind
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.model.statics.static import static_of
from ipuwhatif.model.time_to_train import PARTS, Outcome, evaluate
from ipuwhatif.records import Record
from ipuwhatif.units import InputError, Said, reason_of


class Grid(Record, frozen=True):
    """Some kinds with the chip counts that each is asked about, and all layouts that are tried for them."""

    pack: Pack
    fewer: tuple[BoolArray, ...]  # of each kind: which of its trials larger chip counts may take as well
    asked: IntArray  # (points,): the trial of each chip count that is asked about, kind by kind


#: What a grid can be asked for: fields of an Outcome, its parts, and what layouts say.
TIME, SAMPLES, THROUGHPUT, STEP_TIME = "time_to_train", "samples", "throughput", "step_time"
ANSWERS = (TIME, SAMPLES, THROUGHPUT, STEP_TIME, *PARTS, *COLUMNS)
Answers = dict[str, FloatArray]


def chips_that_run(shared: SharedCatalog, kind: Kind, chips: Sequence[int]) -> tuple[int, Said]:
    """How many of some chip counts, ascending, are too few for a kind; and why, "" where all of them run."""
    try:
        plan = plan_of(shared, kind)
    except InputError as fault:
        return len(chips), reason_of(fault)
    reason: Said = ""
    for place, count in enumerate(chips):
        try:
            check_chips(plan, count)
        except InputError as fault:
            reason = reason or reason_of(fault)
        else:
            return place, reason
    return len(chips), reason


def alike(shared: SharedCatalog, kind: Kind) -> tuple[object, ...]:
    """What kinds must agree in to stand in one grid: networks of as many ops, whose sums are rounded alike."""
    static = static_of(shared, static_key(plan_of(shared, kind)))
    return kind.workload, kind.system, len(static.op_flops)


def grid_of(shared: SharedCatalog, parts: Sequence[tuple[Kind, Sequence[int]]]) -> Grid:
    """The grid of kinds that are `alike`, each at some chip counts, ascending, all of which run."""
    tried, fewer, asked, trials = [], [], [], 0
    for kind, chips in parts:
        counts, is_fewer, position = _to_try(plan_of(shared, kind), chips)
        asked.append(trials + position)
        tried.append((kind, tuple(counts.tolist())))
        fewer.append(is_fewer)
        trials += len(counts)
    return Grid(pack_of(shared, tuple(tried)), tuple(fewer), np.concatenate(asked))


def replica_chips(plan: Plan) -> int:
    """Chips that every pipeline of a plan fills: counts between two multiples of them have the same layouts."""
    return gcd(*(pipeline.chips for pipeline in plan.pipelines))


def _to_try(plan: Plan, chips: Sequence[int]) -> tuple[IntArray, BoolArray, IntArray]:
    """Chip counts to try, ascending; which of them are the fewer ones; the place of each that is asked about.

    As `search.chips_to_try`, but counts that fill as many replicas of every pipeline have the same layouts: one of
    them stands for all.
    """
    replica = replica_chips(plan)
    own, fewer = (np.array(each, dtype=np.intp) // replica * replica for each in (chips, fewer_chips(plan, chips)))
    counts = np.sort(np.concatenate([own, fewer]))
    counts = counts[np.diff(counts, prepend=-1) > 0]
    is_fewer = np.zeros(len(counts), dtype=np.bool_)
    is_fewer[np.searchsorted(counts, fewer)] = True
    return counts, is_fewer, np.searchsorted(counts, own)


def solve_grid(
    grid: Grid, factors: Mapping[str, FloatArray], stated: FloatArray, parameters: FloatArray, wanted: Sequence[str]
) -> Answers:
    """Those of ANSWERS that are wanted, of the layout of least time, shape (choices, points) each.

    factors: by name in Gains or Assumed, shape (choices, 1) each; stated: samples that the user states, 0 for the
    workload's default, shape (choices, 1) too. parameters: central values, shape (1, parameters).
    """
    pack, choices = grid.pack, len(stated)
    outcome = evaluate(under(pack.inputs, factors, stated), parameters)
    seconds = outcome.time_to_train
    weighed = np.broadcast_to(seconds * pack.handicap, (choices, seconds.shape[1]))
    best = fastest(weighed.ravel(), np.tile(pack.count, choices)).reshape(choices, -1)
    trial = _or_fewer(weighed.take(best), grid.fewer).take(grid.asked, axis=1)
    row = np.take_along_axis(best, trial, axis=1) - np.arange(choices)[:, None] * weighed.shape[1]
    table = dict(zip(COLUMNS, pack.table, strict=True))
    return {
        name: table[name].take(row) if name in table else _at_rows(answer(outcome, name, seconds), row)
        for name in wanted
    }


def answer(outcome: Outcome, name: str, seconds: FloatArray) -> FloatArray:
    """One of ANSWERS that is no part of a layout; seconds: the sum of the parts, where somebody has it already."""
    if name == TIME:
        return seconds
    found: FloatArray = outcome.parts[name] if name in PARTS else getattr(outcome, name)
    return found


def under(inputs: Inputs, factors: Mapping[str, FloatArray], stated: FloatArray) -> Inputs:
    """Inputs without factors under some choices; shapes as in `solve_grid`."""
    return with_factors(factors, inputs, stated_samples(inputs.value, stated))


def _at_rows(values: FloatArray, row: IntArray) -> FloatArray:
    """Values of some rows under each choice; row: shape (choices, points)."""
    if values.shape[1] == 1:
        return np.broadcast_to(values, row.shape)
    return values[0].take(row) if len(values) == 1 else np.take_along_axis(values, row, axis=1)


def _or_fewer(times: FloatArray, fewer: Sequence[BoolArray]) -> IntArray:
    """The trial to take instead of each: itself, or one of its kind with fewer chips that is faster.

    times: shape (choices, trials), those of a kind beside each other, chips ascending. Shape as times.
    """
    chosen = np.broadcast_to(np.arange(times.shape[1]), times.shape).copy()
    first = 0
    for is_fewer in fewer:
        after, places = first + len(is_fewer), np.flatnonzero(is_fewer)
        if len(places):
            own = times[:, first:after]
            before: IntArray = np.cumsum(is_fewer) - is_fewer  # fewer ones that stand before each trial
            least = np.minimum.accumulate(own[:, places], axis=1)
            last = np.maximum.accumulate(np.where(own[:, places] == least, np.arange(len(places)), 0), axis=1)
            rank = np.maximum(before - 1, 0)
            faster = (least[:, rank] * ROUNDING < own) & (before > 0)
            chosen[:, first:after] = np.where(faster, first + places[last[:, rank]], chosen[:, first:after])
        first = after
    return chosen
