"""The article check as a figure: each statement beside what the evidence gives, with a verdict in words.

What favours either side stands with the same weight: every statement has a row, and every row the same columns.
"""

import re
from collections.abc import Sequence

from ipuwhatif.analysis.article.claims import CONFIRMED, UNCHECKABLE, VERDICTS, Reading, Verdict
from ipuwhatif.analysis.article.expressions import Source, distinct
from ipuwhatif.analysis.article.reasons import Judgement
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import Cell, Column, Figure, Headline, HeadlinePart, TableSpec, Why, WhyRow, WhySection
from ipuwhatif.figures.aligned import DASH
from ipuwhatif.figures.article.article_chart import article_chart, claim_key
from ipuwhatif.figures.article.article_words import (
    computed_text,
    reading_text,
    reason_text,
    source_origin,
    subject_text,
)
from ipuwhatif.figures.footnotes import footnotes, retrieval, suite_version
from ipuwhatif.figures.job_titles import division, workload_name
from ipuwhatif.figures.phrasing import listed, sentence
from ipuwhatif.figures.times import time_text
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_minutes, told

_BARE_NAME = re.compile(r"MLPerf(?!®)")


def article_figure(verdicts: Sequence[Verdict], world: World, width: int = 960, height: int = 540) -> Figure:
    """The article check for `width` × `height` logical pixels; its rows make the chart taller.

    Raises InputError when there is no statement.
    """
    if not verdicts:
        raise InputError(tr("there is no statement to check"))
    officials = claim_officials(verdicts)
    return Figure(
        headline=_headline(verdicts),
        chart=article_chart(verdicts, officials, world.catalog, page_size(width, height)),
        table=_table(verdicts),
        footnotes=footnotes(officials, world.catalog),
        why=tuple(_why(verdict, world.catalog) for verdict in verdicts),
        notices=(
            tr("Throughput, samples and measured times are derived from the logs: they are no official metrics."),
            tr("A statement without evidence is neither confirmed nor refuted."),
        ),
    )


def claim_officials(verdicts: Sequence[Verdict]) -> tuple[OfficialResult, ...]:
    """Every official result that a verdict rests on, each once."""
    sources = distinct(source for verdict in verdicts for source in verdict.sources)
    return tuple(source.official for source in sources if source.official is not None)


def verdict_counts(verdicts: Sequence[Verdict]) -> dict[Judgement, int]:
    """How many statements have each verdict, in the order of VERDICTS."""
    return {word: sum(verdict.verdict == word for verdict in verdicts) for word in VERDICTS}


def signed(text: str) -> str:
    """The text with the mark that belongs to the name of the benchmarks."""
    return _BARE_NAME.sub("MLPerf®", text)


def counts_text(verdicts: Sequence[Verdict]) -> str:
    """ "Article check, 22 statements: 3 confirmed, 11 confirmed with a condition, ..."."""
    counts = tr(", ").join(
        tr("{count} {verdict}", count=count, verdict=told(verdict))
        for verdict, count in verdict_counts(verdicts).items()
    )
    return tr("Article check, {count} statements: {counts}", count=len(verdicts), counts=counts)


def safe_words(verdict: Verdict) -> str:
    """What can be said of a statement's subject without saying more than the evidence does."""
    claim, found = verdict.claim, computed_text(verdict)
    condition = "" if verdict.verdict == CONFIRMED else told(claim.condition)
    if len(verdict.cases) > 1:
        found = tr("; ").join(
            tr("{value} ({case})", value=reading_text(case), case=case.name) for case in verdict.cases
        )
    if verdict.verdict == UNCHECKABLE:
        said = tr("Not as a fact: {reason}", reason=reason_text(verdict))
    elif found and condition.startswith(found):  # the condition says the value itself
        said, condition = tr("{subject}: {found}", subject=subject_text(claim), found=condition), ""
    else:
        said = tr("{subject}: {found}", subject=subject_text(claim), found=found)
    if condition:
        said = tr("{said}; {condition}", said=said, condition=condition)
    return signed(sentence(said))


def _headline(verdicts: Sequence[Verdict]) -> Headline:
    return Headline((HeadlinePart(tr("{counts}.", counts=counts_text(verdicts))),))


def _table(verdicts: Sequence[Verdict]) -> TableSpec:
    columns = (
        Column(tr("Statement")),
        Column(tr("Stated")),
        Column(tr("Computed")),
        Column(tr("Verdict")),
        Column(tr("What can safely be said")),
        Column(tr("Attributed to")),
    )
    ordered = [verdict for word in VERDICTS for verdict in verdicts if verdict.verdict == word]
    rows = tuple(_row(verdict) for verdict in ordered)
    return TableSpec(columns, rows, tuple(NEUTRAL for _ in rows))


def _row(verdict: Verdict) -> tuple[Cell, ...]:
    texts = (
        subject_text(verdict.claim),
        told(verdict.claim.stated),
        computed_text(verdict) or tr("nothing"),
        told(verdict.verdict),
        safe_words(verdict),
        told(verdict.claim.origin.note),
    )
    return tuple(Cell(text, key=claim_key(verdict)) for text in texts)


def _why(verdict: Verdict, catalog: Catalog) -> Why:
    """Statement, cases, what must be seen beside them, and every source with its origin."""
    claim = verdict.claim
    stated = (
        WhyRow(tr("Stated"), told(claim.stated), told(claim.origin.note), claim.origin),
        WhyRow(tr("Quantity"), signed(tr(claim.quantity))),
        *((WhyRow(tr("Tolerance"), tr(claim.tolerance)),) if claim.tolerance else ()),
        *((WhyRow(tr("Condition"), signed(told(claim.condition))),) if claim.condition else ()),
    )
    sections = (
        WhySection(tr("Statement"), stated),
        WhySection(tr("Cases"), tuple(map(_case_row, verdict.cases))),
        WhySection(tr("Beside it"), tuple(WhyRow(each.name, reading_text(each)) for each in verdict.beside)),
        WhySection(tr("Sources"), tuple(_source_row(each, catalog) for each in verdict.sources)),
        WhySection(tr("Notes"), tuple(WhyRow(signed(told(note)), "") for note in verdict.notes)),
    )
    return Why(
        key=claim_key(verdict),
        title=subject_text(claim),
        value=told(verdict.verdict),
        summary=signed(sentence(reason_text(verdict))),
        sections=tuple(section for section in sections if section.rows),
    )


def _case_row(case: Reading) -> WhyRow:
    agrees = {None: "", True: tr("agrees with the statement"), False: tr("does not agree with the statement")}
    return WhyRow(case.name, reading_text(case), agrees[case.holds])


def _source_row(source: Source, catalog: Catalog) -> WhyRow:
    """A figure that the verdict rests on: an official score as published, a projection with its interval."""
    official, projection, origin = source.official, source.projection, source_origin(source)
    if official is not None:
        name = official.system_name if official.choice is None else system_name(official.choice, catalog)
        return WhyRow(
            tr("{submitter}, {system}", submitter=official.submitter, system=name),
            format_minutes(official.score_s),
            tr(
                "official {suite} result, {workload}, {division}; {retrieval}",
                suite=suite_version(official),
                workload=workload_name(official.workload, catalog.workloads),
                division=division(official.division),
                retrieval=retrieval(official),
            ),
            origin,
        )
    if projection is not None:
        time = projection.time_to_train_s
        ends = DASH.join(time_text(end) for end in (time.low, time.high))
        detail = tr("projected, 80 % interval {interval}; no MLPerf® result", interval=ends)
        return WhyRow(projection.name, time_text(time.median), detail, origin)
    known = listed([each for each in (origin.title, origin.locator or "") if each])
    return WhyRow(source.key, tr("published figure"), known, origin)
