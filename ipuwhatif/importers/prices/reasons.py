"""Why a price list, or a row of one, is not taken, as values. Worded in `figures/refusals/price_lists.py`."""

from enum import StrEnum, auto

from ipuwhatif.records import Record


class ListFault(StrEnum):
    EMPTY = auto()
    NO_TOML = auto()
    NO_PRICES = auto()
    UNKNOWN_KEY = auto()


class NoList(Record, frozen=True):
    fault: ListFault
    file: str
    reason: str = ""
    key: str = ""
    nearest: str = ""


class RowFault(StrEnum):
    NO_PRICE = auto()
    NO_CURRENCY = auto()
    NO_DATE = auto()


class PerFault(StrEnum):
    UNKNOWN = auto()
    MISSING = auto()


class NoPer(Record, frozen=True):
    """A price that does not say per what it is."""

    fault: PerFault
    words: str  # of which one can be written
    text: str = ""


class NotAmong(Record, frozen=True):
    word: str
    words: str
