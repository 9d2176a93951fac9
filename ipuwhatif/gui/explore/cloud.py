"""Plans as points on two logarithmic axes: moved by hand, zoomed by the wheel, read and chosen under the pointer."""

from collections.abc import Callable
from math import log10

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ipuwhatif.charts.spec import Axis
from ipuwhatif.gui.explore.raster import Bytes, Window, dots, nearest
from ipuwhatif.gui.theme import theme
from ipuwhatif.model.parameters import FloatArray

REACH = 12.0  # of the pointer, in logical pixels
_MARGIN = 0.05  # around all points, as a part of the picture
_BAND = 60  # of 255


class Ticks(pg.AxisItem):
    """An axis whose ticks are those of the app: `axis_of` makes an axis that runs between two values."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
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
        self.setLabel(axis.title)
        self._texts = {log10(tick.value): tick.text for tick in axis.ticks}
        return [(1.0, [place for place in self._texts if minVal <= place <= maxVal])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._texts.get(value, "") for value in values]


class Cloud(pg.PlotWidget):
    """Signals: `pointed` with the point under the pointer or -1, `chosen` with the one that was clicked."""

    pointed = Signal(int)
    chosen = Signal(int)

    def __init__(self, theme_name: str, parent: QWidget | None = None) -> None:
        self.across, self.up = Ticks("bottom"), Ticks("left")
        super().__init__(parent, axisItems={"bottom": self.across, "left": self.up})
        self.places_x = self.places_y = np.zeros(0)
        self._colour: npt.NDArray[np.int16] = np.zeros(0, dtype=np.int16)
        self._paints: Bytes = np.zeros((1, 4), dtype=np.uint8)
        self.picture = pg.ImageItem(axisOrder="row-major")
        self.low, self.high, self.line = (pg.PlotDataItem() for _ in range(3))
        self.band = pg.FillBetweenItem(self.low, self.high)
        self.ring = pg.ScatterPlotItem(size=14, brush=None)
        for item in (self.band, self.picture, self.line, self.ring):
            self.addItem(item)
        plot = self.getPlotItem()
        plot.setLogMode(True, True)
        plot.showGrid(True, True, 0.25)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        self.setMouseTracking(True)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._paint)
        plot.getViewBox().sigRangeChanged.connect(lambda *_: self._soon.start())
        self._pressed = None
        self.set_theme(theme_name)

    def set_theme(self, name: str) -> None:
        """Paint ground, axes and front for a theme."""
        tokens = theme(name)
        self.setBackground(tokens.background)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(tokens.muted_text)
            axis.setTextPen(tokens.text)
        self.line.setPen(pg.mkPen(tokens.text, width=1.5))
        self.ring.setPen(pg.mkPen(tokens.text, width=2))
        shade = QColor(tokens.text)
        shade.setAlpha(_BAND)
        self.band.setBrush(shade)

    def show_points(self, x: FloatArray, y: FloatArray, colour: npt.NDArray[np.intp], paints: Bytes) -> None:
        """Points by their values, nan for none; what is looked at stays until `show_all`."""
        with np.errstate(divide="ignore", invalid="ignore"):
            self.places_x, self.places_y = np.log10(x).astype(np.float32), np.log10(y).astype(np.float32)
        self._colour, self._paints = colour.astype(np.int16), paints
        self._soon.start()

    def show_front(self, x: FloatArray, y: FloatArray, low: FloatArray | None, high: FloatArray | None) -> None:
        """A line through the best plans, by rising x, and the interval around it where it is known."""
        self.line.setData(x, y)
        known = low is not None and high is not None
        self.band.setVisible(known)
        if known:
            self.low.setData(x, low)
            self.high.setData(x, high)

    def show_ring(self, row: int | None) -> None:
        """A ring around one point."""
        at = [] if row is None else [(self.places_x[row], self.places_y[row])]
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

    def _paint(self) -> None:
        window = self.window_seen()
        self.picture.setImage(dots(window, self.places_x, self.places_y, self._colour, self._paints), autoLevels=False)
        (x0, x1), (y0, y1) = window.x, window.y
        self.picture.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))

    def _under(self, event: QMouseEvent) -> int | None:
        window, ratio = self.window_seen(), self.devicePixelRatioF()
        at = self.getPlotItem().getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))
        across, up = window.pixels(np.array([at.x()]), np.array([at.y()]))
        return nearest(window, self.places_x, self.places_y, (float(across[0]), float(up[0])), REACH * ratio)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            row = self._under(event)
            self.pointed.emit(-1 if row is None else row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        still = self._pressed is not None and (event.position() - self._pressed).manhattanLength() < REACH / 3.0
        row = self._under(event) if still and event.button() == Qt.MouseButton.LeftButton else None
        if row is not None:
            self.chosen.emit(row)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_soon"):  # the base class resizes before __init__ is through
            self._soon.start()
