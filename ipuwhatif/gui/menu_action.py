"""How an action comes into a menu."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from ipuwhatif.gui.plain import plain_tip


def add_action(owner: QObject, menu: QMenu, text: str, keys: str, act: Callable[[], object], told: str = "") -> QAction:
    """An action of `owner` at the end of a menu; `told` says more of it where its name is not enough."""
    action = QAction(text, owner)
    if told:
        action.setToolTip(plain_tip(told))
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda: act())
    menu.addAction(action)
    return action
