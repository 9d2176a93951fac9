"""The keys of a talk: each asks for one thing, and leaves to a control what is the control's own."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.present.talk_keys import BACK, KEYS, ON, TalkKeys


def test_that_everything_that_can_be_asked_for_has_a_key() -> None:
    assert len(set(KEYS.values())) == 15
    assert {KEYS[key] for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)} == {ON, BACK}  # what clickers send


def test_that_a_text_keeps_its_arrows_and_gives_every_other_key_to_the_talk(qtbot: QtBot) -> None:
    asked: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    text = QPlainTextEdit(window)
    QVBoxLayout(window).addWidget(text)
    keys = TalkKeys(asked.append, window)
    keys.watch(window)
    window.show()
    text.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_X, Qt.Key.Key_Space):
        QTest.keyClick(text, key)
    assert asked == [ON, ON]
