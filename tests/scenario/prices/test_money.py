"""Money beside the list of written figures: what anything costs, and in which currency."""

import pytest

from ipuwhatif.scenario.prices.money import CODES, Money, check_amount, read_electricity, read_price
from ipuwhatif.scenario.written_figures import ENERGY, TIME
from tests.refusals import refused


@pytest.mark.parametrize(
    ("per", "least", "most", "line"),
    [
        ("", 1.0, 1e12, "a price is from 1 to 1,000,000,000,000 USD"),
        (TIME, 0.001, 1e9, "a price is from 0.001 to 1,000,000,000 USD/h"),
        (ENERGY, 0.001, 1e4, "a price is from 0.001 to 10,000 USD/kWh"),
    ],
)
def test_that_an_amount_that_nothing_costs_is_refused_with_the_range(
    per: str, least: float, most: float, line: str
) -> None:
    for amount in (least, most):
        check_amount(Money(amount, "USD", per, per_chip=False))
    for amount in (least * 0.999, most * 1.001, 0.0, -1.0, float("nan"), float("inf")):
        with refused(line):
            check_amount(Money(amount, "USD", per, per_chip=False))


def test_that_every_currency_is_read_by_its_code_in_any_case() -> None:
    assert len(CODES) > 150
    for code in CODES:
        assert read_price(f"27.2 {code}/h").currency == read_price(f"{code.casefold()} 27.2/h").currency == code
        assert read_electricity(f"8 {code}/kWh").currency == code


def test_that_every_digit_of_an_hourly_price_is_kept() -> None:
    assert read_price("32.772612345678901 USD/h").amount == 32.772612345678901
    assert read_price("786.54 USD/day").amount == 32.7725
