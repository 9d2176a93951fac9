"""Why nothing is projected, or not from what was measured: each kind of reason with its numbers."""

from enum import StrEnum

from ipuwhatif.records import Record
from ipuwhatif.units import Said


class Question(StrEnum):
    """What is wrong with a question, whatever its numbers."""

    NO_SYSTEM = "no system"  # none is ticked


class NoneRuns(Record, frozen=True):
    """No system of a question can run the job: the reason of each, each once."""

    reasons: tuple[Said, ...]


class EachLacks(Record, frozen=True):
    """No system of a question can be told of: the reason of each, each once, all of them told."""

    reasons: tuple[Said, ...]


class NoCurve(Record, frozen=True):
    """No system of a comparison runs with so many chips; why the first does not, where that is known."""

    low: int
    high: int
    reason: Said


class NoProfile(Record, frozen=True):
    """A profile that is not there, and the nearest that is; None where there is none at all."""

    profile: str
    nearest: str | None


class TooFar(Record, frozen=True):
    """A measurement that lies too many times above or below its projection to project from."""

    system: str
    factor: float
    slower: bool
    most: float
