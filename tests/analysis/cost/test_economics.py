"""Money, energy and carbon: the formulas as written, and words in the place of what is missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.cost.economics import CARBON, ENERGY, MEASURES, MONEY, Economics, economics, economics_of
from ipuwhatif.analysis.cost.reasons import CostLack, NoPrice, UnconfirmedPrice
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import BUY, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.units import told
from tests.refusals import refused

POD16, DGX = "ipu-pod:16", "dgx-a100:8"
ASKED = replace(FIRST_START, systems=(SystemChoice("ipu-pod", 16), SystemChoice("dgx-a100", 8)))


def price(amount: float, per: str = BUY, currency: str = "USD", date: str = "2021-06", **more) -> Price:
    return Price(amount, currency, per, date, "own list", "own", **more)


@pytest.fixture(scope="module")
def plain() -> Economics:
    return economics(load_world(), ASKED, draws=8)


def asked_again(plain: Economics, scenario: Scenario) -> Economics:
    """The same projections, with other prices and settings: none of them changes a time."""
    return economics_of(load_world(), scenario, plain.comparison)


def test_that_rent_is_price_times_hours(plain: Economics) -> None:
    bill = asked_again(plain, ASKED.with_price(DGX, price(32.77, RENT))).bills[1]
    hours = bill.projection.time_to_train_s
    assert bill.money is not None and bill.currency == "USD"
    assert bill.money.median == pytest.approx(32.77 * hours.median / 3600.0)
    assert bill.money.low == pytest.approx(32.77 * hours.low / 3600.0)
    assert bill.money.high == pytest.approx(32.77 * hours.high / 3600.0)


def test_that_a_purchase_is_spread_over_the_hours_in_which_it_trains(plain: Economics) -> None:
    scenario = ASKED.with_price(POD16, price(150e3)).with_lever("ipu.lifetime_years", 3.0)
    bill = asked_again(plain, scenario.with_lever("ipu.utilisation", 50.0)).bills[0]
    hours = bill.projection.time_to_train_s.median / 3600.0
    assert bill.money is not None
    assert bill.money.median == pytest.approx(150e3 / (3 * 365.25 * 24 * 0.5) * hours)


@pytest.mark.parametrize(
    ("levers", "words"),
    [
        ({}, "state lifetime and utilisation of IPU-POD16"),
        ({"ipu.lifetime_years": 3.0}, "state the utilisation of IPU-POD16"),
        ({"ipu.utilisation": 50.0}, "state the lifetime of IPU-POD16"),
    ],
)
def test_that_a_purchase_asks_for_lifetime_and_utilisation(plain: Economics, levers, words: str) -> None:
    bill = asked_again(plain, replace(ASKED, levers=levers).with_price(POD16, price(150e3))).bills[0]
    assert bill.money is None and told(bill.lacking[MONEY]).startswith(words)


def test_that_without_prices_there_is_no_money_and_words_ask_for_it(plain: Economics) -> None:
    assert [bill.money for bill in plain.bills] == [None, None]
    assert plain.bills[0].lacking[MONEY] == NoPrice("IPU-POD16 (16 IPUs)")
    assert plain.bills[0].lacking[CARBON] is CostLack.CARBON_INTENSITY
    assert ENERGY not in plain.bills[0].lacking and plain.currencies == ()


def test_that_energy_is_power_times_cooling_times_time(plain: Economics) -> None:
    scenario = ASKED.with_lever("all.cooling_overhead", 1.5).with_lever("dgx-a100:8.power_kw", 5.0)
    scenario = scenario.with_lever("all.carbon_intensity", 400.0).with_lever("all.electricity_price", 0.2)
    pod, dgx = asked_again(plain, scenario).bills
    for bill, power in ((pod, 6.0), (dgx, 5.0)):
        energy = power * 1.5 * bill.projection.time_to_train_s.median / 3600.0
        assert bill.energy_kwh is not None and bill.energy_kwh.median == pytest.approx(energy)
        assert bill.carbon_kg is not None and bill.carbon_kg.median == pytest.approx(0.4 * energy)
        assert bill.electricity is not None and bill.electricity.median == pytest.approx(0.2 * energy)
    before = plain.bills[0].energy_kwh
    assert before is not None and pod.energy_kwh is not None
    assert pod.energy_kwh.median == pytest.approx(1.5 * before.median)  # cooling that is not stated is not counted


def test_that_a_recalled_price_is_listed_and_not_counted(plain: Economics) -> None:
    recalled = replace(price(150e3, RENT), kind="recalled", confirmed=False)
    answer = asked_again(plain, ASKED.with_price(POD16, recalled))
    assert answer.bills[0].money is None and answer.bills[0].price is None and answer.currencies == ()
    assert answer.uncounted == (("IPU-POD16 (16 IPUs)", recalled),)
    assert isinstance(answer.bills[0].lacking[MONEY], UnconfirmedPrice)
    confirmed = asked_again(plain, ASKED.with_price(POD16, replace(recalled, confirmed=True)))
    assert confirmed.bills[0].money is not None and confirmed.uncounted == ()


def test_that_currencies_are_told_apart(plain: Economics) -> None:
    scenario = ASKED.with_price(POD16, price(1.0, RENT)).with_price(DGX, price(1.0, RENT, "EUR"))
    answer = asked_again(plain, scenario)
    assert answer.currencies == ("USD", "EUR") and answer.electricity_currency == ""
    assert asked_again(plain, scenario.with_price(DGX, price(1.0, RENT))).electricity_currency == "USD"


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("2020-12", "2021-12", True),  # from the first day of one to the last of the other
        ("2020-12", "2021-11", False),
        ("2020-12-15", "2021-12-15", False),
        ("2020-12-15", "2021-12-16", True),
        ("2021", "2021", False),
        ("2020", "2021", True),
        ("2021-06", "2019-04", True),
    ],
)
def test_that_prices_more_than_twelve_months_apart_are_named_the_older_first(
    plain: Economics, first: str, second: str, apart: bool
) -> None:
    scenario = ASKED.with_price(POD16, price(1.0, date=first)).with_price(DGX, price(1.0, date=second))
    found = asked_again(plain, scenario).apart
    assert (found is not None) == apart
    if found is not None:
        assert [price.date for _, price in found] == sorted([first, second])


def test_that_what_is_stated_is_told_in_words(plain: Economics) -> None:
    scenario = ASKED.with_lever("all.electricity_price", 0.15).with_lever("ipu.compute_gain", 1.3)
    (stated,) = asked_again(plain, scenario).settings
    assert told(stated) == "All systems: electricity price 0.15 per kWh"


@settings(deadline=None)
@given(st.floats(1.0, 1e9), st.floats(1.0, 10.0), st.floats(1.0, 100.0), st.floats(1.0, 3.0), st.floats(0.05, 5000.0))
def test_that_intervals_hold_their_medians_whatever_is_stated(
    plain: Economics, amount: float, years: float, share: float, cooling: float, power: float
) -> None:
    scenario = ASKED.with_price(POD16, price(amount))
    for name, value in (("ipu.lifetime_years", years), ("ipu.utilisation", share), ("all.cooling_overhead", cooling)):
        scenario = scenario.with_lever(name, value)
    bill = asked_again(plain, scenario.with_lever("ipu-pod:16.power_kw", power)).bills[0]
    for measure in (MONEY, ENERGY):
        quantity = bill.quantity(measure)
        assert quantity is not None and 0.0 < quantity.low <= quantity.median <= quantity.high


def test_that_no_cost_setting_changes_a_time(world: World, plain: Economics) -> None:
    scenario = ASKED.with_lever("all.carbon_intensity", 300.0).with_lever("ipu.utilisation", 50.0)
    answer = economics(world, scenario, draws=8)
    assert answer.comparison.baseline is None and answer.comparison.assumed is None
    pairs = zip(answer.comparison.projections, plain.comparison.projections, strict=True)
    assert all(
        mine.time_to_train_s.median == pytest.approx(theirs.time_to_train_s.median, rel=1e-12) for mine, theirs in pairs
    )
    assert set(MEASURES) == {MONEY, ENERGY, CARBON}


def test_that_no_system_is_refused(world: World) -> None:
    with refused("no system is ticked: pick at least one"):
        economics(world, replace(ASKED, systems=()))
