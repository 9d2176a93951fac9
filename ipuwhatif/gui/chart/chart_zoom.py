"""Which part of the chip axis is looked at: nearer, farther, a stretch of it. Never less than reads as a curve."""

import math

from PySide6.QtCore import QPointF

from ipuwhatif.charts.geometry import plot_frame, value_at
from ipuwhatif.charts.spec import ChartSpec

LEAST_RATIO = 4.0  # of the largest chip count on show to the smallest
STEP = 0.7  # of the axis that is left by one step nearer
LEAST_BAND = 12.0  # logical pixels that a hand must draw before it means a stretch
Range = tuple[int, int]


def can_zoom(spec: ChartSpec) -> bool:
    """Whether a chart runs along chips."""
    return spec.kind == "scaling"


def chips_at(spec: ChartSpec, x: float) -> float:
    """The chip count at a place of a widget, within the plot."""
    frame = plot_frame(spec)
    return value_at(frame.x_axis, min(max((x - frame.left) / frame.width, 0.0), 1.0))


def in_plot(spec: ChartSpec, position: QPointF) -> bool:
    frame = plot_frame(spec)
    return frame.left <= position.x() <= frame.right and frame.top <= position.y() <= frame.bottom


def stepped(whole: Range, now: Range, steps: float, about: float) -> Range:
    """The range so many steps nearer, farther for less than 0; what is at `about` chips stays where it is."""
    low, high = (math.log(end) for end in now)
    middle = min(max(math.log(about), low), high)
    part = STEP**steps
    return _within(whole, middle - (middle - low) * part, middle + (high - middle) * part)


def stretch(whole: Range, one: float, other: float) -> Range:
    """The range from one chip count to another, in any order."""
    return _within(whole, *sorted((math.log(one), math.log(other))))


def _within(whole: Range, low: float, high: float) -> Range:
    """Logarithms of two ends as a range inside the whole, wide enough to read."""
    first, last = (math.log(end) for end in whole)
    missing = max(0.0, min(math.log(LEAST_RATIO), last - first) - (high - low)) / 2.0
    low, high = low - missing, high + missing
    if low < first:
        low, high = first, min(last, high + first - low)
    elif high > last:
        low, high = max(first, low + last - high), last
    return max(whole[0], math.floor(math.exp(low) + 1e-9)), min(whole[1], math.ceil(math.exp(high) - 1e-9))
