"""What comes of a table or a folder: one thing to keep, and a question where a part of it cannot be read."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ipuwhatif.importers.store import Brought
from ipuwhatif.importers.tables.reading import Refused
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, printable, told

LONGEST_NAME = 60  # letters


def named_after(path: Path, kind: str, text: str) -> Brought:
    """What was read, as one thing to keep, called after its file or folder."""
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-")[:LONGEST_NAME].strip("-") or kind
    origin = tr("{file}, imported {date}", file=printable(path.name), date=date.today().isoformat())
    return Brought(kind, name, text, origin)


def asking_for_others(thing: Brought, refused: Sequence[Refused], taken: int, question: str) -> Brought:
    """The thing; where rows were refused it asks whether the `taken` others are wanted, with the marked question."""
    if not refused:
        return thing
    first, count = refused[0], len(refused)
    words = {"place": first.place, "reason": told(first.reason), "count": format_number(count)}
    return replace(thing, asks=(tr(question, all=format_number(count + taken), **words),))
