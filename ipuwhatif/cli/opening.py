"""Opening the app: answered before the command line is read, so that the window of a usual start stands at once."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ipuwhatif.cli import console
from ipuwhatif.files import resource
from ipuwhatif.texts import LANGUAGES, set_language, tr
from ipuwhatif.units import InputError, quoted

SMOKE, LANGUAGE = "--smoke", "--language"


def is_plain(words: Sequence[str]) -> bool:
    """Whether a command line asks for the app and nothing else: most starts do."""
    return all(word == SMOKE for word in words) and len(words) < 2


def take_language(words: Sequence[str]) -> list[str]:
    """Answer in the language that `--language` names, before anything is worded; returns the other words.

    Without it the commands answer in English, whatever the system is set to: scripts read them.
    """
    rest = list(words)
    place = next((index for index, word in enumerate(rest) if word.partition("=")[0] == LANGUAGE), None)
    if place is None:
        return rest
    _, equals, named = rest.pop(place).partition("=")
    if not equals:
        named = rest.pop(place) if place < len(rest) else ""
    if named not in LANGUAGES:
        raise InputError(
            tr(
                "{word} is no language of the app; choose one of {words}",
                word=quoted(named),
                words=", ".join(LANGUAGES),
            )
        )
    if any(word.partition("=")[0] == LANGUAGE for word in rest):
        raise InputError(tr("argument {name}: given twice; give it once", name=LANGUAGE))
    fault = set_language(named, resource("i18n"))
    if fault:
        console.complain(fault)
    return rest


def open_window(smoke: bool, file: Path | None) -> int:
    """The app. Without a display there is nothing to open it on: InputError that names the other commands."""
    if smoke:
        console.require_output()
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not _has_display():
        raise InputError(
            tr("there is no display to open a window on; ask with: ipuwhatif compare, project, scaling or --help")
        )
    from ipuwhatif.gui.start.app import run

    return run(smoke=smoke, file=file, tell=console.complain, say=console.say)


def _has_display() -> bool:
    """Windows and macOS always have a screen to open windows on; elsewhere X11 or Wayland says so."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
