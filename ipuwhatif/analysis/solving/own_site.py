"""The world as the user's own measurements tell it: projections follow those that are marked as learnt from.

Such a measurement says how far the projection of its system lies from what was measured, with no lever moved;
`calibration.own_runs` says what that means for other systems, sizes and jobs.
"""

from math import exp, log

from ipuwhatif.analysis.solving.inputs import runs_of
from ipuwhatif.analysis.solving.kept import SharedWorld
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.own_runs import Site
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.model.case import Case, varied
from ipuwhatif.model.time_to_train import STEP_PARTS, Outcome
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.resolve import AS_FITTED, NO_GAINS, case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import marked, tr, worded_cache
from ipuwhatif.units import InputError, format_number

#: Projections do not follow what is so many times slower or faster than they are: a unit, a size or a job is another.
MOST = 10.0
_TOO_FAR = {
    True: marked(
        "the measurement on {name} is {factor} times as slow as projected, too far to project from (the most is "
        "{most}): check its unit, size and job"
    ),
    False: marked(
        "the measurement on {name} is {factor} times as fast as projected, too far to project from (the most is "
        "{most}): check its unit, size and job"
    ),
}
#: Least part of what is projected of training and evaluation that a measured time is taken to leave for them.
_LEAST = 0.02


def learning(world: World, scenario: Scenario) -> World:
    """The world in which projections follow what the scenario learns from; the same where it learns from nothing.

    InputError where a measured system cannot run the job as it is pinned, or lies too far from its projection.
    """
    learnt = {key: each for key, each in scenario.measurements.items() if each.learnt}
    if not learnt or world.catalog.workloads[scenario.workload].kind == RELATIVE:
        return world
    measured = tuple((_case(world, scenario, key), each) for key, each in learnt.items())
    return _learning(SharedWorld(world), measured)


def _case(world: World, scenario: Scenario, key: str) -> Case:
    """What was measured: pinned as the scenario says, with no lever and no assumption moved."""
    system, _, chips = key.partition(":")
    case = case_of(scenario, SystemChoice(system, int(chips)), world.levers, world.catalog)
    return varied(case, gains=NO_GAINS, assumed=AS_FITTED)


@worded_cache(maxsize=8)
def _learning(shared: SharedWorld, measured: tuple[tuple[Case, Measurement], ...]) -> World:
    world = shared.world
    solution = solve(world, [case for case, _ in measured])
    missed = tuple(_missed(solution.center, row, each) for row, (_, each) in enumerate(measured))
    for (case, _), each in zip(measured, missed, strict=True):
        if abs(each) > log(MOST):
            name = system_name(case.choice, world.catalog)
            told = {"name": name, "factor": format_number(exp(abs(each)), 2), "most": format_number(MOST)}
            raise InputError(tr(_TOO_FAR[each > 0.0], **told))
    site = Site(runs_of(world.catalog, solution.cases, solution.intervals.throughput), missed)
    return replace(world, site=site, unlearnt=world)


def _missed(center: Outcome, row: int, measurement: Measurement) -> float:
    """ln(measured / projected time of a step); of a time to train, start-up and checkpoints stay as they are."""
    if measurement.quantity != TIME:
        return log(float(center.throughput[0, row]) / measurement.value)
    moving = sum(float(center.parts[part][0, row]) for part in (*STEP_PARTS, "evaluation"))
    still = float(center.time_to_train[0, row]) - moving
    return log(max(measurement.value - still, _LEAST * moving) / moving)
