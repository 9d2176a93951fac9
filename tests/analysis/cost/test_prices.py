"""Known prices are offers: scaled where they are of machines, and never counted before a user says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.cost.prices import counted_price, price_lack, price_leaves_out
from ipuwhatif.analysis.cost.reasons import NoPrice, UnconfirmedPrice
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.cost.offers import known_prices, printed_prices
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import BUY, READ, RECALLED, RENT, Price, check_price
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import told

CATALOG = load_world().catalog
POD16 = SystemChoice("ipu-pod", 16)


def test_that_a_price_of_a_machine_is_scaled_to_the_machines_of_a_system(world: World) -> None:
    (price,) = known_prices(POD16, world.catalog)
    assert (price.amount, price.currency, price.per, price.date) == (4 * 32450.0, "USD", BUY, "2020-12")
    assert price.kind == READ and price.confirmed
    assert "derived: 4 × IPU-M2000" in price.origin and "without host servers" in price.origin
    (one,) = known_prices(SystemChoice("ipu-pod", 4), world.catalog)
    assert one.amount == 32450.0 and "derived" not in one.origin


def test_that_a_part_of_a_machine_has_no_price_of_a_machine(world: World) -> None:
    assert known_prices(SystemChoice("ipu-pod", 6), world.catalog) == ()
    alone = known_prices(SystemChoice("dgx-1", 1), world.catalog)
    assert [price.amount for price in alone] == [3.06]


def test_that_a_recalled_price_counts_for_nothing_until_it_is_confirmed(world: World) -> None:
    choice = SystemChoice("dgx-a100-40gb", 8)
    read, *others = known_prices(choice, world.catalog)
    recalled = next(each for each in others if each.kind == RECALLED)
    assert read.kind == READ and read.confirmed and read.amount == 199000.0
    assert recalled.kind == RECALLED and not recalled.confirmed and recalled.per == RENT
    assert "not sourced" in recalled.origin and "2021-2024" in recalled.origin
    scenario = FIRST_START.with_price(choice.key, recalled)
    assert counted_price(scenario, choice) is None
    assert price_lack(scenario, choice, world.catalog) == UnconfirmedPrice("DGX A100 40 GB (8 GPUs)", recalled)
    assert counted_price(FIRST_START.with_price(choice.key, read), choice) == read


def test_that_what_has_no_single_number_or_no_date_is_no_offer(world: World) -> None:
    assert known_prices(SystemChoice("ipu-pod", 6), world.catalog) == ()
    dgx = SystemChoice("dgx-a100", 8)
    assert not any("640GB" in price.origin for price in known_prices(dgx, world.catalog))
    printed = [text.split(";")[0] for text in printed_prices(dgx, world.catalog)]
    assert printed == ["DGX A100 640GB: ~300000 USD, list (Graphcore v1.0 comparison)"]
    assert any("149995" in text and "no date" in text for text in printed_prices(POD16, world.catalog))


def test_that_nothing_is_applied_by_itself(world: World) -> None:
    assert known_prices(POD16, world.catalog) and not FIRST_START.prices
    assert counted_price(FIRST_START, POD16) is None
    assert price_lack(FIRST_START, POD16, world.catalog) == NoPrice("IPU-POD16 (16 IPUs)")


@given(st.sampled_from(sorted(CATALOG.systems)), st.integers(1, 4320))
def test_that_every_offer_is_a_price_that_a_scenario_can_hold(system: str, chips: int) -> None:
    prices = known_prices(SystemChoice(system, chips), CATALOG)
    for price in prices:
        check_price(price)
        assert price.confirmed == (price.kind != RECALLED)
    assert list(prices) == sorted(prices, key=lambda price: price.kind == RECALLED)


def test_that_twice_the_machines_cost_twice_as_much() -> None:
    for system, chips in (("ipu-pod", 4), ("dgx-a100-40gb", 8), ("dgx-1", 8)):
        one = [price.amount for price in known_prices(SystemChoice(system, chips), CATALOG)]
        more = known_prices(SystemChoice(system, 2 * chips), CATALOG)
        two = [price.amount for price in more if price.origin.startswith("derived")]
        assert two == pytest.approx([2 * amount for amount in one]) and one


def test_that_a_price_of_the_user_counts() -> None:
    own = Price(1.0, "USD", BUY, "2021", "my own", "own")
    assert counted_price(FIRST_START.with_price(POD16.key, own), POD16) == own


def test_that_a_printed_price_says_what_it_does_not_hold_and_one_of_the_users_own_says_nothing() -> None:
    choice = SystemChoice("ipu-pod", 16)
    offers = known_prices(choice, CATALOG)
    assert {told(price_leaves_out(choice, offer, CATALOG)) for offer in offers} == {"host servers and switches"}
    assert price_leaves_out(choice, replace(offers[0], kind="own"), CATALOG) == ""
    dgx = SystemChoice("dgx-a100", 8)
    assert {price_leaves_out(dgx, offer, CATALOG) for offer in known_prices(dgx, CATALOG)} <= {""}


def test_that_hours_of_clouds_are_offered_with_their_dates_whole_machines_to_any_number_of_them() -> None:
    dgx = [SystemChoice("dgx-h100", chips) for chips in (8, 16, 4)]
    one, two, part = (
        {price.origin.removeprefix("derived: 2 × ").split(" at ")[0].split(";")[0]: price for price in offers}
        for offers in (known_prices(choice, CATALOG) for choice in dgx)
    )
    oracle = "Oracle Cloud BM.GPU.H100.8 (8x H100 (80 GB))"
    assert (one[oracle].amount, one[oracle].per, one[oracle].date) == (80.0, RENT, "2023-10-30")
    assert two[oracle].amount == 160.0 and oracle not in part
    assert part["OVHcloud h100-1520 (4x H100 (80 GB))"].amount == 11.97
    assert price_leaves_out(dgx[0], one[oracle], CATALOG) == ""


def test_that_what_was_no_list_price_or_cannot_be_looked_up_is_no_offer() -> None:
    origins = " ".join(price.origin for price in known_prices(SystemChoice("dgx-h100", 8), CATALOG))
    assert "Mithril" not in origins and "AWS p5.48xlarge (8x H100); " in origins and "find_string" not in origins
    assert not any("Nebius" in price.origin for price in known_prices(SystemChoice("hgx-h200", 8), CATALOG))
    assert any("Nebius" in text for text in printed_prices(SystemChoice("hgx-h200", 8), CATALOG))  # without a date
