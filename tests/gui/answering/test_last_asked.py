"""One ask a change: none for another room, or for a page that settles around what it says."""

from collections.abc import Callable
from importlib import import_module

import pytest

from ipuwhatif.gui.answering.last_asked import last_asked
from ipuwhatif.gui.answering.question import COMPARE, EVIDENCE, SCALING, SENSITIVITY
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle

#: The module that each tab gets its analysis from, by the name of the function.
ASKED = {
    COMPARE: ("ipuwhatif.gui.answering.answers", "compare"),
    SCALING: ("ipuwhatif.gui.answering.scaling_answers", "scaling"),
    SENSITIVITY: ("ipuwhatif.analysis.uncertainty.sensitivity", "sensitivity"),
    EVIDENCE: ("ipuwhatif.analysis.evidence", "evidence"),
}


def counting(ask: Callable[..., object], count: list[str]) -> Callable[..., object]:
    def counted(*asked: object) -> object:
        count.append(ask.__name__)
        return ask(*asked)

    return counted


@pytest.mark.parametrize("tab", ASKED)
def test_that_a_change_asks_once_and_another_room_never(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tab: str
) -> None:
    module, name = ASKED[tab]
    count: list[str] = []
    window.turn_to(EVIDENCE if tab != EVIDENCE else COMPARE)
    settle()
    monkeypatch.setattr(import_module(module), name, counting(getattr(import_module(module), name), count))
    window.turn_to(tab)
    settle()
    assert count == [name], "the page settles around its first answer"
    for width, height in ((1200, 700), (1500, 900)):
        window.resize(width, height)
        settle()
    assert count == [name], "another room is no other question"
    scenario = window.question.scenario
    changed = scenario.with_lever("compute_gain", 1.4)
    window.question.show(changed)
    settle()
    assert count == [name] * 2


def test_that_the_last_two_of_a_kind_are_remembered_and_a_refusal_is_not() -> None:
    asked: list[int] = []

    def ask(number: int) -> int:
        asked.append(number)
        if number < 0:
            raise ValueError
        return -number

    assert [last_asked(ask, number) for number in (1, 2, 1, 2)] == [-1, -2, -1, -2] and asked == [1, 2]
    assert last_asked(ask, 3) == -3 and last_asked(ask, 2) == -2 and asked == [1, 2, 3]
    assert last_asked(ask, 1) == -1 and asked == [1, 2, 3, 1]
    for _ in range(2):
        with pytest.raises(ValueError):
            last_asked(ask, -1)
    assert asked[-2:] == [-1, -1]
