"""The audience's page: one idea in large type, with nothing on it that is the speaker's."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QSlider

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.charts.palette import THEMES, TICK_SIZE
from ipuwhatif.gui.present.presentation import Presentation
from ipuwhatif.gui.present.presentation_steps import document_steps, is_asked_for
from ipuwhatif.gui.theme import DARK, PROJECTOR
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT
from ipuwhatif.scenario.stories import load_stories
from ipuwhatif.texts import LANGUAGES
from tests.gui.conftest import settle
from tests.gui.present.conftest import place_of_lever, press, show_at, turn_to

SCREENS = ((1366, 768), (1920, 1080))


def type_of_rows(presentation: Presentation) -> float:
    """Height of the texts of rows and axes, in logical pixels of the screen."""
    chart, page = presentation.page.chart.chart, presentation.page.chart
    assert chart is not None
    return TICK_SIZE * min(page.width() / chart.width, page.height() / chart.height)


def scrolls(room: QScrollArea) -> bool:
    return room.verticalScrollBar().maximum() > 0


def size_of(label: QLabel) -> int:
    return label.fontInfo().pixelSize()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_that_every_page_is_read_from_the_last_row_and_nothing_is_cut(
    window: MainWindow, code: str, theme: str
) -> None:
    window.set_language(code)
    window.set_theme(theme)
    world = load_world()
    tellings = [story.steps for story in load_stories(world.catalog, world.levers)]
    for steps in (*tellings, document_steps(FIRST_DOCUMENT, world)):
        presentation = Presentation(world, steps, theme, window)
        presentation.talk.ask_for_all()
        for width, height in SCREENS:
            show_at(presentation.page, width, height)
            for place, step in enumerate(presentation.talk.steps):
                turn_to(presentation, place)
                assert_page_is_whole(presentation, (code, theme, height, step.title or step.question))
        presentation.close()
        settle()


def assert_page_is_whole(presentation: Presentation, where: object) -> None:
    page = presentation.page
    larger = 1.1 if page.figure is not None and where[1] == PROJECTOR else 1.0  # type: ignore[index]
    scale = page.height() / 1080 * larger
    told = presentation.talk.step
    # Whoever asks for all claims or all entries gets more rows than a page holds in large type: those scroll.
    is_long = is_asked_for(told) or told.question == "evidence"
    assert type_of_rows(presentation) >= (16.0 if is_long else 23.5) * scale, where
    assert size_of(page.headline) >= 23.5 * scale and size_of(page.title) > size_of(page.headline), where
    assert size_of(page.notes) >= round(14 * page.height() / 1080), where
    assert is_long or not (scrolls(page.chart_room) or scrolls(page.notes_room)), where
    for label in (page.title, page.headline, page.text, page.about, page.goal):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), (where, label.text())
    assert page.rect().contains(page.notes_room.geometry()), where


def test_that_every_step_of_every_story_has_a_chart_and_its_footnotes(window: MainWindow, world: World) -> None:
    for story in load_stories(world.catalog, world.levers):
        presentation = Presentation(world, story.steps, "light", window)
        page = presentation.page
        presentation.talk.ask_for_all()
        for place, step in enumerate(presentation.talk.steps):
            presentation.talk.turn_to(place)
            assert page.figure is not None, (step.title, page.message.text())
            assert page.title.text() == step.title and page.headline.text()
            assert page.figure.chart.title in page.about.text()
            if "MLPerf®" in page.headline.text():
                assert "www.mlcommons.org" in page.notes.text()
        presentation.close()


def test_that_the_audience_sees_no_notes_and_no_controls(shown: Presentation) -> None:
    page = shown.page
    turn_to(shown, place_of_lever(shown))
    assert not page.findChildren(QAbstractButton) and not page.findChildren(QSlider)
    texts = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert shown.talk.step.text in texts and shown.talk.step.speaker not in texts
    assert not page.hint.isVisible()


def test_that_a_page_without_a_title_has_that_of_its_chart_once(window: MainWindow, world: World) -> None:
    presentation = Presentation(world, document_steps(FIRST_DOCUMENT, world), "light", window)
    page = presentation.page
    assert page.figure is not None and page.title.text() == page.figure.chart.title
    assert page.title.text() not in page.about.text() and "projections are not MLPerf® results" in page.about.text()
    presentation.close()


def test_that_type_grows_with_the_screen_and_in_a_projectors_theme(window: MainWindow, shown: Presentation) -> None:
    small = size_of(shown.page.title)
    show_at(shown.page, 2732, 1536)
    large = size_of(shown.page.title)
    assert large > 1.9 * small
    window.set_theme(PROJECTOR)
    settle()
    assert size_of(shown.page.title) > 1.1 * large


def test_that_the_theme_of_the_window_reaches_the_chart(window: MainWindow, shown: Presentation) -> None:
    light = shown.page.grab().toImage()
    window.set_theme(DARK)
    settle()
    dark = shown.page.grab().toImage()
    room = shown.page.chart_room.geometry()
    for image, is_dark in ((light, False), (dark, True)):
        corner = image.pixelColor(room.left() + 4, room.top() + 4)
        assert (corner.lightness() < 128) == is_dark


def test_that_a_stated_ratio_is_presented_in_words(window: MainWindow, world: World) -> None:
    scenario = set_workload(window.question.scenario, "insurance", world.catalog).scenario
    steps = document_steps(replace(FIRST_DOCUMENT, scenarios=(scenario,)), world)
    presentation = Presentation(world, steps, "light", window)
    page = presentation.page
    assert page.figure is None
    assert "×" in page.message.text() and "Graphcore" in page.message.text()
    presentation.close()


def test_that_keys_read_long_footnotes_to_their_end(shown: Presentation) -> None:
    press(shown.page, Qt.Key.Key_A)
    press(shown.page, Qt.Key.Key_End)
    chart, notes = (room.verticalScrollBar() for room in (shown.page.chart_room, shown.page.notes_room))
    assert chart.maximum() > 0 and notes.maximum() > 0
    for _ in range(20):
        press(shown.presenter, Qt.Key.Key_Down)
    assert notes.value() == notes.maximum() and chart.value() == chart.maximum()
    for _ in range(20):
        press(shown.page, Qt.Key.Key_Up)
    assert notes.value() == 0 == chart.value()


def test_that_a_moved_lever_is_named_on_the_page(shown: Presentation) -> None:
    turn_to(shown, place_of_lever(shown))
    shown.presenter.lever.slider.setValue(shown.presenter.lever.slider.maximum())
    settle()
    assert "2.00 ×" in shown.page.about.text()
    assert shown.page.goal.isVisible() and "the batch that fills them needs more epochs" in shown.page.goal.text()
