"""Buttons at the right of the menus for what is done most: back, again, slide, export, present. Each is an action.

They have no place of their own among the stops of the Tab key: the keys of their actions do, which the tips name.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget
from shiboken6 import isValid

from ipuwhatif.charts.palette import theme
from ipuwhatif.gui.keys_dialog import keys_text, plain_text
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.gui.menus import Menus

SIZE, HEIGHT = 16, 24  # of an icon and of a button, in logical pixels


class QuickBar(QWidget):
    """Follows its actions: what cannot be done now is grey."""

    def __init__(self, menus: "Menus", theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Tool buttons"))
        self.buttons: dict[str, QToolButton] = {}
        self._icons: dict[tuple[str, float], dict[str, QIcon]] = {}  # of a theme at a ratio, as they were drawn once
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 2, 0)
        row.setSpacing(0)
        for name, action in (
            ("undo", menus.undo),
            ("redo", menus.redo),
            ("slide", menus.exports.slide),
            ("export", menus.exports.export),
            ("present", menus.presents.present),
        ):
            self.buttons[name] = button = QToolButton(self)
            button.setFixedSize(HEIGHT, HEIGHT)
            button.setIconSize(QSize(SIZE, SIZE))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(action.trigger)
            action.changed.connect(lambda button=button, action=action: _follow(button, action))
            _follow(button, action)
            row.addWidget(button)
        self.set_theme(theme_name)

    def set_theme(self, name: str) -> None:
        key = name, self.devicePixelRatioF()
        if key not in self._icons:
            self._icons[key] = {icon: _icon(icon, *key) for icon in self.buttons}
        for icon, button in self.buttons.items():
            button.setIcon(self._icons[key][icon])


def _follow(button: QToolButton, action: QAction) -> None:
    if not isValid(action):  # it tells of its own end
        return
    name = plain_text(action.text()).removesuffix("…")
    button.setEnabled(action.isEnabled())
    button.setToolTip(plain_tip(tr("{name} ({keys})", name=name, keys=keys_text(action))))
    button.setAccessibleName(name)


def _icon(icon: str, theme_name: str, ratio: float) -> QIcon:
    tokens = theme(theme_name)
    drawn = QIcon(_pixmap(icon, tokens.text, ratio))
    drawn.addPixmap(_pixmap(icon, tokens.axis, ratio), QIcon.Mode.Disabled)
    return drawn


def _pixmap(icon: str, colour: str, ratio: float) -> QPixmap:
    """Drawn, so that it is sharp at any size and in every theme."""
    pixmap = QPixmap(round(SIZE * ratio), round(SIZE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if icon == "redo":
        painter.translate(SIZE, 0)
        painter.scale(-1, 1)
    painter.drawPath(_path(icon))
    painter.end()
    return pixmap


def _path(icon: str) -> QPainterPath:
    path = QPainterPath()
    if icon in ("undo", "redo"):
        path.moveTo(3.5, 6.5)
        path.lineTo(9.5, 6.5)
        path.arcTo(QRectF(6.5, 6.5, 6, 6), 90, -180)
        path.lineTo(6, 12.5)
        _strokes(path, (6, 4, 3.5, 6.5), (3.5, 6.5, 6, 9))
    elif icon == "slide":
        path.addRect(QRectF(2.5, 3.5, 11, 9))
        _strokes(path, (5.5, 10.3, 5.5, 8.5), (8, 10.3, 8, 5.7), (10.5, 10.3, 10.5, 7.2))
    elif icon == "export":
        _strokes(path, (8, 10, 8, 3), (5.5, 5.5, 8, 3), (8, 3, 10.5, 5.5))
        _strokes(path, (3, 9.5, 3, 13), (3, 13, 13, 13), (13, 13, 13, 9.5))
    else:
        path.addRect(QRectF(2.5, 3, 11, 7.5))
        path.addPolygon([QPointF(7, 5), QPointF(7, 8.5), QPointF(9.8, 6.75), QPointF(7, 5)])
        _strokes(path, (8, 10.5, 5.5, 13.5), (8, 10.5, 10.5, 13.5))
    return path


def _strokes(path: QPainterPath, *ends: tuple[float, float, float, float]) -> None:
    for each in ends:
        line = QLineF(*each)
        path.moveTo(line.p1())
        path.lineTo(line.p2())
