"""Garbage is collected between events while the app runs, and by Python itself before and after."""

import gc
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.start.collecting import Collector, collect_due
from tests.gui.conftest import settle


class Knot:
    """Something that only a collection takes down."""

    def __init__(self) -> None:
        self.itself = self


def tied() -> "weakref.ref[Knot]":
    return weakref.ref(Knot())


def test_that_garbage_goes_between_events_and_not_before(qtbot: QtBot) -> None:
    gc.enable()
    owner = QObject()
    Collector(owner)
    assert not gc.isenabled()
    gc.collect()
    gone = tied()
    more = [[] for _ in range(2 * gc.get_threshold()[0])]  # enough for Python to have collected by itself
    assert gone() is not None and more
    qtbot.waitUntil(lambda: gone() is None)
    owner.deleteLater()
    settle()
    qtbot.waitUntil(gc.isenabled)
    gc.disable()  # as the tests of the window have it


def test_that_a_generation_is_collected_when_its_time_has_come_and_no_sooner() -> None:
    gc.collect()
    gone = tied()
    collect_due()
    assert gone() is not None, "a handful of objects is no reason"
    more = [[] for _ in range(2 * gc.get_threshold()[0])]
    collect_due()
    assert gone() is None and more
