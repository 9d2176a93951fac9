"""Explore as it leaves the app: few enough marks spread over the picture, the front with its interval, a table."""

import numpy as np
import pytest

from ipuwhatif.analysis.explore.best import front
from ipuwhatif.analysis.explore.chances import chances_of, contenders, drawn_plans
from ipuwhatif.analysis.explore.costs import rates_of
from ipuwhatif.analysis.explore.explored import Explored, Filters
from ipuwhatif.analysis.explore.plans import Varied, joined, parts, plan_of, system_words
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.charts.spec import TARGET
from ipuwhatif.export.png import render_png
from ipuwhatif.figures.explore.chart import MOST_MARKS, Looked, explore_figure, thinned
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.fixture(scope="module")
def explored(world: World) -> Explored:
    plan = plan_of(world, FIRST_START, Varied(levers=("compute_gain", "memory_bandwidth_gain")))
    plans = joined([part for _, _, part in parts(world, plan)])
    return Explored(plan, plans, rates_of(world, FIRST_START, system_words(plan)), np.full(len(plans), np.nan))


def test_that_many_plans_leave_as_few_marks_spread_over_all_of_them(explored: Explored) -> None:
    x, y = explored.column(CHIPS).astype(float), explored.plans.time_s
    rows = np.arange(len(x))
    kept = thinned(x, y, rows)
    assert 100 < len(kept) <= MOST_MARKS < len(x)
    for values in (x, y):
        assert values[kept].min() < 1.2 * values.min() and values[kept].max() > values.max() / 1.2
    assert thinned(x, y, rows[:9]).tolist() == rows[:9].tolist()


def test_that_a_figure_has_the_front_its_interval_and_what_holds_of_it(world: World, explored: Explored) -> None:
    kept = explored.column(CHIPS) <= 64
    rows = np.flatnonzero(kept)
    best = rows[front(explored.column(CHIPS)[rows].astype(float), explored.plans.time_s[rows])].tolist()
    held = contenders(explored, CHIPS, kept, best)[:256]
    held = np.unique(np.concatenate([held, best]))
    drawn = list(drawn_plans(world, FIRST_START, explored, held.tolist()))
    chances = chances_of(explored, CHIPS, held, drawn, 600.0, int(kept.sum()))
    looked = Looked(CHIPS, Filters({CHIPS: (1.0, 64.0)}), kept, best, best, chances)
    figure = explore_figure(world, replace(FIRST_START, target_s=600.0), explored, looked)
    (line, target), (band,) = figure.chart.lines, figure.chart.bands
    assert target.style == TARGET and target.y == (600.0, 600.0)
    assert TARGET in [entry.style for entry in figure.chart.legend]
    assert len(explore_figure(world, replace(FIRST_START, target_s=1.0), explored, looked).chart.lines) == 1
    assert line.x == tuple(explored.column(CHIPS)[best]) and band.x == line.x
    assert all(low < y < high for low, y, high in zip(band.low, line.y, band.high, strict=True))
    assert len(figure.chart.marks) <= MOST_MARKS and all(mark.x <= 64 for mark in figure.chart.marks)
    assert "Filters: Chips 1 to 64." in figure.notices
    titles = [column.title for column in figure.table.columns]
    assert {"On the front (%)", "Fastest (%)", "Under target (%)", "Basis"} <= set(titles)
    assert len(figure.table.rows) == len(best) == len(figure.table.tints)
    assert len(render_png(figure.chart, "light", 1.0)) > 5_000
