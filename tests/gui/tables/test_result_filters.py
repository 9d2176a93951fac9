"""The view of official results of any benchmark, in a real window: found by lists, charted, explained, kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from ipuwhatif.gui.answering.question import COMPARE, EVIDENCE
from ipuwhatif.gui.answering.view_options import RESULTS
from ipuwhatif.gui.tables.result_filters import SIZES
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.texts import CHINESE
from tests.gui.conftest import figure_of, settle


@pytest.fixture
def results(window: MainWindow) -> MainWindow:
    """The window on the view of every official result."""
    window.turn_to(EVIDENCE)
    window.workspace.tools.turn_to(RESULTS)
    settle()
    return window


def choose(box: QComboBox, value: object) -> None:
    """Pick a choice by key, as a user does."""
    steps = box.findData(value) - box.currentIndex()
    assert box.findData(value) >= 0
    box.setFocus()
    for _ in range(abs(steps)):
        QTest.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    settle()
    assert box.currentData() == value


def rows(window: MainWindow) -> int:
    return len(figure_of(window).table.rows)


def test_that_every_result_is_shown_first(results: MainWindow) -> None:
    assert rows(results) == 1454 and results.workspace.wide_table is not None
    assert results.workspace.wide_table.count.text() == "1,454 rows"
    assert figure_of(results).headline.text.startswith("1,454 official entries of 1,270 runs")


def test_that_lists_are_taken_together_and_given_back(results: MainWindow) -> None:
    filters = results.workspace.tools.filters
    choose(filters.benchmark, "gpt3")
    assert rows(results) == 39 and "GPT-3 175B" in figure_of(results).chart.title
    choose(filters.round, "v4.0")
    assert rows(results) == 8
    choose(filters.chip, "TPU v5p")
    choose(filters.size_, SIZES.index((513, 0)))
    assert rows(results) == 3
    choose(filters.submitter, "Google")
    choose(filters.division, "closed")
    assert rows(results) == 3
    for box in filters.boxes():
        choose(box, None)
    assert rows(results) == 1454


def test_that_nothing_that_fits_leaves_the_view_usable(results: MainWindow) -> None:
    filters = results.workspace.tools.filters
    choose(filters.benchmark, "gpt3")
    choose(filters.round, "v2.0")
    assert rows(results) == 0 and "None of 1,454" in figure_of(results).headline.text
    choose(filters.round, None)
    assert rows(results) == 39


def test_that_search_works_within_what_the_lists_leave(results: MainWindow) -> None:
    table = results.workspace.wide_table
    assert table is not None
    choose(results.workspace.tools.filters.benchmark, "bert")
    table.search.setText("graphcore bow")
    assert table.count.text() == "8 of 274 rows"


def test_that_a_row_explains_itself_with_its_source(results: MainWindow) -> None:
    choose(results.workspace.tools.filters.benchmark, "rgat")
    table = results.workspace.wide_table
    assert table is not None
    table.view.ask_first()
    settle()
    assert results.drawer is not None and results.drawer.isVisible()
    first = figure_of(results).why[0]
    assert first.key == figure_of(results).table.rows[0][0].key and "nothing is projected" in first.summary


def test_that_lists_show_on_this_view_alone_and_keep_what_was_chosen(results: MainWindow) -> None:
    filters = results.workspace.tools.filters
    choose(filters.benchmark, "rgat")
    results.turn_to(COMPARE)
    settle()
    assert not filters.isVisible()
    results.turn_to(EVIDENCE)
    settle()
    assert filters.isVisible() and rows(results) == 16


def test_that_hidden_official_results_hide_these_too(results: MainWindow) -> None:
    from ipuwhatif.records import replace

    results.question.show(replace(results.question.scenario, show_official=False))
    settle()
    assert rows(results) == 0 and "Official results are hidden: 1,454" in figure_of(results).notices[0]


def test_that_another_language_goes_on_with_what_was_chosen(results: MainWindow) -> None:
    filters = results.workspace.tools.filters
    choose(filters.benchmark, "minigo")
    choose(filters.size_, SIZES.index((9, 64)))
    count = rows(results)
    results.set_language(CHINESE)
    settle()
    assert "强化学习" in figure_of(results).chart.title and rows(results) == count > 0
    assert results.workspace.tools.filters.round.itemText(0) == "全部轮次"
    choose(results.workspace.tools.filters.size_, None)
    assert rows(results) == 22


@pytest.mark.parametrize("width", [1366, 1920])
def test_that_every_list_is_inside_the_window(results: MainWindow, width: int) -> None:
    results.resize(width, 768)
    settle()
    for box in results.workspace.tools.filters.boxes():
        right = box.mapTo(results, box.rect().topRight()).x()
        assert box.isVisible() and right <= results.width()


def test_that_the_results_are_read_when_they_are_asked_for_and_not_before(tmp_path: Path) -> None:
    code = """
from ipuwhatif.catalog.evidence import suite_results
from PySide6.QtWidgets import QApplication
from ipuwhatif.gui.start.app import make_application
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.gui.answering.question import EVIDENCE
application = make_application()
window = MainWindow()
window.show(), window.load(), window.load_side()
for view in ("", "hardware"):
    window.turn_to(EVIDENCE), window.workspace.tools.turn_to(view)
    [application.processEvents() for _ in range(10)]
print(suite_results.load_suite_results.cache_info().misses, end=" ")
window.workspace.tools.turn_to("results")
[application.processEvents() for _ in range(10)]
print(suite_results.load_suite_results.cache_info().misses)
"""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True, env=environment
    )
    assert done.stdout.split() == ["0", "1"]
