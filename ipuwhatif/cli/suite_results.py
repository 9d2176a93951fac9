"""`evidence --scope results`: which official results of any benchmark are asked for, and what is said of them."""

import argparse
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli.parser import count
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.analysis.suite_results import Found, Wanted
    from ipuwhatif.catalog.datum import Origin
    from ipuwhatif.catalog.evidence.suite_results import FolderWithoutRow, SuiteResult
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.cli.parser import Parser

#: The options, and where their words stand.
FILTERS = {
    "--round": "round",
    "--benchmark": "benchmark",
    "--submitter": "submitter",
    "--chip": "chip",
    "--division": "division",
    "--from": "low",
    "--to": "high",
}


def add_filters(known: "Parser") -> None:
    """Which official results are asked for; each takes several words."""
    results = known.add_argument_group(tr("of --scope results, each result of any benchmark from v2.0 on"))
    for option, metavar, words in (
        ("--round", "ROUND[,ROUND...]", tr("such as v4.1")),
        ("--benchmark", "BENCHMARK[,BENCHMARK...]", tr("as MLPerf® calls it, such as llama2_70b_lora")),
        ("--submitter", "SUBMITTER[,SUBMITTER...]", tr("who handed it in")),
        ("--chip", "CHIP[,CHIP...]", tr("such as H100, or a part of an accelerator's name")),
        ("--division", "DIVISION", tr("closed or open")),
    ):
        results.add_argument(option, metavar=metavar, help=words)
    results.add_argument("--from", dest="low", type=count, metavar="N", help=tr("chips of an entry at least"))
    results.add_argument("--to", dest="high", type=count, metavar="N", help=tr("chips of an entry at most"))
    known.options.extend(FILTERS)


def wanted_of(command: argparse.Namespace) -> "Wanted":
    """What a command asks for."""
    from ipuwhatif.analysis.suite_results import Wanted

    return Wanted(
        rounds=_words(command.round),
        benchmarks=_words(command.benchmark),
        submitters=_words(command.submitter),
        chips=_words(command.chip),
        divisions=_words(command.division),
        least=command.low or 0,
        most=command.high or 0,
    )


def _words(text: str | None) -> tuple[str, ...]:
    """The words of an option, with commas between them."""
    return () if text is None else tuple(word.strip() for word in text.split(","))


def results_json(found: "Found", figure: "Figure", hidden: bool) -> dict[str, Any]:
    """Scores in seconds; what was measured is no official result."""
    from ipuwhatif.analysis.suite_results import counts

    results = () if hidden else found.results
    return {
        "scope": "results",
        "headline": figure.headline.text,
        "results": [_result_json(each) for each in results],
        "runs": found.runs,
        "hidden_official": len(found.results) - len(results),
        "coverage": {
            "entries": counts(found.known.results),
            "without_row": [without_row_json(each) for each in found.without_row],
        },
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def _result_json(result: "SuiteResult") -> dict[str, Any]:
    return {
        "key": result.key,
        "round": result.mlperf_round,
        "benchmark": result.benchmark,
        "submitter": result.submitter,
        "system": result.system_name,
        "chip": result.chip,
        "accelerator": result.accelerator,
        "chips": result.chips,
        "division": result.division,
        "category": result.status,
        "target": result.target,
        "official_s": result.score_s,
        "measured_s": result.measured_s,
        "without_score": result.lacking or None,
        "same_run_as": result.same_run_as or None,
        "origin": origin_json(result.origin),
    }


def without_row_json(folder: "FolderWithoutRow") -> dict[str, Any]:
    return {
        "round": folder.mlperf_round,
        "benchmark": folder.benchmark,
        "submitter": folder.submitter,
        "system": folder.system_name,
        "chips": folder.chips,
        "reason": folder.reason,
        "origin": origin_json(folder.origin),
    }


def origin_json(origin: "Origin") -> dict[str, Any]:
    return {
        "producer": origin.producer,
        "title": origin.title,
        "locator": origin.locator,
        "published": origin.published,
        "kind": origin.kind,
    }
