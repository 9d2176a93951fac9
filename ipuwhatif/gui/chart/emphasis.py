"""What the pointer is on stands out: an outline over the chart, or a line across it with a dot on every curve.

An item of its own over everything else, no larger than what it draws, so that the chart under it is not painted anew.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.palette import color, theme
from ipuwhatif.charts.spec import BAR, Bar, ChartSpec, Interval, LegendEntry, Line, Mark, Reading, Strip, Tick
from ipuwhatif.figures.tips import Element
from ipuwhatif.gui.chart.chart_hits import box_of
from ipuwhatif.records import Record

WIDTH, DOT, CHOSEN = 1.75, 3.5, 5.5  # of outlines, radii of a dot and of that of the chosen curve, in logical pixels
AIR = 2.0  # between a thing and its outline, in logical pixels
Dot = tuple[QPointF, float, QColor]


class Cross(Record, frozen=True):
    """A place along the x axis and what is read there; `chosen` is the curve whose why is asked."""

    x: float
    readings: tuple[Reading, ...]
    chosen: Reading


class Emphasis(QGraphicsItem):
    """Draws outlines and dots in the coordinates of the widget."""

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self._dots: tuple[Dot, ...] = ()
        self._ink = QColor()
        self._room = QColor()
        self._thin = False
        self.setZValue(60)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_element(self, spec: ChartSpec, element: Element, theme_name: str) -> None:
        """Outline what a pointer is on; of an entry of the legend everything that it tells of."""
        path = QPainterPath()
        for each in _meant(spec, element):
            if isinstance(each, Line) and len(each.x) > 1:
                frame = plot_frame(spec)
                points = [QPointF(frame.x(x), frame.y(y)) for x, y in zip(each.x, each.y, strict=True)]
                path.addPolygon(QPolygonF(points))
                continue
            box = box_of(spec, each).adjusted(-AIR, -AIR, AIR, AIR)
            path.addEllipse(box) if isinstance(each, Mark) else path.addRoundedRect(box, 2.0, 2.0)
        self._draw(path, (), theme_name, thin=False)

    def show_cross(self, spec: ChartSpec, cross: Cross, theme_name: str) -> None:
        """A line over the height of the plot, with a dot on each curve."""
        frame, path = plot_frame(spec), QPainterPath()
        x = round(frame.x(cross.x)) + 0.5
        path.moveTo(x, frame.top)
        path.lineTo(x, frame.bottom)
        dots = tuple(
            (
                QPointF(frame.x(each.x), frame.y(each.value)),
                CHOSEN if each is cross.chosen else DOT,
                QColor(color(each.tint, theme_name)),
            )
            for each in cross.readings
        )
        self._draw(path, dots, theme_name, thin=True)

    def clear(self) -> None:
        if not self._path.isEmpty():
            self._draw(QPainterPath(), (), "light", thin=False)

    def boundingRect(self) -> QRectF:
        if self._path.isEmpty():
            return QRectF()
        around = CHOSEN + WIDTH if self._dots else WIDTH
        return self._path.boundingRect().adjusted(-around, -around, around, around)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(self._path, QPen(self._ink, 1.0 if self._thin else WIDTH))
        for middle, radius, ink in self._dots:
            painter.setPen(QPen(self._room, 1.5))
            painter.setBrush(ink)
            painter.drawEllipse(middle, radius, radius)

    def _draw(self, path: QPainterPath, dots: tuple[Dot, ...], theme_name: str, thin: bool) -> None:
        self.prepareGeometryChange()
        tokens = theme(theme_name)
        self._path, self._dots, self._thin = path, dots, thin
        self._ink, self._room = QColor(tokens.muted_text if thin else tokens.text), QColor(tokens.background)
        self.update()


def _meant(spec: ChartSpec, element: Element) -> Sequence[Element]:
    """What stands out: the thing itself, what is drawn in a row, what an entry of the legend tells of."""
    if isinstance(element, Tick):
        in_row: tuple[Interval | Bar, ...] = (*spec.intervals, *spec.bars)
        return (element, *(each for each in in_row if each.row == element.value))
    if not isinstance(element, LegendEntry):
        return (element,)
    if element.style == BAR:
        tinted: tuple[Bar | Strip, ...] = (*spec.bars, *spec.strips)
        return (element, *(each for each in tinted if each.tint == element.tint))
    drawn: tuple[Interval | Mark | Line, ...] = (*spec.intervals, *spec.marks, *spec.lines)
    return (element, *(each for each in drawn if each.style == element.style))
