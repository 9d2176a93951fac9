"""What plans take is what Cost tells of the same system, and what nobody states has no figure."""

import numpy as np
import pytest

from ipuwhatif.analysis.cost.economics import economics
from ipuwhatif.analysis.cost.reasons import NoPrice, NotSpread, PriceWanted, Spread
from ipuwhatif.analysis.explore.costs import of_chip, rates_of, taken_by
from ipuwhatif.analysis.explore.plans import Plans, Varied, joined, parts, plan_of, system_words
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import CHIP_HOURS
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.figures.explore.words import price_words
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import BUY, OWN, RECALLED, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START, Scenario

RENTED = Price(27.2, "USD", RENT, "2021", "a quote", OWN)
BOUGHT = Price(149_995.0, "USD", BUY, "2020", "a list", OWN)
STATED = (
    FIRST_START.with_price("ipu-pod:64", RENTED)
    .with_price("dgx-a100:8", BOUGHT)
    .with_lever("gpu.lifetime_years", 4.0)
    .with_lever("gpu.utilisation", 60.0)
    .with_lever("ipu-pod:16.power_kw", 7.0)
    .with_lever("all.cooling_overhead", 1.3)
)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def plans_of(world: World, scenario: Scenario) -> tuple[Plans, list[str]]:
    plan = plan_of(world, scenario, Varied())
    return joined([part for _, _, part in parts(world, plan)]), system_words(plan)


def row_of(plans: Plans, words: list[str], key: str) -> int:
    system, _, chips = key.partition(":")
    found = (plans.system == words.index(system)) & (plans.values["chips"] == float(chips))
    return int(np.flatnonzero(found)[0])


@pytest.mark.parametrize(("against", "key"), [(MONEY, "ipu-pod:64"), (MONEY, "dgx-a100:8"), (ENERGY, "ipu-pod:16")])
def test_that_what_a_stated_size_takes_is_its_bill(world: World, against: str, key: str) -> None:
    plans, words = plans_of(world, STATED)
    taken = taken_by(plans, rates_of(world, STATED, words), against)[row_of(plans, words, key)]
    (bill,) = (each for each in economics(world, STATED).bills if each.projection.choice.key == key)
    quantity = bill.quantity("money" if against == MONEY else "energy")
    assert quantity is not None and taken == pytest.approx(quantity.median, rel=1e-4)


def test_that_other_sizes_take_as_much_by_the_chip_as_the_nearest_that_is_stated(world: World) -> None:
    plans, words = plans_of(world, STATED)
    rates = rates_of(world, STATED, words)
    hours, money = (taken_by(plans, rates, name) for name in (CHIP_HOURS, MONEY))
    row = row_of(plans, words, "ipu-pod:256")
    assert money[row] / hours[row] == pytest.approx(27.2 / 64)
    both = STATED.with_price("ipu-pod:256", replace(RENTED, amount=80.0))
    sized = rates_of(world, both, words).systems[words.index("ipu-pod")].money
    np.testing.assert_allclose(of_chip(sized, np.array([4.0, 120.0, 140.0, 512.0]), 1) * 256, [108.8, 108.8, 80, 80])


def test_that_without_a_price_nothing_has_a_figure_and_the_words_say_what_to_state(world: World) -> None:
    plans, words = plans_of(world, FIRST_START)
    rates = rates_of(world, FIRST_START, words)
    assert np.isnan(taken_by(plans, rates, MONEY)).all() and rates.currency == ""
    assert rates.lacking(MONEY) == (NoPrice("IPU-POD"), NoPrice("DGX A100"))
    recalled = FIRST_START.with_price("ipu-pod:64", replace(RENTED, kind=RECALLED, confirmed=False))
    assert rates_of(world, recalled, words).currency == ""
    unspread = FIRST_START.with_price("dgx-a100:8", BOUGHT)
    lacking = NotSpread("DGX A100", Spread.LIFETIME_AND_UTILISATION)
    assert rates_of(world, unspread, words).lacking(MONEY)[1] == lacking


def test_that_prices_in_another_currency_than_the_reference_do_not_count(world: World) -> None:
    both = FIRST_START.with_price("ipu-pod:64", replace(RENTED, currency="EUR")).with_price("dgx-a100:8", RENTED)
    _, words = plans_of(world, both)
    rates = rates_of(world, both, words)
    assert rates.currency == "USD" and rates.lacking(MONEY) == (PriceWanted("IPU-POD", "USD"),)
    assert price_words(rates) == ("DGX A100 27.2 USD an hour (2021)",)


def test_that_a_part_of_a_machine_has_no_rated_power(world: World) -> None:
    plans, words = plans_of(world, FIRST_START)
    energy = taken_by(plans, rates_of(world, FIRST_START, words), ENERGY)
    assert np.isnan(energy[row_of(plans, words, "dgx-a100:4")])
    assert np.isfinite(energy[row_of(plans, words, "dgx-a100:8")])
