"""Something typed that has no slider: a title, a field, and under it what is wrong with the text, which stays."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.theme import set_faulty, set_role
from ipuwhatif.units import InputError


class TypedRow(QWidget):
    """Signals: `typed` with what the text means, `reset` when the button sets it back.

    `parse` reads a text or raises InputError; a wrong text is left as it is, Esc brings the last good one back.
    """

    typed = Signal(object)
    reset = Signal()

    def __init__(self, title: str, parse: Callable[[str], object], reset_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._parse = parse
        self._text = ""
        self.name, self.part = QLabel(title, self), QLabel(self)
        self.field = LeverField(self)
        self.button = QToolButton(self)
        self.fault = QLabel(self)
        self.field.setAccessibleName(title)
        self.button.setAccessibleName(reset_name)
        self.button.setToolTip(reset_name)
        self._lay_out()
        self.field.editingFinished.connect(self._typed)
        self.field.restored.connect(self._restore)
        self.button.clicked.connect(self.reset)

    def show_title(self, title: str, hint: str) -> None:
        """Say what is typed here, and how."""
        self.name.setText(title)
        self.field.setAccessibleName(title)
        self.field.setToolTip(hint)

    def show_text(self, text: str, part: str, resettable: bool) -> None:
        """Show what is set, and in a word whose it is; a text that is being typed stays."""
        self.part.setText(part)
        self.button.setVisible(resettable)
        changed, self._text = text != self._text, text
        if changed or not self.field.isModified():
            self._print()

    def _lay_out(self) -> None:
        for label in (self.name, self.part, self.fault):
            label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.part, "caption")
        set_role(self.fault, "warning")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.button.setFixedSize(20, 20)
        policy = self.button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.button.setSizePolicy(policy)
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        for column, widget in enumerate((self.name, self.part, self.button)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self.field, 1, 0, 1, 3)
        grid.addWidget(self.fault, 2, 0, 1, 3)

    def _typed(self) -> None:
        if not self.field.isModified():
            return
        try:
            meant = self._parse(self.field.text())
        except InputError as error:
            self._show_fault(str(error))
            return
        self.field.setModified(False)
        self._show_fault("")
        self.typed.emit(meant)
        self._print()

    def restore(self) -> None:
        """Back to the last good text, whatever is being typed."""
        self._print()

    def _restore(self) -> None:
        self._print()
        self.field.selectAll()

    def _print(self) -> None:
        self.field.setText(self._text)
        self.field.setCursorPosition(0)  # a row of sizes begins with the layers
        self.field.setModified(False)
        self._show_fault("")

    def _show_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        set_faulty(self.field, bool(text))
