"""What the user has measured on a system of their own, to be held against the projection.

A time such as "28.4 min", or a training throughput such as "3,900 images/s"; what is printed reads back as what it was
printed from, to six digits.
"""

from collections.abc import Callable, Mapping

from ipuwhatif.catalog.types import Workload
from ipuwhatif.records import Record
from ipuwhatif.scenario.amount import CHINESE_WORDS, check_time
from ipuwhatif.scenario.prices.rates import LEAST_RATE, MOST_RATE, SAMPLES, STEPS, THINGS, TOKENS, TypedRate, read_rate
from ipuwhatif.scenario.prices.reasons import NotCountedSo, ThroughputBeyond
from ipuwhatif.scenario.reasons import ForExample, MeasurementExamples, TellsExamples
from ipuwhatif.scenario.times import read_time
from ipuwhatif.scenario.written_figures import is_rate
from ipuwhatif.units import InputError, RefusedError, reason_of

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
        raise RefusedError(ThroughputBeyond(LEAST_RATE, MOST_RATE))


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
        reason = reason_of(error)
        if isinstance(reason, TellsExamples) and reason.examples == told:
            raise
        raise RefusedError(ForExample(reason, told)) from None
    return measurement


class Measured(Record, frozen=True):
    """A measurement as it is told: what was measured, and the word for several samples."""

    measurement: Measurement
    word: str


def measured(measurement: Measurement, workload: Workload) -> Measured:
    return Measured(measurement, workload.sample_word or SAMPLES)


def examples(workload: Workload) -> MeasurementExamples:
    """What would be read: "28.4 min or 3,900 images/s"."""
    return MeasurementExamples(workload.sample_word or SAMPLES)


def _samples(rate: TypedRate, workload: Workload, global_batch: Callable[[], int] | None) -> float:
    """Samples a second of a rate. InputError for what the workload does not count."""
    own = workload.sample_word or SAMPLES
    if rate.thing in (own, SAMPLES):
        return rate.value
    if rate.thing == TOKENS and workload.tokens_per_sample:
        return rate.value / workload.tokens_per_sample
    if rate.thing == STEPS and global_batch is not None:
        return rate.value * global_batch()
    raise RefusedError(NotCountedSo(rate.thing, workload.name, own))


def _words(workload: Workload) -> Mapping[str, str]:
    """What is done a second, singular -> what it is; nothing said is a sample."""
    own = workload.sample_word or SAMPLES
    said = {"": own, own.removesuffix("s").casefold(): own, **dict.fromkeys(CHINESE_WORDS.get(own, ()), own)}
    return {**THINGS, **said}
