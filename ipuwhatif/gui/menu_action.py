"""How an action comes into a menu, and the keys that open one."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from ipuwhatif.gui.plain import plain_tip


class Place(StrEnum):
    """What a menu holds, whatever it is called in the user's language: the object name of the menu."""

    VIEW = "view"
    LANGUAGES = "languages"
    EXAMPLES = "examples"
    STORIES = "stories"
    ELSEWHERE = ""


def place_of(action: QAction) -> Place:
    """The menu that an action stands in."""
    names = {each.objectName() for each in action.associatedObjects() if isinstance(each, QMenu)}
    return next((place for place in Place if place in names), Place.ELSEWHERE)


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


def opens_menu(event: QKeyEvent) -> bool:
    """Whether a key asks for the menu of what has the keyboard: the Menu key, or Shift+F10."""
    shifted = event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return shifted or event.key() == Qt.Key.Key_Menu
