"""What an edit does and what two scenarios differ in, as values; worded in `figures/scenarios/changes.py`."""

from enum import StrEnum, auto

from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.units import Said


class ChangeKind(StrEnum):
    """A kind of change, with what it is told of in brackets."""

    WORKLOAD = auto()  # (its name)
    AMOUNT = auto()  # (the amount)
    DEFAULT_AMOUNT = auto()
    SIZES = auto()  # (what they are of, the sizes)
    DEFAULT_SIZES = auto()  # (what they are of)
    SOFTWARE = auto()  # (its name)
    SOFTWARE_BY_RELEASE = auto()
    TIME_TODAY = auto()  # (the time)
    TIME_TODAY_BACK = auto()
    NO_TIME_TODAY = auto()
    STATEMENT = auto()  # (its subject)
    FIRST_STATEMENT = auto()
    RECIPE = auto()  # (its name)
    OTHER_RECIPE = auto()  # (the new one, the old one)
    RELEASE = auto()  # (the release)
    OTHER_RELEASE = auto()  # (the new one, the old one)
    LAYOUT = auto()  # (the policy)
    # systems, and how they are compared
    REFERENCE = auto()  # (its name)
    NO_REFERENCE = auto()
    SUBJECT = auto()  # (its name)
    ADD = auto()  # (the name of a system)
    REMOVE = auto()  # (the name of a system)
    ADDS = auto()  # (the name of a system)
    WITHOUT = auto()  # (the name of a system)
    UP = auto()  # (the name of a system)
    DOWN = auto()  # (the name of a system)
    ANOTHER_ORDER = auto()
    COMPARE = auto()  # (the basis)
    IN_PLACE_OF = auto()  # (the new one, the old one)
    # headlines and what is sought
    HEADLINE = auto()
    HEADLINE_BACK = auto()
    OWN_HEADLINE = auto()  # (its text)
    HEADLINE_BY_RULE = auto()
    SPEAKS_OF = auto()  # (the name of a system)
    SPEAKS_OF_FIRST = auto()
    OFFICIAL_SHOWN = auto()
    OFFICIAL_HIDDEN = auto()
    SHOWS_OFFICIAL = auto()
    HIDES_OFFICIAL = auto()
    TARGET = auto()  # (the time)
    TARGET_BACK = auto()
    SEEKS = auto()  # (the time)
    SEEKS_NOTHING = auto()
    START = auto()  # (the day)
    START_BACK = auto()
    STARTS = auto()  # (the day)
    STARTS_NEVER = auto()
    LOGARITHMIC = auto()
    LINEAR = auto()
    # what is the user's own
    PRICE = auto()  # (the name of a system, the price)
    PRICE_BACK = auto()  # (the name of a system)
    PRICED = auto()  # (the name of a system, the price)
    NO_PRICE = auto()  # (the name of a system)
    SAME_ORIGIN = auto()
    PROFILE = auto()  # (its name)
    PROFILE_BACK = auto()
    FOLLOWS = auto()  # (the name of a profile)
    FOLLOWS_NONE = auto()
    MEASURED = auto()  # (the name of a system)
    MEASURED_BACK = auto()  # (the name of a system)
    MEASURED_AS = auto()  # (the name of a system, the measurement)
    NOTHING_MEASURED = auto()  # (the name of a system)
    FOLLOWS_MEASURED = auto()  # (the name of a system)
    LEAVES_MEASURED = auto()  # (the name of a system)
    RESULTS_MARKED = auto()
    # of the document
    ADD_SCENARIO = auto()  # (what it is called)
    DUPLICATE_SCENARIO = auto()  # (what it is called)
    REMOVE_SCENARIO = auto()  # (what it is called)
    RENAME_SCENARIO = auto()  # (its letter)
    LEVERS_BACK = auto()
    # what projections follow
    YOUR_PROFILE = auto()  # (its name)
    YOUR_MEASUREMENT = auto()  # (the name of a system)


class Changed(Record, frozen=True):
    """A change, and what it is about."""

    change: ChangeKind
    first: Said = ""
    second: Said = ""


class SetToDefault(Record, frozen=True):
    """A lever that is written out at its default."""

    whose: Said
    lever: Lever


class SpreadOver(Record, frozen=True):
    """A lever set for whatever is bought; None: taken back."""

    lever: Lever
    value: float | None


class ForScope(Record, frozen=True):
    """Whom a setting is for: all systems, every one of a family, or one alone."""

    family: str  # empty: one system; EVERY: all
    name: Said = ""  # of the one


class LeverFor(Record, frozen=True):
    """A lever that is set for somebody else; empty: for whom it was."""

    lever: Lever
    whom: ForScope | None = None


class SeveralChanges(Record, frozen=True):
    """Several changes in one step."""

    changes: tuple[Said, ...]
