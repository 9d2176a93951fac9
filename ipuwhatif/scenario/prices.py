"""What a system costs, as the user or a source states it: never a default, always with its date and origin."""

import re
from dataclasses import dataclass

from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, quoted

BUY, RENT = "buy", "hour"  # of the whole system: to buy it, or an hour of it
READ, RECALLED, OWN = "read", "recalled", "own"  # in a source that was read, recalled by somebody, stated by the user


@dataclass(frozen=True, slots=True)
class Price:
    """The price of one system of one size."""

    amount: float
    currency: str  # "USD"
    per: str  # BUY or RENT
    date: str  # "2020-12", "2021-06-30" or "2021"
    origin: str  # who says so, in words
    kind: str  # READ, RECALLED or OWN
    confirmed: bool = True  # a recalled price counts only once the user has confirmed it


MOST_AMOUNT = 1e10
LONGEST_ORIGIN = 500
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def check_price(price: Price) -> None:
    """InputError for an amount, a currency or a date that no price has."""
    if not 0.0 < price.amount <= MOST_AMOUNT:
        raise InputError(tr("a price is above 0 and up to 10 billion"))
    if not _CURRENCY.fullmatch(price.currency):
        raise InputError(tr("{text} is no currency; write three letters, such as USD", text=quoted(price.currency)))
    if not _DATE.fullmatch(price.date):
        raise InputError(tr("{text} is no date; write for example 2021-12", text=quoted(price.date)))
    if not price.origin.strip() or len(price.origin) > LONGEST_ORIGIN or not price.origin.isprintable():
        raise InputError(tr("a price says who states it, on one line"))


def price_text(price: Price) -> str:
    """The price with its date: "32,450 USD (2020-12)", "27.2 USD an hour (2021)"."""
    amount = format_number(price.amount)
    text = tr("{amount} {currency} an hour ({date})") if price.per == RENT else tr("{amount} {currency} ({date})")
    return text.format(amount=amount, currency=price.currency, date=price.date)
