"""What a system costs, as the user or a source states it: never a default, always with its date and origin."""

import re
from collections.abc import Sequence
from datetime import date as calendar_date

from ipuwhatif.records import Record
from ipuwhatif.scenario.prices.money import Money, check_amount, read_price
from ipuwhatif.scenario.prices.reasons import NoCurrencyCode, NoDate, NoDatedPrice, PriceFault, Undated
from ipuwhatif.scenario.written_figures import TIME
from ipuwhatif.units import RefusedError, typed, unmistakable

BUY, RENT = "buy", "hour"  # of the whole system: to buy it, or an hour of it
READ, RECALLED, OWN = "read", "recalled", "own"  # in a source that was read, recalled by somebody, stated by the user


class Price(Record, frozen=True):
    """The price of one system of one size."""

    amount: float
    currency: str  # "USD"
    per: str  # BUY or RENT
    date: str  # "2020-12", "2021-06-30" or "2021"
    origin: str  # who says so, in words
    kind: str  # READ, RECALLED or OWN
    confirmed: bool = True  # a recalled price counts only once the user has confirmed it


LONGEST_ORIGIN = 500
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_DIGIT, _NUMBER_ALONE = re.compile(r"\d", re.ASCII), re.compile(r"[\d.,+-]*", re.ASCII)
_WRITTEN_DATE = re.compile(r"\(?\d{4}[\d-]*\)?", re.ASCII)
EXAMPLES = "149,995 USD 2021-06, 27.2 USD/h 2021, 2 USD/chip-hour 2025"
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def check_price(price: Price) -> None:
    """InputError for an amount, a currency or a date that no price has."""
    if not _CURRENCY.fullmatch(price.currency):
        raise RefusedError(NoCurrencyCode(price.currency))
    check_amount(Money(price.amount, price.currency, TIME if price.per == RENT else "", per_chip=False))
    if not _is_date(price.date):
        raise RefusedError(NoDate(price.date))
    if not price.origin.strip() or len(price.origin) > LONGEST_ORIGIN or not price.origin.isprintable():
        raise RefusedError(PriceFault.NOBODY_SAYS)


def _is_date(text: str) -> bool:
    """Whether it is a day, a month or a year that the calendar has."""
    if not _DATE.fullmatch(text):
        return False
    try:
        calendar_date(*map(int, (text + "-01-01")[:10].split("-")))
    except ValueError:
        return False
    return True


def typed_text(price: Price) -> str:
    """The price as it is typed, in any language: "32,450 USD 2020-12", "27.2 USD/h 2021"; it parses back."""
    return f"{amount_digits(price)} {price.currency}{'/h' if price.per == RENT else ''} {price.date}"


def parse_price(text: str, origin: str, chips: int) -> Price:
    """A typed price of the user's own: "149,995 USD 2021-06" to buy, "$2.99/GPU-hour 2021" or "... an hour" to rent.

    origin: who says so, in words. chips: of the system that it is for. InputError for a text that lacks its currency or
    its date, and for what no price is.
    """
    words = typed(text).split()
    index = date_index(words)
    if index is None:
        if words and _WRITTEN_DATE.fullmatch(words[-1]):
            raise RefusedError(NoDatedPrice(text, EXAMPLES))
        read_price(text, EXAMPLES)  # says what else is wrong with it
        raise RefusedError(Undated(text, EXAMPLES))
    if index + 1 < len(words):
        raise RefusedError(NoDatedPrice(text, EXAMPLES))
    return own_price(" ".join(words[:index]), words[index], origin, chips)


def own_price(amount: str, date: str, origin: str, chips: int) -> Price:
    """The price of a system from its parts as typed: "27.2 USD/h", "(2021)" and who says so."""
    money = read_price(amount, EXAMPLES)
    price = Price(
        amount=float(f"{money.amount * chips:.12g}") if money.per_chip else money.amount,
        currency=money.currency,
        per=RENT if money.per else BUY,
        date=date.strip("()"),
        origin=origin.strip(),
        kind=OWN,
    )
    check_price(price)
    return price


def date_index(words: Sequence[str]) -> int | None:
    """Which word of a typed price is its date: the first that looks like one after an amount and its currency."""
    before = ""
    for index, word in enumerate(words):
        if _WRITTEN_DATE.fullmatch(word) and _DIGIT.search(before) and not _NUMBER_ALONE.fullmatch(before):
            return index
        before += word
    return None


def written_date(words: Sequence[str]) -> str:
    """The date at the end of a typed amount, with a currency or without: "149,995 USD 2021-06", "149,995 2021"."""
    is_dated = len(words) > 1 and _WRITTEN_DATE.fullmatch(words[-1]) and _DIGIT.search("".join(words[:-1]))
    return words[-1].strip("()") if is_dated else ""


def amount_digits(price: Price) -> str:
    """Every digit that was stated, and no more; three decimals would be read as thousands, and get a fourth."""
    return unmistakable(f"{price.amount:,}".removesuffix(".0"))
