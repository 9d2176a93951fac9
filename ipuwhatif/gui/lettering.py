"""Everything of a chart that is set in pixels: titles, ticks, axis lines, labels, legend; one item, one repaint."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ipuwhatif.export.painter import paint_lettering
from ipuwhatif.figures.spec import Axis, ChartSpec, Label


class Lettering(QGraphicsItem):
    """Draws the texts of a spec in the coordinates of the widget; text is plain, never markup.

    What two charts in a row have in common is kept as a picture: under a slider only the labels that move are set anew.
    """

    def __init__(self, theme: str) -> None:
        super().__init__()
        self._theme = theme
        self._spec: ChartSpec | None = None
        self._kept_labels: tuple[Label, ...] = ()
        self._picture: tuple[object, QPixmap] | None = None
        self.setZValue(50)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_spec(self, spec: ChartSpec, theme: str) -> None:
        if self._spec is None or (spec.width, spec.height) != (self._spec.width, self._spec.height):
            self.prepareGeometryChange()
        if self._spec is not None:
            self._kept_labels = tuple(label for label in spec.labels if label in self._spec.labels)
        self._spec, self._theme = spec, theme
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF() if self._spec is None else QRectF(0, 0, self._spec.width, self._spec.height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._spec is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        moving = tuple(label for label in self._spec.labels if label not in self._kept_labels)
        painter.drawPixmap(QPointF(0, 0), self._kept_picture(painter.device().devicePixelRatioF()))
        if moving:
            paint_lettering(painter, _only_labels(self._spec, moving), self._theme)

    def _kept_picture(self, ratio: float) -> QPixmap:
        """Titles, axes, legend and the labels that stay, on nothing."""
        assert self._spec is not None
        kept = _without_data(replace(self._spec, labels=self._kept_labels))
        key = (kept, self._theme, ratio)
        if self._picture is None or self._picture[0] != key:
            pixmap = QPixmap(round(kept.width * ratio), round(kept.height * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_lettering(painter, kept, self._theme)
            painter.end()
            self._picture = (key, pixmap)
        return self._picture[1]


def _without_data(spec: ChartSpec) -> ChartSpec:
    return replace(spec, intervals=(), bands=(), lines=(), marks=(), footnotes=())


def _only_labels(spec: ChartSpec, labels: tuple[Label, ...]) -> ChartSpec:
    """The chart with nothing to set but some labels, at their places."""
    bare = _without_data(spec)
    x_axis, y_axis = _bare(spec.x_axis), _bare(spec.y_axis)
    return replace(bare, title="", subtitle="", x_axis=x_axis, y_axis=y_axis, legend=(), labels=labels)


def _bare(axis: Axis) -> Axis:
    return replace(axis, title="", ticks=())
