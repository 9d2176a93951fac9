"""One ask a change: where only the room of a chart is another, analysis answers with what it found last."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")
_LAST = 2  # of each kind: two scenarios may stand side by side
#: By what was asked of: with what, and the answer. A world stands for its language and for what is the user's own.
_answers: dict[Callable[..., Any], tuple[tuple[Any, Any], ...]] = {}


def last_asked(ask: Callable[_Asked, _Answer], /, *asked: _Asked.args, **more: _Asked.kwargs) -> _Answer:
    """The answer of `ask`, which is asked only where it was not asked the same just before.

    Each entry is replaced as a whole, as files are written in threads of their own.
    """
    question = asked, more
    for before, answer in _answers.get(ask, ()):
        if before == question:
            found: _Answer = answer
            return found
    found = ask(*asked, **more)
    _answers[ask] = ((question, found), *_answers.get(ask, ())[: _LAST - 1])
    return found
