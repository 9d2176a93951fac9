import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.on_page import on_page
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, settle

MANY = replace(
    FIRST_START,
    systems=tuple(SystemChoice("ipu-pod", 16 * number) for number in range(1, 25)),
    reference="ipu-pod:16",
)


def test_that_a_chart_of_many_systems_scrolls_and_its_rows_stay_apart(window: MainWindow) -> None:
    window.question.show(MANY)
    settle()
    assert window.canvas is not None and window.canvas.spec is not None
    chart = window.workspace.chart
    assert chart.verticalScrollBar().maximum() > 0 and not chart.horizontalScrollBar().isVisible()
    assert window.canvas.height() == on_page(figure_of(window).chart).height == window.canvas.spec.height
    spec = window.canvas.spec
    assert (spec.height - spec.margin_top - spec.margin_bottom) / len(MANY.systems) >= 20
    window.question.show(FIRST_START)
    settle()
    assert chart.verticalScrollBar().maximum() == 0
    assert window.canvas.size() == chart.viewport().size()


def test_that_what_a_projection_is_not_stands_before_the_single_entries(window: MainWindow) -> None:
    window.workspace.notes.line.click()
    text = window.workspace.notes.footnotes.toPlainText()
    places = [
        text.index(words) for words in ("Chip counts differ", "they are not MLPerf® Training", "trademark", "[1]")
    ]
    assert places == sorted(places)


def test_that_open_footnotes_have_more_room_in_a_higher_window(window: MainWindow) -> None:
    window.workspace.notes.line.click()
    settle()
    low = window.workspace.notes.footnotes.height()
    window.resize(1366, 1200)
    settle()
    assert window.workspace.notes.footnotes.height() > low + 40


def test_that_the_legal_lines_are_seen_without_scrolling_once_the_notes_are_open(window: MainWindow) -> None:
    window.workspace.notes.line.click()
    settle()
    notes = window.workspace.notes.footnotes
    bottom = notes.cursorForPosition(QPoint(notes.viewport().width() - 2, notes.viewport().height() - 8)).position()
    text = notes.toPlainText()
    assert text.index("they are not MLPerf® Training") < bottom and text.index("trademark") < bottom


@pytest.mark.parametrize("size", [(1024, 640), (1200, 700), (1366, 768)])
def test_that_a_chart_keeps_its_width_beside_an_open_drawer(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.explain("projection/ipu-pod:16")
    settle()
    assert (window.width(), window.height()) == size
    assert window.canvas is not None and window.canvas.width() >= 560
    assert window.workspace.chart.viewport().width() >= 560, "the whole of it can be seen"
    assert window.drawer.width() <= 320
    assert window.side.isVisible() == (size == (1366, 768))
    window.drawer.dismiss()
    settle()
    assert window.side.isVisible()


def test_that_a_window_is_never_smaller_than_its_least_size(window: MainWindow) -> None:
    window.resize(300, 200)
    settle()
    assert (window.width(), window.height()) == (1024, 640)
    for label in window.workspace.findChildren(QLabel):
        if label.isVisible():
            assert label.visibleRegion().boundingRect().size() == label.size(), label.text()


def test_that_links_are_hidden_while_no_system_is_ticked(window: MainWindow) -> None:
    window.question.show(replace(FIRST_START, systems=(), reference=""))
    settle()
    line = window.workspace.headline
    assert not line.minute_link.isVisible() and not line.bert_link.isVisible()
    window.question.show(FIRST_START)
    settle()
    assert line.minute_link.isVisible() and line.bert_link.isVisible()
