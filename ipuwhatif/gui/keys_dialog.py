"""Every key of the window in one list, read from the actions themselves."""

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMenu,
    QMenuBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.texts import tr

COLUMNS = 2
_MNEMONIC = re.compile(r"\(&\w\)")


def menu_actions(bar: QMenuBar) -> Iterator[tuple[str, QAction]]:
    """Every action that can be chosen in the menus of a bar, those of submenus too, with the title of its menu."""
    for top in bar.actions():
        if top.menu() is not None:
            yield from _actions_of(top)


def _actions_of(menu_action: QAction) -> Iterator[tuple[str, QAction]]:
    title = plain_text(menu_action.text())
    menu = menu_action.menu()
    assert isinstance(menu, QMenu)
    for action in menu.actions():
        if action.menu() is not None:
            yield from _actions_of(action)
        elif not action.isSeparator() and action.isVisible() and action.text():
            yield title, action


def plain_text(text: str) -> str:
    """The text of an action without the marks of its key."""
    text = _MNEMONIC.sub("", text)  # where letters are not Latin, the key stands behind them: "文件(&F)"
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").partition("\t")[0]


def keys_text(action: QAction) -> str:
    """The keys of an action as the system writes them: "Ctrl+Shift+Z, Ctrl+Y"; empty without."""
    return ", ".join(each.toString(QKeySequence.SequenceFormat.NativeText) for each in action.shortcuts())


def keys_of(bar: QMenuBar) -> dict[str, list[tuple[str, str]]]:
    """Names and keys of the actions that have one, by menu."""
    found: dict[str, list[tuple[str, str]]] = {}
    for menu, action in menu_actions(bar):
        keys = keys_text(action)
        if keys:
            found.setdefault(menu, []).append((plain_text(action.text()).removesuffix("…"), keys))
    return found


def show_keys(bar: QMenuBar) -> QDialog:
    """One dialog with the keys of every menu, in columns."""
    dialog = QDialog(bar.window())
    dialog.setWindowTitle(tr("Keys"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    page = QWidget(dialog)
    grid = QGridLayout(page)
    grid.setHorizontalSpacing(4 * GAP)
    grid.setVerticalSpacing(2 * GAP)
    for number, (menu, rows) in enumerate(keys_of(bar).items()):
        grid.addWidget(_block(menu, rows, page), number // COLUMNS, number % COLUMNS, Qt.AlignmentFlag.AlignTop)
    scroll = QScrollArea(dialog)
    scroll.setWidget(page)
    scroll.setWidgetResizable(True)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(scroll, 1)
    layout.addWidget(buttons)
    most = bar.window().size()
    wanted = page.sizeHint()
    dialog.resize(min(wanted.width() + 6 * GAP, most.width()), min(wanted.height() + 9 * GAP, most.height()))
    dialog.open()
    return dialog


def _block(menu: str, rows: list[tuple[str, str]], parent: QWidget) -> QWidget:
    block = QWidget(parent)
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(3 * GAP)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(0, 1)
    for row, (name, keys) in enumerate([(menu, ""), *rows]):
        label, key = QLabel(name, block), QLabel(keys, block)
        for each in (label, key):
            each.setTextFormat(Qt.TextFormat.PlainText)
        set_role(label, "heading" if row == 0 else "")
        set_role(key, "caption")
        grid.addWidget(label, row, 0)
        grid.addWidget(key, row, 1, Qt.AlignmentFlag.AlignRight)
    return block
