"""Every MLPerf® Training result of any benchmark from v2.0 on, as published; no parameter is fitted to these rows.

They are read when Evidence of these rounds is asked for, and lie outside the folders that the calibration is held to.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.documents import Node, read_document
from ipuwhatif.catalog.evidence.official import DIVISIONS
from ipuwhatif.catalog.origins import OriginRules, file_origin, read_rules
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.files import resource
from ipuwhatif.records import Record

FILE, LACKING, SUITE = "mlperf_all_benchmarks_v2.0_to_v5.0.csv", "folders_without_row.csv", "suite.json"
_COLUMNS = (
    "round division submitter system benchmark status accelerator_model_name accelerators_total number_of_nodes "
    "host_processor_model_name host_sockets_total framework runs_success runs_expected score_valid same_run_as "
    "minutes_score scaling_factor minutes_min minutes_max global_batch_size target_quality samples_to_converge_mean "
    "wall_s_measured_mean source_folder repo"
)
_LACKING_COLUMNS = "round submitter system benchmark accelerators_total reason source_folder repo"
_NO_ACCELERATOR = "N/A"
_VALID = "yes"  # a row with a score; any other word says why there is none


class Benchmark(Record, frozen=True):
    """What MLPerf® calls a benchmark in its folders, and what people call it."""

    key: str  # "llama2_70b_lora"
    name: str  # "Llama 2 70B LoRA"
    task: str  # "language model, fine-tuning"
    workload: str | None  # the workload that has a model here
    runs: int  # that a score takes
    dropped: int  # of the fastest and of the slowest of them, before the mean


class SuiteResult(Record, frozen=True):
    """One entry as published; times in seconds, None where the table holds no score, and `lacking` says why."""

    key: str  # "v4.0/NVIDIA/dgxh100.../bert/closed"
    mlperf_round: str
    division: str
    submitter: str
    system_name: str
    benchmark: str
    status: str  # category, as the legal lines name it
    accelerator: str  # of an entry without any, its processor
    chip: str  # the chip that it is: "H100" of every H100 in whatever words
    family: str  # of chips: "gpu", "bow", "other", "cpu"
    chips: int  # of an entry without accelerators, its processors
    on_processors: bool
    machines: int
    processor: str
    framework: str
    score_s: float | None
    measured_s: float | None  # mean of the runs that count, before any scaling: not the official score
    fastest_s: float | None
    slowest_s: float | None
    scaling: float  # the score over the olympic mean: where a run converged faster than the reference
    runs_succeeded: int
    runs_expected: int
    global_batch: int | None
    samples_to_target: float | None
    target: str  # as in the table: "FID<=90,CLIP>=0.15"
    same_run_as: str  # key of the entry that was handed in first with this run; empty where this is it
    lacking: str
    origin: Origin

    @property
    def run(self) -> str:
        """The key of the run: that of the entry that it was first handed in with."""
        return self.same_run_as or self.key


class FolderWithoutRow(Record, frozen=True):
    """A result folder that was published and is in no table here."""

    mlperf_round: str
    submitter: str
    system_name: str
    benchmark: str
    workload: str | None  # the workload that has a model here
    chips: int | None  # None where the folder does not say
    reason: str
    origin: Origin


class SuiteResults(Record, frozen=True):
    """Everything in `resources/results`."""

    results: tuple[SuiteResult, ...]
    benchmarks: Mapping[str, Benchmark]
    metrics: Mapping[str, str]  # of quality, in words


class _Chip(Record, frozen=True):
    word: str  # that the name of an accelerator holds
    name: str
    family: str


class _Suite(Record, frozen=True):
    rounds: Mapping[str, str]  # to the month of publication
    benchmarks: Mapping[str, Benchmark]
    categories: Mapping[str, str]
    chips: tuple[_Chip, ...]  # the first whose word fits is it: "L40S" stands before "L40"
    metrics: Mapping[str, str]


@cache
def load_folders_without_row() -> tuple[FolderWithoutRow, ...]:
    """The shipped list of folders without a row, read once; it is small."""
    return read_folders_without_row(resource("results"))


@cache
def load_suite_results() -> SuiteResults:
    """The shipped results, read once. InputError where a file is faulty."""
    return read_suite_results(resource("results"))


def read_suite_results(folder: Path) -> SuiteResults:
    """The results of a folder, in the order of its table.

    InputError with file, line and reason for an unknown round, benchmark, division or category, an entry that stands
    twice, a score that is none, and a run that was first handed in with no entry of the table.
    """
    suite, rules = _read_suite(folder), read_rules(folder)
    found: dict[str, SuiteResult] = {}
    rows: dict[str, Row] = {}
    for row in read_table(folder, FILE, _COLUMNS):
        result = _result(row, suite, rules)
        if result.key in found:
            raise row.refuse(Flawed(Flaw.DUPLICATE, result.key))
        found[result.key], rows[result.key] = result, row
    for key, result in found.items():
        first = found.get(result.run)
        if first is None or first.same_run_as or first.benchmark != result.benchmark:
            raise rows[key].refuse(Flawed(Flaw.NO_FIRST_ENTRY, result.same_run_as))
    return SuiteResults(tuple(found.values()), suite.benchmarks, suite.metrics)


def read_folders_without_row(folder: Path) -> tuple[FolderWithoutRow, ...]:
    """The result folders that are in no table here, in the order of their file. InputError as for results."""
    suite, rules = _read_suite(folder), read_rules(folder)
    return tuple(_without_row(row, suite, rules) for row in read_table(folder, LACKING, _LACKING_COLUMNS))


def _result(row: Row, suite: _Suite, rules: OriginRules) -> SuiteResult:
    mlperf_round, benchmark = row.choice("round", tuple(suite.rounds)), row.choice("benchmark", tuple(suite.benchmarks))
    division, submitter, system = row.choice("division", DIVISIONS), row.filled("submitter"), row.filled("system")
    status = row.text("status").casefold()
    if status not in suite.categories:
        row.choice("status", tuple(suite.categories))
    valid = row.filled("score_valid") == _VALID
    score, fastest, slowest = (
        60.0 * row.positive(name) if valid else None for name in ("minutes_score", "minutes_min", "minutes_max")
    )
    chips, accelerator = row.whole("accelerators_total"), row.filled("accelerator_model_name")
    on_processors = accelerator == _NO_ACCELERATOR
    if on_processors:
        chips, accelerator = row.whole("host_sockets_total"), row.filled("host_processor_model_name")
    if chips < 1:
        raise row.refuse(Flawed(Flaw.CELL_NOT_ABOVE_0, "accelerators_total", 0))
    chip = next((each for each in suite.chips if each.word in accelerator), None)
    if chip is None:
        raise row.refuse(Flawed(Flaw.NO_CHIP_OF_NAME, SUITE, accelerator))
    return SuiteResult(
        key="/".join((mlperf_round, submitter, system, benchmark, division)),
        mlperf_round=mlperf_round,
        division=division,
        submitter=submitter,
        system_name=system,
        benchmark=benchmark,
        status=suite.categories[status],
        accelerator=accelerator,
        chip=chip.name,
        family=chip.family,
        chips=chips,
        on_processors=on_processors,
        machines=row.whole("number_of_nodes"),
        processor=row.text("host_processor_model_name"),
        framework=row.text("framework"),
        score_s=score,
        measured_s=row.positive("wall_s_measured_mean") if valid else None,
        fastest_s=fastest,
        slowest_s=slowest,
        scaling=row.positive("scaling_factor"),
        runs_succeeded=row.whole("runs_success"),
        runs_expected=row.whole("runs_expected") if valid else 0,
        global_batch=row.whole("global_batch_size") if row.text("global_batch_size") else None,
        samples_to_target=row.optional_number("samples_to_converge_mean"),
        target=row.filled("target_quality"),
        same_run_as=row.text("same_run_as"),
        lacking="" if valid else row.text("score_valid"),
        origin=file_origin(rules, row, suite.rounds[mlperf_round]),
    )


def _without_row(row: Row, suite: _Suite, rules: OriginRules) -> FolderWithoutRow:
    mlperf_round, benchmark = row.choice("round", tuple(suite.rounds)), row.choice("benchmark", tuple(suite.benchmarks))
    return FolderWithoutRow(
        mlperf_round=mlperf_round,
        submitter=row.filled("submitter"),
        system_name=row.filled("system"),
        benchmark=benchmark,
        workload=suite.benchmarks[benchmark].workload,
        chips=row.whole("accelerators_total") if row.text("accelerators_total") else None,
        reason=row.filled("reason"),
        origin=file_origin(rules, row, suite.rounds[mlperf_round]),
    )


def _read_suite(folder: Path) -> _Suite:
    root = read_document(folder, SUITE)
    rounds = _by_key(root.children("rounds"), "published")
    benchmarks: dict[str, Benchmark] = {}
    for node in root.children("benchmarks"):
        key = node.text("key")
        if key in benchmarks:
            raise node.refuse(Flawed(Flaw.DUPLICATE, key))
        benchmarks[key] = Benchmark(
            key=key,
            name=node.text("name"),
            task=node.text("task"),
            workload=node.optional_text("workload"),
            runs=node.whole("runs"),
            dropped=node.whole("dropped"),
        )
        node.close()
    categories = root.child("categories")
    named = {name: categories.text(name) for name in categories.names()}
    categories.close()
    chips = []
    for node in root.children("chips"):
        chips.append(_Chip(node.text("key"), node.text("name"), node.text("family")))
        node.close()
    metrics = _by_key(root.children("metrics"), "words")
    root.close()
    return _Suite(rounds, MappingProxyType(benchmarks), named, tuple(chips), metrics)


def _by_key(nodes: list[Node], value: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        key = node.text("key")
        if key in found:
            raise node.refuse(Flawed(Flaw.DUPLICATE, key))
        found[key] = node.text(value)
        node.close()
    return MappingProxyType(found)
