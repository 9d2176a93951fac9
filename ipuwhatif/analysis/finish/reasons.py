"""What keeps a run from having a finish that can be told: each kind with its numbers, nothing of it in words."""

from enum import StrEnum

from ipuwhatif.records import Record


class Lacks(StrEnum):
    """A term of the run that has to be stated, by the key of its lever."""

    CHECKPOINT_COST = "checkpoint_cost"
    RESTART_TIME = "restart_time"
    REPAIR_TIME = "repair_time"


class Hopeless(Record, frozen=True):
    """A run that fails too often to end, every so many seconds."""

    system: str
    every_s: float
