"""Why a target cannot be met, and how it was sought: each kind with its numbers, nothing of it in words.

Times are in seconds. `parts` are the largest parts of a time, the keys of `Projection.breakdown_s` with their seconds.
"""

from enum import StrEnum

from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import Lever

Parts = tuple[tuple[str, float], ...]

# what is asked


class Target(StrEnum):
    """What is wrong with a target, whatever its numbers."""

    NO_TIME = "no time"


class NothingToMove(Record, frozen=True):
    """Nothing that is called so can be moved; the nearest that can."""

    name: str
    nearest: str | None


class NotSoughtOver(Record, frozen=True):
    """A lever over which no target is sought, by its name."""

    lever: str


# how it was sought


class HowSought(StrEnum):
    """How an answer was found, whatever its numbers."""

    SEARCHED_ANEW = "searched anew"  # the layout, at each chip count
    CHEAPEST = "cheapest"
    ALONG_THE_SAME = "along the same"  # the ends of the interval are met along the same combination
    NOTHING_MOVES = "nothing moves"  # and where the high end needs more, all move alike


class Tried(Record, frozen=True):
    """The chip counts that were tried: those of whole machines."""

    machine: int
    chip_word: str


class FitsFrom(Record, frozen=True):
    """The fewest chips that hold the job."""

    chips: int
    chip_word: str


# why it cannot be met


class Share(Record, frozen=True):
    """The largest parts of a time, and the whole of it."""

    parts: Parts
    total: float


class NoMore(Record, frozen=True):
    """A system that has no more chips than that."""

    system: str


class RestIdle(Record, frozen=True):
    """More chips would stay idle: no run shows that the batch in the micro-batches that fill them works."""

    chip_word: str
    about: int  # the chips beyond which that is so
    batch: int
    micro_batch: int
    chips: int


class BatchNeedsMore(Record, frozen=True):
    """The batch that fills more chips needs more epochs or samples than it saves."""

    chip_word: str
    about: int
    counted_in: str  # "epochs", or the word for a sample
    before: float
    after: float
    batch: int
    chips: int


class MoreIsAdded(Record, frozen=True):
    """More is added to the time than shorter work on a chip saves; what, by the largest.

    A part is None for the samples that a larger batch needs.
    """

    chip_word: str
    about: int
    chips: int
    causes: tuple[tuple[str | None, float], ...]
    counted_in: str


class LeastOverChips(Record, frozen=True):
    """The least time over chips, and why more of them do not help."""

    share: Share
    chip_word: str
    chips: int
    why: NoMore | RestIdle | BatchNeedsMore | MoreIsAdded


class ChangesNothing(Record, frozen=True):
    """A lever that changes nothing of a time."""

    time: float


class StillLess(Record, frozen=True):
    """At the slowest value of a lever it takes less than the target; `end`: that is an end of its range."""

    lever: Lever
    value: float
    end: bool
    time: float


class UntouchedAlone(Record, frozen=True):
    """What a lever does not touch takes longer than the target."""

    rest: float


class BeyondRange(Record, frozen=True):
    """The target lies beyond the range of a lever."""

    lever: Lever


class StillMore(Record, frozen=True):
    """At the fastest value of a lever it takes more than the target; at an end of its range, why."""

    lever: Lever
    value: float
    share: Share
    why: UntouchedAlone | BeyondRange | None = None


class TwiceTheBatch(Record, frozen=True):
    """The time at twice a batch, and the epochs or samples that it needs in place of others, where that is known."""

    time: float
    counted_in: str = ""
    before: float = 0.0
    after: float = 0.0


class LeastOverBatch(Record, frozen=True):
    """The least time over global batches, that at half the batch where it is longer, and that at twice of it."""

    share: Share
    batch: int
    half: float | None
    twice: TwiceTheBatch | None


class AllGains(Record, frozen=True):
    """The time with every gain at the end of its range."""

    share: Share
