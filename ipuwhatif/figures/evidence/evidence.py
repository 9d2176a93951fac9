"""The Evidence figure: what was measured of a job, by chip count, with the model's in-sample value beside each row.

Official results and published figures never share a chart; a table holds both, each in columns of its own.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import fmean

from ipuwhatif.analysis.evidence import HARDWARE, OFFICIAL, PUBLISHED, Evidence, EvidenceRow
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.spec import ChartSpec, Figure, Headline, HeadlinePart
from ipuwhatif.figures.empty import empty_chart
from ipuwhatif.figures.evidence.evidence_charts import chips_axis, official_chart, published_chart
from ipuwhatif.figures.evidence.evidence_rows import evidence_table, row_whys
from ipuwhatif.figures.evidence.evidence_sheets import sheet_figure
from ipuwhatif.figures.evidence.evidence_statements import statements_figure
from ipuwhatif.figures.evidence.suite_results_words import without_row_text
from ipuwhatif.figures.footnotes import category, footnotes
from ipuwhatif.figures.headline import DOT
from ipuwhatif.figures.job_titles import division
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.phrasing import listed
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told

_NO_CHIPS = (1, 1024)  # ends of the axis of a chart without a mark


def evidence_figure(
    answer: Evidence, scenario: Scenario, catalog: Catalog, width: int = 1000, height: int = 560
) -> Figure:
    """Everything Evidence shows, laid out for `width` × `height` logical pixels; many rows of a data sheet make it
    taller.

    A job that nobody has measured has an empty chart that says so.
    """
    size = page_size(width, height)
    if answer.scope == HARDWARE:
        return sheet_figure(answer, size)
    if answer.statements:
        return statements_figure(answer, told(catalog.workloads[answer.workload].name), size)
    shown = [row for row in answer.rows if scenario.show_official or row.kind != OFFICIAL]
    drawn = _drawn(shown, scenario.recipe)
    first = [row for row in shown if row in drawn] + [row for row in shown if row not in drawn]
    notes = footnotes(_officials(first), catalog)  # numbered from those on the chart on
    return Figure(
        headline=_headline(shown, told(catalog.workloads[answer.workload].name)),
        chart=_chart(answer, drawn, scenario, catalog, size),
        table=evidence_table(shown, scenario.show_official and any(row.kind == OFFICIAL for row in answer.rows)),
        footnotes=notes,
        why=Lazy(lambda: row_whys(shown, catalog)),
        notices=_notices(answer, shown, drawn, scenario),
    )


def _officials(rows: Sequence[EvidenceRow]) -> list[OfficialResult]:
    return [row.official for row in rows if row.official is not None]


def _drawn(rows: Sequence[EvidenceRow], recipe: str) -> list[EvidenceRow]:
    """Official results of the division that is asked about and of today's target; without any, published throughputs.

    Of published figures those that the model learns from: the others are of other jobs than this one in some respect.
    """
    comparable = [row for row in rows if row.comparable and row.official is not None]
    official = [row for row in comparable if row.official is not None and row.official.division == recipe]
    return official or [row for row in rows if row.kind == PUBLISHED and row.model is not None]


def _chart(
    answer: Evidence,
    drawn: Sequence[EvidenceRow],
    scenario: Scenario,
    catalog: Catalog,
    size: tuple[int, int],
) -> ChartSpec:
    job, notes = catalog.workloads[answer.workload], footnotes(_officials(drawn), catalog)
    name = job.name
    if not drawn:
        text = tr("No published figure of {workload} is among the evidence", workload=name)
        if answer.rows:
            text = tr("Nothing of the evidence on {workload} belongs on one chart: see the table", workload=name)
        return empty_chart(tr("{workload}: evidence", workload=name), text, chips_axis(_NO_CHIPS), notes, size)
    if drawn[0].kind == OFFICIAL:
        known = sum(row.kind == OFFICIAL for row in answer.rows)
        return official_chart(drawn, scenario, job, notes, size, known)
    return published_chart(drawn, scenario, job, notes, size)


def _headline(rows: Sequence[EvidenceRow], name: str) -> Headline:
    """How many rows there are of each kind, and how near the model lies to those that it was fitted to."""
    kinds = {
        tr("{count} official results"): [row for row in rows if row.kind == OFFICIAL],
        tr("{count} published figures"): [row for row in rows if row.kind == PUBLISHED],
    }
    parts = [_near(words, members) for words, members in kinds.items() if members]
    if not parts:
        return Headline((HeadlinePart(tr("{workload}: no evidence to show", workload=name)),))
    return Headline((HeadlinePart(tr("{workload}: {parts}", workload=name, parts=DOT.join(parts))),))


def _near(words: str, rows: Sequence[EvidenceRow]) -> str:
    """ "117 official results, 106 of them fitted within 3.2 % on average"."""
    head = words.format(count=format_number(len(rows)))
    errors = [abs(row.residual) for row in rows if row.residual is not None]
    if not errors:
        return tr("{rows}, the model learns from none", rows=head)
    error = f"{100.0 * fmean(errors):.1f}"
    if len(errors) == len(rows):
        return tr("{rows}, fitted within {error} % on average", rows=head, error=error)
    return tr(
        "{rows}, {count} of them fitted within {error} % on average",
        rows=head,
        error=error,
        count=format_number(len(errors)),
    )


def _notices(
    answer: Evidence, shown: Sequence[EvidenceRow], drawn: Sequence[EvidenceRow], scenario: Scenario
) -> tuple[str, ...]:
    notices = []
    fitted = [row for row in shown if row.model is not None]
    if fitted:
        notices.append(
            tr(
                "The model was fitted to these rows: its values are in-sample and its residuals no prediction errors; "
                "{inside} of {count} rows lie inside its 80 % interval. Nothing of this is an official {suite} metric.",
                inside=format_number(sum(row.inside is True for row in fitted)),
                count=format_number(len(fitted)),
                suite=legal().suite.split()[0],
            )
        )
    hidden = sum(row.kind == OFFICIAL for row in answer.rows)
    if hidden and not scenario.show_official:
        notices.append(tr("Official results are hidden: {count} bear on this job.", count=format_number(hidden)))
    notices += [*_differences(drawn), *_left_out(shown, drawn, scenario), *_coverage(answer)]
    return tuple(notices)


def _coverage(answer: Evidence) -> list[str]:
    """How many entries of which rounds are held of a job, and which are known to be lacking."""
    held = Counter(row.dated for row in answer.rows if row.kind == OFFICIAL)
    if not held:
        return []
    rounds = [tr("{name} ({note})", name=each, note=format_number(held[each])) for each in sorted(held)]
    told = tr(
        "Entries of this job by round: {rounds}. Official results of any benchmark from v2.0 to v5.0 have a view of "
        "their own (evidence --scope results).",
        rounds=listed(rounds),
    )
    lacking = without_row_text([each for each in answer.without_row if each.mlperf_round in held])
    return [told, *([lacking] if lacking else [])]


def _differences(drawn: Sequence[EvidenceRow]) -> list[str]:
    """What official results on one chart differ in, so that they cannot be held against each other as they stand."""
    officials = [row.official for row in drawn if row.official is not None]
    versions = sorted({each.mlperf_round for each in officials})
    if len(versions) < 2:
        return []
    return [
        tr(
            "Official results on the chart differ in version ({versions}), chip count ({low} to {high}) and category "
            "({categories}).",
            versions=listed(versions),
            low=format_number(min(row.chips for row in drawn)),
            high=format_number(max(row.chips for row in drawn)),
            categories=listed(sorted({category(each) for each in officials})),
        )
    ]


def _left_out(shown: Sequence[EvidenceRow], drawn: Sequence[EvidenceRow], scenario: Scenario) -> list[str]:
    """Which rows stand in the table alone, and of how many the model knows nothing."""
    others = [row.official for row in shown if row.official is not None and row not in drawn]
    published = sum(row.kind == PUBLISHED and row not in drawn for row in shown)
    elsewhere = sum(each.division != scenario.recipe for each in others)
    count = len(others) - elsewhere
    parts = [
        tr("{count} official results outside the {division}", count=elsewhere, division=division(scenario.recipe))
        if elsewhere
        else "",
        tr("{count} official results with another quality target", count=count) if count else "",
        tr("{count} published figures, which never stand beside official results", count=published)
        if published and any(row.kind == OFFICIAL for row in drawn)
        else tr("{count} published figures that the model does not learn from", count=published)
        if published
        else "",
    ]
    named = [part for part in parts if part]
    unknown = sum(row.model is None for row in shown)
    notices = [tr("In the table only: {parts}.", parts=listed(named))] if named else []
    if unknown:
        told = tr("1 row is not answered by the model; the table says why.")
        many = tr("{count} rows are not answered by the model; the table says why.", count=format_number(unknown))
        notices.append(told if unknown == 1 else many)
    return notices
