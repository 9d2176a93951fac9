"""What systems are compared by: units with their basis, or the words of what to state."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.cost.footprint import power_of, rack_units_of, units_of
from ipuwhatif.analysis.cost.reasons import NoPrice, StatedPower
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import BUY, RENT, Price
from ipuwhatif.scenario.scenario import PER_CHIP, PER_KW, PER_MONEY, PER_RACK_UNIT, Scenario
from ipuwhatif.units import told

POD16, POD64, DGX = SystemChoice("ipu-pod", 16), SystemChoice("ipu-pod", 64), SystemChoice("dgx-a100", 8)


def bought(amount: float, currency: str = "USD", per: str = BUY) -> Price:
    return Price(amount, currency, per, "2021-06", "own list", "own")


def test_that_rated_power_is_that_of_the_machines_with_its_source(world: World, scenario: Scenario) -> None:
    pod, dgx = power_of(world, scenario, POD16), power_of(world, scenario, DGX)
    assert (pod.value, dgx.value) == (6.0, 6.5)
    assert pod.origin is not None and pod.origin.locator and "4 × IPU-M2000" in told(pod.words)
    assert "host" in told(pod.leaves_out) and "host" not in told(dgx.leaves_out)


def test_that_power_of_the_users_own_stands_before_it(world: World, scenario: Scenario) -> None:
    factor = power_of(world, scenario.with_lever("ipu-pod:16.power_kw", 7.0625), POD16)
    assert (factor.value, factor.origin, factor.leaves_out) == (7.0625, None, "")
    assert factor.words == StatedPower(7062.5)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (SystemChoice("dgx-1", 8), "3.5 kW for a DGX-1 was only recalled"),
        (SystemChoice("tpu-v4", 64), "no source that was read gives it"),
        (SystemChoice("dgx-a100", 1), "whole machines of 8 GPUs"),
    ],
)
def test_that_where_power_is_not_known_the_words_ask_for_it(
    world: World, scenario: Scenario, choice: SystemChoice, words: str
) -> None:
    factor = power_of(world, scenario, choice)
    assert factor.value is None and told(factor.words).startswith("state the power of ") and words in told(factor.words)
    assert power_of(world, scenario.with_lever(f"{choice.key}.power_kw", 3.0), choice).value == 3.0


def test_that_rack_units_are_those_of_whole_machines(world: World) -> None:
    assert [rack_units_of(choice, world.catalog).value for choice in (POD16, POD64, DGX)] == [4.0, 16.0, 6.0]
    for choice in (SystemChoice("ipu-pod", 6), SystemChoice("epyc-7742", 2)):
        factor = rack_units_of(choice, world.catalog)
        assert factor.value is None and "rack units of" in told(factor.words)


def test_that_each_basis_has_its_units(world: World, scenario: Scenario) -> None:
    choices = (POD16, DGX)
    assert units_of(world, scenario, choices) == ()
    for basis, values in ((PER_CHIP, [16.0, 8.0]), (PER_KW, [6.0, 6.5]), (PER_RACK_UNIT, [4.0, 6.0])):
        factors = units_of(world, replace(scenario, basis=basis), choices)
        assert [factor.value for factor in factors] == values


def test_that_purchase_prices_are_of_one_currency_that_of_the_reference(world: World, scenario: Scenario) -> None:
    asked = replace(scenario, basis=PER_MONEY).with_price(POD16.key, bought(150e3))
    asked = asked.with_price(DGX.key, bought(200e3, "EUR")).with_price(POD64.key, bought(99.0, "EUR", RENT))
    pod16, pod64, dgx, other = units_of(world, asked, (POD16, POD64, DGX, SystemChoice("dgx-a100", 64)))
    assert dgx.value == 200e3 and dgx.unit == "EUR"
    assert pod16.value is None and "EUR" in told(pod16.words) and "USD" in told(pod16.words)
    assert pod64.value is None and "a rent" in told(pod64.words)
    assert other.value is None and other.words == NoPrice("8 × DGX A100 (64 GPUs)")


def test_that_a_comparison_has_the_units_of_its_projections(world: World, scenario: Scenario) -> None:
    assert compare(world, scenario, draws=4).units == ()
    answer = compare(world, replace(scenario, basis=PER_CHIP), draws=4)
    assert [unit.value for unit in answer.units] == [each.choice.chips for each in answer.projections]
