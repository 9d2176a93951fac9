"""What was typed as numbers: groups of thousands, wide letters, a unit, and what may mean two things."""

import math
import re

from ipuwhatif.records import Record
from ipuwhatif.units.faults import RefusedError
from ipuwhatif.units.measures import OFFERED, find_unit
from ipuwhatif.units.printing import format_number
from ipuwhatif.units.reasons import Bound, Offer, OfQuantity, QuantityFault

_BARE = ("1", "samples", "chips")  # a number alone is clear for these
LONGEST_TEXT = 200  # letters of a typed figure or name; what is longer is refused before anything reads it
# Thousands are grouped by a comma or by a space (plain, no-break or narrow), in threes.
_SPACES = " \u00a0\u2009\u202f"
_GROUPED = rf"[1-9]\d{{0,2}}(?:(?:,\d{{3}})+|(?:[{_SPACES}]\d{{3}})+)(?!\d)"
# Programs group by a low line, India by twos before the last three: "12_000", "8,50,000".
_ALSO_GROUPED = r"[1-9]\d{0,2}(?:_\d{3})+(?!\d)|[1-9]\d?(?:,\d{2})+,\d{3}(?!\d)"
_WHOLE = re.compile(rf"{_GROUPED}|\d+", re.ASCII)
_NUMBER = re.compile(rf"[+-]?(?:{_GROUPED}|{_ALSO_GROUPED}|\d+)?(?:\.\d*)?(?:[eE][+-]?\d+)?", re.ASCII)
_MARKED = re.compile(rf"[+-]?[\d.,{_SPACES}]*", re.ASCII)
_UNGROUPED = str.maketrans("", "", f",_{_SPACES}")
# A point before three digits groups thousands in half of Europe, and is a decimal point in the other half of the world.
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
#: Letters, digits and signs as wide as a Chinese one, and the wide blank: "２，０４８", "１．５", "￥".
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict(
    zip(map(ord, "\u3000￥￡￦"), map(ord, " ¥£₩"), strict=True)
)


def half_width(text: str) -> str:
    """What was typed, with letters and digits of full width as plain ones."""
    return text.translate(_HALF_WIDTH)


def typed(text: str, longest: int = LONGEST_TEXT) -> str:
    """What was typed, without the blanks around it and with letters and digits of full width as plain ones.

    InputError for more than `longest` letters: nothing that is asked for is as long, and no reader goes through it.
    """
    if len(text) > longest:
        raise RefusedError(OfQuantity(QuantityFault.TOO_LONG, text, most=longest))
    return half_width(text).strip()


def whole_number(text: str) -> int | None:
    """A typed whole number from 0 on, "1024", "1,024" or "1 024"; None for anything else.

    InputError for one that may be a thousand times as much, "1.024".
    """
    if len(text) > LONGEST_TEXT:
        return None
    stripped = half_width(text).strip()
    refuse_either(stripped)
    digits = stripped.translate(_UNGROUPED)
    return int(digits) if _WHOLE.fullmatch(stripped) and len(digits) <= 15 else None


def refuse_either(number: str) -> None:
    """InputError for a number that some read as thousands and some as a decimal fraction: "1.024"."""
    if not _EITHER.fullmatch(number):
        return
    grouped = number.replace(".", ",")
    if number.count(".") > 1:
        raise RefusedError(OfQuantity(QuantityFault.POINTS_FOR_GROUPS, number, near=grouped))
    decimal = format_number(float(number))
    raise RefusedError(OfQuantity(QuantityFault.POINT_OR_GROUP, number, near=grouped, other=decimal))


def unmistakable(number: str) -> str:
    """A printed number that `refuse_either` lets pass: "1.024" gets a fourth decimal."""
    return f"{number}0" if _EITHER.fullmatch(number) else number


def nearest_whole(text: str, low: int, high: int) -> int | None:
    """The whole number from `low` to `high` that is nearest to a typed number; None where no number was typed."""
    whole = whole_number(text)
    try:
        # "2,5" is what half of the world writes for 2.5
        number = float(text.replace(",", ".")) if whole is None else float(whole)
    except ValueError:
        return None
    return None if math.isnan(number) else round(min(max(number, low), high))


class Number(Record, frozen=True):
    """The number that a typed text begins with: its value, its digits as written, and what follows them."""

    value: float
    digits: str
    rest: str


def split_number(text: str) -> Number | None:
    """The number at the start of a text that `typed` gave, None where there is none. InputError for a decimal comma."""
    match = _NUMBER.match(text)
    digits = match.group() if match else ""
    if not any(letter.isdigit() for letter in digits.casefold().partition("e")[0]):
        return None
    rest = text[len(digits) :].strip()
    if rest[:1] == "," or (rest[:1].isascii() and rest[:1].isdigit()):
        raise RefusedError(OfQuantity(QuantityFault.DECIMAL_COMMA, text, near=_with_point(text)))
    return Number(float(digits.translate(_UNGROUPED)), digits, rest)


def _with_point(text: str) -> str:
    """A number with a decimal comma, "1.704,5", as it is read: "1704.5"; an example where it is none."""
    marked_number = _MARKED.match(text)
    whole, comma, part = (marked_number.group() if marked_number else "").strip().rpartition(",")
    digits = "".join(letter for letter in whole if letter.isdigit())
    return f"{digits}.{part}" if digits and comma and part.isdigit() else "2.5"


def parse_quantity(
    text: str, unit: str, *, minimum: float | None = None, maximum: float | None = None, positive: bool = False
) -> float:
    """A typed quantity such as "70.5 h", in the base unit `unit` ("s").

    `minimum` and `maximum` (in the base unit) bound it, both included; `positive` refuses 0 and less.
    Raises InputError for what is no number, not finite, of another kind of unit or out of bounds.
    """
    number = split_number(typed(text))
    if number is None:
        example = f"1.5 {OFFERED.get(unit, (unit,))[0]}"
        raise RefusedError(OfQuantity(QuantityFault.NO_QUANTITY, text, near=example))
    if not number.rest and unit not in _BARE:
        raise RefusedError(OfQuantity(QuantityFault.NO_UNIT, text, near=Offer(unit)))
    factor = find_unit(number.rest, unit, text).factor if number.rest else 1.0
    value = number.value * factor
    if not math.isfinite(value):
        raise RefusedError(OfQuantity(QuantityFault.INFINITE, text))
    if positive and value <= 0:
        raise RefusedError(OfQuantity(QuantityFault.NOT_ABOVE_0, text))
    if minimum is not None and value < minimum:
        raise RefusedError(OfQuantity(QuantityFault.BELOW, text, near=Bound(minimum, unit)))
    if maximum is not None and value > maximum:
        raise RefusedError(OfQuantity(QuantityFault.ABOVE, text, near=Bound(maximum, unit)))
    return value
