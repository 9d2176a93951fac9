"""What is open over the window outlives another language: it opens again, where and as it stood, in its words."""

from ipuwhatif.gui.explore.explore_window import ExploreWindow, show_plans
from ipuwhatif.gui.mine.my_data import MyData, show_my_data
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.texts import CHINESE
from tests.gui.conftest import settle


def explores(window: MainWindow) -> list[ExploreWindow]:
    return [each for each in window.findChildren(ExploreWindow) if each.isVisible()]


def test_that_explore_opens_again_with_its_page_and_what_was_chosen(window: MainWindow) -> None:
    assert window.world is not None
    opened = show_plans(window.world, window.question, window.theme_name, window)
    settle()
    opened.plans.side.colour.setCurrentIndex(1)
    opened.plans.side.sizes.setChecked(True)
    opened.pages.setCurrentIndex(1)
    window.set_language(CHINESE)
    settle()
    (again,) = explores(window)
    assert again is not opened and again.windowTitle() != "Explore plans – IPU What-If"
    assert again.pages.currentIndex() == 1 and again.pages.tabText(1) != "Who wins where"
    assert again.plans.side.colour.currentIndex() == 1 and again.plans.side.sizes.isChecked()
    again.close()
    settle()


def test_that_what_was_closed_stays_closed(window: MainWindow) -> None:
    assert window.world is not None
    show_plans(window.world, window.question, window.theme_name, window).close()
    window.set_language(CHINESE)
    settle()
    assert explores(window) == []


def test_that_my_data_opens_again_in_the_other_language(window: MainWindow) -> None:
    opened = show_my_data(window)
    settle()
    opened.setGeometry(20, 40, 760, 400)
    placed, english = opened.geometry(), opened.new.text()
    window.set_language(CHINESE)
    settle()
    (again,) = [each for each in window.findChildren(MyData) if each.isVisible()]
    assert again.new.text() != english and again.geometry() == placed
    again.close()
    settle()
