"""Whether probabilities held: how often the official time was within the time that a back-test is so sure of.

A curve on the diagonal has dates that hold as often as they say; above it they held more often than they said.
"""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.calibration.probabilities import (
    ALLOWED,
    LEVELS,
    UNLIKELY,
    ProbabilityScore,
    chance_to_hold,
    probability_scores,
    standing,
)
from ipuwhatif.calibration.protocols import IN_SAMPLE, Protocol
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.charts.geometry import page_size, spaced, stacked
from ipuwhatif.charts.labels import EDGE, fit
from ipuwhatif.charts.page import page_of
from ipuwhatif.charts.palette import NEUTRAL, TITLE_SIZE
from ipuwhatif.charts.spec import (
    GHOST,
    PAIR,
    PROJECTED,
    ZONE,
    Axis,
    Band,
    Cell,
    ChartSpec,
    Column,
    Figure,
    Footnote,
    Headline,
    HeadlinePart,
    LegendEntry,
    Line,
    Mark,
    TableSpec,
    Tick,
    Tint,
    Why,
    WhyRow,
    WhySection,
)
from ipuwhatif.figures.cells import printed
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.track_record.track_charts import wrapped
from ipuwhatif.figures.track_record.track_record import PROTOCOLS, check_protocol
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number

_LEFT, _RIGHT, _TOP, _LEAST_PLOT = 72, 28, 88, 140.0
_TOLD = (0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95)  # probabilities that have a mark
_CURVE = Tint("compute", 0.35)


def probability_figure(protocol: Protocol, catalog: Catalog, width: int = 960, height: int = 540) -> Figure:
    """The probabilities of one back-test on a page of `width` × `height` logical pixels, and a table row a group.

    InputError for a back-test without an answer or that is not one of PROTOCOLS.
    """
    check_protocol(protocol.key)
    if not protocol.answers:
        raise InputError(tr("{key} has no answer to draw", key=protocol.key))
    scores = probability_scores(protocol, catalog)
    stands = np.sort([standing(answer) for answer in protocol.answers])
    notes = footnotes([answer.entry for answer in protocol.answers], catalog, tabled=False)  # its rows are groups
    return Figure(
        headline=Headline((HeadlinePart(_finding(protocol, scores[0])),)),
        chart=_chart(protocol, scores[0], stands, notes, page_size(width, height)),
        table=_table(scores),
        footnotes=notes,
        why=tuple(_why(score) for score in scores),
        notices=_notices(protocol, scores),
    )


def _finding(protocol: Protocol, score: ProbabilityScore) -> str:
    half, most, nearly = (_percent(score.within[level]) for level in LEVELS)
    return tr(
        "{held_out}, {count} entries: {half} of the official times are within the time of 50 % probability, {most} "
        "within that of 80 % and {nearly} within that of 95 %.",
        held_out=tr(PROTOCOLS[protocol.key]),
        count=format_number(score.rows),
        half=half,
        most=most,
        nearly=nearly,
    )


def _notices(protocol: Protocol, scores: Sequence[ProbabilityScore]) -> tuple[str, ...]:
    dates = [score for score in scores if abs(score.dates_off) > ALLOWED]
    intervals = [score for score in scores if abs(score.intervals_off) > ALLOWED]
    chance = sum(1.0 - chance_to_hold(score.rows) for score in scores)
    told = [
        tr(
            "A prediction is a middle, a width on either side of it and the shape of the scatter of its kind of "
            "system: that of a row is told by what was left out of other rounds, never by its own."
        ),
        tr(
            "Off by more than {allowed} points: the time of such a probability in {dates} of {count} groups of ten "
            "entries or more, a central interval in {intervals} of them. Were every probability right and every entry "
            "independent, chance alone would put about {chance} off.",
            allowed=format_number(100.0 * ALLOWED),
            dates=format_number(len(dates)),
            intervals=format_number(len(intervals)),
            count=format_number(len(scores)),
            chance=format_number(chance, 2),
        ),
    ]
    told_of = [score.by_chance for score in scores if score.by_chance is not None]
    if told_of:
        told.append(
            tr(
                "Entries of one job, round and kind of chip miss together. At one vote for all of them chance explains "
                "what is off in {held} of {count} groups of ten votes or more (two-sided binomial test at 5 %).",
                held=format_number(sum(each >= UNLIKELY for each in told_of)),
                count=format_number(len(told_of)),
            )
        )
    if protocol.key == IN_SAMPLE:
        told.append(tr("Nothing was left out here: the model and a/n + b were fitted to these entries too."))
    told.append(tr("Official results know no failures; this is of the projection, not of interrupted runs."))
    return tuple(told)


def _chart(
    protocol: Protocol, score: ProbabilityScore, stands: FloatArray, notes: tuple[Footnote, ...], size: tuple[int, int]
) -> ChartSpec:
    entries = (
        LegendEntry(PROJECTED, tr("share of the official times within")),
        LegendEntry(GHOST, tr("as often as they say")),
        LegendEntry(ZONE, tr("{points} points beside", points=format_number(100.0 * ALLOWED)), NEUTRAL),
    )
    subtitle = wrapped(_clauses(protocol, score), size[0])
    page = page_of(size, subtitle, entries, _LEFT, _RIGHT, _TOP).holding(_LEAST_PLOT)
    x_axis = spaced(_axis(tr("Probability by the model (%)")), page.plot_width)
    y_axis = stacked(_axis(tr("Official times within (%)")), page.plot_height)
    ends = (0.0, 1.0)
    shares = np.arange(1, len(stands) + 1) / len(stands)
    curve = Line(
        (0.0, *stands.tolist(), 1.0), (0.0, *shares.tolist(), 1.0), _CURVE, PROJECTED, False, _key(score), _tip(score)
    )
    marks = tuple(Mark(each, float(np.mean(stands <= each)), _CURVE, PAIR, _key(score), 1.4) for each in _TOLD)
    return ChartSpec(
        kind="probabilities",
        title=fit(
            tr("{held_out}: do probabilities hold?", held_out=tr(PROTOCOLS[protocol.key])),
            TITLE_SIZE,
            size[0] - 2 * EDGE,
            bold=True,
        ),
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=y_axis,
        bands=(_beside(),),
        lines=(Line(ends, ends, NEUTRAL, GHOST, False, ""), curve),
        marks=marks,
        legend=entries,
        footnotes=notes,
        **page.margins,
    )


def _tip(score: ProbabilityScore) -> str:
    return tr("{count} official times by the probability that was put on them", count=format_number(score.rows))


def _beside() -> Band:
    """What lies no further than ALLOWED from the diagonal."""
    x = (0.0, ALLOWED, 1.0 - ALLOWED, 1.0)
    low, high = (tuple(min(max(each + sign * ALLOWED, 0.0), 1.0) for each in x) for sign in (-1.0, 1.0))
    return Band(x, low, high, NEUTRAL, "")


def _axis(title: str) -> Axis:
    ticks = tuple(Tick(share / 5.0, format_number(20.0 * share)) for share in range(6))
    return Axis(title, "linear", 0.0, 1.0, ticks, 0.01, "%")


def _clauses(protocol: Protocol, score: ProbabilityScore) -> tuple[str, ...]:
    clauses = [
        tr("Each official time by the probability that was put on times up to it ({title});", title=tr(protocol.title)),
        tr("layout and batch as submitted;"),
        tr("CRPS {crps}", crps=_crps(score.crps_where_naive or score.crps)),
    ]
    if score.naive_crps is not None:
        clauses.append(tr("against {naive} of a/n + b on the same entries", naive=_crps(score.naive_crps)))
    return tuple(clauses)


def _table(scores: Sequence[ProbabilityScore]) -> TableSpec:
    """One row a group of ten entries or more: dates and intervals that held, the worst of each, model and rival."""
    columns = (
        Column(tr("Group")),
        Column(tr("Entries"), "decimal"),
        *(Column(tr("Within {level} % (%)", level=format_number(100.0 * level)), "decimal") for level in LEVELS),
        Column(tr("Worst (points)"), "decimal"),
        *(Column(tr("Inside {level} % (%)", level=format_number(100.0 * level)), "decimal") for level in LEVELS),
        Column(tr("Worst inside (points)"), "decimal"),
        Column(tr("Votes"), "decimal"),
        Column(tr("By chance (%)"), "decimal"),
        Column(tr("CRPS"), "decimal"),
        Column(tr("CRPS of a/n + b"), "decimal"),
    )
    rows = []
    for score in scores:
        naive = score.naive_crps
        rows.append(
            (
                Cell(_name(score), key=_key(score)),
                Cell(format_number(score.rows), float(score.rows)),
                *(_number(format_number(100.0 * score.within[level], 3)) for level in LEVELS),
                _points(score.dates_off),
                *(_number(format_number(100.0 * score.inside[level], 3)) for level in LEVELS),
                _points(score.intervals_off),
                Cell(format_number(score.votes), float(score.votes)),
                Cell("–") if score.by_chance is None else _number(format_number(100.0 * score.by_chance, 2)),
                _number(_crps(score.crps)),
                Cell("–") if naive is None else _number(_crps(naive)),
            )
        )
    return TableSpec(columns, tuple(rows), tuple(NEUTRAL for _ in scores))


def _number(text: str) -> Cell:
    return Cell(text, printed(text))


def _key(score: ProbabilityScore) -> str:
    return f"probability/{score.title}"


def _name(score: ProbabilityScore) -> str:
    return tr(score.title) if score.title else tr("all entries")


def _why(score: ProbabilityScore) -> Why:
    """What is behind the shares of a group, and what its scores are."""
    held = [
        WhyRow(
            tr("{level} %", level=format_number(100.0 * level)),
            tr("{percent} % within", percent=format_number(100.0 * score.within[level], 3)),
            tr("{percent} % inside the central interval", percent=format_number(100.0 * score.inside[level], 3)),
        )
        for level in LEVELS
    ]
    scored = [WhyRow(tr("CRPS"), _crps(score.crps), tr("of the logarithm of the time: about a relative error"))]
    if score.naive_crps is not None:
        scored.append(WhyRow(tr("CRPS of a/n + b"), _crps(score.naive_crps), tr("which tells one time and no spread")))
    summary = tr("How many of {count} official times lie where the prediction without them said.", count=score.rows)
    sections = (WhySection(tr("Probabilities"), tuple(held)), WhySection(tr("Scores"), tuple(scored)))
    return Why(_key(score), _name(score), _percent(score.within[0.8]), summary, sections)


def _points(share: float) -> Cell:
    """A miss in points, with its sign."""
    points = round(100.0 * share)
    return Cell(f"{points:+d}".replace("-", "−"), float(points))


def _crps(value: float) -> str:
    return format_number(value, 3)


def _percent(share: float) -> str:
    return tr("{percent} %", percent=f"{100.0 * share:.0f}")
