"""Colours of plans: by size and family as on every chart, numbers in order, and what is not known apart."""

import numpy as np
import pytest

from ipuwhatif.analysis.explore.costs import rates_of
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import BATCH, Varied, joined, parts, plan_of, system_words
from ipuwhatif.analysis.sweep.axes import CHIPS, RELEASE, SYSTEM
from ipuwhatif.analysis.sweep.costs import ENERGY
from ipuwhatif.analysis.sweep.quantities import BASIS
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.charts.palette import color, system_tint
from ipuwhatif.gui.explore.colouring import FAMILY, RAMP, colours_of
from ipuwhatif.gui.theme import LIGHT
from ipuwhatif.scenario.scenario import FIRST_START


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.fixture(scope="module")
def explored(world: World) -> Explored:
    plan = plan_of(world, FIRST_START, Varied(every_release=True))
    plans = joined([part for _, _, part in parts(world, plan)])
    return Explored(plan, plans, rates_of(world, FIRST_START, system_words(plan)), np.full(len(plans), np.nan))


def paint_of(world: World, explored: Explored, by: str, row: int) -> str:
    colours = colours_of(world, explored, by, LIGHT)
    return "#" + "".join(f"{part:02x}" for part in colours.paints[colours.codes[row]][:3])


def test_that_a_system_has_the_colour_that_it_has_on_every_chart(world: World, explored: Explored) -> None:
    (row, *_) = np.flatnonzero((explored.plans.system == 0) & (explored.column(CHIPS) == 64))
    assert paint_of(world, explored, SYSTEM, int(row)) == color(system_tint("ipu", 64, "ipu-pod"), LIGHT)
    assert [text for text, _ in colours_of(world, explored, SYSTEM, LIGHT).legend] == ["IPU-POD", "DGX A100"]
    assert len(colours_of(world, explored, FAMILY, LIGHT).legend) == 2


@pytest.mark.parametrize("by", [CHIPS, BATCH, RELEASE, ENERGY])
def test_that_a_greater_value_never_lies_before_a_smaller_one(world: World, explored: Explored, by: str) -> None:
    colours = colours_of(world, explored, by, LIGHT)
    values = np.asarray(explored.column(by), dtype=float)
    known = np.isfinite(values)
    order = np.argsort(values[known])
    assert (np.diff(colours.codes[known][order]) >= 0).all() and len(set(colours.codes.tolist())) > 3
    assert (colours.codes[~known] == len(colours.paints) - 1).all()
    assert ("no figure" in dict(colours.legend)) == (not known.all())


def test_that_a_basis_that_is_not_known_yet_says_so(world: World, explored: Explored) -> None:
    assert "not known yet" in colours_of(world, explored, BASIS, LIGHT).html


def test_that_the_paints_of_the_ramp_are_all_different() -> None:
    assert len({color(tint, LIGHT) for tint in RAMP}) == len(RAMP)
