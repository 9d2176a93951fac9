"""Draws a ChartSpec with QPainter in logical units, at any scale; with vector, all of the export that knows Qt.

Everything was decided in the spec: nothing here ranges, rounds or chooses a place.
"""

import math
from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QApplication

from ipuwhatif import __version__
from ipuwhatif.charts import geometry, palette
from ipuwhatif.charts.geometry import Frame, bar_span, guide_end, handles, hatching, plot_frame, strip_span
from ipuwhatif.charts.labels import LEGEND_GAP, LEGEND_SAMPLE, LEGEND_STEP, legend_places
from ipuwhatif.charts.palette import NEUTRAL, Theme, color, theme
from ipuwhatif.charts.spec import (
    ASSUMED,
    BAR,
    CROSSING,
    GHOST,
    OFFICIAL,
    OWN,
    PAIR,
    PROJECTED,
    TARGET,
    ZONE,
    Band,
    Bar,
    ChartSpec,
    Interval,
    Label,
    LegendEntry,
    Line,
    Strip,
    Tint,
    Zone,
)
from ipuwhatif.charts.styles import (
    BAND_ALPHA,
    BAR_ALPHA,
    CROSSING_SIZE,
    DASHED,
    DASHES,
    DIAMOND,
    GHOST_ALPHA,
    GHOST_EXTRA,
    HANDLE_SIZE,
    LINE_WIDTH,
    MARK_SIZE,
    MEDIAN_WIDTH,
    OWN_SIZE,
    PAIR_SIZE,
    THIN_WIDTH,
    ZONE_ALPHA,
)
from ipuwhatif.export.plain import one_line
from ipuwhatif.export.qt_words import leave_out_settings
from ipuwhatif.files import resource
from ipuwhatif.texts import ENGLISH, language, tr
from ipuwhatif.units import InputError

#: Where copies of a text stand that together look like its outline, in logical pixels.
_AROUND = tuple((2.0 * math.cos(turn * math.pi / 4), 2.0 * math.sin(turn * math.pi / 4)) for turn in range(8))
_application: QGuiApplication | None = None
_fonts_loaded = False
CHINESE_FONT = "NotoSansCJKsc-subset.ttf"


def paint(painter: QPainter, chart: ChartSpec, theme_name: str, width: float, height: float) -> None:
    """Draw the chart into `width` × `height` logical units from the origin, keeping its proportions."""
    tokens = theme(theme_name)
    painter.save()
    painter.fillRect(QRectF(0, 0, width, height), QColor(tokens.background))
    scale = min(width / chart.width, height / chart.height)
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = plot_frame(chart)
    for zone in chart.zones:
        _paint_zone(painter, zone, frame, tokens)
    _paint_grid(painter, chart, frame, tokens)
    _paint_data(painter, chart, frame, tokens)
    paint_lettering(painter, chart, theme_name)
    painter.restore()


def paint_lettering(painter: QPainter, chart: ChartSpec, theme_name: str) -> None:
    """Everything of a chart that is set and not data: axes, labels, titles, legend, in its own logical pixels."""
    frame, tokens = plot_frame(chart), palette.theme(theme_name)
    _paint_axes(painter, frame, tokens)
    for label in chart.labels:
        paint_label(painter, label, frame, tokens)
    for strip in chart.strips:
        paint_strip_text(painter, strip, frame, tokens)
    paint_titles(painter, chart, tokens)
    _paint_legend(painter, chart, tokens)


def render_png(chart: ChartSpec, theme_name: str, scale: float) -> bytes:
    """The chart as the bytes of a PNG file, `scale` pixels per logical pixel, title and version in its text chunks.

    Raises InputError when the picture does not fit into memory.
    """
    ensure_application()
    image = QImage(round(chart.width * scale), round(chart.height * scale), QImage.Format.Format_RGB32)
    if image.isNull():
        raise InputError(tr("the picture is too large; choose a smaller scale"))
    image.setText("Title", one_line(chart.title))
    image.setText("Software", f"ipuwhatif {__version__}")
    painter = QPainter(image)
    try:  # a picture must not go while it is painted on
        painter.scale(image.width() / chart.width, image.height() / chart.height)
        paint(painter, chart, theme_name, chart.width, chart.height)
    finally:
        painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want the format as bytes, Qt takes text
    buffer.close()
    return bytes(data.data())


def font(size: float, bold: bool = False) -> QFont:
    """The font of every text in a picture, sized in logical pixels and free of hinting, so that it scales evenly."""
    result = QFont()
    result.setFamilies(list(palette.FONT_FAMILIES))
    result.setPixelSize(round(size))
    result.setBold(bold)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    result.setFeature(QFont.Tag("liga"), 0)  # one letter for three would hide "official" from whoever searches a file
    return result


def ensure_application() -> None:
    """Fonts need an application. A QApplication, because Qt allows one a process and a window may follow."""
    global _application
    if QGuiApplication.instance() is None:
        leave_out_settings()
        _application = QApplication(["ipuwhatif", "-platform", "offscreen"])
    load_fonts()


def load_fonts() -> None:
    """The shipped Chinese letters, once, when texts are Chinese; the application must be there."""
    global _fonts_loaded
    if language() != ENGLISH and not _fonts_loaded:
        _fonts_loaded = QFontDatabase.addApplicationFont(str(resource("fonts", CHINESE_FONT))) >= 0


def _paint_grid(painter: QPainter, chart: ChartSpec, frame: Frame, tokens: Theme) -> None:
    painter.setPen(QPen(QColor(tokens.grid), 1.0))
    for tick in frame.x_axis.ticks:
        painter.drawLine(QPointF(frame.x(tick.value), frame.top), QPointF(frame.x(tick.value), frame.bottom))
    for tick in frame.y_axis.ticks:
        right = guide_end(chart, frame, tick.value)
        painter.drawLine(QPointF(frame.left, frame.y(tick.value)), QPointF(right, frame.y(tick.value)))


def _paint_data(painter: QPainter, chart: ChartSpec, frame: Frame, tokens: Theme) -> None:
    for band in chart.bands:
        _paint_band(painter, band, frame, tokens)
    for bar in chart.bars:
        _paint_bar(painter, bar, frame, tokens)
    for strip in chart.strips:
        _paint_strip(painter, strip, frame, tokens)
    for interval in chart.intervals:
        _paint_interval(painter, interval, frame, tokens)
    for line in chart.lines:
        _paint_line(painter, line, frame, tokens)
    paint_marks(painter, chart, frame, tokens)


def paint_marks(painter: QPainter, chart: ChartSpec, frame: Frame, tokens: Theme) -> None:
    """Marks, and the handles by which lines are taken."""
    for mark in chart.marks:
        at = QPointF(frame.x(mark.x), frame.y(mark.y))
        _paint_mark(painter, at, mark.style, mark.tint, tokens, mark.size)
    for x, y in handles(chart):
        _paint_handle(painter, QPointF(frame.x(x), frame.y(y)), tokens)


def _paint_zone(painter: QPainter, zone: Zone, frame: Frame, tokens: Theme) -> None:
    left, right = frame.x(zone.x0), frame.x(zone.x1)
    shade = _translucent(QColor(color(zone.tint, tokens.name)), ZONE_ALPHA)
    painter.fillRect(QRectF(left, frame.top, right - left, frame.height), shade)


def _paint_strip(painter: QPainter, strip: Strip, frame: Frame, tokens: Theme) -> None:
    top, bottom = strip_span(frame, strip)
    left, right = frame.x(strip.x0), frame.x(strip.x1)
    painter.fillRect(QRectF(left, top, right - left, bottom - top), QColor(color(strip.tint, tokens.name)))


def paint_strip_text(painter: QPainter, strip: Strip, frame: Frame, tokens: Theme) -> None:
    """The words of a piece of a ribbon, in the page's colour, in its middle."""
    if strip.text:
        top, bottom = strip_span(frame, strip)
        middle = QPointF((frame.x(strip.x0) + frame.x(strip.x1)) / 2, (top + bottom) / 2)
        _text(painter, strip.text, middle, tokens.background, palette.FOOTNOTE_SIZE, "center")


def _paint_interval(painter: QPainter, interval: Interval, frame: Frame, tokens: Theme) -> None:
    middle, left, right = frame.y(interval.row), frame.x(interval.low), frame.x(interval.high)
    half = frame.bar_height / 2 + (GHOST_EXTRA if interval.style in (GHOST, ASSUMED) else 0.0)
    bar = QRectF(left, middle - half, max(right - left, 1.0), 2 * half)
    _paint_span(painter, bar, interval.style, frame.x(interval.median), interval.tint, tokens)


def _paint_span(painter: QPainter, bar: QRectF, style: str, x: float, tint: Tint, tokens: Theme) -> None:
    """The bar of an interval with the line of its median at `x`: a ghost is pale, an assumed one an outline."""
    paint_colour = QColor(color(tint, tokens.name))
    pen = QPen(paint_colour, THIN_WIDTH if style in DASHES else MEDIAN_WIDTH)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style in DASHES:
        pen.setDashPattern(list(DASHES[style]))
    painter.setPen(pen)
    if style == ASSUMED:
        painter.drawRect(bar)
    else:
        painter.fillRect(bar, _translucent(paint_colour, GHOST_ALPHA if style == GHOST else BAR_ALPHA))
    painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()))


def _paint_bar(painter: QPainter, bar: Bar, frame: Frame, tokens: Theme) -> None:
    left, top, right, bottom = bar_span(frame, bar)
    colour, box = QColor(color(bar.tint, tokens.name)), QRectF(left, top, right - left, bottom - top)
    if not bar.hatched:
        painter.fillRect(box, colour)
        return
    pen = QPen(colour, THIN_WIDTH, j=Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawRect(box)
    for start, end in hatching(frame, bar):
        painter.drawLine(QPointF(*start), QPointF(*end))


def _paint_band(painter: QPainter, band: Band, frame: Frame, tokens: Theme) -> None:
    upper = [QPointF(frame.x(x), frame.y(y)) for x, y in zip(band.x, band.high, strict=True)]
    lower = [QPointF(frame.x(x), frame.y(y)) for x, y in zip(band.x, band.low, strict=True)]
    colour = _translucent(QColor(color(band.tint, tokens.name)), BAND_ALPHA)
    if len(upper) == 1:  # one chip count: its band has no width, so it is a stroke
        painter.setPen(QPen(colour, MARK_SIZE, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(upper[0], lower[0])
        return
    path = QPainterPath()
    path.addPolygon(QPolygonF([*upper, *reversed(lower)]))
    path.closeSubpath()
    painter.fillPath(path, colour)


def _paint_line(painter: QPainter, line: Line, frame: Frame, tokens: Theme) -> None:
    points = [QPointF(frame.x(x), frame.y(y)) for x, y in zip(line.x, line.y, strict=True)]
    painter.setPen(_line_pen(line.tint, tokens, line.style, dashed=line.dashed))
    if len(points) == 1:
        painter.drawLine(points[0] - QPointF(MARK_SIZE / 2, 0), points[0] + QPointF(MARK_SIZE / 2, 0))
    painter.drawPolyline(points)


def _line_pen(tint: Tint, tokens: Theme, style: str, dashed: bool = False) -> QPen:
    pen = QPen(QColor(color(tint, tokens.name)), THIN_WIDTH if style in DASHES else LINE_WIDTH)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    dashes = DASHES.get(style, DASHED if dashed else ())
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


def _paint_mark(painter: QPainter, at: QPointF, style: str, tint: Tint, tokens: Theme, times: float = 1.0) -> None:
    colour, page = QColor(color(tint, tokens.name)), QColor(tokens.background)
    if style == CROSSING:
        size = times * CROSSING_SIZE
        painter.setPen(QPen(colour, 1.75))
        painter.setBrush(page)
        painter.drawPolygon([at + QPointF(size * x, size * y) for x, y in DIAMOND])
    elif style == OWN:
        size = times * OWN_SIZE
        painter.setPen(QPen(colour, 1.75, j=Qt.PenJoinStyle.MiterJoin))
        painter.setBrush(page)
        painter.drawRect(QRectF(at.x() - size / 2, at.y() - size / 2, size, size))
    else:
        size, outline = (times * PAIR_SIZE, 1.0) if style == PAIR else (times * MARK_SIZE, 1.75)
        painter.setPen(QPen(page, outline))
        painter.setBrush(colour)
        painter.drawEllipse(at, size / 2, size / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_handle(painter: QPainter, at: QPointF, tokens: Theme) -> None:
    """What a hand takes a line by; it stays in a picture, where it marks the line's end."""
    half = HANDLE_SIZE / 2
    painter.setPen(QPen(QColor(tokens.background), 1.75))
    painter.setBrush(QColor(color(NEUTRAL, tokens.name)))
    painter.drawRect(QRectF(at.x() - half, at.y() - half, HANDLE_SIZE, HANDLE_SIZE))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_axes(painter: QPainter, frame: Frame, tokens: Theme) -> None:
    painter.setPen(QPen(QColor(tokens.axis), 1.0))
    if frame.y_axis.scale == "rows":
        painter.drawLine(QPointF(frame.left, frame.top), QPointF(frame.left, frame.bottom))
    else:
        painter.drawLine(QPointF(frame.left, frame.bottom), QPointF(frame.right, frame.bottom))
    rows = frame.y_axis.scale == "rows"
    for tick in frame.x_axis.ticks:
        at = QPointF(frame.x(tick.value), frame.bottom + geometry.TICK_DROP)
        _text(painter, tick.text, at, tokens.muted_text, palette.TICK_SIZE, "center")
    for tick in frame.y_axis.ticks:
        at = QPointF(frame.left - 10, frame.y(tick.value))
        _text(painter, tick.text, at, tokens.text if rows else tokens.muted_text, palette.TICK_SIZE, "right")
    below = QPointF(frame.right, frame.bottom + geometry.X_TITLE_DROP)
    _text(painter, frame.x_axis.title, below, tokens.muted_text, palette.TICK_SIZE, "right")
    above = QPointF(geometry.TITLE_LEFT, frame.top - geometry.Y_TITLE_RISE)
    _text(painter, frame.y_axis.title, above, tokens.muted_text, palette.TICK_SIZE)


def paint_label(painter: QPainter, label: Label, frame: Frame, tokens: Theme, quick: bool = False) -> None:
    """One direct label, lifted off what lies behind it; quick: by copies of the text in place of its outline."""
    at = QPointF(frame.x(label.x) + label.dx, frame.y(label.y) + label.dy)
    halo = "" if label.on_bar else tokens.background
    colour = tokens.background if label.on_bar else color(label.tint, tokens.name)
    _text(painter, label.text, at, colour, palette.LABEL_SIZE, label.anchor, label.bold, halo, quick)


def paint_titles(painter: QPainter, chart: ChartSpec, tokens: Theme) -> None:
    """Title and subtitle at the top of the page, unless what is around the chart says them."""
    if not chart.titled:
        return
    title = QPointF(geometry.TITLE_LEFT, geometry.TITLE_LINE)
    _text(painter, chart.title, title, tokens.text, palette.TITLE_SIZE, bold=True)
    for number, line in enumerate(chart.subtitle.split("\n")):
        at = QPointF(geometry.TITLE_LEFT, geometry.SUBTITLE_LINE + geometry.SUBTITLE_STEP * number)
        _text(painter, line, at, tokens.muted_text, palette.SUBTITLE_SIZE)


def _paint_legend(painter: QPainter, chart: ChartSpec, tokens: Theme) -> None:
    for left, middle, entry in legend_places(chart):
        _paint_sample(painter, chart.kind, entry, QRectF(left, middle - 6, LEGEND_SAMPLE, 12), tokens)
        for number, line in enumerate(entry.text.split("\n")):
            at = QPointF(left + LEGEND_SAMPLE + LEGEND_GAP, middle + LEGEND_STEP * number)
            _text(painter, line, at, tokens.muted_text, palette.LEGEND_SIZE)


def _paint_sample(painter: QPainter, kind: str, entry: LegendEntry, place: QRectF, tokens: Theme) -> None:
    """How a style looks on this kind of chart, in `place`."""
    style, tint = entry.style, entry.tint or NEUTRAL
    colour = QColor(color(tint, tokens.name))
    if style in (BAR, ZONE):
        painter.fillRect(place, colour if style == BAR else _translucent(colour, 2 * ZONE_ALPHA))
    elif style in (OFFICIAL, PAIR, CROSSING, OWN):
        _paint_mark(painter, place.center(), style, tint, tokens)
    elif kind == "compare" and style != TARGET:
        _paint_span(painter, place, style, place.center().x(), tint, tokens)
    else:
        if kind == "scaling" and style == PROJECTED:
            painter.fillRect(place, _translucent(colour, BAR_ALPHA))
        painter.setPen(_line_pen(tint, tokens, style))
        middle = place.center().y()
        painter.drawLine(QPointF(place.left(), middle), QPointF(place.right(), middle))


def _text(
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
    shares: Mapping[str, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
    shift = shares[anchor] * metrics.horizontalAdvance(shown) if shares[anchor] else 0.0
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
        painter.strokePath(outline, QPen(QColor(halo), 4.0, j=Qt.PenJoinStyle.RoundJoin))
    painter.setPen(QColor(colour))
    painter.drawText(base, shown)


def _translucent(colour: QColor, alpha: float) -> QColor:
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result
