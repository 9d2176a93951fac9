"""Opening the app: answered before the command line is read, so that the window of a usual start stands at once."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ipuwhatif.cli import console
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

SMOKE = "--smoke"


def is_plain(words: Sequence[str]) -> bool:
    """Whether a command line asks for the app and nothing else: most starts do."""
    return all(word == SMOKE for word in words) and len(words) < 2


def open_window(smoke: bool, file: Path | None) -> int:
    """The app. Without a display there is nothing to open it on: InputError that names the other commands."""
    if smoke:
        console.require_output()
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not _has_display():
        raise InputError(
            tr("there is no display to open a window on; ask with: ipuwhatif compare, project, scaling or --help")
        )
    from ipuwhatif.gui.app import run

    code = run(smoke=smoke, file=file)
    if smoke:
        console.flush()
    return code


def _has_display() -> bool:
    """Windows and macOS always have a screen to open windows on; elsewhere X11 or Wayland says so."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
