"""Verdicts, notes and refusals of the article check: as data, worded in `figures/article/phrases.py`."""

from enum import StrEnum

from ipuwhatif.records import Record
from ipuwhatif.units import Said


class Judgement(StrEnum):
    """What the evidence says to a statement."""

    CONFIRMED = "confirmed"
    CONDITIONAL = "confirmed with a condition"
    NOT_SUPPORTED = "not supported"
    UNCHECKABLE = "cannot be checked"


class ClaimNote(StrEnum):
    """Whose figures a verdict rests on."""

    PUBLISHED = "published"
    OWN_ARITHMETIC = "own arithmetic"  # every figure is the statement's own
    PROJECTED = "projected"


class RecipeFault(StrEnum):
    """What is wrong with how a statement is computed."""

    NO_CASE = "no case"
    NO_PROJECTION = "no projection"  # of a statement about the future


class NoSuchStatement(Record, frozen=True):
    """An expression for a statement that is not there, or not computed."""

    nearest: str | None


class NoExpressionFor(Record, frozen=True):
    """A statement that is to be computed, and how is not said."""

    key: str


class InStatement(Record, frozen=True):
    """What is wrong with one statement."""

    key: str
    reason: Said


class OtherMeasure(Record, frozen=True):
    """The unit of a statement is none of what its expression measures."""

    key: str  # of the statement, here and below
    unit: str
    measure: str


class OtherRange(Record, frozen=True):
    """A range that is stated and not what the evidence gives."""

    key: str
    stated: str


class UnknownTolerance(Record, frozen=True):
    """A tolerance that is not understood."""

    key: str
    text: str


class NoExpression(Record, frozen=True):
    """None of the ways to compute something: these are."""

    ways: tuple[str, ...]


class UnknownWord(Record, frozen=True):
    """A word of an expression that is none of those known, and the nearest that is."""

    name: str  # of the key that holds it
    word: str
    nearest: str | None


class JoinsMeasures(Record, frozen=True):
    """An operation on two measures, such as a time and a ratio."""

    operation: str
    first: str
    second: str


class JoinsKinds(Record, frozen=True):
    """An operation on figures of several kinds, such as an official and a projected one."""

    operation: str
    kinds: tuple[str, ...]


class OfNothing(Record, frozen=True):
    """A quotient or share of a figure that is 0."""

    operation: str


class NotLogged(Record, frozen=True):
    """A figure that the log of an entry does not hold."""

    key: str
    figure: str


class NotOne(Record, frozen=True):
    """None or several published results where there must be one."""

    count: int
    what: tuple[str, ...]


class UnknownSystem(Record, frozen=True):
    """No system family has this key."""

    key: str
    nearest: str | None


class RunsOnNone(Record, frozen=True):
    """A workload that fits on no size of a system."""

    workload: str
    system: str
