"""Native charts of points and lines: times along the chip count, and predicted against official times."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import (
    ASSUMED,
    CROSSING,
    GHOST,
    OFFICIAL,
    OWN,
    PAIR,
    PROJECTED,
    TARGET,
    Band,
    ChartSpec,
    Line,
    Mark,
    Strip,
    Tint,
)
from ipuwhatif.export.office.native.native_numbers import side_of
from ipuwhatif.export.office.native.native_series import (
    EDGE,
    LANE,
    NOWHERE,
    POINTS,
    REACH,
    NativeAxis,
    NativeChart,
    Series,
    axis_unit,
    legend_text,
    number_format,
    published,
    score_texts,
    system_of,
    three_digits,
)
from ipuwhatif.export.office.native.native_ticks import native_axis
from ipuwhatif.figures.phrasing import listed
from ipuwhatif.figures.scenarios.amounts import own_time_text
from ipuwhatif.figures.why.term_words import part_name
from ipuwhatif.records import replace
from ipuwhatif.texts import one_line, tr

_LINES = (PROJECTED, GHOST, ASSUMED, TARGET)
#: Curves beyond which numbers would only lie on them; a table has them.
_MOST_NUMBERED = 4
#: What a lane at the bottom takes of the height of a plot, and how many there are at most.
LANE_STEP, _MOST_LANES, _OVER_LANES = 0.08, 6, 0.04
#: How far from the left end a mark with a number stands, as a factor: else it runs into the numbers of the axis.
_BESIDE = 1.4
#: What a number takes of the height of a plot, and along the chips as the logarithm of a factor.
_LABEL, _WIDE = 0.07, 0.4
#: Where the words of a target may stand, as shares of the width.
_TOLD_AT = (0.12, 0.88)


def curves_chart(chart: ChartSpec) -> NativeChart:
    """Medians as lines, the ends of bands as thin lines, official results as markers without a line."""
    unit = axis_unit(chart.y_axis)
    series: list[Series] = []
    for band in chart.bands:
        series += _curve(chart, band, unit)
    for line in chart.lines:
        if line.style in (GHOST, ASSUMED, TARGET):
            listed = all(each.style != line.style for each in series)
            name = tr("target") if line.style == TARGET else legend_text(chart, line.style)
            series.append(_line_series(line, unit, name, listed))
    for style in (OFFICIAL, OWN, CROSSING):
        for listed, marks in by_system(mark for mark in chart.marks if mark.style == style):
            series.append(_mark_series(chart, marks, listed, unit))
    times = [value for each in series for value in each.values if value is not None]
    chips = [value for each in series if each.style != TARGET for value in each.x]
    y_axis, lanes = _with_lanes(chart, native_axis(chart.y_axis, times), min(times))
    x_axis = native_axis(chart.x_axis, chips, _BESIDE)
    lines = [each for each in series if each.style in _LINES]
    crowded = len(chart.bands) > _MOST_NUMBERED
    for place, each in enumerate(series):
        if each.style == OFFICIAL:
            side = NOWHERE if crowded else side_of(each, lines, x_axis, y_axis)
            series[place] = replace(each, beside=side)
    sought = next((line.y[0] for line in chart.lines if line.style == TARGET), 0.0)
    series = [_told_target(each, sought, lines, x_axis) if each.style == TARGET else each for each in series]
    return NativeChart(
        POINTS,
        one_line(chart.title),
        y_axis,
        (*_told_apart(series, y_axis), *lanes),
        x_axis=x_axis,
    )


def _told_target(target: Series, seconds: float, lines: Sequence[Series], axis: NativeAxis) -> Series:
    """The line of the target from one end of the plot to the other, its words near the end that is free of curves."""
    height = target.values[0]
    if not height or not axis.low or not axis.high:
        return target
    curves = [each for each in lines if each.style != TARGET]

    def free(place: float) -> float:
        near = [min(zip(each.x, each.values, strict=True), key=lambda at: abs(at[0] - place))[1] for each in curves]
        return min((abs(math.log(value / height)) for value in near if value), default=0.0)

    at = max((axis.low * (axis.high / axis.low) ** share for share in _TOLD_AT), key=free)
    words = tr("target {time}", time=own_time_text(seconds))
    return replace(target, x=(axis.low, three_digits(at), axis.high), values=(height,) * 3, texts=("", words, ""))


def _told_apart(series: Sequence[Series], axis: NativeAxis) -> list[Series]:
    """The series without those numbers of official results that would lie on one before them."""
    if axis.base is None or axis.low is None or axis.high is None:
        return list(series)
    apart = _LABEL * math.log(axis.high / axis.low)
    shown: list[tuple[float, float]] = []
    found = []
    for each in series:
        hidden = []
        for place, (x, y) in enumerate(zip(each.x, each.values, strict=True)):
            if each.style != OFFICIAL or y is None:
                continue
            if any(abs(math.log(y / other)) < apart and abs(math.log(x / by)) < _WIDE for by, other in shown):
                hidden.append(place)
            else:
                shown.append((x, y))
        found.append(replace(each, unlabelled=tuple(hidden)))
    return found


def _with_lanes(chart: ChartSpec, axis: NativeAxis, least: float) -> tuple[NativeAxis, list[Series]]:
    """The axis with room at the bottom, and the lanes there: what takes most of the time, and where evidence reaches.

    Office has no shade behind a plot that keeps its ends when the chart is resized; a thick line does.
    """
    runs = _runs_of(chart)
    ribbon = len(runs)
    zones = chart.zones if ribbon + len(chart.zones) <= _MOST_LANES else ()
    count = ribbon + len(zones)
    if not count or axis.base is None or axis.low is None or axis.high is None:
        return axis, []
    share = LANE_STEP * count + _OVER_LANES
    low = float(f"{(least / axis.high**share) ** (1.0 / (1.0 - share)):.6g}")
    heights = [low * (axis.high / low) ** (LANE_STEP * (place + 0.5)) for place in range(count)]
    names = {band.tint: _curve_name(chart, band) for band in chart.bands}
    systems = {band.key.partition("/")[2]: _curve_name(chart, band) for band in chart.bands}
    found = []
    for height, lanes in zip(heights, runs, strict=False):
        strips = lanes[0]
        parts = tr(", then ").join(part_name(strip.tint.hue) for strip in strips)
        system = listed([systems[key] for each in reversed(lanes) if (key := each[0].key.split("/")[1]) in systems])
        text = tr("most time on {name}: {parts}", name=system, parts=parts) if system else parts
        for strip, words in zip(strips, (text, *[""] * len(strips)), strict=False):
            found.append(_lane(one_line(strip.tip), LANE, strip.tint, (strip.x0, strip.x1), height, words))
    for place, zone in enumerate(reversed(zones), start=count - len(zones)):
        name = names.get(zone.tint, "")
        text = tr("sizes with results: {name}", name=name) if name else ""
        found.append(_lane(one_line(zone.text), REACH, zone.tint, (zone.x0, zone.x1), heights[place], text))
    return replace(axis, low=low), found


def _runs_of(chart: ChartSpec) -> list[list[list[Strip]]]:
    """The lanes of the ribbon from the bottom up, those that say the same of several systems together."""
    found: dict[object, list[list[Strip]]] = {}
    for _, pieces in groupby(chart.strips, key=lambda strip: strip.lane):
        strips = list(pieces)
        found.setdefault(tuple((each.tint, each.x0, each.x1) for each in strips), []).append(strips)
    return list(found.values())


def _lane(name: str, style: str, tint: Tint, ends: tuple[float, float], height: float, text: str) -> Series:
    heights = (three_digits(height),) * 2
    x = (float(f"{ends[0]:.6g}"), float(f"{ends[1]:.6g}"))
    return Series(name, style, tint, heights, x, format="General", texts=(text, "") if text else ("", ""), listed=False)


def _curve(chart: ChartSpec, band: Band, unit: float) -> list[Series]:
    name = _curve_name(chart, band)
    found: list[Series] = []
    titles = {False: name, True: tr("{name}, beyond the data", name=name)}
    for dashed, title in titles.items():
        stretches = [line for line in chart.lines if (line.key, line.style) == (band.key, PROJECTED)]
        points = {x: y for line in stretches if line.dashed == dashed for x, y in zip(line.x, line.y, strict=True)}
        if points:  # in one series with the x values of the whole curve, blank where the other has the line
            values = tuple(three_digits(points[x] / unit) if x in points else None for x in band.x)
            made = Series(title, PROJECTED, band.tint, values, band.x, format=number_format(values), dashed=dashed)
            found.append(replace(made, listed=not found))  # what a dashed line is, the chart says once
    for text, ends in ((tr("low"), band.low), (tr("high"), band.high)):
        values = tuple(three_digits(value / unit) for value in ends)
        title = tr("{name}, 80 % band, {end}", name=name, end=text)
        found.append(Series(title, EDGE, band.tint, values, band.x, format=number_format(values), listed=False))
    return found


def _curve_name(chart: ChartSpec, band: Band) -> str:
    """The name that stands at the end of a curve."""
    names = (label.text for label in chart.labels if label.bold and label.tint == band.tint and label.x == band.x[-1])
    return one_line(next(names, band.key.partition("/")[2]))


def _line_series(line: Line, unit: float, name: str, listed: bool) -> Series:
    values = tuple(three_digits(value / unit) for value in line.y)
    dashed = line.dashed or line.style in (GHOST, ASSUMED, TARGET)
    return Series(
        name, line.style, line.tint, values, line.x, format=number_format(values), dashed=dashed, listed=listed
    )


def by_system(marks: Iterable[Mark]) -> list[tuple[bool, list[Mark]]]:
    """The marks of each system, as `by_hue` has those of a family."""
    return _grouped(marks, lambda mark: system_of(mark.tint))


def by_hue(marks: Iterable[Mark]) -> list[tuple[bool, list[Mark]]]:
    """The marks of each hue, as not every program paints single points; the first of them stand for all in a legend."""
    return _grouped(marks, lambda mark: mark.tint.hue)


def _grouped(marks: Iterable[Mark], key: Callable[[Mark], object]) -> list[tuple[bool, list[Mark]]]:
    groups: dict[object, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(key(mark), []).append(mark)
    return [(place == 0, group) for place, group in enumerate(groups.values())]


def _mark_series(chart: ChartSpec, marks: Sequence[Mark], listed: bool, unit: float) -> Series:
    style = marks[0].style
    official = style == OFFICIAL
    values = tuple(published(mark.y, unit) if official else three_digits(mark.y / unit) for mark in marks)
    return Series(
        name=_crossing_name(chart, marks) if style == CROSSING else legend_text(chart, style),
        style=style,
        tint=marks[0].tint,
        values=values,
        x=tuple(mark.x if official else three_digits(mark.x) for mark in marks),
        tints=tuple(mark.tint for mark in marks),
        format="#,##0.00" if official else number_format(values),
        texts=score_texts([mark.y for mark in marks], unit) if official else (),
        listed=listed,
    )


def _crossing_name(chart: ChartSpec, marks: Sequence[Mark]) -> str:
    """What the marks are, and of one crossing which two curves cross there."""
    told = legend_text(chart, CROSSING)
    names = {band.key.partition("/")[2]: _curve_name(chart, band) for band in chart.bands}
    crossed = [names[key] for key in marks[0].key.split("/")[1:3] if key in names]
    return tr("{title}: {value}", title=told, value=listed(crossed)) if len(marks) == 1 and crossed else told


def pairs_chart(chart: ChartSpec) -> NativeChart:
    """Predicted against official, a series a family with the interval of each prediction, and the line of equality."""
    unit_x, unit_y = axis_unit(chart.x_axis), axis_unit(chart.y_axis)
    spans = {line.key: line.y for line in chart.lines if line.style == PROJECTED}
    names = {label.tint.hue: one_line(label.text) for label in chart.labels if label.bold}
    series = []
    for _, marks in by_hue(chart.marks):
        hue = marks[0].tint.hue
        ends = [spans.get(mark.key, (mark.y, mark.y)) for mark in marks]
        values = tuple(three_digits(mark.y / unit_y) for mark in marks)
        series.append(
            Series(
                name=names.get(hue, legend_text(chart, PAIR)),
                style=PAIR,
                tint=Tint(hue),
                values=values,
                x=tuple(published(mark.x, unit_x) for mark in marks),
                low=tuple(three_digits(low / unit_y) for low, _ in ends),
                high=tuple(three_digits(high / unit_y) for _, high in ends),
                tints=tuple(mark.tint for mark in marks),
                format=number_format(values),
            )
        )
    shown = [value for each in series for value in (*each.x, *each.low, *each.high) if value is not None]
    x_axis, y_axis = native_axis(chart.x_axis, shown), native_axis(chart.y_axis, shown)
    ends_of = (y_axis.low or min(shown), y_axis.high or max(shown))
    series.append(Series(legend_text(chart, GHOST), GHOST, NEUTRAL, ends_of, ends_of, dashed=True))
    return NativeChart(POINTS, one_line(chart.title), y_axis, tuple(series), x_axis=x_axis)
