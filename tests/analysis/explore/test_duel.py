"""Who wins where: the times are those of projections, and the probability is that of counting shared draws."""

import numpy as np
import pytest

from ipuwhatif.analysis.explore.costs import rates_of
from ipuwhatif.analysis.explore.duel import BATCH, MEASURES, POWER, PRICE, Duel, Outcomes, stages, taken, ways
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.solving.solve import solve_drawn
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import TIME_S
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START, Scenario


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def maps(world: World, duel: Duel, scenario: Scenario = FIRST_START) -> list[Outcomes]:
    rates = rates_of(world, scenario, (duel.subject, duel.reference))
    return [told for _, _, told in stages(world, scenario, duel, rates) if told is not None]


@pytest.mark.parametrize("up", [CHIPS, BATCH, "compute_gain", "network_latency", "micro_batch"])
def test_that_a_place_is_the_projection_of_both_and_counts_their_shared_draws(world: World, up: str) -> None:
    duel = Duel("ipu-pod", "dgx-a100", up, TIME_S)
    coarse = maps(world, duel)[0]
    known = np.argwhere(np.isfinite(coarse.probability))
    for row, column in known[:: max(len(known) // 5, 1)].tolist():
        asked = taken(world, FIRST_START, duel, coarse, "", "", row, column)
        cases = [case_of(asked, choice, world.levers, world.catalog) for choice in asked.systems]
        times = [project(world, case).time_to_train_s.median for case in cases]
        assert coarse.subject_s[row, column] == pytest.approx(times[0], rel=1e-6)
        assert coarse.reference_s[row, column] == pytest.approx(times[1], rel=1e-6)
        first, second = (solve_drawn(world, [case]).times[:, 0] for case in cases)
        assert coarse.probability[row, column] == pytest.approx((first < second).mean(), abs=1e-9)


@pytest.mark.parametrize("up", [CHIPS, BATCH, "compute_gain", "network_latency", "micro_batch"])
def test_that_a_finer_map_has_the_places_of_the_coarser_and_more_between(world: World, up: str) -> None:
    first, second, third = maps(world, Duel("ipu-pod", "dgx-a100", up, TIME_S))
    for coarse, fine in ((first, second), (second, third)):
        rows, columns = (np.searchsorted(b, a) for a, b in ((coarse.y, fine.y), (coarse.x, fine.x)))
        np.testing.assert_array_equal(fine.probability[np.ix_(rows, columns)], coarse.probability)
        assert fine.probability.size > 1.5 * coarse.probability.size
    assert (np.diff(third.x) > 0).all() and (third.x % 1 == 0).all() and third.x[-1] == 1024
    assert up != CHIPS or not (third.y[third.y >= 8] % 8).any()  # of whole machines


def test_that_what_one_does_not_win_the_other_does(world: World) -> None:
    one = maps(world, Duel("ipu-pod", "dgx-a100", CHIPS, TIME_S))[0]
    other = maps(world, Duel("dgx-a100", "ipu-pod", CHIPS, TIME_S))[0]
    np.testing.assert_allclose(one.probability, 1.0 - other.probability.T)


def test_that_more_chips_of_the_subject_never_make_it_lose_in_the_end(world: World) -> None:
    found = maps(world, Duel("ipu-pod", "dgx-a100", CHIPS, TIME_S))[-1].probability
    assert (found[0, -1], found[-1, 0]) == (1.0, 0.0)


def test_that_money_needs_a_price_of_both_and_energy_whole_machines(world: World) -> None:
    assert set(MEASURES) >= {MONEY, ENERGY}
    one = FIRST_START.with_price("ipu-pod:64", Price(27.2, "USD", RENT, "2021", "a quote", OWN))
    duel = Duel("ipu-pod", "dgx-a100", CHIPS, MONEY)
    assert np.isnan(maps(world, duel, one)[0].probability).all()
    both = one.with_price("dgx-a100:8", Price(20.0, "USD", RENT, "2021", "a quote", OWN))
    told = maps(world, duel, both)[0]
    assert np.isfinite(told.probability).all()
    row, column = int(np.flatnonzero(told.y == 8)[0]), int(np.flatnonzero(told.x == 64)[0])
    assert told.reference[row, column] == pytest.approx(20.0 / 3600 * told.reference_s[row, column])
    assert told.subject[row, column] == pytest.approx(27.2 / 3600 * told.subject_s[row, column])
    energy = maps(world, Duel("ipu-pod", "dgx-a100", CHIPS, ENERGY))[0]
    assert np.isnan(energy.probability[energy.y == 4]).all()
    assert np.isfinite(energy.probability[energy.y == 8]).any()


def test_that_a_place_where_one_cannot_run_has_no_probability(world: World) -> None:
    scenario = set_workload(FIRST_START, "gpt2-xl", world.catalog).scenario
    told = maps(world, Duel("ipu-pod", "dgx-a100", CHIPS, TIME_S), scenario)[0]
    idle = np.isnan(told.subject_s) | np.isnan(told.reference_s)
    assert idle.any() and not idle.all() and (np.isnan(told.probability) == idle).all()


def test_that_a_price_of_the_subject_runs_up_a_map_and_is_stated_where_a_place_is_taken(world: World) -> None:
    """Where its own price is not known, that of the reference tells where to look."""
    scenario = FIRST_START.with_price("dgx-a100:8", Price(20.0, "USD", RENT, "2021", "a quote", OWN))
    duel = Duel("ipu-pod", "dgx-a100", PRICE, MONEY)
    told = maps(world, duel, scenario)[-1]
    assert (told.y.min(), told.y.max()) == (2.5 / 4, 2.5 * 4)
    shares = told.probability
    assert np.isfinite(shares).all() and (np.diff(shares, axis=0) <= 0.0).all()  # dearer wins no more often
    assert shares[0].max() > 0.9 and shares[-1].min() < 0.1
    column = int(np.flatnonzero(told.x == 64)[0])
    asked = taken(world, scenario, duel, told, "USD", "from a map", 0, column)
    assert asked.prices["ipu-pod:64"].amount == pytest.approx(told.y[0] * 64)
    again = maps(world, replace(duel, up=CHIPS), asked)[-1]
    row, place = int(np.flatnonzero(again.y == 64)[0]), int(np.flatnonzero(again.x == 64)[0])
    assert again.probability[row, place] == shares[0, column]


def test_that_its_power_runs_up_a_map_of_energy_and_of_no_other(world: World) -> None:
    duel = Duel("ipu-pod", "dgx-a100", POWER, ENERGY)
    told = maps(world, duel)[0]
    row, column = len(told.y) // 2, int(np.flatnonzero(told.x == 64)[0])
    asked = taken(world, FIRST_START, duel, told, "", "", row, column)
    same = maps(world, replace(duel, up=CHIPS), asked)[-1]
    there = int(np.flatnonzero(same.y == 64)[0]), int(np.flatnonzero(same.x == 64)[0])
    assert told.subject[row, column] == pytest.approx(same.subject[there], rel=1e-5)
    assert POWER in ways(world, ENERGY) and not {PRICE, POWER} & set(ways(world, TIME_S))
