"""Official results of any benchmark as a table, and a why for each with the source that it comes from."""

from collections.abc import Mapping, Sequence

from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.catalog.evidence.suite_results import Benchmark, SuiteResult, SuiteResults
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Cell, Column, TableSpec, Tint, Why, WhyRow, WhySection
from ipuwhatif.figures.evidence.suite_results_words import (
    benchmark_name,
    benchmark_title,
    chips_text,
    result_key,
    score_text,
    target_text,
)
from ipuwhatif.figures.footnotes import category, retrieval, suite_version
from ipuwhatif.figures.job_titles import division
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number


def result_tint(result: SuiteResult) -> Tint:
    return system_tint(result.family, result.chips)


def results_table(results: Sequence[SuiteResult], known: SuiteResults) -> TableSpec:
    """One row an entry, with everything that must be named beside a score."""
    columns = (
        Column(tr("Benchmark")),
        Column(tr("Submitter")),
        Column(tr("System")),
        Column(tr("Chips"), "decimal"),
        Column(tr("Official (min)"), "decimal"),
        Column(tr("Version")),
        Column(tr("Accelerator")),
        Column(tr("Division")),
        Column(tr("Category")),
        Column(tr("Measured (min), not official"), "decimal"),
        Column(tr("Target")),
        Column(tr("Run")),
    )
    firsts = {each.key: each for each in known.results}
    rows = tuple(_row(each, firsts, known) for each in results)
    return TableSpec(columns, rows, tuple(result_tint(each) for each in results))


def _row(result: SuiteResult, firsts: Mapping[str, SuiteResult], known: SuiteResults) -> tuple[Cell, ...]:
    key = result_key(result)
    return (
        Cell(benchmark_name(known.benchmarks[result.benchmark]), key=key),
        Cell(result.submitter, key=key),
        Cell(result.system_name, key=key),
        Cell(format_number(result.chips), float(result.chips), key),
        _minutes(result.score_s, key),
        Cell(result.mlperf_round, key=key),
        Cell(result.accelerator, key=key),
        Cell(tr(result.division), key=key),
        Cell(category(result), key=key),
        _minutes(result.measured_s, key),
        Cell(target_text(result.target, known.metrics), key=key),
        Cell(_run_text(result, firsts), key=key),
    )


def _minutes(seconds: float | None, key: str) -> Cell:
    if seconds is None:
        return Cell("–", None, key)
    return Cell(score_text(seconds), round(seconds / 60.0, 3), key)


def _run_text(result: SuiteResult, firsts: Mapping[str, SuiteResult]) -> str:
    """Where the run of an entry was handed in first, or why it has no score."""
    if result.lacking:
        return tr(result.lacking)
    if not result.same_run_as:
        return tr("its own")
    first = firsts[result.same_run_as]
    return tr(
        "same run as {round} {submitter}, {system}",
        round=first.mlperf_round,
        submitter=first.submitter,
        system=first.system_name,
    )


def results_whys(results: Sequence[SuiteResult], known: SuiteResults) -> Sequence[Why]:
    """A Why for every row, made when somebody asks."""
    firsts = {each.key: each for each in known.results}
    return Lazy(lambda: tuple(_why(each, firsts, known) for each in results))


def _why(result: SuiteResult, firsts: Mapping[str, SuiteResult], known: SuiteResults) -> Why:
    benchmark = known.benchmarks[result.benchmark]
    score = tr("no score") if result.score_s is None else tr("{minutes} min", minutes=score_text(result.score_s))
    entry = (
        WhyRow(
            tr("Entry"),
            tr("{submitter}, {system}", submitter=result.submitter, system=result.system_name),
            chips_text(result),
        ),
        WhyRow(tr("Benchmark"), suite_version(result), f"{benchmark_title(benchmark)}, {division(result.division)}"),
        WhyRow(tr("Target"), target_text(result.target, known.metrics)),
        WhyRow(tr("Category"), category(result)),
        WhyRow(tr("Source"), result.origin.title, retrieval(result), result.origin),
    )
    return Why(
        key=result_key(result),
        title=tr("{submitter}, {system}", submitter=result.submitter, system=result.system_name),
        value=score,
        summary=_summary(result, benchmark),
        sections=(
            WhySection(tr("Entry"), entry),
            WhySection(tr("Runs"), (*_run_rows(result), WhyRow(tr("Run"), _run_text(result, firsts)))),
            WhySection(tr("How it was run"), _how_rows(result)),
        ),
    )


def _summary(result: SuiteResult, benchmark: Benchmark) -> str:
    if result.score_s is None:
        return tr(
            "Entry of {suite} without a score in the table: {reason}.",
            suite=suite_version(result),
            reason=tr(result.lacking),
        )
    if benchmark.workload is None:
        return tr(
            "Official {suite} result, as published. This benchmark has no model here: nothing is projected for it.",
            suite=suite_version(result),
        )
    return tr("Official {suite} result, as published.", suite=suite_version(result))


def _run_rows(result: SuiteResult) -> tuple[WhyRow, ...]:
    if result.measured_s is None or result.fastest_s is None or result.slowest_s is None:
        return ()
    runs = tr(
        "{succeeded} of {expected} runs reached the target",
        succeeded=result.runs_succeeded,
        expected=result.runs_expected,
    )
    rows = [
        WhyRow(tr("Runs"), runs),
        WhyRow(tr("Fastest"), tr("{minutes} min", minutes=score_text(result.fastest_s))),
        WhyRow(tr("Slowest"), tr("{minutes} min", minutes=score_text(result.slowest_s))),
        WhyRow(
            tr("Measured"),
            tr("{minutes} min", minutes=score_text(result.measured_s)),
            tr("mean of the scored runs on the clock"),
        ),
    ]
    if result.scaling != 1.0:
        explained = tr(
            "A run that converged in fewer samples than the reference is scaled up to it by the rules of the suite: "
            "the score is the measured {measured} times {factor}.",
            measured=tr("{minutes} min", minutes=score_text(result.measured_s)),
            factor=format_number(result.scaling),
        )
        rows.append(
            WhyRow(tr("Scaled to the reference"), tr("{factor} ×", factor=format_number(result.scaling)), explained)
        )
    return tuple(rows)


def _how_rows(result: SuiteResult) -> tuple[WhyRow, ...]:
    said = (
        (tr("Machines"), format_number(result.machines)),
        (tr("Processor"), result.processor),
        (tr("Software"), result.framework),
        (tr("Global batch"), "" if result.global_batch is None else format_number(result.global_batch)),
        (
            tr("Samples to target"),
            "" if result.samples_to_target is None else format_number(round(result.samples_to_target)),
        ),
    )
    return tuple(WhyRow(name, text) for name, text in said if text)
