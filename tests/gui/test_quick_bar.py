"""Buttons beside the menus: the same actions, grey where there is nothing to do, hidden by View, and no higher."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QFileDialog

from ipuwhatif.gui.present.presentation import Presentation
from ipuwhatif.gui.scenarios import scenario_commands
from ipuwhatif.gui.theme import DARK
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.files.document import MOST_SCENARIOS
from ipuwhatif.texts import CHINESE
from tests.gui.conftest import settle, type_gain


def place(window: MainWindow, widget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def test_that_undo_and_redo_are_at_hand_with_the_name_of_the_step(window: MainWindow) -> None:
    undo, redo = window.quick.buttons["undo"], window.quick.buttons["redo"]
    assert not undo.isEnabled() and not redo.isEnabled()
    type_gain(window, "1.3", enter=True)
    assert undo.isEnabled() and undo.toolTip() == "Undo IPU compute gain 1.30 × (Ctrl+Z)"
    undo.click()
    settle()
    assert redo.isEnabled() and not window.question.scenario.levers
    redo.click()
    assert window.question.scenario.levers


def test_that_slide_and_export_ask_where_to_and_present_fills_the_screen(window: MainWindow, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _w, title, *_: asked.append(title) or ("", ""))
    buttons = window.quick.buttons
    buttons["slide"].click()
    buttons["export"].click()
    assert asked == ["Make my slide", "Export chart"]
    assert buttons["slide"].toolTip() == "Make my slide (Ctrl+M)" and "F5" in buttons["present"].toolTip()
    buttons["present"].click()
    settle()
    presentation = window.findChild(Presentation)
    assert presentation is not None and presentation.page.isVisible()
    presentation.close()


def test_that_without_a_figure_the_buttons_are_grey(window: MainWindow) -> None:
    for choice in window.question.scenario.systems:
        window.systems.boxes[choice].click()
    settle()
    assert not window.quick.buttons["slide"].isEnabled() and not window.quick.buttons["export"].isEnabled()


def test_that_the_buttons_take_no_height_and_go_and_come_by_the_view_menu(window: MainWindow) -> None:
    chart = place(window, window.canvas)
    assert place(window, window.quick).bottom() <= window.menuBar().geometry().bottom()
    window.menus.buttons.trigger()
    settle()
    assert not window.quick.isVisible() and not window.menus.buttons.isChecked()
    assert place(window, window.canvas) == chart and window.menuBar().height() == 28
    assert place(window, window.scenario_bar).right() > window.width() - 8
    window.menus.buttons.trigger()
    settle()
    assert window.quick.isVisible() and place(window, window.canvas) == chart


def test_that_hidden_buttons_stay_hidden_at_the_next_start(qapp, tmp_path: Path) -> None:
    for shown in (True, False):
        window = MainWindow(folder=tmp_path)
        window.show()
        window.load()
        window.load_side()
        settle()
        assert window.quick.isVisible() is shown
        if shown:
            window.menus.buttons.trigger()
        window.close()
        window.deleteLater()
        settle()


@pytest.mark.parametrize("width", [1024, 1366])
def test_that_menus_scenarios_and_buttons_stand_beside_each_other_in_any_language(
    window: MainWindow, width: int
) -> None:
    window.set_theme(DARK)
    window.set_language(CHINESE)
    window.resize(width, 768)
    while len(window.question.document.scenarios) < MOST_SCENARIOS:
        scenario_commands.add(window.question)
    type_gain(window, "1.3", enter=True)
    settle()
    bar = window.menuBar()
    last = bar.actionGeometry(bar.actions()[-1])
    assert last.isValid() and last.right() <= place(window, window.scenario_bar).left()
    buttons = [*window.scenario_bar.buttons, *window.quick.buttons.values()]
    assert all(place(window, each).right() < window.width() for each in buttons)
    assert not window.quick.buttons["undo"].icon().isNull()
