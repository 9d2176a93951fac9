"""Pens and colours of a style, and the small drawings that plot and legend share: marks, spans, handles."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ipuwhatif.charts.palette import NEUTRAL, Theme, color
from ipuwhatif.charts.spec import ASSUMED, CROSSING, GHOST, OWN, PAIR, Tint
from ipuwhatif.charts.styles import (
    BAR_ALPHA,
    CROSSING_SIZE,
    DASHED,
    DASHES,
    DIAMOND,
    GHOST_ALPHA,
    HANDLE_SIZE,
    LINE_WIDTH,
    MARK_SIZE,
    MEDIAN_WIDTH,
    OWN_SIZE,
    PAIR_SIZE,
    THIN_WIDTH,
)

_OUTLINE = 1.75  # around a mark, in logical pixels


def paint_of(tint: Tint, tokens: Theme, alpha: float = 1.0) -> QColor:
    """The colour of a tint in a theme, see-through where `alpha` is below 1."""
    result = QColor(color(tint, tokens.name))
    result.setAlphaF(alpha)
    return result


def line_pen(tint: Tint, tokens: Theme, style: str, dashed: bool = False) -> QPen:
    """The pen of a line: a thin style has dashes of its own, any other those of what lies beyond the data."""
    width = THIN_WIDTH if style in DASHES else LINE_WIDTH
    pen = _flat(paint_of(tint, tokens), width, DASHES.get(style, DASHED if dashed else ()))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _flat(colour: QColor, width: float, dashes: tuple[float, ...]) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


def paint_span(
    painter: QPainter, bar: QRectF, style: str, x: float, tint: Tint, tokens: Theme, quick: bool = False
) -> None:
    """The bar of an interval with the line of its median at `x`: a ghost is pale, an assumed one an outline.

    quick: the bar's edges stand on whole pixels.
    """
    pen = _flat(paint_of(tint, tokens), THIN_WIDTH if style in DASHES else MEDIAN_WIDTH, DASHES.get(style, ()))
    painter.setPen(pen)
    if style == ASSUMED:
        painter.drawRect(bar)
    else:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not quick)
        painter.fillRect(bar, paint_of(tint, tokens, GHOST_ALPHA if style == GHOST else BAR_ALPHA))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()))


def paint_mark(painter: QPainter, at: QPointF, style: str, tint: Tint, tokens: Theme, times: float = 1.0) -> None:
    """A point: a hollow diamond or square, or a disc with a rim of the page's colour."""
    colour, page = paint_of(tint, tokens), QColor(tokens.background)
    if style == CROSSING:
        size = times * CROSSING_SIZE
        painter.setPen(QPen(colour, _OUTLINE))
        painter.setBrush(page)
        painter.drawPolygon([at + QPointF(size * x, size * y) for x, y in DIAMOND])
    elif style == OWN:
        painter.setPen(QPen(colour, _OUTLINE, j=Qt.PenJoinStyle.MiterJoin))
        painter.setBrush(page)
        painter.drawRect(_square(at, times * OWN_SIZE))
    else:
        size, outline = (times * PAIR_SIZE, 1.0) if style == PAIR else (times * MARK_SIZE, _OUTLINE)
        painter.setPen(QPen(page, outline))
        painter.setBrush(colour)
        painter.drawEllipse(at, size / 2, size / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_handle(painter: QPainter, at: QPointF, tokens: Theme) -> None:
    """What a hand takes a line by, on a screen."""
    painter.setPen(QPen(QColor(tokens.background), _OUTLINE))
    painter.setBrush(paint_of(NEUTRAL, tokens))
    painter.drawRect(_square(at, HANDLE_SIZE))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _square(middle: QPointF, side: float) -> QRectF:
    return QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
