"""`backtest`: the model's own record, what it predicts for results that were left out."""

import argparse
import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ipuwhatif.cli import console
from ipuwhatif.cli.options import figure_writer
from ipuwhatif.cli.parser import Parser, Subcommands, add_output
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable

if TYPE_CHECKING:
    from pathlib import Path

    from ipuwhatif.calibration.protocols import Protocol
    from ipuwhatif.calibration.speeds import SpeedTest
    from ipuwhatif.catalog.types import Catalog


Found = TypeVar("Found")


def add_command(subcommands: Subcommands) -> Parser:
    parser = subcommands.add_parser("backtest", help=tr("how well the model predicts results that were left out"))
    add_output(parser)
    parser.add_argument(
        "--protocol", metavar="PROTOCOL", help=tr("which back-test is written (default: leave-one-size-out)")
    )
    parser.add_argument(
        "--residuals", action="store_true", help=tr("write the errors by chip instead of predicted against measured")
    )
    parser.add_argument(
        "--probabilities", action="store_true", help=tr("write how often probabilities held, in the place of both")
    )
    parser.add_argument("--again", action="store_true", help=tr("fit anew (minutes) instead of the stored record"))
    parser.set_defaults(answer=backtest)
    return parser


def backtest(command: argparse.Namespace) -> int:
    """The track record, as stored or fitted again: every back-test in print, one of them as a picture or a table."""
    from ipuwhatif.calibration import probabilities, report
    from ipuwhatif.calibration.record import load_record
    from ipuwhatif.calibration.rivals import rival_report
    from ipuwhatif.calibration.speeds import load_speed_record
    from ipuwhatif.catalog.load import load_catalog
    from ipuwhatif.cli.text import WIDTH
    from ipuwhatif.figures.footnotes import footnotes
    from ipuwhatif.figures.track_record.printed_record import as_text as record_as_text
    from ipuwhatif.figures.track_record.printed_record import rivals_as_text, speeds_as_text

    draw = _picture(command)
    catalog = load_catalog()
    protocols = _back_tests(catalog) if command.again else load_record(catalog)
    speeds = _speed_tests(catalog) if command.again else load_speed_record(catalog)
    written = draw(protocols, speeds, catalog)

    def as_text() -> str:
        notes = (textwrap.fill(note.text, WIDTH, break_long_words=False) for note in footnotes(()))
        files = (tr("Written: {path}", path=printable(path)) for path in written)
        rivals = rivals_as_text(protocols, catalog)
        tables = (record_as_text(protocols, catalog), "", rivals, "", speeds_as_text(speeds))
        return "\n".join((*tables, "", *notes, *files))

    def as_json() -> dict[str, Any]:
        officials = {answer.entry.key: answer.entry for protocol in protocols for answer in protocol.answers}
        notes = [note.text for note in footnotes(list(officials.values()), catalog)]
        told = {**report.as_json(protocols, catalog), "speeds": report.speeds_as_json(speeds)}
        told["rivals"] = rival_report.rivals_as_json(protocols, catalog)
        return {**told, "probabilities": probabilities.as_json(protocols, catalog), "footnotes": notes}

    return console.answer(command.json, as_text, as_json)


def _picture(
    command: argparse.Namespace,
) -> "Callable[[Sequence[Protocol], Sequence[SpeedTest], Catalog], tuple[Path, ...]]":
    """What writes the figure that was asked for and tells the files; a fault is told before minutes of fits."""
    from ipuwhatif.figures.track_record.probabilities import probability_figure
    from ipuwhatif.figures.track_record.speed_record import PREFIX, speed_record_figure
    from ipuwhatif.figures.track_record.track_record import FIRST_SHOWN, check_protocol, track_record_figure

    if command.output is None:
        for option in ("protocol", "residuals", "probabilities"):
            if getattr(command, option):
                told = tr("{option} says what is written: name a file, -o track-record.png", option=f"--{option}")
                raise InputError(told)
        return lambda protocols, speeds, catalog: ()
    key = FIRST_SHOWN if command.protocol is None else command.protocol
    check_protocol(key)
    write = figure_writer(command)

    def draw(protocols: "Sequence[Protocol]", speeds: "Sequence[SpeedTest]", catalog: "Catalog") -> tuple["Path", ...]:
        for test in speeds:
            if key == PREFIX + test.key:
                return write(speed_record_figure(test, catalog))
        shown = next(protocol for protocol in protocols if protocol.key == key)
        if command.probabilities:
            return write(probability_figure(shown, catalog))
        return write(track_record_figure(shown, catalog, command.residuals))

    return draw


def _back_tests(catalog: "Catalog") -> "tuple[Protocol, ...]":
    """All back-tests, with a line of progress where somebody watches."""
    from ipuwhatif.calibration.backtest import run_backtest
    from ipuwhatif.calibration.learnt_shapes import shaped

    return shaped(_watched(lambda progress: run_backtest(catalog, progress)), catalog)


def _speed_tests(catalog: "Catalog") -> "tuple[SpeedTest, ...]":
    """Both tests of printed speeds, likewise."""
    from ipuwhatif.calibration.speeds import run_speed_tests

    return _watched(lambda progress: run_speed_tests(catalog, progress))


def _watched(run: "Callable[[Callable[[str, int, int], None] | None], Found]") -> "Found":
    watched = sys.stderr is not None and sys.stderr.isatty()
    found = run(_show_progress if watched else None)
    if watched:
        _show_line("")
    return found


def _show_progress(what: str, done: int, total: int) -> None:
    _show_line(tr("{what}: fit {number} of {total}", what=tr(what), number=done + 1, total=total))


def _show_line(line: str) -> None:
    """A line in place of the last one."""
    print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
