"""Why a thing of the user's own is not read, kept or found, and what is asked about one, as values.

Worded in `figures/refusals/own_things.py`.
"""

from enum import StrEnum, auto
from pathlib import Path

from ipuwhatif.files import reason_of
from ipuwhatif.records import Record
from ipuwhatif.units import RefusedError, Said, printable


class Refused(Record, frozen=True):
    """What was not read, and what to do about it, in one sentence."""

    place: Said
    reason: Said


# files and folders


class PathFault(StrEnum):
    NOT_READ = auto()
    NOT_WRITTEN = auto()
    NOT_REMOVED = auto()
    MISSING = auto()
    TOO_MANY_FILES = auto()
    NOTHING_TO_READ = auto()
    NOT_OF_THE_STORE = auto()


class OfPath(Record, frozen=True):
    """What is wrong with a file or a folder. `reason` is that of the operating system, or of who decodes it."""

    fault: PathFault
    path: str
    reason: str = ""
    most: int = 0  # files
    endings: tuple[str, ...] = ()  # of what is read


def refused_path(fault: PathFault, path: Path, error: OSError) -> RefusedError:
    """The refusal of the operating system."""
    return RefusedError(OfPath(fault, printable(path), reason_of(error)))


class NobodyReads(Record, frozen=True):
    file: str
    endings: tuple[str, ...]


class NotUtf8(Record, frozen=True):
    file: str
    position: int  # of the byte


class CalledInside(Record, frozen=True):
    file: str
    name: str


class NotAsItsFile(Record, frozen=True):
    name: str  # that the file of the thing has


# where things are from


class ImportedFrom(Record, frozen=True):
    file: str
    day: str


class MadeOfResults(Record, frozen=True):
    count: int
    day: str


class Visit(StrEnum):
    """Why something is here that is not kept."""

    WITH_DOCUMENT = auto()
    ASKED_ABOUT = auto()


# names of things


class NameFault(StrEnum):
    OF_SEVERAL = auto()
    OF_NOTHING = auto()
    NO_NAME = auto()
    TOO_LARGE = auto()


class OfName(Record, frozen=True):
    fault: NameFault
    name: str
    choice: str = ""  # what can be written
    limit: int = 0  # bytes


class NothingKept(StrEnum):
    YET = auto()


class Double(StrEnum):
    """Where two things have one name."""

    CHIP_OF_DOCUMENT = auto()
    PROFILE_OF_DOCUMENT = auto()
    TO_BE_REPLACED = auto()


class Another(Record, frozen=True):
    where: Double
    name: str


# what is asked


class Rows(StrEnum):
    RESULTS = auto()
    PRICES = auto()


class OthersWanted(Record, frozen=True):
    """Whether the rows that can be read are wanted, where so many of all cannot, the first for this reason."""

    of: Rows
    place: Said
    reason: Said
    count: int
    all: int


class Mistake(StrEnum):
    """What a figure is usually mistaken for."""

    SPARSE = auto()
    SPARSE_8_BIT = auto()
    BINARY = auto()
    BOTH_DIRECTIONS = auto()
    BITS = auto()


class Doubt(Record, frozen=True):
    """A figure as it is written beside that of a chip's kin in a base unit, whose it is, and what it may be."""

    name: str
    value: str
    kin: float
    unit: str
    whose: str
    question: Mistake
