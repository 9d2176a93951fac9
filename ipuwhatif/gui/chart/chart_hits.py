"""What lies under a point of a chart: the key of a mark, a line or an area, and the words of a tool tip."""

from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, QRectF

from ipuwhatif.charts.geometry import Frame, plot_frame, strip_span
from ipuwhatif.charts.spec import ASSUMED, GHOST, TARGET, Bar, ChartSpec, Interval, Line, Strip
from ipuwhatif.charts.styles import GHOST_EXTRA
from ipuwhatif.texts import tr

REACH = 9.0  # how near a click must come to a mark or a line, in logical pixels


def key_at(spec: ChartSpec, position: QPointF) -> str:
    """The key of the mark, interval, bar, piece of a ribbon or line at a point, or an empty string."""
    frame = plot_frame(spec)
    near = [(_distance(frame, mark.x, mark.y, position), mark.key) for mark in spec.marks]
    near += [(0.5 + _to_line(frame, line, position), line.key) for line in spec.lines if line.style != TARGET]
    near += [(REACH - 1, each.key) for each in spec.intervals if _bar(frame, each).contains(position)]
    near += [(REACH - 1, each.key) for each in spec.bars if piece(frame, each).contains(position)]
    near += [(0.0, each.key) for each in spec.strips if _strip(frame, each).contains(position)]
    distance, key = min(near, default=(REACH + 1, ""), key=lambda pair: pair[0])
    return key if distance <= REACH else ""


def tip_at(spec: ChartSpec, position: QPointF) -> str:
    """What a tool tip says at a point: the part that a ribbon shows, whether a bar can be dragged; else nothing."""
    frame = plot_frame(spec)
    for strip in spec.strips:
        if _strip(frame, strip).contains(position):
            return strip.tip
    for bar in spec.bars if spec.kind == "sensitivity" else ():
        if piece(frame, bar).contains(position):
            if bar.drag:
                return tr("Drag the end of the bar to move the lever; click for its why.")
            return tr("Not a lever of its own here, so that it cannot be dragged; click for its why.")
    return ""


def piece(frame: Frame, bar: Bar) -> QRectF:
    """A filled piece of a row, in logical pixels."""
    left, right = sorted((frame.x(bar.start), frame.x(bar.end)))
    half = frame.bar_height / 2
    return QRectF(left, frame.y(bar.row) - half, right - left, 2 * half)


def _strip(frame: Frame, strip: Strip) -> QRectF:
    top, bottom = strip_span(frame, strip)
    left, right = frame.x(strip.x0), frame.x(strip.x1)
    return QRectF(left, top, right - left, bottom - top)


def _bar(frame: Frame, interval: Interval) -> QRectF:
    """The bar of an interval, in logical pixels."""
    half = frame.bar_height / 2 + (GHOST_EXTRA if interval.style in (GHOST, ASSUMED) else 0.0)
    left, right = frame.x(interval.low), frame.x(interval.high)
    return QRectF(left, frame.y(interval.row) - half, max(right - left, 1.0), 2 * half)


def _distance(frame: Frame, x: float, y: float, position: QPointF) -> float:
    return hypot(frame.x(x) - position.x(), frame.y(y) - position.y())


def _to_line(frame: Frame, line: Line, position: QPointF) -> float:
    points = [(frame.x(x), frame.y(y)) for x, y in zip(line.x, line.y, strict=True)]
    ends = [hypot(x - position.x(), y - position.y()) for x, y in points]
    return min([*ends, *(_to_stretch(start, end, position) for start, end in pairwise(points))])


def _to_stretch(start: tuple[float, float], end: tuple[float, float], position: QPointF) -> float:
    """Distance of a point from a stretch of line, all in logical pixels."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy or 1.0
    part = ((position.x() - start[0]) * dx + (position.y() - start[1]) * dy) / length
    part = min(max(part, 0.0), 1.0)
    return hypot(start[0] + part * dx - position.x(), start[1] + part * dy - position.y())
