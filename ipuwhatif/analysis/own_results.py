"""The user's own results held against projections: nothing is fitted to them here, so a difference is a true miss.

Official results of the same job, system and size stand beside them; no ratio is ever made of the two.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.results import Quantity
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.evidence.usable import comparable
from ipuwhatif.catalog.types import STATED, Catalog, OfficialResult, SystemChoice
from ipuwhatif.importers.results.own import Imported, OwnResult, Refused
from ipuwhatif.model.case import BEST
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.fields import MOST_SETTINGS
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

BATCH = "global_batch"  # the lever that holds the batch that was measured


class HeldResult(Record, frozen=True):
    """An own result with what is projected in its quantity, or why nothing is, and the official result of the same."""

    result: OwnResult
    release: str  # that it is held against
    projected: Quantity | None
    why_not: str
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
    notes: tuple[str, ...] = ()


def own_results(world: World, scenario: Scenario, imported: Imported) -> OwnResults:
    """Each result against the projection of its system, at the release and batch that it says, else the scenario's."""
    rows = [_held(world, scenario, each) for each in imported.results]
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
        told = tr("no result that you imported is of {workload} on one of these systems", workload=name)
        raise InputError(tr("{fault}; bring one in with: ipuwhatif import FILE", fault=told))
    ticked = {choice.key for choice in scenario.systems}
    first = sorted(found, key=lambda key: key not in ticked)[:MOST_SETTINGS]  # as many as a document holds
    return MappingProxyType({key: found[key].measurement for key in first})


def _counts(result: OwnResult, scenario: Scenario) -> tuple[bool, bool]:
    return result.release == scenario.release, result.measurement.quantity == TIME


def _held(world: World, scenario: Scenario, result: OwnResult) -> HeldResult:
    release = result.release or scenario.release
    why_not, projected = _why_not(world, scenario, result), None
    if not why_not and result.choice is not None and result.workload is not None:
        try:
            projected = _projected(world, scenario, result, result.choice, result.workload, release)
        except InputError as error:
            why_not = str(error)
    return HeldResult(result, release, projected, why_not, _official(world, result, release))


def _why_not(world: World, scenario: Scenario, result: OwnResult) -> str:
    """Why a result cannot be held against a projection; empty where it can."""
    if result.workload is None:
        return tr("this benchmark has no model here")
    if result.choice is None:
        return tr("the catalog does not hold this system")
    stated = world.catalog.workloads[result.workload].kind == STATED
    if stated and result.measurement.quantity == TIME and result.workload != scenario.workload:
        return tr("its time depends on the amount of work; choose the job to state it")
    return ""


def _projected(
    world: World, scenario: Scenario, result: OwnResult, choice: SystemChoice, workload: str, release: str
) -> Quantity:
    """The projection in the result's quantity, at the batch that was measured where that is known."""
    recipes = world.catalog.workloads[workload].recipes
    job = scenario if workload == scenario.workload else replace(scenario, samples=None, layers=(), software="")
    batch = {} if result.global_batch is None else {f"{choice.key}.{BATCH}": float(result.global_batch)}
    asked = replace(
        job,
        workload=workload,
        recipe=result.division if result.division in recipes else recipes[0],
        release=release,
        systems=(choice,),
        reference=choice.key,
        policy=BEST,
        levers=MappingProxyType(batch),
    )
    projection = project(world, case_of(asked, choice, world.levers, world.catalog))
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
