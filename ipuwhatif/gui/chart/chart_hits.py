"""What lies under a point of a chart: a mark, a line, an area, the name of a row, an entry of the legend."""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, QRectF

from ipuwhatif.charts.geometry import Frame, plot_frame, strip_span
from ipuwhatif.charts.labels import LEGEND_GAP, LEGEND_LINE, LEGEND_SAMPLE, LEGEND_STEP, legend_places, text_width
from ipuwhatif.charts.palette import LEGEND_SIZE, TICK_SIZE
from ipuwhatif.charts.spec import ASSUMED, GHOST, TARGET, Bar, ChartSpec, Interval, LegendEntry, Line, Mark, Strip, Tick
from ipuwhatif.charts.styles import GHOST_EXTRA
from ipuwhatif.figures.tips import Element

REACH = 9.0  # how near a click must come to a mark or a line, in logical pixels
NAME_GAP = 10.0  # between the name of a row and the plot, in logical pixels


def key_at(spec: ChartSpec, position: QPointF) -> str:
    """The key of the mark, interval, bar, piece of a ribbon or line at a point, or an empty string."""
    found = _nearest(spec, position)
    return "" if found is None or found[1] is None else getattr(found[1], "key", "")


def element_at(spec: ChartSpec, position: QPointF) -> Element | None:
    """What can be told of at a point: what a click asks the why of, the target, a row by its name, the legend."""
    target = next((line for line in spec.lines if line.style == TARGET), None)
    found = _nearest(spec, position)
    if target is not None and _to_line(plot_frame(spec), target, position) <= (REACH if found is None else found[0]):
        return target
    if found is not None:
        return found[1]
    beside: tuple[tuple[Element, QRectF], ...] = (*_rows(spec), *_legend(spec))
    return next((element for element, box in beside if box.contains(position)), None)


def box_of(spec: ChartSpec, element: Element) -> QRectF:
    """The room that an element takes, in logical pixels."""
    frame = plot_frame(spec)
    if isinstance(element, Interval):
        return _bar(frame, element)
    if isinstance(element, Bar):
        return piece(frame, element)
    if isinstance(element, Strip):
        return _strip(frame, element)
    if isinstance(element, Mark):
        return QRectF(frame.x(element.x) - REACH, frame.y(element.y) - REACH, 2 * REACH, 2 * REACH)
    if isinstance(element, Line):
        xs, ys = [frame.x(x) for x in element.x], [frame.y(y) for y in element.y]
        return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(-3.0, -3.0, 3.0, 3.0)
    return next(box for each, box in (*_rows(spec), *_legend(spec)) if each == element)


def elements_of(spec: ChartSpec) -> tuple[Element, ...]:
    """Everything that can be told of, in the order in which a keyboard goes through it: row by row, from the left."""
    drawn: tuple[Element, ...] = (*spec.intervals, *spec.bars, *spec.marks, *spec.strips)
    boxes = [(box_of(spec, each), each) for each in drawn]
    lines: list[tuple[QRectF, Element]] = [
        (box_of(spec, each), each) for each in spec.lines if each.style == TARGET or each.key or each.tip
    ]
    placed = sorted((*boxes, *lines), key=lambda pair: (round(pair[0].center().y()), pair[0].left()))
    return (*(each for _, each in placed), *spec.legend)


def _nearest(spec: ChartSpec, position: QPointF) -> tuple[float, Element] | None:
    """The nearest of what is drawn but the target, and how far away it is; of two at one place the one in front."""
    frame = plot_frame(spec)
    near: list[tuple[float, Element]] = [(_distance(frame, mark.x, mark.y, position), mark) for mark in spec.marks]
    near += [(0.5 + _to_line(frame, line, position), line) for line in spec.lines if line.style != TARGET]
    near += [(REACH - 1, each) for each in reversed(spec.intervals) if _bar(frame, each).contains(position)]
    near += [(REACH - 1, each) for each in spec.bars if piece(frame, each).contains(position)]
    near += [(0.0, each) for each in spec.strips if _strip(frame, each).contains(position)]
    found = min(near, default=None, key=lambda pair: pair[0])
    return None if found is None or found[0] > REACH else found


def _rows(spec: ChartSpec) -> Iterator[tuple[Tick, QRectF]]:
    """The names of the rows and their room."""
    frame = plot_frame(spec)
    for tick in spec.y_axis.ticks if spec.y_axis.scale == "rows" else ():
        width = text_width(tick.text, TICK_SIZE)
        yield tick, QRectF(frame.left - NAME_GAP - width, frame.y(tick.value) - TICK_SIZE, width, 2.0 * TICK_SIZE)


def _legend(spec: ChartSpec) -> Iterator[tuple[LegendEntry, QRectF]]:
    for left, middle, entry in legend_places(spec):
        lines = entry.text.split("\n")
        width = LEGEND_SAMPLE + LEGEND_GAP + max(text_width(line, LEGEND_SIZE) for line in lines)
        yield entry, QRectF(left, middle - LEGEND_LINE / 2, width, LEGEND_LINE + LEGEND_STEP * (len(lines) - 1))


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
