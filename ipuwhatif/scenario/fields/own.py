"""What is kept for single systems: prices and measurements of the user's own."""

from collections.abc import Callable
from functools import partial

from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.scenario.fields.reading import MOST_SETTINGS, ObjectReader, Read
from ipuwhatif.scenario.files.reasons import TooManySystemsKept
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement, check_measurement
from ipuwhatif.scenario.prices.prices import BUY, OWN, READ, RECALLED, RENT, Price, check_price


def prices(reading: ObjectReader) -> dict[str, Price]:
    return _by_system(reading, "prices", partial(_price, reading))


def measurements(reading: ObjectReader) -> dict[str, Measurement]:
    return _by_system(reading, "measurements", partial(_measurement, reading))


def _by_system(reading: ObjectReader, name: str, read: Callable[[Node], Read]) -> dict[str, Read]:
    """What is kept for single systems, by their keys."""
    node = reading.node.child(name)
    keys = node.names()
    if len(keys) > MOST_SETTINGS:
        raise node.refuse(TooManySystemsKept(MOST_SETTINGS))
    values = {key: reading.either(f"{name}.{key}", partial(_of_system, reading, node, key, read), None) for key in keys}
    return {key: value for key, value in values.items() if value is not None}


def _of_system(reading: ObjectReader, node: Node, key: str, read: Callable[[Node], Read]) -> Read:
    reading.system(key, ())
    return read(node.child(key))


def _price(reading: ObjectReader, node: Node) -> Price:
    price = Price(
        amount=node.number("amount"),
        currency=node.text("currency"),
        per=one_of(node, "per", (BUY, RENT)),
        date=node.text("date"),
        origin=node.text("origin"),
        kind=one_of(node, "kind", (READ, RECALLED, OWN)),
        confirmed=node.flag("confirmed"),
    )
    reading.close(node)
    reading.told(lambda: check_price(price), node)
    return price


def _measurement(reading: ObjectReader, node: Node) -> Measurement:
    quantity = one_of(node, "quantity", (TIME, THROUGHPUT))
    release = one_of(node, "release", tuple(reading.catalog.releases)) if node.has("release") else ""
    measurement = Measurement(quantity, node.number("value"), node.flag("learnt", False), release)
    reading.close(node)
    reading.told(lambda: check_measurement(measurement), node)
    return measurement
