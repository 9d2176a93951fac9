"""Why a question has no answer, and what is said beside one: as data, worded in `figures/refusals/comparisons.py`."""

from enum import StrEnum

from ipuwhatif.catalog.notes import Name
from ipuwhatif.records import Record
from ipuwhatif.units import Said


class TwoWorkloads(Record, frozen=True):
    """Two scenarios, by letter, of two jobs."""

    first: str
    second: str


class TimedAsAWhole(Record, frozen=True):
    """A job, by name, that the model times as a whole, not op by op."""

    workload: Name


class ChipsOutOfOrder(Record, frozen=True):
    """A range of chips whose ends are none."""

    low: int
    high: int


class ScalingNote(StrEnum):
    """What is said beside every curve."""

    SEARCHED_ANEW = "searched anew"  # the layout, at each chip count


class OfCurve(Record, frozen=True):
    """A note on one curve, by its name."""

    name: str
    note: Said


class UnknownScope(Record, frozen=True):
    """A word that is no kind of evidence, and those that are."""

    scope: str
    nearest: str | None
    scopes: tuple[str, ...]


class ResultPart(StrEnum):
    """By what official results are asked for."""

    ROUND = "round"
    BENCHMARK = "benchmark"
    SUBMITTER = "submitter"
    CHIP = "chip"
    DIVISION = "division"


class NoResultWith(Record, frozen=True):
    """No official result has this word in that part, and the nearest that is there."""

    part: ResultPart
    word: str
    nearest: str


class NoChipsBetween(Record, frozen=True):
    """No number of chips lies between these."""

    low: int
    high: int


class NotHeld(StrEnum):
    """Why a result of the user's own is held against no projection."""

    NO_MODEL = "no model"  # of the benchmark
    NO_SYSTEM = "no system"  # in the catalog
    NO_AMOUNT = "no amount"  # of work: the time depends on it


class NoneImported(Record, frozen=True):
    """No result of the user's own is of this job, by name, on one of the systems."""

    workload: Name


class NotRelative(Record, frozen=True):
    """A job that is projected, by name, and the keys of those that are known by a stated ratio only."""

    known: tuple[str, ...]
    name: Name


class UnknownStatement(Record, frozen=True):
    """A key that no statement about a job has, and the nearest that one has."""

    key: str
    name: Name
    nearest: str | None


class RatioOf(Record, frozen=True):
    """Whom a stated ratio is of; which systems were meant was not said."""

    subject: Said


class RelativeNote(StrEnum):
    """What is said of every stated ratio."""

    NOTHING_TO_PROJECT = "nothing to project"
