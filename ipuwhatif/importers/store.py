"""What the user has brought in, in a folder of the user's own: one small readable TOML file for each thing.

A thing has a kind ("chip"), a name that is its own among those of its kind, a text, and an origin: where it came from,
in words. A reader makes a `Brought` of a stranger's file; `keep` writes it as `KIND-NAME.toml`, with the hash of the
text; `read_store` reads all of them back. The text is the whole of the thing, in whatever form its reader wants it back
(TOML for a chip): nothing else is stored. A further kind of file is one row of `readers.READERS`.

Nothing here needs Qt: the command line reads the same folder as the window.
"""

import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from ipuwhatif.catalog.documents import Node
from ipuwhatif.files import is_folder, read_bounded, write_together
from ipuwhatif.importers.reasons import (
    ImportedFrom,
    NameFault,
    NotAsItsFile,
    NothingKept,
    NotUtf8,
    OfName,
    OfPath,
    PathFault,
    refused_path,
)
from ipuwhatif.records import Record
from ipuwhatif.units import InputError, RefusedError, Said, nearest, printable, reason_of, told

#: Names another folder than the usual one.
FOLDER_VARIABLE = "IPUWHATIF_MINE"
LIMIT_BYTES = 4_000_000  # of one file
MOST_KEPT = 1_000
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_SUFFIX = ".toml"


class Brought(Record, frozen=True):
    """One thing that a reader has read, not kept yet. The user has to agree first to what it asks."""

    kind: str
    name: str
    text: str
    origin: Said  # "my-chip.toml, imported 2026-11-30"; it is kept as it is told
    asks: tuple[Said, ...] = ()


class Kept(Record, frozen=True):
    """One thing of the store."""

    kind: str
    name: str
    text: str
    origin: Said
    hash: str  # SHA-256 of the text as it is now
    edited: bool = False  # by hand, since it was imported


class Store(Record, frozen=True):
    """Everything in the folder; `faults` say of each file that cannot be read why."""

    kept: tuple[Kept, ...] = ()
    faults: tuple[Said, ...] = ()

    def of_kind(self, kind: str) -> tuple[Kept, ...]:
        return tuple(each for each in self.kept if each.kind == kind)


def store_folder() -> Path:
    """Where things are kept: beside what the window keeps, on each system where programs do; it need not exist."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    home = Path.home()
    if sys.platform == "win32":
        data = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        data = home / "Library" / "Application Support"
    else:
        named = os.environ.get("XDG_DATA_HOME", "")
        data = Path(named) if named.startswith("/") else home / ".local" / "share"
    return data / "ipuwhatif" / "mine"


def read_store(folder: Path | None = None) -> Store:
    """Everything that is kept, by kind and name. Where nothing is, that costs one look; never raises."""
    place = store_folder() if folder is None else folder
    if not is_folder(place):
        return Store()
    try:
        files = sorted(path for path in place.iterdir() if path.suffix == _SUFFIX and not path.name.startswith("."))
    except OSError as error:
        return Store((), (refused_path(PathFault.NOT_READ, place, error).reason,))
    kept, faults = list[Kept](), list[Said]()
    for path in files[:MOST_KEPT]:
        try:
            kept.append(_read(path))
        except InputError as error:
            faults.append(reason_of(error))
    if len(files) > MOST_KEPT:
        faults.append(OfPath(PathFault.TOO_MANY_FILES, printable(place), most=MOST_KEPT))
    return Store(tuple(kept), tuple(faults))


def keep(things: Sequence[Brought], folder: Path | None = None) -> tuple[Path, ...]:
    """Write all of the things or none, each in the place of one of the same kind and name. Returns their files.

    InputError where the folder cannot be written, or a thing is too large to be read again.
    """
    place = store_folder() if folder is None else folder
    contents = {_path(place, each.kind, each.name): _content(each) for each in things}
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise refused_path(PathFault.NOT_WRITTEN, place, error) from error
    write_together(contents)
    return tuple(contents)


def find(name: str, store: Store) -> Kept:
    """The thing of a name, "my-chip", or of a kind and a name, "chip/my-chip". InputError names the nearest."""
    found = [each for each in store.kept if name in (each.name, f"{each.kind}/{each.name}")]
    if len(found) > 1:
        names = ", ".join(f"{each.kind}/{each.name}" for each in found)
        raise RefusedError(OfName(NameFault.OF_SEVERAL, name, names))
    if found:
        return found[0]
    near = nearest(name, [each.name for each in store.kept])
    if near is None:
        raise RefusedError(NothingKept.YET)
    raise RefusedError(OfName(NameFault.OF_NOTHING, name, near))


def remove(thing: Kept, folder: Path | None = None) -> None:
    """Forget a thing. InputError where its file cannot be removed."""
    path = _path(store_folder() if folder is None else folder, thing.kind, thing.name)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise refused_path(PathFault.NOT_REMOVED, path, error) from error


def imported_text(data: bytes, file: str) -> str:
    """The text of a stranger's file, with plain ends of lines. InputError where it is none."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise RefusedError(NotUtf8(file, error.start)) from None


def imported_today(file: str) -> ImportedFrom:
    """The origin of what is brought in from a file now."""
    return ImportedFrom(file, date.today().isoformat())


def hash_of(text: str) -> str:
    """SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()


def _path(folder: Path, kind: str, name: str) -> Path:
    """The kind stands first: no name is one that a system keeps for itself."""
    return folder / f"{kind}-{name}{_SUFFIX}"


def _content(thing: Brought) -> bytes:
    from ipuwhatif.importers.toml import toml_text

    if not NAME.fullmatch(thing.name):
        raise RefusedError(OfName(NameFault.NO_NAME, thing.name))
    fields = {"kind": thing.kind, "name": thing.name, "origin": told(thing.origin), "hash": hash_of(thing.text)}
    data = toml_text({**fields, "text": thing.text}).encode()
    if len(data) > LIMIT_BYTES:
        raise RefusedError(OfName(NameFault.TOO_LARGE, thing.name, limit=LIMIT_BYTES))
    return data


def _read(path: Path) -> Kept:
    import tomllib  # with the first file that is there, not at the start

    data, file = read_bounded(path, LIMIT_BYTES), printable(path.name)
    try:
        values = tomllib.loads(data.decode())
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError and text that is not UTF-8 are both of the first
        raise RefusedError(OfPath(PathFault.NOT_OF_THE_STORE, file, str(error))) from None
    node = Node(file, "$", values)
    kind, name, text = node.text("kind"), node.text("name"), node.text("text")
    origin, written = node.text("origin"), node.text("hash")
    node.close()
    if path.name != f"{kind}-{name}{_SUFFIX}" or not NAME.fullmatch(name):
        raise node.refuse(NotAsItsFile(f"{kind}-{name}{_SUFFIX}"))
    now = hash_of(text)
    return Kept(kind, name, text, origin, now, edited=now != written)
