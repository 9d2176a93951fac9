"""A chart laid out without a font, drawn as wide as its letters really let it.

Texts are estimated on the safe side where no screen is; here they are measured, and what they leave goes to the plot.
"""

from functools import lru_cache

from PySide6.QtGui import QFontMetricsF

from ipuwhatif.charts.geometry import Frame, fraction, plot_frame
from ipuwhatif.charts.labels import EDGE
from ipuwhatif.charts.painter.fonts import font
from ipuwhatif.charts.palette import LABEL_SIZE, TICK_SIZE
from ipuwhatif.charts.spec import ChartSpec, Label
from ipuwhatif.charts.styles import SHARES
from ipuwhatif.gui.chart.chart_hits import NAME_GAP
from ipuwhatif.records import replace


def tight(chart: ChartSpec) -> ChartSpec:
    """The chart with the plot as wide as names, labels and ticks leave; it is never narrower than it was.

    All that stands at different values moves apart, so that what did not touch does not touch.
    """
    frame = plot_frame(chart)
    left = chart.margin_left - max(0, int(_spare_left(chart, frame)))
    right = chart.margin_right - max(0, int(_spare_right(chart, frame, left)))
    return replace(chart, margin_left=left, margin_right=right)


def _spare_left(chart: ChartSpec, frame: Frame) -> float:
    """What is empty before the longest name of the y axis, or the first label, in logical pixels."""
    names = max((width_of(tick.text, TICK_SIZE) for tick in chart.y_axis.ticks), default=0.0)
    ends = [frame.left - NAME_GAP - names]
    ends += [frame.x(each.x) + each.dx - SHARES[each.anchor] * _width(each) for each in chart.labels]
    ends += [frame.x(tick.value) - width_of(tick.text, TICK_SIZE) / 2 for tick in chart.x_axis.ticks[:1]]
    return min(ends) - EDGE


def _spare_right(chart: ChartSpec, frame: Frame, left: float) -> float:
    """By how much the plot can go on to the right until the first text is at the page's margin."""
    room = chart.width - EDGE - left
    texts = [(each.x, each.dx + (1.0 - SHARES[each.anchor]) * _width(each)) for each in chart.labels]
    texts += [(tick.value, width_of(tick.text, TICK_SIZE) / 2) for tick in chart.x_axis.ticks]
    widths = [(room - after) / share for value, after in texts if (share := fraction(chart.x_axis, value)) > 0.0]
    return min((room, *widths)) - (frame.right - left)


def _width(label: Label) -> float:
    return width_of(label.text, LABEL_SIZE, label.bold)


@lru_cache(maxsize=4096)
def width_of(text: str, size: int, bold: bool = False) -> float:
    """Width of a text as it is drawn, in logical pixels."""
    return QFontMetricsF(font(size, bold)).horizontalAdvance(text)
