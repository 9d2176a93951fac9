"""What stands under a pointer, in words: the name of a thing, its value with its unit, interval, basis and meaning.

The card in the window and the page that is exported say the same. Values are read on the axes, in the unit that the
ticks are printed in; official results are said as published.
"""

from collections.abc import Mapping, Sequence

from ipuwhatif.charts.spec import (
    BAR,
    CROSSING,
    DIFFERENCE,
    OFFICIAL,
    OWN,
    PAIR,
    PROJECTED,
    TARGET,
    Axis,
    Bar,
    ChartSpec,
    Interval,
    LegendEntry,
    Line,
    Mark,
    Reading,
    Strip,
    TableSpec,
    Tick,
    Tint,
    Why,
)
from ipuwhatif.figures.terms import explained
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

Element = Interval | Bar | Mark | Line | Strip | Tick | LegendEntry
Whys = Mapping[str, Why]


class Tip(Record, frozen=True):
    """One thing in words. What does not apply is empty; `notes` are lines under the rest."""

    name: str
    kind: str = ""  # what it is among others of this name: "baseline: no lever moved"
    value: str = ""
    interval: str = ""  # "27.1 min – 29.6 min"
    basis: str = ""
    notes: tuple[str, ...] = ()


def tip_of(chart: ChartSpec, element: Element, whys: Whys) -> Tip:
    """Of anything on a chart; `whys` by key name what has no name on it."""
    if isinstance(element, Interval):
        return _interval_tip(chart, element, whys)
    if isinstance(element, Bar):
        return _bar_tip(chart, element, whys)
    if isinstance(element, Mark):
        return _mark_tip(chart, element, whys)
    if isinstance(element, Line):
        return _line_tip(chart, element, whys)
    if isinstance(element, Tick):
        return _row_tip(chart, element, whys)
    if isinstance(element, LegendEntry):
        return Tip(_flowing(element.text), notes=explained(_flowing(element.text)))
    return Tip(element.tip or element.text)


def told(tip: Tip) -> str:
    """A tip on one line: "name, kind: value (interval)"."""
    return ": ".join(part for part in (_named(tip), _valued(tip)) if part)


def told_in_lines(tip: Tip) -> str:
    """The same with the value, the basis and the meaning each in a line of its own."""
    return "\n".join(line for line in (_named(tip), _valued(tip), tip.basis, *tip.notes) if line)


def _named(tip: Tip) -> str:
    return ", ".join(part for part in (tip.name, tip.kind) if part)


def _valued(tip: Tip) -> str:
    return tr("{value} ({interval})", value=tip.value, interval=tip.interval) if tip.interval else tip.value


def point_tips(chart: ChartSpec, line: Line, whys: Whys) -> Sequence[Tip]:
    """The value at each point of a curve that no reading tells of; empty for a plain stroke."""
    if len(line.x) < 3 or chart.readings:
        return ()
    name = whys[line.key].title if line.key in whys else ""
    kind = "" if line.style == PROJECTED else _style_text(chart, line.style)
    return [
        Tip(", ".join(part for part in (name, kind, place_text(chart, x)) if part), value=value_text(chart.y_axis, y))
        for x, y in zip(line.x, line.y, strict=True)
    ]


def reading_tip(chart: ChartSpec, reading: Reading) -> Tip:
    """What a curve says at one place."""
    axis, ends = chart.y_axis, reading.ends
    return Tip(
        reading.name,
        place_text(chart, reading.x),
        value_text(axis, reading.value),
        "" if ends is None else _span_text(axis, *ends),
        reading.basis,
    )


def place_text(chart: ChartSpec, x: float) -> str:
    """A place on the x axis by its name: "Chips 64"."""
    return tr("{axis} {value}", axis=_quantity(chart.x_axis), value=value_text(chart.x_axis, x))


def value_text(axis: Axis, value: float) -> str:
    """A value in the axis' unit, in three digits, or a count as it is; empty where the ticks print no quantity."""
    if not axis.per_unit:
        return ""
    number = value / axis.per_unit
    whole = not axis.unit and abs(number - round(number)) < 1e-9 * max(1.0, abs(number))
    text = format_number(round(number)) if whole else format_number(number, 3)
    return f"{text} {axis.unit}".strip().replace("-", "−")


def cell_tip(table: TableSpec, row: int, column: int) -> Tip:
    """Of a cell: its row, its column, what it holds, the interval that stands beside it, and what its words mean."""
    cells, columns = table.rows[row], table.columns
    cell, title = cells[column], columns[column].title
    beside = cells[column + 1] if column + 1 < len(cells) else cell
    interval = f"{columns[column + 1].title}: {beside.text}" if cell.number is not None and beside.ends else ""
    notes = explained(cell.text) if cell.number is None and not cell.ends else ()
    notes = notes or (explained(title) if column else ())
    return Tip(cells[0].text, title if column else "", cell.text if column else "", interval, notes=notes)


def _interval_tip(chart: ChartSpec, interval: Interval, whys: Whys) -> Tip:
    """The row of an interval, what it is, its median and its ends."""
    axis, mine = chart.x_axis, interval.style == PROJECTED
    return Tip(
        _row(chart, interval.row),
        _style_text(chart, interval.style),
        value_text(axis, interval.median),
        _span_text(axis, interval.low, interval.high),
        _basis(interval.key, whys) if mine else "",
    )


def _bar_tip(chart: ChartSpec, bar: Bar, whys: Whys) -> Tip:
    """The row of a bar, which part it is, and how much from its start to its end."""
    axis = chart.x_axis
    if axis.scale == "log":
        ends = [value_text(axis, each) for each in (bar.start, bar.end)]
        said = tr("{start} to {end}", start=ends[0], end=ends[1]) if all(ends) else ""
    else:
        said = value_text(axis, bar.end - bar.start)
    return Tip(_row(chart, bar.row), _part(chart.legend, bar.tint), said, basis=_basis(bar.key, whys))


def _mark_tip(chart: ChartSpec, mark: Mark, whys: Whys) -> Tip:
    """The name of a mark and its value as it is explained; for a pair what was predicted as well.

    What the user measured is explained beside the projection, whose value it is not: it is told by itself.
    """
    if mark.style == OWN:
        return Tip(_row(chart, mark.y), _style_text(chart, OWN), value_text(chart.x_axis, mark.x))
    predicted = value_text(chart.y_axis, mark.y) if mark.style == PAIR and chart.y_axis.scale != "rows" else ""
    if mark.key in whys:
        name, value = whys[mark.key].title, whys[mark.key].value
        if predicted:
            value = tr("{value}; {axis}: {other}", value=value, axis=_quantity(chart.y_axis), other=predicted)
        # What a result is, and where curves cross, no number says.
        said = (whys[mark.key].summary,) if mark.style in (OFFICIAL, CROSSING) else ()
        return Tip(name, value=value, notes=said)
    if predicted:
        return Tip(_quantity(chart.y_axis), value=predicted)
    return Tip(_row(chart, mark.y), value=value_text(chart.x_axis, mark.x))


def _line_tip(chart: ChartSpec, line: Line, whys: Whys) -> Tip:
    """What a line is: a projection by its name and range, any other by its legend and where it stands."""
    if line.style == PROJECTED:
        return Tip(whys[line.key].title, value=whys[line.key].value) if line.key in whys else Tip("")
    if line.style == DIFFERENCE:
        return Tip(line.tip)
    upright, level = (all(each == ends[0] for each in ends) for ends in (line.x, line.y))
    value = value_text(chart.y_axis, line.y[0]) if level else ""
    if upright:
        value = value_text(chart.x_axis, line.x[0])
    return Tip(tr("Target") if line.style == TARGET else _style_text(chart, line.style), value=value)


def _row_tip(chart: ChartSpec, tick: Tick, whys: Whys) -> Tip:
    """The name of a row, with what is projected in it."""
    for each in chart.intervals:
        if each.row == tick.value and each.style == PROJECTED:
            return _interval_tip(chart, each, whys)
    return Tip(tick.text)


def _span_text(axis: Axis, low: float, high: float) -> str:
    texts = [value_text(axis, each) for each in (low, high)]
    return tr("{low} – {high}", low=texts[0], high=texts[1]) if all(texts) else ""


def _quantity(axis: Axis) -> str:
    """What an axis is of, without its unit and scale."""
    title = axis.title
    for mark in ("(", "（", ",", "，"):
        title = title.partition(mark)[0]
    return title.strip()


def _basis(key: str, whys: Whys) -> str:
    return whys[key].basis if key in whys else ""


def _row(chart: ChartSpec, row: float) -> str:
    return next((tick.text for tick in chart.y_axis.ticks if tick.value == row and chart.y_axis.scale == "rows"), "")


def _part(legend: Sequence[LegendEntry], tint: Tint) -> str:
    return next((_flowing(entry.text) for entry in legend if entry.style == BAR and entry.tint == tint), "")


def _style_text(chart: ChartSpec, style: str) -> str:
    return next((_flowing(entry.text) for entry in chart.legend if entry.style == style), "")


def _flowing(text: str) -> str:
    return text.replace("\n", " ")
