"""Projections with everything needed to defend them: terms, inputs, evidence, basis and notes."""

from collections.abc import Sequence
from functools import lru_cache

from ipuwhatif.analysis.explain import inputs_of, notes_of, recalled_data, terms_of
from ipuwhatif.analysis.results import CALIBRATED, EXTRAPOLATED, Projection, Quantity
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.analysis.solving.solution_cache import KEPT, SharedWorld
from ipuwhatif.analysis.solving.solve import Solution, solve
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import LEVEL, Interval
from ipuwhatif.calibration.support.support import runs_named_software
from ipuwhatif.catalog.evidence.usable import comparable
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog, OfficialResult, SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.model.time_to_train import PARTS
from ipuwhatif.scenario.reasons import RatioOnly
from ipuwhatif.texts import worded_cache
from ipuwhatif.units import RefusedError


def project(world: World, case: Case) -> Projection:
    """One projection. InputError where the case names what does not exist or does not fit."""
    return project_all(world, [case])[0]


def project_all(world: World, cases: Sequence[Case], draws: int | None = None) -> tuple[Projection, ...]:
    """Projections of several cases in one evaluation of the model."""
    if not cases:
        return ()
    for case in cases:
        if case.workload in world.catalog.workloads and world.catalog.workloads[case.workload].kind == RELATIVE:
            raise RefusedError(RatioOnly(case.workload))
    return _projections(SharedWorld(world), tuple(cases), draws)


@worded_cache(maxsize=KEPT)
def _projections(shared: SharedWorld, cases: tuple[Case, ...], draws: int | None) -> tuple[Projection, ...]:
    """What no lever moves stays as it is while a slider is dragged."""
    solution = solve(shared.world, cases, draws)
    return tuple(_projection(shared.world, solution, column) for column in range(len(cases)))


def official_of(catalog: Catalog, case: Case) -> OfficialResult | None:
    """The official result of exactly this workload, system, chip count, recipe and release, if there is one.

    One of another task, such as BERT's lower target in v0.7, is none; one that the model does not learn from is one. A
    case that names other software than that of the entries asks about something that no entry ran.
    """
    if runs_named_software(catalog, case):
        return None
    return _officials(SharedCatalog(catalog)).get((case.workload, case.release, case.recipe, case.choice))


@lru_cache(maxsize=8)
def _officials(shared: SharedCatalog) -> dict[tuple[str, str, str, SystemChoice], OfficialResult]:
    """The first comparable result of each workload, release, division and system."""
    found: dict[tuple[str, str, str, SystemChoice], OfficialResult] = {}
    for entry in shared.catalog.official:
        if entry.workload is not None and entry.choice is not None and comparable(entry):
            found.setdefault((entry.workload, entry.release, entry.division, entry.choice), entry)
    return found


def _projection(world: World, solution: Solution, column: int) -> Projection:
    case, layout, support = solution.cases[column], solution.layouts[column], solution.supports[column]
    center = solution.center
    return Projection(
        case=case,
        choice=case.choice,
        name=system_name(case.choice, world.catalog),
        family=world.catalog.systems[case.choice.system].family,
        chip_word=world.catalog.systems[case.choice.system].chip_word,
        time_to_train_s=_quantity(float(center.time_to_train[0, column]), solution.intervals.time, column),
        throughput_samples_per_s=_quantity(float(center.throughput[0, column]), solution.intervals.throughput, column),
        samples_to_target=_quantity(float(center.samples[0, column]), solution.intervals.samples, column),
        layout=layout,
        breakdown_s={part: float(center.parts[part][0, column]) for part in PARTS},
        basis=EXTRAPOLATED if support.beyond else CALIBRATED,
        beyond=support.beyond,
        sourced=not recalled_data(world, case),
        official=official_of(world.catalog, case),
        evidence=support.nearest,
        terms=Lazy(lambda: terms_of(world, solution, column)),
        inputs=Lazy(lambda: inputs_of(world, case)),
        notes=Lazy(lambda: notes_of(world, case, layout)),
        world=world,
    )


def _quantity(median: float, interval: Interval, column: int) -> Quantity:
    return Quantity(median, float(interval.low[column]), float(interval.high[column]), LEVEL)
