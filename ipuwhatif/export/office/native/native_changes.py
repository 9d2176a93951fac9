"""Native charts of changes: the tornado of a sensitivity, and the waterfall from one time to another."""

import math
from collections.abc import Iterator, Sequence

from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import BAR, GHOST, Axis, Bar, ChartSpec, LegendEntry
from ipuwhatif.export.office.native.native_series import (
    BASE,
    STACK,
    TORNADO,
    NativeAxis,
    NativeChart,
    Series,
    axis_unit,
    legend_text,
    number_format,
    three_digits,
)
from ipuwhatif.texts import one_line, tr

#: Length of a bar that is not seen, in percent.
_UNSEEN = 0.001
#: Where the words of a piece of a waterfall stand, and the share of the axis that is too short for them.
_AT_BASE, _INSIDE, _BEHIND, _SHORT = "at base", "inside", "behind", 0.12


def tornado_chart(chart: ChartSpec) -> NativeChart:
    """A series for each way that a bar can go, its words at the end of each bar."""
    ways = [(entry, _ways(chart, entry)) for entry in chart.legend if entry.style == BAR and entry.tint is not None]
    ways = [(entry, bars) for entry, bars in ways if any(bars)]
    # Where both ways of a row lie on one side the longer is drawn first, else it would hide the shorter.
    ways.sort(key=lambda way: -sum(abs(bar.end) for bar in way[1] if bar is not None and _shared(chart, bar)))
    series = [*(_way(chart, entry, bars) for entry, bars in ways), *_seconds(chart)]
    # In the middle: LibreOffice counts the entries that a legend leaves out from the other end.
    series[len(series) // 2 : len(series) // 2] = _near_words(chart)
    step = _step(chart.x_axis)
    low, high = step * math.floor(chart.x_axis.low / step), step * math.ceil(chart.x_axis.high / step)
    axis = NativeAxis(one_line(chart.x_axis.title), low, high, signed=True)
    head = tr("Lever or assumption")
    return NativeChart(TORNADO, one_line(chart.title), axis, tuple(series), categories=_rows(chart), head=head)


def stated_chart(chart: ChartSpec) -> NativeChart:
    """A bar for each stated ratio, its words at the end."""
    bars = sorted(chart.bars, key=lambda bar: bar.row)
    values = tuple(three_digits(bar.end) for bar in bars)
    texts = tuple(one_line(label.text) for label in sorted(chart.labels, key=lambda label: label.y))
    name = one_line(chart.x_axis.title)
    series = Series(
        name, BAR, bars[0].tint, values, format=number_format(values), texts=texts, dashed=True, listed=False
    )
    axis = NativeAxis(name, 0.0, _step(chart.x_axis) * math.ceil(chart.x_axis.high / _step(chart.x_axis)))
    return NativeChart(TORNADO, one_line(chart.title), axis, (series,), categories=_rows(chart), head=tr("What"))


def _step(axis: Axis) -> float:
    return three_digits(axis.ticks[1].value - axis.ticks[0].value) if len(axis.ticks) > 1 else axis.high - axis.low


def _ways(chart: ChartSpec, entry: LegendEntry) -> list[Bar | None]:
    found = {round(bar.row): bar for bar in chart.bars if bar.tint == entry.tint}
    return [found.get(row) for row in range(len(chart.y_axis.ticks))]


def _shared(chart: ChartSpec, bar: Bar) -> bool:
    """Whether the other bar of the row lies on the same side, or has no length: its words would lie on this one."""
    return any(each is not bar and each.row == bar.row and each.end * bar.end >= 0.0 for each in chart.bars)


def _way(chart: ChartSpec, entry: LegendEntry, bars: Sequence[Bar | None]) -> Series:
    values = tuple(None if bar is None else _signed(bar.end) for bar in bars)
    texts = tuple("" if bar is None else _words(chart, bar) for bar in bars)
    tint = entry.tint or NEUTRAL
    return Series(one_line(entry.text), BAR, tint, values, format="+0.0;\u22120.0;0", texts=texts)


def _seconds(chart: ChartSpec) -> Iterator[Series]:
    """Where the bars of a second scenario end, as outlines over those of the first."""
    brackets = [line for line in chart.lines if line.style == GHOST]
    for side, end in ((0, tr("low")), (-1, tr("high"))) if brackets else ():
        ends = {round(line.y[0]): _signed(line.x[side]) for line in brackets}
        values = tuple(ends.get(row) for row in range(len(chart.y_axis.ticks)))
        name = tr("{name}, {end}", name=legend_text(chart, GHOST), end=end)
        yield Series(name, GHOST, NEUTRAL, values, format="+0.0;\u22120.0;0", dashed=True)


def _signed(value: float) -> float:
    return math.copysign(three_digits(abs(value)), value) if value else 0.0


def _words(chart: ChartSpec, bar: Bar) -> str:
    """What stands at the end of a bar; of two bars on one side at that of the longer."""
    here = [label for label in chart.labels if round(label.y) == round(bar.row)]
    if _shared(chart, bar):
        longest = max((each for each in chart.bars if each.row == bar.row), key=lambda each: abs(each.end))
        return next((one_line(label.text) for label in here if label.x == bar.end and bar is longest), "")
    return next((one_line(label.text) for label in here if label.x == bar.end), "")


def _near_words(chart: ChartSpec) -> Iterator[Series]:
    """The setting of the shorter of two bars on one side, on the other side of the middle, as the chart has it.

    A bar that is too short to be seen carries the words there, as Office has words at the ends of bars alone.
    """
    values: list[float | None] = [None] * len(chart.y_axis.ticks)
    texts = [""] * len(values)
    for bar in chart.bars:
        near = next((each for each in chart.labels if each.y == bar.row and each.x == 0.0 and each.text), None)
        if near is not None and bar.end and _shared(chart, bar):
            values[round(bar.row)] = math.copysign(_UNSEEN, -bar.end)
            texts[round(bar.row)] = one_line(near.text)
    if any(texts):
        name = tr("words in the chart")
        yield Series(name, BASE, NEUTRAL, tuple(values), format="0", texts=tuple(texts), listed=False)


def waterfall_chart(chart: ChartSpec) -> NativeChart:
    """Pieces on a base that is not seen: the whole before and after, and what each part adds or takes away.

    It needs no legend, as each piece has its words: in it, at the end of its base, or where both are short behind it.
    """
    unit, count = axis_unit(chart.x_axis), len(chart.y_axis.ticks)
    bars: list[Bar | None] = [None] * count
    for bar in chart.bars:
        bars[round(bar.row)] = bar
    base = tuple(None if bar is None else _length(min(bar.start, bar.end), unit) for bar in bars)
    words = {round(label.y): one_line(label.text) for label in chart.labels}
    where = [None if bar is None else _words_at(bar, chart.x_axis) for bar in bars]

    def said(place: str, mine: Sequence[Bar | None]) -> tuple[str, ...]:
        return tuple(words.get(row, "") if bar and where[row] == place else "" for row, bar in enumerate(mine))

    name = tr("what the piece stands on")
    series = [Series(name, BASE, NEUTRAL, base, format=number_format(base), texts=said(_AT_BASE, bars), listed=False)]
    kinds = ((tr("before and after"), _whole), (tr("time taken away"), _less), (tr("time added"), _more))
    for name, wanted in kinds:
        mine = [bar if bar is not None and wanted(bar) else None for bar in bars]
        if not any(mine):
            continue
        values = tuple(None if bar is None else _length(abs(bar.end - bar.start), unit) for bar in mine)
        tint = next(bar.tint for bar in mine if bar is not None)
        texts = said(_INSIDE, mine)
        series.append(Series(name, BAR, tint, values, format=number_format(values), texts=texts, listed=False))
    behind = said(_BEHIND, bars)
    if any(behind):
        room = _length(_SHORT * chart.x_axis.high, unit)
        held = tuple(room if text else None for text in behind)
        name = tr("room for words")
        series.append(Series(name, BASE, NEUTRAL, held, texts=behind, listed=False, beside="inside_base"))
    axis = NativeAxis(one_line(chart.x_axis.title), 0.0, _length(chart.x_axis.high, unit))
    return NativeChart(STACK, one_line(chart.title), axis, tuple(series), categories=_rows(chart), head=tr("Part"))


def _words_at(bar: Bar, axis: Axis) -> str:
    """Where the words of a piece have room."""
    if not _whole(bar) and min(bar.start, bar.end) >= _SHORT * axis.high:
        return _AT_BASE
    return _INSIDE if abs(bar.end - bar.start) >= _SHORT * axis.high else _BEHIND


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
