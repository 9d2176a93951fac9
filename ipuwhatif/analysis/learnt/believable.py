"""Which of the user's own results projections can follow, and why others are left out."""

from collections.abc import Sequence

from ipuwhatif.analysis.learnt.reasons import NotLearnt, UnknownResults
from ipuwhatif.analysis.solving.own_site import case_of_run, is_too_far, site_of, too_far
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.software import software_choices
from ipuwhatif.catalog.types import RELATIVE, STATED, Catalog
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.results.own import OwnResult
from ipuwhatif.importers.results.own_table import read_own_table
from ipuwhatif.importers.results.reader import RESULTS
from ipuwhatif.importers.store import Store
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.records import Record
from ipuwhatif.scenario.measurements import TIME
from ipuwhatif.scenario.profiles import ProfileRun, why_not_learnt
from ipuwhatif.scenario.releases import usual_release
from ipuwhatif.units import InputError, RefusedError, Said, reason_of, told


class Believable(Record, frozen=True):
    """Runs for a profile, and results that cannot be any with the reason."""

    runs: tuple[ProfileRun, ...]
    refused: tuple[Refused, ...]


def believable(world: World, store: Store, names: Sequence[str] = (), software: str = "") -> Believable:
    """The results of the store as runs of a profile; names: of the things to take, all results where there are none.

    software: what they ran, as in a scenario, where a result's job has a choice of it. InputError for an unknown name.
    """
    kept = store.of_kind(RESULTS)
    unknown = [name for name in names if name not in [each.name for each in kept]]
    if unknown or not kept:
        if not kept:
            raise RefusedError(NotLearnt.NO_RESULT)
        raise RefusedError(UnknownResults(unknown[0], tuple(each.name for each in kept)))
    runs, refused = list[ProfileRun](), list[Refused]()
    for thing in kept:
        if names and thing.name not in names:
            continue
        found = read_own_table(thing.text, thing.name, world.catalog)
        refused += found.refused
        for result in found.results:
            run = _run_of(result, thing.hash, software, world.catalog)
            reason = _why_not(world, run) if isinstance(run, ProfileRun) else run
            if isinstance(run, ProfileRun) and not reason:
                runs.append(run)
            else:
                refused.append(Refused(result.place, reason))
    return Believable(tuple(runs), tuple(refused))


def _run_of(result: OwnResult, thing_hash: str, software: str, catalog: Catalog) -> ProfileRun | Said:
    """A result as a run, or why it is none."""
    if result.workload is None:
        return NotLearnt.NO_MODEL
    if result.choice is None:
        return NotLearnt.UNKNOWN_SYSTEM
    workload = catalog.workloads[result.workload]
    if workload.kind == RELATIVE or (workload.kind == STATED and result.measurement.quantity == TIME):
        return why_not_learnt(workload.kind)
    return ProfileRun(
        workload=workload.key,
        recipe=result.division if result.division in workload.recipes else workload.recipes[0],
        system=result.choice.key,
        release=result.release or usual_release(workload, catalog),
        measurement=result.measurement,
        software=software if software in software_choices(workload, catalog) else "",
        global_batch=result.global_batch,
        read_from=told(result.place),  # it is kept as it is told
        hash=thing_hash,
    )


def _why_not(world: World, run: ProfileRun) -> Said:
    """Why nothing can be learnt from a run, or ""."""
    try:
        case = case_of_run(world, run)
        reason = reason_not_to_fit(world.catalog, case)
        if reason:
            return reason
        (missed,) = site_of(world, [(case, run.measurement)]).missed
    except InputError as error:
        return reason_of(error)
    return too_far(world, case, missed) if is_too_far(missed) else ""
