"""What the record says: `attribute` splits a change between two results, `claims` checks the article's statements."""

import argparse
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, quoted

if TYPE_CHECKING:
    from ipuwhatif.analysis.attribution import Attribution, End
    from ipuwhatif.analysis.claims import Reading, Verdict
    from ipuwhatif.analysis.world import World
    from ipuwhatif.catalog.types import Workload
    from ipuwhatif.model.case import Case

#: Options of `attribute` that ask about projections, and so say nothing about two entries.
_PROJECTION_OPTIONS = ("workload", "systems", "release", "to_release", "recipe", "layout", "settings")
_EXAMPLE = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"


def attribute(command: argparse.Namespace) -> int:
    """The change between two official results, or between two projections, as parts that add up to it."""
    if command.entries:
        return _between_entries(command)
    if command.workload is None or command.systems is None:
        raise InputError(
            tr("name two entries, or a workload and systems: -w resnet50 -s ipu-pod16 --to-release 2021-12")
        )
    from ipuwhatif.analysis.attribution import attribute as attribute_cases
    from ipuwhatif.analysis.world import load_world

    world = load_world()
    before, after, settings = _cases(command, world)
    answer = attribute_cases(world, before, after)
    return _answer(command, answer, world.catalog.workloads[answer.workload], settings)


def claims(command: argparse.Namespace) -> int:
    """Every statement of the article with its computed value and verdict."""
    from ipuwhatif.analysis.claims import check_claims
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.record_text import claims_text

    verdicts = check_claims(load_world())
    return _print(command, lambda: claims_text(verdicts), lambda: _claims_json(verdicts))


def _between_entries(command: argparse.Namespace) -> int:
    from ipuwhatif.analysis.attribution import attribute_official, find_entry
    from ipuwhatif.catalog.load import load_catalog

    given = [name for name in _PROJECTION_OPTIONS if getattr(command, name)]
    if given:
        option = "--set" if given[0] == "settings" else "--" + given[0].replace("_", "-")
        raise InputError(tr("{option} is for projections: leave it out, or leave out the entries", option=option))
    if len(command.entries) != 2:
        raise InputError(
            tr("{count} entries named; name two, such as {key}", count=len(command.entries), key=quoted(_EXAMPLE))
        )
    catalog = load_catalog()
    before, after = (find_entry(catalog, key) for key in command.entries)
    answer = attribute_official(before, after)
    return _answer(command, answer, catalog.workloads[answer.workload])


def _cases(command: argparse.Namespace, world: "World") -> tuple["Case", "Case", tuple[str, ...]]:
    """The two questions, the first system at --release and the last at --to-release with the levers that are set.

    Also these levers in words.
    """
    from ipuwhatif.cli.questions import comparison_document
    from ipuwhatif.model.case import BEST
    from ipuwhatif.scenario.document import FIRST_START
    from ipuwhatif.scenario.edits import lever_texts
    from ipuwhatif.scenario.resolve import case_of

    release = command.release or FIRST_START.release
    common = {**vars(command), "reference": None, "layout": command.layout or BEST}
    first = argparse.Namespace(**{**common, "release": release, "settings": []})
    document = comparison_document(first, world.catalog)
    if len(document.systems) > 2:
        raise InputError(
            tr("{count} systems are too many: a change has two ends; name one or two", count=len(document.systems))
        )
    last = document.systems[-1]
    second = argparse.Namespace(**{**common, "release": command.to_release or release, "systems": last.key})
    moved = comparison_document(second, world.catalog)
    before = case_of(document, document.systems[0], world.levers, world.catalog)
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
    command: argparse.Namespace, answer: "Attribution", workload: "Workload", settings: Sequence[str] = ()
) -> int:
    from ipuwhatif.cli.record_text import attribution_text

    return _print(
        command,
        lambda: attribution_text(answer, workload, settings),
        lambda: {**_attribution_json(answer), "settings": list(settings)},
    )


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
    from ipuwhatif.cli.record_text import claim_officials, verdict_counts
    from ipuwhatif.figures.footnotes import footnotes

    return {
        "counts": verdict_counts(verdicts),
        "claims": [_claim_json(verdict) for verdict in verdicts],
        "footnotes": [note.text for note in footnotes(claim_officials(verdicts))],
    }


def _claim_json(verdict: "Verdict") -> dict[str, Any]:
    from ipuwhatif.cli.record_text import signed

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


def _print(command: argparse.Namespace, as_text: Callable[[], str], as_json: Callable[[], Any]) -> int:
    """Only the form that was asked for is made."""
    console.say(json.dumps(as_json(), ensure_ascii=False, indent=2, allow_nan=False) if command.json else as_text())
    return 0
