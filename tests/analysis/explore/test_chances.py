"""Chances of plans: each is drawn with all others, and what is told is what counting draw by draw says."""

import numpy as np
import pytest

from ipuwhatif.analysis.explore import chances
from ipuwhatif.analysis.explore.basis import beyond_data
from ipuwhatif.analysis.explore.best import front
from ipuwhatif.analysis.explore.chances import Chances, chances_of, contenders, drawn_plans
from ipuwhatif.analysis.explore.costs import rates_of
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import Varied, case_at, joined, parts, plan_of, system_words
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.sweep.axes import CHIPS, SYSTEM
from ipuwhatif.analysis.sweep.costs import ENERGY
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.scenario.scenario import FIRST_START


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.fixture(scope="module")
def explored(world: World) -> Explored:
    plan = plan_of(world, FIRST_START, Varied(every_system=True))
    plans = joined([part for _, _, part in parts(world, plan)])
    return Explored(plan, plans, rates_of(world, FIRST_START, system_words(plan)), np.full(len(plans), np.nan))


def told(world: World, explored: Explored, against: str, target_s: float | None) -> tuple[Chances, FloatArray]:
    kept = (explored.column(CHIPS) <= 256) & (explored.column(CHIPS) >= 16)
    rows: IntArray = contenders(explored, against, kept)
    drawn = list(drawn_plans(world, FIRST_START, explored, rows.tolist()))
    times = np.concatenate([each.times for each in drawn], axis=1)
    return chances_of(explored, against, rows, drawn, target_s, int(kept.sum())), times


@pytest.mark.parametrize("against", [CHIPS, ENERGY])
def test_that_shares_are_those_of_counting_draw_by_draw(world: World, explored: Explored, against: str) -> None:
    found, times = told(world, explored, against, 300.0)
    cost = explored.column(against)[found.rows].astype(float)
    on_front = np.zeros(len(found.rows))
    for drawn in times:
        taken = cost if against == CHIPS else cost / explored.plans.time_s[found.rows] * drawn
        for place in range(len(drawn)):
            better = (taken <= taken[place]) & (drawn <= drawn[place])
            better &= (taken < taken[place]) | (drawn < drawn[place])
            on_front[place] += not better.any()
    np.testing.assert_allclose(found.on_front, on_front / len(times))
    np.testing.assert_allclose(found.under_target, (times <= 300.0).mean(axis=0))
    np.testing.assert_allclose(found.fastest, (times == times.min(axis=1)[:, None]).mean(axis=0))


def test_that_the_interval_and_basis_of_a_plan_are_those_of_its_projection(world: World, explored: Explored) -> None:
    found, _ = told(world, explored, CHIPS, None)
    assert np.isnan(found.under_target).all()
    for place in (0, len(found.rows) // 2, len(found.rows) - 1):
        row = int(found.rows[place])
        projection = project(world, case_at(world, FIRST_START, explored.plan, explored.plans, row))
        time = projection.time_to_train_s
        assert (found.low[place], found.high[place]) == pytest.approx((time.low, time.high), rel=1e-9)
        assert found.beyond[place] == bool(projection.beyond)
        assert beyond_data(world, FIRST_START, explored.plan, explored.plans, [row]) == [float(found.beyond[place])]
    assert found.place(-5) is None


def test_that_the_choices_that_win_are_counted_by_what_the_fastest_has(world: World, explored: Explored) -> None:
    found, times = told(world, explored, CHIPS, None)
    (win,) = (each for each in found.wins if each.column == SYSTEM)
    systems = explored.plans.system[found.rows][times.argmin(axis=1)]
    assert win.share == np.mean(systems == win.value) == max(np.bincount(systems)) / len(systems)


def test_that_a_long_front_is_held_against_each_other_evenly_and_with_both_ends(
    world: World, explored: Explored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chances, "MOST", 5)
    kept = np.isfinite(explored.column(CHIPS))
    best = front(explored.column(CHIPS).astype(float), explored.plans.time_s).tolist()
    assert len(best) > 10
    rows = contenders(explored, CHIPS, kept).tolist()
    assert len(rows) == 5 and {best[0], best[-1]} <= set(rows) <= set(best)
    other = next(row for row in range(len(kept)) if row not in best)
    assert set(contenders(explored, CHIPS, kept, [other])) == {*rows, other}
