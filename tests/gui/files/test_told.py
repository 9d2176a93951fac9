"""What was copied or saved is told in a quiet line beside the notes, which goes by itself and covers nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QDesktopServices
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.files import told as told_line
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked to open."""
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()) or True)
    return asked


def test_that_each_copy_says_what_was_copied(window: MainWindow, qtbot: QtBot) -> None:
    exports = window.menus.exports
    assert not exports.told.isVisible()
    exports.copy.trigger()
    assert exports.told.isVisible() and exports.told.label.text() == "Copied the picture"
    exports.copy_table.trigger()
    assert exports.told.label.text() == "Copied the table"
    exports.copy_file.trigger()
    said = "Copied the slide as a file; its picture and notes where no file goes in"
    qtbot.waitUntil(lambda: exports.told.label.text() == said, timeout=30_000)
    assert not exports.told.open.isVisible()


def test_that_a_saved_chart_can_be_opened_and_shown_in_its_folder(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, opened: list[str]
) -> None:
    exports, path = window.menus.exports, tmp_path / "chart.csv"
    assert not exports.show_last.isEnabled()
    exports.export_to(path)
    qtbot.waitUntil(lambda: exports.told.label.text() == "Saved to chart.csv", timeout=30_000)
    exports.told.open.click()
    exports.told.show_folder.click()
    exports.copy.trigger()
    exports.show_last.trigger()  # by the menu as well, once the line has gone
    assert opened == [str(path), str(tmp_path), str(tmp_path)]


def test_that_a_file_that_nothing_opens_is_told_of(window: MainWindow, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    told = window.menus.exports.told
    told.tell_saved(tmp_path / "chart.pptx")
    told.open.click()
    assert told.label.text() == "Nothing here opens chart.pptx."


def test_that_the_line_lies_under_chart_and_table_and_moves_neither(window: MainWindow) -> None:
    def place(widget) -> QRect:
        return QRect(widget.mapTo(window, QPoint()), widget.size())

    workspace, told = window.workspace, window.menus.exports.told
    before = place(window.canvas), place(workspace.table)
    told.tell_saved(Path("/there/ResNet-50, closed division - time to train.pptx"))
    settle()
    assert (place(window.canvas), place(workspace.table)) == before
    assert not any(place(told).intersects(other) for other in before)
    assert not place(told).intersects(place(workspace.notes.line))
    assert place(told).right() <= place(workspace.notes).right()


def test_that_the_line_goes_by_itself_but_not_from_under_a_hand(window: MainWindow, monkeypatch, qtbot) -> None:
    monkeypatch.setattr(told_line, "LONG_ENOUGH_MS", 1)
    told = told_line.Told(window.workspace.notes)
    window.workspace.notes.take_in(told)
    told.tell_saved(Path("/there/chart.pptx"))
    window.activateWindow()
    told.open.setFocus()
    qtbot.wait(20)
    assert told.isVisible()
    told.open.clearFocus()
    qtbot.waitUntil(lambda: not told.isVisible())


def test_that_a_screen_reader_can_read_the_line(window: MainWindow) -> None:
    window.menus.exports.copy.trigger()
    read = QAccessible.queryAccessibleInterface(window.menus.exports.told.label)
    assert read.text(QAccessible.Text.Name) == "Copied the picture"
