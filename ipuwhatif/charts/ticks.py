"""Axes in people's units: 1-2-5 ticks in seconds, minutes, hours or days, and powers of two for chip counts.

An axis keeps seconds as its data and prints one unit, chosen once, so that numbers along it can be compared by eye.
"""

import math
from collections.abc import Sequence
from enum import StrEnum

from ipuwhatif.charts.spec import Axis, Tick
from ipuwhatif.records import Record
from ipuwhatif.units import format_number, told

#: Spread of the values above which a linear axis would squeeze the short times into its first pixels.
LOG_ABOVE = 20.0
#: The least spread of an axis of chips: two powers of two lie in any that is wider.
_TWO_POWERS = 4.05


class TimeName(StrEnum):
    MILLISECONDS = "ms"
    SECONDS = "s"
    MINUTES = "min"
    HOURS = "h"
    DAYS = "days"
    YEARS = "years"


class TimeUnit(Record, frozen=True):
    """A unit of time as people say it, or in words of whoever makes it."""

    seconds: float
    name: TimeName | str

    @property
    def symbol(self) -> str:
        """The unit in the user's language."""
        return told(self.name)


MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS, YEARS = map(
    TimeUnit, (1e-3, 1.0, 60.0, 3600.0, 86400.0, 365.25 * 86400.0), TimeName
)
#: From here on a time is said in years.
YEARS_FROM = 2.0 * YEARS.seconds
_LIMITS = ((0.5, MILLISECONDS), (60.0, SECONDS), (90 * 60.0, MINUTES), (36 * 3600.0, HOURS), (YEARS_FROM, DAYS))


def time_unit(seconds: Sequence[float], scored: bool = False) -> TimeUnit:
    """The unit for a set of times above 0: that of their geometric mean, so that one slow system does not set it.

    Beside official scores (`scored`) it is the minute, in which those are published: one picture has one unit.
    """
    if scored:
        return MINUTES
    middle = math.exp(math.fsum(math.log(each) for each in seconds) / len(seconds))
    return next((unit for limit, unit in _LIMITS if middle < limit), YEARS)


def time_axis(seconds: Sequence[float], scale: str | None = None, scored: bool = False) -> tuple[Axis, TimeUnit]:
    """The axis that holds all times, and its unit; `scale` is "log", "linear" or None to decide by their spread.

    scored: whether official scores stand along it. A linear axis starts at 0.
    Raises ValueError where a time is not finite or not above 0.
    """
    if not seconds or not all(math.isfinite(value) and value > 0.0 for value in seconds):
        raise ValueError("times on an axis are finite and above 0")
    unit = time_unit(seconds, scored)
    return amount_axis(seconds, unit, scale), unit


def amount_axis(values: Sequence[float], unit: TimeUnit, scale: str | None = None) -> Axis:
    """The axis that holds all values above 0, without a title, with ticks in `unit`.

    That is a unit of time, or of what a time is multiplied by. `scale` is "log", "linear" or None to decide by their
    spread; a linear axis starts at 0.
    """
    low, high = min(values), max(values)
    if scale is None:
        scale = "log" if high / low > LOG_ABOVE else "linear"
    if scale == "linear":
        ticks, top = _linear_ticks(high * 1.02, unit)
        return Axis("", scale, 0.0, top, ticks, unit.seconds, unit.symbol)
    low, high = _widened(_started(low, unit), high * 1.3, 5.0)
    return Axis("", scale, low, high, _log_ticks(low, high, unit), unit.seconds, unit.symbol)


def chip_axis(chips: Sequence[int], words: str) -> Axis:
    """A logarithmic axis over chip counts with powers of two as its ticks; `words` names the chips."""
    low, high = _widened(min(chips) / 1.12, max(chips) * 1.12, _TWO_POWERS)
    powers = [2**k for k in range(math.ceil(math.log2(low)), math.floor(math.log2(high)) + 1) if k >= 0]
    step = math.ceil(len(powers) / 11) if powers else 1
    ticks = tuple(Tick(float(power), format_number(power)) for power in powers[::step])
    return Axis(words, "log", low, high, ticks, 1.0)


def _widened(low: float, high: float, factor: float) -> tuple[float, float]:
    missing = math.sqrt(max(1.0, factor * low / high))
    return low / missing, high * missing


def _linear_ticks(high: float, unit: TimeUnit) -> tuple[tuple[Tick, ...], float]:
    top = high / unit.seconds
    step = _round_up(top / 6.0)
    count = math.ceil(top / step - 1e-9)
    # Half a step of air at most: the axis ends where the data does, rounded up to the next tick or half tick.
    end = step * (count - 0.5) if top <= step * (count - 0.5) else step * count
    last = math.floor(end / step + 1e-9)
    ticks = tuple(Tick(k * step * unit.seconds, format_number(_clean(k * step))) for k in range(last + 1))
    return ticks, max(end * unit.seconds, high)


def _log_ticks(low: float, high: float, unit: TimeUnit) -> tuple[Tick, ...]:
    bottom, top = low / unit.seconds, high / unit.seconds
    powers = range(math.floor(math.log10(bottom)) - 1, math.ceil(math.log10(top)) + 2)
    values = [(factor, power) for power in powers for factor in (1, 2, 5) if bottom <= factor * 10.0**power <= top]
    if len(values) > 9:
        values = [(factor, power) for factor, power in values if factor == 1]
        step = math.ceil(len(values) / 9)
        values = values[::step]
    ticks = []
    for factor, power in values:
        value = factor * 10.0**power
        seconds = value * unit.seconds
        if low <= seconds <= high:
            ticks.append(Tick(seconds, format_number(value)))
    return tuple(ticks)


def _round_up(value: float) -> float:
    """The next of 1, 2, 5 × 10^k at or above `value`."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= value * (1.0 - 1e-9))


def _started(lowest: float, unit: TimeUnit) -> float:
    """Where a log axis starts: on the 1-2-5 value just below the lowest time, or a little below the time itself."""
    value = lowest / unit.seconds / 1.03
    power = math.floor(math.log10(value))
    below = max((factor * 10.0**power for factor in (1, 2, 5) if factor * 10.0**power <= value), default=0.0)
    return below * unit.seconds if value <= 1.4 * below else lowest / 1.12


def _clean(value: float) -> float:
    return float(f"{value:.10g}")
