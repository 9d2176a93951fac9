"""The slider of a lever: it has ticks where the stretches of its range meet, and a double click sets it back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

TICK, TODAY = 3, 5  # heights of ticks, that of today's value being the taller
GAP = 3  # between the groove and its ticks


class LeverSlider(QSlider):
    """A slider that leaves the wheel to the page. Signals: `reset` for a double click, `gesture` when it gets the keys.

    `ticks` are the positions at which stretches of the range meet, `today` is where it stands by default.
    """

    reset = Signal()
    gesture = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.ticks: Sequence[int] = ()
        self.today: int | None = None

    def place_of(self, position: int) -> float:
        """Where the middle of the handle stands for a position, in pixels from the left."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        room = self.width() - handle.width()
        offset = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), position, room)
        return offset + handle.width() / 2.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ticks under the groove, before the handle is drawn over them."""
        painter = QPainter(self)
        top = self.height() // 2 + GAP
        for position in self.ticks:
            painter.fillRect(
                round(self.place_of(position) - 0.5), top, 1, TICK, self.palette().color(QPalette.ColorRole.Dark)
            )
        if self.today is not None:
            colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
            painter.fillRect(round(self.place_of(self.today) - 1.0), top, 2, TODAY, colour)
        painter.end()
        super().paintEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.gesture.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
