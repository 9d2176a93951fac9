"""The command that turns a scenario file into slides, a workbook, a page or a picture: `ipuwhatif export`."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.cli import console
from ipuwhatif.cli.options import look_of
from ipuwhatif.cli.parser import Parser, one_of
from ipuwhatif.export.chosen import CHARTS, USUAL, Chosen, in_order, place_of
from ipuwhatif.figures.scenarios.documents import scenario_name
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, nearest, printable, quoted, told, whole_number

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.export.office.workbook.workbook_inputs import Computed
    from ipuwhatif.export.ways import Way
    from ipuwhatif.scenario.files.document import Document

STORY = "story:"  # before the name of one, where a scenario file may stand


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
    parser.add_argument(
        "--steps", metavar="N,...", help=tr("of a story, which steps, in this order (default: as it is presented)")
    )


def _charts(text: str) -> tuple[str, ...]:
    names = tuple(map(one_of(tuple(CHARTS)), (name.strip() for name in text.split(","))))
    try:
        _refuse_twice(names, text)
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return names


def _refuse_twice(found: Sequence[object], typed: str) -> None:
    if len(set(found)) < len(found):
        raise InputError(tr("{names} has one twice; list each once", names=quoted(typed)))


def export(command: argparse.Namespace) -> int:
    """The chosen charts of a document, or the steps of a story; a file of one chart has the first of them."""
    if command.scenario.startswith(STORY):
        return _export_story(command)
    from ipuwhatif.analysis.cost.economics import economics
    from ipuwhatif.analysis.kept_answers import moves_of, unsettled
    from ipuwhatif.analysis.world import load_world, welcome
    from ipuwhatif.cli.as_json import moves_json
    from ipuwhatif.export.embedded_document import opened_file
    from ipuwhatif.export.formats import FORMATS, check_name
    from ipuwhatif.export.office.deck import deck_of, ways_of
    from ipuwhatif.figures.kept_answers import moved_line
    from ipuwhatif.figures.scenarios.documents import newer_text

    suffix = check_name(Path(command.output))
    if command.steps is not None:
        raise InputError(tr("--steps is for a story; of a scenario file --charts says what goes in"))
    world = load_world()
    source = Path(command.scenario)
    opened = opened_file(source, world.catalog, world.levers)
    welcomed = welcome(opened.document)[1]
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
    paths = _write(command, world, document, figures, bills, ways)

    def as_text() -> str:
        lines = [tr("Written: {path}", path=path) for path in paths]
        count = len(document.scenarios)
        if count > 1 and command.scenarios is None and not page:
            name = scenario_name(document, document.active)
            lines.append(tr("Charts of the active scenario, {name}, of {count}", name=name, count=count))
        return "\n".join(lines)

    if opened.newer:
        console.complain(newer_text(printable(source.name), opened))
    for line in welcomed:
        console.complain(tr("{file}: {line}", file=printable(source.name), line=told(line)))
    if moves.moves:
        console.complain(tr("{file}: {line}", file=printable(source.name), line=moved_line(moves)))
    return console.answer(
        command.json, as_text, lambda: {"written": paths, "moved": moves_json(moves, document) if moves.moves else None}
    )


def _export_story(command: argparse.Namespace) -> int:
    """The steps of a story, those that a presentation shows unasked, or those that were named."""
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.export.formats import FORMATS, check_name
    from ipuwhatif.export.office.deck import SIZE
    from ipuwhatif.figures.scenarios.stories import told_stories
    from ipuwhatif.gui.present.presentation_steps import shown_steps, step_figures, steps_document

    suffix = check_name(Path(command.output))
    if command.charts or command.scenarios or command.beside:
        raise InputError(tr("--charts, --scenarios and --beside are for a scenario file; of a story name --steps"))
    world = load_world()
    stories = {story.key: story for story in told_stories(world.catalog, world.levers)}
    key = command.scenario.removeprefix(STORY)
    if key not in stories:
        known, near = tr(", ").join(stories), nearest(key, stories)
        told = tr(
            "there is no story {name}; the nearest of {known} is {near}", name=quoted(key), known=known, near=near
        )
        raise InputError(told)
    every = stories[key].steps
    steps = shown_steps(every, with_all=False)
    if command.steps is not None:
        numbers = [_step_number(text, len(every)) for text in command.steps.split(",")]
        _refuse_twice(numbers, command.steps)
        steps = tuple(every[number - 1] for number in numbers)
    elif not FORMATS[suffix].several:
        steps = steps[:1]
    paths = _write(command, world, steps_document(steps), step_figures(world, steps, SIZE))
    return console.answer(
        command.json,
        lambda: "\n".join(tr("Written: {path}", path=path) for path in paths),
        lambda: {"written": paths, "moved": None},
    )


def _step_number(text: str, count: int) -> int:
    number = whole_number(text)
    if number is None or not 1 <= number <= count:
        raise InputError(tr("there is no step {name}; there are 1 to {count}", name=quoted(text.strip()), count=count))
    return number


def _write(
    command: argparse.Namespace,
    world: "World",
    document: "Document",
    figures: "Sequence[Figure]",
    bills: "Sequence[Computed]" = (),
    ways: "Sequence[Sequence[Way]]" = (),
) -> list[str]:
    """What was written, the document inside it."""
    from ipuwhatif.analysis.kept_answers import with_answers
    from ipuwhatif.export.writers import write_figures
    from ipuwhatif.scenario.files.file_format import document_bytes

    theme, dpi = look_of(command)
    content, version = document_bytes(with_answers(world, document)), world.catalog.evidence_hash[:12]
    target = Path(command.output)
    written = write_figures(target, figures, content, theme, version, bills, dpi, ways, command.template)
    return [printable(path) for path in written]


def _chosen(command: argparse.Namespace, document: "Document", several: bool, page: bool) -> Sequence[Chosen]:
    """What the options ask for; a file that holds one chart has the first where nothing is asked for.

    A page has every scenario then, the active one first.
    """
    charts = command.charts or (USUAL if several else USUAL[:1])
    letters = [] if command.scenarios is None else [each.strip() for each in command.scenarios.split(",")]
    active = [document.active]
    others = [place for place in range(len(document.scenarios)) if place not in active]
    places = [place_of(each, document) for each in letters] or active + others * page
    _refuse_twice(places, command.scenarios)
    return in_order(charts, places)


def _other(letter: str, document: "Document") -> int:
    """The place of the scenario that stands beside the active one."""
    place = place_of(letter, document)
    if place == document.active:
        raise InputError(tr("{name} is the active scenario itself; name another one", name=quoted(letter)))
    return place
