"""Edits of several prices at once: what is bought spread over its life, and one date and origin for all."""

from collections.abc import Collection, Sequence

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.changes import Changed, ChangeKind, SpreadOver
from ipuwhatif.scenario.edits import Edit
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.scenario.prices.prices import OWN, Price
from ipuwhatif.scenario.scenario import Scenario


def set_spread(scenario: Scenario, families: Collection[str], lever: Lever, value: float | None) -> Edit:
    """Lifetime or utilisation of whatever is bought in these families; `None` takes it back."""
    changed = scenario
    for family in families:
        changed = changed.with_lever(f"{family}.{lever.key}", value)
    return Edit(changed, SpreadOver(lever, value))


def spread_value(scenario: Scenario, families: Collection[str], lever: Lever) -> float | None:
    """What is stated of lifetime or utilisation, where it is the same in all of these families."""
    values = {scenario.levers.get(f"{family}.{lever.key}") for family in families}
    return values.pop() if len(values) == 1 else None


def own_prices(scenario: Scenario, choices: Sequence[SystemChoice]) -> dict[str, Price]:
    """The prices that the user states of these systems, in their order; what a source prints keeps its own date."""
    found = {choice.key: scenario.prices.get(choice.key) for choice in choices}
    return {key: price for key, price in found.items() if price is not None and price.kind == OWN}


def share_origin(scenario: Scenario, choices: Sequence[SystemChoice]) -> Edit:
    """Date and origin of the first of the user's own prices for all of them, in one step."""
    prices = own_prices(scenario, choices)
    changed = scenario
    for first in list(prices.values())[:1]:
        for key, price in prices.items():
            changed = changed.with_price(key, replace(price, date=first.date, origin=first.origin))
    return Edit(changed, Changed(ChangeKind.SAME_ORIGIN))
