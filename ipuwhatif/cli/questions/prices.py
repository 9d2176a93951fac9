"""What a command line states about costs: prices of systems, and what systems are compared by."""

import argparse

from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.prices.prices import OWN, READ, RECALLED, Price, date_index, own_price
from ipuwhatif.scenario.scenario import BASES, PER_MONEY, Scenario
from ipuwhatif.scenario.typed_levers import check_currency
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, nearest, quoted, typed

#: What `--basis` takes: "per-system", "per-chip" ...
BASIS_WORDS = tuple(f"per-{basis}" for basis in BASES)
EXAMPLE = "ipu-pod16=149995 USD 2021-06 own list"
_MARKS = ",;:.!?()[]'\""
LONGEST_PRICE = 800  # letters, with its origin


def parse_price(text: str, catalog: Catalog) -> tuple[SystemChoice, Price]:
    """A price as typed, "ipu-pod16=149995 USD 2021-06 own list" or "dgx-a100=32.77 USD/h 2021 quote of a reseller".

    An origin that begins with "read" or "recalled", however it is written, says so of its kind; a recalled price is
    not confirmed, and counts for nothing, unless its second word is "confirmed". InputError says what is missing.
    """
    system, equals, rest = typed(text, LONGEST_PRICE).partition("=")
    words = rest.split()
    place = date_index(words) or (2 if len(words) > 3 else None)
    if not equals or place is None or place + 1 == len(words):
        raise InputError(
            tr(
                "{text} is no price: write system=amount currency date origin, {example}",
                text=quoted(text),
                example=EXAMPLE,
            )
        )
    origin = words[place + 1 :]
    said = [word.casefold().strip(_MARKS) for word in origin]
    kind = said[0] if said[0] in (READ, RECALLED) else OWN
    confirmed = kind != RECALLED or said[1:2] == ["confirmed"]
    kept = origin[(kind != OWN) + (kind == RECALLED and confirmed) :]
    if kind == READ and not kept:
        raise InputError(
            tr("{text} does not say what was read; write for example read a list of prices", text=quoted(text))
        )
    choice = parse_system(system, catalog)
    said_by = " ".join(kept) or tr("no source was named")
    price = own_price(" ".join(words[:place]), words[place], said_by, choice.chips)
    return choice, replace(price, kind=kind, confirmed=confirmed)


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
    levers = load_levers()
    for text in command.settings:
        name, _, value = text.partition("=")
        check_currency(value, levers[name.strip().rpartition(".")[2]], scenario.currencies)
    basis = getattr(command, "basis", None)
    if command.price and basis not in (None, f"per-{PER_MONEY}") and command.output is None:
        raise InputError(
            tr(
                "a price counts for nothing {basis}: add --basis per-{money}, or ask with cost",
                basis=basis,
                money=PER_MONEY,
            )
        )
    return scenario if basis is None else replace(scenario, basis=basis.removeprefix("per-"))
