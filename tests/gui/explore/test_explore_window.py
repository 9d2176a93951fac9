"""Explore as a window: it is opened once, follows scenario and theme, and closes while it works."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ipuwhatif.gui.explore.explore_window import ExploreWindow, show_plans
from ipuwhatif.gui.theme import DARK
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from tests.gui.conftest import settle
from tests.gui.explore.conftest import answered, wait_until


def test_that_it_is_opened_once_and_its_title_says_the_job(window: MainWindow, explore: ExploreWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.findChildren(ExploreWindow) == [explore]
    assert explore.title.text() == "ResNet-50, closed division: time to train"


def test_that_it_follows_the_scenario_and_says_what_cannot_be_explored(
    window: MainWindow, explore: ExploreWindow
) -> None:
    window.question.apply(set_workload(window.question.scenario, "weather", window.world.catalog))
    settle()
    page = explore.plans
    assert page.told.text().startswith("weather is known by a stated ratio only") and page.plans is None
    assert not page.list.table.spec.rows and page.figure() is None
    window.question.undo_stack.undo()
    wait_until(lambda: answered(page))
    assert "plans are on the front" in page.told.text()


def test_that_it_takes_the_theme_of_the_window(window: MainWindow, explore: ExploreWindow) -> None:
    before = explore.plans.side.legend.text()
    window.set_theme(DARK)
    settle()
    assert explore.plans.list.table.theme_name == explore.plans.leaving.theme_name == DARK
    assert explore.plans.side.legend.text() != before


def test_that_it_closes_while_it_works(window: MainWindow) -> None:
    assert window.world is not None
    opened = show_plans(window.world, window.question, window.theme_name, window)
    opened.plans.side.systems.setChecked(True)
    opened.plans.side.sizes.setChecked(True)
    opened.close()
    settle()
    assert window.findChildren(ExploreWindow) == []
