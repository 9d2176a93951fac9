"""A chart as the page shows it: the same plot, without what the page around it says."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.geometry import X_TITLE_DROP, plot_frame
from ipuwhatif.charts.labels import legend_places, text_width
from ipuwhatif.charts.palette import TICK_SIZE
from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.on_page import on_page
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START


@pytest.fixture(scope="module")
def chart() -> ChartSpec:
    return compare_figure(compare(load_world(), FIRST_START), FIRST_START, 1054, 560).chart


def test_that_the_plot_stays_and_the_titles_give_their_room(chart: ChartSpec) -> None:
    page = on_page(chart)
    old, new = plot_frame(chart), plot_frame(page)
    assert (new.left, new.width, new.height) == (old.left, old.width, old.height)
    assert page.margin_top < 20 and page.height < chart.height - 50
    assert (page.labels, page.intervals, page.title) == (chart.labels, chart.intervals, chart.title)
    assert not page.titled and chart.titled


def test_that_a_short_legend_stands_on_the_line_of_the_axis_title_and_left_of_it(chart: ChartSpec) -> None:
    page = on_page(chart)
    frame, places = plot_frame(page), legend_places(page)
    assert {middle for _, middle, _ in places} == {frame.bottom + X_TITLE_DROP}
    left, _, entry = places[-1]
    assert left + 34 + text_width(entry.text, 12) < frame.right - text_width(page.x_axis.title, TICK_SIZE)


def test_that_a_long_legend_stands_under_the_axis_title(chart: ChartSpec) -> None:
    page = on_page(replace(chart, legend=chart.legend * 4))
    frame, places = plot_frame(page), legend_places(page)
    assert places[-1][1] + 6 <= page.height
    assert places[0][1] >= frame.bottom + X_TITLE_DROP
