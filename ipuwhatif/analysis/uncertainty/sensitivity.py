"""What a projected time hangs on: how far each lever and each assumption moves it, one at a time and all together.

Levers are moved with the layout searched anew, as a user would see it; assumptions with the layout held, each group of
parameters taken from the posterior draws that rank at 10 % and 90 % by what the group does to the time.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from ipuwhatif.analysis.beside import check_one_job
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.seek.reach import BATCH, COSTS, found_of, times_of, value_of, with_batch, with_value
from ipuwhatif.analysis.solving.acting import acting_cases
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.solving.solve import followed_inputs
from ipuwhatif.analysis.uncertainty.assumptions import groups_of
from ipuwhatif.analysis.uncertainty.posterior import Spread, spread_of
from ipuwhatif.analysis.uncertainty.swings import SCATTER, Part, Sensitivity, Swing, Swings, Together
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import LEVEL, intervals
from ipuwhatif.calibration.support.support import support_of
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case, varied
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.model.time_to_train import Outcome, evaluate
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.levers import ASSUMPTION, GAIN, LEVER, SYSTEM, Lever
from ipuwhatif.scenario.moved_levers import moved_levers
from ipuwhatif.scenario.own_edits import learnt_from
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario

#: The factor on the global batch, both ways.
BATCH_STEP = 2.0
#: Part of the time below which a swing is none.
NOTHING = 1e-9
NEIGHBOURS = 2  # draws on either side of an end of the interval, of which the middle one by its time is taken


def sensitivity(world: World, scenario: Scenario, choice: SystemChoice) -> Sensitivity:
    """What the time of one system hangs on. InputError where the job cannot run."""
    case = case_of(scenario, choice, world.levers, world.catalog)
    moved, learnt = moved_levers(scenario, world.levers, world.catalog), learnt_from(scenario, world.catalog)
    followed = learning(world, scenario)
    return Sensitivity(project(followed, case), swings_of(followed, case), (*moved, *learnt))


def with_second(answered: Sensitivity, letter: str, second: Sensitivity, other: str) -> Sensitivity:
    """The tornado with that of the same system under a second scenario. InputError for two jobs."""
    check_one_job((letter, answered.projection.case.workload), (other, second.projection.case.workload))
    return replace(answered, letter=letter, beside=replace(second, letter=other))


def swings_of(world: World, case: Case) -> Swings:
    """The tornado alone: what a drag asks for."""
    moved = _gain_moves(world, case)
    found = found_of(world, [case, *(each for _, pair, _ in moved for each in pair), *_together_cases(case, moved)])
    layout, seconds = found.layouts[0], found.times.tolist()
    center, ends, both = seconds[0], seconds[1:-2], seconds[-2:]
    levers = [
        _lever_swing(world, case, lever, values, ends[2 * row : 2 * row + 2], asked=_span(lever, value_of(case, lever)))
        for row, (lever, _, values) in enumerate(moved)
    ]
    batch = _batch_swing(world, case, layout)
    inputs = followed_inputs(world, [case], [layout])
    assumptions, joint, outcome = _assumptions(world, inputs, center)
    felt = [each for each in levers if each.refused or each.size(center) > NOTHING * center]
    swings = [*felt, *batch, *assumptions, _scatter(world, case, layout, inputs, outcome)]
    return Swings(
        case=case,
        center_s=center,
        swings=tuple(sorted(swings, key=lambda each: -each.size(center))),
        together=(_together(LEVER, levers, center, both), _together(ASSUMPTION, assumptions, center, joint)),
    )


# levers

#: A lever, its two cases, its two values: where the job does not fit, the present one.
Move = tuple[Lever, tuple[Case, Case], tuple[float, float]]


def likely_span(lever: Lever) -> float:
    """The factor by which a lever is moved both ways: as far as its range calls likely, up or down."""
    uppers = [upper for upper, _ in lever.parts]
    place = lever.likely % len(uppers)
    lower = uppers[place - 1] if place else lever.minimum
    return max(uppers[place], 1.0 / lower)


def _span(lever: Lever, here: float) -> tuple[float, float]:
    """The values between which a lever is moved, within its range and around the present one."""
    if lever.minimum == 0.0:  # counted, not multiplied
        low, high = here - 1.0, here + 1.0
    else:
        low, high = here / likely_span(lever), here * likely_span(lever)
    return max(low, min(lever.minimum, here)), min(high, max(lever.maximum, here))


def _gain_moves(world: World, case: Case) -> list[Move]:
    moves: list[Move] = []
    for lever in world.levers.values():
        if lever.kind == LEVER and lever.target == GAIN:
            low, high = (_fitting(world, case, lever, value) for value in _span(lever, value_of(case, lever)))
            moves.append((lever, (with_value(case, lever, low), with_value(case, lever, high)), (low, high)))
    return moves


def _fitting(world: World, case: Case, lever: Lever, value: float) -> float:
    """The value, or the present one where the job would not fit: with half the memory, say."""
    fits = not reason_not_to_fit(world.catalog, with_value(case, lever, value))
    return value if fits else value_of(case, lever)


def _together_cases(case: Case, moved: Sequence[Move]) -> list[Case]:
    """All gain levers at their fast ends, and all at their slow ends; the batch stays where the layout has it."""
    return [
        varied(
            case,
            gains=replace(
                case.gains,
                **{lever.field: values[side if lever.field not in COSTS else 1 - side] for lever, _, values in moved},
            ),
        )
        for side in (1, 0)
    ]


def _batch_swing(world: World, case: Case, layout: Layout) -> list[Swing]:
    """The global batch around the one of the layout; none where no layout has such a batch."""
    batch, here = world.levers[BATCH], layout.global_batch
    sides = [
        with_batch(case, round(max(batch.minimum, here / BATCH_STEP))),
        with_batch(case, round(min(batch.maximum, here * BATCH_STEP))),
    ]
    if any(reason_not_to_fit(world.catalog, side) for side in sides):
        return []
    low, high = (float(side.pins.global_batch or 0) for side in sides)
    return [_lever_swing(world, case, batch, (low, high), times_of(world, sides).tolist())]


def _lever_swing(
    world: World,
    case: Case,
    lever: Lever,
    values: tuple[float, float],
    ends: Sequence[float],
    *,
    asked: tuple[float, float] | None = None,
) -> Swing:
    """asked: values that were to be tried; where another was taken, the job does not fit with it."""
    family = world.catalog.systems[case.choice.system].family
    scope = case.choice.key if lever.scope == SYSTEM else family
    return Swing(f"{scope}.{lever.key}", LEVER, ends[0], ends[1], lever, values, asked=asked or values)


# assumptions


class _Ends(Record, frozen=True):
    """Per group of parameters: the draws that stand for the ends of the interval, and the seconds with each.

    Shape (2, groups), the fast end first.
    """

    picked: IntArray
    seconds: FloatArray


def _assumptions(world: World, inputs: Inputs, center_s: float) -> tuple[list[Swing], tuple[float, float], Outcome]:
    """The swing of each group of parameters, the seconds with all groups fast and all slow at once, and the centre.

    Three calls of the model: the first moves each parameter alone, so that draws can be ranked by what a group does to
    the time, to first order; the second takes each group from the draws that rank about both ends of the interval; the
    third takes all groups from those that stand for the ends.
    """
    groups = groups_of(inputs)
    columns = np.array([column for group in groups.values() for column in group])
    group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups.values()])
    spread = spread_of(world, columns.tolist())
    slopes, outcome = _slopes(world, inputs, columns, spread)
    ends = _ends(world, inputs, columns, group_of, spread.away * np.where(spread.away < 0.0, slopes[0], slopes[1]))
    rows = np.repeat(world.calibration.center, 2, axis=0)
    rows[:, columns] = world.calibration.draws[ends.picked[:, group_of], columns]
    together = evaluate(inputs, rows).time_to_train[:, 0].tolist()
    acts = np.abs(slopes).max(axis=0) > NOTHING
    spans = dict(zip(columns[acts].tolist(), spread.ends.T[acts].tolist(), strict=True))
    swings = [
        _assumption(world, key, {column: spans[column] for column in group if column in spans}, ends, row)
        for row, (key, group) in enumerate(groups.items())
    ]
    felt = [each for each in swings if each.size(center_s) > NOTHING * center_s]
    return felt, (together[0], together[1]), outcome


def _slopes(world: World, inputs: Inputs, columns: IntArray, spread: Spread) -> tuple[FloatArray, Outcome]:
    """What ln(time) does per ln of each parameter, below the centre and above it; and the outcome at the centre.

    Shape (2, columns): a roof binds on one side of the centre only, so each side has a slope of its own.
    """
    rows = np.repeat(world.calibration.center, 2 * len(columns) + 1, axis=0)  # the last row stays at the centre
    each = np.arange(len(columns))
    rows[2 * each, columns], rows[2 * each + 1, columns] = spread.ends
    outcome = evaluate(inputs, rows)
    alone = np.log(outcome.time_to_train[:, 0])
    moved = np.where(np.abs(spread.moved) > NOTHING, spread.moved, 1.0)
    return (np.stack([alone[0:-1:2], alone[1::2]]) - alone[-1]) / moved, outcome.at(slice(-1, None))


def _ends(world: World, inputs: Inputs, columns: IntArray, group_of: IntArray, effects: FloatArray) -> _Ends:
    """Of the draws that rank about each end of the interval the one whose time is in their middle stands for it.

    group_of: the group of each column, groups one after the other. effects: what each draw of a column does to
    ln(time), to first order.
    """
    center, draws = world.calibration.center, world.calibration.draws
    starts = np.flatnonzero(np.diff(group_of, prepend=-1))
    order = np.argsort(np.add.reduceat(effects, starts, axis=1), axis=0, kind="stable")
    ranks = round((1.0 - LEVEL) / 2.0 * (len(draws) - 1))
    about = np.array([ranks, -1 - ranks])[:, None] + np.arange(-NEIGHBOURS, NEIGHBOURS + 1)
    candidates = order[about]  # (sides, neighbours, groups)
    rows = np.repeat(center, candidates.size, axis=0).reshape(*candidates.shape, -1)
    rows[:, :, group_of, columns] = draws[candidates[:, :, group_of], columns]
    times = evaluate(inputs, rows.reshape(candidates.size, -1)).time_to_train[:, 0].reshape(candidates.shape)
    middle = np.argsort(times, axis=1, kind="stable")[:, None, NEIGHBOURS]
    return _Ends(
        picked=np.take_along_axis(candidates, middle, axis=1)[:, 0],
        seconds=np.take_along_axis(times, middle, axis=1)[:, 0],
    )


def _assumption(world: World, group: str, spans: Mapping[int, Sequence[float]], ends: _Ends, row: int) -> Swing:
    """The bar of a group. spans: low and high of each of its parameters that act.

    A single parameter is said by its values.
    """
    center, draws = world.calibration.center[0], world.calibration.draws
    parts = tuple(Part(all_parameters()[column], float(center[column]), *span) for column, span in spans.items())
    values = None
    if len(spans) == 1:
        fast, slow = draws[ends.picked[:, row], next(iter(spans))].tolist()
        values = fast, slow
    fast_s, slow_s = ends.seconds[:, row].tolist()
    return Swing(f"{ASSUMPTION}/{group}", ASSUMPTION, fast_s, slow_s, parts=parts, drawn=values)


def _scatter(world: World, case: Case, layout: Layout, inputs: Inputs, center: Outcome) -> Swing:
    """What no parameter describes: scatter between runs, recipes and set-ups, and the distance from the evidence."""
    (acting,) = acting_cases(world, [case], [layout], center.parts)
    support = support_of(world.catalog, acting, layout)
    held = replace(world.calibration, draws=world.calibration.center)
    time = intervals(held, [case], inputs, [support], center, outcome=center).time
    return Swing(SCATTER, SCATTER, float(time.low[0]), float(time.high[0]))


def _together(kind: str, swings: Sequence[Swing], center_s: float, ends: Sequence[float]) -> Together:
    fast = sum(min(each.low_s, each.high_s) - center_s for each in swings)
    slow = sum(max(each.low_s, each.high_s) - center_s for each in swings)
    return Together(kind, ends[0] - center_s, fast, ends[1] - center_s, slow)
