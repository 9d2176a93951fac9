"""The files that were opened or saved last, newest first. A damaged list is an empty one, and never a fault."""

from pathlib import Path

from ipuwhatif.catalog.documents import Node, decode_object
from ipuwhatif.files import read_bounded, write_atomic
from ipuwhatif.scenario.files.file_format import json_bytes
from ipuwhatif.units import InputError

MOST_RECENT = 10
_FILE, _FORMAT, _VERSION = "recent.json", "ipuwhatif recent files", 1
_LIMIT_BYTES = 200_000


def recent_files(folder: Path) -> tuple[Path, ...]:
    """The files of the list in `folder`, whether they are still there or not."""
    try:
        node = Node(_FILE, "$", decode_object(read_bounded(folder / _FILE, _LIMIT_BYTES), _FILE))
        known = node.text("format") == _FORMAT and node.whole("version") == _VERSION
        return tuple(Path(name) for name in node.texts("files")[:MOST_RECENT]) if known else ()
    except InputError:
        return ()


def add_recent(folder: Path, path: Path) -> None:
    """Put a file at the head of the list. The list is read anew: another window may have written it."""
    files = [path, *(each for each in recent_files(folder) if each != path)][:MOST_RECENT]
    values = {"format": _FORMAT, "version": _VERSION, "files": [str(each) for each in files]}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(folder / _FILE, json_bytes(values))
    except (InputError, OSError):
        return  # the file itself is safe; a list that cannot be kept is not worth a dialog
