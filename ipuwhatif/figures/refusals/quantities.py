"""Why a quantity or a number is not taken, in words."""

from ipuwhatif.figures.phrase import phrase
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_quantity, told
from ipuwhatif.units.measures import OFFERED
from ipuwhatif.units.reasons import Bound, Offer, OfQuantity, QuantityFault

phrase(
    OfQuantity,
    {
        QuantityFault.UNKNOWN_UNIT: marked("unit {text} is unknown; nearest: {near}"),
        QuantityFault.OTHER_BASE: marked("unit {text} does not measure {other}; write {near}"),
        QuantityFault.NO_UNIT: marked("{text} has no unit; write {near}"),
        QuantityFault.OTHER_UNIT: marked("{text} has unit {unit}; write {near}"),
        QuantityFault.NO_QUANTITY: marked("{text} is not a number with a unit; write for example {near}"),
        QuantityFault.TOO_LONG: marked("{text} is too long; write at most {most} letters"),
        QuantityFault.INFINITE: marked("{text} is too large; write a finite number"),
        QuantityFault.INFINITE_IN_BASE: marked("{text} {other} is not a finite number"),
        QuantityFault.NOT_ABOVE_0: marked("{text} is not above 0"),
        QuantityFault.BELOW: marked("{text} is below the smallest valid value, {near}"),
        QuantityFault.ABOVE: marked("{text} is above the largest valid value, {near}"),
        QuantityFault.POINTS_FOR_GROUPS: marked("{text}: a comma groups thousands; write {near}"),
        QuantityFault.POINT_OR_GROUP: marked("{text} may mean {other} or {near}; write the one that is meant"),
        QuantityFault.DECIMAL_COMMA: marked(
            "{text}: a comma groups thousands, as in 1,024; write a decimal point, as in {near}"
        ),
    },
    "text",
    "unit",
    counts=("most",),
)


@told.register
def _(said: Offer) -> str:
    *others, last = map(tr, OFFERED.get(said.base, (said.base,)))
    return tr("{first} or {last}", first=", ".join(others), last=last) if others else last


@told.register
def _(said: Bound) -> str:
    return format_quantity(said.value, said.unit)
