"""Where Qt finds no screen to open windows on, it ends the process itself; what it says then is said in our words."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qWarning

from ipuwhatif.texts import tr
from ipuwhatif.units import quoted, shortened

BAD_INPUT = 2  # the exit code, as the command line has it
_SETTINGS = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
_LONGEST_REASON = 160


@contextmanager
def in_our_words(tell: Callable[[str], None]) -> Iterator[None]:
    """While an application is made: `tell` gets one line where that ends the process, and Qt's own lines wait for it.

    Qt tries one kind of screen after the other, so that a line of its own is no fault yet.
    """
    held: list[str] = []

    def hold(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:  # Qt ends the process with a signal once this returns
            tell(fatal_text(held[0] if held else text))
            os._exit(BAD_INPUT)
        held.append(text)

    before = qInstallMessageHandler(hold)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
        for text in held:
            qWarning(text)


def fatal_text(reason: str) -> str:
    """Why there is no window, with what was set to get one, and what to do instead."""
    given = ", ".join(f"{name}={quoted(os.environ[name])}" for name in _SETTINGS if os.environ.get(name))
    return tr(
        "no window can be opened with {settings} ({reason}); set what answers, or ask with: "
        "ipuwhatif compare, project, scaling or --help",
        settings=given or tr("this screen"),
        reason=shortened(reason.strip(), _LONGEST_REASON),
    )
