"""The command that turns a scenario file into slides, a workbook, a page or a picture: `ipuwhatif export`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.cli import console
from ipuwhatif.cli.options import look_of
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.scenario.document import Document


def export(command: argparse.Namespace) -> int:
    """Every chart of the document's active scenario, or its comparison where the kind of file holds one chart."""
    from ipuwhatif.analysis.compare import compare
    from ipuwhatif.analysis.kept_answers import moves_of, unsettled, with_answers
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.as_json import moves_json
    from ipuwhatif.export.carried import opened_file
    from ipuwhatif.export.writers import FORMATS, check_name, write_figures
    from ipuwhatif.figures.kept_answers import moved_line
    from ipuwhatif.scenario.file_format import document_bytes, newer_text

    target = Path(command.output)
    suffix = check_name(target)
    world = load_world()
    source = Path(command.scenario)
    opened = opened_file(source, world.catalog, world.levers)
    document = unsettled(world, opened.document)
    moves = moves_of(world, document)
    figures = _figures(document, world, several=FORMATS[suffix].several)
    # A workbook has the times of its first chart as formulas of what they are made of.
    projections = compare(world, document.scenario).projections if suffix == ".xlsx" else ()
    theme, dpi = look_of(command)
    written = write_figures(
        target,
        figures,
        document_bytes(with_answers(world, document)),
        theme,
        world.catalog.evidence_hash[:12],
        projections,
        dpi,
    )
    paths = [printable(path) for path in written]

    def as_text() -> str:
        lines = [tr("Written: {path}", path=path) for path in paths]
        count = len(document.scenarios)
        if count > 1:
            name = document.name(document.active)
            lines.append(tr("Charts of the active scenario, {name}, of {count}", name=name, count=count))
        return "\n".join(lines)

    if opened.newer:
        console.complain(newer_text(printable(source.name), opened))
    if moves.moves:
        console.complain(tr("{file}: {line}", file=printable(source.name), line=moved_line(moves)))
    return console.answer(
        command.json, as_text, lambda: {"written": paths, "moved": moves_json(moves, document) if moves.moves else None}
    )


def _figures(document: "Document", world: "World", several: bool) -> "list[Figure]":
    from ipuwhatif.export.office.deck import deck

    figures = deck(world, document.scenario)
    if not figures:
        raise InputError(tr("this scenario has no chart: tick a system, and choose a job that can be projected"))
    return figures if several else figures[:1]
