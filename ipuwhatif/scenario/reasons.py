"""Why what is typed is not taken, as values: what was written and what would be read. `figures/refusals/` words it."""

from enum import StrEnum

from ipuwhatif.catalog.notes import Name
from ipuwhatif.model.reasons import Reason
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.units import Said

# any figure


class TellsExamples(Record, frozen=True):
    """What is refused with examples of what would be read."""

    text: str
    examples: Said


class NotUnderstood(TellsExamples, frozen=True):
    """A figure that is none."""


class MisspeltWord(TellsExamples, frozen=True):
    """A figure with a word that is spelled much like a known one."""

    word: str
    near: str


class NotAboveNothing(Record, frozen=True):
    text: str


class NotFromTo(Record, frozen=True):
    """A figure that nothing has."""

    text: str
    least: float
    most: float
    unit: str


# times and days


class Examples(StrEnum):
    TIMES = "times"


class NoTime(TellsExamples, frozen=True):
    """A text that is no time."""


class NoUnitOfTime(TellsExamples, frozen=True):
    """A number with a word that is no unit of time."""

    unit: str


class UnknownUnitOfTime(Record, frozen=True):
    """A number with a word that is spelled much like a unit of time."""

    text: str
    unit: str
    near: str


class NoClock(Record, frozen=True):
    text: str


class TimeBeyond(Record, frozen=True):
    """A time that no job takes."""

    too_short: bool


class NoDay(Record, frozen=True):
    text: str


class NoDeadline(Record, frozen=True):  # where a day would do as well
    reason: Said
    day: str


class NoStart(Record, frozen=True):
    """A day to be ready by, where none is stated on which the run begins."""

    day: str


class BeforeStart(Record, frozen=True):
    day: str
    start: str


# how much work a job does


class NoAmountTyped(Record, frozen=True):
    text: str
    example: Said


class LessThanOne(Record, frozen=True):
    """Less work than one sample."""

    text: str
    samples: str  # the word for several of them
    example: Said


class AmountBeyond(Record, frozen=True):
    """Work that is not above 0, or too much."""

    text: str
    too_much: bool
    bound: Said


class CountedOtherwise(Record, frozen=True):
    """Work in a unit that the job is not counted in."""

    text: str
    name: Name
    units: tuple[str, ...]
    example: Said


class NoAmountToState(Record, frozen=True):
    name: Name  # of the job


class NotCountedIn(Record, frozen=True):
    name: Name
    measure: str
    near: str


# sizes of a network


class SizeMissing(Record, frozen=True):
    """Two commas without a size between them."""

    text: str
    example: str


class NoSize(Record, frozen=True):
    word: str
    size: int  # that would be read


class NoSizes(Record, frozen=True):
    example: str


# what was measured


class MeasurementExamples(Record, frozen=True):
    """A time and a throughput."""

    word: str  # for several samples


class ForExample(Record, frozen=True):
    """What is refused, with examples behind it."""

    fault: Said
    examples: Said


# levers


class LeverValue(Record, frozen=True):
    """A value of a lever with its unit."""

    lever: Lever
    value: float


class AtLever(Record, frozen=True):
    """What is refused of a value, with the lever and its range behind it."""

    fault: Said
    lever: Lever


class NoWholeNumber(Record, frozen=True):
    text: str
    nearest: LeverValue


class OutsideRange(Record, frozen=True):
    text: str
    nearest: LeverValue


class NoNumber(Record, frozen=True):
    text: str
    example: Said


class OfOneChip(Record, frozen=True):
    """Power of one chip for systems of several sizes."""

    text: str


class NoSetting(Record, frozen=True):
    text: str
    example: str


class UnknownLever(Record, frozen=True):
    name: str
    known: str
    lever: Lever  # the known one


class NobodyOfThatName(Record, frozen=True):
    """A lever of a family or a system that is not there."""

    scope: str
    known: str
    lever: Lever


# headlines, names and profiles


class HeadlineFault(StrEnum):
    EMPTY = "empty"
    SEVERAL_LINES = "several lines"


class HeadlineTooLong(Record, frozen=True):
    most: int
    count: int


class NoProfileName(Record, frozen=True):
    name: str


class ProfileTooLarge(Record, frozen=True):
    name: str
    limit: int  # bytes


class NoProfileText(Record, frozen=True):
    file: str
    reason: str


class TooFewOrManyRuns(Record, frozen=True):
    most: int


class ProfileFault(StrEnum):
    HEAD = "head"
    TIME_OR_RATE = "time or rate"


class NothingLearnt(StrEnum):
    """Why nothing is learnt from a job."""

    RATIO_ONLY = "ratio only"
    NO_TIME_OF_ITS_OWN = "no time of its own"


# a scenario that is not projected


class RatioOnly(Reason, frozen=True):
    """A job that is known by a stated ratio only, by its key."""

    workload: str


class NoProductsOfBits(Reason, frozen=True):
    bits: int


class TooManySystems(Reason, frozen=True):
    """More systems than a chart has room for."""

    most: int
