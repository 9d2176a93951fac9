"""Time of day, and how long the talk has lasted, for the speaker."""

import time
from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt, QTime, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ipuwhatif.gui.theme import set_role
from ipuwhatif.texts import tr

TICK_MS = 500  # so that no second is left out


class TalkClock(QWidget):
    """`seconds` tells how long something lasts; the talk begins when this is made."""

    def __init__(self, parent: QWidget | None, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._seconds, self._since = seconds, seconds()
        self.now_name, self.now, self.lasted_name, self.lasted = (QLabel(self) for _ in range(4))
        self.reset = QPushButton(self)
        self.reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reset.setAutoDefault(True)
        self.reset.clicked.connect(self.begin)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for name, value in ((self.now_name, self.now), (self.lasted_name, self.lasted)):
            set_role(name, "caption")
            set_role(value, "value")
            row.addWidget(name)
            row.addWidget(value)
            row.addSpacing(12)
        row.addWidget(self.reset)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(TICK_MS)
        self.name()

    def name(self) -> None:
        self.now_name.setText(tr("Time"))
        self.lasted_name.setText(tr("Talk"))
        self.reset.setText(tr("Start again"))
        self.reset.setAccessibleName(tr("Start the clock of the talk again"))
        self.tick()

    def begin(self) -> None:
        """The talk begins now."""
        self._since = self._seconds()
        self.tick()

    def tick(self) -> None:
        lasted = int(self._seconds() - self._since)
        self.now.setText(QLocale().toString(QTime.currentTime(), QLocale.FormatType.ShortFormat))
        self.lasted.setText(f"{lasted // 3600}:{lasted // 60 % 60:02}:{lasted % 60:02}")
