"""What a command line states about costs: prices of systems, and what systems are compared by."""

import argparse
import re
from dataclasses import replace

from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.scenario.prices import BUY, OWN, READ, RECALLED, RENT, Price, check_price
from ipuwhatif.scenario.scenario import BASES, Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, nearest, parse_quantity, quoted

#: What `--basis` takes: "per-system", "per-chip" ...
BASIS_WORDS = tuple(f"per-{basis}" for basis in BASES)
EXAMPLE = "ipu-pod16=149995 USD 2021-06 own list"
_MARKS = ",;:.!?()[]'\""
_HOUR = re.compile(r"/h(?:our)?$", re.ASCII)


def parse_price(text: str, catalog: Catalog) -> tuple[SystemChoice, Price]:
    """A price as typed, "ipu-pod16=149995 USD 2021-06 own list" or "dgx-a100=32.77 USD/h 2021 quote of a reseller".

    An origin that begins with "read" or "recalled", however it is written, says so of its kind; a recalled price is
    not confirmed, and counts for nothing, unless its second word is "confirmed". InputError says what is missing.
    """
    system, equals, rest = text.partition("=")
    words = rest.split()
    if not equals or len(words) < 4:
        raise InputError(
            tr(
                "{text} is no price: write system=amount currency date origin, {example}",
                text=quoted(text),
                example=EXAMPLE,
            )
        )
    amount, currency, date, origin = words[0], words[1], words[2], words[3:]
    said = [word.casefold().strip(_MARKS) for word in origin]
    kind = said[0] if said[0] in (READ, RECALLED) else OWN
    confirmed = kind != RECALLED or said[1:2] == ["confirmed"]
    kept = origin[(kind != OWN) + (kind == RECALLED and confirmed) :]
    if kind == READ and not kept:
        raise InputError(
            tr("{text} does not say what was read; write for example read a list of prices", text=quoted(text))
        )
    bare, hour = _HOUR.subn("", currency)
    price = Price(
        amount=parse_quantity(amount, "1", positive=True),
        currency=bare.upper(),
        per=RENT if hour else BUY,
        date=date,
        origin=" ".join(kept) or tr("no source was named"),
        kind=kind,
        confirmed=confirmed,
    )
    check_price(price)
    return parse_system(system, catalog), price


def with_costs(command: argparse.Namespace, scenario: Scenario, catalog: Catalog) -> Scenario:
    """The scenario with the prices and the basis of a command line.

    InputError for a price of a system that is not asked about, or for two of one.
    """
    for text in command.price:
        choice, price = parse_price(text, catalog)
        if choice not in scenario.systems:
            near = nearest(choice.key, [each.key for each in scenario.systems])
            raise InputError(
                tr(
                    "a price of {name} counts for nothing: it is not in this question; the nearest is {near}",
                    name=choice.key,
                    near=near,
                )
            )
        if choice.key in scenario.prices:
            raise InputError(tr("the price of {name} is given twice; give it once", name=choice.key))
        scenario = scenario.with_price(choice.key, price)
    basis = getattr(command, "basis", None)
    return scenario if basis is None else replace(scenario, basis=basis.removeprefix("per-"))
