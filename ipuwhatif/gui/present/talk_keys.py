"""The keys of a talk, the same in both windows: a clicker works wherever it was clicked last."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QListWidget, QPlainTextEdit, QSlider, QWidget

#: What a key asks for.
ON, BACK, FIRST, LAST, DOWN, UP = "on", "back", "first", "last", "down", "up"
MORE, LESS, RESET, TAKE, ALL = "more", "less", "reset", "take", "all"
PRESENTER, PAGE, SWAP, END = "presenter", "page", "swap", "end"

_Key = Qt.Key
KEYS: Mapping[int, str] = {
    **dict.fromkeys((_Key.Key_Right, _Key.Key_PageDown, _Key.Key_Space, _Key.Key_Return, _Key.Key_Enter), ON),
    **dict.fromkeys((_Key.Key_Left, _Key.Key_PageUp, _Key.Key_Backspace), BACK),
    _Key.Key_Home: FIRST,
    _Key.Key_End: LAST,
    _Key.Key_Down: DOWN,
    _Key.Key_Up: UP,
    **dict.fromkeys((_Key.Key_Plus, _Key.Key_Equal), MORE),
    _Key.Key_Minus: LESS,
    _Key.Key_0: RESET,
    _Key.Key_T: TAKE,
    _Key.Key_A: ALL,
    _Key.Key_P: PRESENTER,
    _Key.Key_F5: PAGE,
    _Key.Key_S: SWAP,
    _Key.Key_Escape: END,
}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_PRESS = (_Key.Key_Space, _Key.Key_Return, _Key.Key_Enter)
_UP_AND_DOWN = (_Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End)
#: What a control that was reached by Tab does itself with a key.
_OWN: Mapping[type[QWidget], tuple[int, ...]] = {
    QAbstractButton: _PRESS,
    QListWidget: _UP_AND_DOWN,
    QSlider: (*_UP_AND_DOWN, _Key.Key_Left, _Key.Key_Right),
    QPlainTextEdit: (*_UP_AND_DOWN, _Key.Key_Left, _Key.Key_Right),
}


class TalkKeys(QObject):
    """Calls `act` with what a key asks for, whichever widget of the watched windows has the focus."""

    def __init__(self, act: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act

    def watch(self, window: QWidget) -> None:
        """The window, and what in it takes keys of its own; a key that nothing uses comes to the window."""
        for widget in (window, *window.findChildren(QWidget)):
            if widget.isWindow() or widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.modifiers() & _COMMANDS:
            return False
        key = event.key()
        if isinstance(watched, QListWidget) and key in _PRESS:  # which would do that, and hand the key on
            watched.itemActivated.emit(watched.currentItem())
            return True
        if key not in KEYS or any(isinstance(watched, kind) and key in keys for kind, keys in _OWN.items()):
            return False
        self._act(KEYS[key])
        return True
