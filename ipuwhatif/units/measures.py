"""Every unit that is understood: its names, its base unit and how many of that it is."""

import math

from ipuwhatif.records import Record
from ipuwhatif.units.faults import RefusedError, nearest
from ipuwhatif.units.reasons import Offer, OfQuantity, QuantityFault


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
OFFERED = {
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


def to_base(value: float, unit: str, base: str) -> float:
    """`value` in `unit`, turned into the base unit; InputError when `unit` is unknown, of another kind or overflows."""
    if unit not in UNITS:
        raise RefusedError(OfQuantity(QuantityFault.UNKNOWN_UNIT, unit, near=nearest(unit, UNITS) or ""))
    if UNITS[unit].base != base:
        raise RefusedError(OfQuantity(QuantityFault.OTHER_BASE, unit, near=Offer(base), other=base))
    converted = value * UNITS[unit].factor
    if not math.isfinite(converted):
        raise RefusedError(OfQuantity(QuantityFault.INFINITE_IN_BASE, str(value), other=unit))
    return converted


def find_unit(written: str, base: str, text: str) -> Unit:
    """The unit of a kind that was written in a text. InputError for another kind, or for what is no unit."""
    if written in UNITS and UNITS[written].base == base:
        return UNITS[written]
    if written not in UNITS:  # "MIN" and "gb/s" are clear only where one unit of this kind fits
        loose = {unit for name, unit in UNITS.items() if unit.base == base and name.casefold() == written.casefold()}
        if len(loose) == 1:
            return loose.pop()
    if not written:
        raise RefusedError(OfQuantity(QuantityFault.NO_UNIT, text, near=Offer(base)))
    raise RefusedError(OfQuantity(QuantityFault.OTHER_UNIT, text, written, Offer(base)))
