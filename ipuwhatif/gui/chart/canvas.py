"""Carries a painted ChartSpec with pyqtgraph, live: pointer, wheel, drags, keyboard and what stands out under them.

What is seen is the painter's; nothing here ranges, rounds or chooses.
"""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QRubberBand, QWidget

from ipuwhatif.charts.geometry import LEAST_PAGE, plot_frame
from ipuwhatif.charts.palette import theme as theme_of
from ipuwhatif.charts.spec import ChartSpec, Why
from ipuwhatif.gui.chart.chart_drag import Grip, grip_at, moved, value_of
from ipuwhatif.gui.chart.chart_hits import key_at
from ipuwhatif.gui.chart.chart_reader import ChartReader
from ipuwhatif.gui.chart.chart_zoom import LEAST_BAND, can_zoom, chips_at, in_plot
from ipuwhatif.gui.chart.live_picture import LivePicture
from ipuwhatif.records import replace

NOTCH = 120.0  # of a wheel, in Qt's eighths of a degree
NARROWEST, LOWEST = LEAST_PAGE  # no chart is smaller, in logical pixels


class ChartCanvas(pg.GraphicsView):
    """One chart. `clicked` carries the key of the interval, line or mark under the mouse.

    While the target line is dragged `target_dragged` carries its seconds, while the end of a bar is `bar_dragged` the
    bar's key and the value of its lever; `target_dropped` and `bar_dropped` follow when it is let go. Along chips the
    wheel is `wheeled` with steps and the chip count under it, a stretch that is drawn `stretched` with its ends.
    """

    clicked = Signal(str)
    resized = Signal()
    target_dragged = Signal(float)
    target_dropped = Signal()
    bar_dragged = Signal(str, float)
    bar_dropped = Signal()
    wheeled = Signal(float, float)
    stretched = Signal(float, float)
    double_clicked = Signal()
    _spec: ChartSpec | None = None  # on the class: the base class sends its first resize before __init__ is through

    def __init__(self, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._theme = theme
        self._picture = LivePicture(theme_of(theme), self.devicePixelRatioF())
        self._grip: Grip | None = None
        self._pressed = QPointF()
        self._is_dragging = False
        self._is_held = False  # a hand is on a lever, here or beside the chart
        self._band: QRubberBand | None = None  # around a stretch of the chip axis while it is drawn
        self._reader = ChartReader(self)
        self.addItem(self._reader.emphasis)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the slider that has it
        self.setMinimumSize(NARROWEST, LOWEST)
        # Each painting covers everything, so that nothing is laid under it and no copy of it is kept.
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def spec(self) -> ChartSpec | None:
        """The chart as drawn: of the size of the widget, on the axes that were held."""
        return self._spec

    def set_theme(self, theme: str) -> None:
        """Paint everything anew: the paint of a theme does not follow a palette."""
        self._theme = theme
        self._picture = LivePicture(theme_of(theme), self.devicePixelRatioF())
        self.viewport().update()
        if self._spec is not None:
            self.set_spec(self._spec)

    def set_spec(self, spec: ChartSpec, hold: bool = False, whys: Sequence[Why] | None = None) -> None:
        """Show a chart; `hold` keeps the axes of the one before while everything still fits, so that nothing jumps.

        `whys` name what has no name on the chart; without any those of the chart before are kept.
        While a bar is dragged the chart that it was taken from stays, with the bar under the hand.
        """
        if self._is_dragging and self._grip is not None and self._grip.bar is not None:
            return
        spec = replace(spec, width=self.width(), height=self.height())
        self._is_held = hold or self._is_dragging
        if self._is_held and self._spec is not None:
            spec = _held(spec, self._spec)
        self._show(spec)
        self._reader.show_spec(spec, self._theme, whys, self._is_held)

    def _show(self, spec: ChartSpec) -> None:
        self._spec = spec
        self.viewport().update()
        name = f"{spec.title}. {spec.subtitle}"
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        if self._spec is None:
            painter.fillRect(rect, QColor(self._picture.tokens.background))
        else:
            self._picture.paint(painter, self._spec, self._is_held)

    def fit_height(self, height: int, room: int) -> None:
        """Be as high as a chart that needs more than the room; any other fills the room."""
        self.setMinimumHeight(height if height > room else LOWEST)

    def key_at(self, position: QPointF) -> str:
        """What lies under a point of the widget: the key of a mark, an interval or a line, or an empty string."""
        return "" if self._spec is None else key_at(self._spec, position)

    @property
    def read_key(self) -> str:
        """What the why of that is asked by which the arrow keys or the pointer have led to."""
        return self._reader.key

    @property
    def read_position(self) -> QPoint | None:
        """Where that stands; None where nothing is read."""
        return self._reader.position

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._spec is None:
            return
        if self._grip is not None or self._draws_stretch(event):
            self._reader.clear()
            if self._grip is not None:
                self._drag(self._grip, event.position())
            return
        grip, over = grip_at(self._spec, event.position()), bool(self.key_at(event.position()))
        arrow = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(arrow if grip is None else grip.cursor)
        self._reader.point(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._reader.clear()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the keyboard is has to be seen: the first thing, or the middle chip count, is read at once."""
        super().focusInEvent(event)
        if not self._reader.is_telling:
            self._reader.step(Qt.Key.Key_Right)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._reader.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from thing to thing, along chips from count to count; Return asks for the why, Esc hides the card.

        What nothing here takes goes on to the page.
        """
        if self._reader.step(event.key()):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._reader.key:
            self.clicked.emit(self._reader.key)
            return
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton and self._spec is not None:
            self._pressed, self._grip = event.position(), grip_at(self._spec, event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._band is not None and self._spec is not None:
            self._band.deleteLater()
            self._band = None
            ends = (chips_at(self._spec, each.x()) for each in (self._pressed, event.position()))
            self.stretched.emit(*ends)
            return
        grip, dragged = self._grip, self._is_dragging
        self._grip, self._is_dragging = None, False
        if grip is not None and dragged:
            (self.target_dropped if grip.bar is None else self.bar_dropped).emit()
            return
        key = self._reader.point_key(event.position()) or self.key_at(event.position())
        if key:
            self.clicked.emit(key)

    def _drag(self, grip: Grip, position: QPointF) -> None:
        """Lead what is held to a point; a hand that only trembles drags nothing."""
        away = (position - self._pressed).manhattanLength()
        if not self._is_dragging and away < QApplication.startDragDistance() / 3:
            return
        self._is_dragging = True
        value = value_of(grip, position)
        if grip.bar is None:
            self.target_dragged.emit(value)
        else:
            self._show(moved(grip, position))
            self.bar_dragged.emit(grip.key, value)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.double_clicked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer and farther along chips; anything else scrolls."""
        turned = event.angleDelta().y()
        if not turned or self._spec is None or not can_zoom(self._spec) or not in_plot(self._spec, event.position()):
            event.ignore()
            return
        event.accept()
        self.wheeled.emit(turned / NOTCH, chips_at(self._spec, event.position().x()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()  # the page knows what can be done

    def _draws_stretch(self, event: QMouseEvent) -> bool:
        """Draw the stretch from where the mouse was pressed to where it is, over the height of the plot."""
        spec, pressed, now = self._spec, self._pressed, event.position()
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if not held or spec is None or not can_zoom(spec) or not in_plot(spec, pressed):
            return False
        if self._band is None and abs(now.x() - pressed.x()) >= LEAST_BAND:
            self._band = QRubberBand(QRubberBand.Shape.Rectangle, self)
            self._band.show()
        if self._band is not None:
            frame = plot_frame(spec)
            left, right = sorted(min(max(each, frame.left), frame.right) for each in (pressed.x(), now.x()))
            self._band.setGeometry(QRectF(left, frame.top, right - left, frame.height).toAlignedRect())
        return self._band is not None

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is None:
            return
        if self._spec is not None:
            self.set_spec(self._spec)
        self.resized.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._takes_escape(event):
            self._reader.clear()
            event.accept()
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._spec is not None:
            self.set_theme(self._theme)  # kept pictures are of one ratio
        return bool(super().event(event))

    def _takes_escape(self, event: QEvent) -> bool:
        """Esc hides the card before it closes anything else."""
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._reader.is_telling


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
