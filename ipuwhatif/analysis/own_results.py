"""The user's own results held against projections: nothing is fitted to them here, so a difference is a true miss.

Official results of the same job, system and size stand beside them; no ratio is ever made of the two.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.refusals import NoneImported, NotHeld
from ipuwhatif.analysis.results import Projection, Quantity
from ipuwhatif.analysis.solving.own_site import BATCH
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.evidence.usable import comparable
from ipuwhatif.catalog.types import STATED, Catalog, OfficialResult
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.results.own import Imported, OwnResult
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.fields.reading import MOST_SETTINGS
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError, RefusedError, Said, reason_of


class HeldResult(Record, frozen=True):
    """An own result with what is projected in its quantity, or why nothing is, and the official result of the same."""

    result: OwnResult
    release: str  # that it is held against
    projected: Quantity | None
    why_not: Said
    official: OfficialResult | None

    @property
    def residual(self) -> float | None:
        """Measured over projected, less 1."""
        return None if self.projected is None else self.result.measurement.value / self.projected.median - 1.0

    @property
    def inside(self) -> bool | None:
        """Whether what was measured lies inside the interval."""
        if self.projected is None:
            return None
        return self.projected.low <= self.result.measurement.value <= self.projected.high


class OwnResults(Record, frozen=True):
    """Results of the scenario's workload first, and what of their source could not be read."""

    rows: tuple[HeldResult, ...]
    workload: str
    refused: tuple[Refused, ...] = ()
    notes: tuple[Said, ...] = ()


def own_results(world: World, scenario: Scenario, imported: Imported) -> OwnResults:
    """Each result against the projection of its system, at the release and batch that it says, else the scenario's."""
    asked = [_asked(world, scenario, each) for each in imported.results]
    answers = iter(_answers(world, [case for case in asked if isinstance(case, Case)]))
    rows = []
    for result, case in zip(imported.results, asked, strict=True):
        answer = next(answers) if isinstance(case, Case) else case
        projected = _in_quantity(answer, result) if isinstance(answer, Projection) else None
        release = result.release or scenario.release
        why_not = "" if isinstance(answer, Projection) else answer
        rows.append(HeldResult(result, release, projected, why_not, _official(world, result, release)))
    ordered = sorted(rows, key=lambda row: row.result.workload != scenario.workload)
    return OwnResults(tuple(ordered), scenario.workload, imported.refused, imported.notes)


def own_measurements(scenario: Scenario, results: Sequence[OwnResult], catalog: Catalog) -> Mapping[str, Measurement]:
    """What was measured on the kinds of system of a scenario at any size, by key: Scaling marks all, Compare its own.

    Of several on one system that of the scenario's release counts, then a time, then the last. InputError where there
    is none.
    """
    kinds = {choice.system for choice in scenario.systems}
    found: dict[str, OwnResult] = {}
    for result in results:
        if result.workload == scenario.workload and result.choice is not None and result.choice.system in kinds:
            before = found.get(result.choice.key)
            if before is None or _counts(result, scenario) >= _counts(before, scenario):
                found[result.choice.key] = result
    if not found:
        name = catalog.workloads[scenario.workload].name
        raise RefusedError(NoneImported(name))
    ticked = {choice.key for choice in scenario.systems}
    first = sorted(found, key=lambda key: key not in ticked)[:MOST_SETTINGS]  # as many as a document holds
    return MappingProxyType({key: replace(found[key].measurement, release=found[key].release) for key in first})


def _counts(result: OwnResult, scenario: Scenario) -> tuple[bool, bool]:
    return result.release == scenario.release, result.measurement.quantity == TIME


def _asked(world: World, scenario: Scenario, result: OwnResult) -> Case | Said:
    """What is to be projected for a result, at its own release and batch where it says them; or why nothing is."""
    if result.workload is None:
        return NotHeld.NO_MODEL
    if result.choice is None:
        return NotHeld.NO_SYSTEM
    workload, choice = world.catalog.workloads[result.workload], result.choice
    same = workload.key == scenario.workload
    if workload.kind == STATED and result.measurement.quantity == TIME and not same:
        return NotHeld.NO_AMOUNT
    batch = {} if result.global_batch is None else {f"{choice.key}.{BATCH}": float(result.global_batch)}
    asked = replace(
        scenario if same else replace(scenario, samples=None, layers=(), software=""),
        workload=workload.key,
        recipe=result.division if result.division in workload.recipes else workload.recipes[0],
        release=result.release or scenario.release,
        systems=(choice,),
        reference=choice.key,
        policy=BEST,
        levers=MappingProxyType(batch),
    )
    try:
        return case_of(asked, choice, world.levers, world.catalog)
    except InputError as error:
        return reason_of(error)


def _answers(world: World, cases: Sequence[Case]) -> list[Projection | Said]:
    """A projection of each case, or why there is none; many in one evaluation, so those that fail are looked for."""
    try:
        return list(project_all(world, cases))
    except InputError as error:
        if len(cases) == 1:
            return [reason_of(error)]
    half = len(cases) // 2
    return [*_answers(world, cases[:half]), *_answers(world, cases[half:])]


def _in_quantity(projection: Projection, result: OwnResult) -> Quantity:
    timed = result.measurement.quantity == TIME
    return projection.time_to_train_s if timed else projection.throughput_samples_per_s


def _official(world: World, result: OwnResult, release: str) -> OfficialResult | None:
    """The official result of the same job on the same system at the same size: of its release, else the newest."""
    found = [
        entry
        for entry in world.catalog.official
        if result.choice is not None
        and (entry.workload, entry.choice) == (result.workload, result.choice)
        and entry.division == (result.division or entry.division)
        and comparable(entry)
    ]
    return max(found, key=lambda entry: (entry.release == release, entry.release), default=None)
