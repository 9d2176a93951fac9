"""Work beside the painting: the newest of a kind is told, what was stopped is not, and no fault is lost."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.explore.beside import Beside
from ipuwhatif.units import InputError
from tests.gui.explore.conftest import wait_until


@pytest.fixture
def beside(qapp: QApplication) -> Iterator[Beside]:
    parent = QObject()
    made = Beside(parent)
    made.seen = []
    made.came.connect(lambda kind, done, total, told: made.seen.append((kind, done, told)))
    made.ended.connect(lambda kind: made.seen.append((kind, "ended")))
    made.failed.connect(lambda kind, reason: made.seen.append((kind, reason)))
    yield made
    made.close()


def failing(fault: Exception) -> Iterator[tuple[int, int, object]]:
    yield 1, 2, "half"
    raise fault


def test_that_steps_are_told_in_order_and_then_their_end(beside: Beside) -> None:
    beside.start("a", iter([(1, 2, None), (2, 2, "all")]))
    wait_until(lambda: len(beside.seen) == 3)
    assert beside.seen == [("a", 1, None), ("a", 2, "all"), ("a", "ended")]


def test_that_nothing_of_what_was_asked_anew_or_stopped_is_told(beside: Beside) -> None:
    beside.start("a", iter([(1, 1, "old")]))
    beside.start("a", iter([(1, 1, "new")]))
    beside.start("b", iter([(1, 1, "stopped")]))
    beside.stop("b")
    beside.start("c", iter([]))
    wait_until(lambda: ("c", "ended") in beside.seen)
    assert beside.seen == [("a", 1, "new"), ("a", "ended"), ("c", "ended")]


def test_that_wrong_input_is_told_and_any_other_fault_is_raised(beside: Beside, qtbot: QtBot) -> None:
    beside.start("a", failing(InputError("too many")))
    wait_until(lambda: ("a", "too many") in beside.seen)
    with qtbot.capture_exceptions() as faults:
        beside.start("a", failing(ZeroDivisionError("a fault")))
        wait_until(lambda: bool(faults))
    assert [str(value) for _, value, _ in faults] == ["a fault"]
    assert beside.seen[-1] == ("a", "Something went wrong.")
