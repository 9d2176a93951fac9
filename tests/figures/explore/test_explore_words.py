"""Explore in words: values in the units that people say, what is missing, filters, and which choices win."""

import numpy as np
import pytest

from ipuwhatif.analysis.explore.chances import Chances, Win
from ipuwhatif.analysis.explore.costs import rates_of
from ipuwhatif.analysis.explore.explored import Explored, Filters
from ipuwhatif.analysis.explore.plans import Varied, joined, parts, plan_of, system_words
from ipuwhatif.analysis.sweep.axes import CHIPS, SYSTEM
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import BASIS, TIME_S
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.figures.explore.words import (
    axis_between,
    chance_text,
    column_name,
    filters_text,
    left_out_text,
    plan_text,
    prices_text,
    value_text,
    wins_text,
)
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START

STATED = FIRST_START.with_price("ipu-pod:64", Price(27.2, "USD", RENT, "2021", "a quote", OWN))


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.fixture(scope="module")
def explored(world: World) -> Explored:
    plan = plan_of(world, STATED, Varied())
    plans = joined([part for _, _, part in parts(world, plan)])
    return Explored(plan, plans, rates_of(world, STATED, system_words(plan)), np.full(len(plans), np.nan))


def chances(wins: tuple[Win, ...] = ()) -> Chances:
    one = np.ones(1)
    return Chances(np.array([3]), 60 * one, 120 * one, one > 2, 0 * one, 0.5 * one, np.nan * one, 9, wins)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        (TIME_S, 1800.0, "30.0 min"),
        (MONEY, 12.345, "12.3 USD"),
        (ENERGY, 0.5, "500 Wh"),
        (ENERGY, 2500.0, "2.50 MWh"),
        (CHIPS, 1024.0, "1,024"),
        (SYSTEM, 0.0, "IPU-POD"),
        (BASIS, 1.0, "beyond the data"),
        ("compute_gain", 1.25, "1.25 ×"),
    ],
)
def test_that_a_value_has_its_unit(world: World, explored: Explored, name: str, value: float, text: str) -> None:
    assert value_text(world, explored, name, value) == text


def test_that_axes_run_in_the_unit_of_what_is_seen(world: World, explored: Explored) -> None:
    assert axis_between(world, ENERGY, explored.rates, "", 0.01, 0.2).title == "Energy (Wh)"
    assert axis_between(world, ENERGY, explored.rates, "", 5.0, 90.0).title == "Energy (kWh)"
    assert column_name(world, MONEY, explored.rates) == "Money (USD)"


def test_that_what_is_left_out_is_counted_with_what_would_give_it_a_figure(world: World, explored: Explored) -> None:
    told = left_out_text(explored, MONEY)
    assert told.startswith("14 of 25 plans have no price") and "state a price for DGX A100" in told
    assert left_out_text(explored, CHIPS) == ""
    assert prices_text(explored).startswith("Prices: IPU-POD64 27.2 USD an hour (2021); for other sizes")
    (row,) = np.flatnonzero((explored.plans.system == 0) & (explored.column(CHIPS) == 64))
    assert " USD · " in plan_text(world, explored, int(row))


def test_that_filters_are_said_with_their_ends(world: World, explored: Explored) -> None:
    filters = Filters({CHIPS: (8.0, np.inf), TIME_S: (60.0, 3600.0)}, {SYSTEM: frozenset({0}), BASIS: frozenset()})
    told = filters_text(world, explored, filters)
    assert told == "Chips from 8; Time 1.00 min to 1.00 h; System: IPU-POD; Basis: none"


def test_that_only_choices_in_four_draws_of_five_are_said_to_win(world: World, explored: Explored) -> None:
    sure = chances((Win(SYSTEM, 1.0, 0.8), Win(CHIPS, 64.0, 0.79)))
    assert "system DGX A100 (80 %)" in wins_text(world, explored, sure) and "64" not in wins_text(world, explored, sure)
    open_ = chances((Win(SYSTEM, 1.0, 0.6),))
    assert wins_text(world, explored, open_) == ("No choice wins in 80 % of the draws; DGX A100 is fastest in 60 %.")


def test_that_a_plan_is_told_with_its_interval_and_shares() -> None:
    assert chance_text(chances(), 0) == (
        "80 % interval 1.00 min to 2.00 min, model, inside the data, on the front in 50 % of the draws, the fastest in "
        "under 1 %"
    )
