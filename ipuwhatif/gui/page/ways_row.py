"""A row of buttons and fields that lead on from where there is no answer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.gui.answering.reply import WayOut
from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.theme import GAP, set_faulty, set_role
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

PADDED = 24  # logical pixels of a field beside its text


class WaysRow(QWidget):
    """Signals: `taken` with the WayOut whose button was clicked, or of what was typed; `refused` with why it is not.

    `role`: how the buttons look. `fault`: what is wrong with a text that stands in a field.
    """

    taken = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget, role: str = "") -> None:
        super().__init__(parent)
        self._role = role
        self._shown: tuple[WayOut, ...] = ()
        self.buttons: list[QPushButton] = []
        self.fields: list[LeverField] = []
        self.fault = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * GAP if role else GAP)
        self.hide()

    def show_ways(self, ways: Sequence[WayOut]) -> None:
        """A button for each way, a field for one that is typed; without any the row takes no room."""
        before, self._shown = self._shown, tuple(ways)
        if [_look(way) for way in before] == [_look(way) for way in ways]:  # what is being typed stays
            return
        for old in self.controls():
            old.blockSignals(True)  # a field that goes with the keyboard's focus would hand on what was half typed
            old.hide()
            old.deleteLater()
        self.buttons, self.fields, self.fault = [], [], ""
        for place, way in enumerate(ways):
            if way.read is None:
                self.buttons.append(self._button(way, place))
            else:
                self.fields.append(self._field(way, place))
        self.setVisible(bool(ways))

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [*self.buttons, *self.fields]

    def _button(self, way: WayOut, place: int) -> QPushButton:
        button = QPushButton(way.words.replace("&", "&&"), self)
        button.setAccessibleName(way.words)
        button.setToolTip(plain_tip(way.tip))
        if self._role:
            set_role(button, self._role)
        button.clicked.connect(lambda: self.taken.emit(self._shown[place]))
        self._row.addWidget(button)
        return button

    def _field(self, way: WayOut, place: int) -> LeverField:
        field = LeverField(self)
        field.setAccessibleName(way.words)
        field.setToolTip(plain_tip(way.tip))
        field.setPlaceholderText(tr("{name}, such as {example}", name=way.words, example=way.example))
        if self._role:
            set_role(field, "low")  # over a chart, whose room it takes
        field.setMinimumWidth(field.fontMetrics().horizontalAdvance(field.placeholderText()) + PADDED)
        field.restored.connect(lambda: self._take("", field, place))
        field.editingFinished.connect(lambda: self._take(field.text(), field, place))
        self._row.addWidget(field)
        return field

    def _take(self, text: str, field: LeverField, place: int) -> None:
        """What is typed as an edit; a wrong text stays, with the reason where the lack is told."""
        way = self._shown[place]
        if way.read is None or not field.isModified():
            return
        try:
            edit = way.read(text) if text.strip() else None
        except InputError as error:
            self._refuse(field, sentence(str(error)))
            return
        field.setText("")
        self._refuse(field, "")
        if edit is not None:
            self.taken.emit(replace(way, edit=edit))

    def _refuse(self, field: LeverField, fault: str) -> None:
        set_faulty(field, bool(fault))
        if fault != self.fault:
            self.fault = fault
            self.refused.emit(fault)


def _look(way: WayOut) -> tuple[object, ...]:
    """What is seen of a way; what it does may be another with every answer."""
    return way.words, way.act, way.example, way.tip, way.read is None


class EmptyPage(QWidget):
    """Words in the place of a chart, and what to do about them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.message = QLabel(self)
        self.ways = WaysRow(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        set_role(self.message, "message")
        column = QVBoxLayout(self)
        column.setSpacing(2 * GAP)
        column.addStretch(1)
        column.addWidget(self.message)
        column.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
