"""Goal seek: what brings a system's projected time to a target, over chips, one lever or the cheapest combination.

Where nothing does, the answer names the least time, the part of it that binds, and why it goes no further.
"""

from collections.abc import Mapping
from math import isfinite, log

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.seek import limits, reach
from ipuwhatif.analysis.seek.answer import ANY, CHIPS, GoalAnswer, Values
from ipuwhatif.analysis.seek.combined import COMBINED, UNMOVED, along_combination, cheapest
from ipuwhatif.analysis.seek.over_chips import chips_value, counts_that_run, fewest, over_chips
from ipuwhatif.analysis.seek.reach import BATCH
from ipuwhatif.analysis.seek.reasons import HowSought, NothingToMove, NotSoughtOver, Target
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.records import replace
from ipuwhatif.scenario.amount import check_time
from ipuwhatif.scenario.levers import SYSTEM, Lever, Levers
from ipuwhatif.scenario.moved_levers import moved_levers
from ipuwhatif.scenario.resolve import case_of, settings_for
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError, nearest


def seek(world: World, scenario: Scenario, choice: SystemChoice, target_s: float, over: str = CHIPS) -> GoalAnswer:
    """What brings the median time to the target [s], with interval, basis, layout and the answers at both ends.

    The chips found are the smallest of those that the system can be bought in; of whole numbers the nearest that meets
    the target; a gain meets it exactly. InputError for a target that is no time, and where the job cannot run.
    """
    world = learning(world, scenario)
    name = _checked(world, scenario, choice, target_s, over)
    if name == CHIPS:
        answer = over_chips(world, scenario, choice, target_s)
    else:
        case = case_of(scenario, choice, world.levers, world.catalog)
        answer = _over_all(world, scenario, case, target_s) if name == ANY else _over_lever(world, case, name, target_s)
    acting = _acting(scenario, answer.projection.choice, world)
    return replace(answer, settings=moved_levers(acting, world.levers, world.catalog))


def seek_center(
    world: World, scenario: Scenario, choice: SystemChoice, target_s: float, over: str = CHIPS
) -> Values | None:
    """The same answer alone, at the central parameters: what a drag of the target line asks for."""
    world = learning(world, scenario)
    name = _checked(world, scenario, choice, target_s, over)
    if name == CHIPS:
        counts = counts_that_run(world, scenario, choice.system)
        return chips_value(fewest(world, scenario, counts, choice.system, target_s).count)
    case = case_of(scenario, choice, world.levers, world.catalog)
    if name == ANY:
        return _named(world, scenario, case, cheapest(world, case, _bounds(world.levers, case), target_s))
    lever = world.levers[name.rpartition(".")[2]]
    if lever.key == BATCH:
        batch = reach.nearest_batch(world, case, lever, target_s, lambda cases: reach.times_of(world, cases)).count
        return None if batch is None else {name: float(batch)}
    value = reach.value_for(world, case, lever, target_s)
    return None if value is None else {name: value}


def lever_name(scenario: Scenario, choice: SystemChoice, key: str, world: World) -> str:
    """The name under which a lever acts on a system: its own where it has one or is set for systems, else its family's.

    InputError names the nearest where there is no such lever.
    """
    if key not in world.levers:
        near = nearest(key, [CHIPS, ANY, *(each for each, lever in world.levers.items() if _is_sought(lever))])
        raise RefusedError(NothingToMove(key, near))
    if not _is_sought(world.levers[key]):
        name = world.levers[key].name
        raise RefusedError(NotSoughtOver(name))
    own = f"{choice.key}.{key}"
    if own in scenario.levers or world.levers[key].scope == SYSTEM:
        return own
    return f"{world.catalog.systems[choice.system].family}.{key}"


def _is_sought(lever: Lever) -> bool:
    """Whether a target is sought over a lever: a larger memory changes times by steps."""
    return (reach.is_factor(lever) or lever.key == BATCH) and lever.field != "on_chip_memory"


def _acting(scenario: Scenario, choice: SystemChoice, world: World) -> Scenario:
    """The scenario with the levers alone that act on the system of an answer at its size."""
    held = {f"{scope}.{key}" for key, (scope, _) in settings_for(scenario, choice, world.catalog).items()}
    return replace(scenario, levers={name: value for name, value in scenario.levers.items() if name in held})


def _checked(world: World, scenario: Scenario, choice: SystemChoice, target_s: float, over: str) -> str:
    """CHIPS, ANY or the full name of the lever that is moved."""
    if not (isfinite(target_s) and target_s > 0.0):
        raise RefusedError(Target.NO_TIME)
    check_time(target_s)
    return over if over in (CHIPS, ANY) else lever_name(scenario, choice, over.rpartition(".")[2], world)


def _over_lever(world: World, case: Case, name: str, target_s: float) -> GoalAnswer:
    lever = world.levers[name.rpartition(".")[2]]
    find = _seek_batch if lever.key == BATCH else _seek_gain
    value, floor, ends = find(world, case, lever, target_s)
    shown = reach.moved(case, {lever.key: floor if value is None else value}, world.levers)
    projection, present = project_all(world, [shown, case])
    if lever.key == BATCH and value is not None:
        value = float(projection.layout.global_batch)  # the nearest that can be split evenly
    return GoalAnswer(
        over=name,
        choice=case.choice,
        target_s=target_s,
        values=None if value is None else {name: value},
        projection=projection,
        present=present,
        hopeful=None if ends[0] is None else {name: ends[0]},
        certain=None if ends[1] is None else {name: ends[1]},
        binds=limits.binding(projection),
        reason="" if value is not None else limits.lever_reason(world, projection, lever, target_s),
    )


#: An answer, the value at which the time comes nearest to the target, and the answers at both ends.
Sought = tuple[float | None, float, tuple[float | None, float | None]]


def _seek_gain(world: World, case: Case, lever: Lever, target_s: float) -> Sought:
    present = reach.value_of(case, lever)
    value = reach.value_for(world, case, lever, target_s, closer=True)
    values = reach.along(*reach.range_of(lever, case), present)
    solution = solve(world, [reach.with_value(case, lever, each) for each in values.tolist()])
    found = [
        reach.crossing(values, times, target_s, present if value is None else value)
        for times in (solution.intervals.time.low, solution.intervals.time.high)
    ]
    floor = reach.nearest_value(values, solution.center.time_to_train[0], target_s, present)
    low, high = (None if each is None else each[0] for each in found)
    return value, floor, (low, high)


def _seek_batch(world: World, case: Case, lever: Lever, target_s: float) -> Sought:
    center = reach.nearest_batch(world, case, lever, target_s, lambda cases: reach.times_of(world, cases))
    low = reach.nearest_batch(world, case, lever, target_s, lambda cases: solve(world, cases).intervals.time.low)
    high = reach.nearest_batch(world, case, lever, target_s, lambda cases: solve(world, cases).intervals.time.high)
    return _whole(center.count), float(center.fastest), (_whole(low.count), _whole(high.count))


def _whole(count: int | None) -> float | None:
    return None if count is None else float(count)


def _over_all(world: World, scenario: Scenario, case: Case, target_s: float) -> GoalAnswer:
    bounds = _bounds(world.levers, case)
    gains = cheapest(world, case, bounds, target_s)
    shown = {lever: ends[1] for lever, ends in bounds.items()} if gains is None else gains
    projection, present = project_all(world, [reach.moved(case, shown, world.levers), case])
    hopeful, certain = (None, None) if gains is None else along_combination(world, case, gains, bounds, target_s)
    values = _named(world, scenario, case, gains)
    return GoalAnswer(
        over=ANY,
        choice=case.choice,
        target_s=target_s,
        values=values,
        projection=projection,
        present=present,
        hopeful=_named(world, scenario, case, hopeful),
        certain=_named(world, scenario, case, certain),
        binds=limits.binding(projection),
        reason=limits.any_reason(projection) if gains is None else "",
        notes=(HowSought.CHEAPEST, HowSought.ALONG_THE_SAME if values != {} else HowSought.NOTHING_MOVES),
    )


def _named(world: World, scenario: Scenario, case: Case, gains: Mapping[str, float] | None) -> dict[str, float] | None:
    """Gains by the names under which a scenario sets them, the moved ones alone."""
    if gains is None:
        return None
    return {
        lever_name(scenario, case.choice, lever, world): value
        for lever, value in gains.items()
        if abs(log(value / reach.value_of(case, world.levers[lever]))) > UNMOVED
    }


def _bounds(levers: Levers, case: Case) -> dict[str, tuple[float, float]]:
    return {key: reach.range_of(levers[key], case) for key in COMBINED}
