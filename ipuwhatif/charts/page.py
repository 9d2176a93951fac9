"""The page of a chart: what names, titles and legend take of it, and the plot that they leave."""

import math
from collections.abc import Sequence
from typing import TypedDict

from ipuwhatif.charts.geometry import SUBTITLE_STEP, Frame
from ipuwhatif.charts.labels import EDGE, legend_height, text_width
from ipuwhatif.charts.palette import TICK_SIZE
from ipuwhatif.charts.spec import Axis, LegendEntry, Tick
from ipuwhatif.records import Record, replace

_NAME_GAP = 12.0  # between the longest name of a row and the plot, in logical pixels
_AXIS_HEIGHT = 60  # of the texts of the x axis above a legend, in logical pixels


class Margins(TypedDict):
    """What a ChartSpec says of its page."""

    width: int
    height: int
    margin_left: int
    margin_right: int
    margin_top: int
    margin_bottom: int


class Page(Record, frozen=True):
    """Its size, and the margins around the plot, in logical pixels."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    @property
    def plot_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> int:
        return self.height - self.top - self.bottom

    @property
    def margins(self) -> Margins:
        return Margins(
            width=self.width,
            height=self.height,
            margin_left=self.left,
            margin_right=self.right,
            margin_top=self.top,
            margin_bottom=self.bottom,
        )

    def holding(self, plot_height: float) -> "Page":
        """The page, higher where a plot of this height does not fit it."""
        return replace(self, height=max(self.height, math.ceil(self.top + plot_height + self.bottom)))

    def frame(self, x_axis: Axis, y_axis: Axis) -> Frame:
        """The plot with its axes."""
        return Frame(self.left, self.top, self.plot_width, self.plot_height, x_axis, y_axis)


def page_of(
    size: tuple[int, int], subtitle: str, legend: Sequence[LegendEntry], left: int, right: float, top: int
) -> Page:
    """A page of this size. right: room beside the plot; top: of the plot under a subtitle of one line."""
    bottom = math.ceil(_AXIS_HEIGHT + legend_height(legend, size[0], left))
    return Page(*size, left, math.ceil(right), top + math.ceil(SUBTITLE_STEP * subtitle.count("\n")), bottom)


def names_room(names: Sequence[str]) -> int:
    """Room left of a plot for the names of its rows, in logical pixels."""
    return math.ceil(EDGE + max(text_width(name, TICK_SIZE) for name in names) + _NAME_GAP)


def row_axis(names: Sequence[str]) -> Axis:
    """An axis of rows from the top down, each with its name."""
    ticks = tuple(Tick(float(row), name) for row, name in enumerate(names))
    return Axis("", "rows", -0.5, len(names) - 0.5, ticks)
