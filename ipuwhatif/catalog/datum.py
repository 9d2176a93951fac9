"""A figure and where it comes from: no number without a unit and an origin."""

from ipuwhatif.records import Record
from ipuwhatif.units import Said

READ, DERIVED, RECALLED = "read", "derived", "recalled"
ORIGIN_KINDS = (READ, DERIVED, RECALLED)


class Origin(Record, frozen=True):
    """Where a figure comes from. What is not known is `None` and is shown as such."""

    producer: str
    title: str
    locator: str | None  # a web address, or a path inside a named repository
    published: str | None  # ISO date, or as much of one as is known: "2021-12"
    read: str | None  # ISO date on which the source was read
    kind: str  # one of ORIGIN_KINDS
    note: Said = ""


class Datum(Record, frozen=True):
    """One figure with its unit (SI, see `units.UNITS`) and origin; `alternatives` conflict with it and rank lower."""

    key: str  # "gc200.peak_flops"
    value: float
    unit: str
    origin: Origin
    verbatim: str = ""
    alternatives: tuple["Datum", ...] = ()


class HardwareFigure(Record, frozen=True):
    """One row of the hardware table, as printed; `datum` is None where the source prints no single number."""

    entity: str  # "IPU-M2000"
    attribute: str  # "gw_links"
    text: str  # the value as printed
    unit: str  # as printed; empty where the source has none
    datum: Datum | None
    origin: Origin
