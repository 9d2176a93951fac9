"""Logarithmic axes over quantities that are no time: 1-2-5 ticks, or powers of ten where the axis spans many."""

import math
from collections.abc import Iterator

from ipuwhatif.charts.spec import Axis, Tick
from ipuwhatif.units import format_number

_MOST_TICKS = 9


def log_axis(title: str, low: float, high: float, unit: float = 1.0, symbol: str = "") -> Axis:
    """An axis from `low` to `high`, both above 0; ticks print values in units of `unit`, called `symbol`.

    Raises ValueError where the ends are not finite, not above 0 or not in order.
    """
    if not (math.isfinite(low) and math.isfinite(high) and 0.0 < low < high):
        raise ValueError("a logarithmic axis runs from a value above 0 to a larger one")
    values = list(_values(low / unit, high / unit, (1, 2, 5)))
    if len(values) > _MOST_TICKS:
        values = list(_values(low / unit, high / unit, (1,)))
        values = values[:: math.ceil(len(values) / _MOST_TICKS)]
    ticks = tuple(Tick(value * unit, format_number(value)) for value in values)
    return Axis(title, "log", low, high, ticks, unit, symbol)


def _values(low: float, high: float, factors: tuple[int, ...]) -> Iterator[float]:
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for factor in factors:
            value = float(f"{factor}e{power}")
            if low <= value <= high:
                yield value
