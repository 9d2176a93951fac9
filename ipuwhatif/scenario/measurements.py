"""What the user has measured on a system of their own, to be held against the projection.

A time such as "28.4 min", or a training throughput such as "3,900 images/s"; what is printed reads back as what it was
printed from, to six digits.
"""

from collections.abc import Callable, Mapping

from ipuwhatif.catalog.types import Workload
from ipuwhatif.records import Record
from ipuwhatif.scenario.amount import check_time, own_time_text
from ipuwhatif.scenario.files.written import is_rate
from ipuwhatif.scenario.prices.rates import LEAST_RATE, MOST_RATE, SAMPLES, STEPS, THINGS, TOKENS, Rate, read_rate
from ipuwhatif.scenario.times import read_time
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, quoted, stated_number

TIME, THROUGHPUT = "time", "throughput"


class Measurement(Record, frozen=True):
    """A time to train [s] or a training throughput [samples/s], of one system of one size."""

    quantity: str  # TIME or THROUGHPUT
    value: float
    learnt: bool = False  # whether projections follow it
    release: str = ""  # key of the software state that was measured, where a result says it


def check_measurement(measurement: Measurement) -> None:
    """InputError for a time or a throughput that nothing has."""
    if measurement.quantity == TIME:
        check_time(measurement.value)
    elif not LEAST_RATE <= measurement.value <= MOST_RATE:
        raise InputError(
            tr(
                "a throughput is from {least} to {most} samples/s",
                least=format_number(LEAST_RATE),
                most=format_number(MOST_RATE),
            )
        )


def parse_measurement(
    text: str, workload: Workload, chips: int = 1, global_batch: Callable[[], int] | None = None
) -> Measurement:
    """A typed measurement: "28.4 min", "3,900 images/s", "120 k tokens/s", "490 images/s/chip", "85 ms/step".

    chips: of the system that is measured. global_batch: the samples of a step, asked for where a step was timed; None
    where that is not known. InputError names the fault and a measurement that would be read.
    """
    told = examples(workload)
    try:
        if is_rate(text):
            rate = read_rate(text, _words(workload), told)
            value = _samples(rate, workload, global_batch) * (chips if rate.per_chip else 1)
            measurement = Measurement(THROUGHPUT, float(f"{value:.9g}"))
        else:
            measurement = Measurement(TIME, read_time(text, told))
        check_measurement(measurement)
    except InputError as error:
        if told in str(error):
            raise
        raise InputError(tr("{fault}; for example {examples}", fault=error, examples=told)) from None
    return measurement


def measurement_text(measurement: Measurement, workload: Workload) -> str:
    """The measurement as people say it: "28.4 min", "3,900 images/s"; it parses back."""
    if measurement.quantity == TIME:
        return own_time_text(measurement.value)
    number = stated_number(measurement.value)
    return tr("{number} {word}/s", number=number, word=tr(workload.sample_word or SAMPLES))


def examples(workload: Workload) -> str:
    """What would be read: "28.4 min or 3,900 images/s"."""
    return tr("{time} or {number} {word}/s", time="28.4 min", number="3,900", word=tr(workload.sample_word or SAMPLES))


def _samples(rate: Rate, workload: Workload, global_batch: Callable[[], int] | None) -> float:
    """Samples a second of a rate. InputError for what the workload does not count."""
    own = workload.sample_word or SAMPLES
    if rate.thing in (own, SAMPLES):
        return rate.value
    if rate.thing == TOKENS and workload.tokens_per_sample:
        return rate.value / workload.tokens_per_sample
    if rate.thing == STEPS and global_batch is not None:
        return rate.value * global_batch()
    raise InputError(
        tr("{unit}: {name} is counted in {words}", unit=quoted(rate.thing), name=workload.name, words=tr(own))
    )


def _words(workload: Workload) -> Mapping[str, str]:
    """What is done a second, singular -> what it is; nothing said is a sample."""
    own = workload.sample_word or SAMPLES
    said = {"": own, own.removesuffix("s").casefold(): own, tr(own).casefold(): own, tr(SAMPLES): SAMPLES}
    return {**THINGS, tr(TOKENS): TOKENS, **said}
