"""Finish in the window: a view of Breakdown with a deadline and a start; published records are one click away."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.spec import TARGET
from ipuwhatif.export.formats import FORMATS
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, EVIDENCE, SCALING
from ipuwhatif.gui.answering.view_options import FINISH, PROBABILITIES, TIMES
from ipuwhatif.gui.window import MainWindow
from tests.analysis.finish.test_finish import LARGE, LLAMA, stated
from tests.gui.conftest import figure_of, settle
from tests.gui.page.test_view_toolbar import turn, type_target


def look_at_finish(window: MainWindow) -> None:
    window.turn_to(BREAKDOWN, FINISH)
    settle()


def type_start(window: MainWindow, text: str) -> None:
    field = window.workspace.tools.start
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def click(buttons: list[QPushButton], words: str) -> None:
    (button,) = [button for button in buttons if words in button.text()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def test_that_finish_is_a_view_of_breakdown_with_target_and_start(window: MainWindow) -> None:
    tools = window.workspace.tools
    look_at_finish(window)
    assert tools.view.currentText() == "Finish, with failures"
    assert figure_of(window).chart.kind == "finish" and tools.target.isVisible() and tools.start.isVisible()
    tools.turn_to(TIMES)
    settle()
    assert not tools.target.isVisible() and not tools.start.isVisible()
    turn(window, SCALING)
    assert tools.target.isVisible() and not tools.start.isVisible()


def test_that_published_records_lead_to_an_answer_and_can_be_undone_while_the_chart_stays(window: MainWindow) -> None:
    window.question.show(LARGE)
    look_at_finish(window)
    workspace = window.workspace
    assert "No failures are counted" in workspace.fault.text()
    click(workspace.fault_ways.buttons, "Llama 3 405B")
    assert workspace.fault.text() == "Failures are counted when this is stated as well:"
    assert figure_of(window).headline.text.endswith(", no failures")
    assert [field.accessibleName() for field in workspace.fault_ways.fields] == ["Stop for a checkpoint", "Restart"]
    (way,) = workspace.fault_ways.buttons
    assert way.text() == "As published: Storage bandwidth 2,000 GB/s; Restart 10 min"
    assert "Llama 3 405B, storage of 7,500 servers" in way.toolTip()
    click(workspace.fault_ways.buttons, "As published")
    assert figure_of(window).chart.kind == "finish" and not workspace.fault.isVisible()
    assert dict(window.question.scenario.levers) == {f"all.{key}": value for key, value in LLAMA.items()}
    assert "Goodput (%)" in [column.title for column in figure_of(window).table.columns]
    for _ in range(2):
        window.question.undo_stack.undo()
    settle()
    assert not window.question.scenario.levers


def test_that_what_goes_with_failures_is_typed_over_the_chart(window: MainWindow) -> None:
    look_at_finish(window)
    click(window.workspace.fault_ways.buttons, "Llama 3 405B")
    for text in ("30 s", "10 min"):
        field = window.workspace.fault_ways.fields[0]
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        settle()
    stated = {name.removeprefix("all."): value for name, value in window.question.scenario.levers.items()}
    assert (stated["checkpoint_cost"], stated["restart_time"]) == (30.0, 10.0)
    text = figure_of(window).headline.text
    assert not window.workspace.fault.isVisible() and "sure: model" in text and "no failures" not in text


def test_that_what_entries_took_before_the_clock_is_one_click_and_one_undo_away(window: MainWindow) -> None:
    look_at_finish(window)
    before = window.question.scenario
    click(window.workspace.fault_ways.buttons, "Initialisation as entries had it")
    assert [name.rpartition(".")[::2] for name in window.question.scenario.levers] == [
        (each.key, "initialisation_time") for each in before.systems
    ]
    assert "Initialisation, mean (min)" in [column.title for column in figure_of(window).table.columns]
    assert not [each for each in window.workspace.fault_ways.buttons if "Initialisation" in each.text()]
    window.question.undo_stack.undo()
    settle()
    assert window.question.scenario == before


def test_that_a_deadline_and_a_start_tell_a_day_and_a_probability(window: MainWindow) -> None:
    window.question.show(stated(**LLAMA))
    look_at_finish(window)
    type_start(window, "2026-12-01")
    assert window.question.scenario.start == "2026-12-01" and "(2027-" in figure_of(window).headline.text
    type_target(window, "2027-08-14")
    assert window.question.scenario.target_s == 257 * 86_400.0
    assert "done by 2027-08-14 with " in figure_of(window).headline.text
    assert window.workspace.tools.target.text() == "2027-08-14"
    type_start(window, "")
    assert window.question.scenario.start == "" and "done within 257 days" in figure_of(window).headline.text
    assert window.workspace.tools.target.text() == "257 days"
    window.question.undo_stack.undo()
    settle()
    assert window.workspace.tools.start.text() == "2026-12-01"


def test_that_a_wrong_start_is_told_and_esc_brings_the_last_one_back(window: MainWindow) -> None:
    look_at_finish(window)
    type_start(window, "2026-12-01")
    type_start(window, "next week")
    field = window.workspace.tools.start
    assert field.property("faulty") and window.question.scenario.start == "2026-12-01"
    assert "next week&#x27; is no day" in window.workspace.goal.label.text()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    settle()
    assert field.text() == "2026-12-01" and not window.workspace.goal.isVisible()


def test_that_a_day_as_target_asks_for_the_start(window: MainWindow) -> None:
    look_at_finish(window)
    type_target(window, "2027-08-14")
    assert "state the start as well" in window.workspace.goal.label.text()


def test_that_the_deadline_is_dragged_and_its_probability_follows(window: MainWindow) -> None:
    window.question.show(stated(**LLAMA).with_lever("all.queue_time", 1.0))
    look_at_finish(window)
    type_target(window, "200 days")
    before = figure_of(window).headline.text
    spec = window.canvas.spec
    (line,) = [line for line in spec.lines if line.style == TARGET]
    frame = plot_frame(spec)
    start, middle = round(frame.x(line.x[0])), round(frame.y(0.3))
    port = window.canvas.viewport()
    here, there = (port.rect().topLeft() + type(port.rect().topLeft())(x, middle) for x in (start, start + 120))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=here)
    for step in (40, 80, 120):
        QTest.mouseMove(port, here + type(here)(step, 0))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=there)
    settle()
    assert window.question.scenario.target_s > 200 * 86_400.0
    assert figure_of(window).headline.text != before


def test_that_a_click_on_a_mark_opens_the_why_of_its_run(window: MainWindow) -> None:
    window.question.show(stated(**LLAMA))
    look_at_finish(window)
    spec = window.canvas.spec
    mark = next(mark for mark in spec.marks if mark.key == "finish/dgx-h100:4096" and mark.y == 0.5)
    frame = plot_frame(spec)
    port = window.canvas.viewport()
    place = type(port.rect().topLeft())(round(frame.x(mark.x)), round(frame.y(mark.y)))
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert window.drawer.isVisible() and "4,096 GPUs" in window.drawer.title.text()


def test_that_failures_change_nothing_on_the_other_tabs(window: MainWindow) -> None:
    window.question.show(LARGE)
    turn(window, COMPARE)
    before = figure_of(window).table
    window.question.show(stated(**LLAMA))
    settle()
    assert figure_of(window).table == before


@pytest.mark.parametrize("suffix", FORMATS)
def test_that_finish_leaves_the_window(window: MainWindow, tmp_path: Path, qtbot: QtBot, suffix: str) -> None:
    window.question.show(stated(**LLAMA))
    look_at_finish(window)
    path = tmp_path / f"finish{suffix}"
    window.menus.exports.export_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    if suffix == ".csv":
        assert "Goodput" in path.read_text(encoding="utf-8-sig")


def test_that_the_record_tells_whether_probabilities_held(window: MainWindow) -> None:
    window.turn_to(EVIDENCE, PROBABILITIES)
    settle()
    tools = window.workspace.tools
    assert tools.protocol.isVisible() and figure_of(window).chart.kind == "probabilities"
    assert figure_of(window).headline.text.startswith("Held out by size")
    tools.protocol.setCurrentIndex(tools.protocol.findData("next-round"))
    tools.protocol.activated.emit(tools.protocol.currentIndex())
    settle()
    assert figure_of(window).headline.text.startswith("Round after round")
