"""Native charts of changes: the tornado of a sensitivity, and the waterfall from one time to another."""

import math
from collections.abc import Sequence

from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import BAR, Axis, Bar, ChartSpec, LegendEntry
from ipuwhatif.export.office.native_series import (
    BASE,
    STACK,
    TORNADO,
    NativeAxis,
    NativeChart,
    Series,
    axis_unit,
    number_format,
    three_digits,
)
from ipuwhatif.export.plain import one_line
from ipuwhatif.texts import tr


def tornado_chart(chart: ChartSpec) -> NativeChart:
    """A series for each way that a bar can go, its words at the end of each bar."""
    ways = [(entry, _ways(chart, entry)) for entry in chart.legend if entry.style == BAR and entry.tint is not None]
    ways = [(entry, bars) for entry, bars in ways if any(bars)]
    # Where both ways of a row lie on one side the longer is drawn first, else it would hide the shorter.
    ways.sort(key=lambda way: -sum(abs(bar.end) for bar in way[1] if bar is not None and _shared(chart, bar)))
    series = tuple(_way(chart, entry, bars) for entry, bars in ways)
    step = _step(chart.x_axis)
    low, high = step * math.floor(chart.x_axis.low / step), step * math.ceil(chart.x_axis.high / step)
    axis = NativeAxis(one_line(chart.x_axis.title), low, high, signed=True)
    head = tr("Lever or assumption")
    return NativeChart(TORNADO, one_line(chart.title), axis, series, categories=_rows(chart), head=head)


def _step(axis: Axis) -> float:
    return three_digits(axis.ticks[1].value - axis.ticks[0].value) if len(axis.ticks) > 1 else axis.high - axis.low


def _ways(chart: ChartSpec, entry: LegendEntry) -> list[Bar | None]:
    found = {round(bar.row): bar for bar in chart.bars if bar.tint == entry.tint}
    return [found.get(row) for row in range(len(chart.y_axis.ticks))]


def _shared(chart: ChartSpec, bar: Bar) -> bool:
    """Whether the other bar of the row lies on the same side."""
    return any(each is not bar and each.row == bar.row and each.end * bar.end > 0.0 for each in chart.bars)


def _way(chart: ChartSpec, entry: LegendEntry, bars: Sequence[Bar | None]) -> Series:
    values = tuple(None if bar is None else _signed(bar.end) for bar in bars)
    texts = tuple("" if bar is None else _words(chart, bar) for bar in bars)
    tint = entry.tint or NEUTRAL
    return Series(one_line(entry.text), BAR, tint, values, format="+0.0;\u22120.0;0", texts=texts)


def _signed(value: float) -> float:
    return math.copysign(three_digits(abs(value)), value) if value else 0.0


def _words(chart: ChartSpec, bar: Bar) -> str:
    """What stands at the end of a bar; of two bars on one side the longer has the words of both."""
    here = [label for label in chart.labels if round(label.y) == round(bar.row)]
    if _shared(chart, bar):
        longest = max((each for each in chart.bars if each.row == bar.row), key=lambda each: abs(each.end))
        return tr("; ").join(one_line(label.text) for label in here) if bar is longest else ""
    return next((one_line(label.text) for label in here if label.x == bar.end), "")


def waterfall_chart(chart: ChartSpec) -> NativeChart:
    """Pieces on a base that is not seen: the whole before and after, and what each part adds or takes away.

    It needs no legend, as each piece has its words; those of a part stand at the end of its base.
    """
    unit, count = axis_unit(chart.x_axis), len(chart.y_axis.ticks)
    bars: list[Bar | None] = [None] * count
    for bar in chart.bars:
        bars[round(bar.row)] = bar
    base = tuple(None if bar is None else _length(min(bar.start, bar.end), unit) for bar in bars)
    words = {round(label.y): one_line(label.text) for label in chart.labels}
    beside = tuple(words.get(row, "") if value else "" for row, value in enumerate(base))
    name = tr("what the piece stands on")
    series = [Series(name, BASE, NEUTRAL, base, format=number_format(base), texts=beside, listed=False)]
    kinds = ((tr("before and after"), _whole), (tr("time taken away"), _less), (tr("time added"), _more))
    for name, wanted in kinds:
        mine = [bar if bar is not None and wanted(bar) else None for bar in bars]
        if not any(mine):
            continue
        values = tuple(None if bar is None else _length(abs(bar.end - bar.start), unit) for bar in mine)
        texts = tuple("" if bar is None or not _whole(bar) else words.get(row, "") for row, bar in enumerate(mine))
        tint = next(bar.tint for bar in mine if bar is not None)
        series.append(Series(name, BAR, tint, values, format=number_format(values), texts=texts, listed=False))
    axis = NativeAxis(one_line(chart.x_axis.title), 0.0, _length(chart.x_axis.high, unit))
    return NativeChart(STACK, one_line(chart.title), axis, tuple(series), categories=_rows(chart), head=tr("Part"))


def _whole(bar: Bar) -> bool:
    return bar.start == 0.0


def _less(bar: Bar) -> bool:
    return bar.start > bar.end


def _more(bar: Bar) -> bool:
    return 0.0 < bar.start <= bar.end


def _length(value: float, unit: float) -> float:
    return float(f"{value / unit:.10g}")


def _rows(chart: ChartSpec) -> tuple[str, ...]:
    return tuple(one_line(tick.text) for tick in chart.y_axis.ticks)
