"""Explore over a real window."""

import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ipuwhatif.gui.explore.explore_window import ExploreWindow
from ipuwhatif.gui.explore.plans_page import PlansPage
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle

LONG_ENOUGH = 60.0  # seconds; a failure is told after it


def wait_until(done: Callable[[], bool]) -> None:
    """Let the worker work: a loop of events alone would leave it no time."""
    end = time.monotonic() + LONG_ENOUGH
    while not done():
        assert time.monotonic() < end, "nothing came"
        QApplication.processEvents()
        time.sleep(0.005)


def answered(page: PlansPage) -> bool:
    """Whether all plans are there, with the chances of the best."""
    return page.complete and page.chances is not None and not page.progress.isVisible()


@pytest.fixture
def explore(window: MainWindow) -> Iterator[ExploreWindow]:
    QTest.keyClick(window, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (found,) = window.findChildren(ExploreWindow)
    wait_until(lambda: answered(found.plans))
    yield found
    found.close()
    settle()
