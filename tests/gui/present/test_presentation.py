"""A presentation: one chart a step in large type, live, with what is to be asked for kept back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.gui.answering.question import COST, SCALING
from ipuwhatif.gui.present.presentation import Presentation
from ipuwhatif.gui.present.steps import check_steps, document_steps, is_asked_for
from ipuwhatif.gui.theme import DARK
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.document import FIRST_DOCUMENT, MOST_SCENARIOS
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.stories import load_stories
from ipuwhatif.texts import CHINESE, LANGUAGES
from ipuwhatif.units import InputError
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
    """As a keyboard or a clicker does: the window system sends a key to whatever has the focus."""
    presentation.activateWindow()
    settle()
    QTest.keyClick(presentation.windowHandle(), key)
    settle()


def least_heights(presentation: Presentation) -> list[tuple[str, int]]:
    """The height of the room of each step's chart."""
    presentation.ask_for_all()
    heights = []
    for place, step in enumerate(presentation.steps):
        presentation.turn_to(place)
        settle()
        heights.append((step.title, presentation.chart_room.height()))
    return heights


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


@pytest.mark.parametrize(("size", "least"), [((1024, 640), 240), ((1366, 768), 330)])
@pytest.mark.parametrize("code", LANGUAGES)
def test_that_every_chart_has_room_and_footnotes_that_are_long_scroll(
    window: MainWindow, code: str, size: tuple[int, int], least: int
) -> None:
    window.set_language(code)
    world = load_world()
    for story in load_stories(world.catalog, world.levers):
        presentation = Presentation(world, story.steps, "light", window)
        presentation.resize(*size)
        presentation.show()
        settle()
        assert [each for each in least_heights(presentation) if each[1] < least] == []
        assert presentation.chart.width() >= presentation.chart_room.viewport().width()
        presentation.close()


def test_that_keys_lead_through_the_steps_whatever_was_clicked_last(shown: Presentation) -> None:
    press(shown, Qt.Key.Key_Right)
    press(shown, Qt.Key.Key_Space)
    assert shown.place == 2 and shown.count.text() == f"3 of {len(shown.steps)}"
    QTest.mouseClick(shown.back, Qt.MouseButton.LeftButton)
    assert shown.place == 1
    press(shown, Qt.Key.Key_PageDown)
    assert shown.place == 2
    press(shown, Qt.Key.Key_Left)
    assert shown.place == 1
    press(shown, Qt.Key.Key_End)
    press(shown, Qt.Key.Key_Right)
    assert shown.place == len(shown.steps) - 1
    press(shown, Qt.Key.Key_Home)
    assert shown.place == 0 and not shown.back.isEnabled()


def test_that_a_clicked_slider_takes_no_key_from_the_steps(shown: Presentation) -> None:
    place = place_of_lever(shown)
    shown.turn_to(place)
    settle()
    QTest.mouseClick(shown.slider, Qt.MouseButton.LeftButton)
    moved = shown.slider.value()
    press(shown, Qt.Key.Key_PageUp)
    assert shown.place == place - 1
    press(shown, Qt.Key.Key_PageDown)
    assert shown.place == place and shown.slider.value() == moved
    press(shown, Qt.Key.Key_Plus)
    assert shown.slider.value() > moved


def test_that_keys_of_the_system_are_no_keys_of_the_steps(shown: Presentation) -> None:
    count = len(shown.steps)
    shown.activateWindow()
    QTest.keyClick(shown.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(shown.steps) == count
    QTest.keyClick(shown.windowHandle(), Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    settle()
    assert shown.place == 1


def test_that_keys_read_the_footnotes_to_their_end(shown: Presentation) -> None:
    shown.turn_to(5)
    settle()
    bar = shown.notes_room.verticalScrollBar()
    assert bar.maximum() > 0
    for _ in range(20):
        press(shown, Qt.Key.Key_Down)
    assert bar.value() == bar.maximum()
    for _ in range(20):
        press(shown, Qt.Key.Key_Up)
    assert bar.value() == 0 == shown.chart_room.verticalScrollBar().value()


def test_that_no_key_to_turn_adds_anything_to_the_document(window: MainWindow, shown: Presentation) -> None:
    document = window.question.document
    press(shown, Qt.Key.Key_End)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Right):
        press(shown, key)
    assert window.question.document == document


def test_that_a_step_that_is_taken_is_taken_once(window: MainWindow, shown: Presentation) -> None:
    count = len(window.question.document.scenarios)
    press(shown, Qt.Key.Key_T)
    press(shown, Qt.Key.Key_T)
    press(shown, Qt.Key.Key_Right)
    press(shown, Qt.Key.Key_Left)
    press(shown, Qt.Key.Key_T)
    assert len(window.question.document.scenarios) == count + 1


def test_that_a_step_that_finds_no_room_can_be_taken_later(window: MainWindow, shown: Presentation) -> None:
    while len(window.question.document.scenarios) < MOST_SCENARIOS:
        window.menus.scenarios.add.trigger()
    press(shown, Qt.Key.Key_T)
    (box,) = [each for each in shown.findChildren(QMessageBox) if each.isVisible()]
    assert "remove one first" in box.text()
    box.close()
    window.menus.scenarios.remove.trigger()
    press(shown, Qt.Key.Key_T)
    assert len(window.question.document.scenarios) == MOST_SCENARIOS
    assert window.question.document.titles[-1] == shown.step.title


def test_that_the_article_check_and_cost_wait_until_they_are_asked_for(shown: Presentation, world: World) -> None:
    assert not any(is_asked_for(step) for step in shown.steps)
    press(shown, Qt.Key.Key_A)
    assert any(is_asked_for(step) for step in shown.steps) and shown.place == 0
    assert COST in [step.question for step in document_steps(FIRST_DOCUMENT, world)]


def place_of_lever(shown: Presentation) -> int:
    return next(place for place, step in enumerate(shown.steps) if step.lever)


def test_that_a_moved_slider_moves_the_chart_and_is_kept_for_its_step(shown: Presentation) -> None:
    place = place_of_lever(shown)
    shown.turn_to(place)
    settle()
    before, headline = shown.chart.chart, shown.headline.text()
    assert shown.slider.isVisible() and shown.step.question == SCALING
    shown.slider.setValue(shown.slider.maximum())
    settle()
    assert shown.chart.chart != before and shown.headline.text() != headline
    assert shown.scenario.levers["ipu.compute_gain"] == 2.0
    shown.turn_to(0)
    assert shown.slider.isHidden() and shown.scenario == shown.step.scenario
    shown.turn_to(place)
    assert shown.slider.value() == shown.slider.maximum() and shown.scenario.levers["ipu.compute_gain"] == 2.0
    press(shown, Qt.Key.Key_0)
    assert shown.chart.chart == before and not shown.scenario.levers


def test_that_the_minute_is_out_of_reach_at_the_sliders_end_as_the_speaker_says(shown: Presentation) -> None:
    shown.turn_to(place_of_lever(shown))
    shown.slider.setValue(shown.slider.maximum())
    settle()
    assert "faster arithmetic alone does not reach the minute" in shown.speaker.text()
    assert shown.goal.isVisible() and "Nothing reaches it" in shown.goal.text()


def test_that_the_theme_of_the_window_reaches_the_chart(window: MainWindow, shown: Presentation) -> None:
    light = shown.grab().toImage()
    window.set_theme(DARK)
    settle()
    dark = shown.grab().toImage()
    room = shown.chart_room.geometry()
    for image, is_dark in ((light, False), (dark, True)):
        corner = image.pixelColor(room.left() + 4, room.top() + 4)
        assert (corner.lightness() < 128) == is_dark


def test_that_a_presentation_goes_on_in_another_language_where_it_is(window: MainWindow, shown: Presentation) -> None:
    shown.turn_to(place_of_lever(shown))
    shown.slider.setValue(shown.slider.maximum())
    settle()
    place, scenario, title = shown.place, shown.scenario, shown.title.text()
    window.set_language(CHINESE)
    settle()
    assert window.menus.presents.presentation is shown and shown.isVisible()
    assert (shown.place, shown.scenario) == (place, scenario) and shown.title.text() != title
    assert shown.take.text() == "放入文档"
    count = len(window.question.document.scenarios)
    shown.take.click()
    assert len(window.question.document.scenarios) == count + 1
    shown.close()
    settle()
    assert window.menus.presents.presentation is None


def test_that_a_stated_ratio_is_presented_in_words(window: MainWindow, world: World) -> None:
    scenario = set_workload(window.question.scenario, "insurance", world.catalog).scenario
    presentation = Presentation(
        world, document_steps(replace(FIRST_DOCUMENT, scenarios=(scenario,)), world), "light", window
    )
    assert presentation.figure is None
    assert "×" in presentation.message.text() and "Graphcore" in presentation.message.text()
    presentation.close()


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
    room = shown.chart_room.height()
    press(shown, Qt.Key.Key_N)
    assert shown.speaker.text() == "" and shown.chart_room.height() >= room
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
    press(presentation, Qt.Key.Key_T)
    assert window.question.document.titles == ("", "")
    press(presentation, Qt.Key.Key_Right)
    window.set_language(CHINESE)
    settle()
    assert presentation.step.question == SCALING and "训练时间" in presentation.figure.chart.title
    presentation.close()
    settle()


def test_that_a_story_that_names_no_tab_or_view_is_refused_with_its_place(world: World) -> None:
    story = load_stories(world.catalog, world.levers)[0]
    for change, told in (({"question": "compote"}, "the nearest is 'compare'"), ({"view": "chnage"}, "'change'")):
        broken = replace(story, steps=(story.steps[1], replace(story.steps[0], **change)))
        with pytest.raises(InputError, match=rf"stories\.json, \$\.stories\[article\]\.steps\[1\].*{told}"):
            check_steps(broken)


def test_that_a_presentation_that_has_closed_works_nothing_out(shown: Presentation) -> None:
    shown.slider.sliderReleased.emit()
    assert shown._waiting.isActive()
    shown.close()
    assert not shown._waiting.isActive()
