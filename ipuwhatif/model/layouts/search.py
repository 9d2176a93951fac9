"""The search for the layout with the least time-to-train, for many cases at once.

All candidates of cases that differ in chips and gains only are columns of one evaluation of the model, beside those of
fewer chips, which they share; a large sweep is cut into packs, so that what it takes in memory is bounded.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import Assumed, Case, Gains
from ipuwhatif.model.factors import factors_of, of_micro_batch
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.layouts.candidates import Candidates, dense_groups, layouts_of
from ipuwhatif.model.layouts.pipelines import check_chips, plan_of
from ipuwhatif.model.layouts.plan import Plan
from ipuwhatif.model.layouts.splits import fewer_chips
from ipuwhatif.model.lower import regrouped, stated_samples, with_factors
from ipuwhatif.model.packs import ROUNDING, Pack, Part, fastest, pack_of
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.shown import Kind
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import Record

#: Trials that are evaluated together at most: the columns of their candidates stay in the processor's cache.
TRIALS_AT_ONCE = 512
#: Cases in a question whose candidates are kept for the next move of a slider.
CASES_KEPT = 64
#: Candidates that are kept, up to a megabyte each: those of the last few screens.
PACKS_KEPT = 32

#: What the user changes, and the samples that the user states.
Choice = tuple[Gains, Assumed, float]


class Found(Record, frozen=True):
    """The best layout of each case and the model's seconds for it, shape (cases,)."""

    layouts: tuple[Layout, ...]
    times: FloatArray


@dataclass(slots=True)
class _Trials:
    """Chip counts to try: those of the cases, and fewer, which cases of the same kind and choice share."""

    kinds: list[tuple[Kind, int]] = field(default_factory=list)  # with the number of their trials
    # trials of each kind and choice, chips ascending
    blocks: list[int] = field(default_factory=list)
    chips: list[int] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)  # all different
    choice: list[int] = field(default_factory=list)  # of each trial: its place in `choices`
    fewer: list[bool] = field(default_factory=list)  # cases with more chips may take the layout as well
    places: list[tuple[int, int]] = field(default_factory=list)  # case, and the trial with all of its chips


def search(catalog: Catalog, cases: Sequence[Case], parameters: FloatArray) -> Found:
    """The layout of least time-to-train for each case; what an entry ran plays no role beyond showing what fits.

    A layout may leave chips idle: more of them never make a job much slower. parameters: central values, shape
    (1, parameters). InputError where a case fits no layout.
    """
    shared = SharedCatalog(catalog)
    trials = _trials(shared, cases)
    found: list[tuple[int, Plan, Candidates, IntArray]] = []  # with the first trial, and the best row of each trial
    times: list[float] = []
    in_choice: list[float] = []
    for parts in _parts(trials):
        pack = (_kept_pack if len(cases) <= CASES_KEPT else pack_of)(shared, parts)
        inputs = _with_choices(pack, trials.choices, trials.choice[len(times) : len(times) + len(pack.count)])
        spent = evaluate(inputs, parameters).time_to_train[0]
        weighed = spent * pack.handicap
        row = fastest(weighed, pack.count)
        trial, start = 0, 0
        for plan, candidates in zip(pack.plans, pack.candidates, strict=True):
            after = trial + len(candidates.count)
            found.append((len(times) + trial, plan, candidates, row[trial:after] - start))
            trial, start = after, start + len(candidates.group)
        times += spent[row].tolist()
        in_choice += weighed[row].tolist()
    best = _or_fewer(trials, in_choice)
    chosen = [best[trial] for _, trial in sorted(trials.places)]
    layouts = _layouts(found, sorted(set(chosen)))
    return Found(tuple(layouts[trial] for trial in chosen), np.array([times[trial] for trial in chosen]))


def _layouts(found: Sequence[tuple[int, Plan, Candidates, IntArray]], trials: Sequence[int]) -> dict[int, Layout]:
    """The layouts of some trials, ascending."""
    layouts: dict[int, Layout] = {}
    for first, plan, candidates, rows in found:
        some = trials[bisect_left(trials, first) : bisect_left(trials, first + len(rows))]
        taken = rows[np.array(some, dtype=np.intp) - first]
        layouts.update(zip(some, layouts_of(plan, candidates, taken), strict=True))
    return layouts


def _trials(shared: SharedCatalog, cases: Sequence[Case]) -> _Trials:
    trials = _Trials()
    choice_of = _choices(cases, trials.choices)
    for kind, of_kind in _kinds(cases).items():
        plan, before = plan_of(shared, kind), len(trials.chips)
        check_chips(plan, min(cases[place].choice.chips for place in of_kind))
        alike: dict[int, list[int]] = {}
        for place in of_kind:
            alike.setdefault(choice_of[place], []).append(place)
        tries: dict[tuple[int, ...], tuple[list[int], list[bool], dict[int, int]]] = {}  # often the same for all
        for choice, places in alike.items():
            asked = tuple([cases[place].choice.chips for place in places])
            if asked not in tries:
                tries[asked] = chips_to_try(plan, asked)
            tried, fewer, position = tries[asked]
            start = len(trials.chips)
            trials.places += [(place, start + position[count]) for place, count in zip(places, asked, strict=True)]
            trials.chips += tried
            trials.fewer += fewer
            trials.choice += [choice] * len(tried)
            trials.blocks.append(len(tried))
        trials.kinds.append((kind, len(trials.chips) - before))
    return trials


def chips_to_try(plan: Plan, asked: Sequence[int]) -> tuple[list[int], list[bool], dict[int, int]]:
    """Chip counts to try for those asked for, ascending; whether each is one of the fewer; the place of each."""
    fewer = set(fewer_chips(plan, sorted(asked)))
    tried = sorted(fewer.union(asked))
    return tried, [count in fewer for count in tried], {count: place for place, count in enumerate(tried)}


def _choices(cases: Sequence[Case], choices: list[Choice]) -> list[int]:
    """The place of each case's choice in `choices`, which is filled with all that differ."""
    # Told apart by identity first: most cases of a sweep share theirs, and a number is quick to look up.
    rough: dict[tuple[int, int, float], int] = {}
    position: dict[Choice, int] = {}
    found = []
    for case in cases:
        key = (id(case.gains), id(case.assumed), case.samples or 0.0)
        place = rough.get(key)
        if place is None:
            choice = (case.gains, case.assumed, case.samples or 0.0)
            place = rough[key] = position.setdefault(choice, len(position))
        found.append(place)
    choices += position
    return found


def _or_fewer(trials: _Trials, times: Sequence[float]) -> list[int]:
    """The trial to take instead of each: itself, or one with fewer chips that is faster."""
    chosen: list[int] = []
    for size in trials.blocks:
        fastest: int | None = None  # of those with fewer chips
        for trial in range(len(chosen), len(chosen) + size):
            faster = fastest is not None and times[fastest] * ROUNDING < times[trial]
            chosen.append(fastest if fastest is not None and faster else trial)
            if trials.fewer[trial] and (fastest is None or times[trial] <= times[fastest]):
                fastest = trial
    return chosen


def _parts(trials: _Trials) -> Iterator[tuple[Part, ...]]:
    """The trials in parts that are evaluated together: small parts share an evaluation."""
    parts: list[Part] = []
    together = after = 0
    for kind, size in trials.kinds:
        first, after = after, after + size
        for start in range(first, after, TRIALS_AT_ONCE):
            chips = tuple(trials.chips[start : min(start + TRIALS_AT_ONCE, after)])
            parts.append((kind, chips))
            together += len(chips)
            if together >= TRIALS_AT_ONCE // 2:
                yield tuple(parts)
                parts, together = [], 0
    if parts:
        yield tuple(parts)


def _kinds(cases: Sequence[Case]) -> dict[Kind, list[int]]:
    """Places of the cases of each kind."""
    # Pins are told apart by identity first: most cases of a sweep share theirs, and a number is quick to look up.
    rough: dict[tuple[object, ...], list[int]] = {}
    for place, case in enumerate(cases):
        key = (
            case.workload, case.choice.system, case.release, case.recipe, case.software, id(case.pins), case.layers,
            case.gains.on_chip_memory, case.cut,
        )  # fmt: skip
        rough.setdefault(key, []).append(place)
    kinds: dict[Kind, list[int]] = {}
    for places in rough.values():
        kinds.setdefault(Kind.of(cases[places[0]]), []).extend(places)
    return kinds


_kept_pack = lru_cache(maxsize=PACKS_KEPT)(pack_of)


def _with_choices(pack: Pack, choices: Sequence[Choice], chosen: Sequence[int]) -> Inputs:
    """The inputs of a pack with what the users of its trials change, and the samples that they state."""
    inputs = pack.inputs
    distinct = list(dict.fromkeys(chosen))
    if len(distinct) == 1:
        row = None
    else:
        place = {choice: rank for rank, choice in enumerate(distinct)}
        row = np.repeat(np.array([place[choice] for choice in chosen], dtype=np.intp), pack.count)
    some = [choices[choice] for choice in distinct]
    if row is not None and _differ_inside(pack, chosen):
        # The rows of a group run the same micro-batch: no longer where choices differ inside of it.
        position: dict[tuple[float, ...], int] = {}
        ranks = [position.setdefault(of_micro_batch(gains, assumed), len(position)) for gains, assumed, _ in some]
        first, group = dense_groups(inputs.group, np.array(ranks, dtype=np.intp)[row])
        if len(first) > len(inputs.first_of_group):
            inputs = regrouped(inputs, first, group)
    stated = np.array([samples for _, _, samples in some])
    factors = factors_of([gains for gains, _, _ in some], [assumed for _, assumed, _ in some])
    if row is not None:
        stated = stated[row]
        factors = {name: values if len(values) == 1 else values[row] for name, values in factors.items()}
    return with_factors(factors, inputs, stated_samples(inputs.value, stated))


def _differ_inside(pack: Pack, choices: Sequence[int]) -> bool:
    """Whether trials of one part, whose rows share groups, differ in their choices."""
    start = 0
    for each in pack.candidates:
        after = start + len(each.count)
        if len(set(choices[start:after])) > 1:
            return True
        start = after
    return False
