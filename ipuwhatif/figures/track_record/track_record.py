"""The track record of one back-test: predicted against measured time to train, or its errors by family of chips.

Every entry that was left out is a mark at its official time; what the model said without it is the other axis.
"""

from collections.abc import Sequence
from math import isfinite
from types import MappingProxyType

from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.calibration.protocols import IN_SAMPLE, Prediction, Protocol
from ipuwhatif.calibration.rivals.rival_scores import rival_score
from ipuwhatif.calibration.scores import Score, is_covered, score
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.spec import Cell, Column, Figure, Headline, HeadlinePart, TableSpec, Why, WhyRow, WhySection
from ipuwhatif.charts.ticks import MINUTES
from ipuwhatif.figures.aligned import DASH
from ipuwhatif.figures.cells import score_cell, time_cell
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, submitters
from ipuwhatif.figures.job_titles import division, workload_name
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.phrasing import official_key
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.track_record.speed_record import SPEED_TESTS
from ipuwhatif.figures.track_record.track_charts import (
    Words,
    answer_tint,
    percent_text,
    prediction_chart,
    signed_percent,
)
from ipuwhatif.figures.track_record.track_residuals import residual_chart
from ipuwhatif.figures.why.why import official_why
from ipuwhatif.records import replace
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, format_number, nearest, quoted

#: What each back-test leaves out, as the start of a title.
PROTOCOLS = MappingProxyType(
    {
        IN_SAMPLE: marked("In-sample"),
        "leave-one-row-out": marked("Held out one by one"),
        "leave-one-size-out": marked("Held out by size"),
        "largest": marked("Largest sizes held out"),
        "leave-one-submitter-out": marked("Held out by submitter"),
        "as-of-2021-06": marked("2021-12 as of 2021-06"),
        "as-of-2021-12": marked("2022-06 as of 2021-12"),
        "next-round": marked("Round after round"),
        "leave-one-family-out": marked("Held out by chip family"),
        "language-row": marked("Language models, one by one"),
        "language-cell": marked("Language models, by case"),
        "language-size": marked("Language models, by size"),
        "language-chip": marked("Language models, by chip"),
        "language-round": marked("Language models, by round"),
        "language-job": marked("Language models, by benchmark"),
        "language-h200": marked("H200 from H100"),
        "language-blackwell": marked("Blackwell from Hopper"),
        "language-amd": marked("AMD from NVIDIA"),
        "language-as-of": marked("Language models as of 2024-11"),
    }
)
#: The same in words, for one entry.
LEFT_OUT = MappingProxyType(
    {
        IN_SAMPLE: marked("nothing: the model was fitted to this entry too"),
        "leave-one-row-out": marked("this entry"),
        "leave-one-size-out": marked("every entry of this benchmark on as many chips of this architecture"),
        "largest": marked("every entry of this benchmark on as many chips of this architecture"),
        "leave-one-submitter-out": marked("every entry of this submitter"),
        "as-of-2021-06": marked("everything that was not known in June 2021"),
        "as-of-2021-12": marked("everything that was not known in December 2021"),
        "next-round": marked("everything that was not known before the round of this entry"),
        "leave-one-family-out": marked("every entry and published figure of this chip's family"),
        "language-row": marked("this entry"),
        "language-cell": marked("every entry of this job on as many chips of this kind"),
        "language-size": marked("every entry of a language model on as many chips"),
        "language-chip": marked("every entry of a language model on this chip"),
        "language-round": marked("every entry of a language model of this round"),
        "language-job": marked("every entry of this benchmark"),
        "language-h200": marked("every entry of a language model on anything but H100"),
        "language-blackwell": marked("every entry of a language model on anything but H100 and H200"),
        "language-amd": marked("every entry of a language model on anything but NVIDIA's GPUs"),
        "language-as-of": marked("every entry of a language model of June 2025"),
    }
)
FIRST_SHOWN = "leave-one-size-out"


def check_protocol(key: str) -> None:
    """InputError, with the nearest, for the key of no back-test."""
    if key not in (*PROTOCOLS, *SPEED_TESTS):
        raise InputError(
            tr(
                "{key} is no back-test; the nearest is {nearest} of {keys}",
                key=quoted(key),
                nearest=nearest(key, (*PROTOCOLS, *SPEED_TESTS)),
                keys=", ".join((*PROTOCOLS, *SPEED_TESTS)),
            )
        )


def track_record_figure(
    protocol: Protocol, catalog: Catalog, residuals: bool = False, width: int = 1120, height: int = 630
) -> Figure:
    """One back-test as a chart of `width` × `height` logical pixels, with a table row for each entry.

    The chart is predicted against official time to train, or with `residuals` the errors by chip and workload.
    Raises InputError for a back-test without an answer or that is not one of PROTOCOLS.
    """
    check_protocol(protocol.key)
    if not protocol.answers:
        raise InputError(tr("{key} has no answer to draw", key=protocol.key))
    answers = sorted(protocol.answers, key=_place)
    officials = [answer.entry for answer in answers]
    notes = footnotes(officials, catalog)
    time = score(answers, "time")
    words = Words(
        title=_title(protocol, residuals),
        clauses=_clauses(protocol, time),
        entries=_entries_text(officials),
        footnotes=notes,
    )
    draw = residual_chart if residuals else prediction_chart
    return Figure(
        headline=Headline((HeadlinePart(tr("{finding}.", finding=_finding(protocol, time))),)),
        chart=draw(answers, catalog, words, page_size(width, height)),
        table=_table(answers, catalog),
        footnotes=notes,
        why=tuple(_why(answer, protocol, catalog) for answer in answers),
        notices=(
            tr("Errors are derived from official results; they are not official {suite} metrics.", suite=_suite()),
            tr("They are of unrounded scores: of a time below a minute, what is printed gives them only roughly."),
            *_rivals(protocol),
        ),
    )


def _rivals(protocol: Protocol) -> tuple[str, ...]:
    """The model beside simpler rules on the same entries; none where nothing was left out."""
    found = None if protocol.key == IN_SAMPLE else rival_score("", protocol.answers, "time")
    if found is None:
        return ()
    told = tr(
        "Mean error on the {rows} entries that all rules answer: model {model} %, a constant share of the peak "
        "{constant} %, a/n + b {naive} %, the nearest entry scaled {nearest} %. Interval score (lower is better): "
        "model {score}, nearest entry {nearest_score}.",
        rows=format_number(found.rows),
        model=_percent(found.model),
        constant=_percent(found.constant),
        naive="–" if found.naive is None else _percent(found.naive),
        nearest=_percent(found.nearest),
        score=f"{found.interval:.2f}",
        nearest_score=f"{found.nearest_interval:.2f}",
    )
    return (told,)


def _why(answer: Prediction, protocol: Protocol, catalog: Catalog) -> Why:
    """What is known of an official score, and what the model said of it without having seen it."""
    entry = answer.entry
    assert entry.choice is not None
    known = official_why(entry, system_name(entry.choice, catalog), catalog)
    return replace(known, sections=(_prediction(answer, protocol), *known.sections))


def _prediction(answer: Prediction, protocol: Protocol) -> WhySection:
    ends = [time_text(end) for end in (answer.low["time"], answer.high["time"])]
    inside = tr("the official time lies inside") if is_covered(answer, "time") else tr("the official time lies outside")
    rows = [
        WhyRow(tr("Left out"), _left_out(protocol), _suite_note()),
        WhyRow(tr("Predicted"), time_text(answer.predicted["time"]), tr("with layout and batch as submitted")),
        WhyRow(tr("80 % interval"), tr("{low} to {high}", low=ends[0], high=ends[1]), inside),
        WhyRow(tr("Error"), percent_text(answer.error("time")), tr("of the time to train; derived, not official")),
        WhyRow(tr("Error of the throughput"), percent_text(answer.error("throughput"))),
        WhyRow(tr("Error of the samples to target"), percent_text(answer.error("samples"))),
        WhyRow(tr("With the samples that were needed"), time_text(answer.time_with_true_samples)),
    ]
    if isfinite(answer.time_with_searched_layout):
        searched = time_text(answer.time_with_searched_layout)
        rows.append(WhyRow(tr("With layout and batch searched"), searched))
    return WhySection(tr("Predicted without it") if protocol.key != IN_SAMPLE else tr("Predicted"), tuple(rows))


def _left_out(protocol: Protocol) -> str:
    """What the model had not seen when it made the prediction."""
    return tr(LEFT_OUT[protocol.key])


def _suite_note() -> str:
    return tr("the prediction is no {suite} result", suite=_suite())


def _finding(protocol: Protocol, time: Score) -> str:
    """ "Held out by size, 40 entries: time within 4.4 % on average, 90 % inside the 80 % interval"."""
    count = len(protocol.answers)
    return tr(
        "{held_out}, {count} entries: time within {error} % on average, {covered} % inside the {level} % interval",
        held_out=tr(PROTOCOLS[protocol.key]),
        count=count,
        error=_percent(time.mape),
        covered=f"{100.0 * time.covered / count:.0f}",
        level=format_number(100.0 * LEVEL),
    )


def _title(protocol: Protocol, residuals: bool) -> str:
    """What is drawn; the finding is the headline."""
    held_out, count = tr(PROTOCOLS[protocol.key]), format_number(len(protocol.answers))
    if residuals:
        return tr("{held_out}: errors of {count} predicted times to train", held_out=held_out, count=count)
    return tr("{held_out}: {count} predicted and official times to train", held_out=held_out, count=count)


def _covered(protocol: Protocol, time: Score) -> str:
    share = f"{100.0 * time.covered / len(protocol.answers):.0f}"
    level = format_number(100.0 * LEVEL)
    return tr("{covered} % inside the {level} % interval;", covered=share, level=level)


def _clauses(protocol: Protocol, time: Score) -> tuple[str, ...]:
    fitted = (
        tr("Time to train by the model fitted to all entries;")
        if protocol.key == IN_SAMPLE
        else tr("Time to train by a model fitted without what it predicts ({title});", title=tr(protocol.title))
    )
    return (
        fitted,
        tr("layout and batch as submitted;"),
        _covered(protocol, time),
        tr("mean error {error} %, median {median} %;", error=_percent(time.mape), median=_percent(time.median)),
        tr("mean half-width of the interval {width} %;", width=_percent(time.mean_width)),
        tr("predictions are not {suite} results", suite=_suite()),
    )


def _percent(share: float) -> str:
    return f"{100.0 * share:.1f}"


def _place(answer: Prediction) -> tuple[str, str, str, str, int]:
    entry = answer.entry
    return entry.mlperf_round, entry.workload or "", entry.division, entry.submitter.casefold(), entry.chips


def _entries_text(officials: Sequence[OfficialResult]) -> str:
    """What a mark is: suite, versions, divisions and submitters, as the guidelines ask beside a figure."""
    notes = max(footnote_numbers(officials).values())
    return tr(
        "official result and its prediction: {suite} {rounds}, {division}, submitted by {submitters} {marks}",
        suite=legal().suite,
        rounds=" / ".join(sorted({each.mlperf_round for each in officials})),
        division=division(" / ".join(sorted({each.division for each in officials}))),
        submitters=submitters(sorted(officials, key=lambda each: each.submitter.casefold())),
        marks=f"[1]–[{notes}]" if notes > 1 else "[1]",
    )


def _suite() -> str:
    return legal().suite.split()[0]


def _table(answers: Sequence[Prediction], catalog: Catalog) -> TableSpec:
    columns = (
        Column(tr("Submitter")),
        Column(tr("System")),
        Column(tr("Version")),
        Column(tr("Division")),
        Column(tr("Workload")),
        Column(tr("Official (min)"), "decimal"),
        Column(tr("Predicted (min)"), "decimal"),
        Column(tr("80 % interval (min)"), "decimal"),
        Column(tr("Error (%), not official"), "decimal"),
        Column(tr("Inside")),
    )
    return TableSpec(
        columns, tuple(_row(each, catalog) for each in answers), tuple(answer_tint(each, catalog) for each in answers)
    )


def _row(answer: Prediction, catalog: Catalog) -> tuple[Cell, ...]:
    entry = answer.entry
    assert entry.choice is not None
    error = 100.0 * answer.error("time")
    ends = [time_cell(answer.low["time"], MINUTES), time_cell(answer.high["time"], MINUTES)]
    return (
        Cell(entry.submitter),
        Cell(system_name(entry.choice, catalog)),
        Cell(entry.mlperf_round),
        Cell(tr(entry.division)),
        Cell(workload_name(entry.workload, catalog.workloads)),
        score_cell(entry.score_s, official_key(entry)),
        time_cell(answer.predicted["time"], MINUTES),
        Cell(DASH.join(end.text for end in ends), None, "", (ends[0].number or 0.0, ends[1].number or 0.0)),
        Cell(signed_percent(answer.error("time")), round(error, 1)),
        Cell(tr("yes") if is_covered(answer, "time") else tr("no")),
    )
