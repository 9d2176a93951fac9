"""A presentation: two windows that tell one talk, whichever has the keys and whichever is closed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from ipuwhatif.gui.answering.question import SCALING
from ipuwhatif.gui.present.presentation import Presentation
from ipuwhatif.gui.present.presentation_steps import is_asked_for
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.files.document import LONGEST_TITLE, MOST_SCENARIOS
from ipuwhatif.texts import CHINESE
from tests.gui.conftest import settle
from tests.gui.present.conftest import place_of_lever, press, turn_to


@pytest.fixture
def begun(window: MainWindow) -> Iterator[Presentation]:
    """The document's charts, as F5 presents them on the only screen."""
    QTest.keyClick(window, Qt.Key.Key_F5)
    settle()
    presentation = window.menus.presents.presentation
    assert presentation is not None
    yield presentation
    presentation.close()
    settle()


def both(shown: Presentation) -> tuple[QWidget, QWidget]:
    return shown.page, shown.presenter


def test_that_f5_presents_the_documents_own_charts(window: MainWindow, begun: Presentation) -> None:
    assert begun.page.figure is not None and begun.page.isFullScreen()
    assert begun.talk.scenario == window.question.scenario
    press(begun.page, Qt.Key.Key_T)
    assert window.question.document.titles == ("", "")
    press(begun.page, Qt.Key.Key_Right)
    window.set_language(CHINESE)
    settle()
    assert begun.talk.step.question == SCALING and "训练时间" in begun.page.title.text()
    assert begun.presenter.steps.item(1).text().endswith("扩展性")


def test_that_the_page_comes_alone_on_one_screen_and_a_key_brings_the_speakers_window(begun: Presentation) -> None:
    page, presenter = both(begun)
    assert page.isVisible() and not presenter.isVisible()
    assert begun.page.hint.isVisible() and "P presenter's window" in begun.page.hint.text()
    press(page, Qt.Key.Key_P)
    assert presenter.isVisible() and presenter.isActiveWindow() and not presenter.isFullScreen()
    assert page.isVisible() and not begun.page.hint.isVisible()
    press(page, Qt.Key.Key_P)  # the page was clicked and covers it
    assert presenter.isVisible() and presenter.isActiveWindow()
    press(presenter, Qt.Key.Key_P)
    assert not presenter.isVisible() and page.isVisible() and page.isActiveWindow()


def test_that_the_hint_goes_with_the_first_step(begun: Presentation) -> None:
    press(begun.page, Qt.Key.Key_Right)
    press(begun.page, Qt.Key.Key_Left)
    assert begun.talk.index == 0 and not begun.page.hint.isVisible()


def test_that_a_clickers_keys_work_in_both_windows(shown: Presentation) -> None:
    for window in both(shown):
        press(window, Qt.Key.Key_Home)
        press(window, Qt.Key.Key_Right)
        press(window, Qt.Key.Key_Space)
        assert shown.talk.index == 2
        count = f"3 of {len(shown.talk.steps)}"
        assert shown.page.count.text() == count == shown.presenter.count.text()
        QTest.mouseClick(shown.presenter.back, Qt.MouseButton.LeftButton)
        assert shown.talk.index == 1
        press(window, Qt.Key.Key_PageDown)
        assert shown.talk.index == 2
        press(window, Qt.Key.Key_Left)
        assert shown.talk.index == 1
        press(window, Qt.Key.Key_End)
        press(window, Qt.Key.Key_Right)
        assert shown.talk.step is shown.talk.steps[-1] and not shown.presenter.on.isEnabled()
        press(window, Qt.Key.Key_Home)
        assert shown.talk.index == 0 and not shown.presenter.back.isEnabled()


def test_that_keys_of_the_system_are_no_keys_of_the_talk(shown: Presentation) -> None:
    for window in both(shown):
        press(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        assert not shown.talk.with_all
    press(shown.page, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert shown.talk.index == 1


@pytest.mark.parametrize("number", [0, 1])
def test_that_escape_ends_both_windows(window: MainWindow, shown: Presentation, number: int) -> None:
    press(both(shown)[number], Qt.Key.Key_Escape)
    assert window.menus.presents.presentation is None
    assert not [each for each in window.findChildren(QWidget) if each.isWindow() and each.isVisible()]
    QTest.keyClick(window, Qt.Key.Key_F5)
    settle()
    again = window.menus.presents.presentation
    assert again is not None and again.page.isVisible()
    again.close()


def test_that_closing_the_speakers_window_leaves_the_page_alone(window: MainWindow, shown: Presentation) -> None:
    shown.presenter.close()
    settle()
    assert window.menus.presents.presentation is shown and shown.page.isVisible()
    press(shown.page, Qt.Key.Key_Right)
    assert shown.talk.index == 1
    press(shown.page, Qt.Key.Key_P)
    assert shown.presenter.isVisible() and shown.presenter.now.title.text() == shown.talk.step.title


def test_that_a_closed_page_is_brought_back_where_the_talk_is(window: MainWindow, shown: Presentation) -> None:
    shown.page.close()
    settle()
    assert window.menus.presents.presentation is shown and not shown.presenter.page.isChecked()
    press(shown.presenter, Qt.Key.Key_Right)
    assert shown.presenter.now.title.text() == shown.talk.steps[1].title
    press(shown.presenter, Qt.Key.Key_P)  # the last window is not hidden
    assert shown.presenter.isVisible()
    press(shown.presenter, Qt.Key.Key_F5)
    assert shown.page.isFullScreen() and shown.presenter.page.isChecked()
    assert shown.page.title.text() == shown.talk.step.title == shown.talk.steps[1].title
    QTest.mouseClick(shown.presenter.page, Qt.MouseButton.LeftButton)
    settle()
    assert not shown.page.isVisible() and shown.presenter.isVisible()


def test_that_notes_go_behind_the_page_when_a_screen_goes(shown: Presentation) -> None:
    shown.presenter.activateWindow()
    settle()
    screen = QApplication.primaryScreen()
    screen.geometryChanged.emit(screen.geometry())  # the beamer shows the same as the laptop now
    settle()
    assert shown.page.isFullScreen() and shown.page.isActiveWindow() and shown.presenter.isVisible()
    assert not shown.presenter.swap.isEnabled()


def test_that_a_talk_ends_with_its_last_window(window: MainWindow, shown: Presentation) -> None:
    shown.presenter.close()
    shown.page.close()
    settle()
    assert window.menus.presents.presentation is None


def test_that_a_presentation_that_has_ended_works_nothing_out(shown: Presentation) -> None:
    turn_to(shown, place_of_lever(shown))
    told: list[None] = []
    shown.page.answered.connect(lambda: told.append(None))
    shown.presenter.lever.slider.setValue(shown.presenter.lever.slider.maximum())
    shown.close()
    settle()
    assert not told


def test_that_no_key_to_turn_adds_anything_to_the_document(window: MainWindow, shown: Presentation) -> None:
    document = window.question.document
    for each in both(shown):
        for key in (Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Right):
            press(each, key)
    assert window.question.document == document


def is_titled_by(title: str, step: str) -> bool:
    """Whether a scenario has the title of a step, or as much of it as a title can be."""
    return title == step if len(step) <= LONGEST_TITLE else title.endswith("…") and step.startswith(title[:-1])


def test_that_nothing_shown_changes_the_document_until_it_is_taken(window: MainWindow, shown: Presentation) -> None:
    document = window.question.document
    press(shown.page, Qt.Key.Key_End)
    QTest.mouseClick(shown.presenter.take, Qt.MouseButton.LeftButton)
    settle()
    assert window.question.document.scenarios == (*document.scenarios, shown.talk.scenario)
    assert is_titled_by(window.question.document.titles[-1], shown.talk.step.title)
    window.question.undo_stack.undo()
    assert window.question.document == document


def test_that_a_step_that_is_taken_is_taken_once(window: MainWindow, shown: Presentation) -> None:
    count = len(window.question.document.scenarios)
    for key in (Qt.Key.Key_T, Qt.Key.Key_T, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_T):
        press(shown.page, key)
    assert len(window.question.document.scenarios) == count + 1 and not shown.presenter.take.isEnabled()


def test_that_a_step_that_finds_no_room_can_be_taken_later(window: MainWindow, shown: Presentation) -> None:
    while len(window.question.document.scenarios) < MOST_SCENARIOS:
        window.menus.scenarios.add.trigger()
    press(shown.page, Qt.Key.Key_T)
    assert not shown.page.findChildren(QMessageBox)  # nothing that the audience would read
    (box,) = [each for each in shown.presenter.findChildren(QMessageBox) if each.isVisible()]
    assert "remove one first" in box.text()
    box.close()
    window.menus.scenarios.remove.trigger()
    assert shown.presenter.take.isEnabled()
    press(shown.presenter, Qt.Key.Key_T)
    assert len(window.question.document.scenarios) == MOST_SCENARIOS
    assert is_titled_by(window.question.document.titles[-1], shown.talk.step.title)


def test_that_the_article_check_and_cost_wait_until_they_are_asked_for(shown: Presentation) -> None:
    rows = shown.presenter.steps.count()
    press(shown.page, Qt.Key.Key_A)
    assert shown.presenter.all.isChecked() and shown.presenter.steps.count() == rows + 1 and shown.talk.index == 0
    assert any(is_asked_for(step) for step in shown.talk.steps)
    QTest.mouseClick(shown.presenter.all, Qt.MouseButton.LeftButton)
    settle()
    assert shown.presenter.steps.count() == rows


def test_that_a_presentation_goes_on_in_another_language_where_it_is(window: MainWindow, shown: Presentation) -> None:
    turn_to(shown, place_of_lever(shown))
    shown.presenter.lever.slider.setValue(shown.presenter.lever.slider.maximum())
    settle()
    place, scenario, title = shown.talk.index, shown.talk.scenario, shown.page.title.text()
    window.set_language(CHINESE)
    settle()
    assert window.menus.presents.presentation is shown
    assert shown.page.isVisible() and shown.presenter.isVisible()
    assert (shown.talk.index, shown.talk.scenario) == (place, scenario)
    assert shown.page.title.text() == shown.presenter.now.title.text() != title
    assert shown.presenter.take.text() == "放入文档"
    press(shown.presenter, Qt.Key.Key_PageUp)
    assert shown.talk.index == place - 1
    count = len(window.question.document.scenarios)
    shown.presenter.take.click()
    assert len(window.question.document.scenarios) == count + 1
    shown.close()
    settle()
    assert window.menus.presents.presentation is None
