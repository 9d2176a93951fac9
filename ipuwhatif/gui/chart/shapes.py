"""The data of a chart as one item: shades, grid, areas, ribbons and lines in the coordinates of a pyqtgraph view.

One item that is told of everything is painted in a third of the time that an item for each curve takes.
"""

from collections.abc import Iterable
from math import log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ipuwhatif.charts import palette
from ipuwhatif.charts.geometry import Frame, guide_end, hatching, plot_frame, strip_span
from ipuwhatif.charts.spec import ASSUMED, GHOST, Axis, Band, Bar, ChartSpec, Interval, Line, Tint
from ipuwhatif.charts.styles import (
    BAND_ALPHA,
    BAR_ALPHA,
    DASHED,
    DASHES,
    GHOST_ALPHA,
    GHOST_EXTRA,
    LINE_WIDTH,
    MARK_SIZE,
    MEDIAN_WIDTH,
    THIN_WIDTH,
    ZONE_ALPHA,
)
from ipuwhatif.records import Record


class Shape(Record, frozen=True):
    """What one call paints: a filled path, or a stroked one where there is a pen."""

    path: QPainterPath
    fill: QColor | None
    pen: QPen | None = None


class Shapes(QGraphicsItem):
    """Paints shapes in their order, inside the plot."""

    def __init__(self) -> None:
        super().__init__()
        self._shapes: tuple[Shape, ...] = ()
        self._bounds = QRectF()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_shapes(self, shapes: tuple[Shape, ...], bounds: QRectF) -> None:
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self._shapes = shapes
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self._shapes:
            if shape.fill is not None:
                painter.fillPath(shape.path, shape.fill)
            if shape.pen is not None:
                painter.strokePath(shape.path, shape.pen)


class Brushes:
    """Paint of one theme at one ratio of device to logical pixels; what was mixed once is kept."""

    def __init__(self, theme_name: str, ratio: float) -> None:
        self.theme = palette.theme(theme_name)
        self._ratio = ratio
        self._fills: dict[tuple[Tint, float], QColor] = {}
        self._pens: dict[tuple[str, float, tuple[float, ...]], QPen] = {}

    def fill(self, tint: Tint, alpha: float = 1.0) -> QColor:
        if (tint, alpha) not in self._fills:
            colour = QColor(palette.color(tint, self.theme.name))
            colour.setAlphaF(alpha)
            self._fills[tint, alpha] = colour
        return self._fills[tint, alpha]

    def pen(self, colour: str, width: float, dashes: tuple[float, ...] = ()) -> QPen:
        """A pen of a width in logical pixels; in a view that stretches its items pens are in device pixels."""
        key = colour, width, dashes
        if key not in self._pens:
            pen = QPen(QColor(colour), width * self._ratio)
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if dashes:
                pen.setDashPattern(list(dashes))
            self._pens[key] = pen
        return self._pens[key]

    def style(self, tint: Tint, style: str, width: float, dashed: bool = False) -> QPen:
        """The pen of a line, or of the median of an interval, which is `width` wide unless the style is a thin one."""
        dashes = DASHES.get(style, DASHED if dashed else ())
        wide = THIN_WIDTH if style in DASHES else width
        return self.pen(palette.color(tint, self.theme.name), wide, dashes)


def shapes_of(spec: ChartSpec, brushes: Brushes) -> tuple[Shape, ...]:
    """Everything of a chart that is data, from the back to the front; marks and texts are not among it."""
    frame = plot_frame(spec)
    bottom, top = _ends(spec.y_axis)
    x_axis = spec.x_axis
    shapes = [
        Shape(_box(_places(x_axis, (each.x0, each.x1)), (bottom, top)), brushes.fill(each.tint, ZONE_ALPHA))
        for each in spec.zones
    ]
    shapes.append(Shape(_grid(spec, frame), None, brushes.pen(brushes.theme.grid, 1.0)))
    shapes += [_band(spec, band, brushes) for band in spec.bands]
    shapes += [_bar(spec, frame, bar, brushes) for bar in spec.bars]
    unit = (top - bottom) / frame.height
    for strip in spec.strips:
        span = [bottom + unit * (frame.bottom - y) for y in strip_span(frame, strip)]
        shapes.append(Shape(_box(_places(x_axis, (strip.x0, strip.x1)), span), brushes.fill(strip.tint)))
    for interval in spec.intervals:
        shapes += _interval(spec, frame, interval, brushes)
    for line in spec.lines:
        pen = brushes.style(line.tint, line.style, LINE_WIDTH, line.dashed)
        shapes.append(Shape(_line(spec, frame, line), None, pen))
    return tuple(shapes)


def place(axis: Axis, value: float) -> float:
    """Where a value lies in the coordinates of the view: its logarithm on a log axis."""
    return log10(value) if axis.scale == "log" else float(value)


def _places(axis: Axis, values: Iterable[float]) -> list[float]:
    return [log10(value) for value in values] if axis.scale == "log" else [float(value) for value in values]


def _ends(axis: Axis) -> tuple[float, float]:
    return place(axis, axis.low), place(axis, axis.high)


def _box(xs: Iterable[float], ys: Iterable[float]) -> QPainterPath:
    (left, right), (top, bottom) = sorted(xs), sorted(ys)
    path = QPainterPath()
    path.addRect(left, top, right - left, bottom - top)
    return path


def _polyline(xs: Iterable[float], ys: Iterable[float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)]))
    return path


def _grid(spec: ChartSpec, frame: Frame) -> QPainterPath:
    """A line for each tick: across the plot, and in rows up to the first bar."""
    (left, right), (bottom, top) = _ends(spec.x_axis), _ends(spec.y_axis)
    path = QPainterPath()
    for tick in spec.x_axis.ticks:
        path.moveTo(place(spec.x_axis, tick.value), bottom)
        path.lineTo(place(spec.x_axis, tick.value), top)
    for tick in spec.y_axis.ticks:
        share = (guide_end(spec, frame, tick.value) - frame.left) / frame.width
        path.moveTo(left, place(spec.y_axis, tick.value))
        path.lineTo(left + share * (right - left), place(spec.y_axis, tick.value))
    return path


def _band(spec: ChartSpec, band: Band, brushes: Brushes) -> Shape:
    xs, lows, highs = _places(spec.x_axis, band.x), _places(spec.y_axis, band.low), _places(spec.y_axis, band.high)
    path, colour = _polyline([*xs, *reversed(xs)], [*lows, *reversed(highs)]), brushes.fill(band.tint, BAND_ALPHA)
    if len(xs) == 1:  # one chip count: its band has no width, so it is a stroke
        return Shape(path, None, brushes.pen(colour.name(QColor.NameFormat.HexArgb), MARK_SIZE))
    return Shape(path, colour)


def _line(spec: ChartSpec, frame: Frame, line: Line) -> QPainterPath:
    xs, ys = _places(spec.x_axis, line.x), _places(spec.y_axis, line.y)
    if len(xs) == 1:  # one chip count: a short stroke
        left, right = _ends(spec.x_axis)
        half = MARK_SIZE / 2 * (right - left) / frame.width
        return _polyline((xs[0] - half, xs[0] + half), ys * 2)
    return _polyline(xs, ys)


def _rows(frame: Frame, pixels: float) -> float:
    """A height in logical pixels as one in rows."""
    return pixels * (frame.y_axis.high - frame.y_axis.low) / frame.height


def _piece(spec: ChartSpec, frame: Frame, bar: Bar) -> QPainterPath:
    half = _rows(frame, frame.bar_height / 2)
    return _box(_places(spec.x_axis, (bar.start, bar.end)), (bar.row - half, bar.row + half))


def _bar(spec: ChartSpec, frame: Frame, bar: Bar, brushes: Brushes) -> Shape:
    """A bar: filled, or an outline with slanted strokes where it is hatched."""
    path = _piece(spec, frame, bar)
    if not bar.hatched:
        return Shape(path, brushes.fill(bar.tint))
    (left, right), rows = _ends(spec.x_axis), spec.y_axis
    for stroke in hatching(frame, bar):
        (x, y), (to_x, to_y) = (
            (left + (right - left) * (px - frame.left) / frame.width, rows.low + _rows(frame, py - frame.top))
            for px, py in stroke
        )
        path.moveTo(x, y)
        path.lineTo(to_x, to_y)
    return Shape(path, None, brushes.pen(palette.color(bar.tint, brushes.theme.name), THIN_WIDTH))


def _interval(spec: ChartSpec, frame: Frame, interval: Interval, brushes: Brushes) -> list[Shape]:
    """The bar of an interval and the line of its median."""
    behind = GHOST_EXTRA if interval.style in (GHOST, ASSUMED) else 0.0
    half = _rows(frame, frame.bar_height / 2 + behind)
    ends = interval.row - half, interval.row + half
    low, median, high = _places(spec.x_axis, (interval.low, interval.median, interval.high))
    bar, line = _box((low, high), ends), _polyline((median, median), ends)
    pen = brushes.style(interval.tint, interval.style, MEDIAN_WIDTH)
    if interval.style == ASSUMED:
        return [Shape(bar, None, pen), Shape(line, None, pen)]
    alpha = GHOST_ALPHA if interval.style == GHOST else BAR_ALPHA
    return [Shape(bar, brushes.fill(interval.tint, alpha)), Shape(line, None, pen)]
