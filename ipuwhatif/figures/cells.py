"""Cells that every table is made of: amounts, times, official scores and intervals, each with its number."""

from ipuwhatif.analysis.results import Quantity
from ipuwhatif.charts.spec import Cell
from ipuwhatif.charts.ticks import TimeUnit
from ipuwhatif.figures.aligned import DASH
from ipuwhatif.figures.times import time_text
from ipuwhatif.units import format_number, rounded

#: From where to where a time is printed in the unit of its column; another says its own: 4.36 s beside hours.
LEAST_PRINTED, MOST_PRINTED = 0.01, 1e4


def amount_cell(value: float, key: str = "") -> Cell:
    """A derived amount with three digits, and a minus as in every table."""
    return Cell(format_number(value, 3).replace("-", "−"), rounded(value, 3), key)


def score_cell(seconds: float, key: str = "") -> Cell:
    """An official time in minutes, as it is published: with two decimals."""
    minutes = seconds / 60.0
    return Cell(f"{minutes:,.2f}", round(minutes, 2), key)


def amount_interval_cell(quantity: Quantity, size: float, key: str = "") -> Cell:
    """The interval of a derived amount, in units of `size`."""
    low, high = quantity.low / size, quantity.high / size
    return Cell(DASH.join(format_number(end, 3) for end in (low, high)), None, key, (rounded(low, 3), rounded(high, 3)))


def time_cell(seconds: float, unit: TimeUnit, key: str = "") -> Cell:
    """A projected time with three digits in the column's unit; far outside it, in its own unit."""
    text, number = _printed_time(seconds, unit)
    return Cell(text, number, key)


def interval_text(quantity: Quantity, unit: TimeUnit) -> str:
    """An interval as "27.1 – 29.6" in the column's unit."""
    return DASH.join(_printed_time(seconds, unit)[0] for seconds in (quantity.low, quantity.high))


def printed(text: str) -> float:
    """The number that a printed number reads as."""
    return float(text.replace(",", ""))


def _printed_time(seconds: float, unit: TimeUnit) -> tuple[str, float]:
    value = seconds / unit.seconds
    if not LEAST_PRINTED <= value < MOST_PRINTED:
        return time_text(seconds), value
    return format_number(value, 3), rounded(value, 3)


def interval_cell(quantity: Quantity, unit: TimeUnit, key: str) -> Cell:
    """The interval of a time in the column's unit."""
    low, high = (_printed_time(seconds, unit)[1] for seconds in (quantity.low, quantity.high))
    return Cell(interval_text(quantity, unit), None, key, (low, high))
