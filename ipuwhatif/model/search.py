"""The search for the layout with the least time-to-train, for many cases at once.

All candidates of cases that differ in chips and gains only are columns of one evaluation of the model; a large sweep is
cut into packs, so that what it takes in memory is bounded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ipuwhatif.catalog.types import Catalog, Layout
from ipuwhatif.model.candidates import Candidates, candidates_of, dense_groups, layouts_of
from ipuwhatif.model.case import Case
from ipuwhatif.model.lower import Columns, Inputs, SharedCatalog, StaticKey, lower_columns, stated_samples
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.pipelines import Plan, check_chips, plan_of
from ipuwhatif.model.shown import Kind
from ipuwhatif.model.time_to_train import evaluate

#: Cases that are evaluated together at most: the columns of their candidates stay in the processor's cache.
CASES_AT_ONCE = 512
#: Cases in a question whose candidates are kept for the next move of a slider.
CASES_KEPT = 64
#: Candidates within rounding of the fastest are equally fast; the first of them is taken, whatever stands beside it.
ROUNDING = 1.0 + 1e-13

#: Cases of one kind by their chip counts.
Part = tuple[Kind, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """The best layout of each case and the model's seconds for it, shape (cases,)."""

    layouts: tuple[Layout, ...]
    times: FloatArray


@dataclass(frozen=True, slots=True)
class _Pack:
    """Candidates of some parts beside each other, and as inputs of the model without any gain."""

    plans: tuple[Plan, ...]
    candidates: tuple[Candidates, ...]
    count: IntArray  # rows of each case
    keys: tuple[StaticKey, ...]
    take: IntArray | None
    columns: Columns
    inputs: Inputs


def search(catalog: Catalog, cases: Sequence[Case], parameters: FloatArray) -> Found:
    """The layout of least time-to-train for each case; what an entry ran plays no role beyond showing what fits.

    parameters: central values, shape (1, parameters). InputError where a case fits no layout.
    """
    shared = SharedCatalog(catalog)
    layouts: list[Layout | None] = [None] * len(cases)
    times = np.zeros(len(cases))
    for parts, places in _parts(shared, cases):
        pack = (_kept_pack if len(cases) <= CASES_KEPT else _pack)(shared, parts)
        inputs = _with_choices(catalog, pack, [cases[place] for place in places])
        spent = evaluate(inputs, parameters).time_to_train[0]
        row = _fastest(spent, pack.count)
        times[places] = spent[row]
        case, start = 0, 0
        for plan, candidates in zip(pack.plans, pack.candidates, strict=True):
            after = case + len(candidates.count)
            chosen = layouts_of(plan, candidates, row[case:after] - start)
            for place, layout in zip(places[case:after], chosen, strict=True):
                layouts[place] = layout
            case, start = after, start + len(candidates.chips)
    return Found(tuple(layout for layout in layouts if layout is not None), times)


def _parts(shared: SharedCatalog, cases: Sequence[Case]) -> Iterator[tuple[tuple[Part, ...], list[int]]]:
    """The cases in parts that are evaluated together, with their places: small parts share an evaluation."""
    parts: list[Part] = []
    places: list[int] = []
    for kind, of_kind in _kinds(cases).items():
        chips = [cases[place].choice.chips for place in of_kind]
        check_chips(plan_of(shared, kind), min(chips))
        for start in range(0, len(chips), CASES_AT_ONCE):
            some = slice(start, start + CASES_AT_ONCE)
            parts.append((kind, tuple(chips[some])))
            places += of_kind[some]
            if len(places) >= CASES_AT_ONCE // 2:
                yield tuple(parts), places
                parts, places = [], []
    if parts:
        yield tuple(parts), places


def _kinds(cases: Sequence[Case]) -> dict[Kind, list[int]]:
    """Places of the cases of each kind."""
    # Pins are told apart by identity first: most cases of a sweep share theirs, and a number is quick to look up.
    rough: dict[tuple[object, ...], list[int]] = {}
    for place, case in enumerate(cases):
        key = (
            case.workload, case.choice.system, case.release, case.recipe, case.software, id(case.pins), case.layers
        )  # fmt: skip
        rough.setdefault(key, []).append(place)
    kinds: dict[Kind, list[int]] = {}
    for places in rough.values():
        kinds.setdefault(Kind.of(cases[places[0]]), []).extend(places)
    return kinds


def _pack(shared: SharedCatalog, parts: tuple[Part, ...]) -> _Pack:
    plans = tuple(plan_of(shared, kind) for kind, _ in parts)
    candidates = tuple(candidates_of(plan, chips) for plan, (_, chips) in zip(plans, parts, strict=True))
    position: dict[StaticKey, int] = {}
    place = [position.setdefault(_key(plan), len(position)) for plan in plans]
    rows = [len(each.chips) for each in candidates]
    take = np.repeat(np.array(place, dtype=np.intp), rows) if len(position) > 1 else None
    columns, keys = _columns(candidates), tuple(position)
    return _Pack(
        plans=plans,
        candidates=candidates,
        count=np.concatenate([each.count for each in candidates]),
        keys=keys,
        take=take,
        columns=columns,
        inputs=lower_columns(shared.catalog, keys, columns, take, _groups(candidates)),
    )


_kept_pack = lru_cache(maxsize=128)(_pack)


def _with_choices(catalog: Catalog, pack: _Pack, cases: Sequence[Case]) -> Inputs:
    """The inputs of a pack with the gains of its cases, and the samples that their users state."""
    inputs = pack.inputs
    choices = [(each.gains.compute, each.gains.clock, each.gains.link_bandwidth, each.samples or 0.0) for each in cases]
    if len(set(choices)) == 1:
        compute, clock, link, stated = np.array(choices[:1]).T
    else:
        compute, clock, link, stated = np.repeat(np.array(choices), pack.count, axis=0).T.copy()
        # The rows of a group run the same micro-batch: no longer where gains differ inside of it.
        ranks = {choice: rank for rank, choice in enumerate(dict.fromkeys(choice[:2] for choice in choices))}
        rank = np.array([ranks[choice[:2]] for choice in choices], dtype=np.intp)
        first, group = dense_groups(inputs.group, np.repeat(rank, pack.count))
        if len(first) > len(inputs.first_of_group):
            inputs = lower_columns(catalog, pack.keys, pack.columns, pack.take, (first, group))
    return replace(
        inputs,
        compute_gain=compute,
        link_gain=link,
        clock_gain=clock,
        stated_samples=stated_samples(inputs.value, stated),
    )


def _fastest(spent: FloatArray, count: IntArray) -> IntArray:
    """The fastest row of each case, the first of several."""
    least = np.repeat(np.minimum.reduceat(spent, np.cumsum(count) - count), count)
    fast = np.flatnonzero(spent <= least * ROUNDING)
    case = np.repeat(np.arange(len(count)), count)[fast]
    row = np.empty(len(count), dtype=np.intp)
    row[case[::-1]] = fast[::-1]  # of several the first is written last
    return row


_SEARCHED = (
    "chips",
    "replicas",
    "stages",
    "micro_batch",
    "accumulation",
    "global_batch",
    "blocks_per_stage",
    "batch_norm_group",
    "off_chip",
    "cuda_graph",
)


def _columns(candidates: Sequence[Candidates]) -> Columns:
    """The columns of all candidates, without gains; a search knows of no recipe and no program of a host."""
    nothing, one = np.zeros(1), np.ones(1)
    searched = {name: np.concatenate([getattr(each, name) for each in candidates]) for name in _SEARCHED}
    return Columns(
        **searched,
        horizon_samples=nothing,
        evaluation_every=nothing,
        chips_per_instance=nothing,
        samples=nothing,
        compute_gain=one,
        link_gain=one,
        clock_gain=one,
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


def _key(plan: Plan) -> StaticKey:
    kind = plan.kind
    return StaticKey(
        kind.workload, kind.system, kind.release, kind.recipe, plan.shown.optimizer, kind.software, kind.layers
    )
