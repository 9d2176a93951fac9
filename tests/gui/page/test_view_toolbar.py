"""Breakdown, Sensitivity and the goal on Scaling, in the window."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import Bar
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, COST, EVIDENCE, SCALING, SENSITIVITY
from ipuwhatif.gui.chart.chart_hits import piece
from ipuwhatif.gui.mine.my_data import MyData
from ipuwhatif.gui.theme import apply_theme
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.importers.results.reader import bring_results
from ipuwhatif.importers.store import FOLDER_VARIABLE, keep
from ipuwhatif.model.case import AS_SUBMITTED
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, settle, type_gain

POD64, DGX = SystemChoice("ipu-pod", 64), SystemChoice("dgx-a100", 8)


def turn(window: MainWindow, question: str) -> None:
    window.turn_to(question)
    settle()


def click_bar(window: MainWindow, bar: Bar) -> None:
    from ipuwhatif.charts.geometry import plot_frame

    assert window.canvas is not None and window.canvas.spec is not None
    place = piece(plot_frame(window.canvas.spec), bar).center().toPoint()
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()


def type_target(window: MainWindow, text: str) -> None:
    field = window.workspace.tools.target
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def test_that_every_tab_turns_by_key(window: MainWindow) -> None:
    for key, question in (
        (Qt.Key.Key_3, BREAKDOWN),
        (Qt.Key.Key_4, SENSITIVITY),
        (Qt.Key.Key_5, COST),
        (Qt.Key.Key_6, EVIDENCE),
        (Qt.Key.Key_1, COMPARE),
    ):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert window.shown_question == question
        if question == COST:  # which asks for prices first
            assert window.workspace.prices is not None and window.workspace.prices.isVisible()
        else:
            assert figure_of(window).chart.kind == question


def test_that_parts_are_shown_in_time_and_with_one_key_as_shares(window: MainWindow) -> None:
    turn(window, BREAKDOWN)
    assert figure_of(window).chart.x_axis.title == "Time to train (min)"
    view = window.workspace.tools.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    settle()
    assert figure_of(window).chart.x_axis.title == "Share of the projected time (%)"
    assert window.canvas is not None and window.canvas.spec is not None and window.canvas.spec.x_axis.high == 1.0
    turn(window, COMPARE)
    assert not view.isVisible()


def test_that_a_part_opens_the_why_of_its_system(window: MainWindow) -> None:
    turn(window, BREAKDOWN)
    bar = next(each for each in figure_of(window).chart.bars if each.key == f"projection/{DGX.key}")
    click_bar(window, bar)
    assert window.drawer.isVisible() and "DGX A100 (8 GPUs)" in window.drawer.title.text()
    assert window.question.selection == DGX


def test_that_a_tornado_bar_opens_its_why_and_leaves_the_system(window: MainWindow) -> None:
    turn(window, SENSITIVITY)
    window.question.select(POD64)
    settle()
    bar = max(figure_of(window).chart.bars, key=lambda each: abs(each.end))
    click_bar(window, bar)
    assert window.drawer.isVisible() and window.drawer.title.text() == "Compute gain"
    assert window.question.selection == POD64


def test_that_the_tornado_is_that_of_the_system_chosen_beside_the_tabs(window: MainWindow) -> None:
    turn(window, SENSITIVITY)
    assert "IPU-POD16 (16 IPUs)" in figure_of(window).chart.title
    box = window.workspace.tools.system
    box.setFocus()
    for _ in range(3):
        QTest.keyClick(box, Qt.Key.Key_Down)
    settle()
    assert window.question.selection == DGX
    assert "DGX A100 (8 GPUs)" in figure_of(window).chart.title
    assert window.levers is not None and window.levers.titles["family"].text() == "Levers of every GPU system"


def test_that_a_lever_moves_parts_and_tornado(window: MainWindow) -> None:
    assert window.levers is not None
    for question in (BREAKDOWN, SENSITIVITY):
        turn(window, question)
        before = figure_of(window).headline.text
        type_gain(window, "1.4", enter=True)
        assert figure_of(window).headline.text != before
        window.question.undo_stack.undo()
        settle()
        assert figure_of(window).headline.text == before


def test_that_a_system_that_cannot_run_hides_no_other_parts_and_is_told_on_its_tornado(window: MainWindow) -> None:
    bow = SystemChoice("bow-pod", 64)
    scenario = replace(FIRST_START, systems=(*FIRST_START.systems, bow), policy=AS_SUBMITTED)
    window.question.show(scenario)
    turn(window, BREAKDOWN)
    assert len(figure_of(window).chart.y_axis.ticks) == len(FIRST_START.systems)
    assert window.workspace.fault.isVisible() and "Bow Pod64" in window.workspace.fault.text()
    assert window.question.selection == bow
    turn(window, SENSITIVITY)
    page = window.workspace
    assert page.fault.text() == "Bow Pod64 (64 IPUs): no projection, so this is IPU-POD16 (16 IPUs)."
    assert "entry" in page.fault.toolTip() and page.fault_ways.buttons[0].text().startswith("Use the layout")
    assert figure_of(window).chart.kind == "sensitivity" and page.tools.system.isVisible()
    window.question.select(DGX)
    settle()
    assert figure_of(window).chart.kind == "sensitivity"


@pytest.mark.parametrize("question", [BREAKDOWN, SENSITIVITY])
def test_that_no_system_ticked_and_stated_ratios_are_told_as_on_compare(window: MainWindow, question: str) -> None:
    turn(window, question)
    window.question.show(replace(FIRST_START, systems=(), reference=""))
    settle()
    assert "No system is ticked" in window.workspace.message.text()
    assert not window.workspace.tools.system.isVisible()
    assert window.world is not None
    key = next(each.key for each in window.world.catalog.workloads.values() if each.kind == "relative")
    window.question.show(set_workload(FIRST_START, key, window.world.catalog).scenario)
    settle()
    assert window.workspace.stack.currentWidget() is window.workspace.page
    assert not window.workspace.tools.isVisible()


def test_that_the_minute_link_says_what_one_minute_takes_on_ipus(window: MainWindow) -> None:
    window.question.select(DGX)
    QTest.mouseClick(window.workspace.headline.minute_link, Qt.MouseButton.LeftButton)
    settle()
    assert window.shown_question == SCALING
    assert window.question.selection == SystemChoice("ipu-pod", 16)
    goal = window.workspace.goal
    assert goal.isVisible() and goal.label.text().startswith("The least time is ")
    assert figure_of(window).headline.text.startswith("1 min is out of reach of IPU-POD: ")
    goal.label.linkActivated.emit("goal%2Fipu-pod")
    settle()
    assert window.drawer.isVisible() and "least" not in window.drawer.title.text()
    assert "At the low end of the interval" in window.drawer.body.toPlainText()


def test_that_a_typed_target_is_sought_for_the_selected_system(window: MainWindow) -> None:
    turn(window, SCALING)
    goal = window.workspace.goal
    assert not goal.isVisible()
    type_target(window, "4 min")
    said = figure_of(window).headline.text
    assert said.startswith("4 min on IPU-POD: ") and " IPUs, " in said and "projected" in said
    assert "% probability; nine draws in ten meet it with " in goal.label.text()
    window.question.select(DGX)
    settle()
    said = figure_of(window).headline.text
    assert said.startswith("4 min on DGX A100: ") and " GPUs, " in said
    type_target(window, " ")
    QApplication.processEvents()
    turn(window, COMPARE)
    assert not goal.isVisible()


def test_that_no_target_seeks_nothing(window: MainWindow) -> None:
    turn(window, SCALING)
    type_target(window, "4 min")
    field = window.workspace.tools.target
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert window.question.scenario.target_s is None and not window.workspace.goal.isVisible()


def test_that_a_wrong_target_is_told_and_esc_brings_the_last_one_back(window: MainWindow) -> None:
    turn(window, SCALING)
    type_target(window, "4 min")
    type_target(window, "soon")
    field = window.workspace.tools.target
    assert field.text() == "soon" and field.property("faulty")
    assert "is no time; write for example" in window.workspace.goal.label.text()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    settle()
    assert field.text() == "4 min" and figure_of(window).headline.text.startswith("4 min on IPU-POD: ")


def test_that_a_goal_follows_a_drag_without_its_interval(window: MainWindow) -> None:
    turn(window, SCALING)
    type_target(window, "4 min")
    window.question.begin_gesture(dragging=True)
    window.question.changed.emit()
    settle()
    words = figure_of(window).headline.text
    assert "IPUs" in words and "projected" not in words and "Why" not in window.workspace.goal.label.text()
    window.question.end_gesture()
    settle()
    assert "projected" in figure_of(window).headline.text and "Why" in window.workspace.goal.label.text()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1024, 640), (1366, 768)])
def test_that_tabs_and_tools_fit_beside_an_open_drawer(
    window: MainWindow, qapp: QApplication, size: tuple[int, int], theme: str
) -> None:
    window.set_theme(theme)
    window.resize(*size)
    for question in (SCALING, BREAKDOWN, SENSITIVITY):
        turn(window, question)
        if question == SCALING:
            type_target(window, "1 min")
        window.explain(figure_of(window).why[0].key)
        settle()
        assert window.drawer.isVisible() and (window.width(), window.height()) == size
        tabs, tools = window.workspace.tabs, window.workspace.tools
        assert tabs.tabRect(3).right() <= tabs.width()
        shown: list[QWidget] = [each for each in tools.controls() if each.isVisible()]
        assert shown
        for each in shown:
            assert each.visibleRegion().boundingRect().size() == each.size()
            assert each.mapTo(window.workspace, QPoint(each.width(), 0)).x() <= window.workspace.width()
        assert window.canvas is not None and window.canvas.spec is not None
        spec = window.canvas.spec
        assert spec.height - spec.margin_top - spec.margin_bottom > 60, question
    apply_theme(qapp, "light")


def test_that_nothing_blocks_for_half_a_second(window: MainWindow) -> None:
    window.workspace.headline.minute_link.click()
    settle()  # what is loaded once is loaded
    for question in (BREAKDOWN, SENSITIVITY, SCALING):
        start = time.thread_time()  # not the clock: others may be at work on the machine
        turn(window, question)
        assert time.thread_time() - start < 0.5, question


def test_that_a_target_is_part_of_the_scenario_and_can_be_undone(window: MainWindow) -> None:
    turn(window, SCALING)
    type_target(window, "4 min")
    assert window.question.scenario.target_s == 240.0
    assert window.question.undo_stack.undoText() == "Target 4 min"
    window.question.undo_stack.undo()
    settle()
    assert window.workspace.tools.target.text() == "" and not window.workspace.goal.isVisible()


def test_that_what_was_found_goes_into_the_scenario_in_one_step(window: MainWindow) -> None:
    turn(window, SCALING)
    type_target(window, "4 min")
    before, count = window.question.scenario, window.question.undo_stack.count()
    button = window.workspace.goal.use
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    added = [choice for choice in window.question.scenario.systems if choice not in before.systems]
    assert len(added) == 1 and added[0].system == "ipu-pod"
    assert window.menus.exports.told.label.text().startswith("Put into the scenario: Add IPU-POD")
    assert f"{added[0].chips} IPUs" in figure_of(window).headline.text
    assert window.question.undo_stack.count() == count + 1


@pytest.mark.parametrize(("over", "told"), [("compute_gain", "IPU compute gain"), ("any", "IPU ")])
def test_that_a_target_is_sought_over_a_lever_and_over_the_cheapest_gains(
    window: MainWindow, over: str, told: str
) -> None:
    turn(window, SCALING)
    window.question.select(POD64)
    settle()
    type_target(window, "7 min")
    box = window.workspace.tools.over
    box.setCurrentIndex(box.findData(over))
    box.activated.emit(box.currentIndex())
    settle()
    assert told in figure_of(window).headline.text and "IPU-POD64" in figure_of(window).headline.text
    window.workspace.goal.use.click()
    settle()
    assert window.question.scenario.levers
    window.question.undo_stack.undo()
    settle()
    assert not window.question.scenario.levers


def test_that_the_change_between_two_scenarios_is_split_into_causes(window: MainWindow) -> None:
    from ipuwhatif.scenario.edits import set_release
    from ipuwhatif.scenario.files.document import with_copy

    window.question.change(with_copy(window.question.document), "Add scenario B")
    window.question.apply(set_release(window.question.scenario, "2021-06"))
    turn(window, BREAKDOWN)
    window.workspace.tools.turn_to("change")
    settle()
    figure = figure_of(window)
    assert figure.chart.kind == "attribution"
    assert window.workspace.tools.change.currentText() == "A → B"
    assert any("Official: Graphcore" in window.workspace.tools.change.itemText(index) for index in range(12))


@pytest.mark.parametrize("view", ["entries", "hardware", "roofline", "article", "record", "errors"])
@pytest.mark.parametrize("workload", ["resnet50", "bert-large", "gpt2-xl", "weather"])
def test_that_every_view_of_the_evidence_answers_or_says_why_not(window: MainWindow, view: str, workload: str) -> None:
    assert window.world is not None
    window.question.show(set_workload(FIRST_START, workload, window.world.catalog).scenario)
    turn(window, EVIDENCE)
    window.workspace.tools.turn_to(view)
    settle()
    if window.workspace.figure is None:
        assert workload == "weather" and "no network" in window.workspace.message.text()
        return
    table = window.workspace.wide_table
    assert table is not None and table.isVisible() and not window.workspace.table.isVisible()
    keys = [cell.key for row in figure_of(window).table.rows for cell in row if cell.key]
    assert keys or workload == "gpt2-xl", "nothing was measured or published of it"
    for key in keys[:1]:
        window.explain(key)
        assert window.drawer.isVisible() and window.drawer.title.text()


def test_that_own_results_have_a_view_and_a_why(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    (tmp_path / "runs.csv").write_text("system,workload,time (min)\ndgx-a100,resnet50,31.5\n")
    keep(bring_results(tmp_path / "runs.csv"))
    turn(window, EVIDENCE)
    window.workspace.tools.turn_to("mine")
    settle()
    assert "1 result of your own" in figure_of(window).headline.text
    window.explain("mine/0")
    assert window.drawer.isVisible() and window.drawer.title.text() == "DGX A100 (8 GPUs)"


def test_that_without_results_of_ones_own_my_data_are_a_click_away(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    turn(window, EVIDENCE)
    window.workspace.tools.turn_to("mine")
    settle()
    assert figure_of(window).headline.text == "Nothing of your own is imported yet"
    assert window.workspace.tools.mine.isVisible()
    QTest.mouseClick(window.workspace.tools.mine, Qt.MouseButton.LeftButton)
    (dialog,) = (each for each in window.findChildren(MyData) if each.isVisible())
    dialog.close()


def test_that_what_a_target_is_sought_over_is_asked_once_there_is_one(window: MainWindow) -> None:
    turn(window, SCALING)
    tools = window.workspace.tools
    assert tools.target.isVisible() and not tools.over.isVisible() and not tools.over_name.isVisible()
    type_target(window, "10 min")
    assert tools.over.isVisible() and tools.over_name.isVisible()
    window.question.undo_stack.undo()
    settle()
    assert not tools.over.isVisible()
