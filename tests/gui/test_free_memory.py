"""What a window that lives long has used goes back to the system."""

import sys
from pathlib import Path

import pytest

from ipuwhatif.gui.answering import answer_controller
from ipuwhatif.gui.answering.question import QUESTIONS
from ipuwhatif.gui.free_memory import give_back
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle

PIECES, PIECE = 4000, 10_000  # bytes: each is small enough to lie between others


def resident_mib() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of a process")
def test_that_free_memory_between_what_is_kept_goes_back() -> None:
    pieces = [bytearray(PIECE) for _ in range(PIECES)]
    full = resident_mib()
    del pieces[::2], pieces[-1:]
    gaps = resident_mib()
    give_back()
    assert full - gaps < 10.0 < gaps - resident_mib()
    assert pieces


def test_that_it_goes_back_now_and_then_and_never_under_a_hand(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bool] = []
    monkeypatch.setattr(answer_controller, "give_back", lambda: given.append(window.question.dragging))
    for turn in range(answer_controller.ANSWERS_BETWEEN):
        window.turn_to(QUESTIONS[turn % 2])
        settle()
    assert given == [False] * len(given) and 1 <= len(given) <= 3
    before = len(given)
    window.question.begin_gesture(dragging=True)
    for step in range(2 * answer_controller.ANSWERS_BETWEEN):
        window.levers.rows["compute_gain"].moved.emit(1.0 + step / 100.0)
        settle()
    assert len(given) == before
    window.question.end_gesture()
