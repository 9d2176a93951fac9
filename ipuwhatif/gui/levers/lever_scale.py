"""Positions of a lever's slider and the values they stand for, along a linear or a logarithmic range."""

from math import exp, log

from ipuwhatif.scenario.levers import CUT, PIN, Lever

LOG_STEP = 1.01  # one step of a logarithmic slider
BATCH_STEP = 32  # a slider sets batches in steps of at most this; typing sets any
NEAR = 0.02  # of the slider's length: a border nearer to today's value has no tick of its own


def steps_of(lever: Lever) -> int:
    """The last position; the first is 0."""
    low, high = lever.minimum, lever.maximum
    if lever.scale == "log":
        return round(log(high / low) / log(LOG_STEP))
    return round((high - low) * 10.0 ** _decimals(lever))


def value_at(lever: Lever, position: int) -> float:
    """What a position stands for, before it is rounded."""
    low, high = lever.minimum, lever.maximum
    part = position / steps_of(lever)
    return low * exp(part * log(high / low)) if lever.scale == "log" else low + part * (high - low)


def position_of(lever: Lever, value: float) -> int:
    """The position nearest to a value; one out of the range stands at its end."""
    low, high = lever.minimum, lever.maximum
    value = min(max(value, low), high)
    part = log(value / low) / log(high / low) if lever.scale == "log" else (value - low) / (high - low)
    return round(part * steps_of(lever))


def snapped(lever: Lever, value: float) -> float:
    """The value that a slider sets near another: batches in steps that fit their size, others in round numbers.

    A replica is spread over 1, 2, 4 ... chips.
    """
    if lever.target == CUT or lever.field == "pipeline_stages":
        return float(2 ** round(log(value, 2))) if value > 0.0 else 0.0
    if lever.target == PIN:
        step = min(BATCH_STEP, 2 ** max(0, round(value).bit_length() - 4))
        return float(step * round(value / step))
    if lever.scale == "log" and lever.maximum > 10.0:
        rounded = float(f"{value:.1e}")
        return float(round(rounded)) if lever.whole else rounded
    return round(value, _decimals(lever))


def ticks_of(lever: Lever) -> tuple[int, ...]:
    """Where stretches of the range meet, but for its ends and what would run into the mark of today's value."""
    last = steps_of(lever)
    marks = [0, last, *([] if lever.default is None else [position_of(lever, lever.default)])]
    positions = [position_of(lever, upper) for upper, _ in lever.parts]
    return tuple(position for position in positions if all(abs(position - mark) > NEAR * last for mark in marks))


def _decimals(lever: Lever) -> int:
    """Of a slider's values, so that one step is at most a hundredth of a linear range."""
    wide = lever.scale == "linear" and lever.maximum - lever.minimum > 3.0
    return (0 if lever.maximum > 10.0 else 1) if wide else 2
