"""Files of profiles, as they come in."""

from collections.abc import Sequence
from pathlib import Path

from ipuwhatif.files import is_file, read_bounded
from ipuwhatif.importers.profiles import PROFILE
from ipuwhatif.importers.store import Brought, imported_text, imported_today
from ipuwhatif.scenario.profiles import LIMIT_BYTES, read_profile
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
    text = imported_text(read_bounded(path, LIMIT_BYTES), file)
    profile = read_profile(text, file, my_catalog())
    return (Brought(PROFILE, profile.name, text, imported_today(file)),)
