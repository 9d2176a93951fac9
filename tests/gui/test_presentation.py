"""A presentation: one chart a step in large type, live, with what is to be asked for kept back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.gui.presentation import Presentation
from ipuwhatif.gui.question import COST, SCALING
from ipuwhatif.gui.steps import document_steps, is_asked_for
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.document import FIRST_DOCUMENT
from ipuwhatif.scenario.stories import load_stories
from tests.gui.conftest import settle


@pytest.fixture
def world() -> World:
    return load_world()


@pytest.fixture
def shown(window: MainWindow, world: World) -> Iterator[Presentation]:
    """The article's story, as a speaker starts it."""
    window.menus.presents.fill()
    story = window.menus.presents.stories.actions()[0]
    story.trigger()
    settle()
    presentation = window.menus.presents.presentation
    assert presentation is not None
    presentation.resize(1366, 768)
    settle()
    yield presentation
    if window.menus.presents.presentation is not None:
        presentation.close()
    settle()


def press(presentation: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(presentation, key)
    settle()


def test_that_every_step_of_every_story_has_a_chart_and_its_footnotes(window: MainWindow, world: World) -> None:
    for story in load_stories(world.catalog, world.levers):
        presentation = Presentation(world, story.steps, "light", window)
        presentation.ask_for_all()
        for place, step in enumerate(presentation.steps):
            presentation.turn_to(place)
            assert presentation.figure is not None, (step.title, presentation.message.text())
            assert presentation.title.text() == step.title and presentation.headline.text()
            if "MLPerf®" in presentation.headline.text():
                assert "www.mlcommons.org" in presentation.notes.text()
        presentation.close()


def test_that_keys_lead_through_the_steps(shown: Presentation) -> None:
    press(shown, Qt.Key.Key_Right)
    press(shown, Qt.Key.Key_Space)
    assert shown.place == 2 and shown.count.text() == f"3 of {len(shown.steps)}"
    press(shown, Qt.Key.Key_Left)
    assert shown.place == 1
    press(shown, Qt.Key.Key_End)
    press(shown, Qt.Key.Key_Right)
    assert shown.place == len(shown.steps) - 1
    press(shown, Qt.Key.Key_Home)
    assert shown.place == 0 and not shown.back.isEnabled()


def test_that_the_article_check_and_cost_wait_until_they_are_asked_for(shown: Presentation, world: World) -> None:
    assert not any(is_asked_for(step) for step in shown.steps)
    press(shown, Qt.Key.Key_A)
    assert any(is_asked_for(step) for step in shown.steps) and shown.place == 0
    assert COST in [step.question for step in document_steps(FIRST_DOCUMENT, world)]


def test_that_a_moved_slider_moves_the_chart_of_a_step(shown: Presentation) -> None:
    shown.turn_to(next(place for place, step in enumerate(shown.steps) if step.lever))
    settle()
    before, headline = shown.chart.chart, shown.headline.text()
    assert shown.slider.isVisible() and shown.step.question == SCALING
    shown.slider.setValue(shown.slider.maximum())
    settle()
    assert shown.chart.chart != before and shown.headline.text() != headline
    assert shown.scenario.levers["ipu.compute_gain"] == 2.0
    shown.turn_to(0)
    assert shown.slider.isHidden()


def test_that_nothing_shown_changes_the_document_until_it_is_taken(window: MainWindow, shown: Presentation) -> None:
    document = window.question.document
    press(shown, Qt.Key.Key_End)
    assert window.question.document == document
    QTest.mouseClick(shown.take, Qt.MouseButton.LeftButton)
    settle()
    assert window.question.document.scenarios == (*document.scenarios, shown.scenario)
    assert window.question.document.titles[-1] == shown.step.title
    window.question.undo_stack.undo()
    assert window.question.document == document


def test_that_the_next_words_can_be_hidden_and_escape_leaves(window: MainWindow, shown: Presentation) -> None:
    assert shown.speaker.isVisible()
    press(shown, Qt.Key.Key_N)
    assert shown.speaker.isHidden()
    press(shown, Qt.Key.Key_Escape)
    assert window.menus.presents.presentation is None


def test_that_type_grows_with_the_screen(shown: Presentation) -> None:
    small = shown.title.fontMetrics().height()
    shown.resize(2732, 1536)
    settle()
    assert shown.title.fontMetrics().height() > 1.7 * small


def test_that_f5_presents_the_documents_own_charts(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)
    settle()
    presentation = window.menus.presents.presentation
    assert presentation is not None and presentation.figure is not None
    assert presentation.scenario == window.question.scenario
    assert presentation.isFullScreen()
    presentation.close()
    settle()
