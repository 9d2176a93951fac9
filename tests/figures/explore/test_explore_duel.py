"""The map of who wins in words, as a chart and as a table."""

import numpy as np
import pytest

from ipuwhatif.analysis.explore.costs import Rates, rates_of
from ipuwhatif.analysis.explore.duel import BATCH, Duel, Outcomes, stages
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import CHIP_HOURS, TIME_S
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.charts.spec import GHOST, PROJECTED
from ipuwhatif.export.png import render_png
from ipuwhatif.figures.explore.duel import duel_figure, level_lines
from ipuwhatif.figures.explore.duel_words import duel_text, lacking_text, place_text, up_name
from ipuwhatif.scenario.scenario import FIRST_START


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def asked(world: World, up: str, measure: str) -> tuple[Duel, Outcomes, Rates]:
    duel = Duel("ipu-pod", "dgx-a100", up, measure)
    rates = rates_of(world, FIRST_START, (duel.subject, duel.reference))
    return duel, next(told for _, _, told in stages(world, FIRST_START, duel, rates) if told is not None), rates


def test_that_places_are_counted_by_who_wins_at_them(world: World) -> None:
    duel, outcomes, rates = asked(world, CHIPS, TIME_S)
    wins, loses = int((outcomes.probability >= 0.8).sum()), int((outcomes.probability <= 0.2).sum())
    open_ = outcomes.probability.size - wins - loses
    assert duel_text(world, duel, outcomes) == (
        f"IPU-POD is faster in 80 % of the draws or more at {wins} of {outcomes.probability.size} places of the map, "
        f"DGX A100 at {loses}; {open_} are open."
    )
    assert lacking_text(duel, outcomes, rates) == ""


def test_that_a_place_is_read_with_both_times_and_the_probability(world: World) -> None:
    duel, outcomes, rates = asked(world, CHIPS, CHIP_HOURS)
    row, column = int(np.flatnonzero(outcomes.y == 8)[0]), int(np.flatnonzero(outcomes.x == 64)[0])
    told = place_text(world, duel, outcomes, rates, row, column)
    assert told.startswith("IPU-POD64 (64 IPUs): ") and " · DGX A100 (8 GPUs): " in told
    assert told.count(" chip-hours") == 3 and told.endswith("of the draws") and " min, " in told


def test_that_what_is_lacking_is_said_for_each_reason(world: World) -> None:
    duel, outcomes, rates = asked(world, CHIPS, MONEY)
    assert "state a price for IPU-POD; state a price for DGX A100" in lacking_text(duel, outcomes, rates)
    assert duel_text(world, duel, outcomes) == "At no place of this map both have a figure."
    duel, outcomes, rates = asked(world, CHIPS, ENERGY)
    assert lacking_text(duel, outcomes, rates).endswith("places are empty: power is known for whole machines.")


def test_that_the_line_of_as_likely_as_not_lies_between_winning_and_losing(world: World) -> None:
    _, outcomes, _ = asked(world, CHIPS, TIME_S)
    ((x, y),) = level_lines(outcomes, 0.5)
    for across, up in zip(x, y, strict=True):
        columns = np.searchsorted(outcomes.x, across * (1 - 1e-9)), np.searchsorted(outcomes.x, across * (1 + 1e-9)) - 1
        rows = np.searchsorted(outcomes.y, up * (1 - 1e-9)), np.searchsorted(outcomes.y, up * (1 + 1e-9)) - 1
        around = outcomes.probability[min(rows) : max(rows) + 1, min(columns) : max(columns) + 1]
        assert around.min() <= 0.5 <= around.max()


@pytest.mark.parametrize("up", [CHIPS, BATCH, "compute_gain"])
def test_that_a_figure_holds_all_that_the_map_shows(world: World, up: str) -> None:
    duel, outcomes, rates = asked(world, up, TIME_S)
    figure = duel_figure(world, FIRST_START, duel, outcomes, rates)
    assert figure.chart.title.startswith("ResNet-50: where IPU-POD is faster than DGX A100")
    assert figure.chart.y_axis.title == up_name(world, duel)
    assert len(figure.chart.marks) == np.isfinite(outcomes.probability).sum()
    assert {line.style for line in figure.chart.lines} <= {PROJECTED, GHOST}
    assert len(figure.table.rows) == len(figure.table.tints) > 10
    assert all(0.0 <= row[-1].number <= 100.0 for row in figure.table.rows)
    assert len(render_png(figure.chart, "light", 1.0)) > 5_000
