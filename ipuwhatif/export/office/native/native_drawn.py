"""A native chart of anything drawn with marks, lines and words, each where the chart has it; the rows of others run up.

For roofline, finish, probabilities, errors, statements and data sheets: points on two axes whose ticks are series.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from ipuwhatif.charts.geometry import STRIP_STEP, Frame, fraction, leader, plot_frame, value_at
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import (
    BAR,
    GHOST,
    OFFICIAL,
    PAIR,
    PROJECTED,
    ZONE,
    Axis,
    ChartSpec,
    Figure,
    Label,
    Line,
    Mark,
    Tick,
    Tint,
)
from ipuwhatif.export.office.native.native_series import (
    EDGE,
    LANE,
    LEADER,
    NOWHERE,
    POINTS,
    REACH,
    STROKE,
    WHISKER,
    WORDS,
    NativeAxis,
    NativeChart,
    Series,
    axis_unit,
    legend_text,
    no_formula,
    number_format,
    published,
)
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import one_line, tr
from ipuwhatif.units import UNITS

Each = TypeVar("Each")
Key = TypeVar("Key", bound=Hashable)

#: Steps of the sizes that marks are grouped by, as not every program has points of several sizes in one series.
_SIZES = 2.0
_DIGITS = 6  # of a place on an axis
_BEHIND = (EDGE, REACH, STROKE, WHISKER)  # what marks lie on
_THIN = 0.5  # width of lines that stand for intervals, in that of whiskers of rows
_ROWS = 14.0  # from so many on their bars are thinner
_WORDS_ROOM = 0.9  # of the room beside a plot: words are smaller than on a screen
_ANCHORS = {"left": "right", "right": "left", "center": "center"}


class _Plane(Record, frozen=True):
    """Where a place of the chart lies in the native one: in the units of its axes, rows counted from the bottom."""

    frame: Frame
    x_unit: float
    y_unit: float

    def x(self, value: float) -> float:
        return _short(value / self.x_unit)

    def y(self, value: float) -> float:
        axis = self.frame.y_axis
        return _short(axis.high - value + 0.5 if axis.scale == "rows" else value / self.y_unit)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The place of a pixel of the chart."""
        frame = self.frame
        across, down = (x - frame.left) / frame.width, (y - frame.top) / frame.height
        up = down if frame.y_axis.scale == "rows" else 1.0 - down
        return self.x(value_at(frame.x_axis, across)), self.y(value_at(frame.y_axis, up))

    def moved(self, label: Label) -> tuple[float, float]:
        """The place of a label, which is so many pixels from its point."""
        return self.at(self.frame.x(label.x) + label.dx, self.frame.y(label.y) + label.dy)


def drawn_chart(figure: Figure) -> NativeChart:
    """The chart as series; words keep their places, and do not follow an edited number."""
    chart = figure.chart
    plane = _Plane(plot_frame(chart), axis_unit(chart.x_axis), axis_unit(chart.y_axis))
    names = {each.key: one_line(each.title) for each in figure.why}
    left, inside, outside = _sorted_labels(chart, plane.frame)
    right = _WORDS_ROOM * chart.margin_right / plane.frame.width if outside else 0.0
    series = [
        *_spans(chart, plane),
        *_bands(chart, plane),
        *_lines(chart, plane, names),
        *_marks(chart, plane),
        *_strips(chart, plane),
        *_words((*inside, *outside), plane),
    ]
    return NativeChart(
        POINTS,
        one_line(chart.title),
        replace(
            _axis(replace(chart.y_axis, ticks=(*chart.y_axis.ticks, *left)), plane.y, 0.0),
            heads=tuple(plane.y(tick.value) for tick in left),
        ),
        tuple(_named_once(sorted(series, key=lambda each: each.style not in _BEHIND), chart, outside)),
        x_axis=_axis(chart.x_axis, plane.x, right),
    )


def chart_words(chart: ChartSpec) -> list[Series]:
    """The words inside a plot whose axes are the chart's own."""
    plane = _Plane(plot_frame(chart), axis_unit(chart.x_axis), axis_unit(chart.y_axis))
    return list(_words(_sorted_labels(chart, plane.frame)[1], plane))


def _axis(axis: Axis, placed: Callable[[float], float], room: float) -> NativeAxis:
    """The axis with the ticks of the chart, and so much room behind its end for words, as a share of its length."""
    low, high = sorted((placed(axis.low), placed(value_at(axis, 1.0 + room))))
    end = placed(axis.high) if room else None
    ticks = tuple((placed(tick.value), one_line(tick.text)) for tick in axis.ticks)
    base = 10 if axis.scale == "log" else None
    rows = axis.scale == "rows"
    return NativeAxis(one_line(axis.title), low, high, base, ticks=tuple(sorted(ticks)), plot_end=end, rows=rows)


def _sorted_labels(chart: ChartSpec, frame: Frame) -> tuple[list[Tick], list[Label], list[Label]]:
    """The words on the left of the plot as ticks, those in it, and those on its right."""
    left: list[Tick] = []
    inside: list[Label] = []
    outside: list[Label] = []
    for label in chart.labels:
        x = fraction(frame.x_axis, label.x) * frame.width + label.dx
        if x < 0.0:
            left.append(Tick(label.y, label.text))
        else:
            (outside if x >= frame.width else inside).append(label)
    return left, inside, outside


def _spans(chart: ChartSpec, plane: _Plane) -> Iterator[Series]:
    """Intervals of rows: what agrees with a statement as a light bar, an interval of the model as a line."""
    for style, shown in ((GHOST, REACH), (PROJECTED, WHISKER)):
        found = [each for each in chart.intervals if each.style == style]
        lines = [Line((each.low, each.high), (each.row,) * 2, each.tint, style, False, each.key) for each in found]
        yield from _joined(chart, lines, plane, shown)
    middles = [each for each in chart.intervals if each.style == PROJECTED]
    if middles:
        points = [Mark(each.median, each.row, each.tint, PROJECTED, each.key) for each in middles]
        yield _mark_series(chart, points, plane)
    bars = [Line((bar.start, bar.end), (bar.row,) * 2, bar.tint, BAR, False, bar.key) for bar in chart.bars]
    yield from _joined(chart, bars, plane, STROKE)


def _bands(chart: ChartSpec, plane: _Plane) -> Iterator[Series]:
    for band in chart.bands:
        for text, ends in ((tr("low"), band.low), (tr("high"), band.high)):
            name = tr("{name}, {end}", name=legend_text(chart, ZONE), end=text)
            yield _line_series(Line(band.x, ends, band.tint, EDGE, False, ""), plane, name, EDGE)


def _lines(chart: ChartSpec, plane: _Plane, names: dict[str, str]) -> Iterator[Series]:
    """Lines with a name each, and those that stand for marks in one series a colour."""
    marked = {mark.key for mark in chart.marks}
    several = [line for line in chart.lines if line.key in marked and len(line.x) == 2]
    for style in dict.fromkeys(line.style for line in several):
        yield from _joined(chart, [line for line in several if line.style == style], plane, WHISKER)
    for line in chart.lines:
        if line not in several:
            yield _line_series(line, plane, names.get(line.key, legend_text(chart, line.style)), line.style)


def _line_series(line: Line, plane: _Plane, name: str, style: str) -> Series:
    x, values = tuple(map(plane.x, line.x)), tuple(map(plane.y, line.y))
    dashed = line.dashed or style not in (PROJECTED, EDGE)
    return Series(name, style, line.tint, values, x, dashed=dashed, listed=style != EDGE)


def _joined(chart: ChartSpec, lines: Sequence[Line], plane: _Plane, style: str) -> Iterator[Series]:
    """Lines of one colour as one series, a blank after each."""
    for tint, members in _by(lines, lambda line: line.tint):
        values: list[float | None] = []
        x: list[float] = []
        for line in members:
            values += [*map(plane.y, line.y), None]
            x += [*map(plane.x, line.x), plane.x(line.x[-1])]
        listed = style != STROKE
        yield Series(
            legend_text(chart, members[0].style), style, tint, tuple(values), tuple(x), listed=listed, size=_THIN
        )


def _marks(chart: ChartSpec, plane: _Plane) -> Iterator[Series]:
    for _, marks in _by(
        chart.marks, lambda mark: (mark.style, mark.tint.hue, mark.tint.variety, round(_SIZES * mark.size))
    ):
        yield _mark_series(chart, marks, plane)


def _mark_series(chart: ChartSpec, marks: Sequence[Mark], plane: _Plane) -> Series:
    """Marks of one style, colour and size. Official times are as published, to the digit."""
    style, hue = marks[0].style, marks[0].tint.hue
    unit = UNITS.get(chart.x_axis.unit)
    timed = style == OFFICIAL and unit is not None and unit.base == "s"
    families = (one_line(each.text) for each in chart.legend if each.tint is not None and each.tint.hue == hue)
    name = next(families, legend_text(chart, style))
    x = tuple(published(mark.x, plane.x_unit) if timed else plane.x(mark.x) for mark in marks)
    values = tuple(plane.y(mark.y) for mark in marks)
    tints = tuple(mark.tint for mark in marks)
    return Series(
        name,
        PAIR if style == PROJECTED else style,
        Tint(hue, variety=marks[0].tint.variety),
        values,
        x,
        tints=tints,
        format=number_format(values),
        size=marks[0].size,
        beside=NOWHERE,
    )


def _strips(chart: ChartSpec, plane: _Plane) -> Iterator[Series]:
    """The pieces of a ribbon as thick lines in their lanes, a series a part with a blank after each piece."""
    frame = plane.frame
    for tint, members in _by(chart.strips, lambda strip: strip.tint):
        values: list[float | None] = []
        x: list[float] = []
        texts: list[str] = []
        for strip in members:
            height = plane.y(value_at(frame.y_axis, STRIP_STEP * (strip.lane + 0.5) / frame.height))
            ends = plane.x(strip.x0), plane.x(strip.x1)
            values, x = [*values, height, height, None], [*x, *ends, ends[1]]
            texts += [one_line(strip.text), "", ""]
        name = next((one_line(each.text) for each in chart.legend if each.tint == tint), one_line(members[0].tip))
        yield Series(name, LANE, tint, tuple(values), tuple(x), texts=tuple(texts))


def _words(labels: Sequence[Label], plane: _Plane) -> Iterator[Series]:
    """The lines from words to what they name, one series a colour, and points without a mark that carry the words, one
    a way that they run from their place.
    """
    led = [(label.tint, ends) for label in labels if (ends := leader(label, plane.frame)) is not None]
    for tint, found in _by(led, lambda each: each[0]):
        x: list[float] = []
        values: list[float | None] = []
        for _, ends in found:
            (start, high), (end, low) = (plane.at(*point) for point in ends)
            x, values = [*x, start, end, end], [*values, high, low, None]
        yield Series(tr("words in the chart"), LEADER, tint, tuple(values), tuple(x), listed=False)
    for (anchor, bold), members in _by(labels, lambda label: (label.anchor, label.bold)):
        places = [plane.moved(label) for label in members]
        yield Series(
            tr("words in the chart"),
            WORDS,
            NEUTRAL,
            tuple(y for _, y in places),
            tuple(x for x, _ in places),
            texts=tuple(no_formula(one_line(label.text)) for label in members),
            tints=tuple(label.tint for label in members),
            listed=False,
            beside=_ANCHORS[anchor],
            bold=bold,
        )


def _by(found: Iterable[Each], key: Callable[[Each], Key]) -> list[tuple[Key, list[Each]]]:
    groups: dict[Key, list[Each]] = {}
    for each in found:
        groups.setdefault(key(each), []).append(each)
    return list(groups.items())


def _named_once(series: Iterable[Series], chart: ChartSpec, beside: Sequence[Label]) -> Iterator[Series]:
    """A legend names what several series are once, and nothing that the chart's has not or that has words beside it."""
    told = {one_line(each.text) for each in chart.legend}
    named = {label.tint for label in beside}
    for each in series:
        curve = each.style == PROJECTED and each.tint in named
        listed = each.listed and not curve and (each.name in told or each.style == PROJECTED)
        yield replace(each, listed=listed)
        told.discard(each.name)


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
