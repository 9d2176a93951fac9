"""Why a price or a rate is not taken, as values. Worded in `figures/refusals/own_figures.py`."""

from enum import StrEnum

from ipuwhatif.catalog.notes import Name
from ipuwhatif.records import Record
from ipuwhatif.scenario.reasons import TellsExamples


class PriceBeyond(Record, frozen=True):
    least: float
    most: float
    unit: str


class NoCurrency(TellsExamples, frozen=True):
    """An amount of money in no currency."""


class YenOrYuan(Record, frozen=True):
    text: str


class UnknownCurrency(Record, frozen=True):
    word: str
    near: str


class InHundredths(Record, frozen=True):
    text: str
    example: str


class NoCurrencyCode(Record, frozen=True):
    text: str


class NoDate(Record, frozen=True):
    text: str


class PriceFault(StrEnum):
    NOBODY_SAYS = "nobody says"


class Undated(TellsExamples, frozen=True):
    """A price that does not say since when it holds."""


class NoDatedPrice(TellsExamples, frozen=True):
    """A text that is no price with its date."""


class OtherCurrency(Record, frozen=True):
    text: str
    typed: str
    prices: tuple[str, ...]


class ThroughputBeyond(Record, frozen=True):
    least: float
    most: float


class NotCountedSo(Record, frozen=True):
    """A rate of what the job does not count."""

    unit: str
    name: Name
    words: str
