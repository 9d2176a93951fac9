"""The chart of a canvas, painted as every chart is; what is costly to paint and stays is kept as pictures."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from ipuwhatif.charts.geometry import Frame, plot_frame
from ipuwhatif.charts.painter.backdrop import paint_axis_line, paint_backdrop
from ipuwhatif.charts.painter.data import paint_data, paint_handles
from ipuwhatif.charts.painter.fonts import font
from ipuwhatif.charts.painter.words import paint_leaders, paint_strip_text, write_label
from ipuwhatif.charts.palette import LABEL_SIZE, Theme
from ipuwhatif.charts.spec import ChartSpec, Label, Tint
from ipuwhatif.charts.styles import SHARES
from ipuwhatif.records import Record, replace

MOST_KEPT = 256  # labels that are kept as pictures
EDGE = 4.0  # room for the halo around a label, in logical pixels


class _Kept(Record, frozen=True):
    """A label as a picture, and how wide its text is, in logical pixels."""

    picture: QPixmap
    width: float


class LivePicture:
    """Most of a chart stays while a slider moves: the backdrop is kept as one picture, labels one by one.

    Pictures hold for one theme and one ratio of device to logical pixels.
    """

    def __init__(self, tokens: Theme, ratio: float) -> None:
        self.tokens = tokens
        self._ratio = ratio
        self._backdrop: tuple[ChartSpec, QPixmap] | None = None
        self._labels: dict[tuple[str, Tint, bool, bool], _Kept] = {}

    def paint(self, painter: QPainter, chart: ChartSpec, quick: bool) -> None:
        """The whole chart in logical pixels; it covers everything that was there. quick: a hand moves it."""
        frame = plot_frame(chart)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(QPointF(0, 0), self._backdrop_picture(chart))
        paint_data(painter, chart, self.tokens, quick)
        paint_axis_line(painter, frame, self.tokens)
        paint_handles(painter, chart, self.tokens)
        paint_leaders(painter, chart.labels, frame, self.tokens)
        for label in chart.labels:
            self._draw_label(painter, label, frame)
        for strip in chart.strips:
            paint_strip_text(painter, strip, frame, self.tokens)

    def _backdrop_picture(self, chart: ChartSpec) -> QPixmap:
        bare = replace(
            chart, intervals=(), bands=(), bars=(), lines=(), marks=(), strips=(), labels=(), footnotes=(), readings=()
        )
        if not chart.titled:
            bare = replace(bare, title="", subtitle="")  # they name the value of a moved lever, and are not painted
        if self._backdrop is None or self._backdrop[0] != bare:
            picture = self._page(chart.width, chart.height, QColor(self.tokens.background))
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_backdrop(painter, chart, self.tokens)
            painter.end()
            self._backdrop = (bare, picture)
        return self._backdrop[1]

    def _draw_label(self, painter: QPainter, label: Label, frame: Frame) -> None:
        kept = self._label_picture(label)
        left = frame.x(label.x) + label.dx - SHARES[label.anchor] * kept.width - EDGE
        top = frame.y(label.y) + label.dy - LABEL_SIZE - EDGE
        # Whole device pixels: between them a picture blurs.
        at = QPointF(round(left * self._ratio) / self._ratio, round(top * self._ratio) / self._ratio)
        painter.drawPixmap(at, kept.picture)

    def _label_picture(self, label: Label) -> _Kept:
        key = (label.text, label.tint, label.bold, label.on_bar)
        if key not in self._labels:
            if len(self._labels) >= MOST_KEPT:
                self._labels.clear()
            width = QFontMetricsF(font(LABEL_SIZE, label.bold)).horizontalAdvance(label.text)
            picture = self._page(width + 2 * EDGE, 2 * (LABEL_SIZE + EDGE), Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            write_label(painter, label, QPointF(EDGE, LABEL_SIZE + EDGE), "left", self.tokens, quick=True)
            painter.end()
            self._labels[key] = _Kept(picture, width)
        return self._labels[key]

    def _page(self, width: float, height: float, colour: QColor | Qt.GlobalColor) -> QPixmap:
        picture = QPixmap(round(width * self._ratio), round(height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(colour)
        return picture
