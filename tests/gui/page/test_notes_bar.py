"""Notes and footnotes in one line: what it says while it is folded, and how it opens."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ipuwhatif.gui.answering.question import EVIDENCE, SENSITIVITY
from ipuwhatif.gui.answering.view_options import RESULTS
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import figure_of, settle


def test_that_the_line_says_that_projections_are_no_results_and_what_official_ones_are(window: MainWindow) -> None:
    line, figure = window.workspace.notes.line, figure_of(window)
    assert line.text().startswith(f"{len(figure.notices) + len(figure.footnotes)} notes")
    assert "projections are not MLPerf® results" in line.text()
    assert "MLPerf® Training v1.1, closed division, submitted by Graphcore and NVIDIA [1]" in line.text()
    assert line.accessibleName() == line.text() and line.isVisible()
    assert not window.workspace.notes.footnotes.isVisible()


def test_that_a_page_without_official_results_names_none(window: MainWindow) -> None:
    window.turn_to(SENSITIVITY)
    settle()
    assert window.workspace.notes.line.text().endswith("projections are not MLPerf® results")


def test_that_a_page_without_projections_does_not_speak_of_them(window: MainWindow) -> None:
    window.turn_to(EVIDENCE)
    window.workspace.tools.turn_to(RESULTS)
    settle()
    text = window.workspace.notes.line.text()
    assert "projections" not in text and "official results [1]–[" in text


def test_that_a_click_enter_and_space_open_and_close_the_notes(window: MainWindow) -> None:
    line, notes = window.workspace.notes.line, window.workspace.notes.footnotes
    high = window.workspace.chart.height()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    settle()
    assert notes.isVisible() and window.workspace.chart.height() < high
    assert notes.visibleRegion().boundingRect().height() == notes.height() >= 100
    for key, opened in ((Qt.Key.Key_Return, False), (Qt.Key.Key_Space, True), (Qt.Key.Key_Enter, False)):
        QTest.keyClick(line, key)
        settle()
        assert notes.isVisible() == opened == window.menus.panes["notes"].isChecked()
    assert window.workspace.chart.height() == high


def test_that_what_the_page_says_in_short_stands_in_the_notes_at_full_length(window: MainWindow) -> None:
    window.workspace.notes.line.click()
    chart, text = figure_of(window).chart, " ".join(window.workspace.notes.footnotes.toPlainText().split())
    assert " ".join(chart.subtitle.split()) in text
    official = next(entry for entry in chart.legend if entry.short)
    assert " ".join(official.text.split()) in text


def test_that_the_subtitle_stands_behind_the_title_where_there_is_room(window: MainWindow) -> None:
    title = window.workspace.title
    assert title.title == figure_of(window).chart.title and title.subtitle in title.accessibleName()
    assert title.shown == "" or title.subtitle.startswith(title.shown.removesuffix(" …"))
    assert title.shown != title.subtitle
    window.resize(1920, 1080)
    settle()
    assert title.shown == title.subtitle


def test_that_of_a_long_subtitle_the_first_whole_clauses_stand_there(window: MainWindow) -> None:
    title = window.workspace.title
    title.show_title("Article check", "Statements: Graphcore; each is computed; " + "a long end " * 30)
    assert title.shown == "Statements: Graphcore; each is computed …"
    title.show_title("Article check", "a long end " * 30)
    assert title.shown == ""
