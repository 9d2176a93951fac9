"""`attribute`: the change between two official results, or two projections, split into its causes."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console
from ipuwhatif.cli.options import JOB_OPTIONS, figure_writer
from ipuwhatif.cli.parser import Parser, Subcommands, add_output
from ipuwhatif.cli.question_options import add_choices
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, Said, printable, quoted, told

if TYPE_CHECKING:
    from pathlib import Path

    from ipuwhatif.analysis.attribution.attribution import Attribution, End
    from ipuwhatif.analysis.world import World
    from ipuwhatif.catalog.types import Catalog
    from ipuwhatif.model.case import Case


#: Options of `attribute` that ask about projections, and so say nothing about two entries.
_PROJECTION_OPTIONS = ("workload", "systems", "release", "to_release", "recipe", "layout", "settings")


_EXAMPLE = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"


def add_command(subcommands: Subcommands) -> Parser:
    parser = subcommands.add_parser("attribute", help=tr("why two official results, or two projections, differ"))
    parser.add_argument(
        "entries",
        nargs="*",
        metavar="ENTRY",
        help=tr("two official results, for example v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"),
    )
    parser.add_argument("-w", "--workload", metavar="WORKLOAD", help=tr("of two projections, for example resnet50"))
    parser.add_argument("-s", "--systems", metavar="SYSTEM[,SYSTEM]", help=tr("of two projections: one system, or two"))
    add_choices(parser)
    parser.add_argument(
        "--to-release", metavar="RELEASE", help=tr("software of the second projection (default: that of the first)")
    )
    add_output(parser)
    # None tells what was not given: nothing of this goes with two entries. Levers move the second projection.
    parser.set_defaults(answer=attribute, release=None, layout=None, **dict.fromkeys(JOB_OPTIONS))
    return parser


def attribute(command: argparse.Namespace) -> int:
    """The change between two official results, or between two projections, as parts that add up to it."""
    if command.output is not None:
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


def _cases(command: argparse.Namespace, world: "World") -> tuple["Case", "Case", tuple[Said, ...]]:
    """The two questions, the first system at --release and the last at --to-release with the levers that are set.

    Also these levers in words.
    """
    from ipuwhatif.cli.questions.scenarios import comparison_scenario
    from ipuwhatif.model.case import BEST
    from ipuwhatif.scenario.moved_levers import moved_levers
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
    return before, after, moved_levers(moved, world.levers, world.catalog)


def _answer(
    command: argparse.Namespace, answer: "Attribution", catalog: "Catalog", settings: Sequence[Said] = ()
) -> int:
    from ipuwhatif.cli.record_text import attribution_text
    from ipuwhatif.figures.attribution.attribution import attribution_figure

    written: tuple[Path, ...] = ()
    if command.output is not None:
        written = figure_writer(command)(attribution_figure(answer, catalog, settings=settings))

    def as_text() -> str:
        text = attribution_text(answer, catalog, settings)
        return "\n".join((text, *(tr("Written: {path}", path=printable(path)) for path in written)))

    return console.answer(
        command.json,
        as_text,
        lambda: {**_attribution_json(answer, catalog), "settings": [told(each) for each in settings]},
    )


def _attribution_json(answer: "Attribution", catalog: "Catalog") -> dict[str, Any]:
    """Times in seconds; the `change_s` of the parts add up to the `change_s` of the whole."""
    from ipuwhatif.figures.footnotes import footnotes
    from ipuwhatif.figures.phrases import told

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
        "notes": [told(note) for note in answer.notes],
        "footnotes": [note.text for note in footnotes(officials, catalog)],
    }


def _end_json(end: "End") -> dict[str, Any]:
    from ipuwhatif.figures.attribution.attribution_words import end_title

    case = None if end.projection is None else end.projection.case
    return {
        "kind": end.kind,
        "key": end.key,
        "name": end_title(end),
        "release": end.official.release if end.official is not None else case.release if case is not None else None,
        "time_s": end.time_s,
        "measured_s": end.measured_s,
    }
