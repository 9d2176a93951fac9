"""Where answers and faults are printed. A console that is closed, full or gone ends in one line or in silence."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any, TextIO

from ipuwhatif.files import reason_of
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError


def prepare() -> None:
    """A console that cannot show "×" or "®" shows "?" instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def require_output() -> None:
    """InputError where there is nowhere to print, before anything is computed for it."""
    if sys.stdout is None:
        raise InputError(tr("standard output is closed; there is nowhere to print the answer"))


def say(text: str) -> None:
    """Print an answer at once. InputError where it cannot be written; BrokenPipeError where its reader has gone."""
    require_output()
    _write(text + "\n")


def answer(in_json: bool, as_text: Callable[[], str], as_json: Callable[[], Any]) -> int:
    """Print the form that is asked for, the only one that is made, and return the exit code."""
    text = json.dumps(as_json(), ensure_ascii=False, indent=2, allow_nan=False) if in_json else as_text().rstrip()
    say(text)
    return 0


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        forget()
        raise InputError(tr("the answer cannot be printed: {reason}", reason=reason_of(error))) from error


def complain(text: str) -> None:
    """One line on standard error, without the control characters that may come from a file or an argument."""
    if sys.stderr is not None:
        line = "".join(letter if letter.isprintable() else " " for letter in text)
        try:
            print(f"ipuwhatif: {line}", file=sys.stderr, flush=True)
        except OSError:  # nobody listens: the exit code tells it alone
            _drop(sys.stderr)


def forget() -> None:
    """Drop what could not be printed, so that the interpreter does not try again at its exit."""
    if sys.stdout is not None:
        _drop(sys.stdout)


def _drop(stream: TextIO) -> None:
    """Let what waits in a stream go nowhere; Python would else try again at its exit and end with a code of its own."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
