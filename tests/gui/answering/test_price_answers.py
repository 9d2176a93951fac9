import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.cost.economics import economics
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.gui.answering.price_answers import bills_asked, purchases_asked
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import BUY, OWN, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START, PER_MONEY

POD16, POD64 = FIRST_START.systems[:2]
PLAIN = replace(FIRST_START, systems=(POD16, POD64), reference=POD16.key, basis=PER_MONEY)
RENTED, BOUGHT = Price(10.0, "USD", RENT, "2021", "a quote", OWN), Price(1e5, "USD", BUY, "2021", "a quote", OWN)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_that_without_any_price_all_are_asked_for_in_the_place_of_the_chart(world: World) -> None:
    for asked in (
        purchases_asked(compare(world, PLAIN, 8), PLAIN),
        bills_asked(economics(world, PLAIN, 8), world.catalog),
    ):
        assert set(asked.lacking) == {POD16, POD64} and asked.instead and asked.is_needed


def test_that_a_purchase_is_asked_for_where_a_rent_is_stated(world: World) -> None:
    scenario = PLAIN.with_price(POD16.key, BOUGHT).with_price(POD64.key, RENTED)
    asked = purchases_asked(compare(world, scenario, 8), scenario)
    assert list(asked.lacking) == [POD64] and "is a rent" in asked.lacking[POD64] and not asked.instead


def test_that_what_is_bought_needs_a_lifetime_and_its_use(world: World) -> None:
    scenario = PLAIN.with_price(POD16.key, BOUGHT).with_price(POD64.key, RENTED)
    asked = bills_asked(economics(world, scenario, 8), world.catalog)
    assert asked.lacks_spread and asked.spread == ("ipu",) and not asked.lacking and not asked.instead
    stated = scenario.with_lever("ipu.lifetime_years", 4.0).with_lever("ipu.utilisation", 60.0)
    assert not bills_asked(economics(world, stated, 8), world.catalog).is_needed
