"""One lever: its name, the stretch its value lies in, a slider, a reset button and the typed value.

The slider stands beside the field, so that the longest name and the longest word for a stretch fit above them.
"""

from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from ipuwhatif.figures.scenarios.lever_words import lever_name, part_text, unit_text, value_text
from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.levers.lever_scale import position_of, snapped, steps_of, ticks_of, value_at
from ipuwhatif.gui.levers.lever_slider import LeverSlider
from ipuwhatif.gui.levers.lever_tip import lever_tip
from ipuwhatif.gui.menu_action import opens_menu
from ipuwhatif.gui.theme import set_faulty, set_role
from ipuwhatif.scenario.levers import CUT, PIN, Lever
from ipuwhatif.scenario.typed_levers import parse_value
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

UNKNOWN = "—"
FIELD_WIDTH = 72
_STEP_ACTIONS = {
    QAbstractSlider.SliderAction.SliderSingleStepAdd.value: 1,
    QAbstractSlider.SliderAction.SliderSingleStepSub.value: -1,
}


class LeverRow(QWidget):
    """Signals: `moved` with a new value, `reset`, `pressed` and `released` around a drag, `gesture` before keys.

    `scoped` with the key of whom the value is to be set for, as chosen in the menu of a moved lever.
    """

    moved = Signal(float)
    reset = Signal()
    pressed = Signal()
    released = Signal()
    gesture = Signal()
    scoped = Signal(str)

    def __init__(self, lever: Lever, parent: QWidget) -> None:
        super().__init__(parent)
        self.lever = lever
        #: The chips of the system that it is set for, where it is one, and the currencies of the stated prices.
        self.stated: Callable[[], tuple[int | None, Collection[str]]] = lambda: (None, ())
        self._value: float | None = None
        self._shown: tuple[float | None, float | None] | None = None
        self._scopes: Sequence[tuple[str, str]] = ()
        self._scope = ""
        self.name = QLabel(self._title(), self)
        self.part = QLabel(self)
        self.field = LeverField(self)
        self.button = QToolButton(self)
        self.slider = LeverSlider(self)
        self.menu: QMenu | None = None  # once it has been asked for
        self._lay_out()
        self._say()
        self._connect()

    def show_value(self, value: float | None, automatic: float | None) -> None:
        """Show what is set, or for `None` the default, or what the layout policy took where there is no default.

        With none of them the field shows a dash, the slider waits at its low end, and a word says what holds.
        """
        if (value, automatic) == self._shown and not self.field.isModified():
            return
        self._shown = (value, automatic)
        unset = value is None and self.lever.default is None
        self._value = automatic if unset else (value if value is not None else self.lever.default)
        self.part.setText(tr(self.lever.unset) if unset else self._part())
        if not (self.field.hasFocus() and self.field.isModified()):
            self._print()
        self.button.setVisible(value is not None)
        for widget in (self.slider, self.field):
            if bool(widget.property("auto")) != unset:
                widget.setProperty("auto", unset)
                widget.style().polish(widget)
        if self._value_at(self.slider.value()) != self._value:
            with QSignalBlocker(self.slider):
                self.slider.setValue(0 if self._value is None else position_of(self.lever, self._value))

    def show_scope(self, whose: str, scope: str, scopes: Sequence[tuple[str, str]]) -> None:
        """For whom it is set, in words where that is not what the title above says, and whom it could be set for.

        scopes: keys and words of the menu, which a row that is not moved has none of.
        """
        self._scope, self._scopes = scope, scopes
        if whose or "whose" in self.__dict__:
            self.whose.setText(whose)
            self.whose.setVisible(bool(whose))

    @cached_property
    def whose(self) -> QLabel:
        """Whom it is set for; there once somebody has to be named, as most rows never need the label."""
        return self._note("caption", 2)

    @cached_property
    def fault(self) -> QLabel:
        """What is wrong with the typed text; there with the first fault."""
        label = self._note("warning", 3)
        label.setWordWrap(True)
        return label

    def _note(self, role: str, row: int) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(label, role)
        label.hide()
        self.grid.addWidget(label, row, 0, 1, 3)
        return label

    def parse(self, text: str) -> float:
        """A typed value. InputError for what cannot be."""
        return parse_value(text, self.lever, *self.stated())

    def text_of(self, value: float) -> str:
        """The value as the field shows it."""
        return value_text(self.lever, value) if self.lever.unit == "×" else self.lever.format_number(value)

    def snapped(self, value: float) -> float:
        """The value that the slider sets near another."""
        return snapped(self.lever, value)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that open a menu everywhere open that of the row, from its slider as from its field."""
        if opens_menu(event):
            self._open_menu(self.mapToGlobal(self.slider.geometry().bottomLeft()))
            return
        super().keyPressEvent(event)

    def _open_menu(self, position: QPoint) -> None:
        """Whom a moved lever is set for, and the way back; nothing for one that is not moved."""
        if not self._scopes:
            return
        if self.menu is None:
            self.menu = QMenu(self)
            self.menu.triggered.connect(lambda action: self.scoped.emit(action.data()) if action.data() else None)
        self.menu.clear()
        for scope, words in self._scopes:
            action = self.menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(scope == self._scope)
            action.setData(scope)
        self.menu.addSeparator()
        self.menu.addAction(tr("Back to default"), self.reset.emit)
        self.menu.popup(position)

    def _title(self) -> str:
        """The name, with its unit where neither the field nor the name says it."""
        if self.lever.unit == "×" or self.lever.target in (PIN, CUT):
            return lever_name(self.lever)
        return tr("{name} ({unit})", name=lever_name(self.lever), unit=unit_text(self.lever))

    def _part(self) -> str:
        return "" if self._value is None else part_text(self.lever, self._value)

    def _print(self) -> None:
        text = UNKNOWN if self._value is None else self.text_of(self._value)
        if self.field.text() != text:
            self.field.setText(text)
        self.field.setModified(False)
        self._show_fault("")

    def _lay_out(self) -> None:
        for label in (self.name, self.part):
            label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.part, "caption")
        self.field.setFixedWidth(FIELD_WIDTH)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.button.setFixedSize(20, 20)
        policy = self.button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.button.setSizePolicy(policy)
        self.slider.setRange(0, steps_of(self.lever))
        self.slider.setPageStep(max(1, steps_of(self.lever) // 10))
        self.slider.today = None if self.lever.default is None else position_of(self.lever, self.lever.default)
        self.slider.ticks = ticks_of(self.lever)
        self.top = QHBoxLayout()
        self.top.setSpacing(6)
        self.top.addWidget(self.name, 1)
        self.top.addWidget(self.part)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(6)
        self.grid.setVerticalSpacing(1)
        self.grid.setColumnStretch(0, 1)
        self.grid.addLayout(self.top, 0, 0, 1, 3)
        for column, widget in enumerate((self.slider, self.button, self.field)):
            self.grid.addWidget(widget, 1, column)

    def _say(self) -> None:
        """Names for those who do not see it, and what it does for those who ask."""
        lever = self.lever
        self.field.setAccessibleName(tr("{lever} in {unit}", lever=lever_name(lever), unit=unit_text(lever)))
        self.button.setAccessibleName(tr("Reset {lever}", lever=lever_name(lever)))
        self.button.setToolTip(tr("Back to default"))
        self.slider.setAccessibleName(lever_name(lever))
        self.slider.setAccessibleDescription(tr(lever.effect))
        tip = lever_tip(lever)
        for widget in (self.name, self.part, self.slider, self.field):
            widget.setToolTip(tip)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._slid)
        self.slider.actionTriggered.connect(self._stepped)
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

    def _stepped(self, action: int) -> None:
        """A key leads on to the next value: several positions of the slider may set one and the same."""
        step = _STEP_ACTIONS.get(action)
        if step is None:
            return
        position = self.slider.sliderPosition()
        while 0 < position < self.slider.maximum() and self._value_at(position) == self._value:
            position += step
        self.slider.setSliderPosition(position)

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
        if text or "fault" in self.__dict__:
            self.fault.setText(text)
            self.fault.setVisible(bool(text))
        set_faulty(self.field, bool(text))

    def _value_at(self, position: int) -> float:
        value = self.snapped(value_at(self.lever, position))
        return min(max(value, self.lever.minimum), self.lever.maximum)
