import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.cost.economics import economics
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.price_answers import bills_asked, purchases_asked
from ipuwhatif.gui.answering.question import COMPARE, COST
from ipuwhatif.gui.answering.view_options import ENERGY, ViewOptions
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import BUY, OWN, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START, PER_MONEY

POD16, POD64 = FIRST_START.systems[:2]
PLAIN = replace(FIRST_START, systems=(POD16, POD64), reference=POD16.key, basis=PER_MONEY)
RENTED, BOUGHT = Price(10.0, "USD", RENT, "2021", "a quote", OWN), Price(1e5, "USD", BUY, "2021", "a quote", OWN)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_that_without_any_price_all_are_asked_for(world: World) -> None:
    for asked in (
        purchases_asked(compare(world, PLAIN, 8), PLAIN),
        bills_asked(economics(world, PLAIN, 8), world.catalog),
    ):
        assert set(asked.lacking) == {POD16, POD64} and asked.is_needed


def test_that_a_purchase_is_asked_for_where_a_rent_is_stated(world: World) -> None:
    scenario = PLAIN.with_price(POD16.key, BOUGHT).with_price(POD64.key, RENTED)
    asked = purchases_asked(compare(world, scenario, 8), scenario)
    assert list(asked.lacking) == [POD64] and "is a rent" in asked.lacking[POD64]


def test_that_what_is_bought_needs_a_lifetime_and_its_use(world: World) -> None:
    scenario = PLAIN.with_price(POD16.key, BOUGHT).with_price(POD64.key, RENTED)
    asked = bills_asked(economics(world, scenario, 8), world.catalog)
    assert asked.lacks_spread and asked.spread == ("ipu",) and not asked.lacking
    stated = scenario.with_lever("ipu.lifetime_years", 4.0).with_lever("ipu.utilisation", 60.0)
    assert not bills_asked(economics(world, stated, 8), world.catalog).is_needed


def test_that_a_chart_is_there_before_any_price(world: World) -> None:
    per_price = replace(PLAIN, basis=PER_MONEY)
    times = answer(world, COMPARE, per_price, (960, 540))
    assert times.figure is not None and "min" in times.figure.chart.x_axis.title
    assert times.prices is not None and times.prices.words.endswith("Times are shown until then.")
    energy = answer(world, COST, PLAIN, (960, 540))
    assert energy.figure is not None and energy.figure.chart.x_axis.title.startswith("Energy")
    assert energy.prices is not None and energy.prices.words.endswith("Energy is shown until then.")


def test_that_times_are_shown_where_not_even_a_power_is_known(world: World) -> None:
    bare = SystemChoice("bow-pod", 1)
    scenario = replace(PLAIN, systems=(bare,), reference=bare.key)
    reply = answer(world, COST, scenario, (960, 540), look=ViewOptions(bare, ENERGY))
    assert reply.figure is not None and reply.message.endswith("Times are shown until then.")
    assert [way.words for way in reply.ways] == ["Power of Bow Pod (1 IPU)"]
