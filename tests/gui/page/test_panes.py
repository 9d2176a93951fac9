"""Panes that are dragged and hidden, and a window that comes back as it was left."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter

from ipuwhatif.gui.answering.question import COMPARE, SENSITIVITY
from ipuwhatif.gui.page.kept_place import Place, keep_place, load_place, put_in_place
from ipuwhatif.gui.page.panes import NOTES, SIDE, TABLE, WHY
from ipuwhatif.gui.theme import DARK
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.texts import CHINESE
from tests.gui.conftest import settle


def drag_handle(split: QSplitter, number: int, by: QPoint) -> None:
    handle = split.handle(number)
    start = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(handle, start + by)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + by)
    settle()


@pytest.mark.parametrize(("pane", "keys"), [(SIDE, "Ctrl+B"), (TABLE, "Ctrl+J"), (NOTES, "Ctrl+Shift+J")])
def test_that_a_pane_is_hidden_and_shown_from_the_view_menu(window: MainWindow, pane: str, keys: str) -> None:
    action, workspace = window.menus.panes[pane], window.workspace
    widget = {SIDE: window.side, TABLE: workspace.table, NOTES: workspace.notes.footnotes}[pane]
    assert action.shortcut().toString() == keys
    assert action.isChecked() == widget.isVisible() == (pane != NOTES)
    wide, high = workspace.chart.width(), workspace.chart.height()
    action.trigger()
    settle()
    assert action.isChecked() == widget.isVisible() == (pane == NOTES)
    assert (workspace.chart.width(), workspace.chart.height()) != (wide, high)
    window.turn_to(SENSITIVITY)
    window.turn_to(COMPARE)
    settle()
    assert widget.isVisible() == (pane == NOTES), "another tab leaves it as it is"
    action.trigger()
    settle()
    assert (workspace.chart.width(), workspace.chart.height()) == (wide, high)


def test_that_the_explanation_opens_with_what_it_said_last(window: MainWindow) -> None:
    action = window.menus.panes[WHY]
    window.explain("projection/ipu-pod:64")
    window.drawer.dismiss()
    settle()
    assert not action.isChecked()
    action.trigger()
    settle()
    assert action.isChecked() and window.drawer.why is not None and window.drawer.why.key == "projection/ipu-pod:64"
    action.trigger()
    settle()
    assert not window.drawer.isVisible() and not action.isChecked()


def test_that_the_table_is_as_high_as_a_hand_drags_it(window: MainWindow) -> None:
    split = window.workspace.split
    before = split.sizes()
    drag_handle(split, 1, QPoint(0, -80))
    assert split.sizes() == [before[0] - 80, before[1] + 80]
    window.turn_to(SENSITIVITY)
    settle()
    assert split.sizes()[1] == before[1] + 80
    window.resize(1366, 900)
    settle()
    assert split.sizes()[1] == before[1] + 80, "a higher window gives its room to the chart"
    drag_handle(split, 1, QPoint(0, -320))
    window.resize(1366, 640)
    settle()
    assert split.sizes()[0] >= 200, "a lower one leaves the chart what it needs"


def test_that_the_panel_at_the_side_is_as_wide_as_a_hand_drags_it(window: MainWindow) -> None:
    before = window.side.width()
    drag_handle(window.panes, 1, QPoint(60, 0))
    assert abs(window.side.width() - before - 60) <= 3, "a thin handle is taken a few pixels beside it"
    drag_handle(window.panes, 1, QPoint(-300, 0))
    assert window.side.width() == before, "nothing in it is cut off"


def test_that_another_language_leaves_the_panes_as_they_are(window: MainWindow) -> None:
    window.switch_pane(TABLE)
    window.switch_pane(NOTES)
    drag_handle(window.panes, 1, QPoint(40, 0))
    wide = window.side.width()
    window.set_language(CHINESE)
    settle()
    assert window.side.width() == wide
    assert not window.workspace.table.isVisible() and window.workspace.notes.footnotes.isVisible()


def test_that_the_next_window_opens_as_the_last_was_left(qapp: QApplication, tmp_path: Path) -> None:
    first = MainWindow(folder=tmp_path)
    first.resize(1500, 820)
    first.show()
    first.load()
    first.load_side()
    settle()
    first.turn_to(SENSITIVITY)
    first.switch_pane(NOTES)
    drag_handle(first.workspace.split, 1, QPoint(0, -60))
    drag_handle(first.panes, 1, QPoint(50, 0))
    first.note_folder(tmp_path)
    settle()
    sizes = first.workspace.split.sizes()[1], first.side.width()
    first.close()
    second = MainWindow(theme_name=DARK, folder=tmp_path)
    second.resize(1500, 820)
    second.show()
    second.load()
    second.load_side()
    settle()
    assert (second.place.width, second.place.height, second.place.folder) == (1500, 820, str(tmp_path))
    assert second.shown_question == SENSITIVITY and second.workspace.notes.footnotes.isVisible()
    assert (second.workspace.split.sizes()[1], second.side.width()) == sizes
    second.close()
    for window in (first, second):
        window.deleteLater()
    settle()


def test_that_a_place_comes_back(tmp_path: Path) -> None:
    place = Place(
        10, 20, 1400, 900, True, 300, 400, 150, False, False, True, False, "cost", "projection/dgx-a100:8", "/tmp"
    )
    keep_place(tmp_path / "new", place)
    assert load_place(tmp_path / "new") == place


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "ipuwhatif window", "version": 2}'])
def test_that_a_damaged_place_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "window.json").write_text(text, encoding="utf-8")
    assert load_place(tmp_path) == Place()


def test_that_one_bad_value_leaves_the_others(tmp_path: Path) -> None:
    values = {"format": "ipuwhatif window", "version": 1, "x": True, "y": 10**9, "tab": "elsewhere", "width": 1200}
    (tmp_path / "window.json").write_text(json.dumps(values), encoding="utf-8")
    assert load_place(tmp_path) == replace(Place(), width=1200)


@pytest.mark.parametrize("place", [Place(), Place(5000, -4000, 1200, 700), Place(0, 0, 9000, 9000)])
def test_that_a_window_lies_on_its_screen_as_far_as_it_fits(window: MainWindow, place: Place) -> None:
    put_in_place(window, place)
    settle()
    screen, around = window.screen().availableGeometry(), window.geometry()
    assert screen.contains(around.topLeft())
    assert around.width() <= max(screen.width(), window.minimumWidth())
    assert around.height() <= max(screen.height(), window.minimumHeight())
