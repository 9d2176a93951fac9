"""Explore as it is used: a picture at once, more on demand, a plan read under the pointer and made a scenario."""

import time

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ipuwhatif.analysis.sweep.costs import ENERGY
from ipuwhatif.gui.explore.explore_window import ExploreWindow
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from tests.gui.conftest import settle

LONG_ENOUGH = 60.0  # seconds; a failure is told after it


def wait_until(done) -> None:
    """Let the worker work: a loop of events alone would leave it no time."""
    end = time.monotonic() + LONG_ENOUGH
    while not done():
        assert time.monotonic() < end, "nothing came"
        QApplication.processEvents()
        time.sleep(0.005)


@pytest.fixture
def explore(window: MainWindow) -> ExploreWindow:
    QTest.keyClick(window, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (found,) = window.findChildren(ExploreWindow)
    wait_until(lambda: not found.progress.isVisible())
    yield found
    found.close()
    settle()


def test_that_all_sizes_of_the_ticked_systems_are_there_with_the_best_of_them(explore: ExploreWindow) -> None:
    assert explore.plans is not None and len(explore.plans) > 20
    assert "plans are on the front" in explore.told.text() and "DGX A100" in explore.told.text()
    best = explore.plans.time_s.argmin()
    assert explore.front[-1] == best


def test_that_more_is_asked_by_a_tick_and_another_axis_without_asking_again(explore: ExploreWindow) -> None:
    few, number = len(explore.plans), explore.job.number
    explore.cost.setCurrentIndex(explore.cost.findData(ENERGY))
    assert explore.job.number == number and "energy to train once" in explore.told.text()
    QTest.mouseClick(explore.systems, Qt.MouseButton.LeftButton, pos=QPoint(8, explore.systems.height() // 2))
    assert explore.systems.isChecked()
    wait_until(lambda: not explore.progress.isVisible())
    assert len(explore.plans) > 4 * few


def test_that_a_plan_is_read_under_the_pointer_and_a_click_makes_it_a_scenario(
    window: MainWindow, explore: ExploreWindow
) -> None:
    row, cloud = explore.front[-1], explore.cloud
    settle()
    box = cloud.getPlotItem().getViewBox()
    x, y = cloud.places_x[row], cloud.places_y[row]
    spot = cloud.mapFromScene(box.mapViewToScene(type(box.viewRect().center())(x, y)))
    nothing = Qt.MouseButton.NoButton
    # to the dialog itself: the offscreen platform moves the pointer over the window beneath it
    at, there = QPointF(spot), QPointF(cloud.viewport().mapToGlobal(spot))
    moved = QMouseEvent(QEvent.Type.MouseMove, at, there, nothing, nothing, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(cloud.viewport(), moved)
    settle()
    assert explore.read.text().startswith("540 × DGX A100 (4,320 GPUs)")
    assert not explore.use.isEnabled()
    QTest.mouseClick(cloud.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle()
    assert explore.selected == row and explore.use.isEnabled()
    assert " · 80 % interval " in explore.read.text() and "the data" in explore.read.text()
    QTest.mouseClick(explore.use, Qt.MouseButton.LeftButton)
    settle()
    assert [each.key for each in window.question.scenario.systems][-1] == "dgx-a100:4320"
    assert len(window.question.document.scenarios) == 2
    assert window.question.undo_stack.undoText().startswith("Add scenario B")


def test_that_it_follows_the_scenario_and_says_what_cannot_be_explored(
    window: MainWindow, explore: ExploreWindow
) -> None:
    window.question.apply(set_workload(window.question.scenario, "weather", window.world.catalog))
    settle()
    assert explore.told.text().startswith("weather is known by a stated ratio only") and explore.plans is None
    window.question.undo_stack.undo()
    wait_until(lambda: explore.plans is not None and not explore.progress.isVisible())
    assert "plans are on the front" in explore.told.text()
