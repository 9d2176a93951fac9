"""Why results, or an entry of them, are not taken, and what is noted of a score, as values.

Worded in `figures/refusals/results.py`.
"""

from enum import StrEnum, auto

from ipuwhatif.records import Record
from ipuwhatif.units import Said


class LineOf(Record, frozen=True):
    file: str
    line: int


class BenchmarkOf(Record, frozen=True):
    """One of the scores of a row."""

    place: Said
    benchmark: str


class ResultFault(StrEnum):
    """Alone, or as the `fault` of an `OfResult`."""

    # of a table
    PROJECTIONS = auto()
    NEITHER_TIME_NOR_RATE = auto()
    BOTH_TIME_AND_RATE = auto()
    NO_DATE = auto()
    UNKNOWN_RELEASE = auto()
    UNKNOWN_WORKLOAD = auto()
    UNKNOWN_SYSTEM = auto()
    SYSTEM_WITHOUT_SIZE = auto()
    # of a summary
    NO_ENTRIES = auto()
    NO_ENTRY = auto()
    BROKEN = auto()
    ROW_WITHOUT_ROUND = auto()
    UNKNOWN_ROUND_OF_ROW = auto()
    # of a log
    NO_LOG = auto()
    TOO_MANY_LINES = auto()
    BROKEN_EVENT = auto()
    NO_TIME = auto()
    NO_START = auto()
    STOP_WITHOUT_START = auto()
    REACHED_WITH_NO_NUMBER = auto()
    NO_BENCHMARK = auto()
    # of a submission
    NO_LOGS = auto()
    TOO_MANY_LOGS = auto()
    UNKNOWN_ROUND = auto()
    ONE_RUN_TWICE = auto()
    NO_OBJECT = auto()
    NO_FACTOR = auto()
    NO_DESCRIPTION = auto()
    # of a score
    NO_RUN_REACHED = auto()
    TOO_MANY_MISSED = auto()
    PLAIN_MEAN = auto()
    MISSED = auto()
    WITHOUT_STOP = auto()


class OfResult(Record, frozen=True):
    """A fault with what it is of: the file or the name that stands there, and what else its words name."""

    fault: ResultFault
    name: str = ""
    path: str = ""
    other: str = ""
    reason: str = ""
    near: str | None = None
    example: str = ""
    count: int = 0
    most: int = 0


class TwoRounds(Record, frozen=True):
    """Two runs by their files and days."""

    first: str
    date: str
    second: str
    other: str


class SeveralBenchmarks(Record, frozen=True):
    names: tuple[str, ...]


class Lift(Record, frozen=True):
    factor: float
