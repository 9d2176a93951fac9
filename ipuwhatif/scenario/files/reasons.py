"""Why a file of scenarios, or one of its fields, is not taken, as values. Worded in `figures/refusals/documents.py`."""

from enum import StrEnum, auto

from ipuwhatif.records import Record
from ipuwhatif.scenario.reasons import LeverValue
from ipuwhatif.units import Said


class FilePlace(StrEnum):
    """Where in a file something is, beside its keys."""

    SCENARIO = auto()


NULL = "null"  # what a file says where nothing is stated


# the document


class DocumentFault(StrEnum):
    ONE_SCENARIO_AT_LEAST = auto()
    OWN_TOO_LARGE = auto()
    INTERVAL = auto()
    HASH = auto()
    STORY_WITHOUT_STEPS = auto()


class DocumentFull(Record, frozen=True):
    most: int


class NoTitle(Record, frozen=True):
    title: str
    most: int


class KeptTimeBeyond(Record, frozen=True):
    most: str  # [s]


# the file


class NoFile(Record, frozen=True):
    path: str


class ReadOnly(Record, frozen=True):
    path: str


class FileAdvice(StrEnum):
    """What to do where a file cannot be read or written."""

    FIND_IT = auto()
    ASK_ITS_OWNER = auto()
    FREE_SPACE = auto()
    OWN_FOLDER = auto()
    SHORTER_NAME = auto()
    OTHER_FOLDER = auto()


class Advised(Record, frozen=True):
    fault: Said
    advice: FileAdvice


class NoScenarioFile(Record, frozen=True):
    """A file that holds no object at all."""

    fault: Said


class NestedTooDeep(Record, frozen=True):
    most: int


class OtherFormat(Record, frozen=True):
    format: str  # that is read


class NoVersion(Record, frozen=True):
    version: int  # that is read


class NeverWritten(Record, frozen=True):
    version: int
    oldest: int


class KeyOfLaterVersion(Record, frozen=True):
    key: str
    version: int


class OfNewerVersion(Record, frozen=True):
    """A fault in a file that a newer version of the program wrote."""

    fault: Said


class ScenarioCount(Record, frozen=True):
    count: int
    most: int


class LargerThan(Record, frozen=True):
    limit: int  # bytes


class OtherKey(Record, frozen=True):
    """What is filed under a key that is not its own."""

    key: str


# its fields


class NoSubmittedLayout(Record, frozen=True):
    name: str
    best: str


class SamplesBeyond(Record, frozen=True):
    most: float


class SaysNothingOf(Record, frozen=True):
    """A value that says nothing about the workload."""

    key: str


class TooManyLevers(Record, frozen=True):
    most: int


class TooManySystemsKept(Record, frozen=True):
    most: int


class TooManySystems(Record, frozen=True):
    count: int
    most: int


class LeverOutside(Record, frozen=True):
    """A lever that is not in its range."""

    name: str
    near: LeverValue


class UnknownHere(Record, frozen=True):
    """What a newer version wrote and nobody here understands."""

    name: str


class Named(StrEnum):
    LEVER = auto()
    PAGE = auto()
    RESULT = auto()


class UnknownName(Record, frozen=True):
    """A lever, a page or a result that is not there."""

    kind: Named
    name: str
    nearest: str


class WrittenOtherwise(Record, frozen=True):
    text: str
    key: str


class SystemTwice(Record, frozen=True):
    key: str


class ReferenceElsewhere(Record, frozen=True):
    name: str
    nearest: str


class NotInItsScenario(Record, frozen=True):
    key: str  # of a system
    nearest: str


class ChangeOf(Record, frozen=True):
    """A change that is not between two results."""

    count: int
