import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import handles, plot_frame
from ipuwhatif.charts.painter.chart import paint
from ipuwhatif.charts.painter.data import paint_handles
from ipuwhatif.charts.palette import NEUTRAL, color, theme
from ipuwhatif.charts.spec import ASSUMED, CROSSING, OWN, ChartSpec, Tint
from ipuwhatif.charts.styles import OWN_SIZE
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.on_page import on_page
from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure
from ipuwhatif.gui.chart.canvas import ChartCanvas
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.own_edits import set_measurement
from ipuwhatif.scenario.scenario import FIRST_START
from tests.figures import samples
from tests.figures.scaling.test_scaling_layers import curve, figure, flatter
from tests.gui.conftest import figure_of, settle

POD16 = SystemChoice("ipu-pod", 16)


def canvas_of(window: MainWindow) -> tuple[ChartCanvas, ChartSpec]:
    assert window.canvas is not None and window.canvas.spec is not None
    return window.canvas, window.canvas.spec


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)[:, :, :3].astype(float)


@pytest.mark.parametrize("theme_name", ["light", "dark"])
@pytest.mark.parametrize("question", ["compare", "scaling"])
def test_that_the_screen_shows_the_same_picture_as_an_export(
    window: MainWindow, question: str, theme_name: str
) -> None:
    window.turn_to(question)
    window.set_theme(theme_name)
    assert window.levers is not None
    window.levers.rows["compute_gain"].moved.emit(1.3)
    settle()
    canvas, _ = canvas_of(window)
    assert_as_exported(canvas, theme_name)


@pytest.mark.parametrize("theme_name", ["light", "dark"])
@pytest.mark.parametrize("kind", ["scaling", "compare", "sensitivity", "stated"])
def test_that_every_element_of_a_chart_is_the_same_on_screen(window: MainWindow, kind: str, theme_name: str) -> None:
    canvas, _ = canvas_of(window)
    window.set_theme(theme_name)
    chart = crowded(kind, canvas.width(), canvas.height())
    canvas.set_spec(chart)
    settle()
    shown = canvas_of(window)[1]
    assert (shown.zones, shown.strips, shown.lines) == (chart.zones, chart.strips, chart.lines)
    assert_as_exported(canvas, theme_name)


def test_that_areas_are_smooth_at_rest_and_quick_under_a_hand(window: MainWindow) -> None:
    canvas, _ = canvas_of(window)
    chart = replace(crowded("scaling", canvas.width(), canvas.height()), labels=())
    for hold in (True, False):
        canvas.set_spec(chart, hold=hold)
        differs = np.abs(pixels(canvas.grab().toImage()) - pixels(exported(canvas_of(window)[1], "light"))).max(axis=2)
        assert differs.any() is np.bool_(hold)
        assert differs.max() < 64 and (differs > 0).mean() < 0.01, "nothing but the edges of areas"


def test_that_crossings_are_hollow_and_handles_full_on_screen(window: MainWindow) -> None:
    canvas, _ = canvas_of(window)
    canvas.set_spec(crowded("scaling", canvas.width(), canvas.height()))
    settle()
    image, spec = canvas.grab().toImage(), canvas_of(window)[1]
    frame = plot_frame(spec)
    hollow = [(mark.x, mark.y) for mark in spec.marks if mark.style == CROSSING]
    assert hollow and handles(spec)
    for places, colour in ((hollow, theme("light").background), (handles(spec), color(NEUTRAL, "light"))):
        for x, y in places:
            assert image.pixelColor(round(frame.x(x)), round(frame.y(y))).name() == colour


def test_that_a_measurement_of_the_users_own_comes_onto_the_chart_as_a_hollow_square(window: MainWindow) -> None:
    window.question.apply(set_measurement(FIRST_START, POD16, Measurement(TIME, 2100.0), load_world().catalog))
    settle()
    canvas, spec = canvas_of(window)
    (mark,) = (mark for mark in spec.marks if mark.style == OWN)
    image, frame = canvas.grab().toImage(), plot_frame(spec)
    x, y = frame.x(mark.x), frame.y(mark.y)
    assert image.pixelColor(round(x), round(y)).name() == theme("light").background
    edge, wanted = image.pixelColor(int(x - OWN_SIZE / 2), round(y)), QColor(color(mark.tint, "light"))
    assert all(abs(a - b) < 40 for a, b in zip(edge.getRgb(), wanted.getRgb(), strict=True))


def crowded(kind: str, width: int, height: int) -> ChartSpec:
    """A chart with all that it can have."""
    if kind == "sensitivity":
        answer = sensitivity(load_world(), FIRST_START, FIRST_START.systems[0])
        return sensitivity_figure(answer, width, height).chart
    if kind == "stated":
        tornado = crowded("sensitivity", width, height)
        return replace(tornado, bars=tuple(replace(bar, hatched=True) for bar in tornado.bars))
    if kind == "scaling":
        ours = curve()
        ours = replace(ours, baseline_median=ours.high, assumed_median=ours.low)
        return figure(ours, flatter(30.0), target_s=300.0, size=(width, height)).chart
    chart = compare_figure(samples.comparison(), samples.scenario(), width, height).chart
    assumed = tuple(replace(each, style=ASSUMED, tint=Tint("neutral", 0.9)) for each in chart.intervals[:2])
    return replace(chart, intervals=(*assumed, *chart.intervals))


def assert_as_exported(canvas: ChartCanvas, theme_name: str) -> None:
    """The screen's picture of the canvas is the painter's."""
    spec = canvas.spec
    assert spec is not None
    shown, painted = pixels(canvas.grab().toImage()), pixels(exported(spec, theme_name))
    differs = np.abs(shown - painted).max(axis=2)
    assert (differs > 64).mean() < 0.004, "the edges of labels; test_chart_elements sees each element"
    ink = np.abs(painted - painted[0, 0]).max(axis=2) > 64
    assert ink.mean() > 0.01, "there is a picture at all"


def exported(spec: ChartSpec, theme_name: str) -> QImage:
    """The picture of a chart that a file holds, with the handles that only a screen has."""
    image = QImage(spec.width, spec.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(painter, spec, theme_name, spec.width, spec.height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_handles(painter, spec, theme(theme_name))
    painter.end()
    return image


def test_that_the_axes_are_those_of_the_spec(window: MainWindow) -> None:
    """A median in the middle of the plot, and one near each of its ends, stand where the axes say."""
    canvas, spec = canvas_of(window)
    axis, first = spec.x_axis, spec.intervals[0]
    for share in (0.02, 0.5, 0.98):
        value = axis.low + share * (axis.high - axis.low)
        for row in (spec.y_axis.low + 0.5, spec.y_axis.high - 0.5):
            only = replace(first, row=row, low=value, median=value, high=value)
            canvas.set_spec(replace(spec, intervals=(only,), marks=(), labels=()))
            settle()
            frame, image = plot_frame(canvas_of(window)[1]), canvas.grab().toImage()
            assert canvas_of(window)[1].x_axis == axis
            at = QPointF(frame.x(value), frame.y(row) + frame.bar_height / 4)
            assert image.pixelColor(int(at.x()), int(at.y())).name() == color(first.tint, "light")


def test_that_a_mark_is_found_where_it_is_drawn_and_before_the_bar_behind_it(window: MainWindow) -> None:
    canvas, spec = canvas_of(window)
    frame = plot_frame(spec)
    for mark in spec.marks:
        assert canvas.key_at(QPointF(frame.x(mark.x), frame.y(mark.y))) == mark.key
    assert canvas.key_at(QPointF(frame.right - 2, frame.bottom - 1)) == ""


def test_that_a_click_on_a_bar_asks_for_the_why_of_its_projection(window: MainWindow) -> None:
    canvas, spec = canvas_of(window)
    frame, wide = plot_frame(spec), spec.intervals[0]
    at = QPointF(frame.x(wide.high) - 1.5, frame.y(wide.row) + frame.bar_height / 2 - 2)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    settle()
    assert window.drawer.why is not None and window.drawer.why.key == wide.key


def test_that_a_click_on_a_curve_asks_for_the_why_of_one_of_its_sizes(window: MainWindow) -> None:
    window.turn_to("scaling")
    settle()
    canvas, spec = canvas_of(window)
    frame, line = plot_frame(spec), spec.lines[0]
    middle = QPointF((frame.x(line.x[0]) + frame.x(line.x[1])) / 2, (frame.y(line.y[0]) + frame.y(line.y[1])) / 2)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle.toPoint())
    settle()
    assert window.drawer.why is not None and window.drawer.why.key.startswith(f"{line.key}:")


def test_that_a_resized_window_lays_its_chart_out_anew(window: MainWindow) -> None:
    window.resize(1600, 900)
    settle()
    canvas, spec = canvas_of(window)
    assert (spec.width, spec.height) == (canvas.width(), canvas.height())
    asked = on_page(figure_of(window).chart)
    assert (asked.width, asked.height) == (canvas.width(), canvas.height())


def test_that_names_are_drawn_as_text_and_never_read_as_markup(window: MainWindow) -> None:
    canvas, spec = canvas_of(window)
    canvas.set_spec(replace(spec, title="<b>bold</b>&amp;\n<img src=x>"))
    canvas.grab()
    assert canvas.spec is not None and canvas.spec.title.startswith("<b>")
