"""The chart of the article check: a row a statement, by verdict, computed over stated value where both are numbers.

The verdict is said in words above its rows; a mark inside the translucent bar agrees with what was stated.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ipuwhatif.analysis.article.claims import VERDICTS, Verdict
from ipuwhatif.analysis.article.tolerances import agreeing_range
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.charts.geometry import TITLE_LEFT, spaced
from ipuwhatif.charts.labels import EDGE, LEGEND_GAP, LEGEND_SAMPLE, fit, text_width, wrap, wrap_clauses
from ipuwhatif.charts.page import names_room, page_of
from ipuwhatif.charts.palette import LABEL_SIZE, LEGEND_SIZE, NEUTRAL, SUBTITLE_SIZE, TICK_SIZE, TITLE_SIZE
from ipuwhatif.charts.spec import (
    GHOST,
    OFFICIAL,
    PAIR,
    PROJECTED,
    Axis,
    ChartSpec,
    Interval,
    Label,
    LegendEntry,
    Mark,
    Tick,
    Tint,
)
from ipuwhatif.figures.article.article_words import computed_text, subject_text
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references, submitters
from ipuwhatif.figures.job_titles import division
from ipuwhatif.figures.legal import legal
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, to_base, told

_MUTED = Tint("neutral", 1.0)
#: Marks and projections, apart from the neutral bar of what was stated; the hue tells nothing of a verdict.
_COMPUTED = Tint("ipu", 0.4)
_ROW, _TOP, _GAP, _INSET = 24, 62, 16.0, 8.0
#: Parts of the width that names and stated values may take, with their limits in logical pixels.
_NAME, _STATED = (0.4, 400.0), (0.26, 300.0)
_PLOT = 0.22  # part of the width that the plot keeps: names give way on a narrow page


def claim_key(verdict: Verdict) -> str:
    """What a click on a statement asks the why of."""
    return f"claim/{verdict.claim.key}"


def scored(verdict: Verdict) -> OfficialResult | None:
    """The official result whose score, as published, is the computed value; None where it is anything else."""
    officials = [source.official for source in verdict.sources if source.official is not None]
    if len(verdict.sources) != 1 or not officials or verdict.value is None or verdict.unit not in ("min", "h"):
        return None
    same = math.isclose(to_base(verdict.value, verdict.unit, "s"), officials[0].score_s, rel_tol=1e-9)
    return officials[0] if same else None


class _Rows(Record, frozen=True):
    """The rows from the top: statements with their row, and verdicts with the row that says them."""

    statements: tuple[tuple[int, Verdict], ...]
    heads: tuple[tuple[int, str], ...]


def article_chart(
    verdicts: Sequence[Verdict], officials: Sequence[OfficialResult], catalog: Catalog, size: tuple[int, int]
) -> ChartSpec:
    """The chart for `size`, width and height in logical pixels; many statements make it taller.

    officials: every official result that a verdict rests on, in the order of its footnotes.
    """
    width, rows = size[0], _rows(verdicts)
    stated = {row: fit(told(each.claim.stated), LABEL_SIZE, _share(_STATED, width)) for row, each in rows.statements}
    computed = {row: computed_text(each) or tr("nothing") for row, each in rows.statements}
    columns = _column(tr("stated"), stated.values()), _column(tr("computed"), computed.values())
    right = _GAP + columns[0] + _GAP + columns[1] + EDGE
    room = min(_share(_NAME, width), (1.0 - _PLOT) * width - right - names_room([""]))
    names = {row: fit(subject_text(each.claim), TICK_SIZE, room) for row, each in rows.statements}
    left = names_room(list(names.values()))
    entries = _legend(verdicts, officials, width)
    subtitle = "\n".join(wrap_clauses(_clauses(verdicts), SUBTITLE_SIZE, width - TITLE_LEFT - EDGE))
    count = len(rows.statements) + len(rows.heads)
    page = page_of(size, subtitle, entries, left, right, _TOP)
    page = page.holding(_ROW * count)
    x_axis = spaced(_axis(verdicts), page.plot_width)
    places = (_GAP, _GAP + columns[0] + _GAP)
    title = tr("Article check: what the evidence says to {count} statements", count=len(verdicts))
    return ChartSpec(
        kind="article",
        title=fit(title, TITLE_SIZE, width - TITLE_LEFT - EDGE, bold=True),
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=Axis("", "rows", -0.5, count - 0.5, tuple(Tick(float(row), name) for row, name in names.items())),
        intervals=tuple(each for row, verdict in rows.statements for each in _intervals(row, verdict, x_axis)),
        marks=tuple(each for row, verdict in rows.statements for each in _marks(row, verdict)),
        labels=(
            *(Label(x_axis.low, float(row), text, NEUTRAL, "left", EDGE - left, 0.0, True) for row, text in rows.heads),
            *_column_labels(x_axis.high, places[0], tr("stated"), stated),
            *_column_labels(x_axis.high, places[1], tr("computed"), computed),
            *_replies(rows, x_axis, page.plot_width),
        ),
        legend=entries,
        footnotes=footnotes(officials, catalog),
        **page.margins,
    )


def _rows(verdicts: Sequence[Verdict]) -> _Rows:
    """Statements by verdict, in the order of the verdicts' words and of the article."""
    statements, heads, row = [], [], 0
    for word in VERDICTS:
        members = [each for each in verdicts if each.verdict == word]
        if members:
            said = told(word)
            text = tr("{verdict}: {count}", verdict=said[:1].upper() + said[1:], count=len(members))
            heads.append((row, text))
            statements += [(row + 1 + index, each) for index, each in enumerate(members)]
            row += 1 + len(members)
    return _Rows(tuple(statements), tuple(heads))


def _share(limits: tuple[float, float], width: int) -> float:
    return min(limits[0] * width, limits[1])


def _column(title: str, texts: Iterable[str]) -> float:
    return max(text_width(text, LABEL_SIZE) for text in (title, *texts))


def _replies(rows: _Rows, axis: Axis, width: float) -> Iterator[Label]:
    """What stands in a row without a computed value, and beside the model's reply to a hope, where there is room."""
    for row, verdict in rows.statements:
        projected = _projected(verdict)
        if projected is not None:
            text, x, anchor, dx = tr("the model's reply"), projected[0], "right", -_INSET
            room = projected[0] / axis.high * width
        elif verdict.value is None:
            text, x, anchor, dx = tr("no evidence found"), 1.0, "left", _INSET
            room = (1.0 - 1.0 / axis.high) * width
        else:
            continue
        if text_width(text, LABEL_SIZE) + 2 * _INSET <= room:
            yield Label(x, float(row), text, _MUTED if projected is None else _COMPUTED, anchor, dx)


def _column_labels(x: float, dx: float, title: str, texts: Mapping[int, str]) -> Iterator[Label]:
    """A column right of the plot: its title in the row of the first verdict, then a text a statement."""
    yield Label(x, 0.0, title, _MUTED, "left", dx)
    for row, text in texts.items():
        yield Label(x, float(row), text, NEUTRAL, "left", dx)


def _ratios(verdict: Verdict) -> list[float]:
    """Computed over stated value of each case; none for a projection, which is drawn with its interval."""
    if verdict.value is None or _projected(verdict) is not None:
        return []
    return [case.value / verdict.claim.value for case in verdict.cases]


def _projected(verdict: Verdict) -> tuple[float, float, float] | None:
    """Low, median and high of a projection over what was hoped for; None where the verdict rests on no projection."""
    projection = next((source.projection for source in verdict.sources if source.projection is not None), None)
    if projection is None:
        return None
    stated, time = to_base(verdict.claim.value, verdict.claim.unit, "s"), projection.time_to_train_s
    return time.low / stated, time.median / stated, time.high / stated


def _axis(verdicts: Sequence[Verdict]) -> Axis:
    """Computed over stated value from 0 on; 1 is as stated."""
    ends = [1.2]
    for verdict in verdicts:
        span = agreeing_range(verdict.claim)
        ends += _ratios(verdict) + list(_projected(verdict) or ())
        ends += [] if span is None or math.isinf(span[1]) else [span[1] / verdict.claim.value]
    high = 1.06 * max(ends)
    step = next(step for step in (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, math.inf) if high / step <= 8.0)
    count = 1 if math.isinf(step) else math.floor(high / step)
    values = [float(k) for k in (0, 1)] if math.isinf(step) else [step * k for k in range(count + 1)]
    ticks = tuple(Tick(each, tr("as stated") if each == 1.0 else format_number(each)) for each in values)
    return Axis(tr("Computed over stated value"), "linear", 0.0, high, ticks, 1.0)


def _intervals(row: int, verdict: Verdict, axis: Axis) -> Iterator[Interval]:
    """What agrees with the statement, around it; the model's reply to a hope."""
    span, key = agreeing_range(verdict.claim), claim_key(verdict)
    if span is None:
        yield Interval(float(row), 1.0, 1.0, 1.0, NEUTRAL, GHOST, key)
    else:
        low, high = (end / verdict.claim.value for end in span)
        yield Interval(float(row), max(low, axis.low), 1.0, min(high, axis.high), NEUTRAL, GHOST, key)
    projected = _projected(verdict)
    if projected is not None:
        yield Interval(float(row), *projected, _COMPUTED, PROJECTED, key)


def _marks(row: int, verdict: Verdict) -> Iterator[Mark]:
    style = PAIR if scored(verdict) is None else OFFICIAL
    for ratio in _ratios(verdict):
        yield Mark(ratio, float(row), _COMPUTED, style, claim_key(verdict))


def _clauses(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    said = list(dict.fromkeys(told(verdict.claim.origin.note) for verdict in verdicts))
    return (
        tr("Statements: {who};", who=tr("; ").join(said)),
        tr("each is computed from official results and published figures;"),
        tr("a statement that speaks of several cases has a mark for each"),
    )


def _legend(verdicts: Sequence[Verdict], officials: Sequence[OfficialResult], width: int) -> tuple[LegendEntry, ...]:
    entries = [LegendEntry(GHOST, tr("as stated, in a bar of what agrees with it"))]
    entries.append(LegendEntry(PAIR, tr("computed; derived, no official metric")))
    if any(_projected(verdict) is not None for verdict in verdicts):
        entries.append(LegendEntry(PROJECTED, tr("projected by the model with its 80 % interval, no official result")))
    marked = list(dict.fromkeys(each for each in map(scored, verdicts) if each is not None))
    if marked:
        text = tr(
            "official result: {suite} {rounds}, {division}, submitted by {submitters} {marks}",
            suite=legal().suite,
            rounds=" / ".join(dict.fromkeys(each.mlperf_round for each in marked)),
            division=" / ".join(dict.fromkeys(division(each.division) for each in marked)),
            submitters=submitters(marked),
            marks=references(marked, footnote_numbers(officials)),
        )
        entries.append(LegendEntry(OFFICIAL, text, short=tr("official result")))
    room = width - 2 * EDGE - LEGEND_SAMPLE - LEGEND_GAP
    return tuple(replace(each, text="\n".join(wrap(each.text, LEGEND_SIZE, room))) for each in entries)
