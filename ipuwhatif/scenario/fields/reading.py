"""How a field of a file is read: strictly, every one must be there and hold, or as far as it is understood."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.scenario.files.reasons import SystemTwice, UnknownHere, WrittenOtherwise
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.units import InputError, reason_of

MOST_SETTINGS = 1_000  # far above every lever of every system that fits a chart

Read = TypeVar("Read")
Other = TypeVar("Other")


class ObjectReader:
    """One object of a file that is read, strictly or with `lenient`; `left_out` then names what is not understood."""

    def __init__(self, node: Node, lenient: bool, catalog: Catalog, levers: Levers) -> None:
        self.node = node
        self.lenient = lenient
        self.catalog = catalog
        self.levers = levers
        self.left_out: list[str] = []

    def close(self, node: Node) -> None:
        if not self.lenient:
            node.close()

    def either(self, name: str, read: Callable[[], Read], otherwise: Other) -> Read | Other:
        try:
            return read()
        except InputError:
            if not self.lenient:
                raise
            self.left_out.append(name)
            return otherwise

    def system(self, text: str, before: Iterable[SystemChoice]) -> SystemChoice:
        choice = self.choice(text, self.node)
        if choice.key != text:
            raise self.node.refuse(WrittenOtherwise(text, choice.key))
        if choice in before:
            raise self.node.refuse(SystemTwice(text))
        return choice

    def choice(self, text: str, node: Node) -> SystemChoice:
        """The system of a text. What is left out is not told, so that no nearest name is sought for thousands of it."""
        if self.lenient and text.partition(":")[0] not in self.catalog.systems:
            raise node.refuse(UnknownHere(text))
        return self.told(lambda: parse_system(text, self.catalog), node)

    def told(self, check: Callable[[], Read], node: Node | None = None) -> Read:
        """What a check returns; its fault is told with the file and the place."""
        try:
            return check()
        except InputError as error:
            raise (node or self.node).refuse(reason_of(error)) from error
