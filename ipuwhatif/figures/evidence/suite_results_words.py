"""Official results of any benchmark in words: names, scores, targets, footnotes, and what the tables do not hold."""

from collections.abc import Mapping, Sequence

from ipuwhatif.catalog.evidence.suite_results import Benchmark, FolderWithoutRow, SuiteResult
from ipuwhatif.charts.spec import Footnote
from ipuwhatif.figures.footnotes import category, ownership, retrieved_from, suite_version
from ipuwhatif.figures.job_titles import division
from ipuwhatif.figures.phrasing import listed
from ipuwhatif.texts import run_on, tr
from ipuwhatif.units import format_number

MOST_NAMED = 60  # entries that the footnotes name one by one; of more they say that the table does


def result_key(result: SuiteResult) -> str:
    """What a click on a result asks the why of."""
    return f"result/{result.key}"


def benchmark_name(benchmark: Benchmark) -> str:
    """What people call it, then what MLPerf® does: "GPT-3 175B (gpt3)"."""
    return tr("{name} ({note})", name=benchmark.name, note=benchmark.key)


def benchmark_title(benchmark: Benchmark) -> str:
    """The name with the task: "GPT-3 175B (gpt3), language model, pre-training"."""
    return tr("{name}, {task}", name=benchmark_name(benchmark), task=tr(benchmark.task))


def score_text(seconds: float) -> str:
    """An official score as it is published from v2.0 on: minutes with three decimals, without the unit."""
    return f"{seconds / 60.0:,.3f}"


def chips_text(result: SuiteResult) -> str:
    """ "512 × NVIDIA H100-SXM5-80GB"."""
    return tr("{chips} × {accelerator}", chips=format_number(result.chips), accelerator=result.accelerator)


def target_text(target: str, metrics: Mapping[str, str]) -> str:
    """A target of quality in words: "FID ≤ 90, CLIP score ≥ 0.15"."""
    parts = []
    for part in target.split(","):
        for sign, words in ((">=", "≥"), ("<=", "≤")):
            metric, found, value = part.partition(sign)
            if found:
                parts.append(f"{tr(metrics.get(metric, metric))} {words} {value}")
    return tr(", ").join(parts) or tr(metrics.get(target, target))


def result_footnotes(results: Sequence[SuiteResult], benchmarks: Mapping[str, Benchmark]) -> tuple[Footnote, ...]:
    """A numbered footnote for each round and division, then who owns the marks."""
    groups: dict[tuple[str, str], list[SuiteResult]] = {}
    for result in results:
        groups.setdefault((result.mlperf_round, result.division), []).append(result)
    named = len(results) <= MOST_NAMED
    notes = [
        _note(number, group, benchmarks, named or len(group) == 1)
        for number, group in enumerate(groups.values(), start=1)
    ]
    return (*notes, ownership())


def _note(number: int, results: Sequence[SuiteResult], benchmarks: Mapping[str, Benchmark], named: bool) -> Footnote:
    first = results[0]
    head = tr(
        "[{number}] Official {suite} results, {division}, as published:",
        number=number,
        suite=suite_version(first),
        division=division(first.division),
    )
    if named:
        names = list(dict.fromkeys(benchmark_name(benchmarks[each.benchmark]) for each in results))
        told = tr("; ").join(_entry(each, benchmarks, len(names) > 1) for each in results)
        entries = tr("{note}.", note=told if len(names) > 1 else tr("{title}: {value}", title=names[0], value=told))
    else:
        entries = tr(
            "{count} entries of {benchmarks}; the table names submitter, benchmark, system, accelerators and their "
            "count, and category of each.",
            count=format_number(len(results)),
            benchmarks=listed([benchmark_name(benchmarks[each.benchmark]) for each in results]),
        )
    places = listed([(each.origin.locator or "").partition("/tree/")[0] for each in results])
    tail = retrieved_from(places, results)
    return Footnote(run_on((head, entries, tail)), first.origin)


def _entry(result: SuiteResult, benchmarks: Mapping[str, Benchmark], several: bool) -> str:
    """ "NVIDIA, h200_ngc24.04_nemo, 8 × NVIDIA H200-SXM5-141GB, available on-premise: 24.689 min"."""
    score = tr("no score") if result.score_s is None else tr("{minutes} min", minutes=score_text(result.score_s))
    told = tr(
        "{submitter}, {system}, {chips}, {category}: {score}",
        submitter=result.submitter,
        system=result.system_name,
        chips=chips_text(result),
        category=category(result),
        score=score,
    )
    name = benchmark_name(benchmarks[result.benchmark])
    return tr("{title}: {value}", title=name, value=told) if several else told


def without_row_text(folders: Sequence[FolderWithoutRow]) -> str:
    """Which result folders are in no table here, and why; empty where there are none."""
    if not folders:
        return ""
    reasons = dict.fromkeys(folder.reason for folder in folders)
    parts = [_with_reason(reason, [each for each in folders if each.reason == reason]) for reason in reasons]
    return run_on((tr("Result folders that were published and have no row here."), *parts))


def _with_reason(reason: str, folders: Sequence[FolderWithoutRow]) -> str:
    """ "2, no run reached the target: v1.0 Supermicro bert (4 chips), resnet (4 chips)."."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for folder in folders:
        chips = groups.setdefault((folder.mlperf_round, folder.submitter, folder.benchmark), [])
        chips += [] if folder.chips is None else [folder.chips]
    entries = [" ".join(names) if not chips else _with_chips(names, chips) for names, chips in groups.items()]
    return tr(
        "{count}, {reason}: {entries}.",
        count=format_number(len(folders)),
        reason=tr(reason),
        entries=tr("; ").join(entries),
    )


def _with_chips(names: tuple[str, str, str], chips: Sequence[int]) -> str:
    many = listed([format_number(each) for each in sorted(chips)])
    return tr("{name} ({note})", name=" ".join(names), note=tr("{count} chips", count=many))
