"""The world as the user's own measurements tell it: projections follow a profile, and those that are marked as learnt.

Such a measurement says how far the projection of its system lies from what was measured, with no lever moved;
`calibration.own_runs` says what that means for other systems, sizes and jobs.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import exp, log
from types import MappingProxyType

import numpy as np

from ipuwhatif.analysis.solving.inputs import runs_of
from ipuwhatif.analysis.solving.reasons import NoProfile, TooFar
from ipuwhatif.analysis.solving.solution_cache import SharedWorld
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.own_runs import Site
from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.model.case import Case, varied
from ipuwhatif.model.time_to_train import STEP_PARTS, Outcome
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.profiles import Profile, ProfileRun
from ipuwhatif.scenario.resolve import AS_FITTED, NO_GAINS, case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError, nearest

BATCH = "global_batch"  # the lever that holds the batch that was measured
#: Projections do not follow what is so many times slower or faster than they are: a unit, a size or a job is another.
MOST = 10.0
Measured = tuple[Case, Measurement]
#: Least part of what is projected of training and evaluation that a measured time is taken to leave for them.
_LEAST = 0.02


def learning(world: World, scenario: Scenario) -> World:
    """The world in which projections follow what the scenario learns from; the same where it learns from nothing.

    InputError where a measured system cannot run the job as it is pinned, or lies too far from its projection, or where
    there is no such profile.
    """
    measured = measured_of(world, scenario)
    return _learning(SharedWorld(world), measured) if measured else world


def measured_of(world: World, scenario: Scenario) -> tuple[Measured, ...]:
    """What projections of a scenario follow: the runs of its profile, then what is marked as learnt from."""
    if world.catalog.workloads[scenario.workload].kind == RELATIVE:
        return ()
    runs = profile_of(world, scenario.profile).runs if scenario.profile else ()
    return (
        *((case_of_run(world, run), run.measurement) for run in runs),
        *((_case(world, scenario, key, each), each) for key, each in scenario.measurements.items() if each.learnt),
    )


def following(world: World, name: str) -> World:
    """The world in which projections follow a profile alone; the same for an empty name, or where they follow some."""
    if not name or world.site is not None:
        return world
    runs = profile_of(world, name).runs
    return _learning(SharedWorld(world), tuple((case_of_run(world, run), run.measurement) for run in runs))


def profile_of(world: World, name: str) -> Profile:
    """A profile of the user's. InputError names the nearest."""
    if name in world.profiles:
        return world.profiles[name]
    raise RefusedError(NoProfile(name, nearest(name, list(world.profiles))))


def case_of_run(world: World, run: ProfileRun) -> Case:
    """What was measured in a run of a profile. InputError where its batch is none that a case can hold."""
    choice = parse_system(run.system, world.catalog)
    batch = {} if run.global_batch is None else {f"{choice.key}.{BATCH}": float(run.global_batch)}
    asked = Scenario(
        workload=run.workload,
        recipe=run.recipe,
        release=run.release,
        systems=(choice,),
        reference=choice.key,
        levers=MappingProxyType(batch),
        software=run.software,
    )
    return case_of(asked, choice, world.levers, world.catalog)


def _case(world: World, scenario: Scenario, key: str, measurement: Measurement) -> Case:
    """What was measured: pinned as the scenario says, with no lever and no assumption moved, under its own release."""
    scenario = replace(scenario, release=measurement.release or scenario.release)
    system, _, chips = key.partition(":")
    case = case_of(scenario, SystemChoice(system, int(chips)), world.levers, world.catalog)
    return varied(case, gains=NO_GAINS, assumed=AS_FITTED)


@lru_cache(maxsize=8)
def _learning(shared: SharedWorld, measured: tuple[Measured, ...]) -> World:
    site = site_of(shared.world, measured)
    for (case, _), missed in zip(measured, site.missed, strict=True):
        if is_too_far(missed):
            raise RefusedError(too_far(shared.world, case, missed))
    return replace(shared.world, site=site, unlearnt=shared.world)


def site_of(world: World, measured: Sequence[Measured]) -> Site:
    """Measured runs with what was missed on each. InputError where one cannot run."""
    solution = solve(world, [case for case, _ in measured])
    missed = _missed(solution.center, [each for _, each in measured])
    return Site(runs_of(world.catalog, solution.cases, solution.intervals.throughput), missed)


def is_too_far(missed: float) -> bool:
    """Whether what was measured is too many times slower or faster to project from."""
    return abs(missed) > log(MOST)


def too_far(world: World, case: Case, missed: float) -> TooFar:
    """Why nothing is projected from a measurement."""
    return TooFar(system_name(case.choice, world.catalog), exp(abs(missed)), missed > 0.0, MOST)


def _missed(center: Outcome, measured: Sequence[Measurement]) -> tuple[float, ...]:
    """ln(measured / projected time of a step); of a time to train, start-up and checkpoints stay as they are."""
    values = np.array([each.value for each in measured])
    is_time = np.array([each.quantity == TIME for each in measured])
    moving = sum((center.parts[part][0] for part in (*STEP_PARTS, "evaluation")), np.zeros(len(measured)))
    still = center.time_to_train[0] - moving
    slower = np.where(is_time, np.maximum(values - still, _LEAST * moving) / moving, center.throughput[0] / values)
    return tuple(np.log(slower).tolist())
