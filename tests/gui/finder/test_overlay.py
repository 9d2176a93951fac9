from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.finder.overlay import Overlay
from tests.gui.conftest import settle


@pytest.fixture
def overlay(qtbot: QtBot) -> Iterator[Overlay]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.field, window.other = QLineEdit(window), QLineEdit(window)
    overlay = Overlay(window)
    overlay.resize(200, 100)
    overlay.line = QLineEdit(overlay)
    window.show()
    window.activateWindow()
    window.field.setFocus()
    settle()
    yield overlay


def test_that_it_lies_inside_the_window_wherever_it_is_opened(overlay: Overlay) -> None:
    for left, top in ((-50, -50), (900, 900), (40, 60)):
        overlay.open_at(left, top, overlay.line)
        assert overlay.parentWidget().rect().contains(overlay.geometry())
    assert overlay.pos().toTuple() == (40, 60)


def test_that_escape_closes_it_alone_and_the_keyboard_goes_back(overlay: Overlay) -> None:
    window, fired = overlay.parentWidget(), []
    shortcut = QShortcut(QKeySequence("Esc"), window)
    shortcut.activated.connect(lambda: fired.append(1))
    closed = []
    overlay.closed.connect(lambda: closed.append(1))
    overlay.open_at(0, 0, overlay.line)
    QTest.keyClick(overlay.line, Qt.Key.Key_Escape)
    assert not overlay.isVisible() and window.field.hasFocus() and closed == [1] and not fired
    QTest.keyClick(window.field, Qt.Key.Key_Escape)
    assert fired == [1]


def test_that_another_widget_that_takes_the_keyboard_keeps_it(overlay: Overlay) -> None:
    overlay.open_at(0, 0, overlay.line)
    overlay.parentWidget().other.setFocus()
    assert not overlay.isVisible() and overlay.parentWidget().other.hasFocus()
    overlay.dismiss()
    assert overlay.parentWidget().other.hasFocus()


def test_that_opening_it_again_still_gives_the_keyboard_back_to_the_first(overlay: Overlay) -> None:
    overlay.open_at(0, 0, overlay.line)
    overlay.open_at(10, 10, overlay.line)
    overlay.dismiss()
    assert overlay.parentWidget().field.hasFocus()


def test_that_it_closes_where_what_had_the_keyboard_is_gone(overlay: Overlay) -> None:
    window = overlay.parentWidget()
    overlay.open_at(0, 0, overlay.line)
    window.field.deleteLater()
    settle()
    overlay.dismiss()
    assert not overlay.isVisible()
