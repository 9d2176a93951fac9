"""Chips and systems of the user's own, brought in as TOML files."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ipuwhatif.catalog.own_chips import LIMIT_BYTES, read_own_chip
from ipuwhatif.files import is_file
from ipuwhatif.importers.kin import doubts
from ipuwhatif.importers.mine import CHIP, shipped_catalog
from ipuwhatif.importers.store import Brought
from ipuwhatif.scenario.files.storage import read_file
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable


def takes_chip(path: Path) -> bool:
    """Whether a file is one of a chip, by its name."""
    return path.suffix.casefold() == ".toml" and is_file(path)


def read_chip(path: Path) -> Sequence[Brought]:
    """The chip of a file. InputError names file and key, and says what to write."""
    file = printable(path.name)
    data = read_file(path, LIMIT_BYTES)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        place = tr("byte {position}", position=error.start)
        raise InputError(tr("{file}, {place}: not UTF-8 text", file=file, place=place)) from None
    return (brought_chip(text, file),)


def brought_chip(text: str, file: str) -> Brought:
    """The chip of a text, with what to ask about it. InputError as `read_own_chip`."""
    catalog = shipped_catalog()
    chip = read_own_chip(text, file, catalog)
    origin = tr("{file}, imported {day}", file=file, day=date.today().isoformat())
    return Brought(CHIP, chip.key, text, origin, doubts(chip, catalog))
