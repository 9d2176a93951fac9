"""One line of the finder, and the window as far as the finder knows it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QMenuBar

from ipuwhatif.gui.answering.question import Question
from ipuwhatif.records import Record
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World


class Entry(Record, frozen=True):
    """InputError from `act` is shown in the finder, and nothing that was typed is lost."""

    text: str  # "Bow Pod64 (64 IPUs)"
    act: Callable[[], object]
    kind: str = ""  # "system"
    told: str = ""  # how it stands, or what choosing it does: "tick it"
    keys: str = ""  # "Ctrl+K"
    names: tuple[str, ...] = ()  # what it is called as well: "bow-pod64"
    words: str = ""  # what else it is found by, less well than by its names
    possible: bool = True  # False: `act` says why not


class Findable(Protocol):
    """A window, as far as the finder knows it."""

    question: Question
    world: "World | None"
    theme_name: str

    def menuBar(self) -> QMenuBar: ...

    def turn_to(self, question: str, view: str = "") -> None: ...

    def set_theme(self, name: str) -> None: ...

    def show_lever(self, key: str) -> None: ...

    def show_price(self) -> None: ...


def refused(reason: str) -> Callable[[], object]:
    """What is done instead of something that cannot be: it says why."""

    def act() -> None:
        raise InputError(reason)

    return act
