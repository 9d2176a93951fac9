"""Places on the page: rows run down, quantities up, a log axis by its logarithm."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.charts.geometry import (
    Frame,
    bar_span,
    fraction,
    handles,
    hatching,
    plot_frame,
    stacked,
    strip_span,
    value_at,
)
from ipuwhatif.charts.labels import text_height
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.palette import NEUTRAL, TICK_SIZE
from ipuwhatif.charts.spec import TARGET, TARGET_KEY, Axis, Bar, Line, Strip
from ipuwhatif.charts.styles import MARK_SIZE
from ipuwhatif.figures.compare.rows import ROW_HEIGHT
from ipuwhatif.records import replace


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


@given(st.floats(0.0, 1.0), st.sampled_from(["linear", "log"]))
def test_that_a_value_is_found_again_at_its_place(part, scale):
    axis = Axis("", scale, 2.0, 500.0, ())
    assert fraction(axis, value_at(axis, part)) == pytest.approx(part, abs=1e-12)


def test_that_a_target_across_or_upright_has_its_handle_inside_the_plot(first_start, scaled):
    rows, curves = first_start.chart, scaled.chart
    upright = Line((900.0, 900.0), (rows.y_axis.low, rows.y_axis.high), NEUTRAL, TARGET, False, TARGET_KEY)
    across = Line((curves.x_axis.low, curves.x_axis.high), (900.0, 900.0), NEUTRAL, TARGET, False, TARGET_KEY)
    for chart, line in ((rows, upright), (curves, across)):
        frame = plot_frame(chart)
        ((x, y),) = handles(replace(chart, lines=(*chart.lines, line)))
        assert frame.left < frame.x(x) < frame.right and frame.top < frame.y(y) < frame.bottom
        assert (frame.x(x) - frame.left < 10) == (line is across) and (frame.y(y) - frame.top < 10) == (line is upright)
    assert handles(curves) == ()


def test_that_lanes_of_a_ribbon_lie_over_each_other_at_the_bottom(scaled):
    frame = plot_frame(scaled.chart)
    spans = [strip_span(frame, Strip(8.0, 16.0, lane, NEUTRAL, "", "", "")) for lane in range(3)]
    assert spans[0][1] == frame.bottom
    assert all(top < bottom for top, bottom in spans)
    assert all(upper[1] < lower[0] for lower, upper in pairwise(spans))


@given(st.floats(1e-6, 1e6), st.floats(1.5, 1e9), st.floats(20.0, 800.0))
def test_that_no_tick_of_an_upright_axis_touches_the_next(low, factor, height):
    axis = log_axis("", low, low * factor)
    kept = stacked(axis, height).ticks
    assert set(kept) <= set(axis.ticks) and bool(kept) == bool(axis.ticks)
    places = [fraction(axis, tick.value) * height for tick in kept]
    assert all(after - before >= text_height(TICK_SIZE) for before, after in pairwise(places))


def test_that_an_upright_axis_keeps_powers_of_ten_where_room_is_short():
    axis = log_axis("", 0.9, 60.0)
    assert stacked(axis, 400.0) == axis
    assert [tick.text for tick in stacked(axis, 60.0).ticks] == ["1", "10"]
    assert len(stacked(axis, 10.0).ticks) == 1


def test_that_strokes_of_a_hatched_bar_stay_in_it_and_run_all_along_it():
    frame = Frame(100.0, 50.0, 400.0, 60.0, Axis("", "linear", 0.0, 10.0, ()), Axis("", "rows", -0.5, 0.5, ()))
    bar = Bar(0.0, 0.0, 5.0, NEUTRAL, "", hatched=True)
    left, top, right, bottom = bar_span(frame, bar)
    strokes = hatching(frame, bar)
    assert (left, right) == (100.0, 300.0) and len(strokes) > 20
    for x, y in (end for stroke in strokes for end in stroke):
        assert left <= x <= right and top - 1e-9 <= y <= bottom + 1e-9
    assert strokes[0][0][0] == left and strokes[-1][1][0] == right


def test_that_an_interval_stands_out_over_the_mark_in_it_in_the_lowest_row():
    axes = Axis("", "linear", 0.0, 1.0, ()), Axis("", "rows", -0.5, 4.5, ())
    assert Frame(0.0, 0.0, 400.0, 5.0 * ROW_HEIGHT, *axes).bar_height >= 1.6 * MARK_SIZE
