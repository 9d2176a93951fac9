"""Fields whose text counts only once it is understood, and what becomes of one that is still being typed."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from ipuwhatif.texts import run_on, tr
from ipuwhatif.units import quoted


class UndoField(QLineEdit):
    """A field that leaves undoing to the window while nothing is typed in it."""

    def event(self, event: QEvent) -> bool:
        # Of every event of every field, so the cheap question comes first.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._overrides(event):
            return True
        return QLineEdit.event(self, event)

    def _overrides(self, event: QKeyEvent) -> bool:
        """Whether a key that may be a shortcut of the window is settled here; accepted, it is the field's."""
        standard = QKeySequence.StandardKey
        leaves = not self.isModified() and (event.matches(standard.Undo) or event.matches(standard.Redo))
        if leaves:
            event.ignore()
        return leaves


class LeverField(UndoField):
    """A field in which Esc asks for the last good value while something else is typed there."""

    restored = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)  # a file that is dropped here is meant for the window

    def _overrides(self, event: QKeyEvent) -> bool:
        if self._takes(event):
            event.accept()  # before the window's own use of the key
            return True
        return super()._overrides(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes(event):
            self.restored.emit()
            return
        super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self.isModified()


def take_typed(window: QWidget) -> None:
    """What is typed in a field of a window and not yet taken over counts as if Return had been pressed."""
    for field in window.findChildren(LeverField):
        if field.isModified():
            field.editingFinished.emit()


def wrong_text(window: QWidget) -> str:
    """What is typed in a field and cannot be understood, in words; empty when there is nothing of the kind."""
    fields = [field for field in window.findChildren(LeverField) if field.isModified()]
    return run_on(
        tr(
            "{text} in “{field}” is not understood and is no part of it.",
            text=quoted(each.text()),
            field=each.accessibleName(),
        )
        for each in fields
    )
