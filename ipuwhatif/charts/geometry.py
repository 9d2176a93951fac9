"""Where a data value lies on the page, in logical pixels: shared by label placing and by everything that draws."""

import math
from collections.abc import Iterable, Sequence
from itertools import count, pairwise, takewhile

from ipuwhatif.charts.labels import Box, text_height, text_width
from ipuwhatif.charts.palette import LABEL_SIZE, TICK_SIZE
from ipuwhatif.charts.spec import TARGET, Axis, Bar, ChartSpec, Label, Strip, Tick
from ipuwhatif.charts.styles import HATCH_STEP, SHARES
from ipuwhatif.records import Record, replace

#: Middles of the lines of title and subtitle from the top, of the y axis' title above the plot, of tick texts and the
#: x axis' title below it, in logical pixels.
TITLE_LEFT = 12.0  # titles start at the page's margin, so that a narrow chart still has room for them
TITLE_LINE, SUBTITLE_LINE, Y_TITLE_RISE, TICK_DROP, X_TITLE_DROP = 18.0, 40.0, 14.0, 14.0, 34.0
TICK_GAP = 6.0  # between the texts of neighbouring ticks
SUBTITLE_STEP = 17.0  # from one line of the subtitle to the next
HANDLE_INSET = 6.0  # of the middle of a handle from the edge of the plot
LEAST_PLOT = 120.0  # height of a plot with two axes below which its marks run into each other
LEAST_PAGE = (560, 200)  # width and height of a chart in the window at its smallest: names and labels fit beside a plot
STRIP_STEP, STRIP_HEIGHT = 15.0, 13.0  # from one lane of a ribbon to the next, and height of its pieces
_SURE = 0.75  # part of the estimate of a text's width that has letters in any font


class Frame(Record, frozen=True):
    """The plot inside the chart, in logical pixels from the top left corner, with its axes."""

    left: float
    top: float
    width: float
    height: float
    x_axis: Axis
    y_axis: Axis

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def x(self, value: float) -> float:
        """Pixel of a value on the x axis."""
        return self.left + fraction(self.x_axis, value) * self.width

    def y(self, value: float) -> float:
        """Pixel of a value on the y axis: rows run down, quantities run up."""
        part = fraction(self.y_axis, value)
        return self.top + (part if self.y_axis.scale == "rows" else 1.0 - part) * self.height

    @property
    def bar_height(self) -> float:
        """Height of an interval's bar in logical pixels: taller than a mark in it, but never a beam."""
        rows = self.y_axis.high - self.y_axis.low
        return min(0.58 * self.height / rows, 36.0)


def page_size(width: int, height: int) -> tuple[int, int]:
    """The page that a chart is laid out for where one of this size is asked for: too small a one is drawn to scale."""
    return max(width, LEAST_PAGE[0]), max(height, LEAST_PAGE[1])


def plot_frame(chart: ChartSpec) -> Frame:
    """The plot of a chart: what its margins leave."""
    return Frame(
        float(chart.margin_left),
        float(chart.margin_top),
        float(chart.width - chart.margin_left - chart.margin_right),
        float(chart.height - chart.margin_top - chart.margin_bottom),
        chart.x_axis,
        chart.y_axis,
    )


def bar_span(frame: Frame, bar: Bar) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a filled piece of a row, in logical pixels."""
    left, right = sorted((frame.x(bar.start), frame.x(bar.end)))
    middle, half = frame.y(bar.row), frame.bar_height / 2
    return left, middle - half, right, middle + half


def widest_plot(axis: Axis, rows: Iterable[tuple[float, float]], room: float) -> float:
    """The widest plot in `room` logical pixels beside which the labels of all rows end inside the room.

    rows: of each the largest value that is drawn, on the x axis, and what its labels take after that in logical pixels.
    """
    widths = [room - TICK_SIZE]  # the last tick's text is centred on its line
    widths += [(room - after) / max(fraction(axis, end), 0.1) for end, after in rows]
    return math.floor(min(widths))


def guide_end(chart: ChartSpec, frame: Frame, value: float) -> float:
    """Where the level line of a tick of the y axis ends on the right, in logical pixels.

    In rows a line leads the eye from the name to the first bar, and no further.
    """
    if frame.y_axis.scale != "rows":
        return frame.right
    ends = [frame.x(each.low) for each in chart.intervals if each.row == value]
    ends += [frame.x(min(each.start, each.end)) for each in chart.bars if each.row == value]
    return min(ends, default=frame.right)


def hatching(frame: Frame, bar: Bar) -> tuple[tuple[tuple[float, float], tuple[float, float]], ...]:
    """The slanted strokes of a hatched bar, cut off at its edges, from (x, y) to (x, y) in logical pixels."""
    left, top, right, bottom = bar_span(frame, bar)
    height = bottom - top
    feet = (left + HATCH_STEP * number for number in count(1 - math.ceil(height / HATCH_STEP)))
    strokes = []
    for foot in takewhile(lambda foot: foot < right, feet):
        start, end = max(foot, left), min(foot + height, right)
        if end > start:
            strokes.append(((start, bottom - (start - foot)), (end, bottom - (end - foot))))
    return tuple(strokes)


def strip_span(frame: Frame, strip: Strip) -> tuple[float, float]:
    """Top and bottom of a piece of a ribbon, in logical pixels."""
    bottom = frame.bottom - STRIP_STEP * strip.lane
    return bottom - STRIP_HEIGHT, bottom


def leader(label: Label, frame: Frame) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The line from a label to the rim of its mark, in logical pixels; None for a label that has none."""
    if not label.rim:
        return None
    x, y = frame.x(label.x), frame.y(label.y)
    wide = _SURE * text_width(label.text, LABEL_SIZE, label.bold)
    left, middle = x + label.dx - SHARES[label.anchor] * wide, y + label.dy
    start = Box(left, middle - LABEL_SIZE / 2, left + wide, middle + LABEL_SIZE / 2).nearest(x, y)
    part = label.rim / max(math.hypot(start[0] - x, start[1] - y), label.rim)
    return start, (x + part * (start[0] - x), y + part * (start[1] - y))


def handles(chart: ChartSpec) -> tuple[tuple[float, float], ...]:
    """Where the lines that can be dragged have their handles, in data values: at their first ends, inside the plot."""
    frame = plot_frame(chart)
    across, down = HANDLE_INSET / frame.width, HANDLE_INSET / frame.height
    places = []
    for line in chart.lines:
        if line.style == TARGET and line.x[0] == line.x[-1]:
            top = down if chart.y_axis.scale == "rows" else 1.0 - down
            places.append((line.x[0], value_at(chart.y_axis, top)))
        elif line.style == TARGET:
            places.append((value_at(chart.x_axis, across), line.y[0]))
    return tuple(places)


def spaced(axis: Axis, width: float) -> Axis:
    """The axis, `width` pixels long, with every k-th tick: the least k at which no text touches the next."""
    for step in range(1, len(axis.ticks) + 1):
        kept = axis.ticks[::step]
        middles = [fraction(axis, tick.value) * width for tick in kept]
        halves = [text_width(tick.text, TICK_SIZE) / 2.0 for tick in kept]
        gaps = [b - a for a, b in pairwise(middles)]
        if all(gap > left + right + TICK_GAP for gap, left, right in zip(gaps, halves, halves[1:], strict=False)):
            return replace(axis, ticks=kept)
    return axis


def stacked(axis: Axis, height: float) -> Axis:
    """The axis, `height` pixels high, with as many of its ticks as stand over each other without touching.

    A log axis keeps its powers of ten where there is no room for all.
    """
    tens = [tick for tick in axis.ticks if axis.scale == "log" and tick.text.strip("0.,") == "1"]
    thinned = [axis.ticks, *(kept[::step] for kept in (tens, axis.ticks) for step in range(1, len(kept)))]
    for kept in thinned:
        if len(kept) > 1 and _stand_apart(axis, kept, height):
            return replace(axis, ticks=tuple(kept))
    return replace(axis, ticks=axis.ticks[:1])


def _stand_apart(axis: Axis, ticks: Sequence[Tick], height: float) -> bool:
    middles = sorted(fraction(axis, tick.value) * height for tick in ticks)
    return all(above - below >= text_height(TICK_SIZE) for below, above in pairwise(middles))


def value_at(axis: Axis, part: float) -> float:
    """The value that lies so far along an axis, from 0 at its low end to 1 at its high end: `fraction` backwards."""
    if axis.scale == "log":
        return axis.low * math.exp(part * math.log(axis.high / axis.low))
    return axis.low + part * (axis.high - axis.low)


def fraction(axis: Axis, value: float) -> float:
    """How far along the axis a value lies, from 0 at its low end to 1 at its high end."""
    if axis.scale == "log":
        return math.log(value / axis.low) / math.log(axis.high / axis.low)
    return (value - axis.low) / (axis.high - axis.low)
