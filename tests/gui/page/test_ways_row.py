from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.page.ways_row import WaysRow
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.model.case import AS_SUBMITTED
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, settle

ONE = SystemChoice("ipu-pod", 1)
BOW64 = SystemChoice("bow-pod", 64)


def button(row: WaysRow, words: str) -> QPushButton:
    return next(each for each in row.buttons if each.text().startswith(words))


def click(window: MainWindow, words: str) -> None:
    found = button(window.workspace.empty.ways, words)
    assert found.isVisible()
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    settle()


def untick_all(window: MainWindow) -> None:
    for choice in FIRST_START.systems:
        window.systems.boxes[choice].click()
    settle()


def test_that_the_first_systems_come_back_with_a_click_and_go_with_undo(window: MainWindow) -> None:
    untick_all(window)
    click(window, "Tick the systems of the first start")
    assert window.question.scenario == FIRST_START and figure_of(window).headline.text
    window.question.undo_stack.undo()
    settle()
    assert not window.question.scenario.systems


def test_that_the_last_step_is_undone_by_its_name(window: MainWindow) -> None:
    untick_all(window)
    click(window, "Undo: Remove 8 × DGX A100 (64 GPUs)")
    assert window.question.scenario.systems == FIRST_START.systems[-1:]


def test_that_a_system_is_found_from_the_empty_page_though_the_side_is_hidden(window: MainWindow) -> None:
    untick_all(window)
    window.switch_pane("side")
    settle()
    click(window, "Find a system")
    assert window.systems.search.hasFocus() and window.side.isVisible()


def test_that_without_a_step_nothing_is_offered_to_be_undone(window: MainWindow) -> None:
    window.question.show(replace(FIRST_START, systems=(), reference=""))
    settle()
    assert [each.text() for each in window.workspace.empty.ways.buttons] == [
        "Tick the systems of the first start",
        "Find a system",
    ]


def test_that_a_system_too_small_keeps_the_page_and_leads_to_one_that_runs_the_job(window: MainWindow) -> None:
    window.question.show(replace(FIRST_START, workload="bert-large", systems=(ONE,), reference=ONE.key))
    settle()
    assert window.workspace.tabs.isVisible() and window.workspace.figure is None
    click(window, "Tick IPU-M2000")
    assert "IPU-M2000" in figure_of(window).headline.text


def test_that_a_layout_is_chosen_beside_the_line_that_asks_for_it(window: MainWindow) -> None:
    systems = (FIRST_START.systems[0], BOW64)
    window.question.show(replace(FIRST_START, systems=systems, reference=BOW64.key, policy=AS_SUBMITTED))
    settle()
    row = window.workspace.fault_ways
    assert row.isVisible() and window.workspace.fault.isVisible()
    QTest.mouseClick(button(row, "Use the layout"), Qt.MouseButton.LeftButton)
    settle()
    assert not row.isVisible() and len(figure_of(window).table.rows) == 2
    assert window.choices.policy.currentText() == "best that fits"
