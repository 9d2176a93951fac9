"""Candidates of several kinds beside each other, as inputs that one evaluation of the model tells about."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.layouts.candidates import COLUMNS, OF_PIPELINES, Candidates, candidates_of
from ipuwhatif.model.layouts.pipelines import plan_of
from ipuwhatif.model.layouts.plan import Plan
from ipuwhatif.model.lower import Columns, lower_columns
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.shown import Kind
from ipuwhatif.model.statics.keys import SharedCatalog, StaticKey
from ipuwhatif.records import Record

#: Candidates within rounding of the fastest are equally fast; the first of them is taken, whatever stands beside it.
ROUNDING = 1.0 + 1e-13

#: Trials of one kind by their chip counts.
Part = tuple[Kind, tuple[int, ...]]


class Pack(Record, frozen=True):
    """Candidates of some parts beside each other, and as inputs of the model without any gain."""

    plans: tuple[Plan, ...]
    candidates: tuple[Candidates, ...]
    count: IntArray  # rows of each trial
    handicap: FloatArray  # of each row, on its time in the choice
    table: FloatArray  # (len(COLUMNS), rows)
    inputs: Inputs


def pack_of(shared: SharedCatalog, parts: tuple[Part, ...]) -> Pack:
    """The candidates of some kinds, each at some chip counts, ascending, all of which run."""
    plans = tuple(plan_of(shared, kind) for kind, _ in parts)
    candidates = tuple(candidates_of(plan, chips) for plan, (_, chips) in zip(plans, parts, strict=True))
    position: dict[StaticKey, int] = {}
    place = [position.setdefault(static_key(plan), len(position)) for plan in plans]
    rows = [len(each.group) for each in candidates]
    take = np.repeat(np.array(place, dtype=np.intp), rows) if len(position) > 1 else None
    tables = [each.table for each in candidates]
    table = tables[0] if len(tables) == 1 else np.concatenate(tables, axis=1)
    return Pack(
        plans=plans,
        candidates=candidates,
        count=np.concatenate([each.count for each in candidates]),
        handicap=np.concatenate([each.handicap for each in candidates]),
        table=table,
        inputs=lower_columns(shared.catalog, tuple(position), _columns(plans, table), take, _groups(candidates)),
    )


def fastest(spent: FloatArray, count: IntArray) -> IntArray:
    """The fastest row of each case, the first of several."""
    least = np.repeat(np.minimum.reduceat(spent, np.cumsum(count) - count), count)
    fast = np.flatnonzero(spent <= least * ROUNDING)
    case = np.repeat(np.arange(len(count)), count)[fast]
    row = np.empty(len(count), dtype=np.intp)
    row[case[::-1]] = fast[::-1]  # of several the first is written last
    return row


def _columns(plans: Sequence[Plan], table: FloatArray) -> Columns:
    """The columns of candidates, without gains; a search knows of no recipe and no program of a host."""
    nothing = np.zeros(1)
    pipelines = [pipeline for plan in plans for pipeline in plan.pipelines]
    same = [name for name, said in OF_PIPELINES.items() if len({getattr(each, said) for each in pipelines}) == 1]
    columns = dict(zip(COLUMNS, table, strict=True))
    return Columns(
        **(columns | {name: columns[name][:1] for name in same}),
        horizon_samples=nothing,
        evaluation_every=nothing,
        chips_per_instance=nothing,
        samples=nothing,
    )


def _groups(candidates: Sequence[Candidates]) -> tuple[IntArray, IntArray]:
    """The groups of all candidates, counted on from one to the next."""
    first, group, rows, groups = [], [], 0, 0
    for each in candidates:
        first.append(each.first_of_group + rows)
        group.append(each.group + groups)
        rows += len(each.group)
        groups += len(each.first_of_group)
    return np.concatenate(first), np.concatenate(group)


def static_key(plan: Plan) -> StaticKey:
    """What the cases of a plan share."""
    kind = plan.kind
    return StaticKey(
        kind.workload, kind.system, kind.release, kind.recipe, plan.shown.optimizer, kind.software, kind.layers
    )
