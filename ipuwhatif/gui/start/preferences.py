"""What the app remembers from one start to the next: language and theme. A damaged file is as none, never a fault."""

from codecs import BOM_UTF8
from collections.abc import Container
from pathlib import Path

from ipuwhatif.catalog.documents import Node, decode_object
from ipuwhatif.charts.palette import THEMES
from ipuwhatif.files import read_bounded, write_atomic
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.files.file_format import json_bytes
from ipuwhatif.texts import LANGUAGES
from ipuwhatif.units import InputError

_FILE, _FORMAT, _VERSION = "preferences.json", "ipuwhatif preferences", 1
_LIMIT_BYTES = 10_000


class Preferences(Record, frozen=True):
    """Keys of LANGUAGES and THEMES; empty: as the system has it."""

    language: str = ""
    theme: str = ""


def load_preferences(folder: Path) -> Preferences:
    """What is kept in `folder`; what is not understood counts as not set, and leaves the rest as it is."""
    try:
        data = read_bounded(folder / _FILE, _LIMIT_BYTES).removeprefix(BOM_UTF8)  # as some editors write it
        node = Node(_FILE, "$", decode_object(data, _FILE))
        if node.text("format") != _FORMAT or node.whole("version") != _VERSION:
            return Preferences()
    except InputError:
        return Preferences()
    return Preferences(_one_of(node, "language", LANGUAGES), _one_of(node, "theme", THEMES))


def _one_of(node: Node, name: str, known: Container[str]) -> str:
    try:
        value = node.text(name, "")
    except InputError:
        return ""
    return value if value in known else ""


def keep_preferences(folder: Path, preferences: Preferences) -> None:
    """Keep them for the next start; where that cannot be done, this start still has them."""
    values = {
        "format": _FORMAT,
        "version": _VERSION,
        "language": preferences.language,
        "theme": preferences.theme,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(folder / _FILE, json_bytes(values))
    except (InputError, OSError):
        return


def keep_preference(folder: Path, name: str, value: str) -> None:
    """Keep one of them; what was never chosen stays as the system has it."""
    keep_preferences(folder, replace(load_preferences(folder), **{name: value}))
