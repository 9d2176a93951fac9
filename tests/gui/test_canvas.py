from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from ipuwhatif.export.painter import paint
from ipuwhatif.figures.geometry import plot_frame
from ipuwhatif.figures.spec import ChartSpec
from ipuwhatif.gui.canvas import ChartCanvas
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import figure_of, settle


def canvas_of(window: MainWindow) -> tuple[ChartCanvas, ChartSpec]:
    assert window.canvas is not None and window.canvas.spec is not None
    return window.canvas, window.canvas.spec


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)[:, :, :3].astype(float)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("question", ["compare", "scaling"])
def test_that_the_screen_shows_the_same_picture_as_an_export(window: MainWindow, question: str, theme: str) -> None:
    window.turn_to(question)
    window.set_theme(theme)
    assert window.levers is not None
    window.levers.rows["compute_gain"].moved.emit(1.3)
    settle()
    canvas, spec = canvas_of(window)
    exported = QImage(canvas.size(), QImage.Format.Format_RGB32)
    painter = QPainter(exported)
    paint(painter, spec, theme, spec.width, spec.height)
    painter.end()
    shown, painted = pixels(canvas.grab().toImage()), pixels(exported)
    differs = np.abs(shown - painted).max(axis=2)
    assert (differs > 64).mean() < 0.01, "no more than the edges of strokes"
    ink = np.abs(painted - painted[0, 0]).max(axis=2) > 64
    assert ink.mean() > 0.01, "there is a picture at all"


def test_that_the_axes_are_those_of_the_spec(window: MainWindow) -> None:
    canvas, spec = canvas_of(window)
    (left, right), (top, bottom) = canvas._view.viewRange()
    assert (left, right) == pytest.approx((spec.x_axis.low, spec.x_axis.high))
    assert (top, bottom) == pytest.approx((spec.y_axis.low, spec.y_axis.high))


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


def test_that_a_click_on_a_curve_asks_for_its_why(window: MainWindow) -> None:
    window.turn_to("scaling")
    settle()
    canvas, spec = canvas_of(window)
    frame, line = plot_frame(spec), spec.lines[0]
    middle = QPointF((frame.x(line.x[0]) + frame.x(line.x[1])) / 2, (frame.y(line.y[0]) + frame.y(line.y[1])) / 2)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle.toPoint())
    settle()
    assert window.drawer.why is not None and window.drawer.why.key == line.key


def test_that_a_resized_window_lays_its_chart_out_anew(window: MainWindow) -> None:
    window.resize(1600, 900)
    settle()
    canvas, spec = canvas_of(window)
    assert (spec.width, spec.height) == (canvas.width(), canvas.height())
    asked = figure_of(window).chart
    assert (asked.width, asked.height) == (canvas.width(), canvas.height())


def test_that_names_are_drawn_as_text_and_never_read_as_markup(window: MainWindow) -> None:
    canvas, spec = canvas_of(window)
    canvas.set_spec(replace(spec, title="<b>bold</b>&amp;\n<img src=x>"))
    canvas.grab()
    assert canvas.spec is not None and canvas.spec.title.startswith("<b>")
