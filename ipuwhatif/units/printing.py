"""Numbers as people read them: thousands in groups, as many digits as are known, the unit that fits."""

import math

from ipuwhatif.texts import marked, tr


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
    stated = float(f"{value:.{STATED_DIGITS}g}")
    if not 1e-9 <= abs(stated) < 1.0:
        return format_number(stated)
    # noughts behind the point are none of the digits
    return f"{stated:.{STATED_DIGITS - 1 - math.floor(math.log10(abs(stated)))}f}".rstrip("0")


# Multiplier, name, and the time from which the next unit is used.
_SHORT = ((1e-9, "ns", 1e-6), (1e-6, "µs", 1e-3), (1e-3, "ms", 0.1), (1.0, marked("s"), 60.0))
_LONG = ((60.0, marked("min"), 3600.0), (3600.0, marked("h"), 48 * 3600.0), (86400.0, marked("days"), math.inf))


def format_duration(seconds: float, digits: int = 3) -> str:
    """A time in the unit that people say: "13.6 s", "28.3 min", "20.7 h", "2.94 days"; ms and less for steps."""
    if not math.isfinite(seconds):
        return "–"
    if seconds == 0:
        return f"0 {tr('s')}"
    for factor, name, limit in (*_SHORT, *_LONG):
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
    return f"{seconds / 60.0:,.2f} {tr('min')}" if math.isfinite(seconds) else "–"


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
