"""Texts of a chart: plain, never markup, each with its middle line at its place, lifted off what is behind it."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from ipuwhatif.charts.geometry import Frame, leader, strip_span
from ipuwhatif.charts.painter.fonts import font
from ipuwhatif.charts.painter.strokes import paint_of
from ipuwhatif.charts.palette import FOOTNOTE_SIZE, LABEL_SIZE, Theme, color
from ipuwhatif.charts.spec import Label, Strip
from ipuwhatif.charts.styles import LEADER_ALPHA, LEADER_WIDTH, SHARES
from ipuwhatif.texts import one_line

_HALO = 4.0  # width of the stroke around a text, in logical pixels
#: Where copies of a text stand that together look like its outline, in logical pixels.
_AROUND = tuple((2.0 * math.cos(turn * math.pi / 4), 2.0 * math.sin(turn * math.pi / 4)) for turn in range(8))


def paint_leaders(painter: QPainter, labels: Iterable[Label], frame: Frame, tokens: Theme) -> None:
    """The lines from texts to what they name, where those stand off it; texts go over them."""
    for label in labels:
        ends = leader(label, frame)
        if ends is not None:
            painter.setPen(QPen(paint_of(label.tint, tokens, LEADER_ALPHA), LEADER_WIDTH))
            painter.drawLine(QLineF(*ends[0], *ends[1]))


def paint_label(painter: QPainter, label: Label, frame: Frame, tokens: Theme) -> None:
    """One direct label at its place."""
    at = QPointF(frame.x(label.x) + label.dx, frame.y(label.y) + label.dy)
    write_label(painter, label, at, label.anchor, tokens)


def write_label(painter: QPainter, label: Label, at: QPointF, anchor: str, tokens: Theme, quick: bool = False) -> None:
    """The words of a label somewhere; quick: lifted off by copies of the text in place of its outline."""
    halo = "" if label.on_bar else tokens.background
    colour = tokens.background if label.on_bar else color(label.tint, tokens.name)
    write(painter, label.text, at, colour, LABEL_SIZE, anchor, label.bold, halo, quick)


def paint_strip_text(painter: QPainter, strip: Strip, frame: Frame, tokens: Theme) -> None:
    """The words of a piece of a ribbon, in the page's colour, in its middle."""
    if strip.text:
        top, bottom = strip_span(frame, strip)
        middle = QPointF((frame.x(strip.x0) + frame.x(strip.x1)) / 2, (top + bottom) / 2)
        write(painter, strip.text, middle, tokens.background, FOOTNOTE_SIZE, "center")


def write(
    painter: QPainter,
    text: str,
    at: QPointF,
    colour: str,
    size: int,
    anchor: str = "left",
    bold: bool = False,
    halo: str = "",
    quick: bool = False,
) -> None:
    """Plain text, its middle line at `at`; nothing in it is read as markup. A halo lifts it off lines behind it."""
    shown = one_line(text)
    if not shown:
        return
    text_font = font(size, bold)
    metrics = QFontMetricsF(text_font)
    shift = SHARES[anchor] * metrics.horizontalAdvance(shown) if SHARES[anchor] else 0.0
    # Capitals and digits, not the line's box, look centred on a bar or a tick.
    base = QPointF(at.x() - shift, at.y() + metrics.capHeight() / 2)
    painter.setFont(text_font)
    if halo and quick:
        painter.setPen(QColor(halo))
        for x, y in _AROUND:
            painter.drawText(base + QPointF(x, y), shown)
    elif halo:
        outline = QPainterPath()
        outline.addText(base, text_font, shown)
        painter.strokePath(outline, QPen(QColor(halo), _HALO, j=Qt.PenJoinStyle.RoundJoin))
    painter.setPen(QColor(colour))
    painter.drawText(base, shown)
