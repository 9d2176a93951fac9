"""Ctrl+C in the terminal, and an end that the system asks for: heard at once, also where the window is idle.

Qt waits for events outside of Python, so a signal must come to it as one: as a byte in a socket that it watches.
"""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts(QObject):
    """Calls `leave` with the number of a signal, from the event loop. A second one interrupts what does not end."""

    def __init__(self, leave: Callable[[int], None], parent: QObject) -> None:
        super().__init__(parent)
        self._leave = leave
        self._waiting = False
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._woken = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, self._note) for number in SIGNALS}

    def close(self) -> None:
        """Signals do again what they did before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._woken)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        for end in (self._reader, self._writer):
            end.close()

    def _note(self, number: int, frame: FrameType | None) -> None:
        """In the middle of whatever Python is at: nothing is broken off, unless the event loop does not come round."""
        if self._waiting:
            signal.default_int_handler(number, frame)
        self._waiting = True

    def _read(self) -> None:
        numbers = [each for each in self._reader.recv(64) if each in SIGNALS]
        self._waiting = False
        if numbers:
            self._leave(numbers[0])
