"""The map of who wins: painted by probability, with contours, read under the pointer or a cursor of the keyboard."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ipuwhatif.analysis.explore.duel import Outcomes
from ipuwhatif.charts.palette import theme
from ipuwhatif.figures.explore.duel import LEVELS, level_lines
from ipuwhatif.gui.explore.cloud import Ticks
from ipuwhatif.gui.explore.raster import Bytes
from ipuwhatif.model.parameters import FloatArray

_PIXELS = (256, 192)  # of the picture that is spread over the map, along and up
_PALEST, _DARKEST = 0.08, 0.7  # of a colour where either is as likely, and where one is sure
_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_Up: (1, 0),
}


class DuelMap(pg.PlotWidget):
    """Signals: `pointed` with row and column under the pointer, -1 for none; `chosen` with those of the cursor."""

    pointed = Signal(int, int)
    chosen = Signal(int, int)

    def __init__(self, theme_name: str, parent: QWidget | None = None) -> None:
        self.across, self.up = Ticks("bottom"), Ticks("left")
        super().__init__(parent, axisItems={"bottom": self.across, "left": self.up})
        self._outcomes: Outcomes | None = None
        self._paints = (QColor(), QColor())
        self.cursor_at: tuple[int, int] | None = None
        self.picture = pg.ImageItem(axisOrder="row-major")
        self.lines: list[pg.PlotCurveItem] = []
        self.ring = pg.ScatterPlotItem(size=16, brush=None)
        for item in (self.picture, self.ring):
            self.addItem(item)
        self.ring.setZValue(10)
        plot = self.getPlotItem()
        plot.setLogMode(True, True)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        plot.layout.setContentsMargins(0, 8, 24, 0)  # room for what a last tick says
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_theme(theme_name)

    def set_theme(self, name: str) -> None:
        """Paint ground, axes and contours for a theme."""
        self._tokens = theme(name)
        self.setBackground(self._tokens.background)
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(self._tokens.muted_text)
            axis.setTextPen(self._tokens.text)
        self.ring.setPen(pg.mkPen(self._tokens.text, width=3))
        self.ring.setBrush(pg.mkBrush(self._tokens.background))

    def show_outcomes(self, outcomes: Outcomes | None, subject: str, reference: str) -> None:
        """Another map, in the colours of both, or none. The cursor goes where it is no longer."""
        self._outcomes = outcomes
        for line in self.lines:
            self.removeItem(line)
        self.lines = []
        self.picture.setVisible(outcomes is not None)
        if outcomes is None:
            self.put_cursor(None)
            return
        x, y = np.log10(outcomes.x), np.log10(outcomes.y)
        (x0, x1), (y0, y1) = _edges(x), _edges(y)
        self.picture.setImage(painted(outcomes, subject, reference, self._tokens.background), autoLevels=False)
        self.picture.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        self.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0.0)
        for level in LEVELS:
            likely = level == LEVELS[0]
            style = Qt.PenStyle.SolidLine if likely else Qt.PenStyle.DashLine
            pen = pg.mkPen(self._tokens.text, width=2.0 if likely else 1.2, style=style)
            for across, up in level_lines(outcomes, level):
                line = pg.PlotCurveItem(np.log10(across), np.log10(up), pen=pen)
                self.lines.append(line)
                self.addItem(line)
        at = self.cursor_at
        if at is not None and not (at[0] < len(y) and at[1] < len(x)):
            at = None
        self.put_cursor(at)

    def put_cursor(self, at: tuple[int, int] | None) -> None:
        """A ring around a place, or around none."""
        self.cursor_at = at
        places = [] if at is None or self._outcomes is None else [at]
        self.ring.setData(
            [float(np.log10(self._outcomes.x[column])) for _, column in places],
            [float(np.log10(self._outcomes.y[row])) for row, _ in places],
        )

    def _under(self, position: QPoint) -> tuple[int, int] | None:
        box = self.getPlotItem().getViewBox()
        at = box.mapSceneToView(self.mapToScene(position))
        if self._outcomes is None or not box.viewRect().contains(at):
            return None
        return _nearest(np.log10(self._outcomes.y), at.y()), _nearest(np.log10(self._outcomes.x), at.x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.pointed.emit(*(self._under(event.position().toPoint()) or (-1, -1)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self._under(event.position().toPoint())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self.put_cursor(at)
            self.chosen.emit(*at)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(-1, -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._outcomes is None or event.key() not in _STEPS:
            super().keyPressEvent(event)
            return
        up, along = _STEPS[event.key()]
        rows, columns = self._outcomes.probability.shape
        row, column = self.cursor_at or (rows // 2, columns // 2)
        at = min(max(row + up, 0), rows - 1), min(max(column + along, 0), columns - 1)
        self.put_cursor(at)
        self.chosen.emit(*at)


def _nearest(places: FloatArray, at: float) -> int:
    return int(np.abs(places - at).argmin())


def _edges(places: FloatArray) -> tuple[float, float]:
    """From where to where a map of these places reaches: half a step beyond both ends."""
    if len(places) < 2:
        return float(places[0]) - 0.1, float(places[0]) + 0.1
    before, after = (places[1] - places[0]) / 2.0, (places[-1] - places[-2]) / 2.0
    return float(places[0] - before), float(places[-1] + after)


def painted(outcomes: Outcomes, subject: str, reference: str, ground: str) -> Bytes:
    """A picture of the map, the first row at the bottom: pale where it is open, transparent where nothing is known."""
    x, y = np.log10(outcomes.x), np.log10(outcomes.y)
    (x0, x1), (y0, y1) = _edges(x), _edges(y)
    wide, tall = _PIXELS
    across, up = (np.linspace(low, high, count) for low, high, count in ((x0, x1, wide), (y0, y1, tall)))
    near_x, near_y = (np.abs(places[:, None] - at).argmin(axis=0) for places, at in ((x, across), (y, up)))
    known = np.isfinite(outcomes.probability)[np.ix_(near_y, near_x)]
    # Straight in logarithms between places; one that is not known takes no part in what its neighbours show.
    filled = np.where(np.isfinite(outcomes.probability), outcomes.probability, np.nan)
    along = np.stack([_between(across, x, row) for row in filled])
    between = np.stack([_between(up, y, column) for column in along.T], axis=1)
    nearest = filled[np.ix_(near_y, near_x)]
    probability = np.where(np.isfinite(between), between, nearest)
    sure = np.abs(probability - 0.5) * 2.0
    weight = np.where(known, _PALEST + (_DARKEST - _PALEST) * np.nan_to_num(sure), 0.0)[..., None]
    hue = np.where((np.nan_to_num(probability) >= 0.5)[..., None], _rgb(subject), _rgb(reference))
    mixed = weight * hue + (1.0 - weight) * _rgb(ground)
    return np.concatenate([mixed, np.where(known, 255.0, 0.0)[..., None]], axis=-1).astype(np.uint8)


def _between(at: FloatArray, places: FloatArray, values: FloatArray) -> FloatArray:
    return np.full(len(at), values[0]) if len(places) < 2 else np.interp(at, places, values)


def _rgb(code: str) -> FloatArray:
    colour = QColor(code)
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float64)
