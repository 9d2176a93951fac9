"""The figure of official results of any benchmark from v2.0 on: as published, found by filter, nothing projected."""

from collections.abc import Sequence

from ipuwhatif.analysis.suite_results import Found, counts, drawn_once
from ipuwhatif.catalog.evidence.suite_results import SuiteResult
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.spec import ChartSpec, Figure, Footnote, Headline, HeadlinePart
from ipuwhatif.figures.empty import empty_chart
from ipuwhatif.figures.evidence.fastest_entries import fastest_parts
from ipuwhatif.figures.evidence.suite_results_chart import benchmarks_chart, no_chips_axis, one_benchmark_chart
from ipuwhatif.figures.evidence.suite_results_rows import results_table, results_whys
from ipuwhatif.figures.evidence.suite_results_words import benchmark_name, result_footnotes, without_row_text
from ipuwhatif.figures.footnotes import category
from ipuwhatif.figures.headline import DOT
from ipuwhatif.figures.job_titles import division
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.phrasing import listed
from ipuwhatif.texts import run_on, tr
from ipuwhatif.units import format_number


def suite_results_figure(found: Found, shown: bool, width: int = 1000, height: int = 560) -> Figure:
    """Everything Evidence shows of the results that were found, laid out for `width` × `height` logical pixels.

    shown: whether official results are shown at all; where they are hidden only their number is told.
    """
    results = found.results if shown else ()
    drawn = drawn_once(results)
    finding = fastest_parts(drawn, found.known.benchmarks)
    notes = result_footnotes(results, found.known.benchmarks)
    return Figure(
        headline=Headline((*finding, HeadlinePart(_headline(found, bool(finding))))),
        chart=_chart(found, shown, drawn, notes, page_size(width, height)),
        table=results_table(results, found.known),
        footnotes=notes,
        why=results_whys(results, found.known),
        notices=_notices(found, results, drawn) if shown else (_hidden(found),),
    )


def _headline(found: Found, named: bool) -> str:
    """ "1,454 official entries of 1,270 runs · 16 benchmarks, v2.0 to v5.0"; named: the benchmark is already."""
    if not found.results:
        return tr("None of {count} official entries fits", count=format_number(len(found.known.results)))
    total, count = len(found.known.results), len(found.results)
    which = (
        format_number(count) if count == total else tr("{shown} of {count}", shown=count, count=format_number(total))
    )
    head = tr("{count} official entries", count=which)
    if found.runs != count:
        head = tr("{results} of {runs} runs", results=head, runs=format_number(found.runs))
    return tr("{what}, {when}", what=head, when=_when(found)) if named else DOT.join((head, _scope(found)))


def _scope(found: Found) -> str:
    """Which benchmarks and rounds the results are of: "GPT-3 175B (gpt3), v3.0 to v4.1"."""
    by_round = counts(found.results)
    keys = list(dict.fromkeys(key for of_round in by_round.values() for key in of_round))
    what = (
        benchmark_name(found.known.benchmarks[keys[0]])
        if len(keys) == 1
        else tr("{count} benchmarks", count=format_number(len(keys)))
    )
    return tr("{what}, {when}", what=what, when=_when(found))


def _when(found: Found) -> str:
    rounds = sorted({each.mlperf_round for each in found.results})
    return rounds[0] if len(rounds) == 1 else tr("{first} to {last}", first=rounds[0], last=rounds[-1])


def _chart(
    found: Found, shown: bool, drawn: Sequence[SuiteResult], notes: tuple[Footnote, ...], size: tuple[int, int]
) -> ChartSpec:
    if not drawn:
        text = tr("No official result fits what is asked for")
        if found.results:
            text = tr("No result that fits has a score: see the table") if shown else _hidden(found)
        title = tr("Official results of {suite}", suite=legal().suite)
        return empty_chart(title, text, no_chips_axis(), notes, size)
    keys = {each.benchmark for each in drawn}
    if len(keys) > 1:
        return benchmarks_chart(drawn, found.known.benchmarks, notes, size)
    return one_benchmark_chart(drawn, found.known.benchmarks[drawn[0].benchmark], notes, size)


def _hidden(found: Found) -> str:
    return tr("Official results are hidden: {count} fit what is asked for.", count=format_number(len(found.results)))


def _notices(found: Found, results: Sequence[SuiteResult], drawn: Sequence[SuiteResult]) -> tuple[str, ...]:
    notices = [_only_official(found, results), _not_drawn(results, drawn), _differences(drawn)]
    held = {each.mlperf_round for each in found.known.results}
    notices += [_held(found), without_row_text([each for each in found.without_row if each.mlperf_round in held])]
    return tuple(notice for notice in notices if notice)


def _only_official(found: Found, results: Sequence[SuiteResult]) -> str:
    """That nothing is projected here, and which benchmarks have a model at all."""
    benchmarks = [found.known.benchmarks[key] for key in dict.fromkeys(each.benchmark for each in results)]
    projected = [benchmark_name(each) for each in benchmarks if each.workload is not None]
    told = tr("Official results only, as published: no projection stands beside them.")
    if len(projected) == len(benchmarks):
        return told
    if projected:
        only = tr(
            "Of these benchmarks {names} alone can be projected, under the other tabs; the others have no model here.",
            names=listed(projected),
        )
    elif len(benchmarks) == 1:
        only = tr("{name} has no model here: nothing is projected for it.", name=benchmark_name(benchmarks[0]))
    else:
        only = tr("These benchmarks have no model here: nothing is projected for them.")
    return run_on((told, only))


def _not_drawn(results: Sequence[SuiteResult], drawn: Sequence[SuiteResult]) -> str:
    """How many rows are in the table and not on the chart, and why."""
    lacking = sum(each.score_s is None for each in results)
    again = len(results) - len(drawn) - lacking
    parts = [
        _counted(
            again,
            tr("1 entry with a run that is drawn already"),
            tr("{count} entries with runs that are drawn already"),
        ),
        _counted(lacking, tr("1 entry without a score"), tr("{count} entries without a score")),
    ]
    named = [part for part in parts if part]
    return tr("In the table only: {parts}.", parts=listed(named)) if named else ""


def _counted(count: int, one: str, many: str) -> str:
    return {0: "", 1: one}.get(count, many.format(count=format_number(count)))


def _differences(drawn: Sequence[SuiteResult]) -> str:
    """What the results on the chart differ in, so that they cannot be held against each other as they stand."""
    if len(drawn) < 2:
        return ""
    chips = [each.chips for each in drawn]
    return tr(
        "Official results on the chart: version {versions}; {divisions}; {low} to {high} chips; category {categories}.",
        versions=listed(sorted({each.mlperf_round for each in drawn})),
        divisions=listed(sorted({division(each.division) for each in drawn})),
        low=format_number(min(chips)),
        high=format_number(max(chips)),
        categories=listed(sorted({category(each) for each in drawn})),
    )


def _held(found: Found) -> str:
    """What the tables hold, round by round."""
    by_round = counts(found.known.results)
    rounds = [
        tr("{name} ({note})", name=each, note=format_number(sum(of_round.values())))
        for each, of_round in by_round.items()
    ]
    return tr(
        "The table holds {count} entries by round: {rounds}. Of earlier rounds the evidence holds ResNet-50 and "
        "BERT alone.",
        count=format_number(len(found.known.results)),
        rounds=listed(rounds),
    )
