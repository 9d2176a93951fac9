"""Everything of a chart that is set in pixels: titles, ticks, axis lines, labels, legend; one item, one repaint."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ipuwhatif.export.painter import BAR_ALPHA, GHOST_ALPHA, MARK_SIZE, font
from ipuwhatif.export.plain import one_line
from ipuwhatif.figures import geometry, palette
from ipuwhatif.figures.geometry import Frame, plot_frame
from ipuwhatif.figures.labels import EDGE, LEGEND_GAP, LEGEND_SAMPLE, legend_places
from ipuwhatif.figures.palette import Theme
from ipuwhatif.figures.spec import GHOST, OFFICIAL, ChartSpec, Tint

NEUTRAL = Tint("neutral", 0.9)


class Lettering(QGraphicsItem):
    """Draws the texts of a spec in the coordinates of the widget; text is plain, never markup."""

    def __init__(self, theme: str) -> None:
        super().__init__()
        self._theme = theme
        self._spec: ChartSpec | None = None
        self.setZValue(50)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_spec(self, spec: ChartSpec, theme: str) -> None:
        if self._spec is None or (spec.width, spec.height) != (self._spec.width, self._spec.height):
            self.prepareGeometryChange()
        self._spec, self._theme = spec, theme
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF() if self._spec is None else QRectF(0, 0, self._spec.width, self._spec.height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._spec is None:
            return
        spec, frame, tokens = self._spec, plot_frame(self._spec), palette.theme(self._theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _axes(painter, frame, tokens)
        for label in spec.labels:
            at = QPointF(frame.x(label.x) + label.dx, frame.y(label.y) + label.dy)
            colour = palette.color(label.tint, tokens.name)
            _text(painter, label.text, at, colour, palette.LABEL_SIZE, label.anchor, label.bold)
        left = geometry.TITLE_LEFT
        _text(painter, spec.title, QPointF(left, geometry.TITLE_LINE), tokens.text, palette.TITLE_SIZE, bold=True)
        _text(painter, spec.subtitle, QPointF(left, geometry.SUBTITLE_LINE), tokens.muted_text, palette.SUBTITLE_SIZE)
        for start, middle, entry in legend_places(spec):
            _sample(painter, spec.kind, entry.style, start, middle, tokens)
            at = QPointF(start + LEGEND_SAMPLE + LEGEND_GAP, middle)
            _text(painter, entry.text, at, tokens.muted_text, palette.LEGEND_SIZE)


def _axes(painter: QPainter, frame: Frame, tokens: Theme) -> None:
    rows = frame.y_axis.scale == "rows"
    corner = QPointF(frame.left, frame.bottom)
    painter.setPen(QPen(QColor(tokens.axis), 1.0))
    painter.drawLine(corner, QPointF(frame.left, frame.top) if rows else QPointF(frame.right, frame.bottom))
    for tick in frame.x_axis.ticks:
        at = QPointF(frame.x(tick.value), frame.bottom + geometry.TICK_DROP)
        _text(painter, tick.text, at, tokens.muted_text, palette.TICK_SIZE, "center")
    for tick in frame.y_axis.ticks:
        at = QPointF(frame.left - 10, frame.y(tick.value))
        _text(painter, tick.text, at, tokens.text if rows else tokens.muted_text, palette.TICK_SIZE, "right")
    below = QPointF(frame.right, frame.bottom + geometry.X_TITLE_DROP)
    _text(painter, frame.x_axis.title, below, tokens.muted_text, palette.TICK_SIZE, "right")
    above = QPointF(EDGE, frame.top - geometry.Y_TITLE_RISE)
    _text(painter, frame.y_axis.title, above, tokens.muted_text, palette.TICK_SIZE)


def _sample(painter: QPainter, kind: str, style: str, left: float, middle: float, tokens: Theme) -> None:
    """What stands before a legend's text: a mark, a bar with its median, or a line."""
    colour, ghost = QColor(palette.color(NEUTRAL, tokens.name)), style == GHOST
    centre = left + LEGEND_SAMPLE / 2
    if style == OFFICIAL:
        painter.setPen(QPen(QColor(tokens.background), 1.75))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(centre, middle), MARK_SIZE / 2, MARK_SIZE / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return
    if not (ghost and kind == "scaling"):
        pale = QColor(colour)
        pale.setAlphaF(GHOST_ALPHA if ghost else BAR_ALPHA)
        painter.fillRect(QRectF(left, middle - 6, LEGEND_SAMPLE, 12), pale)
    pen = QPen(colour, 1.5 if ghost else 2.25, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if ghost:
        pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    along = kind == "scaling"
    start = QPointF(left, middle) if along else QPointF(centre, middle - 6)
    painter.drawLine(start, QPointF(left + LEGEND_SAMPLE, middle) if along else QPointF(centre, middle + 6))


def _text(
    painter: QPainter, text: str, at: QPointF, colour: str, size: int, anchor: str = "left", bold: bool = False
) -> None:
    """A text with the middle of its capitals at a point, as the painter of exports sets it."""
    face = font(size, bold)
    metrics, shown = QFontMetricsF(face), one_line(text)
    shift = {"left": 0.0, "center": 0.5, "right": 1.0}[anchor] * metrics.horizontalAdvance(shown)
    painter.setFont(face)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(at.x() - shift, at.y() + metrics.capHeight() / 2), shown)
