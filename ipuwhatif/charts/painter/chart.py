"""A whole chart, for files, paper and presentations; the window paints the same layers and keeps what stays."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.painter.backdrop import paint_axis_line, paint_backdrop
from ipuwhatif.charts.painter.data import paint_data
from ipuwhatif.charts.painter.words import paint_label, paint_leaders, paint_strip_text
from ipuwhatif.charts.palette import theme
from ipuwhatif.charts.spec import ChartSpec


def paint(painter: QPainter, chart: ChartSpec, theme_name: str, width: float, height: float) -> None:
    """Draw the chart into `width` × `height` logical units from the origin, keeping its proportions."""
    frame, tokens = plot_frame(chart), theme(theme_name)
    painter.save()
    painter.fillRect(QRectF(0, 0, width, height), QColor(tokens.background))
    scale = min(width / chart.width, height / chart.height)
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_backdrop(painter, chart, tokens)
    paint_data(painter, chart, tokens)
    paint_axis_line(painter, frame, tokens)
    paint_leaders(painter, chart.labels, frame, tokens)
    for label in chart.labels:
        paint_label(painter, label, frame, tokens)
    for strip in chart.strips:
        paint_strip_text(painter, strip, frame, tokens)
    painter.restore()
