"""What stays while a lever is moved: shades, grid, texts of the axes, titles and legend."""

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from ipuwhatif.charts import geometry, palette
from ipuwhatif.charts.geometry import Frame, plot_frame
from ipuwhatif.charts.labels import LEGEND_GAP, LEGEND_SAMPLE, LEGEND_STEP, legend_places
from ipuwhatif.charts.painter.strokes import line_pen, paint_mark, paint_of, paint_span
from ipuwhatif.charts.painter.words import write
from ipuwhatif.charts.palette import NEUTRAL, Theme
from ipuwhatif.charts.spec import (
    BAR,
    CROSSING,
    OFFICIAL,
    OWN,
    PAIR,
    PROJECTED,
    TARGET,
    ZONE,
    ChartSpec,
    LegendEntry,
    Zone,
)
from ipuwhatif.charts.styles import BAR_ALPHA, ZONE_ALPHA

_SAMPLE_HEIGHT = 12.0  # of a legend's sample, in logical pixels


def paint_backdrop(painter: QPainter, chart: ChartSpec, tokens: Theme) -> None:
    """Everything that the data stand on, over a page that is filled already."""
    frame = plot_frame(chart)
    for zone in chart.zones:
        _paint_zone(painter, zone, frame, tokens)
    _paint_grid(painter, frame, tokens)
    _paint_axis_texts(painter, frame, tokens)
    _paint_titles(painter, chart, tokens)
    _paint_legend(painter, chart, tokens)


def paint_axis_line(painter: QPainter, frame: Frame, tokens: Theme) -> None:
    """The line that the data stand on: over what begins at it."""
    painter.setPen(QPen(QColor(tokens.axis), 1.0))
    if frame.y_axis.scale == "rows":
        painter.drawLine(QPointF(frame.left, frame.top), QPointF(frame.left, frame.bottom))
    else:
        painter.drawLine(QPointF(frame.left, frame.bottom), QPointF(frame.right, frame.bottom))


def _paint_zone(painter: QPainter, zone: Zone, frame: Frame, tokens: Theme) -> None:
    left, right = frame.x(zone.x0), frame.x(zone.x1)
    painter.fillRect(QRectF(left, frame.top, right - left, frame.height), paint_of(zone.tint, tokens, ZONE_ALPHA))


def _paint_grid(painter: QPainter, frame: Frame, tokens: Theme) -> None:
    painter.setPen(QPen(QColor(tokens.grid), 1.0))
    for tick in frame.x_axis.ticks:
        painter.drawLine(QLineF(frame.x(tick.value), frame.top, frame.x(tick.value), frame.bottom))
    for tick in () if frame.y_axis.scale == "rows" else frame.y_axis.ticks:
        painter.drawLine(QLineF(frame.left, frame.y(tick.value), frame.right, frame.y(tick.value)))


def _paint_axis_texts(painter: QPainter, frame: Frame, tokens: Theme) -> None:
    names = tokens.text if frame.y_axis.scale == "rows" else tokens.muted_text
    for tick in frame.x_axis.ticks:
        at = QPointF(frame.x(tick.value), frame.bottom + geometry.TICK_DROP)
        write(painter, tick.text, at, tokens.muted_text, palette.TICK_SIZE, "center")
    for tick in frame.y_axis.ticks:
        at = QPointF(frame.left - 10, frame.y(tick.value))
        write(painter, tick.text, at, names, palette.TICK_SIZE, "right")
    below = QPointF(frame.right, frame.bottom + geometry.X_TITLE_DROP)
    write(painter, frame.x_axis.title, below, tokens.muted_text, palette.TICK_SIZE, "right")
    above = QPointF(geometry.TITLE_LEFT, frame.top - geometry.Y_TITLE_RISE)
    write(painter, frame.y_axis.title, above, tokens.muted_text, palette.TICK_SIZE)


def _paint_titles(painter: QPainter, chart: ChartSpec, tokens: Theme) -> None:
    """Title and subtitle at the top of the page, unless what is around the chart says them."""
    if not chart.titled:
        return
    title = QPointF(geometry.TITLE_LEFT, geometry.TITLE_LINE)
    write(painter, chart.title, title, tokens.text, palette.TITLE_SIZE, bold=True)
    for number, line in enumerate(chart.subtitle.split("\n")):
        at = QPointF(geometry.TITLE_LEFT, geometry.SUBTITLE_LINE + geometry.SUBTITLE_STEP * number)
        write(painter, line, at, tokens.muted_text, palette.SUBTITLE_SIZE)


def _paint_legend(painter: QPainter, chart: ChartSpec, tokens: Theme) -> None:
    for left, middle, entry in legend_places(chart):
        place = QRectF(left, middle - _SAMPLE_HEIGHT / 2, LEGEND_SAMPLE, _SAMPLE_HEIGHT)
        _paint_sample(painter, chart.kind, entry, place, tokens)
        for number, line in enumerate(entry.text.split("\n")):
            at = QPointF(left + LEGEND_SAMPLE + LEGEND_GAP, middle + LEGEND_STEP * number)
            write(painter, line, at, tokens.muted_text, palette.LEGEND_SIZE)


def _paint_sample(painter: QPainter, kind: str, entry: LegendEntry, place: QRectF, tokens: Theme) -> None:
    """How a style looks on this kind of chart, in `place`."""
    style, tint = entry.style, entry.tint or NEUTRAL
    if style in (BAR, ZONE):
        painter.fillRect(place, paint_of(tint, tokens, 1.0 if style == BAR else 2 * ZONE_ALPHA))
    elif style in (OFFICIAL, PAIR, CROSSING, OWN):
        paint_mark(painter, place.center(), style, tint, tokens)
    elif kind == "compare" and style != TARGET:
        paint_span(painter, place, style, place.center().x(), tint, tokens)
    else:
        if kind == "scaling" and style == PROJECTED:
            painter.fillRect(place, paint_of(tint, tokens, BAR_ALPHA))
        painter.setPen(line_pen(tint, tokens, style))
        middle = place.center().y()
        painter.drawLine(QPointF(place.left(), middle), QPointF(place.right(), middle))
