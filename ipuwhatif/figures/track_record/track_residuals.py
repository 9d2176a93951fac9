"""The errors of a track record: every entry with its interval around the official time, by chip and workload."""

import math
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from ipuwhatif.calibration.entries import architecture
from ipuwhatif.calibration.protocols import Prediction
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.charts.labels import EDGE, fit, text_height, text_width
from ipuwhatif.charts.page import Page, names_room, page_of
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL, TICK_SIZE, TITLE_SIZE
from ipuwhatif.charts.spec import GHOST, PROJECTED, Axis, ChartSpec, Label, LegendEntry, Line, Tick, Tint
from ipuwhatif.figures.job_titles import workload_name
from ipuwhatif.figures.track_record.track_charts import (
    FAMILIES,
    Words,
    answer_tint,
    miss_labels,
    pair_legend,
    pair_mark,
    ratio,
    reached_text,
    wrapped,
)
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

#: In logical pixels: where the plot starts, the gap between two groups of entries, least and greatest step in a group.
_TOP_OF_ROWS, _GAP, _LEAST_STEP, _GREATEST_STEP = 62, 18.0, 3.6, 14.0


class Grouped(Record, frozen=True):
    """A page of rows in groups that have a name each: where the rows are, in pixels from the top of the plot."""

    page: Page
    places: tuple[float, ...]  # of each row
    middles: tuple[float, ...]  # of each group
    y_axis: Axis


def residual_chart(answers: Sequence[Prediction], catalog: Catalog, words: Words, size: tuple[int, int]) -> ChartSpec:
    """Predicted over official time of every entry with its interval, by chip and workload, the lowest first.

    An interval that crosses the line of exact predictions holds the official time. `size`: width and height in
    logical pixels; many entries make the chart taller.
    """
    width = size[0]
    legend = pair_legend(words.entries, width)
    rows = _rows(answers, catalog)
    texts = [reached_text(members) for members in rows.values()]
    subtitle = wrapped(words.clauses, width)
    ordered = [each for members in rows.values() for each in members]
    grouped = grouped_rows({name: len(members) for name, members in rows.items()}, texts, subtitle, legend, size)
    page, places, y_axis = grouped.page, grouped.places, grouped.y_axis
    ends = [(each.low["time"] / each.entry.score_s, each.high["time"] / each.entry.score_s) for each in ordered]
    title = tr("Error of the predicted time to train, logarithmic")
    x_axis = error_axis([end for both in ends for end in both], page.plot_width, title)
    frame = page.frame(x_axis, y_axis)
    marks = tuple(pair_mark(each, ratio(each), place, catalog) for each, place in zip(ordered, places, strict=True))
    spans = tuple(
        Line(both, (place, place), mark.tint, PROJECTED, False, mark.key)
        for both, place, mark in zip(ends, places, marks, strict=True)
    )
    edges = tuple(
        Label(x_axis.high, middle, text, Tint(answer_tint(members[0], catalog).hue), "left", EDGE)
        for middle, text, members in zip(grouped.middles, texts, rows.values(), strict=True)
    )
    return ChartSpec(
        kind="track-record",
        title=fit(words.title, TITLE_SIZE, width - 2 * EDGE, bold=True),
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=y_axis,
        lines=(Line((1.0, 1.0), (y_axis.low, y_axis.high), NEUTRAL, GHOST, False, ""), *spans),
        marks=marks,
        labels=(*edges, *miss_labels(ordered, marks, spans, (), frame, catalog)),
        legend=legend,
        footnotes=words.footnotes,
        **page.margins,
    )


def _rows(answers: Sequence[Prediction], catalog: Catalog) -> dict[str, list[Prediction]]:
    """Answers by chip and workload, families in one order, the lowest predictions first."""
    families = list(FAMILIES)

    def place(answer: Prediction) -> tuple[int, str, str, float]:
        family = families.index(answer_tint(answer, catalog).hue)
        return family, _chip(answer, catalog), answer.entry.workload or "", ratio(answer)

    rows: dict[str, list[Prediction]] = {}
    for answer in sorted(answers, key=place):
        job = workload_name(answer.entry.workload, catalog.workloads)
        name = tr("{chip}, {workload}", chip=_chip(answer, catalog), workload=job)
        rows.setdefault(name, []).append(answer)
    return rows


def _chip(answer: Prediction, catalog: Catalog) -> str:
    """A chip without its board and memory: "GC200 IPU", "A100", "TPU"."""
    choice = answer.entry.choice
    assert choice is not None
    name = catalog.chip_of(choice).name
    return name if architecture(answer.entry, catalog) == "ipu" else name.split()[0]


def grouped_rows(
    counts: Mapping[str, int],
    texts: Sequence[str],
    subtitle: str,
    legend: Sequence[LegendEntry],
    size: tuple[int, int],
) -> Grouped:
    """Rows on a page of this size, which many of them make taller.

    counts: rows of each group by its name. texts: what stands right of the plot beside each group.
    """
    right = 2 * EDGE + max(text_width(text, LABEL_SIZE) for text in texts)
    several = list(counts.values())
    page = page_of(size, subtitle, legend, names_room(list(counts)), right, _TOP_OF_ROWS)
    page = page.holding(_rows_height(several, _LEAST_STEP))
    groups = _row_places(several, page.plot_height)
    middles = tuple((group[0] + group[-1]) / 2.0 for group in groups)
    ticks = tuple(Tick(middle, name) for middle, name in zip(middles, counts, strict=True))
    return Grouped(page, tuple(chain(*groups)), middles, Axis("", "rows", 0.0, float(page.plot_height), ticks))


def _row_places(counts: Sequence[int], height: float) -> list[list[float]]:
    """Places of the entries of each group, in pixels from the top of a plot of this height; groups stand apart."""
    low, high = 0.0, _GREATEST_STEP
    for _ in range(40):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _rows_height(counts, middle) <= height else (low, middle)
    spare = (height - _rows_height(counts, low)) / (len(counts) + 1)
    groups, top = [], _GAP / 2.0 + spare
    for count in counts:
        room = max(count * low, text_height(TICK_SIZE))
        start = top + (room - count * low) / 2.0
        groups.append([start + (k + 0.5) * low for k in range(count)])
        top += room + _GAP + spare
    return groups


def _rows_height(counts: Sequence[int], step: float) -> float:
    """Height of all groups with this step from entry to entry; the name of a group needs a line."""
    return sum(max(count * step, text_height(TICK_SIZE)) + _GAP for count in counts)


def error_axis(ratios: Sequence[float], width: float, title: str) -> Axis:
    """Predicted over measured on a logarithmic axis of this width, ticks as errors; exact predictions have a place."""
    first, last = math.log(min(*ratios, 1.0)), math.log(max(*ratios, 1.0))
    margin = 0.04 * (last - first)
    low, high = math.exp(first - margin), math.exp(last + margin)
    choices = [
        [step * k for k in range(math.ceil((low - 1.0) / step), math.floor((high - 1.0) / step) + 1)]
        for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
    ]
    for factor in (2.0, 4.0, 8.0, 16.0):  # errors of several hundred per cent
        ends = math.ceil(math.log(low, factor)), math.floor(math.log(high, factor))
        choices.append([factor**k - 1.0 for k in range(ends[0], ends[1] + 1)])
    for shares in choices:
        places = [math.log1p(share) / math.log(high / low) * width for share in shares]
        if all(after - before > 60.0 for before, after in pairwise(places)):
            break
    ticks = tuple(Tick(1.0 + share, _tick_text(share)) for share in shares)
    return Axis(title, "log", low, high, ticks)


def _tick_text(share: float) -> str:
    if abs(share) < 1e-9:
        return tr("exact")
    number = format_number(abs(share) * 100.0, 3 if abs(share) < 1.0 else None)
    return tr(
        "{sign}{percent} %", sign="−" if share < 0 else "+", percent=number.removesuffix(".0").removesuffix(".00")
    )
