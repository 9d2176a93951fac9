"""Taking hold of a chart: the target line and the ends of levers' bars, and what the canvas tells while they move."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import Frame, handles, plot_frame
from ipuwhatif.charts.spec import TARGET, TARGET_KEY, ChartSpec
from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure
from ipuwhatif.gui.chart.canvas import ChartCanvas
from ipuwhatif.gui.chart.chart_drag import REACH, grip_at, moved, value_of
from ipuwhatif.scenario.scenario import FIRST_START
from tests.figures.scaling.test_scaling_layers import curve, figure
from tests.gui.conftest import settle

TARGET_S = 300.0


@pytest.fixture(scope="module")
def sought() -> ChartSpec:
    """Curves with a target line."""
    return figure(curve(), target_s=TARGET_S).chart


@pytest.fixture(scope="module")
def tornado() -> ChartSpec:
    return sensitivity_figure(sensitivity(load_world(), FIRST_START, SystemChoice("ipu-pod", 64))).chart


@pytest.fixture
def canvas(qapp: QApplication) -> Iterator[ChartCanvas]:
    page = QWidget()
    page.resize(960, 540)
    canvas = ChartCanvas("light", page)
    canvas.resize(960, 540)
    page.show()
    settle()
    yield canvas
    page.close()
    page.deleteLater()
    settle()


def on_line(spec: ChartSpec, seconds: float = TARGET_S) -> tuple[Frame, QPointF]:
    frame = plot_frame(spec)
    return frame, QPointF(frame.left + 200, frame.y(seconds))


def lever_bar(spec: ChartSpec) -> int:
    """The longest bar of a lever."""
    return max((place for place, bar in enumerate(spec.bars) if bar.drag), key=lambda place: abs(spec.bars[place].end))


def end_of(spec: ChartSpec, place: int) -> QPointF:
    frame, bar = plot_frame(spec), spec.bars[place]
    return QPointF(frame.x(bar.end), frame.y(bar.row))


def test_that_the_target_line_is_held_within_its_reach_and_no_further(sought: ChartSpec) -> None:
    frame, at = on_line(sought)
    for away, held in ((0.0, True), (REACH - 0.5, True), (REACH + 1.0, False), (-REACH - 1.0, False)):
        assert (grip_at(sought, at + QPointF(0, away)) is not None) == held
    assert grip_at(sought, QPointF(frame.right + 40, at.y())) is None
    (handle,) = handles(sought)
    grip = grip_at(sought, QPointF(frame.x(handle[0]) - 4, frame.y(handle[1])))
    assert grip is not None and grip.key == TARGET_KEY and grip.cursor == Qt.CursorShape.SizeVerCursor


@given(st.floats(-500.0, 1500.0))
def test_that_the_target_stays_within_the_plot_and_where_the_hand_is(y: float) -> None:
    spec = figure(curve(), target_s=TARGET_S).chart
    frame, at = on_line(spec)
    grip = grip_at(spec, at)
    assert grip is not None
    seconds = value_of(grip, QPointF(at.x(), y))
    assert spec.y_axis.low * 0.99 <= seconds <= spec.y_axis.high * 1.01
    if frame.top < y < frame.bottom:
        assert frame.y(seconds) == pytest.approx(y, abs=1.0)


def test_that_only_ends_of_levers_bars_are_held(tornado: ChartSpec) -> None:
    place = lever_bar(tornado)
    grip = grip_at(tornado, end_of(tornado, place))
    assert grip is not None and grip.bar == place and grip.cursor == Qt.CursorShape.SizeHorCursor
    fixed = [number for number, bar in enumerate(tornado.bars) if not bar.drag]
    assert fixed
    for number in fixed:
        held = grip_at(tornado, end_of(tornado, number))
        assert held is None or tornado.bars[held.bar].row != tornado.bars[number].row or held.bar != number


def test_that_a_bar_leads_from_one_end_of_the_lever_to_the_other(tornado: ChartSpec) -> None:
    place = lever_bar(tornado)
    bar, frame = tornado.bars[place], plot_frame(tornado)
    grip = grip_at(tornado, end_of(tornado, place))
    assert grip is not None
    xs = [frame.x(x) for x, _ in bar.drag]
    values = [value_of(grip, QPointF(x, 0.0)) for x in xs]
    assert values == pytest.approx([value for _, value in bar.drag])
    assert value_of(grip, QPointF(min(xs) - 100, 0.0)) == pytest.approx(bar.drag[0][1])
    assert value_of(grip, QPointF(max(xs) + 100, 0.0)) == pytest.approx(bar.drag[-1][1])


def test_that_the_bar_follows_the_hand_and_nothing_else_moves(tornado: ChartSpec) -> None:
    place = lever_bar(tornado)
    grip = grip_at(tornado, end_of(tornado, place))
    assert grip is not None
    frame = plot_frame(tornado)
    drawn = moved(grip, QPointF((frame.x(0.0) + frame.x(tornado.bars[place].end)) / 2, 0.0))
    assert drawn.bars[place].end == pytest.approx(tornado.bars[place].end / 2, rel=0.05)
    assert [bar for bar in drawn.bars if bar.row != tornado.bars[place].row] == [
        bar for bar in tornado.bars if bar.row != tornado.bars[place].row
    ]
    assert (drawn.x_axis, drawn.y_axis) == (tornado.x_axis, tornado.y_axis)


def test_that_a_drag_of_the_target_is_told_live_and_dropped_once(canvas: ChartCanvas, sought: ChartSpec) -> None:
    canvas.set_spec(sought)
    seconds: list[float] = []
    dropped: list[None] = []
    clicked: list[str] = []
    canvas.target_dragged.connect(seconds.append)
    canvas.target_dropped.connect(lambda: dropped.append(None))
    canvas.clicked.connect(clicked.append)
    _, at = on_line(canvas.spec or sought)
    press = at.toPoint()
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=press)
    for step in (10, 20, 30):
        QTest.mouseMove(canvas.viewport(), press + QPointF(0, step).toPoint())
    assert len(seconds) == 3 and seconds == sorted(seconds, reverse=True) and seconds[0] < TARGET_S
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=press + QPointF(0, 30).toPoint())
    assert (len(dropped), clicked) == (1, [])


def test_that_the_axes_stay_while_the_target_is_dragged(canvas: ChartCanvas, sought: ChartSpec) -> None:
    canvas.set_spec(sought)
    assert canvas.spec is not None
    before, (_, at) = canvas.spec, on_line(canvas.spec)

    def follow(seconds: float) -> None:
        canvas.set_spec(figure(curve(factor=0.9), target_s=seconds).chart)

    canvas.target_dragged.connect(follow)
    press = at.toPoint()
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=press)
    QTest.mouseMove(canvas.viewport(), press + QPointF(0, 25).toPoint())
    (line,) = (line for line in canvas.spec.lines if line.style == TARGET)
    assert (canvas.spec.x_axis, canvas.spec.y_axis) == (before.x_axis, before.y_axis)
    assert plot_frame(canvas.spec).y(line.y[0]) == pytest.approx(press.y() + 25, abs=1.5)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=press)


def test_that_a_drag_of_a_bar_tells_its_lever_and_holds_the_chart(canvas: ChartCanvas, tornado: ChartSpec) -> None:
    canvas.set_spec(tornado)
    assert canvas.spec is not None
    told: list[tuple[str, float]] = []
    dropped: list[None] = []
    canvas.bar_dragged.connect(lambda key, value: told.append((key, value)))
    canvas.bar_dropped.connect(lambda: dropped.append(None))
    place = lever_bar(canvas.spec)
    at, frame = end_of(canvas.spec, place).toPoint(), plot_frame(canvas.spec)
    towards = int((frame.x(0.0) - at.x()) / 2)
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(canvas.viewport(), at + QPointF(towards, 0).toPoint())
    canvas.set_spec(figure(curve()).chart)  # an answer that comes in meanwhile
    assert canvas.spec is not None and canvas.spec.kind == "sensitivity"
    values = [value for _, value in tornado.bars[place].drag]
    assert told[0][0] == tornado.bars[place].key and min(values) <= told[0][1] <= max(values)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(dropped) == 1
    canvas.set_spec(figure(curve()).chart)
    assert canvas.spec is not None and canvas.spec.kind == "scaling"


def test_that_a_click_on_a_bars_end_is_still_a_click(canvas: ChartCanvas, tornado: ChartSpec) -> None:
    canvas.set_spec(tornado)
    assert canvas.spec is not None
    place, clicked, dragged = lever_bar(canvas.spec), [], []
    canvas.clicked.connect(clicked.append)
    canvas.bar_dragged.connect(lambda *told: dragged.append(told))
    inside = end_of(canvas.spec, place) - QPointF(2.0 if canvas.spec.bars[place].end > 0 else -2.0, 0)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=inside.toPoint())
    assert (clicked, dragged) == ([tornado.bars[place].key], [])


def test_that_the_cursor_says_what_can_be_held(canvas: ChartCanvas, sought: ChartSpec) -> None:
    canvas.set_spec(sought)
    frame, at = on_line(canvas.spec or sought)
    QTest.mouseMove(canvas.viewport(), at.toPoint())
    assert canvas.cursor().shape() == Qt.CursorShape.SizeVerCursor
    QTest.mouseMove(canvas.viewport(), QPointF(frame.right - 3, frame.top + 3).toPoint())
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
