"""Places on the page: rows run down, quantities up, a log axis by its logarithm."""

import pytest

from ipuwhatif.figures.geometry import fraction, plot_frame
from ipuwhatif.figures.spec import Axis


def test_that_a_log_axis_goes_by_ratios():
    axis = Axis("", "log", 1.0, 100.0, ())
    assert [fraction(axis, value) for value in (1.0, 10.0, 100.0)] == pytest.approx([0.0, 0.5, 1.0])


def test_that_rows_run_down_and_quantities_up(first_start, scaled):
    rows, curves = plot_frame(first_start.chart), plot_frame(scaled.chart)
    assert rows.y(0) < rows.y(4)
    assert curves.y(60.0) > curves.y(600.0)


def test_that_the_plot_is_what_the_margins_leave(first_start):
    chart, frame = first_start.chart, plot_frame(first_start.chart)
    assert frame.left == chart.margin_left and frame.right == chart.width - chart.margin_right
    assert frame.top == chart.margin_top and frame.bottom == chart.height - chart.margin_bottom
