"""Many cases at once: layouts chosen, central values and intervals, as arrays over cases.

The slider, the table and the sweep all end in this one call.
"""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.solving.acting import acting_cases
from ipuwhatif.analysis.solving.inputs import at_site, inputs_of, runs_of
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import Interval, Intervals, intervals, scatter, spread_of, throughput_interval
from ipuwhatif.calibration.own_runs import learn
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.calibration.support.support import EvidenceCoverage, support_of
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.model.case import Case
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.time_to_train import Outcome, evaluate
from ipuwhatif.records import Record, replace


class Solution(Record, frozen=True):
    """Answers for all cases. `center` holds the model at the central parameters, shape (1, cases)."""

    cases: tuple[Case, ...]
    layouts: tuple[Layout, ...]
    supports: tuple[EvidenceCoverage, ...]
    inputs: Inputs
    center: Outcome
    intervals: Intervals


def solve(world: World, cases: Sequence[Case], draws: int | None = None) -> Solution:
    """Choose layouts and evaluate; `draws` caps the ensemble (all by default). InputError where a case cannot run."""
    layouts = choose_layouts(world.catalog, cases, world.calibration.center)
    inputs = inputs_of(world, cases, layouts)
    calibration = world.calibration
    # One call of the model for the centre and the draws: for few cases a call costs more than what it works out.
    both = evaluate(inputs, np.concatenate([calibration.center, calibration.draws[:draws]]))
    center, drawn = both.at(slice(1)), both.at(slice(1, None))
    acting = acting_cases(world, cases, layouts, center.parts)
    supports = tuple(support_of(world.catalog, case, layout) for case, layout in zip(acting, layouts, strict=True))
    around = intervals(calibration, cases, inputs, supports, center, draws, drawn)
    solution = Solution(tuple(cases), layouts, supports, inputs, center, around)
    return solution if world.site is None else _following(world, solution)


class Drawn(Record, frozen=True):
    """Times to train of some cases: the interval of each, and all draws, which the cases share. Seconds."""

    center: FloatArray  # at the central parameters, shape (cases,)
    interval: Interval  # shape (cases,)
    times: FloatArray  # shape (draws, cases)
    supports: tuple[EvidenceCoverage, ...]


def solve_drawn(world: World, cases: Sequence[Case]) -> Drawn:
    """Of `solve` the time at every draw. InputError where a case cannot run."""
    layouts = choose_layouts(world.catalog, cases, world.calibration.center)
    inputs = with_known_recipes(lower(world.catalog, cases, layouts, shared=True), world.catalog, cases, layouts)
    calibration = world.calibration
    both = evaluate(inputs, np.concatenate([calibration.center, calibration.draws]))
    center, drawn = both.at(slice(1)), both.at(slice(1, None))
    acting = acting_cases(world, cases, layouts, center.parts)
    supports = tuple(support_of(world.catalog, case, layout) for case, layout in zip(acting, layouts, strict=True))
    scattered = scatter(calibration.noise, cases, inputs, supports, drawn)
    spread = spread_of(calibration, scattered, supports, center)
    plain = Drawn(center.time_to_train[0], spread.interval, spread.times(scattered), supports)
    if world.site is None:
        return plain
    throughput = throughput_interval(scattered, center)
    learnt = learn(world.site, runs_of(world.catalog, cases, throughput))
    after = evaluate(at_site(inputs, learnt.shift), calibration.center)
    half = np.log(throughput.high / throughput.low) / 2.0
    ends = center.time_to_train[0], after.time_to_train[0]
    narrowed = _narrowed(plain.interval, *ends, half, learnt.left)
    return Drawn(ends[1], narrowed, moved_draws(plain.times, plain.interval, narrowed, *ends), supports)


def moved_draws(
    times: FloatArray, before: Interval, after: Interval, center_before: FloatArray, center_after: FloatArray
) -> FloatArray:
    """Drawn times [s] about another centre, as far from it as another interval says; shape (draws, cases).

    On each side of the centre, what lay at the end of the interval lies at its end again.
    """
    low, high = (
        _stretch(np.log(center / end), np.log(other / other_end))
        for center, end, other, other_end in (
            (center_before, before.low, center_after, after.low),
            (center_before, before.high, center_after, after.high),
        )
    )
    away = np.log(times / center_before)
    return np.asarray(center_after * np.exp(away * np.where(away < 0.0, low, high)))


def _stretch(before: FloatArray, after: FloatArray) -> FloatArray:
    """One side over another; 1 where there was none."""
    return np.where(np.abs(before) > 0.0, after / np.where(before == 0.0, 1.0, before), 1.0)


def solve_center(world: World, cases: Sequence[Case], layouts: Sequence[Layout] | None = None) -> Outcome:
    """The model at the central parameters alone, shape (1, cases). InputError where a case cannot run.

    layouts: of the cases, where whoever asks has chosen them already.
    """
    if layouts is None:
        layouts = choose_layouts(world.catalog, cases, world.calibration.center)
    return evaluate(followed_inputs(world, cases, layouts), world.calibration.center)


def followed_inputs(world: World, cases: Sequence[Case], layouts: Sequence[Layout]) -> Inputs:
    """Cases as the model takes them, moved to what the user's own site tells of them."""
    inputs = inputs_of(world, cases, layouts)
    if world.site is None or world.unlearnt is None:
        return inputs
    told = solve(world.unlearnt, cases).intervals.throughput
    return at_site(inputs, learn(world.site, runs_of(world.catalog, cases, told)).shift)


def _following(world: World, solution: Solution) -> Solution:
    """A solution moved to what the user measured, its intervals narrowed by what that leaves open."""
    assert world.site is not None
    learnt = learn(world.site, runs_of(world.catalog, solution.cases, solution.intervals.throughput))
    inputs = at_site(solution.inputs, learnt.shift)
    center = evaluate(inputs, world.calibration.center)
    before, around = solution.center, solution.intervals
    half = np.log(around.throughput.high / around.throughput.low) / 2.0
    time = _narrowed(around.time, before.time_to_train[0], center.time_to_train[0], half, learnt.left)
    throughput = _narrowed(around.throughput, before.throughput[0], center.throughput[0], half, learnt.left)
    return replace(solution, inputs=inputs, center=center, intervals=replace(around, time=time, throughput=throughput))


def _narrowed(
    interval: Interval, before: FloatArray, after: FloatArray, half: FloatArray, left: FloatArray
) -> Interval:
    """An interval around another centre, without the part of its width that came from a speed that is known better now.

    half: of the width of ln(throughput) before; left: the part of it that is left.
    """
    low, high = narrowed_sides(interval, before, half, left)
    return Interval(after * np.exp(-low), after * np.exp(high))


def narrowed_sides(
    interval: Interval, center: FloatArray, half: FloatArray, left: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """ln of how far both ends lie from the centre once a part of the width is known better; as in `_narrowed`."""
    sides = np.log(center / interval.low), np.log(interval.high / center)
    low, high = (np.sqrt(side**2 - (1.0 - left**2) * np.minimum(side, half) ** 2) for side in sides)
    return low, high
