"""A chart as the window shows it: the page around it says title and subtitle, so the plot takes their room."""

import math

from ipuwhatif.charts.geometry import TICK_DROP, X_TITLE_DROP, Y_TITLE_RISE, Frame, plot_frame
from ipuwhatif.charts.labels import LEGEND_LINE, legend_foot, page_legend, rows_height, text_height
from ipuwhatif.charts.palette import LABEL_SIZE, TICK_SIZE
from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.records import replace

AIR = 5.0  # between the plot or its highest label and the page above it, in logical pixels


def on_page(chart: ChartSpec) -> ChartSpec:
    """The chart without the room of its titles, with a legend in few words, and with no more under its axis than
    stands there: the plot stays.

    The height that is saved is taken off, so a chart for a given room is to be asked for with so much more.
    """
    legend = tuple(replace(entry, text=entry.short or entry.text) for entry in chart.legend)
    frame, bare = plot_frame(chart), replace(chart, titled=False, legend=legend)
    top, bottom = min(_above(chart, frame), chart.margin_top), min(_below(bare, frame), chart.margin_bottom)
    height = chart.height - (chart.margin_top - top) - (chart.margin_bottom - bottom)
    return replace(bare, height=height, margin_top=top, margin_bottom=bottom)


def _above(chart: ChartSpec, frame: Frame) -> int:
    """What the title of the y axis and labels over the plot need."""
    labels = [frame.y(each.y) + each.dy - text_height(LABEL_SIZE) / 2 for each in chart.labels]
    highest = min((frame.top, *labels))
    if chart.y_axis.title:
        highest = min(highest, frame.top - Y_TITLE_RISE - text_height(TICK_SIZE) / 2)
    return math.ceil(frame.top - highest + AIR)


def _below(chart: ChartSpec, frame: Frame) -> int:
    """What ticks, the title of the x axis, labels under the plot and the legend need."""
    title, labels = chart.x_axis.title, [frame.y(each.y) + each.dy - frame.bottom for each in chart.labels]
    under = max(labels, default=0.0) + text_height(LABEL_SIZE) / 2
    lowest = max((X_TITLE_DROP if title else TICK_DROP) + text_height(TICK_SIZE) / 2, under)
    if not chart.legend:
        return math.ceil(lowest + legend_foot(chart))
    rows, beside = page_legend(chart)
    start = max(X_TITLE_DROP - LEGEND_LINE / 2, under) if beside else lowest
    return math.ceil(start + rows_height(rows) + legend_foot(chart))
