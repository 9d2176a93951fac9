"""All of a chart that is set in pixels: titles, ticks, axis lines, legend, marks, labels; one item, one repaint."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ipuwhatif.charts.geometry import SUBTITLE_LINE, SUBTITLE_STEP, Frame, plot_frame
from ipuwhatif.charts.palette import LABEL_SIZE, theme
from ipuwhatif.charts.spec import ChartSpec, Label, Tint
from ipuwhatif.export.painter import font, paint_label, paint_lettering, paint_marks, paint_strip_text, paint_titles
from ipuwhatif.records import Record, replace

MOST_KEPT, MOST_LINES = 256, 12  # labels, and lines of titles, that are kept as pictures
EDGE = 4.0  # room for the halo around a label, in logical pixels
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


class _Kept(Record, frozen=True):
    """A label as a picture, and how wide its text is, in logical pixels."""

    picture: QPixmap
    width: float


class Lettering(QGraphicsItem):
    """Draws the texts and marks of a spec in the coordinates of the widget; text is plain, never markup.

    Texts are costly to set and most stay while a slider moves, so they are kept as pictures: the frame as one, titles
    line by line, labels one by one, wherever they stand.
    """

    def __init__(self, theme_name: str) -> None:
        super().__init__()
        self._theme = theme_name
        self._spec: ChartSpec | None = None
        self._ratio = 1.0
        self._set: tuple[object, QPixmap] | None = None
        self._labels: dict[tuple[str, Tint, bool, bool], _Kept] = {}
        self._lines: dict[tuple[str, str], QPixmap | None] = {}  # by title and subtitle, of which one is empty
        self.setZValue(50)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_spec(self, spec: ChartSpec, theme_name: str) -> None:
        if self._spec is None or (spec.width, spec.height) != (self._spec.width, self._spec.height):
            self.prepareGeometryChange()
            self._lines.clear()  # they are as wide as the chart
        if theme_name != self._theme:
            self._forget()
        self._spec, self._theme = spec, theme_name
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF() if self._spec is None else QRectF(0, 0, self._spec.width, self._spec.height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._spec is None:
            return
        ratio = painter.device().devicePixelRatioF()
        if ratio != self._ratio:
            self._ratio = ratio
            self._forget()
        frame = plot_frame(self._spec)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_marks(painter, self._spec, frame, theme(self._theme))
        painter.drawPixmap(QPointF(0, 0), self._frame_picture(self._spec))
        if self._spec.titled:
            self._draw_titles(painter, self._spec)
        for label in self._spec.labels:
            self._draw_label(painter, label, frame)
        for strip in self._spec.strips:
            paint_strip_text(painter, strip, frame, theme(self._theme))

    def _draw_titles(self, painter: QPainter, spec: ChartSpec) -> None:
        self._draw_line(painter, 0.0, title=spec.title)
        for number, line in enumerate(spec.subtitle.split("\n")):
            self._draw_line(painter, SUBTITLE_STEP * number, subtitle=line)

    def _forget(self) -> None:
        self._labels.clear()
        self._lines.clear()

    def _draw_line(self, painter: QPainter, drop: float, title: str = "", subtitle: str = "") -> None:
        """The title, or a line of the subtitle as if it were the first, so much lower.

        A line that is there for the first time is set straight: under a slider it is another the next time.
        """
        assert self._spec is not None
        key = (title, subtitle)
        if key in self._lines:
            painter.drawPixmap(QPointF(0, drop), self._line_picture(key))
            return
        if len(self._lines) >= MOST_LINES:
            self._lines.clear()
        self._lines[key] = None
        painter.translate(0, drop)
        paint_titles(painter, replace(self._spec, title=title, subtitle=subtitle), theme(self._theme))
        painter.translate(0, -drop)

    def _line_picture(self, key: tuple[str, str]) -> QPixmap:
        assert self._spec is not None
        picture = self._lines[key]
        if picture is None:
            picture = self._lines[key] = self._blank(self._spec.width, SUBTITLE_LINE + SUBTITLE_STEP)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            title, subtitle = key
            paint_titles(painter, replace(self._spec, title=title, subtitle=subtitle), theme(self._theme))
            painter.end()
        return picture

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
            picture = self._blank(width + 2 * EDGE, 2 * (LABEL_SIZE + EDGE))
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            assert self._spec is not None
            frame, tokens = plot_frame(self._spec), theme(self._theme)
            # From the plot's corner, which lies on whole pixels, so that one text always gives one picture.
            x, y = frame.x_axis.low, frame.y_axis.low
            painter.translate(EDGE - frame.x(x), LABEL_SIZE + EDGE - frame.y(y))
            paint_label(painter, replace(label, anchor="left", x=x, y=y, dx=0.0, dy=0.0), frame, tokens, quick=True)
            painter.end()
            self._labels[key] = _Kept(picture, width)
        return self._labels[key]

    def _frame_picture(self, spec: ChartSpec) -> QPixmap:
        """Axes and legend, on nothing; the titles name the value of a moved lever, so they are set each time."""
        bare = replace(spec, title="", subtitle="", labels=(), footnotes=())
        bare = replace(bare, intervals=(), bands=(), bars=(), lines=(), marks=(), zones=(), strips=(), readings=())
        key = (bare, self._theme, self._ratio)
        if self._set is None or self._set[0] != key:
            picture = self._blank(bare.width, bare.height)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_lettering(painter, bare, self._theme)
            painter.end()
            self._set = (key, picture)
        return self._set[1]

    def _blank(self, width: float, height: float) -> QPixmap:
        picture = QPixmap(round(width * self._ratio), round(height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        return picture
