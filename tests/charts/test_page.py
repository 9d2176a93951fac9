"""The page of a chart: margins as its texts need them, a plot as high as its rows need."""

import math

import pytest

from ipuwhatif.charts.geometry import SUBTITLE_STEP, plot_frame
from ipuwhatif.charts.labels import legend_height, text_width
from ipuwhatif.charts.page import Page, names_room, page_of, row_axis
from ipuwhatif.charts.palette import TICK_SIZE
from ipuwhatif.charts.spec import OFFICIAL, Axis, ChartSpec, LegendEntry, Tick

LEGEND = (LegendEntry(OFFICIAL, "official result"),)
PAGE = Page(800, 500, 120, 60, 70, 90)


def test_that_a_chart_on_a_page_has_the_plot_of_the_page() -> None:
    x_axis = Axis("minutes", "linear", 0.0, 1.0, ())
    chart = ChartSpec("compare", "title", "", x_axis, row_axis(["one", "two"]), **PAGE.margins)
    assert plot_frame(chart) == PAGE.frame(x_axis, chart.y_axis)
    assert (PAGE.plot_width, PAGE.plot_height) == (620, 340)


@pytest.mark.parametrize(("needed", "height"), [(340.0, 500), (100.0, 500), (340.5, 501), (900.0, 1060)])
def test_that_a_page_grows_with_its_rows_and_never_shrinks(needed: float, height: int) -> None:
    grown = PAGE.holding(needed)
    assert grown.height == height and grown.plot_height >= needed
    assert (grown.width, grown.top, grown.bottom) == (PAGE.width, PAGE.top, PAGE.bottom)


def test_that_margins_hold_the_lines_of_the_subtitle_and_the_rows_of_the_legend() -> None:
    one = page_of((800, 500), "a line", LEGEND, 120, 60.2, 64)
    three = page_of((800, 500), "a line\nand\nanother", LEGEND * 12, 120, 60.2, 64)
    assert (one.top, three.top) == (64, 64 + 2 * SUBTITLE_STEP) and one.right == 61
    assert three.bottom - one.bottom == legend_height(LEGEND * 12, 800, 120) - legend_height(LEGEND, 800, 120) > 0


def test_that_the_longest_name_of_a_row_fits_left_of_the_plot() -> None:
    names = ["IPU-POD16 (16 IPUs)", "DGX A100"]
    assert names_room(names) >= math.ceil(text_width(names[0], TICK_SIZE)) + 12
    assert row_axis(names) == Axis("", "rows", -0.5, 1.5, (Tick(0.0, names[0]), Tick(1.0, names[1])))
