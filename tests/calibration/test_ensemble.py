"""Intervals: how wide, around what, and never across a score's floor."""

from dataclasses import replace

import numpy as np
import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.ensemble import Intervals, intervals
from ipuwhatif.calibration.recipes import BETWEEN_RECIPES, WITHIN_RECIPE, with_known_recipes
from ipuwhatif.calibration.support import Support
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.layout import choose_layouts
from ipuwhatif.model.lower import lower
from ipuwhatif.model.time_to_train import evaluate

CASE = Case("bert-large", SystemChoice("ipu-pod", 64), "2021-12", "open")
INSIDE = Support((), 0.0, ())


def around(world: World, case: Case, support: Support = INSIDE, draws: int | None = None) -> Intervals:
    layouts = choose_layouts(world.catalog, [case], world.calibration.center)
    inputs = with_known_recipes(lower(world.catalog, [case], layouts), world.catalog, [case], layouts)
    center = evaluate(inputs, world.calibration.center)
    return intervals(world.calibration, [case], inputs, [support], center, draws)


def width(interval) -> float:
    return float(np.log(interval.high[0] / interval.low[0]))


def test_that_distance_from_the_evidence_widens_time_and_throughput_and_not_samples(world: World) -> None:
    inside, beyond = around(world, CASE), around(world, CASE, Support(("chips",), 0.2, ()))
    assert width(beyond.time) > 1.5 * width(inside.time)
    assert width(beyond.throughput) > 1.5 * width(inside.throughput)
    assert width(beyond.samples) == width(inside.samples)


def test_that_a_wide_spread_is_about_its_normal_quantile(world: World) -> None:
    wide = around(world, CASE, Support(("chips",), 1.0, ()))
    assert width(wide.throughput) == pytest.approx(2 * 1.2816, rel=0.15)  # 80 % of a normal, both sides


def test_that_a_known_recipe_is_narrower_than_the_curve(world: World) -> None:
    known = around(world, replace(CASE, policy="as-submitted"))
    assert width(known.samples) < width(around(world, CASE).samples)
    # what is left: the scatter of one recipe's runs, and a fifth of that between recipes
    left = np.hypot(WITHIN_RECIPE["bert-large"], BETWEEN_RECIPES["bert-large"] * 0.2**0.5)
    assert width(known.samples) < 1.3 * 2 * 1.2816 * left


def test_that_a_searched_layout_may_be_slower_than_it_promises_and_is_not_faster_for_it(world: World) -> None:
    layouts = choose_layouts(world.catalog, [CASE], world.calibration.center)
    inputs = lower(world.catalog, [CASE], layouts)
    center = evaluate(inputs, world.calibration.center)
    untried = replace(INSIDE, untuned=1.0)  # no entry tuned a recipe for such a batch
    ends = {
        policy: intervals(world.calibration, [replace(CASE, policy=policy)], inputs, [untried], center)
        for policy in ("best", "as-submitted")
    }
    tried = intervals(world.calibration, [CASE], inputs, [INSIDE], center)
    assert tried.time.high[0] < ends["best"].time.high[0]
    assert ends["best"].time.high[0] > 1.02 * ends["as-submitted"].time.high[0]
    assert ends["best"].time.low[0] >= ends["as-submitted"].time.low[0]
    assert ends["best"].samples.high[0] == ends["as-submitted"].samples.high[0]


def test_that_no_run_of_a_closed_score_needs_less_than_the_reference(world: World) -> None:
    closed = replace(CASE, recipe="closed")
    layouts = choose_layouts(world.catalog, [closed], world.calibration.center)
    floor = lower(world.catalog, [closed], layouts).reference_floor[0]
    assert around(world, closed).samples.low[0] >= floor * (1 - 1e-12)


def test_that_fewer_draws_say_nearly_the_same(world: World) -> None:
    few, many = around(world, CASE, draws=64), around(world, CASE)
    assert few.time.low[0] == pytest.approx(many.time.low[0], rel=0.05)
    assert few.time.high[0] == pytest.approx(many.time.high[0], rel=0.05)


def test_that_the_same_question_has_the_same_interval(world: World) -> None:
    first, second = around(world, CASE), around(world, CASE)
    assert first.time.low[0] == second.time.low[0] and first.time.high[0] == second.time.high[0]
