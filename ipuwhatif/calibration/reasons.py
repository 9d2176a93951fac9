"""Why what was fitted cannot be used: each kind of reason with what it is of, nothing of it in words."""

from enum import StrEnum

from ipuwhatif.records import Record
from ipuwhatif.units import Said


class Outdated(Record, frozen=True):
    """A record of back-tests that has to be made again, and why."""

    reason: Said


class RecordFault(StrEnum):
    """What is wrong with a record, whatever its numbers."""

    OTHER_EVIDENCE = "other evidence"  # than the catalog's
    SPEEDS_OF_OTHER_EVIDENCE = "speeds of other evidence"
    NO_BACKTEST = "no back-test"
    INTERVAL = "interval"  # one ends before it starts


class NoSuchEntry(Record, frozen=True):
    """An entry that the catalog does not hold."""

    key: str


class NoSuchFigure(Record, frozen=True):
    """A printed figure that the catalog does not hold."""

    key: str


class NotAboveZero(Record, frozen=True):
    """A key whose number is not above 0."""

    key: str


class StoreFault(StrEnum):
    """What is wrong with a file of the calibration."""

    UNREADABLE = "unreadable"
    OTHER_PARAMETERS = "other parameters"
    DRAWS = "draws"  # do not fit the parameters
    SHAPES = "shapes"  # of the scatter cannot be read


class Unusable(Record, frozen=True):
    """A file of the calibration that is of no use; `reason`: as its reader says."""

    path: str
    fault: StoreFault
    reason: str = ""
