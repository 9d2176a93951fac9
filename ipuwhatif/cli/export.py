"""The command that turns a scenario file into slides, a workbook, a page or a picture: `ipuwhatif export`."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.cli import console
from ipuwhatif.cli.options import look_of
from ipuwhatif.cli.parser import Parser, one_of
from ipuwhatif.export.chosen import CHARTS, USUAL, Chosen, in_order, place_of
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable, quoted

if TYPE_CHECKING:
    from ipuwhatif.scenario.document import Document


def add_choice(parser: Parser) -> None:
    """The options that say what of a document goes into a file."""
    parser.add_argument(
        "--charts",
        type=_charts,
        metavar="CHART,...",
        help=tr(
            "which charts, in this order: of {known} (default: {usual}; where a file holds one chart, {first})",
            known=tr(", ").join(CHARTS),
            usual=tr(", ").join(USUAL),
            first=USUAL[0],
        ),
    )
    parser.add_argument(
        "--scenarios",
        metavar="A,B",
        help=tr("of which scenarios, by their letters; each chart under one after the other (default: the active)"),
    )
    parser.add_argument(
        "--beside", metavar="B", help=tr("the scenario that stands beside the active one on each chart of it")
    )


def _charts(text: str) -> tuple[str, ...]:
    names = tuple(map(one_of(tuple(CHARTS)), (name.strip() for name in text.split(","))))
    if len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(tr("{names} has one twice; list each once", names=quoted(text)))
    return names


def export(command: argparse.Namespace) -> int:
    """The chosen charts of a document; of a kind of file that holds one chart, the first of the usual ones."""
    from ipuwhatif.analysis.cost.economics import economics
    from ipuwhatif.analysis.kept_answers import moves_of, unsettled, with_answers
    from ipuwhatif.analysis.world import load_world, welcome
    from ipuwhatif.cli.as_json import moves_json
    from ipuwhatif.export.carried import opened_file
    from ipuwhatif.export.office.deck import deck_of, ways_of
    from ipuwhatif.export.writers import FORMATS, check_name, write_figures
    from ipuwhatif.figures.kept_answers import moved_line
    from ipuwhatif.scenario.file_format import document_bytes, newer_text

    target = Path(command.output)
    suffix = check_name(target)
    world = load_world()
    source = Path(command.scenario)
    opened = opened_file(source, world.catalog, world.levers)
    told = welcome(opened.document)[1]
    world = load_world()
    document = unsettled(world, opened.document)
    moves = moves_of(world, document)
    page = suffix == ".html"  # on which scenarios can be chosen between, so it has all of them
    chosen = _chosen(command, document, FORMATS[suffix].several, page)
    beside = None if command.beside is None else _other(command.beside, document)
    figures = [] if page else deck_of(world, document, chosen, beside=beside)
    ways = ways_of(world, document, chosen, beside=beside) if page else ()
    # A workbook has times and costs of a comparison as formulas of what they are made of.
    timed = suffix == ".xlsx" and chosen[0].chart == USUAL[0]
    bills = economics(world, document.scenarios[chosen[0].place]).bills if timed else ()
    theme, dpi = look_of(command)
    written = write_figures(
        target,
        figures,
        document_bytes(with_answers(world, document)),
        theme,
        world.catalog.evidence_hash[:12],
        bills,
        dpi,
        ways,
        command.template,
    )
    paths = [printable(path) for path in written]

    def as_text() -> str:
        lines = [tr("Written: {path}", path=path) for path in paths]
        count = len(document.scenarios)
        if count > 1 and command.scenarios is None and not page:
            name = document.name(document.active)
            lines.append(tr("Charts of the active scenario, {name}, of {count}", name=name, count=count))
        return "\n".join(lines)

    if opened.newer:
        console.complain(newer_text(printable(source.name), opened))
    for line in told:
        console.complain(tr("{file}: {line}", file=printable(source.name), line=line))
    if moves.moves:
        console.complain(tr("{file}: {line}", file=printable(source.name), line=moved_line(moves)))
    return console.answer(
        command.json, as_text, lambda: {"written": paths, "moved": moves_json(moves, document) if moves.moves else None}
    )


def _chosen(command: argparse.Namespace, document: "Document", several: bool, page: bool) -> Sequence[Chosen]:
    """What the options ask for; a file that holds one chart has the first where nothing is asked for.

    A page has every scenario then, the active one first.
    """
    charts = command.charts or (USUAL if several else USUAL[:1])
    letters = [] if command.scenarios is None else [each.strip() for each in command.scenarios.split(",")]
    active = [document.active]
    others = [place for place in range(len(document.scenarios)) if place not in active]
    places = [place_of(each, document) for each in letters] or active + others * page
    if len(set(places)) < len(places):
        raise InputError(tr("{names} has one twice; list each once", names=quoted(command.scenarios)))
    return in_order(charts, places)


def _other(letter: str, document: "Document") -> int:
    """The place of the scenario that stands beside the active one."""
    place = place_of(letter, document)
    if place == document.active:
        raise InputError(tr("{name} is the active scenario itself; name another one", name=quoted(letter)))
    return place
