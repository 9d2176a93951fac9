"""What the elements of a chart on a page say when a pointer rests on them: their names and their values in words.

Values are read on the axes, in the unit that the ticks are printed in; official results are said as published.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain

from ipuwhatif.charts.spec import (
    BAR,
    OWN,
    PAIR,
    PROJECTED,
    Axis,
    Bar,
    ChartSpec,
    Interval,
    LegendEntry,
    Line,
    Mark,
    Tint,
    Why,
)
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_UNIT = re.compile(r"[(（]([^()（）]+)[)）]")


def value_text(axis: Axis, value: float) -> str:
    """A value in the axis' unit, in three digits, or a count as it is; empty where the ticks print no quantity."""
    factor = _factor(axis)
    if factor is None:
        return ""
    unit = _UNIT.findall(axis.title)
    number = value / factor
    whole = not unit and abs(number - round(number)) < 1e-9 * max(1.0, abs(number))
    text = format_number(round(number)) if whole else format_number(number, 3)
    text = text.replace("-", "−")
    return f"{text} {unit[-1]}" if unit else text


def interval_tip(chart: ChartSpec, interval: Interval) -> str:
    """The row of an interval, what it is, its median and its ends."""
    median, low, high = (value_text(chart.x_axis, each) for each in (interval.median, interval.low, interval.high))
    if not median:
        return _row(chart, interval.row)
    said = tr("{median} ({low} – {high})", median=median, low=low, high=high)
    return _joined([_row(chart, interval.row), _style_text(chart, interval.style)], said)


def bar_tip(chart: ChartSpec, bar: Bar) -> str:
    """The row of a bar, which part it is, and how much from its start to its end."""
    if chart.x_axis.scale == "log":
        ends = [value_text(chart.x_axis, each) for each in (bar.start, bar.end)]
        said = tr("{start} to {end}", start=ends[0], end=ends[1]) if all(ends) else ""
    else:
        said = value_text(chart.x_axis, bar.end - bar.start)
    return _joined([_row(chart, bar.row), _part(chart.legend, bar.tint)], said)


def mark_tip(chart: ChartSpec, mark: Mark, whys: Mapping[str, Why]) -> str:
    """The name of a mark and its value as it is explained; for a pair what was predicted as well.

    What the user measured is explained beside the projection, whose value it is not: it is told by itself.
    """
    if mark.style == OWN:
        return _joined([_row(chart, mark.y), _style_text(chart, OWN)], value_text(chart.x_axis, mark.x))
    told = _why_text(mark.key, whys)
    predicted = value_text(chart.y_axis, mark.y) if mark.style == PAIR and chart.y_axis.scale != "rows" else ""
    if predicted:
        title = _UNIT.sub("", chart.y_axis.title).split(",")[0].strip()
        return f"{told}; {_joined([title], predicted)}" if told else _joined([title], predicted)
    return told or _joined([_row(chart, mark.y)], value_text(chart.x_axis, mark.x))


def line_tip(chart: ChartSpec, line: Line, whys: Mapping[str, Why]) -> str:
    """What a line is: a projection by its name and range, any other by its legend and where it starts."""
    if line.style == PROJECTED:
        return _why_text(line.key, whys)
    return _joined([_style_text(chart, line.style)], value_text(chart.y_axis, line.y[0]) if _flat(line) else "")


def point_tips(chart: ChartSpec, line: Line, whys: Mapping[str, Why]) -> Sequence[str]:
    """The value at each point of a curve, with its interval where a band has one; empty for a plain stroke."""
    if len(line.x) < 3:
        return ()
    name = whys[line.key].title if line.key in whys else ""
    style = "" if line.style == PROJECTED else _style_text(chart, line.style)
    across = _UNIT.sub("", chart.x_axis.title).split(",")[0].strip()
    bands = {} if style else _band_ends(chart, line.key)
    tips = []
    for x, y in zip(line.x, line.y, strict=True):
        said = value_text(chart.y_axis, y)
        if x in bands:
            ends = [value_text(chart.y_axis, each) for each in bands[x]]
            said = tr("{median} ({low} – {high})", median=said, low=ends[0], high=ends[1])
        tips.append(_joined([name, style, f"{across} {value_text(chart.x_axis, x)}"], said))
    return tips


def _band_ends(chart: ChartSpec, key: str) -> dict[float, tuple[float, float]]:
    bands = (band for band in chart.bands if band.key == key)
    return dict(chain.from_iterable(zip(band.x, zip(band.low, band.high, strict=True), strict=True) for band in bands))


def _factor(axis: Axis) -> float | None:
    """The value of 1 in the unit that the ticks print; None where they do not all print one quantity."""
    factors = []
    for tick in axis.ticks:
        try:
            number = float(tick.text.replace("−", "-").replace(",", ""))
        except ValueError:
            continue
        if number and tick.value:
            factors.append(tick.value / number)
    if not factors or any(abs(each / factors[0] - 1.0) > 1e-6 for each in factors):
        return None
    return factors[0]


def _flat(line: Line) -> bool:
    return all(y == line.y[0] for y in line.y)


def _row(chart: ChartSpec, row: float) -> str:
    return next((tick.text for tick in chart.y_axis.ticks if tick.value == row and chart.y_axis.scale == "rows"), "")


def _part(legend: Sequence[LegendEntry], tint: Tint) -> str:
    return next((_flowing(entry.text) for entry in legend if entry.style == BAR and entry.tint == tint), "")


def _style_text(chart: ChartSpec, style: str) -> str:
    return next((_flowing(entry.text) for entry in chart.legend if entry.style == style), "")


def _why_text(key: str, whys: Mapping[str, Why]) -> str:
    return _joined([whys[key].title], whys[key].value) if key in whys else ""


def _flowing(text: str) -> str:
    return text.replace("\n", " ")


def _joined(names: Sequence[str], said: str) -> str:
    """ "name, name: value", without what is empty."""
    return ": ".join(part for part in (", ".join(name for name in names if name), said) if part)
