"""Everything of a chart that is set in pixels: titles, ticks, axis lines, labels, legend; one item, one repaint."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ipuwhatif.export.painter import paint_lettering
from ipuwhatif.figures.spec import ChartSpec


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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_lettering(painter, self._spec, self._theme)
