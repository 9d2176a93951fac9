"""What is noted of a change, and why there is none: as data, worded in `figures/attribution/phrases.py`."""

from enum import StrEnum

from ipuwhatif.catalog.notes import Name
from ipuwhatif.records import Record
from ipuwhatif.units import Said


class Trait(StrEnum):
    """What two official results have to share for a comparison that needs no word of warning."""

    VERSION = "version"
    DIVISION = "division"
    CATEGORY = "category"
    CHIPS = "chips"
    SUBMITTER = "submitter"
    ACCELERATOR = "accelerator"


class NotTheSame(Record, frozen=True):
    """A trait in which two official results differ; empty where a log does not tell it."""

    trait: Trait
    first: str | int
    second: str | int


class Overlapping(Record, frozen=True):
    """The intervals of two projections share a value."""

    one_system: bool  # and so the errors of one model


class LogNote(StrEnum):
    """How far two logs tell the causes of a change apart."""

    DERIVED = "derived"
    ONE_TIME = "one time"  # training is not set apart in one of them
    OUTSIDE_IN_ONE = "outside in one"  # evaluation is not set apart
    REST_IN_ONE = "rest in one"


class Evaluations(Record, frozen=True):
    """How often each of two runs was evaluated."""

    first: float
    second: float


class ScaledScore(Record, frozen=True):
    """A score that is so many times the measured time, by a correction in its log."""

    key: str
    factor: float


class CountedPacks(Record, frozen=True):
    """A log that counts packs of so many samples."""

    key: str
    factor: float


class OnlyARatio(Record, frozen=True):
    """A job that nobody measured: its name."""

    workload: Name


class TwoJobs(Record, frozen=True):
    """Two projections of two workloads, by key."""

    first: str
    second: str


class UnknownEntry(Record, frozen=True):
    """No official result has this key."""

    key: str
    nearest: str | None


class OtherTask(Record, frozen=True):
    """An official result of no workload here, and why."""

    key: str
    why: Said


class OneEntry(Record, frozen=True):
    """Both ends are one official result."""

    key: str


class TwoBenchmarks(Record, frozen=True):
    """Two official results of two workloads, by key."""

    first: str
    second: str


class TwoTargets(Record, frozen=True):
    """Two official results of one workload with two quality targets, by key."""

    first: str
    second: str
