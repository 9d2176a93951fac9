"""Why a quantity or a number is not taken, as values. Worded in `figures/refusals/quantities.py`."""

from enum import StrEnum, auto

from ipuwhatif.records import Record
from ipuwhatif.units.faults import Said


class Offer(Record, frozen=True):
    """The units that can be written for a base unit."""

    base: str


class Bound(Record, frozen=True):
    """A value in a base unit."""

    value: float
    unit: str


class QuantityFault(StrEnum):
    UNKNOWN_UNIT = auto()
    OTHER_BASE = auto()
    NO_UNIT = auto()
    OTHER_UNIT = auto()
    NO_QUANTITY = auto()
    TOO_LONG = auto()
    INFINITE = auto()
    INFINITE_IN_BASE = auto()
    NOT_ABOVE_0 = auto()
    BELOW = auto()
    ABOVE = auto()
    POINTS_FOR_GROUPS = auto()
    POINT_OR_GROUP = auto()
    DECIMAL_COMMA = auto()


class OfQuantity(Record, frozen=True):
    """What is wrong with a number or a unit, and what can be written: `near` as it stands there."""

    fault: QuantityFault
    text: str
    unit: str = ""
    near: Said = ""
    other: str = ""
    most: int = 0  # letters
