"""Native charts of evidence by chip count: official results with the model beside them, or speeds on its intervals."""

from collections.abc import Iterator, Sequence

from ipuwhatif.charts.spec import OFFICIAL, OWN, PAIR, PROJECTED, ChartSpec, Figure, Line, Mark, Tint
from ipuwhatif.export.office.native.native_drawn import chart_words
from ipuwhatif.export.office.native.native_points import by_hue, by_system
from ipuwhatif.export.office.native.native_series import (
    HELPERS,
    POINTS,
    WHISKER,
    NativeChart,
    Series,
    axis_unit,
    legend_text,
    number_format,
    published,
    system_of,
    three_digits,
)
from ipuwhatif.export.office.native.native_ticks import ROOM, native_axis
from ipuwhatif.figures.evidence.suite_results_words import score_text
from ipuwhatif.records import replace
from ipuwhatif.texts import one_line, tr

#: Digits of a published figure.
_DIGITS = 6
#: What lies under the shortest of times whose numbers stand under them, as a factor.
_UNDER = 1.3


def results_chart(figure: Figure) -> NativeChart:
    """Marks by chip count, a series a family; a whisker from an official result to the value of the model.

    Speeds and the user's own results stand on the interval of the model, which need not hold them: lines of their own.
    Results alone, of which many share a chip count, stand side by side as in the chart.
    """
    chart, unit = figure.chart, axis_unit(figure.chart.y_axis)
    lines = {line.key: line for line in chart.lines}
    counts = _chips(figure)
    chips = counts if lines else {}
    series = list(_intervals(chart, lines, chips, unit))
    told = {system_of(each.tint) for each in chart.legend if each.style == PAIR and each.tint is not None}
    grouped = by_system if all(system_of(mark.tint) in told for mark in chart.marks) else by_hue
    for style in dict.fromkeys(mark.style for mark in chart.marks):
        for listed, marks in grouped(mark for mark in chart.marks if mark.style == style):
            made = _results(chart, marks, lines, chips, unit, listed)
            alone = style == OFFICIAL and not lines and not chart.labels
            series.append(_with_shortest(made, marks, counts) if alone else made)
    series += chart_words(chart)
    series.sort(key=lambda each: -len(each.values))  # LibreOffice draws no series that is longer than the first
    drawn = [each for each in series if each.style not in HELPERS]
    values = [value for each in drawn for value in (*each.values, *each.low, *each.high) if value is not None]
    axis = native_axis(chart.x_axis, [x for each in drawn for x in each.x])
    if any(mark.x != counts.get(mark.key, mark.x) for mark in chart.marks) and not lines:
        axis = replace(axis, title=tr("{title}; results of one count side by side", title=axis.title))
    room = _UNDER if any(each.beside == "below" for each in series) else ROOM
    y_axis = native_axis(chart.y_axis, values, room)
    return NativeChart(POINTS, one_line(chart.title), y_axis, tuple(series), x_axis=axis)


def _intervals(chart: ChartSpec, lines: dict[str, Line], chips: dict[str, float], unit: float) -> Iterator[Series]:
    spanned = [mark for mark in chart.marks if mark.key in lines and not _leads(mark, lines[mark.key])]
    for listed, marks in by_hue(spanned):
        values: list[float | None] = []
        x: list[float] = []
        for mark in marks:
            values += [*(three_digits(end / unit) for end in lines[mark.key].y), None]
            x += [chips.get(mark.key, mark.x)] * 3
        name, tint = legend_text(chart, PROJECTED), Tint(marks[0].tint.hue)
        yield Series(name, WHISKER, tint, tuple(values), tuple(x), format=number_format(values), listed=listed)


def _leads(mark: Mark, line: Line) -> bool:
    """Whether a line leads from its mark to another value, and is no interval."""
    return line.y[0] == mark.y


def _results(
    chart: ChartSpec,
    marks: Sequence[Mark],
    lines: dict[str, Line],
    chips: dict[str, float],
    unit: float,
    listed: bool,
) -> Series:
    style, system = marks[0].style, system_of(marks[0].tint)
    official = style == OFFICIAL
    values = tuple(published(mark.y, unit) if official else float(f"{mark.y / unit:.{_DIGITS}g}") for mark in marks)
    told = {system_of(each.tint): one_line(each.text) for each in chart.legend if each.style == PAIR and each.tint}
    name = told.get(system, told.get((system[0], 0))) if style != OWN else None
    found = Series(
        name=name or legend_text(chart, style),
        style=OWN if style == OWN else PAIR,
        tint=Tint(system[0], variety=system[1]),
        values=values,
        x=tuple(chips.get(mark.key, mark.x) for mark in marks),
        tints=tuple(mark.tint for mark in marks),
        format="#,##0.00" if official else number_format(values),
        listed=listed or name is not None,
    )
    if not any(mark.key in lines and _leads(mark, lines[mark.key]) for mark in marks):
        return found
    others = [
        three_digits(lines[mark.key].y[-1] / unit) if mark.key in lines else value
        for mark, value in zip(marks, values, strict=True)
    ]
    pairs = list(zip(values, others, strict=True))
    return replace(found, low=tuple(map(min, pairs)), high=tuple(map(max, pairs)))


def _with_shortest(results: Series, marks: Sequence[Mark], counts: dict[str, float]) -> Series:
    """The series with the number of the shortest time at each chip count: many numbers would lie on each other."""
    ordered = sorted(marks, key=lambda mark: -mark.y)
    best = {counts.get(mark.key, mark.x): mark for mark in ordered}.values()
    texts = tuple(score_text(mark.y) if any(mark is each for each in best) else "" for mark in marks)
    return replace(results, beside="below", texts=texts)


def _chips(figure: Figure) -> dict[str, float]:
    """Chip counts by what a row of the table explains: marks stand beside each other where they have the same."""
    places = [place for place, column in enumerate(figure.table.columns) if column.title == tr("Chips")]
    rows = [(row[0].key, row[place].number) for place in places[:1] for row in figure.table.rows]
    return {key: number for key, number in rows if key and number is not None}
