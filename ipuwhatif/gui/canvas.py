"""Draws a ChartSpec with pyqtgraph, live; the only file that knows pyqtgraph.

Every tick, label place and number comes from the spec; nothing here ranges, rounds or chooses.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from math import hypot, log10

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainterPath, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPathItem, QWidget

from ipuwhatif.export.painter import BAND_ALPHA, BAR_ALPHA, GHOST_ALPHA, MARK_SIZE, PAIR_SIZE
from ipuwhatif.figures import palette
from ipuwhatif.figures.geometry import Frame, plot_frame
from ipuwhatif.figures.spec import GHOST, PAIR, Axis, Band, Bar, ChartSpec, Interval, Line, Mark, Tint
from ipuwhatif.gui.lettering import Lettering

REACH = 9.0  # how near a click must come to a mark or a line, in logical pixels
NARROWEST, LOWEST = 560, 200  # no chart is smaller, in logical pixels
GHOST_EXTRA = 4.0  # how far a ghost stands out behind its bar, in logical pixels

pg.setConfigOptions(antialias=True)


class ChartCanvas(pg.GraphicsView):
    """One chart. `clicked` carries the key of the interval, line or mark under the mouse."""

    clicked = Signal(str)
    resized = Signal()
    _spec: ChartSpec | None = None  # on the class: the base class sends its first resize before __init__ is through

    def __init__(self, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._theme = theme
        self._signature: object = None
        self._frame: Frame | None = None
        self._placed: tuple[Mark, ...] = ()
        self._view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._lettering = Lettering(theme)
        self._grid = pg.PlotCurveItem()
        self._marks = pg.ScatterPlotItem()
        self._areas: list[QGraphicsPathItem] = []
        self._curves: list[pg.PlotCurveItem] = []
        self.addItem(self._view)
        self.addItem(self._lettering)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(NARROWEST, LOWEST)

    @property
    def spec(self) -> ChartSpec | None:
        """The chart as drawn: of the size of the widget, on the axes that were held."""
        return self._spec

    def set_theme(self, theme: str) -> None:
        """Paint everything anew: pens and brushes of a theme do not follow a palette."""
        self._theme = theme
        self._signature = None
        if self._spec is not None:
            self.set_spec(self._spec)

    def set_spec(self, spec: ChartSpec, hold: bool = False) -> None:
        """Show a chart; `hold` keeps the axes of the one before while everything still fits, so that nothing jumps."""
        spec = replace(spec, width=self.width(), height=self.height())
        if hold and self._spec is not None:
            spec = _held(spec, self._spec)
        self._spec = spec
        signature = _signature(spec)
        if signature != self._signature:
            self._rebuild(spec)
            self._signature = signature
        self._place(spec, plot_frame(spec))
        self._lettering.show_spec(spec, self._theme)
        self.setAccessibleName(f"{spec.title}. {spec.subtitle}")

    def fit_height(self, height: int, room: int) -> None:
        """Be as high as a chart that needs more than the room; any other fills the room."""
        self.setMinimumHeight(height if height > room else LOWEST)

    def key_at(self, position: QPointF) -> str:
        """What lies under a point of the widget: the key of a mark, an interval or a line, or an empty string."""
        spec = self._spec
        if spec is None:
            return ""
        frame = plot_frame(spec)
        near = [(_distance(frame, mark.x, mark.y, position), mark.key) for mark in spec.marks]
        near += [(0.5 + _distance_to_line(frame, line, position), line.key) for line in spec.lines]
        near += [(REACH - 1, each.key) for each in spec.intervals if _bar(frame, each).contains(position)]
        near += [(REACH - 1, each.key) for each in spec.bars if _piece(frame, each).contains(position)]
        distance, key = min(near, default=(REACH + 1, ""), key=lambda pair: pair[0])
        return key if distance <= REACH else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = bool(self.key_at(event.position()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else ""
        if key:
            self.clicked.emit(key)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is None:
            return
        if self._spec is not None:
            self.set_spec(self._spec)
        self.resized.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._spec is not None:
            self.set_theme(self._theme)  # pens are in device pixels
        return bool(super().event(event))

    def _rebuild(self, spec: ChartSpec) -> None:
        """New items for a chart of another make: pens and brushes are set here, data are placed on every move."""
        self._view.clear()
        self._frame = None
        tokens = palette.theme(self._theme)
        self.setBackground(tokens.background)
        self._grid = pg.PlotCurveItem(connect="pairs", pen=self._pen(tokens.grid, 1.0))
        self._areas = [self._area(band.tint, BAND_ALPHA) for band in spec.bands]
        self._areas += [
            self._area(each.tint, GHOST_ALPHA if each.style == GHOST else BAR_ALPHA) for each in spec.intervals
        ]
        self._areas += [self._area(bar.tint, 1.0) for bar in spec.bars]
        self._curves = [pg.PlotCurveItem(pen=self._median_pen(each)) for each in spec.intervals]
        self._curves += [pg.PlotCurveItem(pen=self._line_pen(line)) for line in spec.lines]
        self._marks = pg.ScatterPlotItem(pxMode=True, size=MARK_SIZE, symbol="o")
        for order, item in enumerate([self._grid, *self._areas, *self._curves, self._marks]):
            item.setZValue(order)
            self._view.addItem(item, ignoreBounds=True)

    def _place(self, spec: ChartSpec, frame: Frame) -> None:
        """Everything in data coordinates: ranges, grid, areas, curves, marks."""
        x_axis, y_axis = spec.x_axis, spec.y_axis
        placed_anew = frame != self._frame
        if placed_anew:
            self._frame = frame
            self._view.setGeometry(QRectF(frame.left, frame.top, frame.width, frame.height))
            self._view.invertY(y_axis.scale == "rows")
            self._view.setRange(xRange=_ends(x_axis), yRange=_ends(y_axis), padding=0, disableAutoRange=True)
            self._grid.setData(*_grid(spec))
        paths = [_band_path(spec, band) for band in spec.bands]
        paths += [_bar_path(spec, frame, each) for each in spec.intervals]
        paths += [_piece_path(spec, frame, bar) for bar in spec.bars]
        for item, path in zip(self._areas, paths, strict=True):
            item.setPath(path)
        curves = [((each.median, each.median), _bar_ends(frame, each)) for each in spec.intervals]
        curves += [(line.x, line.y) for line in spec.lines]
        for curve, (xs, ys) in zip(self._curves, curves, strict=True):
            curve.setData(_places(x_axis, xs), _places(y_axis, ys))
        if placed_anew or spec.marks != self._placed:
            self._placed = spec.marks
            self._place_marks(spec)

    def _place_marks(self, spec: ChartSpec) -> None:
        self._marks.setData(
            x=_places(spec.x_axis, [mark.x for mark in spec.marks]),
            y=_places(spec.y_axis, [mark.y for mark in spec.marks]),
            size=[mark.size * (PAIR_SIZE if mark.style == PAIR else MARK_SIZE) for mark in spec.marks],
            brush=[QColor(palette.color(mark.tint, self._theme)) for mark in spec.marks],
            pen=self._pen(palette.theme(self._theme).background, 1.75),
        )

    def _pen(self, colour: str, width: float, dashes: list[float] | None = None) -> QPen:
        """A pen of a width in logical pixels; pyqtgraph's own are in device pixels."""
        pen: QPen = pg.mkPen(colour, width=width * self.devicePixelRatioF())
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashes is not None:
            pen.setDashPattern(dashes)
        return pen

    def _median_pen(self, interval: Interval) -> QPen:
        ghost = interval.style == GHOST
        return self._pen(
            palette.color(interval.tint, self._theme), 1.5 if ghost else 3.0, [2.0, 2.0] if ghost else None
        )

    def _line_pen(self, line: Line) -> QPen:
        ghost = line.style == GHOST
        dashes = [2.0, 2.0] if ghost else ([4.0, 2.5] if line.dashed else None)
        return self._pen(palette.color(line.tint, self._theme), 1.5 if ghost else 2.25, dashes)

    def _area(self, tint: Tint, alpha: float) -> QGraphicsPathItem:
        colour = QColor(palette.color(tint, self._theme))
        colour.setAlphaF(alpha)
        item = QGraphicsPathItem()
        item.setPen(QPen(Qt.PenStyle.NoPen))
        item.setBrush(colour)
        return item


def place(axis: Axis, value: float) -> float:
    """Where a value lies in the coordinates of the view: its logarithm on a log axis."""
    return log10(value) if axis.scale == "log" else float(value)


def _places(axis: Axis, values: Iterable[float]) -> np.ndarray:
    places = np.array(list(values), dtype=float)
    return np.log10(places) if axis.scale == "log" else places


def _ends(axis: Axis) -> tuple[float, float]:
    return place(axis, axis.low), place(axis, axis.high)


def _bar(frame: Frame, interval: Interval) -> QRectF:
    """An interval's bar in logical pixels."""
    half = frame.bar_height / 2 + (GHOST_EXTRA if interval.style == GHOST else 0.0)
    left, right = frame.x(interval.low), frame.x(interval.high)
    return QRectF(left, frame.y(interval.row) - half, max(right - left, 1.0), 2 * half)


def _bar_ends(frame: Frame, interval: Interval) -> tuple[float, float]:
    """Upper and lower end of a bar, in rows."""
    half = _bar(frame, interval).height() / 2 * (frame.y_axis.high - frame.y_axis.low) / frame.height
    return interval.row - half, interval.row + half


def _bar_path(spec: ChartSpec, frame: Frame, interval: Interval) -> QPainterPath:
    top, bottom = _bar_ends(frame, interval)
    left, right = place(spec.x_axis, interval.low), place(spec.x_axis, interval.high)
    path = QPainterPath()
    path.addRect(left, top, right - left, bottom - top)
    return path


def _piece(frame: Frame, bar: Bar) -> QRectF:
    """A filled piece of a row in logical pixels."""
    left, right = sorted((frame.x(bar.start), frame.x(bar.end)))
    half = frame.bar_height / 2
    return QRectF(left, frame.y(bar.row) - half, right - left, 2 * half)


def _piece_path(spec: ChartSpec, frame: Frame, bar: Bar) -> QPainterPath:
    left, right = sorted((place(spec.x_axis, bar.start), place(spec.x_axis, bar.end)))
    half = frame.bar_height / 2 * (frame.y_axis.high - frame.y_axis.low) / frame.height
    path = QPainterPath()
    path.addRect(left, bar.row - half, right - left, 2 * half)
    return path


def _band_path(spec: ChartSpec, band: Band) -> QPainterPath:
    xs, lows, highs = _places(spec.x_axis, band.x), _places(spec.y_axis, band.low), _places(spec.y_axis, band.high)
    path: QPainterPath = pg.arrayToQPath(np.concatenate([xs, xs[::-1]]), np.concatenate([lows, highs[::-1]]))
    return path


def _grid(spec: ChartSpec) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of points of the grid: a line for each tick of an axis that measures something."""
    lines = [((place(spec.x_axis, tick.value),) * 2, _ends(spec.y_axis)) for tick in spec.x_axis.ticks]
    if spec.y_axis.scale != "rows":
        lines += [(_ends(spec.x_axis), (place(spec.y_axis, tick.value),) * 2) for tick in spec.y_axis.ticks]
    return np.array([x for xs, _ in lines for x in xs]), np.array([y for _, ys in lines for y in ys])


def _signature(spec: ChartSpec) -> object:
    """What pens and brushes depend on: while it stays, a new spec only moves what is there."""
    return (
        spec.kind,
        tuple(band.tint for band in spec.bands),
        tuple((each.tint, each.style) for each in spec.intervals),
        tuple((line.tint, line.style, line.dashed) for line in spec.lines),
        tuple(bar.tint for bar in spec.bars),
    )


def _held(spec: ChartSpec, held: ChartSpec) -> ChartSpec:
    """The spec on the axes and margins of the one before, unless something of it would not fit there."""
    xs = [value for each in spec.intervals for value in (each.low, each.high)] + [mark.x for mark in spec.marks]
    xs += [value for line in spec.lines for value in line.x] + [
        end for bar in spec.bars for end in (bar.start, bar.end)
    ]
    ys = [value for band in spec.bands for value in (*band.low, *band.high)] + [mark.y for mark in spec.marks]
    ys += [value for line in spec.lines for value in line.y]
    same = (spec.kind, spec.x_axis.title, spec.y_axis.title) == (held.kind, held.x_axis.title, held.y_axis.title)
    rows = spec.y_axis.scale == "rows" and spec.y_axis != held.y_axis
    inside_x = all(held.x_axis.low <= value <= held.x_axis.high for value in xs)
    inside_y = all(held.y_axis.low <= value <= held.y_axis.high for value in ys)
    if not (same and inside_x and inside_y) or rows:
        return spec
    return replace(
        spec,
        x_axis=held.x_axis,
        y_axis=held.y_axis,
        margin_left=max(spec.margin_left, held.margin_left),
        margin_right=max(spec.margin_right, held.margin_right),
        margin_bottom=max(spec.margin_bottom, held.margin_bottom),
    )


def _distance(frame: Frame, x: float, y: float, position: QPointF) -> float:
    return hypot(frame.x(x) - position.x(), frame.y(y) - position.y())


def _distance_to_line(frame: Frame, line: Line, position: QPointF) -> float:
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
