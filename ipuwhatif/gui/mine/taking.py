"""Bringing things in from the window: what is doubtful is asked about first, and all of it is kept or nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from ipuwhatif.analysis.world import renew_world
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.mine.asking import MineAsking
from ipuwhatif.gui.mine.reading import read_beside
from ipuwhatif.importers.mine import linger
from ipuwhatif.importers.readers import bring, replaced
from ipuwhatif.importers.store import Brought, Kept, keep, read_store, remove
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, told


class Owning(Protocol):
    """A window, as far as this knows it."""

    question: Question

    def why_not_anew(self) -> str: ...

    def build_with_imported(self) -> None: ...


def import_file(window: Owning, path: Path, asking: MineAsking) -> bool:
    """Keep what a file holds and use it in the window; whether it was. A fault is told in one sentence."""
    parent = window if isinstance(window, QWidget) else None
    try:
        things = read_beside(parent, path.name, lambda: bring(path))
    except InputError as error:
        asking.tell(str(error))
        return False
    return things is not None and take(window, things, asking)


def take(window: Owning, things: Sequence[Brought], asking: MineAsking) -> bool:
    """Keep things and use them in the window; whether they were."""
    if hindered := window.why_not_anew():
        asking.tell(hindered)
        return False
    asks = (*(ask for each in things for ask in each.asks), *replaced(things, read_store()))
    if asks and not asking.agree("\n\n".join(map(told, asks))):
        return False
    try:
        keep(things)
    except InputError as error:
        asking.tell(str(error))
        return False
    renew_world()
    window.build_with_imported()
    return True


def drop(window: Owning, thing: Kept, asking: MineAsking) -> bool:
    """Remove one of the store; whether it was. What scenarios may hold is used on until the program ends."""
    if hindered := window.why_not_anew():
        asking.tell(hindered)
        return False
    text = tr("Remove {name}? The open document can use it until the program ends.", name=thing.name)
    if not asking.let_go(text):
        return False
    try:
        remove(thing)
    except InputError as error:
        asking.tell(str(error))
        return False
    linger(thing)
    renew_world()
    window.build_with_imported()
    return True
