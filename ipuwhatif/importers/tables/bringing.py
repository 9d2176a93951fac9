"""What comes of a table or a folder: one thing to keep, and a question where a part of it cannot be read."""

import re
from collections.abc import Sequence
from pathlib import Path

from ipuwhatif.importers.reasons import OthersWanted, Refused, Rows
from ipuwhatif.importers.store import Brought, imported_today
from ipuwhatif.records import replace
from ipuwhatif.units import printable

LONGEST_NAME = 60  # letters


def named_after(path: Path, kind: str, text: str) -> Brought:
    """What was read, as one thing to keep, called after its file or folder."""
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-")[:LONGEST_NAME].strip("-") or kind
    return Brought(kind, name, text, imported_today(printable(path.name)))


def asking_for_others(thing: Brought, refused: Sequence[Refused], taken: int, of: Rows) -> Brought:
    """The thing; where rows were refused it asks whether the `taken` others are wanted."""
    if not refused:
        return thing
    first, count = refused[0], len(refused)
    return replace(thing, asks=(OthersWanted(of, first.place, first.reason, count, count + taken),))
