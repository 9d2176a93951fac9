from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.keys_dialog import keys_of, menu_actions, plain_text, show_keys


def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    file = window.menuBar().addMenu("&File")
    file.addAction("&Open…", "Ctrl+O", lambda: None)
    file.addSeparator()
    file.addAction("Fish && chips")
    more = file.addMenu("&More")
    more.addAction("Deep", "F7", lambda: None)
    more.addAction("Hidden", "F8", lambda: None).setVisible(False)
    window.menuBar().addMenu("&Empty")
    return window


def test_that_every_action_is_found_with_the_menu_it_stands_in(qtbot: QtBot) -> None:
    host = window(qtbot)
    found = [(menu, plain_text(action.text())) for menu, action in menu_actions(host.menuBar())]
    assert found == [("File", "Open…"), ("File", "Fish & chips"), ("More", "Deep")]


def test_that_keys_are_listed_by_menu_and_only_where_there_are_some(qtbot: QtBot) -> None:
    host = window(qtbot)
    assert keys_of(host.menuBar()) == {"File": [("Open", "Ctrl+O")], "More": [("Deep", "F7")]}


def test_that_one_dialog_shows_them_all(qtbot: QtBot) -> None:
    host = window(qtbot)
    host.show()
    dialog = show_keys(host.menuBar())
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"File", "Open", "Ctrl+O", "More", "Deep", "F7"} <= set(texts)
    assert dialog.isVisible() and dialog.width() <= host.width()
    dialog.reject()
