import pytest

from ipuwhatif.scenario.prices.price_parts import PriceParts, parts_of
from ipuwhatif.scenario.prices.prices import BUY, OWN, RENT, Price
from ipuwhatif.units import InputError


def parts(amount: str, currency: str = "", date: str = "", per: str = BUY) -> PriceParts:
    return PriceParts(amount, currency, per, date, "a quote")


@pytest.mark.parametrize(
    ("typed", "amount", "currency", "per", "date"),
    [
        (parts("129,800", "USD", "2021"), 129800.0, "USD", BUY, "2021"),
        (parts("150k", "usd", "2021-06", RENT), 150000.0, "USD", RENT, "2021-06"),
        (parts("27.2 USD/h 2021"), 27.2, "USD", RENT, "2021"),
        (parts("149,995 2021-06", "€", "2019"), 149995.0, "EUR", BUY, "2021-06"),
        (parts("2.5/GPU-hour", "USD", "2024"), 20.0, "USD", RENT, "2024"),
        (parts("1.2万", "元", "2022"), 12000.0, "CNY", BUY, "2022"),
    ],
)
def test_that_the_fields_of_a_row_make_one_price(
    typed: PriceParts, amount: float, currency: str, per: str, date: str
) -> None:
    assert typed.price(8) == Price(amount, currency, per, date, "a quote", OWN)


@pytest.mark.parametrize("per", [BUY, RENT])
def test_that_a_price_is_shown_with_texts_that_mean_it(per: str) -> None:
    price = Price(1234.567, "USD", per, "2021-06", "a quote", OWN)
    assert parts_of(price).price(16) == price


def test_that_what_is_still_to_be_stated_is_known_before_it_is_a_price() -> None:
    bare = parts("150k")
    assert bare.lacks_currency and bare.lacks_date
    assert not parts("$150k").lacks_currency and not parts("150k", date="2021").lacks_date
    assert not parts("150k 2021", "USD").lacks_date


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (parts("cheap", "USD", "2021"), "not understood"),
        (parts("5", "XQQ", "2021"), "no known currency"),
        (parts("5", "USD", "last year"), "no date"),
        (parts("-5", "USD", "2021"), "a price is from"),
    ],
)
def test_that_a_wrong_part_is_told(typed: PriceParts, told: str) -> None:
    with pytest.raises(InputError, match=told):
        typed.price(8)
