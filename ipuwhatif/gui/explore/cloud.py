"""Plans as points on two logarithmic axes: moved by hand, zoomed by the wheel, read and chosen under the pointer.

By keys: arrows move the picture, + and - zoom, Home shows all, Ctrl+A selects what is seen, Esc lets go.
"""

from collections.abc import Callable
from math import log10

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QRubberBand, QWidget

from ipuwhatif.charts.palette import theme
from ipuwhatif.charts.spec import Axis
from ipuwhatif.gui.explore.raster import Bytes, Window, dots, nearest
from ipuwhatif.model.parameters import FloatArray

REACH = 12.0  # of the pointer, in logical pixels
_MARGIN = 0.05  # around all points, as a part of the picture
_BAND = 60  # of 255
_STEP, _ZOOM = 0.1, 0.8  # of what is seen, at a key
_MOVES: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}
_ZOOMS: dict[int, float] = {Qt.Key.Key_Plus: _ZOOM, Qt.Key.Key_Equal: _ZOOM, Qt.Key.Key_Minus: 1.0 / _ZOOM}


class Ticks(pg.AxisItem):
    """An axis whose ticks are those of the app: `axis_of` makes an axis that runs between two values."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.setStyle(hideOverlappingLabels=False)  # the last one may stand out over the end
        self._axis_of: Callable[[float, float], Axis] | None = None
        self._texts: dict[float, str] = {}

    def follow(self, axis_of: Callable[[float, float], Axis]) -> None:
        """Take ticks and title from the axes that this makes."""
        self._axis_of = axis_of
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        if self._axis_of is None or not minVal < maxVal:
            return []
        axis = self._axis_of(10.0**minVal, 10.0**maxVal)
        if axis.title != self.labelText:  # laid out as a page each time
            self.setLabel(axis.title)
        self._texts = {log10(tick.value): tick.text for tick in axis.ticks}
        return [(1.0, [place for place in self._texts if minVal <= place <= maxVal])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._texts.get(value, "") for value in values]


class Cloud(pg.PlotWidget):
    """Signals: `pointed` with the point under the pointer or -1, `chosen` with the one that was clicked.

    `brushed` has the ends of a rectangle in logarithms: x from and to, y from and to; `let_go` is for none any more.
    """

    pointed = Signal(int)
    chosen = Signal(int)
    brushed = Signal(float, float, float, float)
    let_go = Signal()

    def __init__(self, theme_name: str, parent: QWidget | None = None) -> None:
        self.across, self.up = Ticks("bottom"), Ticks("left")
        super().__init__(parent, axisItems={"bottom": self.across, "left": self.up})
        self.places_x = self.places_y = np.zeros(0)
        self._colour: npt.NDArray[np.int16] = np.zeros(0, dtype=np.int16)
        self._paints: Bytes = np.zeros((1, 4), dtype=np.uint8)
        self._lit: npt.NDArray[np.bool_] | None = None
        self.brushing = False  # a drag selects, as it does with Shift
        self.holds_selection = False
        self._rubber = QRubberBand(QRubberBand.Shape.Rectangle, self.viewport())
        self.picture = pg.ImageItem(axisOrder="row-major")
        self.low, self.high, self.line = (pg.PlotDataItem() for _ in range(3))
        self.band = pg.FillBetweenItem(self.low, self.high)
        self.ring = pg.ScatterPlotItem(size=14, brush=None)
        self.target = pg.InfiniteLine(angle=0)
        for item in (self.band, self.picture, self.line, self.ring, self.target):
            self.addItem(item)
        plot = self.getPlotItem()
        plot.setLogMode(True, True)
        plot.showGrid(True, True, 0.25)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        self.setMouseTracking(True)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._paint)
        plot.getViewBox().sigRangeChanged.connect(self._moved)
        self._pressed: QPointF | None = None
        self._brush_from: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_theme(theme_name)

    def set_theme(self, name: str) -> None:
        """Paint ground, axes and front for a theme."""
        tokens = theme(name)
        self._dim = QColor(tokens.grid)
        self.setBackground(tokens.background)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(tokens.muted_text)
            axis.setTextPen(tokens.text)
        self.line.setPen(pg.mkPen(tokens.text, width=1.5))
        self.ring.setPen(pg.mkPen(tokens.text, width=2))
        self.target.setPen(pg.mkPen(tokens.accent, width=1.5, style=Qt.PenStyle.DashDotLine))
        shade = QColor(tokens.text)
        shade.setAlpha(_BAND)
        self.band.setBrush(shade)

    def show_points(
        self,
        x: FloatArray,
        y: FloatArray,
        colour: npt.NDArray[np.intp],
        paints: Bytes,
        lit: npt.NDArray[np.bool_] | None = None,
    ) -> None:
        """Points by their values, nan for none; what is looked at stays until `show_all`. Those not lit are dim."""
        with np.errstate(divide="ignore", invalid="ignore"):
            self.places_x, self.places_y = np.log10(x).astype(np.float32), np.log10(y).astype(np.float32)
        dim = np.array([[self._dim.red(), self._dim.green(), self._dim.blue(), 255]], dtype=np.uint8)
        self._colour, self._paints = colour.astype(np.int16), np.concatenate([paints, dim])
        self._lit = None if lit is None or lit.all() else lit
        self._soon.start()

    def show_front(self, x: FloatArray, y: FloatArray, low: FloatArray | None, high: FloatArray | None) -> None:
        """A line through the best plans, by rising x, and the interval around it where it is known."""
        self.line.setData(x, y)
        self.band.setVisible(low is not None and high is not None)
        if low is not None and high is not None:
            # they are no items of the plot, whose logarithms would otherwise be theirs
            self.low.setData(np.log10(x), np.log10(low))
            self.high.setData(np.log10(x), np.log10(high))

    def show_target(self, y: float | None) -> None:
        """A line across at the time that is sought, or none."""
        self.target.setVisible(y is not None)
        if y is not None:
            self.target.setValue(log10(y))

    def show_ring(self, row: int | None) -> None:
        """A ring around one point, if it has a place."""
        at = [] if row is None else [(self.places_x[row], self.places_y[row])]
        at = [place for place in at if np.isfinite(place).all()]
        self.ring.setData([x for x, _ in at], [y for _, y in at])

    def show_all(self) -> None:
        """Look at all points."""
        seen = np.isfinite(self.places_x) & np.isfinite(self.places_y)
        if seen.any():
            ends = [(places[seen].min(), places[seen].max()) for places in (self.places_x, self.places_y)]
            rooms = [max(_MARGIN * (high - low), 0.02) for low, high in ends]
            (x, y) = ((low - room, high + room) for (low, high), room in zip(ends, rooms, strict=True))
            self.setRange(xRange=x, yRange=y, padding=0.0)

    def window_seen(self) -> Window:
        """What is seen, in pixels of the screen."""
        box, ratio = self.getPlotItem().getViewBox(), self.devicePixelRatioF()
        (x, y) = box.viewRange()
        return Window(tuple(x), tuple(y), round(box.width() * ratio), round(box.height() * ratio))

    def _moved(self) -> None:
        """What is seen has moved: axes and points are painted together, once."""
        self.viewport().setUpdatesEnabled(False)
        self._soon.start()

    def _paint(self) -> None:
        window = self.window_seen()
        picture = dots(window, self.places_x, self.places_y, self._colour, self._paints, self._lit)
        self.picture.setImage(picture, autoLevels=False)
        (x0, x1), (y0, y1) = window.x, window.y
        self.picture.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        self.viewport().setUpdatesEnabled(True)

    def _at(self, position: QPoint) -> tuple[float, float]:
        """Where a place of the widget lies on the axes, in logarithms."""
        at = self.getPlotItem().getViewBox().mapSceneToView(self.mapToScene(position))
        return at.x(), at.y()

    def _under(self, event: QMouseEvent) -> int | None:
        window, ratio = self.window_seen(), self.devicePixelRatioF()
        x, y = self._at(event.position().toPoint())
        across, up = window.pixels(np.array([x]), np.array([y]))
        places_x = self.places_x if self._lit is None else np.where(self._lit, self.places_x, np.float32(np.nan))
        return nearest(window, places_x, self.places_y, (float(across[0]), float(up[0])), REACH * ratio)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() == Qt.MouseButton.LeftButton and (shifted or self.brushing):
            self._brush_from = event.position().toPoint()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._brush_from is not None:
            self._rubber.setGeometry(QRect(self._brush_from, event.position().toPoint()).normalized())
            self._rubber.show()
            return
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            row = self._under(event)
            self.pointed.emit(-1 if row is None else row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        still = self._pressed is not None and (event.position() - self._pressed).manhattanLength() < REACH / 3.0
        begun, self._brush_from = self._brush_from, None
        self._rubber.hide()
        if begun is None:
            super().mouseReleaseEvent(event)
        elif not still:
            (x0, y0), (x1, y1) = self._at(begun), self._at(event.position().toPoint())
            self.brushed.emit(min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1))
        row = self._under(event) if still and event.button() == Qt.MouseButton.LeftButton else None
        if row is not None:
            self.chosen.emit(row)

    def select_seen(self) -> None:
        """Select what is seen, as a rectangle around all of it would."""
        window = self.window_seen()
        self.brushed.emit(*window.x, *window.y)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, box = event.key(), self.getPlotItem().getViewBox()
        (x0, x1), (y0, y1) = box.viewRange()
        if key in _MOVES:
            across, up = _MOVES[key]
            box.translateBy(x=across * _STEP * (x1 - x0), y=up * _STEP * (y1 - y0))
        elif key in _ZOOMS:
            box.scaleBy((_ZOOMS[key], _ZOOMS[key]))
        elif key == Qt.Key.Key_Home:
            self.show_all()
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.select_seen()
        elif key == Qt.Key.Key_Escape and self.holds_selection:
            self.let_go.emit()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_soon"):  # the base class resizes before __init__ is through
            self._soon.start()
