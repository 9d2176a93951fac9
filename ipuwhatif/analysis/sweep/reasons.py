"""Why a sweep is refused: each kind of reason with what it is of, nothing of it in words.

Names are as a plan writes them; what was written is held as it stands.
"""

from enum import StrEnum

from ipuwhatif.catalog.notes import Name
from ipuwhatif.model.reasons import Reason
from ipuwhatif.records import Record
from ipuwhatif.units import Said

# what a plan says


class AxisFault(Record, frozen=True):
    """What is wrong with an axis."""

    axis: str
    fault: Said


class KeyFault(Record, frozen=True):
    """What is wrong with a key of the plan."""

    key: str
    fault: Said


class UnknownAxis(Record, frozen=True):
    """An axis that there is not, and the nearest that there is."""

    axis: str
    nearest: str | None


class NeedsAxis(Record, frozen=True):
    """An axis that every sweep has."""

    axis: str


class PlanFault(StrEnum):
    """What is wrong with the values of an axis or a list, without a figure in it."""

    EMPTY = "empty"
    STEP_OR_COUNT = "step or count"  # both, or none of them
    SCALE = "scale"
    STEP = "step"  # not above 0
    COUNT = "count"  # no whole number from 2 on


class TooManyValues(Record, frozen=True):
    """More values than an axis may have."""

    count: float
    most: int


class EndsBelow(Record, frozen=True):
    """A range that ends below its beginning."""

    low: float
    high: float


class NotFinite(Record, frozen=True):
    """A part of a range that is no finite number."""

    key: str


class Wanted(StrEnum):
    """What a value has to be."""

    NUMBER = "number"
    CHIPS = "chips"
    TEXT = "text"


class NoSuchKind(Record, frozen=True):
    """A value that is not what it has to be."""

    value: object
    wanted: Wanted


class NeedsChips(Record, frozen=True):
    """A family of systems without an axis of chips, and how one of a size is written."""

    system: str
    example: str


class NoneOfTheSizes(Record, frozen=True):
    """Chip counts of which a system has none; the fewest and the most that it has."""

    system: str
    low: int
    high: int
    chip_word: str


class BrokenToml(Record, frozen=True):
    """Why a file is no TOML, as its reader says."""

    reason: str


class NeedsTarget(Record, frozen=True):
    """A quantity that is told of a target, and the plan states none."""

    quantity: str


class KnownAtTheEnd(Record, frozen=True):
    """A quantity that nothing can be filtered by: it is told of all plans together."""

    quantity: str


class TooManyPlans(Record, frozen=True):
    """More plans than are counted; `in_memory`: than fit there."""

    count: int
    most: int
    in_memory: bool = False


class TwoCurrencies(Record, frozen=True):
    """Prices that are not in one currency."""

    first: str
    second: str


class PriceOfOneSystem(Record, frozen=True):
    """A price of a system that has several sizes in the plan."""

    axis: str
    price: str
    system: str


# what no answer has


class NoRecipe(Reason, frozen=True):
    """A recipe that the workload does not have."""

    workload: Name
    recipe: str | float


class NoAmount(Reason, frozen=True):
    """An amount of work that is stated for a job that trains to its target."""

    workload: Name


class NoSuchBits(Reason, frozen=True):
    """Bits that no product runs in."""

    bits: int


class NoSoftware(Reason, frozen=True):
    """Software that was not published for the workload."""

    workload: Name
    stack: str


class LaterSoftware(Reason, frozen=True):
    """Software that is later than the release asked about."""

    key: str
    date: str
    release: str


#: Every reason for which a plan is left out.
LEFT_OUT = tuple(Reason.__subclasses__())


# files and workers


class SweepEnding(Record, frozen=True):
    """A name that no sweep is written to, and the endings of those that one is."""

    path: str
    endings: tuple[str, ...]


class NoFolder(Record, frozen=True):
    """The folder in which a sweep would be written is not there."""

    folder: str


class AnotherSweep(Record, frozen=True):
    """Something else lies where a sweep would be written."""

    folder: str


class Unwritable(Record, frozen=True):
    """Why the operating system does not let a file be written."""

    path: str
    reason: str


class Needs(StrEnum):
    """What has to be installed or brought in first, or is short."""

    PYARROW = "pyarrow"
    DASK = "dask"
    SAME_EVIDENCE = "same evidence"  # a worker has other evidence
    MEMORY = "memory"  # processes of this machine end again and again
    MEMORY_OF_WORKERS = "memory of workers"


class OtherProfile(Record, frozen=True):
    """A worker has another profile of the name, or none."""

    profile: str


class SchedulerFault(StrEnum):
    """What is wrong with a scheduler."""

    NO_ADDRESS = "no address"
    NOT_DASK = "not Dask"  # something else answers
    LOST = "lost"
    NO_WORKER = "no worker"


class Scheduler(Record, frozen=True):
    """A scheduler that no work can be given to."""

    address: str
    fault: SchedulerFault


class Silent(Record, frozen=True):
    """A scheduler that does not answer within so many seconds."""

    address: str
    seconds: int
