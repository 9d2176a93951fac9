"""Logarithmic axes over quantities that are no time: 1-2-5 ticks, powers of ten where the axis spans many."""

import math
from collections.abc import Iterator

from ipuwhatif.charts.spec import Axis, Tick
from ipuwhatif.units import format_number

_MOST_TICKS = 9
_DIGITS = 12  # of a tick in a narrow range, without the noise of a product


def log_axis(title: str, low: float, high: float, unit: float = 1.0, symbol: str = "") -> Axis:
    """An axis from `low` to `high`, both above 0; ticks print values in units of `unit`, called `symbol`.

    There are two of them or more in any range that twelve digits tell apart.
    Raises ValueError where the ends are not finite, not above 0 or not in order.
    """
    if not (math.isfinite(low) and math.isfinite(high) and 0.0 < low < high):
        raise ValueError("a logarithmic axis runs from a value above 0 to a larger one")
    values = list(_values(low / unit, high / unit, (1, 2, 5)))
    if len(values) < 2:
        values = list(_multiples(low / unit, high / unit))
    if len(values) > _MOST_TICKS:
        values = list(_values(low / unit, high / unit, (1,)))
        values = values[:: math.ceil(len(values) / _MOST_TICKS)]
    ticks = tuple(Tick(value * unit, format_number(value)) for value in values)
    return Axis(title, "log", low, high, ticks, unit, symbol)


def _multiples(low: float, high: float) -> Iterator[float]:
    """The two or more values of a narrow range that are multiples of a 1-2-5 step of less than half of it."""
    half = (high - low) / 2.0
    power = math.floor(math.log10(half))
    step = next(factor * 10.0**power for factor in (5, 2, 1) if factor * 10.0**power <= half * (1.0 + 1e-9))
    rounding = 1e-9  # of a quotient that is a whole number
    for count in range(math.ceil(low / step - rounding), math.floor(high / step + rounding) + 1):
        yield min(max(float(f"{count * step:.{_DIGITS}g}"), low), high)


def _values(low: float, high: float, factors: tuple[int, ...]) -> Iterator[float]:
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for factor in factors:
            value = float(f"{factor}e{power}")
            if low <= value <= high:
                yield value
