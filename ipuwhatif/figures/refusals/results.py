"""Why results, or an entry of them, are not taken, and what is noted of a score, in words."""

from enum import StrEnum

from ipuwhatif.figures.phrase import phrase, phrases
from ipuwhatif.importers.results.reasons import (
    BenchmarkOf,
    Lift,
    LineOf,
    OfResult,
    ResultFault,
    SeveralBenchmarks,
    TwoRounds,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, quoted, told

_FAULTS: dict[StrEnum, str] = {
    ResultFault.PROJECTIONS: marked(
        "these are projections that a sweep wrote, no measurements: nothing is read of them"
    ),
    ResultFault.NEITHER_TIME_NOR_RATE: marked("neither a time nor a throughput stands there"),
    ResultFault.BOTH_TIME_AND_RATE: marked("write either a time or a throughput"),
    ResultFault.NO_DATE: marked("{name} is no date, such as 2024-06, and no round, such as v4.0"),
    ResultFault.UNKNOWN_RELEASE: marked("release {name} is unknown"),
    ResultFault.UNKNOWN_WORKLOAD: marked("workload {name} is unknown; nearest: {near}"),
    ResultFault.UNKNOWN_SYSTEM: marked(
        "system {name} is unknown; nearest: {near}. Say which it is (--system {example})"
    ),
    ResultFault.SYSTEM_WITHOUT_SIZE: marked("system {name}: the chips are not said; add a column of them"),
    ResultFault.NO_ENTRIES: marked("{name} is no list of entries"),
    ResultFault.NO_ENTRY: marked("{path}, row {count}: no entry"),
    ResultFault.BROKEN: marked("{path} is broken: {reason}"),
    ResultFault.ROW_WITHOUT_ROUND: marked("the row names no round; say it with --round"),
    ResultFault.UNKNOWN_ROUND_OF_ROW: marked("round {name} is unknown; nearest: {near}. Say it with --round"),
    ResultFault.NO_LOG: marked("{name} holds no line with :::MLLOG; logs of MLPerf v0.7 and later are read"),
    ResultFault.TOO_MANY_LINES: marked("{name} has more than {most} lines"),
    ResultFault.BROKEN_EVENT: marked("the event is broken or cut off; leave the log out or mend the line"),
    ResultFault.NO_TIME: marked("time_ms is no time; leave the log out or mend the line"),
    ResultFault.NO_START: marked("the log ends without run_start; leave it out"),
    ResultFault.STOP_WITHOUT_START: marked("run_stop does not follow run_start within a year; leave the log out"),
    ResultFault.REACHED_WITH_NO_NUMBER: marked(
        "a loss or a quality is not a number, and the run is said to have reached its target; leave it out"
    ),
    ResultFault.NO_BENCHMARK: marked("the log names no benchmark (submission_benchmark); leave it out"),
    ResultFault.NO_LOGS: marked(
        "{path} holds no results/SYSTEM/BENCHMARK/result_*.txt; name a submission folder or a log"
    ),
    ResultFault.TOO_MANY_LOGS: marked("{path} holds more than {most} logs"),
    ResultFault.UNKNOWN_ROUND: marked("round {name} is unknown; nearest: {near}"),
    ResultFault.ONE_RUN_TWICE: marked("{name} and {other} are one run, or two of one number; leave one of them out"),
    ResultFault.NO_OBJECT: marked("{name} is not a JSON object; mend the file"),
    ResultFault.NO_FACTOR: marked("{name}: scaling_factor is not from 1 to 10; mend the file"),
    ResultFault.NO_DESCRIPTION: marked(
        "systems/{path}.json is missing, and no system is called so: say what it is (--system {example})"
    ),
    ResultFault.NO_RUN_REACHED: marked("no run reached the target; a time to train takes one that did"),
    ResultFault.TOO_MANY_MISSED: marked(
        "{count} runs missed the target where the rules drop {most}: there is no score"
    ),
    ResultFault.PLAIN_MEAN: marked(
        "{count} of {most} runs: the mean of those that reached the target, no score by the rules"
    ),
    ResultFault.MISSED: marked("{name} missed the target: counted as the slowest"),
    ResultFault.WITHOUT_STOP: marked(
        "{name} ends at line {count} without run_stop: counted as a run that missed the target"
    ),
}
phrases(ResultFault, _FAULTS)
phrase(OfResult, _FAULTS, "name", "other", "example", counts=("count", "most"))
phrase(
    TwoRounds,
    marked(
        "{first} ran on {date}, {second} on {other}: runs of two rounds make no score; keep those of one, or say "
        "--round"
    ),
    "first",
    "second",
)


@told.register
def _(said: LineOf) -> str:
    return f"{said.file}, {tr('line {line}', line=format_number(said.line))}"


@told.register
def _(said: BenchmarkOf) -> str:
    return f"{told(said.place)}, {said.benchmark}"


@told.register
def _(said: SeveralBenchmarks) -> str:
    return tr("runs of {names} lie in one folder; keep those of one", names=", ".join(map(quoted, said.names)))


@told.register
def _(said: Lift) -> str:
    return tr(
        "the runs met the target sooner than the reference: a closed score would be about {factor} of this",
        factor=f"{format_number(said.factor, 4)} ×",
    )
