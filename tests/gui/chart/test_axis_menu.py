"""The axes are looked at otherwise: logarithmic or not, nearer or farther; files show what the window shows."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.export.office.deck import deck
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, SCALING
from ipuwhatif.gui.scenarios.scenario_commands import add
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_target
from ipuwhatif.scenario.files.file_format import document_bytes, read_content
from ipuwhatif.texts import CHINESE
from tests.gui.conftest import figure_of, settle


def turn_to(window: MainWindow, question: str) -> None:
    window.turn_to(question)
    settle()


def ends(window: MainWindow) -> tuple[int, int]:
    """The least and the most chips in the table."""
    counts = [round(row[1].number) for row in figure_of(window).table.rows]
    return min(counts), max(counts)


def point_at(window: MainWindow, chips: float) -> QPoint:
    frame = plot_frame(window.canvas.spec)
    return QPoint(round(frame.x(chips)), round(frame.top + 30))


def wheel(window: MainWindow, chips: float, notches: int) -> None:
    place = QPointF(point_at(window, chips))
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    plain = Qt.KeyboardModifier.NoModifier
    around = QPointF(window.canvas.mapToGlobal(place.toPoint()))
    event = QWheelEvent(place, around, QPoint(), QPoint(0, 120 * notches), none, plain, phase, False)
    QApplication.sendEvent(window.canvas.viewport(), event)
    settle()


@pytest.mark.parametrize(("question", "axis"), [(COMPARE, "x_axis"), (SCALING, "y_axis")])
def test_that_the_axis_of_time_is_switched_and_switched_back(window: MainWindow, question: str, axis: str) -> None:
    turn_to(window, question)
    before = getattr(figure_of(window).chart, axis)
    for _ in range(2):
        window.menus.axes.log.trigger()
        settle()
        now = getattr(figure_of(window).chart, axis)
        assert window.menus.axes.log.isChecked() == (now.scale == "log") == ("logarithmic" in now.title)
        assert now.ticks and window.canvas.spec is not None
    assert now == before
    window.question.undo_stack.undo()
    settle()
    assert window.menus.axes.log.isChecked() == (before.scale != "log")


def test_that_a_document_keeps_its_scales_and_no_zoom(window: MainWindow) -> None:
    window.menus.axes.log.trigger()
    turn_to(window, SCALING)
    window.menus.axes.log.trigger()
    wheel(window, 64.0, 2)
    content = read_content(document_bytes(window.question.document), "plan", window.world.catalog, window.world.levers)
    document = content.document
    assert document == window.question.document
    assert dict(document.scenario.scales) == {"compare": "log", "scaling": "linear"}
    first, second, *_ = deck(window.world, document.scenario)
    assert (first.chart.x_axis.scale, second.chart.y_axis.scale) == ("log", "linear")


def test_that_both_scenarios_of_a_document_have_one_scale(window: MainWindow) -> None:
    add(window.question)
    window.menus.axes.log.trigger()
    window.question.turn_to(0)
    settle()
    assert figure_of(window).chart.x_axis.scale == "log"


def test_that_each_tab_keeps_its_scale_and_others_have_none(window: MainWindow) -> None:
    window.menus.axes.log.trigger()
    settle()
    turn_to(window, BREAKDOWN)
    assert not window.menus.axes.log.isEnabled()
    turn_to(window, SCALING)
    assert window.menus.axes.log.isChecked()
    turn_to(window, COMPARE)
    assert figure_of(window).chart.x_axis.scale == "log"
    window.set_language(CHINESE)
    settle()
    assert figure_of(window).chart.x_axis.scale == "log"


def test_that_every_chart_in_one_file_has_the_scales_of_the_window(window: MainWindow) -> None:
    scales = {"compare": "log", "scaling": "linear"}
    first, second, *_ = deck(window.world, window.question.scenario, scales)
    assert (first.chart.x_axis.scale, second.chart.y_axis.scale) == ("log", "linear")


def test_that_a_target_is_never_dragged_to_no_time_at_all(window: MainWindow) -> None:
    turn_to(window, SCALING)
    window.question.apply(set_target(window.question.scenario, 3600.0))
    window.menus.axes.log.trigger()
    settle()
    canvas, frame = window.canvas, plot_frame(window.canvas.spec)
    start = QPoint(round(frame.left + 300), round(frame.y(3600.0)))
    end = QPoint(start.x(), round(frame.bottom + 200))
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for y in range(start.y(), end.y(), 20):
        QTest.mouseMove(canvas.viewport(), QPoint(start.x(), y))
    QTest.mouseMove(canvas.viewport(), end)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    settle()
    assert 0.0 < window.question.scenario.target_s < 60.0


def test_that_the_wheel_looks_nearer_around_the_pointer_and_farther_again(window: MainWindow) -> None:
    turn_to(window, SCALING)
    whole = ends(window)
    wheel(window, 64.0, 2)
    low, high = ends(window)
    assert whole[0] < low < 64 < high < whole[1]
    assert all(low <= mark.x <= high for mark in figure_of(window).chart.marks)
    wheel(window, 64.0, -4)
    assert ends(window) == whole and not window.menus.axes.whole.isEnabled()


def test_that_the_wheel_scrolls_where_nothing_runs_along_chips(window: MainWindow) -> None:
    before = figure_of(window)
    wheel(window, 5.0, 1)
    assert figure_of(window) == before


def test_that_a_stretch_that_is_drawn_is_shown_and_a_double_click_shows_the_whole(window: MainWindow) -> None:
    turn_to(window, SCALING)
    whole, canvas = ends(window), window.canvas
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point_at(window, 16.5))
    for chips in (32.0, 64.0, 127.0):
        QTest.mouseMove(canvas.viewport(), point_at(window, chips))
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point_at(window, 127.0))
    settle()
    assert ends(window) == (16, 128) or ends(window) == (16, 127)
    assert window.menus.axes.whole.isEnabled()
    QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point_at(window, 100.0))
    settle()
    assert ends(window) == whole


def test_that_keys_look_nearer_and_show_the_whole(window: MainWindow) -> None:
    axes = window.menus.axes
    assert not axes.nearer.isEnabled()
    turn_to(window, SCALING)
    whole = ends(window)
    axes.nearer.trigger()
    settle()
    near = ends(window)
    assert near[1] / near[0] < whole[1] / whole[0]
    axes.farther.trigger()
    settle()
    assert ends(window) == whole
    axes.nearer.trigger()
    settle()
    axes.whole.trigger()
    settle()
    assert ends(window) == whole


def test_that_a_range_that_no_ticked_system_reaches_gives_way_to_the_whole(window: MainWindow) -> None:
    turn_to(window, SCALING)
    for _ in range(3):
        wheel(window, 4000.0, 3)
    assert ends(window)[0] > 256
    for choice in window.question.scenario.systems:
        if choice.key != "ipu-pod:16":
            window.systems.boxes[choice].click()
    window.menus.axes.whole.trigger()
    settle()
    assert ends(window)[0] <= 16
