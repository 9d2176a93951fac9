"""Chips and systems of the user's own, brought in as TOML files."""

from collections.abc import Sequence
from pathlib import Path

from ipuwhatif.catalog.own_chips import LIMIT_BYTES, read_own_chip
from ipuwhatif.files import is_file
from ipuwhatif.importers.kin import doubts
from ipuwhatif.importers.mine import CHIP, shipped_catalog
from ipuwhatif.importers.store import Brought, imported_text, imported_today
from ipuwhatif.scenario.files.storage import read_file
from ipuwhatif.units import printable


def takes_chip(path: Path) -> bool:
    """Whether a file is one of a chip, by its name."""
    return path.suffix.casefold() == ".toml" and is_file(path)


def read_chip(path: Path) -> Sequence[Brought]:
    """The chip of a file. InputError names file and key, and says what to write."""
    file = printable(path.name)
    return (brought_chip(imported_text(read_file(path, LIMIT_BYTES), file), file),)


def brought_chip(text: str, file: str) -> Brought:
    """The chip of a text, with what to ask about it. InputError as `read_own_chip`."""
    catalog = shipped_catalog()
    chip = read_own_chip(text, file, catalog)
    return Brought(CHIP, chip.key, text, imported_today(file), doubts(chip, catalog))
