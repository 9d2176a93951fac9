"""Time-to-train along the chip count: a curve for each system family of the scenario, at powers of two and presets."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.explain import recalled_data
from ipuwhatif.analysis.refusals import ChipsOutOfOrder, OfCurve, ScalingNote
from ipuwhatif.analysis.results import Scaling, ScalingCurve
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.solving.reasons import NoCurve
from ipuwhatif.analysis.solving.solution_cache import SharedWorld, kept_center, kept_solution
from ipuwhatif.analysis.solving.solve import Solution
from ipuwhatif.analysis.solving.stated import job_notes, run_notes
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.support.support import runs_named_software
from ipuwhatif.catalog.evidence.usable import comparable
from ipuwhatif.catalog.types import STATED, Catalog, OfficialResult, SystemChoice
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.model.time_to_train import PARTS
from ipuwhatif.records import replace
from ipuwhatif.scenario.moved_levers import moved_levers
from ipuwhatif.scenario.own_edits import learnt_from
from ipuwhatif.scenario.resolve import as_found, case_of, under_assumptions
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError, Said, told

POINTS = 24  # most chip counts on one curve


def scaling(world: World, scenario: Scenario, low: int, high: int, draws: int | None = None) -> Scaling:
    """Curves from `low` to `high` chips, as far as each system reaches. InputError where nothing can be drawn.

    The layout is searched anew at each chip count: an entry's own layout exists at a few counts only.
    """
    if low < 1 or high < low:
        raise RefusedError(ChipsOutOfOrder(low, high))
    catalog, question = world.catalog, replace(scenario, policy=BEST)
    shared, followed = SharedWorld(world), SharedWorld(learning(world, scenario))
    unmoved, believed = as_found(question), under_assumptions(question, world.levers)
    curves: list[ScalingCurve] = []
    missing: list[Said] = []
    for system in dict.fromkeys(choice.system for choice in scenario.systems):
        counts = chip_counts(catalog, scenario, system, low, high)
        cases, left_out = _runnable(world, question, system, counts)
        missing += left_out
        if not cases:
            continue
        solution = kept_solution(followed, cases, draws)
        plain, assumed = (
            tuple(case_of(each, case.choice, world.levers, catalog) for case in cases) for each in (unmoved, believed)
        )
        before = _median(shared, plain) if plain != cases or followed != shared else None
        between = _median(shared, assumed) if assumed not in (cases, plain) else None
        curves.append(_curve(world, scenario, system, solution, before, between))
    if not curves:
        raise RefusedError(NoCurve(low, high, missing[0] if missing else ""))
    return Scaling(
        workload=scenario.workload,
        recipe=scenario.recipe,
        release=scenario.release,
        curves=tuple(curves),
        notes=(
            ScalingNote.SEARCHED_ANEW,
            *_stated_notes(world, question, curves),
            *dict.fromkeys(missing),
        ),
        world=world,
        settings=(*moved_levers(scenario, world.levers, catalog), *learnt_from(scenario, catalog)),
        samples=scenario.samples,
        software=scenario.software,
    )


def whole_range(catalog: Catalog, scenario: Scenario) -> tuple[int, int]:
    """Chips of one machine, or of a smaller ticked system, and of the largest system of the families that are ticked.

    ValueError where no system is ticked.
    """
    families = [catalog.systems[choice.system] for choice in scenario.systems]
    low = min(*(each.chips_per_machine for each in families), *(choice.chips for choice in scenario.systems))
    return low, max(each.maximum_chips for each in families)


def _stated_notes(world: World, scenario: Scenario, curves: Sequence[ScalingCurve]) -> tuple[Said, ...]:
    """What must be said of a job without a quality target: once for the job, then for each curve."""
    catalog = world.catalog
    if catalog.workloads[scenario.workload].kind != STATED:
        return ()
    firsts = [case_of(scenario, SystemChoice(curve.system, curve.chips[0]), world.levers, catalog) for curve in curves]
    own = [
        OfCurve(curve.name, note)
        for curve, case in zip(curves, firsts, strict=True)
        for note in run_notes(catalog, case)
    ]
    return (*job_notes(catalog, firsts[0]), *own)


def chip_counts(catalog: Catalog, scenario: Scenario, system: str, low: int, high: int) -> tuple[int, ...]:
    """Chip counts of a curve: powers of two, presets and ticked systems, filled up to POINTS, within the system."""
    limits = catalog.systems[system]
    first, last = max(low, limits.minimum_chips), min(high, limits.maximum_chips)
    if first > last:
        return ()
    powers = [2**power for power in range(13) if first <= 2**power <= last]
    presets = [choice.chips for choice in catalog.presets.values() if choice.system == system]
    ticked = [choice.chips for choice in scenario.systems if choice.system == system]
    between = [_whole_machines(value, limits.chips_per_machine) for value in np.geomspace(first, last, 9)]
    needed = {first, last, *ticked, *presets, *powers}
    counts = sorted(count for count in needed if first <= count <= last)
    spare = [count for count in between if first < count < last and count not in needed][: max(0, POINTS - len(counts))]
    return tuple(sorted({*counts, *spare}))


def _whole_machines(chips: float, machine: int) -> int:
    """The nearest chip count that can be had: from one machine on, whole machines."""
    return round(chips / machine) * machine if chips >= machine else round(float(chips))


def _runnable(
    world: World, scenario: Scenario, system: str, counts: Sequence[int]
) -> tuple[tuple[Case, ...], list[Said]]:
    """The cases that fit, and why the others do not."""
    cases: list[Case] = []
    reasons: list[Said] = []
    for chips in counts:
        case = case_of(scenario, SystemChoice(system, chips), world.levers, world.catalog)
        reason = reason_not_to_fit(world.catalog, case)
        if reason:
            reasons.append(told(reason))
        else:
            cases.append(case)
    return tuple(cases), reasons


def _median(shared: SharedWorld, cases: tuple[Case, ...]) -> tuple[float, ...] | None:
    """Seconds of each case at the central parameters; none at all where one of them does not fit."""
    if any(reason_not_to_fit(shared.world.catalog, case) for case in cases):
        return None
    return tuple(kept_center(shared, cases).time_to_train[0].tolist())


def _curve(
    world: World,
    scenario: Scenario,
    system: str,
    solution: Solution,
    before: tuple[float, ...] | None,
    between: tuple[float, ...] | None,
) -> ScalingCurve:
    """`before` is the baseline as found, `between` the same under the user's assumptions."""
    return ScalingCurve(
        system=system,
        name=world.catalog.systems[system].name,
        family=world.catalog.systems[system].family,
        chip_word=world.catalog.systems[system].chip_word,
        chips=tuple(case.choice.chips for case in solution.cases),
        median=tuple(solution.center.time_to_train[0].tolist()),
        low=tuple(solution.intervals.time.low.tolist()),
        high=tuple(solution.intervals.time.high.tolist()),
        sourced=not recalled_data(world, solution.cases[0]),
        calibrated=tuple(not support.beyond for support in solution.supports),
        beyond=tuple(support.beyond for support in solution.supports),
        layouts=solution.layouts,
        baseline_median=before,
        official=_official(world.catalog, scenario, system, solution.cases),
        assumed_median=between,
        binding=_binding(solution),
    )


def _binding(solution: Solution) -> tuple[str, ...]:
    """The part that takes most of the time of each case, at the central parameters."""
    seconds = np.array([np.broadcast_to(solution.center.parts[part][0], len(solution.cases)) for part in PARTS])
    return tuple(PARTS[place] for place in seconds.argmax(axis=0).tolist())


def _official(catalog: Catalog, scenario: Scenario, system: str, cases: Sequence[Case]) -> tuple[OfficialResult, ...]:
    first, last = cases[0].choice.chips, cases[-1].choice.chips
    if runs_named_software(catalog, cases[0]):
        return ()
    return tuple(
        entry
        for entry in catalog.official
        if (entry.workload, entry.release, entry.division) == (scenario.workload, scenario.release, scenario.recipe)
        and entry.choice is not None
        and entry.choice.system == system
        and comparable(entry)
        and first <= entry.choice.chips <= last
    )
