"""What a hand can take hold of on a chart, the target line and the ends of levers' bars, and where it leads them.

Places are read on the axes as they were when the hand took hold, so that nothing moves away under it.
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt

from ipuwhatif.charts.geometry import Frame, plot_frame, value_at
from ipuwhatif.charts.spec import TARGET, Bar, ChartSpec, Line
from ipuwhatif.charts.styles import HANDLE_SIZE
from ipuwhatif.gui.chart.chart_hits import piece
from ipuwhatif.records import Record, replace

REACH = 6.0  # how near the mouse must come to a line or an end, in logical pixels
FARTHEST = 1000.0  # how many times less than the end of its axis a time may be dragged to: a linear axis goes to 0
DIGITS = 3  # of a time that is dragged


class Grip(Record, frozen=True):
    """Something held: the target line, or one end of a bar. `spec` is the chart as it was when it was taken."""

    spec: ChartSpec
    key: str
    upright: bool  # moves from side to side, not up and down
    bar: int | None = None  # its index among the bars; None for the target line

    @property
    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.SizeHorCursor if self.upright else Qt.CursorShape.SizeVerCursor


def grip_at(spec: ChartSpec, position: QPointF) -> Grip | None:
    """What can be taken hold of at a point, if anything: the target line before a bar."""
    frame = plot_frame(spec)
    for line in spec.lines:
        if line.style == TARGET and _is_near(frame, line, position):
            return Grip(spec, line.key, _is_upright(line))
    ends = [
        (abs(frame.x(bar.end) - position.x()), index)
        for index, bar in enumerate(spec.bars)
        if bar.drag and _reaches(frame, bar, position)
    ]
    if not ends or min(ends)[0] > REACH:
        return None
    index = min(ends)[1]
    return Grip(spec, spec.bars[index].key, True, index)


def value_of(grip: Grip, position: QPointF) -> float:
    """Where a point leads what is held: seconds for the target line, the lever's value for a bar.

    The line stays within the plot and above 0, a bar within the range that its samples cover.
    """
    if grip.bar is None:
        axis = grip.spec.x_axis if grip.upright else grip.spec.y_axis
        return float(f"{max(_place(grip, position), axis.high / FARTHEST):.{DIGITS}g}")
    return _interpolated(grip.spec.bars[grip.bar].drag, _place(grip, position))


def moved(grip: Grip, position: QPointF) -> ChartSpec:
    """The chart with the held end of a bar at a point; its label, which names the value it had, is left out."""
    assert grip.bar is not None
    held = grip.spec.bars[grip.bar]
    places = [x for x, _ in held.drag]
    end = min(max(_place(grip, position), min(places)), max(places))
    bars = (*grip.spec.bars[: grip.bar], replace(held, end=end), *grip.spec.bars[grip.bar + 1 :])
    labels = tuple(each for each in grip.spec.labels if each.y != held.row)
    return replace(grip.spec, bars=bars, labels=labels)


def _is_upright(line: Line) -> bool:
    return line.x[0] == line.x[-1]


def _is_near(frame: Frame, line: Line, position: QPointF) -> bool:
    """Whether a point lies on the target line, or on its handle."""
    inside_x = frame.left - HANDLE_SIZE <= position.x() <= frame.right
    inside_y = frame.top - HANDLE_SIZE <= position.y() <= frame.bottom
    if _is_upright(line):
        return inside_y and abs(frame.x(line.x[0]) - position.x()) <= REACH
    return inside_x and abs(frame.y(line.y[0]) - position.y()) <= REACH


def _reaches(frame: Frame, bar: Bar, position: QPointF) -> bool:
    rect = piece(frame, bar)
    return rect.top() <= position.y() <= rect.bottom()


def _place(grip: Grip, position: QPointF) -> float:
    """The value of a point on the axis along which something is held, within the plot."""
    frame = plot_frame(grip.spec)
    if grip.upright:
        part = (position.x() - frame.left) / frame.width
        return value_at(frame.x_axis, min(max(part, 0.0), 1.0))
    part = (frame.bottom - position.y()) / frame.height
    return value_at(frame.y_axis, min(max(part, 0.0), 1.0))


def _interpolated(samples: Sequence[tuple[float, float]], x: float) -> float:
    """The lever's value at a place, between the samples; the nearest end beyond them."""
    ordered = sorted(samples)
    if x <= ordered[0][0]:
        return ordered[0][1]
    for (left, before), (right, after) in pairwise(ordered):
        if x <= right:
            return before + (after - before) * (x - left) / (right - left) if right > left else after
    return ordered[-1][1]
