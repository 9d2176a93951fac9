"""The same answers without a window: `ipuwhatif project`, `compare`, `scaling`, `backtest`, `list`.

Alone it opens the app. Bad input ends as one line on stderr and exit code 2; Qt is loaded only where it is needed.
"""

import os
import sys
from collections.abc import Sequence

from ipuwhatif.cli.arguments import parse
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

BAD_INPUT = 2
INTERRUPTED = 130  # as shells say it


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line and return the exit code; `None` reads the process's own arguments."""
    # A console that cannot show "×" or "®" shows "?" instead of a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        command = parse(sys.argv[1:] if arguments is None else arguments)
        code: int = command.answer(command)
        sys.stdout.flush()
    except InputError as error:
        print(f"ipuwhatif: {_one_line(str(error))}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is left to say, not even by the interpreter's own flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(tr("ipuwhatif: interrupted"), file=sys.stderr)
        return INTERRUPTED
    return code


def _one_line(text: str) -> str:
    """The text without line breaks and control characters, which may come from a file or an argument."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
