"""What the user has measured on a system of their own, to be held against the projection.

A time such as "28.4 min", or a training throughput such as "3,900 images/s"; what is printed reads back as what it was
printed from, to six digits.
"""

import re

from ipuwhatif.catalog.types import Workload
from ipuwhatif.records import dataclass
from ipuwhatif.scenario.amount import check_time, own_time_text
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, parse_quantity, quoted

TIME, THROUGHPUT = "time", "throughput"
MOST_THROUGHPUT = 1e15  # samples/s

_NUMBER = re.compile(r"[+-]?[\d.,\s]*(?:(?<=\d)[eE][+-]?\d+)?", re.ASCII)
_PER_SECOND = re.compile(r"\s*(?:/|\bper\b)\s*(?:s|sec|second)$", re.IGNORECASE)
_SCALES = {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
#: Short and general words for samples, by the word that a workload has for its own.
_SHORT = {"images": ("img",), "sequences": ("seq",)}
_ANY = "samples"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A time to train [s] or a training throughput [samples/s], of one system of one size."""

    quantity: str  # TIME or THROUGHPUT
    value: float


def check_measurement(measurement: Measurement) -> None:
    """InputError for a time or a throughput that nothing has."""
    if measurement.quantity == TIME:
        check_time(measurement.value)
    elif not 0.0 < measurement.value <= MOST_THROUGHPUT:
        raise InputError(tr("a throughput is above 0 and up to a thousand trillion samples/s"))


def parse_measurement(text: str, workload: Workload) -> Measurement:
    """A typed measurement: "28.4 min", "1.2 h", "3,900 images/s", "3.9 k samples/s", "120 k tokens/s".

    InputError names the fault and a measurement that would be read.
    """
    stripped = text.strip()
    if not any(letter.isdigit() for letter in stripped):
        raise InputError(
            tr("{text} is no measurement; write {examples}", text=quoted(text), examples=examples(workload))
        )
    per_second = _PER_SECOND.search(stripped)
    try:
        if per_second is None:
            measurement = Measurement(TIME, parse_quantity(stripped, "s", positive=True))
        else:
            measurement = Measurement(THROUGHPUT, _rate(stripped[: per_second.start()], workload))
        check_measurement(measurement)
    except InputError as error:
        raise InputError(tr("{fault}; for example {examples}", fault=error, examples=examples(workload))) from None
    return measurement


def measurement_text(measurement: Measurement, workload: Workload) -> str:
    """The measurement as people say it: "28.4 min", "3,900 images/s"; it parses back."""
    if measurement.quantity == TIME:
        return own_time_text(measurement.value)
    number = format_number(float(f"{measurement.value:.6g}"))
    return tr("{number} {word}/s", number=number, word=tr(workload.sample_word or _ANY))


def examples(workload: Workload) -> str:
    """What would be read: "28.4 min or 3,900 images/s"."""
    return tr("{time} or {number} {word}/s", time="28.4 min", number="3,900", word=tr(workload.sample_word or _ANY))


def _rate(text: str, workload: Workload) -> float:
    """Samples a second of a text without its "/s"."""
    match = _NUMBER.match(text)
    digits = match.group() if match else ""
    unit = " ".join(text[len(digits) :].split())
    number = parse_quantity(digits.strip(), "1", positive=True)
    words = _words(workload)
    for scale, factor in _SCALES.items():
        rest = unit.removeprefix(scale).strip()
        if unit.startswith(scale) and rest.casefold() in words:
            return number * factor * words[rest.casefold()]
    raise InputError(
        tr(
            "{unit}: {name} is counted in {words}",
            unit=quoted(unit),
            name=workload.name,
            words=tr(workload.sample_word or _ANY),
        )
    )


def _words(workload: Workload) -> dict[str, float]:
    """What a workload's samples may be called, singular or plural -> samples of one such thing; nothing is a sample."""
    own = workload.sample_word or _ANY
    words = dict.fromkeys(("", _ANY, tr(_ANY), own, tr(own), *_SHORT.get(own, ())), 1.0)
    if workload.tokens_per_sample:
        words["tokens"] = words[tr("tokens")] = 1.0 / workload.tokens_per_sample
    return words | {word.removesuffix("s"): samples for word, samples in words.items()}
