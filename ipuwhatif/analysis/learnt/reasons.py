"""Why a result of the user's own is not learnt from: each kind of reason, nothing of it in words."""

from enum import StrEnum

from ipuwhatif.records import Record


class NotLearnt(StrEnum):
    """What stands in the way, whatever the result."""

    NO_RESULT = "no result"  # nothing of the user's is one
    NOTHING_FOLLOWED = "nothing followed"  # the scenario follows no profile and no measurement
    NO_MODEL = "no model"  # of the benchmark
    UNKNOWN_SYSTEM = "unknown system"


class UnknownResults(Record, frozen=True):
    """Results of no such name, and the names that there are."""

    name: str
    known: tuple[str, ...]
