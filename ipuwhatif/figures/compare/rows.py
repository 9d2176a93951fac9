"""Charts of intervals in rows: a quantity a row with its label, what stands beside it and what lies behind it."""

from collections.abc import Sequence

from ipuwhatif.analysis.results import Quantity
from ipuwhatif.charts.geometry import Frame, spaced, widest_plot
from ipuwhatif.charts.labels import EDGE, fit, text_width
from ipuwhatif.charts.page import names_room, page_of, row_axis
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL, TICK_SIZE
from ipuwhatif.charts.spec import (
    PROJECTED,
    Axis,
    ChartSpec,
    Footnote,
    Interval,
    Label,
    LegendEntry,
    Mark,
    Tint,
)
from ipuwhatif.records import Record

#: Gap between the end of a row's drawing and its label, and between two labels of a row, in logical pixels.
_LABEL_GAP, _LABEL_SPACE = 10.0, 14.0
#: Half the room that a mark takes.
_MARK_REACH = 9.0
_LONGEST_NAME, _MARGIN_TOP = 260.0, 64
#: Least height of a row, in logical pixels: a line of text and a bar with its ghost.
ROW_HEIGHT = 26


class Row(Record, frozen=True):
    """One row. `ghosts` lie behind the quantity, each with its style; `marks` stand on the row, at their numbers."""

    name: str
    quantity: Quantity
    tint: Tint
    key: str  # what a click asks the why of
    text: str = ""  # the printed median
    second: str = ""  # printed after everything in the row
    ghosts: tuple[tuple[str, Quantity], ...] = ()
    marks: tuple[Mark, ...] = ()


def rows_chart(
    rows: Sequence[Row],
    x_axis: Axis,
    titles: tuple[str, str],
    legend: tuple[LegendEntry, ...],
    notes: tuple[Footnote, ...],
    size: tuple[int, int],
    row_height: int = ROW_HEIGHT,
) -> ChartSpec:
    """The chart of the rows in their order, for `size` logical pixels; many rows make it taller.

    `titles` are title and subtitle, set in lines that fit the width already.
    """
    names = [fit(row.name, TICK_SIZE, _LONGEST_NAME) for row in rows]
    room = size[0] - names_room(names)
    right = room - widest_plot(x_axis, map(_reach, rows), room - EDGE)
    page = page_of(size, titles[1], legend, names_room(names), right, _MARGIN_TOP).holding(row_height * len(rows))
    frame = page.frame(spaced(x_axis, page.plot_width), row_axis(names))
    return ChartSpec(
        kind="compare",
        title=titles[0],
        subtitle=titles[1],
        x_axis=frame.x_axis,
        y_axis=frame.y_axis,
        intervals=_intervals(rows),
        marks=tuple(mark for row in rows for mark in row.marks),
        labels=tuple(label for place, row in enumerate(rows) for label in _labels(float(place), row, frame)),
        legend=legend,
        footnotes=notes,
        **page.margins,
    )


def label_start(
    own: tuple[float, float], others: Sequence[tuple[float, float]], width: float, left_bound: float
) -> float:
    """Left pixel of a label for the stretch `own`: right of it, left of it, or after all others, whichever is free.

    Stretches that touch `own` count as part of it.
    """
    low, high = own
    apart = list(others)
    while touching := [span for span in apart if span[0] <= high and low <= span[1]]:
        low, high = min(low, *(span[0] for span in touching)), max(high, *(span[1] for span in touching))
        apart = [span for span in apart if span not in touching]
    right = high + _LABEL_GAP
    if all(end < low or right + width + _LABEL_GAP <= start for start, end in apart):
        return right
    left = low - _LABEL_GAP - width
    if left >= left_bound + _LABEL_GAP and all(start > high or end + _LABEL_GAP <= left for start, end in apart):
        return left
    return max(high, *(end for _, end in apart)) + _LABEL_GAP


def _intervals(rows: Sequence[Row]) -> tuple[Interval, ...]:
    """Ghosts first, so that projections are drawn over them."""
    ghosts = [
        _interval(place, row, quantity, NEUTRAL, style)
        for place, row in enumerate(rows)
        for style, quantity in row.ghosts
    ]
    return (*ghosts, *(_interval(place, row, row.quantity, row.tint, PROJECTED) for place, row in enumerate(rows)))


def _interval(place: int, row: Row, quantity: Quantity, tint: Tint, style: str) -> Interval:
    return Interval(float(place), quantity.low, quantity.median, quantity.high, tint, style, row.key)


def _labels(place: float, row: Row, frame: Frame) -> list[Label]:
    """The printed median beside its own interval, the second text after everything in the row."""
    low, high = row.quantity.low, row.quantity.high
    own, others = (frame.x(low), frame.x(high)), _other_spans(row, frame)
    width = text_width(row.text, LABEL_SIZE, bold=True)
    left = label_start(own, others, width, frame.left)
    if left < own[0]:
        labels = [Label(low, place, row.text, row.tint, "right", left + width - own[0], 0.0, True)]
    else:
        x = _last_before(left, row, frame)
        labels = [Label(x, place, row.text, row.tint, "left", left - frame.x(x), 0.0, True)]
    if row.second:
        ends = [own[1], *(end for _, end in others)]
        # After the median where that stands last, else beside the mark.
        after = left + width + _LABEL_SPACE if left > max(ends) else max(ends) + _LABEL_GAP
        x = _last_before(after, row, frame)
        labels.append(Label(x, place, row.second, NEUTRAL, "left", after - frame.x(x)))
    return labels


def _last_before(left: float, row: Row, frame: Frame) -> float:
    """The value of what a label at the pixel `left` stands after: it stays so where the plot is drawn wider."""
    return max((end for end in _ends(row) if frame.x(end) < left), default=row.quantity.high)


def _other_spans(row: Row, frame: Frame) -> list[tuple[float, float]]:
    """What else stands in a row, as stretches of pixels: what lies behind, and the marks."""
    spans = [(frame.x(quantity.low), frame.x(quantity.high)) for _, quantity in row.ghosts]
    for mark in row.marks:
        middle = frame.x(mark.x)
        spans.append((middle - _MARK_REACH, middle + _MARK_REACH))
    return spans


def _reach(row: Row) -> tuple[float, float]:
    """The largest value that is drawn in a row, and what its labels take after that, in logical pixels."""
    return max(_ends(row)), _MARK_REACH + _LABEL_GAP + _labels_width(row)


def _ends(row: Row) -> list[float]:
    """Where each of what is drawn in a row ends, as values; the interval first."""
    return [row.quantity.high, *(ghost.high for _, ghost in row.ghosts), *(mark.x for mark in row.marks)]


def _labels_width(row: Row) -> float:
    """Width of the pair of labels."""
    second = text_width(row.second, LABEL_SIZE)
    return text_width(row.text, LABEL_SIZE, bold=True) + (second and _LABEL_SPACE + second)
