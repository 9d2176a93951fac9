"""What the user states of a system, in words: its price, and what was measured on it."""

from ipuwhatif.catalog.types import Workload
from ipuwhatif.figures.scenarios.amounts import own_time_text
from ipuwhatif.scenario.measurements import TIME, Measured, Measurement, measured
from ipuwhatif.scenario.prices.prices import RECALLED, RENT, Price, amount_digits
from ipuwhatif.scenario.reasons import MeasurementExamples
from ipuwhatif.texts import tr
from ipuwhatif.units import stated_number, told


@told.register
def price_text(price: Price) -> str:
    """The price with its date: "32,450 USD (2020-12)", "27.2 USD an hour (2021)"."""
    text = tr("{amount} {currency} an hour ({date})") if price.per == RENT else tr("{amount} {currency} ({date})")
    return text.format(amount=amount_digits(price), currency=price.currency, date=price.date)


def origin_text(price: Price) -> str:
    """Who states the price: "list", or "from memory and confirmed by you: list" for one that was recalled."""
    if price.kind != RECALLED:
        return price.origin
    mark = tr("from memory and confirmed by you") if price.confirmed else tr("from memory, not confirmed")
    return tr("{mark}: {origin}", mark=mark, origin=price.origin)


def measurement_text(measurement: Measurement, workload: Workload) -> str:
    """The measurement as people say it: "28.4 min", "3,900 images/s"; it parses back."""
    return told(measured(measurement, workload))


@told.register
def _(said: Measured) -> str:
    if said.measurement.quantity == TIME:
        return own_time_text(said.measurement.value)
    return tr("{number} {word}/s", number=stated_number(said.measurement.value), word=tr(said.word))


@told.register
def _(said: MeasurementExamples) -> str:
    return tr("{time} or {number} {word}/s", time="28.4 min", number="3,900", word=tr(said.word))
