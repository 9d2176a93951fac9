"""Where the user writes a headline: a field in the place of the label, over what the program would say."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.theme import set_faulty, set_role
from ipuwhatif.texts import tr


class HeadlineField(LeverField):
    """One line of text; `left` on Esc, whether something was typed or not."""

    left = Signal()

    def _overrides(self, event: QKeyEvent) -> bool:
        if _is_escape(event):
            event.accept()  # before the window's own use of the key
            return True
        return super()._overrides(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.left.emit()
            return
        super().keyPressEvent(event)


class HeadlineEditor(QWidget):
    """Signals: `written` with what was typed, or None for the headline by rule; `closed` when it is done.

    What cannot stand there stays as it was typed, with the reason under it.
    """

    written = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_rule = ""
        self.field, self.hint = HeadlineField(self), QLabel(self)
        self.field.setAccessibleName(tr("Headline"))
        set_role(self.field, "headline")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        set_role(self.hint, "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.field)
        layout.addWidget(self.hint)
        self.field.editingFinished.connect(self._finish)
        self.field.left.connect(self.close_editor)
        self.field.textEdited.connect(lambda: self._say(self._hint()))
        self.hide()

    def edit(self, text: str, by_rule: str) -> None:
        """Begin with a headline; `by_rule` is what the program would say."""
        self._by_rule = by_rule
        self.field.setText(text)
        self.field.setPlaceholderText(by_rule)
        self.field.setModified(False)
        self._say(self._hint())
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def show_fault(self, reason: str) -> None:
        """What was typed cannot stand there; it stays, to be corrected."""
        self._say(reason, faulty=True)

    def close_editor(self) -> None:
        """Done: the label comes back."""
        if not self.isHidden():
            self.field.setModified(False)
            self.hide()
            self.closed.emit()

    def _finish(self) -> None:
        """Return, or the keyboard went elsewhere."""
        text = " ".join(self.field.text().split())
        if self.isHidden() or not self.field.isModified():
            self.close_editor()
            return
        self.written.emit(None if text in ("", self._by_rule) else text)

    def _hint(self) -> str:
        return tr("By rule: {headline}. Empty takes it again; Esc leaves it as it was.", headline=self._by_rule)

    def _say(self, text: str, faulty: bool = False) -> None:
        self.hint.setText(text)
        self.field.setAccessibleDescription(text)
        self.field.setToolTip(plain_tip(text))
        set_faulty(self.field, faulty)
        set_role(self.hint, "warning" if faulty else "caption")
        self.hint.style().polish(self.hint)


def _is_escape(event: QKeyEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
