"""Quantities as people write and read them: parsing with a unit into SI, printing with the unit that fits.

Everything inside the program is in the base units of `UNITS`; only this module knows prefixes and names.
"""

import math
import re
from collections.abc import Iterable, Sequence

from ipuwhatif.records import Record
from ipuwhatif.texts import marked, tr

#: Letters of a message, letters of one text from elsewhere in it, and how many of such texts it lists.
LONGEST_FAULT, LONGEST_QUOTE, MOST_LISTED = 2_000, 60, 5


class InputError(ValueError):
    """Bad input, told in one line that names the fault and the nearest valid choice.

    The line has an end whatever it quotes: a window would take a minute to break a million letters into lines.
    """

    def __init__(self, text: str) -> None:
        head, tail = LONGEST_FAULT * 3 // 4, LONGEST_FAULT // 4
        super().__init__(text if len(text) <= LONGEST_FAULT else f"{text[:head]} … {text[-tail:]}")


class Unit(Record, frozen=True):
    """A written unit: `value in base = value as written · factor`."""

    base: str
    factor: float


_DECIMAL = {"": 1.0, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
_BINARY = {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40}


def _units() -> dict[str, Unit]:
    table = {
        "": Unit("1", 1.0),
        "1": Unit("1", 1.0),
        "×": Unit("1", 1.0),
        "x": Unit("1", 1.0),
        "%": Unit("1", 0.01),
        "ns": Unit("s", 1e-9),
        "us": Unit("s", 1e-6),
        "µs": Unit("s", 1e-6),
        "ms": Unit("s", 1e-3),
        "s": Unit("s", 1.0),
        "seconds": Unit("s", 1.0),
        "min": Unit("s", 60.0),
        "minutes": Unit("s", 60.0),
        "h": Unit("s", 3600.0),
        "hours": Unit("s", 3600.0),
        "day": Unit("s", 86400.0),
        "days": Unit("s", 86400.0),
        "week": Unit("s", 604800.0),
        "weeks": Unit("s", 604800.0),
        "毫秒": Unit("s", 1e-3),
        "秒": Unit("s", 1.0),
        "秒钟": Unit("s", 1.0),
        "分": Unit("s", 60.0),
        "分钟": Unit("s", 60.0),
        "时": Unit("s", 3600.0),
        "小时": Unit("s", 3600.0),
        "天": Unit("s", 86400.0),
        "日": Unit("s", 86400.0),
        "周": Unit("s", 604800.0),
        "s/epoch": Unit("s/epoch", 1.0),
        "kHz": Unit("Hz", 1e3),
        "W": Unit("W", 1.0),
        "kW": Unit("W", 1e3),
        "MW": Unit("W", 1e6),
        "kg": Unit("kg", 1.0),
        "mm2": Unit("m2", 1e-6),
        "cycles": Unit("cycles", 1.0),
        "FLOP/clk": Unit("FLOP/clk", 1.0),
        "samples": Unit("samples", 1.0),
        "sample": Unit("samples", 1.0),
        "images": Unit("samples", 1.0),
        "sequences": Unit("samples", 1.0),
        "samples/s": Unit("samples/s", 1.0),
        "images/s": Unit("samples/s", 1.0),
        "sequences/s": Unit("samples/s", 1.0),
        "img/s": Unit("samples/s", 1.0),
        "seq/s": Unit("samples/s", 1.0),
        "chips": Unit("chips", 1.0),
        "样本": Unit("samples", 1.0),
        "芯片": Unit("chips", 1.0),
        "IPUs": Unit("chips", 1.0),
        "GPUs": Unit("chips", 1.0),
    }
    for prefix, factor in _DECIMAL.items():
        table[f"{prefix}FLOP/s"] = table[f"{prefix}FLOPS"] = Unit("FLOP/s", factor)
        table[f"{prefix}OPS"] = Unit("OP/s", factor)
        table[f"{prefix}B"] = Unit("B", factor)
        table[f"{prefix}B/s"] = Unit("B/s", factor)
        table[f"{prefix}b/s"] = Unit("B/s", factor / 8)
        if prefix != "K":
            table[f"{prefix}Hz"] = Unit("Hz", factor)
    for prefix, factor in _BINARY.items():
        table[f"{prefix}B"] = Unit("B", factor)
        table[f"{prefix}B/s"] = Unit("B/s", factor)
    return table


UNITS: dict[str, Unit] = _units()
"""Every unit that is understood, with its base unit and multiplier."""

# What a message offers, most useful first; the table itself holds more spellings.
_OFFERED = {
    "s": ("s", "min", "h", "days"),
    "FLOP/s": ("TFLOPS", "PFLOPS"),
    "B/s": ("GB/s", "TB/s", "Gb/s"),
    "B": ("MB", "GB", "MiB", "GiB"),
    "Hz": ("MHz", "GHz"),
    "W": ("W", "kW"),
    "samples": ("samples",),
    "samples/s": ("samples/s",),
    "chips": ("chips",),
    "1": ("×", "%"),
}
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
        raise InputError(
            tr("{text} is too long; write at most {most} letters", text=quoted(text), most=format_number(longest))
        )
    return half_width(text).strip()


def quoted(text: object) -> str:
    """The text as one short printable line in quotes, for an error message."""
    return f"'{shortened(text)}'"


def shortened(text: object, most: int = LONGEST_QUOTE) -> str:
    """The text as one printable line of at most so many letters; "…" stands for the rest."""
    whole = str(text)
    return f"{printable(whole[:most])}…" if len(whole) > most else printable(whole)


def listed(texts: Sequence[str]) -> str:
    """The first few texts of a file, each as a short printable line, and how many more there are."""
    first = tr(", ").join(map(shortened, texts[:MOST_LISTED]))
    more = len(texts) - MOST_LISTED
    return first if more <= 0 else tr("{first} and {count} more", first=first, count=format_number(more))


def printable(text: object) -> str:
    """The text on one line: what does not print, such as a line break in a file's name, becomes "?"."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(text))


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """The choice that is spelled most like `name`, or None when there is no choice at all."""
    names = sorted(choice for choice in set(choices) if choice)
    as_written = _most_alike(name[:100], names, 0.6)
    if as_written is not None:
        return as_written
    folded = {choice.casefold(): choice for choice in names}
    found = _most_alike(name.casefold()[:100], list(folded), 0.0)
    return folded[found] if found is not None else (names[0] if names else None)


def _most_alike(word: str, names: Sequence[str], likeness: float) -> str | None:
    """The name most like a word; of several that are as much alike the one that begins like it the longest."""
    import difflib  # for faults only

    def begins_alike(name: str) -> int:
        return next(
            (place for place, pair in enumerate(zip(name, word, strict=False)) if len(set(pair)) > 1), len(word)
        )

    found = difflib.get_close_matches(word, names, n=8, cutoff=likeness)
    ratios = [difflib.SequenceMatcher(None, name, word).ratio() for name in found]
    best = [name for name, ratio in zip(found, ratios, strict=True) if ratio == max(ratios)]
    return max(best, key=begins_alike, default=None)


def misspelt(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The word that another is spelled much like, from 0 to 1; None where nobody could have meant any of them."""
    import difflib  # for faults only

    return next(iter(difflib.get_close_matches(word.casefold()[:100], list(known), n=1, cutoff=likeness)), None)


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
        raise InputError(tr("{text}: a comma groups thousands; write {grouped}", text=quoted(number), grouped=grouped))
    raise InputError(
        tr(
            "{text} may mean {decimal} or {grouped}; write the one that is meant",
            text=quoted(number),
            decimal=format_number(float(number)),
            grouped=grouped,
        )
    )


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
        raise InputError(
            tr(
                "{text}: a comma groups thousands, as in 1,024; write a decimal point, as in {example}",
                text=quoted(text),
                example=_with_point(text),
            )
        )
    return Number(float(digits.translate(_UNGROUPED)), digits, rest)


def _with_point(text: str) -> str:
    """A number with a decimal comma, "1.704,5", as it is read: "1704.5"; an example where it is none."""
    marked_number = _MARKED.match(text)
    whole, comma, part = (marked_number.group() if marked_number else "").strip().rpartition(",")
    digits = "".join(letter for letter in whole if letter.isdigit())
    return f"{digits}.{part}" if digits and comma and part.isdigit() else "2.5"


def to_base(value: float, unit: str, base: str) -> float:
    """`value` in `unit`, turned into the base unit; InputError when `unit` is unknown, of another kind or overflows."""
    if unit not in UNITS:
        raise InputError(
            tr("unit {unit} is unknown; nearest: {nearest}", unit=quoted(unit), nearest=nearest(unit, UNITS))
        )
    if UNITS[unit].base != base:
        raise InputError(
            tr("unit {unit} does not measure {base}; write {offer}", unit=quoted(unit), base=base, offer=_offer(base))
        )
    converted = value * UNITS[unit].factor
    if not math.isfinite(converted):
        raise InputError(tr("{value} {unit} is not a finite number", value=quoted(value), unit=unit))
    return converted


def _offer(base: str) -> str:
    names = _OFFERED.get(base, (base,))
    names = tuple(tr(name) for name in names)
    return names[0] if len(names) == 1 else tr("{first} or {last}", first=", ".join(names[:-1]), last=names[-1])


def _find_unit(written: str, base: str, text: str) -> Unit:
    if written in UNITS and UNITS[written].base == base:
        return UNITS[written]
    if written not in UNITS:  # "MIN" and "gb/s" are clear only where one unit of this kind fits
        loose = {unit for name, unit in UNITS.items() if unit.base == base and name.casefold() == written.casefold()}
        if len(loose) == 1:
            return loose.pop()
    if not written:
        raise InputError(tr("{text} has no unit; write {offer}", text=quoted(text), offer=_offer(base)))
    known = {"text": quoted(text), "unit": quoted(written), "offer": _offer(base)}
    raise InputError(tr("{text} has unit {unit}; write {offer}", **known))


def parse_quantity(
    text: str, unit: str, *, minimum: float | None = None, maximum: float | None = None, positive: bool = False
) -> float:
    """A typed quantity such as "70.5 h", in the base unit `unit` ("s").

    `minimum` and `maximum` (in the base unit) bound it, both included; `positive` refuses 0 and less.
    Raises InputError for what is no number, not finite, of another kind of unit or out of bounds.
    """
    number = split_number(typed(text))
    if number is None:
        example = f"1.5 {_OFFERED.get(unit, (unit,))[0]}"
        raise InputError(
            tr("{text} is not a number with a unit; write for example {example}", text=quoted(text), example=example)
        )
    if not number.rest and unit not in _BARE:
        raise InputError(tr("{text} has no unit; write {offer}", text=quoted(text), offer=_offer(unit)))
    factor = _find_unit(number.rest, unit, text).factor if number.rest else 1.0
    value = number.value * factor
    if not math.isfinite(value):
        raise InputError(tr("{text} is too large; write a finite number", text=quoted(text)))
    if positive and value <= 0:
        raise InputError(tr("{text} is not above 0", text=quoted(text)))
    if minimum is not None and value < minimum:
        raise InputError(
            tr(
                "{text} is below the smallest valid value, {least}",
                text=quoted(text),
                least=format_quantity(minimum, unit),
            )
        )
    if maximum is not None and value > maximum:
        raise InputError(
            tr(
                "{text} is above the largest valid value, {most}",
                text=quoted(text),
                most=format_quantity(maximum, unit),
            )
        )
    return value


def _rounded(value: float, digits: int) -> tuple[float, int]:
    """The value at `digits` significant digits, and the decimals that this takes."""
    if value == 0:
        return 0.0, 0
    rounded = float(f"{value:.{digits - 1}e}")
    if not math.isfinite(rounded):  # the largest numbers of all would round up to infinity
        rounded = value
    exponent = math.floor(math.log10(abs(rounded)) + 1e-12)
    return rounded, max(0, digits - 1 - exponent)


def rounded(value: float, digits: int | None = None) -> float:
    """The number that `format_number` prints of a value."""
    if not math.isfinite(value):
        return value
    if digits is not None:
        return _rounded(value, digits)[0]
    return round(value, 12) or _rounded(value, 3)[0]


def format_number(value: float, digits: int | None = None) -> str:
    """A number with thousands separators; `digits` significant digits, or as many as it has for None.

    `format_number(1523)` is "1,523", `format_number(1523.2, 3)` is "1,520", `format_number(0.35, 3)` is "0.350".
    """
    if not math.isfinite(value):
        return "–"
    if digits is None:
        text = f"{value:,.12f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:,.0f}"
        return text if text not in ("-0", "0") or value == 0 else f"{value:.3g}"
    rounded, decimals = _rounded(value, digits)
    if rounded and not 1e-9 <= abs(rounded) < 1e15:
        return f"{rounded:.{digits - 1}e}"
    return f"{rounded:,.{decimals}f}"


STATED_DIGITS = 12  # significant, of a number that the user stated: more than anybody types


def stated_number(value: float) -> str:
    """A number that the user stated, with every digit that was stated; a conversion's last bits are none of them."""
    return format_number(float(f"{value:.{STATED_DIGITS}g}"))


# Multiplier, name, and the time from which the next unit is used.
_CLOCK = ((1e-9, "ns", 1e-6), (1e-6, "µs", 1e-3), (1e-3, "ms", 0.1), (1.0, "s", 60.0), (60.0, "min", 3600.0))
_CLOCK_LONG = ((3600.0, "h", 48 * 3600.0), (86400.0, marked("days"), math.inf))


def format_duration(seconds: float, digits: int = 3) -> str:
    """A time in the unit that people say: "13.6 s", "28.3 min", "20.7 h", "2.94 days"; ms and less for steps."""
    if not math.isfinite(seconds):
        return "–"
    if seconds == 0:
        return "0 s"
    for factor, name, limit in (*_CLOCK, *_CLOCK_LONG):
        if abs(seconds) >= limit:
            continue
        # The printed figure decides: 59.97 s would read "60.0 s", so it moves on to "1.00 min".
        rounded = _rounded(seconds / factor, digits)[0]
        if abs(rounded) < limit / factor * (1 - 1e-12):
            return f"{format_number(rounded, digits)} {tr(name)}"
        seconds = rounded * factor
    raise AssertionError("the last unit has no limit")


def format_minutes(seconds: float) -> str:
    """An official score as it is published: minutes with two decimals, "28.33 min"."""
    return f"{seconds / 60.0:,.2f} min" if math.isfinite(seconds) else "–"


def format_rate(samples_per_second: float, sample_word: str = "samples", digits: int | None = None) -> str:
    """A throughput: "29,068 images/s"; whole samples from 1,000 on, `digits` significant digits where given."""
    if digits is None and abs(samples_per_second) >= 1000:
        return f"{samples_per_second:,.0f} {tr(sample_word)}/s" if math.isfinite(samples_per_second) else "–"
    return f"{format_number(samples_per_second, digits or 4)} {tr(sample_word)}/s"


_PREFIXED = {
    "FLOP/s": ("FLOPS", (("P", 1e15), ("T", 1e12), ("G", 1e9), ("", 1.0))),
    "B/s": ("B/s", (("T", 1e12), ("G", 1e9), ("M", 1e6), ("", 1.0))),
    "B": ("B", (("T", 1e12), ("G", 1e9), ("M", 1e6), ("", 1.0))),
    "Hz": ("Hz", (("G", 1e9), ("M", 1e6), ("", 1.0))),
    "W": ("W", (("M", 1e6), ("k", 1e3), ("", 1.0))),
    "OP/s": ("OPS", (("P", 1e15), ("T", 1e12), ("G", 1e9), ("", 1.0))),
}


def format_quantity(value: float, unit: str, digits: int = 3) -> str:
    """A figure in a base unit with the prefix that fits, without trailing zeros: "64 GB/s", "1.33 GHz"."""
    if unit == "s":
        return format_duration(value, digits)
    if unit in ("samples", "chips") and float(value).is_integer():
        return f"{format_number(value)} {tr(unit)}"
    symbol, prefixes = _PREFIXED.get(unit, (unit, (("", 1.0),)))
    rounded = abs(_rounded(value, digits)[0]) if math.isfinite(value) else 0.0
    prefix, factor = next((pair for pair in prefixes if rounded >= pair[1]), prefixes[-1])
    number = format_number(value / factor, digits)
    if "." in number and "e" not in number:
        number = number.rstrip("0").rstrip(".")
    return number if symbol == "1" else f"{number} {prefix}{symbol}"
