"""`ipuwhatif sweep`: all plans of a file, as a Parquet folder or a CSV file."""

import argparse
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console
from ipuwhatif.cli.parser import Parser, Subcommands, count
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_duration, format_number, printable

if TYPE_CHECKING:
    from ipuwhatif.analysis.sweep.plan import SweepPlan
    from ipuwhatif.analysis.sweep.run import Summary
    from ipuwhatif.analysis.world import World

INTERRUPTED = 130  # as shells say it
BETWEEN_TELLINGS_S = 1.0
MOST_WORKERS = 256


def add_command(subcommands: Subcommands) -> Parser:
    parser = subcommands.add_parser("sweep", help=tr("all plans of a file: times, layouts and costs of up to billions"))
    parser.add_argument("plan", metavar="PLAN", help=tr("a TOML file: axes, what is kept, filters"))
    parser.add_argument("-o", "--output", metavar="FILE", help=tr("a .parquet folder or a .csv file"))
    parser.add_argument("--dry-run", action="store_true", help=tr("say how many plans there are, and about how long"))
    parser.add_argument(
        "--workers", type=count, metavar="N", help=tr("worker processes of this machine (default: none)")
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help=tr("the workers of a Dask scheduler: tcp://host:8786; they share the folder"),
    )
    parser.set_defaults(answer=sweep)
    return parser


def sweep(command: argparse.Namespace) -> int:
    from ipuwhatif.analysis.sweep.plan import load_plan
    from ipuwhatif.analysis.sweep.store import check_path
    from ipuwhatif.analysis.world import load_world

    if command.output is None and not command.dry_run:
        raise InputError(tr("a sweep needs a place: -o results.parquet, or --dry-run to see how many plans there are"))
    if command.workers is not None and command.workers > MOST_WORKERS:
        raise InputError(
            tr(
                "{count} workers are too many; the most is {most}",
                count=format_number(command.workers),
                most=MOST_WORKERS,
            )
        )
    if command.workers is not None and command.scheduler is not None:
        raise InputError(tr("--workers are of this machine, those of --scheduler are not: give one of the two"))
    path = None if command.output is None else Path(command.output)
    if path is not None:
        check_path(path)
    world = load_world()
    plan = load_plan(Path(command.plan), world)
    if command.dry_run or path is None:
        return _dry_run(command, world, plan)
    summary = _run(command, world, plan, path)
    if summary is None:
        return INTERRUPTED
    return console.answer(command.json, lambda: _summary_text(summary, path), lambda: _summary_json(summary, path))


def _dry_run(command: argparse.Namespace, world: "World", plan: "SweepPlan") -> int:
    from ipuwhatif.analysis.sweep.run import estimate

    plans, seconds = estimate(world, plan)
    text = tr(
        "{plans} plans, about {time} on one processor core",
        plans=format_number(plans),
        time=format_duration(seconds, 2),
    )
    return console.answer(command.json, lambda: text, lambda: {"plans": plans, "seconds": float(f"{seconds:.2g}")})


def _run(command: argparse.Namespace, world: "World", plan: "SweepPlan", path: Path) -> "Summary | None":
    """The sweep; None where the user stopped it."""
    from ipuwhatif.analysis.sweep.run import sweep_by_processes, sweep_by_scheduler, sweep_to_files

    telling = _Telling()
    try:
        if command.scheduler is not None:
            return sweep_by_scheduler(world, plan, path, command.scheduler, telling)
        if command.workers is not None:
            return sweep_by_processes(world, plan, path, command.workers, telling)
        return sweep_to_files(world, plan, path, progress=telling)
    except KeyboardInterrupt:
        console.complain(
            tr(
                "stopped with {done} of {plans} plans done; they are kept, and the same command goes on from there",
                done=format_number(telling.done),
                plans=format_number(telling.plans),
            )
        )
        return None


class _Telling:
    """Says now and then how far a sweep is, where somebody looks."""

    def __init__(self) -> None:
        self.done = self.plans = 0
        self._began, self._told, self._before = monotonic(), monotonic(), -1

    def __call__(self, done: int, plans: int) -> None:
        self.done, self.plans, now = done, plans, monotonic()
        if self._before < 0:
            self._before = done  # of a run before this one
        if (
            sys.stderr is None
            or not sys.stderr.isatty()
            or now - self._told < BETWEEN_TELLINGS_S
            or done == self._before
        ):
            return
        left = (now - self._began) / (done - self._before) * (plans - done)
        self._told = now
        console.complain(
            tr(
                "{done} of {plans} plans, about {time} left",
                done=format_number(done),
                plans=format_number(plans),
                time=format_duration(left, 2),
            )
        )


def _summary_text(summary: "Summary", path: Path) -> str:
    from ipuwhatif.figures.phrases import told

    lines = [
        tr("Written: {path}", path=printable(path)),
        tr("{rows} rows of {plans} plans", rows=format_number(summary.rows), plans=format_number(summary.plans)),
    ]
    lines += [
        tr("left out, {count}: {reason}", count=format_number(count), reason=told(reason))
        for reason, count in summary.left_out.items()
    ]
    return "\n".join(lines)


def _summary_json(summary: "Summary", path: Path) -> dict[str, Any]:
    from ipuwhatif.figures.phrases import told

    return {
        "written": str(path),
        "plans": summary.plans,
        "rows": summary.rows,
        "left_out": [{"plans": count, "reason": told(reason)} for reason, count in summary.left_out.items()],
    }
