"""What the user has measured on a system of their own, to be held against the projection."""

from dataclasses import dataclass

from ipuwhatif.scenario.amount import check_time
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

TIME, THROUGHPUT = "time", "throughput"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A time to train [s] or a training throughput [samples/s], of one system of one size."""

    quantity: str  # TIME or THROUGHPUT
    value: float


MOST_THROUGHPUT = 1e15  # samples/s


def check_measurement(measurement: Measurement) -> None:
    """InputError for a time or a throughput that nothing has."""
    if measurement.quantity == TIME:
        check_time(measurement.value)
    elif not 0.0 < measurement.value <= MOST_THROUGHPUT:
        raise InputError(tr("a throughput is above 0 and up to a thousand billion samples/s"))
