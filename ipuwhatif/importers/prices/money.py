"""What a row of a price list costs: its amount, its currency, and per what, wherever the list says each."""

import re
from typing import NamedTuple

from ipuwhatif.importers.prices.reasons import NoPer, PerFault, RowFault
from ipuwhatif.scenario.prices.money import Money, names_currency, read_price
from ipuwhatif.scenario.written_figures import take_apart
from ipuwhatif.units import RefusedError

EXAMPLES = "2.99 USD/GPU-hour, 98.32 USD/h, 149,995 USD"
#: What the per column may say, of which one is proposed where it says nothing.
A_CHIP, AN_INSTANCE, A_PURCHASE = "GPU-hour", "instance-hour", "purchase"
_WORDS = ", ".join((A_CHIP, AN_INSTANCE, A_PURCHASE))
_CHIP = r"gpu|ipu|tpu|hpu|npu|chip|device|accelerator|card|卡|芯片"
_MACHINE = r"instance|machine|node|server|system|pod|vm|host|unit|实例|整机|台|套"
_PERIOD = r"hours?|hr|h|hourly|小时|时|days?|天|months?|monthly|mo|月|years?|yearly|年"
_PER = re.compile(rf"(?:(?P<who>{_CHIP}|{_MACHINE})s?)?[\s/·-]*(?P<period>{_PERIOD})?", re.IGNORECASE)
_TO_BUY = ("purchase", "buy", "bought", "to buy", "one-off", "one off", "outright", "capex", "购买", "买断")
_SPELLED = {"hourly": "h", "monthly": "month", "yearly": "year"}


class Unit(NamedTuple):
    """A currency and per what, each as far as something says it; `per` is None where nothing does."""

    currency: str
    per: str | None


def read_unit(text: str) -> Unit:
    """A unit such as "USD/GPU-hour", "$", "per hour" or "/h"."""
    before, slash, after = re.sub(r"(?:^|\s)per\s", "/", text.strip(), flags=re.IGNORECASE).partition("/")
    return Unit(before.strip(), per_of(after) if slash else None)


def per_of(text: str) -> str:
    """What a price is per, as prices are read: "GPU/hour", "h", or empty to buy. InputError for what is neither.

    "per system" alone may be to buy it or an hour of it: it is none.
    """
    plain = re.sub(r"^(per\b|/|每)\s*", "", text.strip().casefold())
    if plain in _TO_BUY:
        return ""
    found = _PER.fullmatch(plain)
    if found is None or not found["period"]:
        raise RefusedError(NoPer(PerFault.UNKNOWN, _WORDS, text))
    chip = re.fullmatch(_CHIP, found["who"] or "", re.IGNORECASE)
    period = _SPELLED.get(found["period"], found["period"].removesuffix("s"))
    return f"GPU/{period}" if chip else period


def read_money(amount: str, units: list[Unit]) -> Money:
    """The money of a typed amount; what it does not say itself the first of the units says that does.

    InputError for a currency or a "per what" that nothing says: neither is ever assumed.
    """
    found = take_apart(amount, EXAMPLES)
    text = amount
    if not names_currency(amount):
        currency = next((unit.currency for unit in units if unit.currency), "")
        if not currency:
            raise RefusedError(RowFault.NO_CURRENCY)
        text = f"{currency} {text}"
    if not found.per:
        per = next((unit.per for unit in units if unit.per is not None), None)
        if per is None:
            raise RefusedError(NoPer(PerFault.MISSING, _WORDS))
        text = f"{text}/{per}" if per else text
    return read_price(text, EXAMPLES)
