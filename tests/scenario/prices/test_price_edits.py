from ipuwhatif.analysis.world import load_world
from ipuwhatif.scenario.prices.price_edits import own_prices, set_spread, share_origin, spread_value
from ipuwhatif.scenario.prices.prices import BUY, OWN, READ, Price
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import told

FIRST, SECOND, THIRD = FIRST_START.systems[:3]
QUOTED = Price(100.0, "USD", BUY, "2021-06", "a quote", OWN)
GUESSED = Price(300.0, "USD", BUY, "2019", "a guess", OWN)
LISTED = Price(200.0, "USD", BUY, "2020", "a list", READ)
PRICED = FIRST_START.with_price(FIRST.key, QUOTED).with_price(SECOND.key, LISTED).with_price(THIRD.key, GUESSED)


def test_that_one_date_and_origin_go_to_all_own_prices_and_to_no_other() -> None:
    edit = share_origin(PRICED, (FIRST, SECOND, THIRD))
    assert edit.scenario.prices[THIRD.key] == Price(300.0, "USD", BUY, "2021-06", "a quote", OWN)
    assert edit.scenario.prices[SECOND.key] == LISTED
    assert list(own_prices(PRICED, (THIRD, FIRST))) == [THIRD.key, FIRST.key]


def test_that_a_lifetime_is_stated_for_every_family_that_is_bought_and_taken_back() -> None:
    lever = load_world().levers["lifetime_years"]
    edit = set_spread(FIRST_START, ("ipu", "gpu"), lever, 4.0)
    assert edit.scenario.levers == {"ipu.lifetime_years": 4.0, "gpu.lifetime_years": 4.0}
    assert told(edit.name) == "Lifetime 4.00 years"
    assert spread_value(edit.scenario, ("ipu", "gpu"), lever) == 4.0
    assert spread_value(edit.scenario, ("ipu", "cpu"), lever) is None
    back = set_spread(edit.scenario, ("ipu", "gpu"), lever, None)
    assert back.scenario == FIRST_START and told(back.name) == "Lifetime taken back"
