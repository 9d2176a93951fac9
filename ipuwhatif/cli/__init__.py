"""The same answers without a window: `ipuwhatif project`, `compare`, `scaling`, `attribute`, `claims`, ...

Alone it opens the app. Bad input ends as one line on stderr and exit code 2; Qt is loaded only where it is needed.
"""

import sys
from collections.abc import Sequence

from ipuwhatif.cli import console, opening
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

BAD_INPUT = 2
INTERRUPTED = 130  # as shells say it


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command line and return the exit code; `None` reads the process's own arguments."""
    console.prepare()
    try:
        code = _answer(sys.argv[1:] if arguments is None else arguments)
    except InputError as error:
        from ipuwhatif.figures.phrases import told

        console.complain(told(error))
        return BAD_INPUT
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is left to say.
        console.forget()
        return 0
    except KeyboardInterrupt:
        console.complain(tr("interrupted"))
        return INTERRUPTED
    return code


def _answer(arguments: Sequence[str]) -> int:
    words = opening.take_language(arguments)
    if opening.is_plain(words):
        return opening.open_window(bool(words), None)
    from ipuwhatif.cli.arguments import parse

    command = parse(words)
    if command.command is not None or command.smoke:
        console.require_output()
    code: int = command.answer(command)
    return code
