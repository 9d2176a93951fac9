"""Filters keep what lies between both ends and has one of the words; what has no figure is dropped."""

import numpy as np
import pytest

from ipuwhatif.analysis.explore.costs import rates_of
from ipuwhatif.analysis.explore.explored import Explored, Filters, with_range, with_words
from ipuwhatif.analysis.explore.plans import BATCH, Varied, joined, parts, plan_of, system_words
from ipuwhatif.analysis.sweep.axes import CHIPS, RELEASE, SYSTEM
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import BASIS, TIME_S
from ipuwhatif.analysis.world import load_world
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START


@pytest.fixture(scope="module")
def explored() -> Explored:
    world = load_world()
    plan = plan_of(world, FIRST_START, Varied(levers=("compute_gain",)))
    plans = joined([part for _, _, part in parts(world, plan)])
    rates = rates_of(world, FIRST_START, system_words(plan))
    return Explored(plan, plans, rates, np.full(len(plans), np.nan))


def test_that_a_range_keeps_both_of_its_ends_and_words_keep_theirs(explored: Explored) -> None:
    filters = with_words(with_range(Filters(), CHIPS, (8.0, 64.0)), SYSTEM, [1])
    kept = filters.kept(explored)
    assert set(explored.column(CHIPS)[kept].tolist()) == {8.0, 16.0, 32.0, 64.0}
    assert set(explored.column(SYSTEM)[kept].tolist()) == {1}
    assert with_words(with_range(filters, CHIPS, None), SYSTEM, None) == Filters()


def test_that_an_end_is_kept_although_columns_have_fewer_digits(explored: Explored) -> None:
    """0.1 as a column has it is larger than 0.1 itself."""
    column = explored.plans.values["compute_gain"]
    values = {**explored.plans.values, "compute_gain": np.full_like(column, 0.1)}
    other = replace(explored, plans=replace(explored.plans, values=values))
    assert with_range(Filters(), "compute_gain", (0.05, 0.1)).kept(other).all()


def test_that_what_has_no_figure_passes_no_filter_of_it(explored: Explored) -> None:
    known = np.isfinite(explored.column(ENERGY))
    kept = with_range(Filters(), ENERGY, (-np.inf, np.inf)).kept(explored)
    assert known.any() and not known.all() and (kept == known).all()


def test_that_only_columns_in_which_plans_differ_are_offered(explored: Explored) -> None:
    differing = {name for name in explored.columns if explored.differs(name)}
    assert {SYSTEM, BASIS, CHIPS, TIME_S, ENERGY, BATCH, "compute_gain"} <= differing
    assert not {RELEASE, MONEY, "layout_tensor_parallel"} & differing
