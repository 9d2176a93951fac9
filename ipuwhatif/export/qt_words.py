"""What Qt writes on stderr of itself: warnings pass, words about the system's settings that nothing hangs on do not."""

import atexit
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

#: Of a locale that is not UTF-8, where Qt helps itself, and of a time zone that nobody knows: no time of day is shown.
LEFT_OUT = ("Detected locale ", "Unable to determine system time zone")
_before: list[object] = []


def leave_out_settings() -> None:
    """From here on; before the application is made, whose first words they are. Once more changes nothing."""
    before = qInstallMessageHandler(_pass_on)
    if before is not _pass_on:
        _before[:] = [before]
        atexit.register(qInstallMessageHandler, None)  # Qt may still say something when Python is gone


def _pass_on(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    if words.startswith(LEFT_OUT):
        return
    before = _before[0]
    if callable(before):
        before(kind, context, words)
    else:
        print(qFormatLogMessage(kind, context, words), file=sys.stderr)
