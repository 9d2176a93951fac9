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
    from ipuwhatif.figures.spec import Figure
    from ipuwhatif.scenario.document import Document


def export(command: argparse.Namespace) -> int:
    """Every chart of the document's active scenario, or its comparison where the kind of file holds one chart."""
    from ipuwhatif.analysis.compare import compare
    from ipuwhatif.analysis.kept_answers import moves_of, unsettled, with_answers
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.as_json import moves_json
    from ipuwhatif.export.writers import FORMATS, check_name, write_figures
    from ipuwhatif.figures.kept_answers import moved_line
    from ipuwhatif.scenario.file_format import document_bytes

    target = Path(command.output)
    suffix = check_name(target)
    world = load_world()
    document = unsettled(world, _document(Path(command.scenario), world))
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

    if moves.moves:
        console.complain(tr("{file}: {line}", file=printable(Path(command.scenario).name), line=moved_line(moves)))
    return console.answer(
        command.json, as_text, lambda: {"written": paths, "moved": moves_json(moves, document) if moves.moves else None}
    )


def _document(path: Path, world: "World") -> "Document":
    """The document of a scenario file, or the one that travels inside an exported file."""
    from ipuwhatif.export.carried import LIMIT_FILE_BYTES, SUFFIXES, carried_in
    from ipuwhatif.scenario.file_format import load_document, read_content
    from ipuwhatif.scenario.storage import read_file

    if path.suffix.casefold() not in SUFFIXES:
        return load_document(path, world.catalog, world.levers).document
    content = read_file(path, LIMIT_FILE_BYTES)
    try:
        data = carried_in(content, path.suffix)
    except InputError as error:
        raise InputError(tr("{path}: {fault}", path=printable(path), fault=error)) from error
    return read_content(data, printable(path.name), world.catalog, world.levers).document


def _figures(document: "Document", world: "World", several: bool) -> "list[Figure]":
    from ipuwhatif.export.deck import deck

    figures = deck(world, document.scenario)
    if not figures:
        raise InputError(tr("this scenario has no chart: tick a system, and choose a job that can be projected"))
    return figures if several else figures[:1]
