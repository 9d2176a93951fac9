"""Dragging on the canvas of a real window: one step of undo, live answers, and nothing that jumps."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.spec import TARGET, ChartSpec
from ipuwhatif.gui.chart.canvas import ChartCanvas
from ipuwhatif.gui.chart.chart_gestures import ChartGestures
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_target
from tests.gui.chart.test_chart_drag import end_of, lever_bar
from tests.gui.conftest import settle


def canvas_of(window: MainWindow) -> tuple[ChartCanvas, ChartSpec]:
    assert window.canvas is not None and window.canvas.spec is not None
    return window.canvas, window.canvas.spec


@pytest.fixture
def wired(window: MainWindow) -> MainWindow:
    """The window with its chart at hand, whether the window ties the two itself or not."""
    if not window.findChildren(ChartGestures):
        assert window.canvas is not None and window.world is not None
        ChartGestures(window.canvas, window.question, window.world, window)
    return window


def pull(canvas: ChartCanvas, start: QPoint, by: QPoint, steps: int = 4) -> None:
    """Press, move in steps and let go, with the window answering in between."""
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, steps + 1):
        QTest.mouseMove(canvas.viewport(), start + by * (step / steps))
        settle()
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start + by)
    settle()


def test_that_the_target_line_sets_the_target_in_one_step_of_undo(wired: MainWindow) -> None:
    wired.turn_to("scaling")
    wired.question.apply(set_target(wired.question.scenario, 600.0))
    settle()
    canvas, spec = canvas_of(wired)
    frame, steps = plot_frame(spec), wired.question.undo_stack.count()
    pull(canvas, QPoint(round(frame.left) + 250, round(frame.y(600.0))), QPoint(0, 30))
    sought = wired.question.scenario.target_s
    assert sought is not None and sought < 600.0
    (line,) = (line for line in canvas_of(wired)[1].lines if line.style == TARGET)
    assert line.y[0] == sought and not wired.question.dragging
    assert wired.question.undo_stack.count() == steps + 1
    wired.question.undo_stack.undo()
    assert wired.question.scenario.target_s == 600.0


def test_that_the_end_of_a_bar_moves_its_lever_live_and_the_chart_waits(wired: MainWindow) -> None:
    wired.turn_to("sensitivity")
    settle()
    canvas, spec = canvas_of(wired)
    place, frame = lever_bar(spec), plot_frame(spec)
    name = spec.bars[place].key.removeprefix("swing/")
    seen: list[float | None] = []
    wired.question.changed.connect(lambda: seen.append(wired.question.scenario.levers.get(name)))
    towards = round((frame.x(0.0) - end_of(spec, place).x()) / 2)
    axes: list[object] = []
    canvas.bar_dragged.connect(lambda *_: axes.append((canvas.spec or spec).x_axis))
    pull(canvas, end_of(spec, place).toPoint(), QPoint(towards, 0))
    values = [value for _, value in spec.bars[place].drag]
    assert len(seen) >= 2 and all(value is not None and min(values) <= value <= max(values) for value in seen)
    assert set(axes) == {spec.x_axis}, "nothing jumps under the hand"
    assert wired.question.undo_stack.count() == 1 and not wired.question.dragging
    after = canvas_of(wired)[1]
    assert after.x_axis != spec.x_axis or after.bars != spec.bars, "let go, it is answered anew"
