import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.figures.scenarios.own_figures import price_text
from ipuwhatif.scenario.prices.money import CODES
from ipuwhatif.scenario.prices.prices import BUY, EXAMPLES, OWN, RENT, Price, check_price, parse_price, typed_text
from ipuwhatif.units import InputError
from tests.refusals import refused

ORIGIN = "quote of the dealer"
AMOUNTS = st.floats(1.0, 1e9) | st.integers(100, 10**11).map(lambda cents: cents / 100.0)
DATES = st.dates().filter(lambda day: 1900 <= day.year < 2100).map(str)
PRICES = st.builds(
    Price,
    amount=AMOUNTS,
    currency=st.sampled_from(sorted(CODES)),
    per=st.sampled_from((BUY, RENT)),
    date=DATES | DATES.map(lambda day: day[:7]) | DATES.map(lambda day: day[:4]),
    origin=st.just(ORIGIN),
    kind=st.just(OWN),
)


@given(PRICES)
def test_that_what_is_printed_of_a_price_is_read_as_the_same_price(price: Price) -> None:
    assert parse_price(price_text(price), ORIGIN, 1) == price
    assert parse_price(typed_text(price), ORIGIN, 1) == price


@given(st.text(max_size=40) | st.from_regex(r"[\d.,eE+-]{0,12} ?[A-Za-z]{0,4}(/h)? ?[\d()-]{0,12}", fullmatch=True))
def test_that_any_text_is_a_price_that_can_be_or_is_refused_in_one_line(text: str) -> None:
    try:
        check_price(parse_price(text, ORIGIN, 1))
    except InputError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "amount", "per", "date"),
    [
        ("149,995 USD 2021-06", 149995, BUY, "2021-06"),
        ("149995usd 2021-06-30", 149995, BUY, "2021-06-30"),
        ("149 995 USD (2021)", 149995, BUY, "2021"),
        ("27.2 USD/h 2021", 27.2, RENT, "2021"),
        ("27.20 USD an hour (2021)", 27.2, RENT, "2021"),
        (" 27.2 USD per hour 2021 ", 27.2, RENT, "2021"),
        ("１４９，９９５ ＵＳＤ ２０２１－０６", 149995, BUY, "2021-06"),
        ("27.2 USD/小时 2021", 27.2, RENT, "2021"),
        ("$149,995 2021-06", 149995, BUY, "2021-06"),
        ("1e11 USD 2021", 1e11, BUY, "2021"),
        ("$2.99/GPU-hour 2021", 23.92, RENT, "2021"),
        ("24 USD/day 2021", 1.0, RENT, "2021"),
    ],
)
def test_that_a_price_can_be_typed_as_people_write_it(text: str, amount: float, per: str, date: str) -> None:
    assert parse_price(text, ORIGIN, 8) == Price(amount, "USD", per, date, ORIGIN, OWN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", f"'' is not understood; write for example {EXAMPLES}"),
        (
            "149,995 2021-06",
            (f"'149,995 2021-06' is no price; write amount, currency and date: {EXAMPLES}"),
        ),
        (
            "149,995 USD",
            f"'149,995 USD' has no date; write since when it holds: {EXAMPLES}",
        ),
        ("149,995 USD 2021-13", "'2021-13' is no date; write for example 2021-12"),
        (
            "149,995 USD last year",
            f"'149,995 USD last year' is not understood; write for example {EXAMPLES}",
        ),
        ("0 USD 2021", "a price is from 1 to 1,000,000,000,000 USD"),
        ("-5 USD 2021", "a price is from 1 to 1,000,000,000,000 USD"),
        ("1e13 USD 2021", "a price is from 1 to 1,000,000,000,000 USD"),
        ("1e-300 USD/h 2021", "a price is from 0.001 to 1,000,000,000 USD/h"),
        ("1,50 USD 2021", "'1,50 USD': a comma groups thousands, as in 1,024; write a decimal point, as in 1.50"),
        ("149.995 USD 2021", "'149.995' may mean 149.995 or 149,995; write the one that is meant"),
    ],
)
def test_that_a_faulty_price_is_told_with_what_to_write(text: str, words: str) -> None:
    with refused(words):
        parse_price(text, ORIGIN, 1)


@pytest.mark.parametrize("date", ["2021-02-31", "2021-02-29", "2021-04-31", "2021-00", "2021-13-01"])
def test_that_a_day_that_no_calendar_has_is_no_date(date: str) -> None:
    with refused(f"'{date}' is no date; write for example 2021-12"):
        check_price(Price(5.0, "USD", BUY, date, ORIGIN, OWN))
    check_price(Price(5.0, "USD", BUY, "2020-02-29", ORIGIN, OWN))


@pytest.mark.parametrize("origin", ["", "  ", "two\nlines", "x" * 501])
def test_that_a_price_says_who_states_it(origin: str) -> None:
    with refused("a price says who states it, on one line"):
        parse_price("5 USD 2021", origin, 1)
