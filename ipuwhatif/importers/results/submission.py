"""MLPerf submission folders: `results/SYSTEM/BENCHMARK/result_*.txt` beside `systems/SYSTEM.json`, or single logs."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ipuwhatif.catalog.evidence.suite_results import Benchmark, load_suite_results
from ipuwhatif.catalog.stacks import Release
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.files import read_bounded
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.results.mllog import Run, read_run
from ipuwhatif.importers.results.own import Imported, OwnResult
from ipuwhatif.importers.results.placing import (
    described_chips,
    described_choice,
    named_choice,
    named_workload,
)
from ipuwhatif.importers.results.reasons import Lift, OfResult, ResultFault, SeveralBenchmarks, TwoRounds
from ipuwhatif.importers.results.score import lift_of, score_of
from ipuwhatif.importers.tables.reading import NO_SYSTEMS
from ipuwhatif.records import Record
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.units import InputError, RefusedError, nearest, printable, reason_of

MOST_LOGS = 100_000  # of a folder
MOST_BYTES = 1_000_000  # of a description
_LOG = re.compile(r"result_(\w+)\.txt", re.IGNORECASE | re.ASCII)
_ROUND = re.compile(r"training_results_(v\d+\.\d+)")


def read_submission(
    folder: Path, catalog: Catalog, mlperf_round: str = "", stated: Mapping[str, SystemChoice] = NO_SYSTEMS
) -> Imported:
    """Every entry under a folder, in the order of their names: one with a fault is refused whole, the others are read.

    mlperf_round: of all entries; where it is empty it is told by the folder's name, or by the dates of the runs.
    stated: which systems names are of, where the user says so. InputError where there is no log.
    """
    told = mlperf_round or next(iter(_ROUND.findall(str(folder.absolute()))), "")
    results: list[OwnResult] = []
    refused: list[Refused] = []
    entries = _entries(folder)
    if not entries:
        raise RefusedError(OfResult(ResultFault.NO_LOGS, path=printable(folder)))
    for place, logs in entries.items():
        try:
            results.append(_entry(place, logs, catalog, told, stated))
        except InputError as error:
            refused.append(Refused(place, reason_of(error)))
    return Imported(tuple(results), tuple(refused))


def read_log(
    path: Path, catalog: Catalog, mlperf_round: str = "", stated: Mapping[str, SystemChoice] = NO_SYSTEMS
) -> Imported:
    """One log as a result of one run. InputError where it holds none."""
    told = mlperf_round or next(iter(_ROUND.findall(str(path.absolute()))), "")
    return Imported((_entry(printable(path.name), [path], catalog, told, stated),))


def _entries(folder: Path) -> dict[str, list[Path]]:
    """The logs of each folder that holds some, by its place below `folder`. Links to folders are not followed."""
    found: dict[str, list[Path]] = {}
    count = 0
    for parent, folders, files in os.walk(folder):
        folders.sort()
        logs = sorted(name for name in files if _LOG.fullmatch(name))
        count += len(logs)
        if count > MOST_LOGS:
            raise RefusedError(OfResult(ResultFault.TOO_MANY_LOGS, path=printable(folder), most=MOST_LOGS))
        if logs:
            place = Path(parent).relative_to(folder).as_posix()
            found[printable(folder.name if place == "." else place)] = [Path(parent, name) for name in logs]
    return found


def _entry(
    place: str, logs: Sequence[Path], catalog: Catalog, told_round: str, stated: Mapping[str, SystemChoice]
) -> OwnResult:
    """One entry: its runs, their score, and what it ran on."""
    runs = [read_run(path) for path in logs]
    _check_once(runs)
    first, release, benchmark = runs[0], _release(runs, catalog, told_round), _benchmark(runs, logs[0])
    key = benchmark.workload if benchmark else named_workload(first.benchmark, catalog).key
    workload = None if key is None else catalog.workloads[key]
    scaling = _scaling(logs[0].parent / "scaling.json")
    score = score_of(runs, benchmark, workload, scaling or 1.0)
    on = _ran_on(logs[0], first, release, catalog, stated)
    lift = None
    if scaling is None and on.division == "closed" and workload and score.samples and first.global_batch:
        lift = lift_of(catalog, release, workload, first.global_batch, score.samples)
    return OwnResult(
        place=place,
        system=on.system,
        chips=on.chips,
        job=key or first.benchmark,
        measurement=Measurement(TIME, score.seconds),
        choice=on.choice,
        workload=key,
        global_batch=first.global_batch,
        samples=score.samples,
        submitter=first.submitter,
        division=on.division,
        mlperf_round=release.mlperf_round,
        release=release.key,
        runs=len(runs),
        by_rules=score.by_rules,
        notes=(*score.notes, *(() if lift is None else (Lift(lift),))),
    )


def _check_once(runs: Sequence[Run]) -> None:
    """InputError where a run stands under two names, or two runs under one number."""
    starts: dict[float, str] = {}
    numbers: dict[str, str] = {}
    for run in runs:
        found = _LOG.fullmatch(run.name)
        number = found[1].lstrip("0") if found else run.name  # "result_1.txt" and "result_01.txt" are of one number
        other = starts.get(run.started_s) or numbers.get(number)
        if other is not None:
            raise RefusedError(OfResult(ResultFault.ONE_RUN_TWICE, other, other=run.name))
        starts[run.started_s] = numbers[number] = run.name


def _release(runs: Sequence[Run], catalog: Catalog, told_round: str) -> Release:
    """The release of the round that is told, or of the first round that was published after the runs.

    InputError for an unknown round, and for runs that belong to two.
    """
    rounds = {each.mlperf_round: each for each in catalog.releases.values() if each.mlperf_round}
    if told_round:
        if told_round not in rounds:
            near = nearest(told_round, list(rounds))
            raise RefusedError(OfResult(ResultFault.UNKNOWN_ROUND, told_round, near=near))
        return rounds[told_round]
    found: dict[str, Run] = {}
    for run in runs:
        found.setdefault(_release_after(run, catalog), run)
    if len(found) > 1:
        first, second = list(found.values())[:2]
        raise RefusedError(TwoRounds(first.name, _date(first), second.name, _date(second)))
    return catalog.releases[next(iter(found))]


def _release_after(run: Run, catalog: Catalog) -> str:
    month = _date(run)[:7]
    return next((key for key in sorted(catalog.releases) if month < key), max(catalog.releases))


def _date(run: Run) -> str:
    return datetime.fromtimestamp(run.started_s, UTC).date().isoformat()


def _benchmark(runs: Sequence[Run], log: Path) -> Benchmark | None:
    """The benchmark of the runs; None where MLPerf has none of this name. InputError where they are of several."""
    names = sorted({run.benchmark for run in runs})
    if len(names) > 1:
        raise RefusedError(SeveralBenchmarks(tuple(names)))
    if not names[0]:
        raise RefusedError(ResultFault.NO_BENCHMARK)
    benchmarks = load_suite_results().benchmarks
    return benchmarks.get(names[0]) or benchmarks.get(log.parent.name)


def _scaling(path: Path) -> float | None:
    """The factor of `scaling.json`, None where there is none. InputError where it is no factor of a score."""
    if not path.exists():
        return None
    value = _object(path).get("scaling_factor")
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1.0 <= value <= 10.0:
        raise RefusedError(OfResult(ResultFault.NO_FACTOR, path.name))
    return float(value)


class _On(Record, frozen=True):
    """What an entry ran on, and in which division it was handed in."""

    system: str
    chips: int | None
    choice: SystemChoice | None
    division: str


def _ran_on(log: Path, run: Run, release: Release, catalog: Catalog, stated: Mapping[str, SystemChoice]) -> _On:
    """The name of the system, its chips, and the system of the catalog that it is.

    By what the user says, else by the description in the submission folder. A log that lies alone names its platform.
    """
    in_folder = log.parent.parent.parent.name == "results" and _LOG.fullmatch(log.name) is not None
    system = log.parent.parent.name if in_folder else run.platform or log.stem
    name = printable(system)
    path = log.parent.parent.parent.parent / "systems" / f"{system}.json"
    if system in stated or not in_folder or not path.exists():
        choice = _named(system, catalog, stated)
        return _On(name, choice.chips, choice, run.division)
    texts = {name: str(value) for name, value in _object(path).items() if isinstance(value, (str, int, float))}
    description = {**texts, "system": system, "submitter": texts.get("submitter", run.submitter)}
    found = described_choice(description, release.mlperf_round, run.benchmark, catalog)
    chips = found.chips if found else described_chips(description)
    return _On(name, chips, found, texts.get("division", run.division).casefold())


def _named(system: str, catalog: Catalog, stated: Mapping[str, SystemChoice]) -> SystemChoice:
    """The system of a name alone."""
    try:
        return named_choice(system, None, catalog, stated)
    except InputError:
        example = f"{system}=dgx-h100:8"
        raise RefusedError(OfResult(ResultFault.NO_DESCRIPTION, path=printable(system), example=example)) from None


def _object(path: Path) -> dict[str, object]:
    """A JSON object of a file of the submission."""
    try:
        found = json.loads(read_bounded(path, MOST_BYTES))
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        found = None
    if not isinstance(found, dict):
        raise RefusedError(OfResult(ResultFault.NO_OBJECT, path.name))
    return found
