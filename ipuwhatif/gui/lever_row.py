"""One lever: its name, the stretch its value lies in, the typed value with its unit, a reset button and a slider."""

from math import exp, log

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QSlider, QToolButton, QWidget

from ipuwhatif.gui.theme import set_faulty, set_role
from ipuwhatif.scenario.levers import Lever, parse_value
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

LOG_STEP = 1.01  # one step of a logarithmic slider
BATCH_STEP = 32  # a slider sets whole numbers in steps of at most this; typing sets any
UNKNOWN = "—"


class LeverSlider(QSlider):
    """A slider that a double click sets back, and that leaves the wheel to the page."""

    reset = Signal()
    gesture = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.gesture.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class LeverField(QLineEdit):
    """A field in which Esc asks for the last good value while something else is typed there."""

    restored = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)  # a file that is dropped here is meant for the window

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._takes(event):
            event.accept()  # before the window's own use of the key
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes(event):
            self.restored.emit()
            return
        super().keyPressEvent(event)

    def _takes(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.isModified()


class LeverRow(QWidget):
    """Signals: `moved` with a new value, `reset`, `pressed` and `released` around a drag, `gesture` before keys."""

    moved = Signal(float)
    reset = Signal()
    pressed = Signal()
    released = Signal()
    gesture = Signal()

    def __init__(self, lever: Lever, parent: QWidget) -> None:
        super().__init__(parent)
        self.lever = lever
        self._value: float | None = None
        self._shown: tuple[float | None, float | None] | None = None
        self.name = QLabel(lever.name, self)
        self.part = QLabel(self)
        self.field = LeverField(self)
        self.button = QToolButton(self)
        self.slider = LeverSlider(self)
        self.fault = QLabel(self)
        self._lay_out()
        self._connect()

    def show_value(self, value: float | None, automatic: float | None) -> None:
        """Show what is set, or for `None` the default, or what the layout policy took where there is no default.

        With none of them the field shows a dash, and the slider waits at its low end.
        """
        if (value, automatic) == self._shown and not self.field.isModified():
            return
        self._shown = (value, automatic)
        by_policy = value is None and self.lever.default is None
        self._value = automatic if by_policy else (value if value is not None else self.lever.default)
        self.part.setText(tr("by layout policy") if by_policy else self._part())
        if not (self.field.hasFocus() and self.field.isModified()):
            self._print()
        self.button.setVisible(value is not None)
        if self.slider.property("auto") != by_policy:
            self.slider.setProperty("auto", by_policy)
            self.slider.style().polish(self.slider)
        if self._value_at(self.slider.value()) != self._value:
            with QSignalBlocker(self.slider):
                self.slider.setValue(0 if self._value is None else self._position(self._value))

    def parse(self, text: str) -> float:
        """A typed value. InputError for what cannot be."""
        return parse_value(text, self.lever)

    def text_of(self, value: float) -> str:
        """The value as the field shows it."""
        return (self.lever.format if self.lever.unit == "×" else self.lever.format_number)(value)

    def snapped(self, value: float) -> float:
        """The value that the slider sets near another: a whole one in steps that fit its size, others in hundredths."""
        if not self.lever.whole:
            return round(value, 2)
        step = min(BATCH_STEP, 2 ** max(0, round(value).bit_length() - 4))
        return float(step * round(value / step))

    def _part(self) -> str:
        return "" if self._value is None else self.lever.part(self._value)

    def _print(self) -> None:
        text = UNKNOWN if self._value is None else self.text_of(self._value)
        if self.field.text() != text:
            self.field.setText(text)
        self.field.setModified(False)
        self._show_fault("")

    def _lay_out(self) -> None:
        for label in (self.name, self.part, self.fault):
            label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.part, "caption")
        set_role(self.fault, "warning")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.field.setFixedWidth(72)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setAccessibleName(tr("{lever} in {unit}", lever=self.lever.name, unit=self.lever.unit))
        self.field.setToolTip(self.lever.range_text)
        self.button.setAccessibleName(tr("Reset {lever}", lever=self.lever.name))
        self.button.setToolTip(tr("Back to default"))
        self.button.setFixedSize(20, 20)
        policy = self.button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.button.setSizePolicy(policy)
        self.slider.setRange(0, self._steps())
        self.slider.setPageStep(max(1, self._steps() // 10))
        self.slider.setAccessibleName(self.lever.name)
        self.slider.setToolTip(tr("{effect} Double click: back to default.", effect=self.lever.effect))
        self.name.setToolTip(self.lever.effect)
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        for column, widget in enumerate((self.name, self.part, self.button, self.field)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self.slider, 1, 0, 1, 4)
        grid.addWidget(self.fault, 2, 0, 1, 4)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderPressed.connect(self.pressed)
        self.slider.sliderReleased.connect(self.released)
        self.slider.gesture.connect(self.gesture)
        self.slider.reset.connect(self.reset)
        self.button.clicked.connect(self.reset)
        self.field.editingFinished.connect(self._typed)
        self.field.restored.connect(self._restore)

    def _slid(self, position: int) -> None:
        value = self._value_at(position)
        if value != self._value:
            self.moved.emit(value)

    def _typed(self) -> None:
        if not self.field.isModified():
            return
        try:
            value = self.parse(self.field.text())
        except InputError as error:
            self._show_fault(str(error))
            return
        self.field.setModified(False)
        self._show_fault("")
        self.gesture.emit()
        self.moved.emit(value)
        self._print()

    def _restore(self) -> None:
        self._print()
        self.field.selectAll()

    def _show_fault(self, text: str) -> None:
        if self.fault.text() != text:
            self.fault.setText(text)
            self.fault.setVisible(bool(text))
        set_faulty(self.field, bool(text))

    def _steps(self) -> int:
        low, high = self.lever.minimum, self.lever.maximum
        return round(log(high / low) / log(LOG_STEP)) if self.lever.scale == "log" else round((high - low) * 100)

    def _value_at(self, position: int) -> float:
        low, high = self.lever.minimum, self.lever.maximum
        part = position / self._steps()
        value = low * exp(part * log(high / low)) if self.lever.scale == "log" else low + part * (high - low)
        return min(max(self.snapped(value), low), high)

    def _position(self, value: float) -> int:
        low, high = self.lever.minimum, self.lever.maximum
        value = min(max(value, low), high)
        part = log(value / low) / log(high / low) if self.lever.scale == "log" else (value - low) / (high - low)
        return round(part * self._steps())
