"""What the record says: `attribute` splits a change between two results, `claims` checks the article's statements.

`backtest` shows the model's own record: what it predicts for results that were left out.
"""

import argparse
import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ipuwhatif.cli import console
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ipuwhatif.analysis.article.claims import Reading, Verdict
    from ipuwhatif.analysis.attribution.attribution import Attribution, End
    from ipuwhatif.analysis.world import World
    from ipuwhatif.calibration.protocols import Protocol
    from ipuwhatif.calibration.speeds import SpeedTest
    from ipuwhatif.catalog.types import Catalog
    from ipuwhatif.model.case import Case

Found = TypeVar("Found")
#: Options of `attribute` that ask about projections, and so say nothing about two entries.
_PROJECTION_OPTIONS = ("workload", "systems", "release", "to_release", "recipe", "layout", "settings")
_EXAMPLE = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"


def attribute(command: argparse.Namespace) -> int:
    """The change between two official results, or between two projections, as parts that add up to it."""
    if command.output is not None:
        from ipuwhatif.cli.options import figure_writer

        figure_writer(command)  # a fault in the name is told before anything is computed
    if command.entries:
        return _between_entries(command)
    if command.workload is None or command.systems is None:
        raise InputError(
            tr("name two entries, or a workload and systems: -w resnet50 -s ipu-pod16 --to-release 2021-12")
        )
    from ipuwhatif.analysis.attribution.attribution import attribute as attribute_cases
    from ipuwhatif.analysis.world import load_world

    world = load_world()
    before, after, settings = _cases(command, world)
    return _answer(command, attribute_cases(world, before, after), world.catalog, settings)


def claims(command: argparse.Namespace) -> int:
    """Every statement of the article with its computed value and verdict."""
    from ipuwhatif.analysis.article.claims import check_claims
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.options import figure_writer
    from ipuwhatif.cli.record_text import claims_text
    from ipuwhatif.figures.article.article import article_figure

    write = None if command.output is None else figure_writer(command)
    world = load_world()
    verdicts = check_claims(world)
    written = () if write is None else write(article_figure(verdicts, world))
    files = "".join("\n" + tr("Written: {path}", path=printable(path)) for path in written)
    return console.answer(command.json, lambda: claims_text(verdicts) + files, lambda: _claims_json(verdicts))


def backtest(command: argparse.Namespace) -> int:
    """The track record, as stored or fitted again: every back-test in print, one of them as a picture or a table."""
    from ipuwhatif.calibration import probabilities, report
    from ipuwhatif.calibration.record import load_record
    from ipuwhatif.calibration.speeds import load_speed_record
    from ipuwhatif.catalog.load import load_catalog
    from ipuwhatif.cli.text import WIDTH
    from ipuwhatif.figures.footnotes import footnotes

    draw = _picture(command)
    catalog = load_catalog()
    protocols = _back_tests(catalog) if command.again else load_record(catalog)
    speeds = _speed_tests(catalog) if command.again else load_speed_record(catalog)
    written = draw(protocols, speeds, catalog)

    def as_text() -> str:
        notes = (textwrap.fill(note.text, WIDTH, break_long_words=False) for note in footnotes(()))
        files = (tr("Written: {path}", path=printable(path)) for path in written)
        tables = (report.as_text(protocols, catalog), "", report.speeds_as_text(speeds))
        return "\n".join((*tables, "", *notes, *files))

    def as_json() -> dict[str, Any]:
        officials = {answer.entry.key: answer.entry for protocol in protocols for answer in protocol.answers}
        notes = [note.text for note in footnotes(list(officials.values()))]
        told = {**report.as_json(protocols, catalog), "speeds": report.speeds_as_json(speeds)}
        return {**told, "probabilities": probabilities.as_json(protocols, catalog), "footnotes": notes}

    return console.answer(command.json, as_text, as_json)


def _picture(
    command: argparse.Namespace,
) -> "Callable[[Sequence[Protocol], Sequence[SpeedTest], Catalog], tuple[Path, ...]]":
    """What writes the figure that was asked for and tells the files; a fault is told before minutes of fits."""
    from ipuwhatif.cli.options import figure_writer
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
    _show_line(tr("{what}: fit {number} of {total}", what=what, number=done + 1, total=total))


def _show_line(line: str) -> None:
    """A line in place of the last one."""
    print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def _between_entries(command: argparse.Namespace) -> int:
    from ipuwhatif.analysis.attribution.attribution import attribute_official, find_entry
    from ipuwhatif.catalog.load import load_catalog

    given = [name for name in _PROJECTION_OPTIONS if getattr(command, name)]
    if given:
        option = "--set" if given[0] == "settings" else "--" + given[0].replace("_", "-")
        raise InputError(tr("{option} is for projections: leave it out, or leave out the entries", option=option))
    if len(command.entries) != 2:
        raise InputError(
            tr(
                "two entries make a change, not {count}; name two, such as {key}",
                count=len(command.entries),
                key=quoted(_EXAMPLE),
            )
        )
    catalog = load_catalog()
    before, after = (find_entry(catalog, key) for key in command.entries)
    return _answer(command, attribute_official(before, after), catalog)


def _cases(command: argparse.Namespace, world: "World") -> tuple["Case", "Case", tuple[str, ...]]:
    """The two questions, the first system at --release and the last at --to-release with the levers that are set.

    Also these levers in words.
    """
    from ipuwhatif.cli.questions import comparison_scenario
    from ipuwhatif.model.case import BEST
    from ipuwhatif.scenario.edits import lever_texts
    from ipuwhatif.scenario.resolve import case_of
    from ipuwhatif.scenario.scenario import FIRST_START

    release = command.release or FIRST_START.release
    common = {**vars(command), "reference": None, "layout": command.layout or BEST}
    first = argparse.Namespace(**{**common, "release": release, "settings": []})
    scenario = comparison_scenario(first, world.catalog)
    if len(scenario.systems) > 2:
        raise InputError(
            tr("{count} systems are too many: a change has two ends; name one or two", count=len(scenario.systems))
        )
    last = scenario.systems[-1]
    second = argparse.Namespace(**{**common, "release": command.to_release or release, "systems": last.key})
    moved = comparison_scenario(second, world.catalog)
    before = case_of(scenario, scenario.systems[0], world.levers, world.catalog)
    after = case_of(moved, last, world.levers, world.catalog)
    if before == after:
        raise InputError(
            tr(
                "both ends are {key}, {release}: name a second system, --to-release or --set",
                key=last.key,
                release=release,
            )
        )
    return before, after, lever_texts(moved, world.levers, world.catalog)


def _answer(
    command: argparse.Namespace, answer: "Attribution", catalog: "Catalog", settings: Sequence[str] = ()
) -> int:
    from ipuwhatif.cli.options import figure_writer
    from ipuwhatif.cli.record_text import attribution_text
    from ipuwhatif.figures.attribution.attribution import attribution_figure

    written: tuple[Path, ...] = ()
    if command.output is not None:
        written = figure_writer(command)(attribution_figure(answer, catalog, settings=settings))

    def as_text() -> str:
        text = attribution_text(answer, catalog.workloads[answer.workload], settings)
        return "\n".join((text, *(tr("Written: {path}", path=printable(path)) for path in written)))

    return console.answer(command.json, as_text, lambda: {**_attribution_json(answer), "settings": list(settings)})


def _attribution_json(answer: "Attribution") -> dict[str, Any]:
    """Times in seconds; the `change_s` of the parts add up to the `change_s` of the whole."""
    from ipuwhatif.figures.footnotes import footnotes

    officials = [end.official for end in (answer.before, answer.after) if end.official is not None]
    return {
        "workload": answer.workload,
        "before": _end_json(answer.before),
        "after": _end_json(answer.after),
        "change_s": answer.change_s,
        "parts": [
            {
                "part": part.key,
                "before": part.before,
                "after": part.after,
                "unit": part.unit,
                "change_s": part.seconds,
                "share": part.share,
            }
            for part in answer.parts
        ],
        "notes": list(answer.notes),
        "footnotes": [note.text for note in footnotes(officials)],
    }


def _end_json(end: "End") -> dict[str, Any]:
    case = None if end.projection is None else end.projection.case
    return {
        "kind": end.kind,
        "key": end.key,
        "name": end.name,
        "release": end.official.release if end.official is not None else case.release if case is not None else None,
        "time_s": end.time_s,
        "measured_s": end.measured_s,
    }


def _claims_json(verdicts: "tuple[Verdict, ...]") -> dict[str, Any]:
    from ipuwhatif.figures.article.article import claim_officials, verdict_counts
    from ipuwhatif.figures.footnotes import footnotes

    return {
        "counts": verdict_counts(verdicts),
        "claims": [_claim_json(verdict) for verdict in verdicts],
        "footnotes": [note.text for note in footnotes(claim_officials(verdicts))],
    }


def _claim_json(verdict: "Verdict") -> dict[str, Any]:
    from ipuwhatif.figures.article.article import signed

    claim = verdict.claim
    return {
        "claim": claim.key,
        "subject": claim.subject,
        "attributed_to": claim.origin.note,
        "stated": claim.stated,
        "stated_value": claim.value,
        "unit": claim.unit,
        "tolerance": claim.tolerance,
        "computed": verdict.value,
        "computed_text": verdict.text,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "condition": signed(claim.condition),
        "cases": [_reading_json(reading) for reading in verdict.cases],
        "beside": [_reading_json(reading) for reading in verdict.beside],
        "notes": list(verdict.notes),
        "sources": [
            {
                "key": source.key,
                "kind": source.kind,
                "producer": source.origin.producer,
                "title": source.origin.title,
                "locator": source.origin.locator,
            }
            for source in verdict.sources
        ],
    }


def _reading_json(reading: "Reading") -> dict[str, Any]:
    return {"name": reading.name, "value": reading.value, "text": reading.text, "holds": reading.holds}
