"""The speaker's window: what to say, this step and the next, the lever, and what keys do in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QLabel, QListWidget, QWidget

from ipuwhatif.charts.palette import THEMES
from ipuwhatif.gui.answering.question import SCALING
from ipuwhatif.gui.present.presentation import Presentation
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.texts import LANGUAGES
from tests.gui.conftest import settle
from tests.gui.present.conftest import place_of_lever, press, show_at, turn_to


def click_step(shown: Presentation, row: int) -> None:
    steps = shown.presenter.steps
    middle = steps.visualItemRect(steps.item(row)).center()
    QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    settle()


def tab_to(window: QWidget, wanted: QWidget) -> None:
    for _ in range(20):
        if QApplication.focusWidget() is wanted:
            return
        press(window, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted.accessibleName() or wanted}")


def test_that_the_speaker_reads_what_to_say_and_sees_what_comes(shown: Presentation) -> None:
    presenter, talk = shown.presenter, shown.talk
    for place in (0, 3, len(talk.steps) - 1):
        turn_to(shown, place)
        assert presenter.notes.toPlainText() == talk.step.speaker
        assert presenter.now.title.text() == talk.step.title == shown.page.title.text()
        assert presenter.now.headline.text() == shown.page.headline.text()
        assert presenter.now.chart.chart is not None
    assert presenter.next.title.text() == "This is the last step" and presenter.next.chart.isHidden()
    turn_to(shown, 0)
    assert presenter.next.title.text() == talk.steps[1].title and presenter.next.headline.text()
    assert presenter.next.chart.chart is not None and presenter.next.chart.isVisible()
    assert presenter.notes.fontInfo().pixelSize() >= 24


def test_that_charts_of_a_document_are_spoken_of_by_what_must_be_named(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)
    settle()
    shown = window.menus.presents.presentation
    assert shown is not None
    assert "Chip counts differ" in shown.presenter.notes.toPlainText()
    assert shown.presenter.steps.item(1).text().endswith("Scaling")
    shown.close()


def test_that_a_click_on_a_step_jumps_and_takes_no_key_from_the_talk(shown: Presentation) -> None:
    click_step(shown, 4)
    assert shown.talk.index == 4 and shown.presenter.steps.currentRow() == 4
    press(shown.presenter, Qt.Key.Key_PageDown)
    press(shown.presenter, Qt.Key.Key_Left)
    press(shown.presenter, Qt.Key.Key_Space)
    assert shown.talk.index == 5 == shown.presenter.steps.currentRow()


def test_that_the_list_of_steps_is_walked_by_keys_before_it_jumps(shown: Presentation) -> None:
    tab_to(shown.presenter, shown.presenter.steps)
    press(shown.presenter, Qt.Key.Key_Down)
    press(shown.presenter, Qt.Key.Key_Down)
    assert shown.talk.index == 0
    press(shown.presenter, Qt.Key.Key_Return)
    assert shown.talk.index == 2
    press(shown.presenter, Qt.Key.Key_PageDown)
    assert shown.talk.index == 3


def test_that_a_clicked_slider_takes_no_key_from_the_steps(shown: Presentation) -> None:
    place = place_of_lever(shown)
    turn_to(shown, place)
    slider = shown.presenter.lever.slider
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton)
    moved = slider.value()
    press(shown.presenter, Qt.Key.Key_PageUp)
    assert shown.talk.index == place - 1
    press(shown.presenter, Qt.Key.Key_PageDown)
    assert shown.talk.index == place and slider.value() == moved
    press(shown.presenter, Qt.Key.Key_Plus)
    assert slider.value() > moved


def test_that_a_moved_slider_moves_the_chart_and_is_kept_for_its_step(shown: Presentation) -> None:
    place = place_of_lever(shown)
    turn_to(shown, place)
    lever, page = shown.presenter.lever, shown.page
    before, headline = page.chart.chart, page.headline.text()
    assert lever.slider.isVisible() and shown.talk.step.question == SCALING
    lever.slider.setValue(lever.slider.maximum())
    settle()
    assert page.chart.chart != before and page.headline.text() != headline
    assert shown.presenter.now.headline.text() == page.headline.text()
    assert shown.talk.scenario.levers["ipu.compute_gain"] == 2.0 and lever.value.text() == "2.00 ×"
    turn_to(shown, 0)
    assert lever.slider.isHidden() and shown.talk.scenario == shown.talk.step.scenario
    turn_to(shown, place)
    assert lever.slider.value() == lever.slider.maximum()
    press(shown.page, Qt.Key.Key_0)
    assert page.chart.chart == before and not shown.talk.scenario.levers


def test_that_a_dragged_slider_ends_where_it_was_let_go(shown: Presentation, drag: object) -> None:
    turn_to(shown, place_of_lever(shown))
    slider = shown.presenter.lever.slider
    drag(slider, slider.maximum())  # type: ignore[operator]
    assert shown.talk.lever_value == 2.0 and "2.00 ×" in shown.page.about.text()
    QTest.mouseDClick(slider, Qt.MouseButton.LeftButton)
    settle()
    assert shown.talk.lever_value == 1.0


def test_that_the_minute_is_out_of_reach_at_the_sliders_end_as_the_speaker_says(shown: Presentation) -> None:
    turn_to(shown, place_of_lever(shown))
    shown.presenter.lever.slider.setValue(shown.presenter.lever.slider.maximum())
    settle()
    assert "faster arithmetic alone does not reach the minute" in shown.presenter.notes.toPlainText()
    assert shown.page.goal.isVisible() and "the batch that fills them needs more epochs" in shown.page.goal.text()


def test_that_every_control_has_a_name_and_is_reached_by_tab_in_reading_order(shown: Presentation) -> None:
    shown.talk.ask_for_all()
    turn_to(shown, place_of_lever(shown))
    presenter = shown.presenter
    order = [presenter.notes, presenter.back, presenter.on, presenter.steps, presenter.lever.slider, presenter.take]
    order += [presenter.page, presenter.all, presenter.end, presenter.clock.reset]  # with one screen, none to swap
    reached: list[QWidget | None] = []
    presenter.setFocus()
    for _ in order:
        press(presenter, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == order
    for control in order:
        text = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or text not in ("", "‹", "›"), control
    assert presenter.lever.slider.accessibleDescription() == presenter.lever.value.text()


def test_that_a_button_that_was_reached_by_tab_is_pressed_by_space_and_enter(shown: Presentation) -> None:
    tab_to(shown.presenter, shown.presenter.on)
    press(shown.presenter, Qt.Key.Key_Space)
    press(shown.presenter, Qt.Key.Key_Return)
    assert shown.talk.index == 2
    tab_to(shown.presenter, shown.presenter.all)
    press(shown.presenter, Qt.Key.Key_Space)
    assert shown.talk.with_all and shown.talk.index == 2


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_that_nothing_is_cut_at_the_least_size(window: MainWindow, shown: Presentation, code: str, theme: str) -> None:
    window.set_language(code)
    window.set_theme(theme)
    show_at(shown.presenter, 960, 600)
    turn_to(shown, place_of_lever(shown))
    presenter = shown.presenter
    for widget in presenter.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QAbstractButton | QLabel | QAbstractSlider | QListWidget):
            place = widget.rect().translated(widget.mapTo(presenter, widget.rect().topLeft()))
            assert presenter.rect().contains(place), widget
        if isinstance(widget, QAbstractButton) and widget.isVisible():
            assert widget.width() >= widget.sizeHint().width(), widget.text()
    notes = presenter.notes
    assert notes.verticalScrollBar().maximum() == 0 or notes.height() > 6 * notes.fontMetrics().height()
