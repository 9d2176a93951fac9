"""What is the user's own from the command line: `ipuwhatif import`, `ipuwhatif mine list|show|remove|export`.

The window's "My data" reads and writes the same folder.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES
from ipuwhatif.cli import console
from ipuwhatif.cli.own.own_results import add_reading, refused_json, said_of
from ipuwhatif.cli.parser import Parser, Subcommands, one_of
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, RefusedError, nearest, printable, quoted, told

if TYPE_CHECKING:
    from ipuwhatif.catalog.types import Catalog
    from ipuwhatif.importers.store import Brought, Kept

ACTIONS = ("list", "show", "remove", "export", "believe")


def add_commands(subcommands: Subcommands) -> tuple[Parser, ...]:
    """The commands with their options."""
    bring = subcommands.add_parser("import", help=tr("chips, systems and others of your own, from a file or a folder"))
    bring.add_argument("path", metavar="PATH", help=tr("a file, or a folder of them"))
    bring.add_argument("--yes", action="store_true", help=tr("what is asked about it is right"))
    add_reading(bring)
    bring.set_defaults(answer=bring_in)
    mine = subcommands.add_parser(
        "mine", help=tr("what you have imported: list, show, remove or export it, or make a profile of results")
    )
    mine.add_argument("action", metavar="ACTION", type=one_of(ACTIONS), help=", ".join(ACTIONS))
    mine.add_argument("name", nargs="?", metavar="NAME", help=tr("of one of yours, as the list shows it"))
    mine.add_argument(
        "--results",
        metavar="NAME[,NAME...]",
        help=tr("of mine believe: those of your results that the profile is made of (default: all)"),
    )
    mine.add_argument(
        "--stack",
        metavar="SOFTWARE",
        default="",
        help=tr("of mine believe: whose software they ran, pytorch-21.03 (default: as entries did)"),
    )
    mine.add_argument("-o", "--output", metavar="FILE", help=tr("what is exported is written to it"))
    mine.set_defaults(answer=tell_mine)
    return bring, mine


def bring_in(command: argparse.Namespace) -> int:
    """Keep what a file or a folder holds, all of it or nothing."""
    from ipuwhatif.importers.readers import bring

    return keep_things(command, _results_as_said(command) if _says_how(command) else bring(Path(command.path)))


def keep_things(command: argparse.Namespace, things: "Sequence[Brought]") -> int:
    """Keep all of the things, or none where something is asked about them and nobody said yes."""
    from ipuwhatif.importers.readers import replaced
    from ipuwhatif.importers.store import keep, read_store

    asks = [told(ask) for ask in (*(ask for each in things for ask in each.asks), *replaced(things, read_store()))]
    if asks and not command.yes:
        asked = " ".join(f"{ask}." if ask[-1] not in ".?。？" else ask for ask in asks)
        raise InputError(
            tr("{asked} Nothing was imported: correct the file, or add --yes where it is right", asked=asked)
        )
    paths = keep(things)

    def as_text() -> str:
        return "\n".join(tr("Imported: {kind} {name}", kind=each.kind, name=each.name) for each in things)

    return console.answer(
        command.json,
        as_text,
        lambda: [
            {"kind": each.kind, "name": each.name, "file": printable(path)}
            for each, path in zip(things, paths, strict=True)
        ],
    )


def _says_how(command: argparse.Namespace) -> bool:
    """Whether an option says how results are to be read."""
    return bool(command.round or command.column or command.unit or command.system or command.decimal)


def _results_as_said(command: argparse.Namespace) -> "Sequence[Brought]":
    from ipuwhatif.importers.mine import my_catalog
    from ipuwhatif.importers.results.reader import bring_results, takes_results

    path = Path(command.path)
    if not takes_results(path):
        told = tr("{file} holds no results: leave out what says how they are to be read", file=quoted(path.name))
        raise InputError(told)
    return bring_results(path, command.round, said_of(command, my_catalog()))


def tell_mine(command: argparse.Namespace) -> int:
    """What is kept, one of it, or what becomes of one."""
    _check(command)
    return {"list": _list, "show": _show, "remove": _remove, "export": _export, "believe": _believe}[command.action](
        command
    )


def _check(command: argparse.Namespace) -> None:
    """InputError where an action has too little or too much to go with it."""
    if command.action == "list" and command.name is not None:
        raise InputError(tr("the list is of everything; to see one: ipuwhatif mine show {name}", name=command.name))
    if command.action != "list" and command.name is None:
        if command.action == "believe":
            raise InputError(tr("a profile needs a name: ipuwhatif mine believe our-cluster"))
        raise InputError(tr("which one? Write its name, as ipuwhatif mine list shows it"))
    if command.action != "believe" and (command.results is not None or command.stack):
        raise InputError(tr("--results and --stack are for mine believe; leave them out"))
    if (command.output is None) == (command.action == "export"):
        raise InputError(
            tr("an export goes to a file: name one, -o {name}.toml", name=command.name)
            if command.action == "export"
            else tr("-o is for mine export; leave it out")
        )


def _list(command: argparse.Namespace) -> int:
    from ipuwhatif.importers.mine import my_faults
    from ipuwhatif.importers.store import read_store, store_folder

    kept, faults = read_store().kept, my_faults()

    def as_text() -> str:
        if not kept and not faults:
            return tr("Nothing is imported yet; bring in a file with: ipuwhatif import FILE")
        width = max((len(each.name) for each in kept), default=0)
        lines = [f"{each.kind:8}  {each.name:{width}}  {each.hash[:12]}  {origin_text(each)}" for each in kept]
        left_out = (tr("Left out: {fault}", fault=told(fault)) for fault in faults)
        return "\n".join((*lines, *left_out, str(store_folder())))

    return console.answer(
        command.json, as_text, lambda: {"mine": [values_of(each) for each in kept], "left_out": list(map(told, faults))}
    )


def _show(command: argparse.Namespace) -> int:
    thing = _found(command)
    return console.answer(command.json, lambda: thing.text, lambda: {**values_of(thing), "text": thing.text})


def _remove(command: argparse.Namespace) -> int:
    from ipuwhatif.importers.store import remove

    thing = _found(command)
    remove(thing)
    told = tr("Removed: {kind} {name}", kind=thing.kind, name=thing.name)
    return console.answer(command.json, lambda: told, lambda: {"removed": values_of(thing)})


def _export(command: argparse.Namespace) -> int:
    from ipuwhatif.scenario.files.storage import write_file

    thing, path = _found(command), Path(command.output)
    write_file(path, thing.text.encode())
    written = printable(path)
    return console.answer(
        command.json, lambda: tr("Written: {path}", path=written), lambda: {**values_of(thing), "written": written}
    )


def _believe(command: argparse.Namespace) -> int:
    """A profile of results: kept in the place of one of its name."""
    from ipuwhatif.analysis.learnt.believable import believable
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.calibration.store import calibration_hash
    from ipuwhatif.importers.profiles import PROFILE, brought_profile
    from ipuwhatif.importers.store import keep, read_store

    world = load_world()
    names = [name.strip() for name in (command.results or "").split(",") if name.strip()]
    found = believable(world, read_store(), names, _software(command.stack, world.catalog))
    if not found.runs:
        raise RefusedError(found.refused[0])
    thing = brought_profile(command.name, found.runs, calibration_hash(world.calibration), world.catalog)
    before = [each for each in read_store().of_kind(PROFILE) if each.name == thing.name and each.text != thing.text]
    (path,) = keep([thing])
    lines = [
        tr("Profile {name} of {count} runs: use it with --profile {name}", name=thing.name, count=len(found.runs)),
        *(tr("In the place of the one that was {origin}", origin=told(each.origin)) for each in before),
        *(tr("Left out: {fault}", fault=told(each)) for each in found.refused),
    ]
    return console.answer(
        command.json,
        lambda: "\n".join(lines),
        lambda: {
            "profile": thing.name,
            "runs": len(found.runs),
            "file": printable(path),
            "left_out": [refused_json(each) for each in found.refused],
        },
    )


def _software(text: str, catalog: "Catalog") -> str:
    """A software state or a class. InputError names the nearest."""
    known = ("", "mlperf", *SOFTWARE_CLASSES, *catalog.software)
    if text not in known:
        near = nearest(text, known)
        raise InputError(tr("--stack {word} is unknown; the nearest is {near}", word=quoted(text), near=near))
    return "" if text == "mlperf" else text


def _found(command: argparse.Namespace) -> "Kept":
    from ipuwhatif.importers.store import find, read_store

    return find(command.name, read_store())


def origin_text(thing: "Kept") -> str:
    """Where one of them came from, and whether it was changed since."""
    return tr("{origin}; edited since", origin=told(thing.origin)) if thing.edited else told(thing.origin)


def values_of(thing: "Kept") -> dict[str, object]:
    """What is told of one of them, as JSON."""
    return {
        "kind": thing.kind,
        "name": thing.name,
        "hash": thing.hash,
        "origin": told(thing.origin),
        "edited": thing.edited,
    }
