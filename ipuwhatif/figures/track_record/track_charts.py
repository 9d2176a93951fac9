"""Predicted against official time to train, and what this chart shares with that of the errors.

An entry is one mark. Colour is its family, as on every chart; the farthest outside their interval are named.
"""

import math
from collections.abc import Sequence

from ipuwhatif.calibration.protocols import Prediction
from ipuwhatif.calibration.scores import is_covered, score
from ipuwhatif.catalog.names import short_name
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.charts.geometry import Frame, spaced, stacked
from ipuwhatif.charts.labels import (
    EDGE,
    LEGEND_GAP,
    LEGEND_SAMPLE,
    Box,
    fit,
    free_place,
    text_height,
    text_width,
    wrap,
    wrap_clauses,
)
from ipuwhatif.charts.page import page_of
from ipuwhatif.charts.palette import LABEL_SIZE, LEGEND_SIZE, NEUTRAL, SUBTITLE_SIZE, TITLE_SIZE, system_tint
from ipuwhatif.charts.spec import (
    GHOST,
    PAIR,
    PROJECTED,
    ChartSpec,
    Footnote,
    Label,
    LegendEntry,
    Line,
    Mark,
    Tint,
)
from ipuwhatif.figures.phrasing import official_key
from ipuwhatif.figures.times import time_axis
from ipuwhatif.records import Record
from ipuwhatif.texts import marked, tr

#: Half of what a mark takes, the room between an interval and a name, margins and steps, in logical pixels.
_REACH, _ROOM, _LEFT, _RIGHT, _TOP, _KEY_STEP = 3.5, 8.0, 72, 28, 88, 21.0
_LEAST_PLOT = 140.0
FAMILIES = {
    "ipu": marked("IPU-POD"),
    "bow": marked("Bow systems"),
    "gpu": marked("GPU systems"),
    "other": marked("other accelerators"),
    "cpu": marked("CPU systems"),
}
_NAMED = 6  # entries outside their interval that are named, the farthest first


class Words(Record, frozen=True):
    """What stands around a chart; `entries` says in its legend what a mark is."""

    title: str
    clauses: tuple[str, ...]
    entries: str
    footnotes: tuple[Footnote, ...]


def percent_text(share: float) -> str:
    """An error with its sign: "+8.6 %", "−15.2 %"."""
    return tr("{percent} %", percent=signed_percent(share))


def signed_percent(share: float) -> str:
    """The same without its unit: "+8.6"."""
    return f"{'−' if share < 0 else '+'}{100.0 * abs(share):.1f}"


def prediction_chart(answers: Sequence[Prediction], catalog: Catalog, words: Words, size: tuple[int, int]) -> ChartSpec:
    """Predicted against official time to train, both logarithmic, with the interval of each and the line of equality.

    `size`: width and height in logical pixels; where that leaves less than the names of the families need, the chart
    is taller.
    """
    width = size[0]
    legend = pair_legend(words.entries, width)
    subtitle = wrapped(words.clauses, width)
    families = len({answer_tint(each, catalog).hue for each in answers})
    page = page_of(size, subtitle, legend, _LEFT, _RIGHT, _TOP).holding(_LEAST_PLOT + 2 * _KEY_STEP * families)
    times = [time for each in answers for time in (each.entry.score_s, each.low["time"], each.high["time"])]
    x_axis, _ = time_axis(times, "log", tr("official time to train"))
    y_axis, _ = time_axis(times, "log", tr("predicted time to train"))
    y_axis = stacked(y_axis, page.plot_height)
    frame = page.frame(spaced(x_axis, page.plot_width), y_axis)
    marks = tuple(pair_mark(each, each.entry.score_s, each.predicted["time"], catalog) for each in answers)
    keys = _family_keys(answers, catalog, frame)
    ends = (x_axis.low, x_axis.high)
    spans = tuple(
        Line((each.entry.score_s,) * 2, (each.low["time"], each.high["time"]), mark.tint, PROJECTED, False, mark.key)
        for each, mark in zip(answers, marks, strict=True)
    )
    return ChartSpec(
        kind="track-record",
        title=fit(words.title, TITLE_SIZE, width - 2 * EDGE, bold=True),
        subtitle=subtitle,
        x_axis=frame.x_axis,
        y_axis=y_axis,
        lines=(Line(ends, ends, NEUTRAL, GHOST, False, ""), *spans),
        marks=marks,
        labels=(*keys, *miss_labels(answers, marks, spans, keys, frame, catalog)),
        legend=legend,
        footnotes=words.footnotes,
        **page.margins,
    )


def pair_legend(entries: str, width: int) -> tuple[LegendEntry, ...]:
    room = width - 2 * EDGE - LEGEND_SAMPLE - LEGEND_GAP
    texts = (
        (PROJECTED, tr("80 % interval of a prediction"), ""),
        (GHOST, tr("prediction equals official result"), ""),
        (PAIR, entries, tr("official result and its prediction")),
    )
    return tuple(
        LegendEntry(style, "\n".join(wrap(text, LEGEND_SIZE, room)), short=short) for style, text, short in texts
    )


def wrapped(clauses: Sequence[str], width: int) -> str:
    """A subtitle in lines for a page of this width."""
    return "\n".join(wrap_clauses(clauses, SUBTITLE_SIZE, width - 2 * EDGE))


def pair_mark(answer: Prediction, x: float, y: float, catalog: Catalog) -> Mark:
    return Mark(x, y, answer_tint(answer, catalog), PAIR, official_key(answer.entry))


def answer_tint(answer: Prediction, catalog: Catalog) -> Tint:
    """The tint of the family of an entry, as the legend has it."""
    choice = answer.entry.choice
    assert choice is not None
    return system_tint(catalog.systems[choice.system].family, choice.chips)


def _family_keys(answers: Sequence[Prediction], catalog: Catalog, frame: Frame) -> tuple[Label, ...]:
    """The families by name in their colour, with what each reached, in the corner that the line leaves free."""
    labels: list[Label] = []
    for family, name in FAMILIES.items():
        members = [each for each in answers if answer_tint(each, catalog).hue == family]
        if members:
            text = tr("{family}: {reached}", family=tr(name), reached=reached_text(members))
            dy = 18.0 + _KEY_STEP * len(labels)
            labels.append(Label(frame.x_axis.low, frame.y_axis.high, text, Tint(family), "left", 16.0, dy, True))
    return tuple(labels)


def reached_text(answers: Sequence[Prediction]) -> str:
    time = score(answers, "time")
    return tr(
        "{percent} % on average, {covered} of {count} inside",
        percent=f"{100.0 * time.mape:.1f}",
        covered=time.covered,
        count=len(answers),
    )


def ratio(answer: Prediction) -> float:
    return answer.predicted["time"] / answer.measured["time"]


def miss_labels(
    answers: Sequence[Prediction],
    marks: Sequence[Mark],
    spans: Sequence[Line],
    keys: Sequence[Label],
    frame: Frame,
    catalog: Catalog,
) -> tuple[Label, ...]:
    """The farthest of the entries outside their interval by submitter, system and round, where there is room."""
    taken = [*(_span_box(span, frame) for span in spans), *(_label_box(label, frame) for label in keys)]
    bounds = Box(frame.left + 2.0, frame.top, frame.right, frame.bottom)
    missed = [each for each in zip(answers, marks, spans, strict=True) if not is_covered(each[0], "time")]
    labels: list[Label] = []
    for answer, mark, span in sorted(missed, key=lambda each: -abs(math.log(ratio(each[0]))))[:_NAMED]:
        text = _name(answer, catalog)
        size = (text_width(text, LABEL_SIZE), text_height(LABEL_SIZE))
        place = free_place(_beside(_span_box(span, frame), size, frame, ratio(answer) < 1.0), taken, bounds)
        if place is not None:
            taken.append(place)
            x, dy = frame.x(mark.x), (place.top + place.bottom) / 2.0 - frame.y(mark.y)
            # a text may be narrower than its place: it starts or ends at its mark
            anchor, edge = ("right", place.right) if place.left + place.right < 2.0 * x else ("left", place.left)
            labels.append(Label(mark.x, mark.y, text, mark.tint, anchor, edge - x, dy))
    return tuple(labels)


def _beside(span: Box, size: tuple[float, float], frame: Frame, low: bool) -> list[Box]:
    """Places for a name: before and after a lying interval; on its own side of the line for a standing one."""
    (wide, tall), x, y = size, (span.left + span.right) / 2.0, (span.top + span.bottom) / 2.0
    if frame.y_axis.scale == "rows":
        sides = (span.left - _ROOM - wide / 2.0, span.right + _ROOM + wide / 2.0)
        return [_box(side, y + dy, wide, tall) for side in sides for dy in (0.0, -6.0, 6.0, -11.0, 11.0)]
    aside = _REACH + _ROOM + wide / 2.0
    if low:
        below = [_box(x + wide / 2.0, span.bottom + tall / 2.0 + dy, wide, tall) for dy in (0.0, 6.0)]
        return [_box(x + aside, y, wide, tall), *below, _box(x - wide / 2.0, span.bottom + tall / 2.0, wide, tall)]
    above = [_box(x - wide / 2.0, span.top - tall / 2.0 - dy, wide, tall) for dy in (0.0, 6.0)]
    return [_box(x - aside, y, wide, tall), *above]


def _name(answer: Prediction, catalog: Catalog) -> str:
    entry = answer.entry
    assert entry.choice is not None
    return tr(
        "{submitter}, {system}, {round}: {error}",
        submitter=entry.submitter,
        system=short_name(entry.choice, catalog),
        round=entry.mlperf_round,
        error=percent_text(answer.error("time")),
    )


def _span_box(span: Line, frame: Frame) -> Box:
    """What an interval and the mark on it cover."""
    xs, ys = [frame.x(x) for x in span.x], [frame.y(y) for y in span.y]
    return Box(min(xs) - _REACH, min(ys) - _REACH, max(xs) + _REACH, max(ys) + _REACH)


def _label_box(label: Label, frame: Frame) -> Box:
    wide = text_width(label.text, LABEL_SIZE, label.bold)
    return _box(frame.x(label.x) + label.dx + wide / 2.0, frame.y(label.y) + label.dy, wide, _KEY_STEP)


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0)
