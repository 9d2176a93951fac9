"""A row of buttons that lead on from where there is no answer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ipuwhatif.gui.answering.reply import WayOut
from ipuwhatif.gui.theme import GAP, set_role


class WaysRow(QWidget):
    """Signal: `taken` with the WayOut whose button was clicked. `role`: how the buttons look."""

    taken = Signal(object)

    def __init__(self, parent: QWidget, role: str = "") -> None:
        super().__init__(parent)
        self._role = role
        self._shown: tuple[WayOut, ...] = ()
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * GAP if role else GAP)
        self.hide()

    def show_ways(self, ways: Sequence[WayOut]) -> None:
        """A button for each way; without any the row takes no room."""
        self.setVisible(bool(ways))
        if tuple(ways) == self._shown:
            return
        self._shown = tuple(ways)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(way) for way in ways]

    def _button(self, way: WayOut) -> QPushButton:
        button = QPushButton(way.words.replace("&", "&&"), self)
        button.setAccessibleName(way.words)
        if self._role:
            set_role(button, self._role)
        button.clicked.connect(lambda: self.taken.emit(way))
        self._row.addWidget(button)
        return button


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
