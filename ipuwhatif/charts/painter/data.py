"""What a chart is about: bands, bars, ribbons, intervals, lines, marks, and the handles that lines are taken by."""

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ipuwhatif.charts.geometry import Frame, bar_span, guide_end, handles, hatching, plot_frame, strip_span
from ipuwhatif.charts.painter.strokes import line_pen, paint_handle, paint_mark, paint_of, paint_span
from ipuwhatif.charts.palette import Theme
from ipuwhatif.charts.spec import ASSUMED, GHOST, Band, Bar, ChartSpec, Interval, Line, Strip
from ipuwhatif.charts.styles import BAND_ALPHA, GHOST_EXTRA, MARK_SIZE, THIN_WIDTH


def paint_data(painter: QPainter, chart: ChartSpec, tokens: Theme, quick: bool = False) -> None:
    """Everything of a chart that follows a lever, texts excepted.

    quick: while a hand moves it see-through areas have edges that are not smoothed, which takes a fifth of the time.
    """
    frame = plot_frame(chart)
    if frame.y_axis.scale == "rows":
        _paint_guides(painter, chart, frame, tokens)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not quick)
    for band in chart.bands:
        _paint_band(painter, band, frame, tokens)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for bar in chart.bars:
        _paint_bar(painter, bar, frame, tokens)
    for strip in chart.strips:
        _paint_strip(painter, strip, frame, tokens)
    for interval in chart.intervals:
        _paint_interval(painter, interval, frame, tokens, quick)
    for line in chart.lines:
        _paint_line(painter, line, frame, tokens)
    for mark in chart.marks:
        at = QPointF(frame.x(mark.x), frame.y(mark.y))
        paint_mark(painter, at, mark.style, mark.tint, tokens, mark.size)


def paint_handles(painter: QPainter, chart: ChartSpec, tokens: Theme) -> None:
    """What lines are taken by; files and paper have none, as nothing can be dragged there."""
    frame = plot_frame(chart)
    for x, y in handles(chart):
        paint_handle(painter, QPointF(frame.x(x), frame.y(y)), tokens)


def _paint_guides(painter: QPainter, chart: ChartSpec, frame: Frame, tokens: Theme) -> None:
    """Lines that lead from the name of a row to its first bar."""
    painter.setPen(QPen(QColor(tokens.grid), 1.0))
    levels = [(frame.y(tick.value), guide_end(chart, frame, tick.value)) for tick in frame.y_axis.ticks]
    painter.drawLines([QLineF(frame.left, y, end, y) for y, end in levels])


def _points(frame: Frame, xs: Iterable[float], ys: Iterable[float]) -> list[QPointF]:
    return [QPointF(frame.x(x), frame.y(y)) for x, y in zip(xs, ys, strict=True)]


def _paint_band(painter: QPainter, band: Band, frame: Frame, tokens: Theme) -> None:
    upper, lower = _points(frame, band.x, band.high), _points(frame, band.x, band.low)
    colour = paint_of(band.tint, tokens, BAND_ALPHA)
    if len(upper) == 1:  # one chip count: its band has no width, so it is a stroke
        painter.setPen(QPen(colour, MARK_SIZE, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(upper[0], lower[0])
        return
    path = QPainterPath()
    path.addPolygon(QPolygonF([*upper, *reversed(lower)]))
    path.closeSubpath()
    painter.fillPath(path, colour)


def _paint_bar(painter: QPainter, bar: Bar, frame: Frame, tokens: Theme) -> None:
    left, top, right, bottom = bar_span(frame, bar)
    colour, box = paint_of(bar.tint, tokens), QRectF(left, top, right - left, bottom - top)
    if not bar.hatched:
        painter.fillRect(box, colour)
        return
    painter.setPen(QPen(colour, THIN_WIDTH, c=Qt.PenCapStyle.FlatCap, j=Qt.PenJoinStyle.MiterJoin))
    painter.drawRect(box)
    for start, end in hatching(frame, bar):
        painter.drawLine(QPointF(*start), QPointF(*end))


def _paint_strip(painter: QPainter, strip: Strip, frame: Frame, tokens: Theme) -> None:
    top, bottom = strip_span(frame, strip)
    left, right = frame.x(strip.x0), frame.x(strip.x1)
    painter.fillRect(QRectF(left, top, right - left, bottom - top), paint_of(strip.tint, tokens))


def _paint_interval(painter: QPainter, interval: Interval, frame: Frame, tokens: Theme, quick: bool) -> None:
    middle, left, right = frame.y(interval.row), frame.x(interval.low), frame.x(interval.high)
    half = frame.bar_height / 2 + (GHOST_EXTRA if interval.style in (GHOST, ASSUMED) else 0.0)
    bar = QRectF(left, middle - half, max(right - left, 1.0), 2 * half)
    paint_span(painter, bar, interval.style, frame.x(interval.median), interval.tint, tokens, quick)


def _paint_line(painter: QPainter, line: Line, frame: Frame, tokens: Theme) -> None:
    points = _points(frame, line.x, line.y)
    painter.setPen(line_pen(line.tint, tokens, line.style, line.dashed))
    if len(points) == 1:  # one chip count: a short stroke
        painter.drawLine(points[0] - QPointF(MARK_SIZE / 2, 0), points[0] + QPointF(MARK_SIZE / 2, 0))
    painter.drawPolyline(points)
