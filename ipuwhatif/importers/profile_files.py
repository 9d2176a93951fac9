"""Files of profiles, as they come in."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ipuwhatif.files import is_file, read_bounded
from ipuwhatif.importers.profiles import PROFILE
from ipuwhatif.importers.store import Brought
from ipuwhatif.scenario.profiles import LIMIT_BYTES, read_profile
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable


def takes_profile(path: Path) -> bool:
    """Whether a file is one of a profile, by its look; never raises."""
    if path.suffix.casefold() != ".toml" or not is_file(path):
        return False
    try:
        text = read_bounded(path, LIMIT_BYTES).decode("utf-8", "replace")
    except InputError:
        return False
    return "\n[runs]" in text and "\ncalibration" in text


def read_profile_file(path: Path) -> Sequence[Brought]:
    """The profile of a file. InputError names file, run and fault."""
    from ipuwhatif.importers.mine import my_catalog

    file = printable(path.name)
    try:
        text = read_bounded(path, LIMIT_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        place = tr("byte {position}", position=error.start)
        raise InputError(tr("{file}, {place}: not UTF-8 text", file=file, place=place)) from None
    profile = read_profile(text, file, my_catalog())
    origin = tr("{file}, imported {day}", file=file, day=date.today().isoformat())
    return (Brought(PROFILE, profile.name, text, origin),)
