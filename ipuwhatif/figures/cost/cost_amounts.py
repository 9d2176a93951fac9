"""A number of a bill, and the unit that numbers beside each other are shown in."""

from collections.abc import Sequence

from ipuwhatif.analysis.cost.economics import MONEY, Bill
from ipuwhatif.analysis.results import Factor, Quantity
from ipuwhatif.charts.ticks import TimeUnit
from ipuwhatif.figures.cost.cost_words import (
    amount_text,
    amount_unit,
)


def quantity_of(bill: Bill, measure: str) -> Quantity:
    quantity = bill.quantity(measure)
    assert quantity is not None
    return quantity


def median_text(bill: Bill, measure: str) -> str:
    return amount_text(bill, measure, quantity_of(bill, measure).median)


def unit_of(bills: Sequence[Bill], measure: str) -> TimeUnit:
    """The unit of a chart or a column of these numbers, and its size in currency, kWh or kg."""
    if measure == MONEY:
        return TimeUnit(1.0, bills[0].currency)
    symbol, size = amount_unit(measure, [quantity_of(bill, measure).median for bill in bills])
    return TimeUnit(size, symbol)


def counted(bill: Bill, measure: str) -> Factor:
    """What a number of a system is made of: its price, or its power."""
    return Factor(None, "", leaves_out=bill.price_leaves_out) if measure == MONEY else bill.power
