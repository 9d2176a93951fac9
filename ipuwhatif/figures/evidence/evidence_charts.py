"""Charts of evidence by chip count: official times with the model beside them, or published throughputs."""

from collections.abc import Sequence

from ipuwhatif.analysis.evidence import EvidenceRow
from ipuwhatif.catalog.types import Workload
from ipuwhatif.charts.geometry import LEAST_PLOT, Frame, spaced, stacked
from ipuwhatif.charts.labels import (
    EDGE,
    LEGEND_GAP,
    LEGEND_SAMPLE,
    fit,
    wrap,
    wrap_clauses,
)
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.page import Page as Room
from ipuwhatif.charts.page import page_of
from ipuwhatif.charts.palette import LEGEND_SIZE, SUBTITLE_SIZE, TITLE_SIZE
from ipuwhatif.charts.side_by_side import side_by_side
from ipuwhatif.charts.spec import (
    OFFICIAL,
    PAIR,
    PROJECTED,
    Axis,
    ChartSpec,
    Footnote,
    Label,
    LegendEntry,
    Line,
    Mark,
    Tint,
)
from ipuwhatif.charts.ticks import chip_axis
from ipuwhatif.figures.captions import legend
from ipuwhatif.figures.evidence.evidence_labels import names
from ipuwhatif.figures.evidence.evidence_rows import UNKNOWN, row_key, row_tint
from ipuwhatif.figures.footnotes import footnote_numbers, references
from ipuwhatif.figures.job_titles import division, job_words, time_words
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.phrasing import listed
from ipuwhatif.figures.times import time_axis
from ipuwhatif.figures.track_record.track_charts import FAMILIES
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_LEFT, _RIGHT, _TOP = 72, 28, 88
#: Diameter of a mark of a system that is ticked, of any other, and of a published figure, times that of its style.
_TICKED, _OTHER, _PRINTED = 1.2, 0.75, 1.35


class Page(Record, frozen=True):
    """What stands around the marks of a chart."""

    title: str
    clauses: tuple[str, ...]
    y_axis: Axis
    legend: tuple[LegendEntry, ...]
    footnotes: tuple[Footnote, ...]
    size: tuple[int, int]


def official_chart(
    rows: Sequence[EvidenceRow],
    scenario: Scenario,
    job: Workload,
    notes: tuple[Footnote, ...],
    size: tuple[int, int],
    known: int,
) -> ChartSpec:
    """Official time by chip count, both logarithmic; a line leads from each to the model's in-sample value.

    known: how many official results there are, where not all of them belong on one chart.

    `size`: width and height in logical pixels; where that leaves too low a plot, the chart is taller.
    Systems that are ticked have their colours, others are smaller and in the lightest shade of their family.
    """
    ticked = {choice.system for choice in scenario.systems}
    told = (*_larger(rows, ticked), *_shown_of(rows, known))
    page = _official_page(rows, job_words(job, scenario.recipe), time_words(job), told, notes, size)
    ordered = sorted(rows, key=lambda row: _is_ticked(row, ticked))  # what is ticked is drawn on top
    frame = page_frame(page, [row.chips for row in rows])
    across = side_by_side([(row_key(row), row.chips, row.value) for row in reversed(ordered)], frame)
    marks = [
        Mark(
            across[row_key(row)],
            row.value,
            _tint(row, ticked),
            OFFICIAL,
            row_key(row),
            _TICKED if _is_ticked(row, ticked) else _OTHER,
        )
        for row in ordered
    ]
    lines = [
        Line((mark.x, mark.x), (row.value, row.model.median), mark.tint, PROJECTED, False, mark.key)
        for row, mark in zip(ordered, marks, strict=True)
        if row.model is not None
    ]
    return page_chart(page, frame, marks, lines, names(rows, scenario, marks, frame))


def _official_page(
    rows: Sequence[EvidenceRow],
    job: str,
    times: str,
    told: tuple[str, ...],
    notes: tuple[Footnote, ...],
    size: tuple[int, int],
) -> Page:
    """The page of official results. told: what it says of these rows before what it says of all."""
    officials = [row.official for row in rows if row.official is not None]
    marks_text = references(officials, footnote_numbers(officials))
    line = tr("from a result to the model's in-sample value, not an official metric")
    values = [time for row in rows for time in (row.value, *_medians(row))]
    return Page(
        title=tr("{job}, official results by chip count", job=job),
        clauses=(
            *told,
            tr("Official results as published, side by side at one chip count;"),
            tr("the model was fitted to them, its values are not {suite} results", suite=legal().suite.split()[0]),
        ),
        y_axis=time_axis(values, "log", times, bool(officials))[0],
        legend=(*legend(line, False, officials, marks_text, size[0]), *_family_entries(rows)),
        footnotes=notes,
        size=size,
    )


def _larger(rows: Sequence[EvidenceRow], ticked: set[str]) -> tuple[str, ...]:
    """What the larger marks are, where there are both."""
    if len({_is_ticked(row, ticked) for row in rows}) < 2:
        return ()
    return (tr("Larger marks: ticked systems."),)


def _shown_of(rows: Sequence[EvidenceRow], known: int) -> tuple[str, ...]:
    """How many of the official results the chart holds, and which."""
    if len(rows) == known:
        return ()
    kinds = listed([division(row.official.division) for row in rows if row.official is not None])
    return (
        tr(
            "{shown} of {count} official results: those of the {division} with today's target.",
            shown=format_number(len(rows)),
            count=format_number(known),
            division=kinds,
        ),
    )


def published_chart(
    rows: Sequence[EvidenceRow],
    scenario: Scenario,
    job: Workload,
    notes: tuple[Footnote, ...],
    size: tuple[int, int],
) -> ChartSpec:
    """Published throughput by chip count, both logarithmic, on the model's in-sample interval."""
    spans = [(_rate(row, row.model.low), _rate(row, row.model.high)) for row in rows if row.model is not None]
    rates = [_rate(row, row.value) for row in rows] + [end for span in spans for end in span]
    samples = tr(job.sample_word)
    title = tr("Training throughput ({samples}/s), logarithmic", samples=samples)
    room = size[0] - 2 * EDGE - LEGEND_SAMPLE - LEGEND_GAP
    told = (
        (PROJECTED, tr("80 % interval of the model, in-sample")),
        (PAIR, tr("figure that a vendor or a paper published; no official result")),
    )
    page = Page(
        title=tr("{workload}: published throughput by chip count", workload=job.name),
        clauses=(
            tr("Figures as published, of software and layouts of their own, side by side at one chip count;"),
            tr("the model was fitted to them"),
        ),
        y_axis=log_axis(title, min(rates) / 1.4, 1.4 * max(rates), symbol=tr("{samples}/s", samples=samples)),
        legend=(
            *(LegendEntry(style, "\n".join(wrap(text, LEGEND_SIZE, room))) for style, text in told),
            *_family_entries(rows),
        ),
        footnotes=notes,
        size=size,
    )
    frame = page_frame(page, [row.chips for row in rows])
    across = side_by_side([(row_key(row), row.chips, _rate(row, row.value)) for row in rows], frame)
    marks = [
        Mark(across[row_key(row)], _rate(row, row.value), row_tint(row), PAIR, row_key(row), _PRINTED) for row in rows
    ]
    lines = [
        Line((mark.x, mark.x), (min(span), max(span)), mark.tint, PROJECTED, False, mark.key)
        for mark, span in zip(marks, spans, strict=True)
    ]
    return page_chart(page, frame, marks, lines, ())


def chips_axis(chips: Sequence[int]) -> Axis:
    """The axis of the charts of evidence."""
    return chip_axis(chips, tr("Chips, logarithmic"))


def _medians(row: EvidenceRow) -> tuple[float, ...]:
    return () if row.model is None else (row.model.median,)


def _rate(row: EvidenceRow, value: float) -> float:
    """A value in the row's unit as samples/s."""
    return row.epoch_samples / value if row.epoch_samples else value


def _is_ticked(row: EvidenceRow, ticked: set[str]) -> bool:
    return row.choice is not None and row.choice.system in ticked


def _tint(row: EvidenceRow, ticked: set[str]) -> Tint:
    tint = row_tint(row)
    return tint if _is_ticked(row, ticked) else replace(tint, shade=1.0)


def _heading(page: Page) -> tuple[str, str]:
    """Title and subtitle. No release: evidence is of all of them."""
    room = page.size[0] - 2 * EDGE
    return fit(page.title, TITLE_SIZE, room, bold=True), "\n".join(wrap_clauses(page.clauses, SUBTITLE_SIZE, room))


def page_frame(page: Page, chips: Sequence[int]) -> Frame:
    """The plot of a page over these chip counts."""
    room = _room(page)
    return room.frame(spaced(chips_axis(chips), room.plot_width), stacked(page.y_axis, room.plot_height))


def _room(page: Page) -> Room:
    return page_of(page.size, _heading(page)[1], page.legend, _LEFT, _RIGHT, _TOP).holding(LEAST_PLOT)


def page_chart(
    page: Page, frame: Frame, marks: Sequence[Mark], lines: Sequence[Line] = (), labels: Sequence[Label] = ()
) -> ChartSpec:
    """The chart of a page with what stands on it."""
    title, subtitle = _heading(page)
    return ChartSpec(
        kind="evidence",
        title=title,
        subtitle=subtitle,
        x_axis=frame.x_axis,
        y_axis=frame.y_axis,
        lines=tuple(lines),
        marks=tuple(marks),
        labels=tuple(labels),
        legend=page.legend,
        footnotes=page.footnotes,
        **_room(page).margins,
    )


def _family_entries(rows: Sequence[EvidenceRow]) -> tuple[LegendEntry, ...]:
    return family_entries([UNKNOWN.hue if row.choice is None else row.family for row in rows])


def family_entries(families: Sequence[str]) -> tuple[LegendEntry, ...]:
    """The families in their colour with how many rows each has, for the legend: no mark is covered there."""
    entries = []
    for family, name in (*FAMILIES.items(), (UNKNOWN.hue, tr("not in the catalog"))):
        count = families.count(family)
        if count:
            text = tr("{family}: {count}", family=tr(name), count=format_number(count))
            entries.append(LegendEntry(PAIR, text, UNKNOWN if family == UNKNOWN.hue else Tint(family)))
    return tuple(entries)
