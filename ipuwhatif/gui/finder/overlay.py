"""A small panel over the window: it takes the keyboard, Esc or a click beside it closes it, and the keyboard goes back.

It is a widget of the window and no window of its own, so that no window manager has a say in it.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid


class Overlay(QFrame):
    """Signals: `closed` once it is gone."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.over = window
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before: QWidget | None = None
        self.hide()

    def open_at(self, left: int, top: int, focus: QWidget) -> None:
        """Show it inside the window, as near to a place as fits, with the keyboard on one of its widgets."""
        room = self.over.size() - self.size()
        self.move(max(0, min(left, room.width())), max(0, min(top, room.height())))
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            QApplication.instance().focusChanged.connect(self._focus_changed)
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close it; the keyboard goes back to where it was."""
        before, self._before = self._before, None
        focused = QApplication.focusWidget()
        held = focused is not None and self.isAncestorOf(focused)
        self._close()
        wanted = before is not None and isValid(before) and before.isVisible()  # a presentation goes when it closes
        if wanted and (held or QApplication.focusWidget() is None):
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._is_escape(event):
            event.accept()  # before the window's own use of the key
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_escape(event):
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _close(self) -> None:
        if self.isVisible():
            QApplication.instance().focusChanged.disconnect(self._focus_changed)
            self.hide()
            self.closed.emit()

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Another widget of the window was chosen; another window is none."""
        if new is not None and new is not self and not self.isAncestorOf(new):
            self._before = None
            self._close()

    @staticmethod
    def _is_escape(event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
