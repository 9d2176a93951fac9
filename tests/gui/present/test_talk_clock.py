"""The speaker's clock: how long the talk has lasted, from when it began or was begun again."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.present.talk_clock import TalkClock


def test_that_it_counts_hours_minutes_and_seconds_and_starts_again(qtbot: QtBot) -> None:
    at = [100.0]
    clock = TalkClock(None, seconds=lambda: at[0])
    qtbot.addWidget(clock)
    clock.show()
    assert clock.lasted.text() == "0:00:00" and clock.now.text()
    at[0] += 3661.9
    clock.tick()
    assert clock.lasted.text() == "1:01:01"
    QTest.mouseClick(clock.reset, Qt.MouseButton.LeftButton)
    assert clock.lasted.text() == "0:00:00"
    assert clock.reset.accessibleName() == "Start the clock of the talk again"
