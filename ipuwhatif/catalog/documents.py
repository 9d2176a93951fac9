"""Catalog documents (JSON) as nodes that know their place, decoded strictly: nothing missing, nothing unknown.

A node is read by name and then closed; what was not read is an unknown key and is refused.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ipuwhatif.catalog.reasons import AtByte, AtLine, Flaw, Flawed, Within
from ipuwhatif.catalog.tables import fault
from ipuwhatif.files import RESOURCE_LIMIT, read_bounded
from ipuwhatif.units import InputError, RefusedError, Said, nearest, reason_of, shortened

_LARGEST_COUNT = 10**9


class Node:
    """A JSON object under reading; every getter raises InputError with file, place and reason."""

    __slots__ = ("_seen", "_values", "file", "place")

    def __init__(self, file: str, place: Said, values: dict[str, object]) -> None:
        self.file = file
        self.place = place
        self._values = values
        self._seen: set[str] = set()

    def refuse(self, reason: Said) -> InputError:
        """The error to raise when this object cannot be used."""
        return fault(self.file, self.place, reason)

    def has(self, name: str) -> bool:
        """Whether the object holds the key."""
        return name in self._values

    def is_text(self, name: str) -> bool:
        """Whether the key holds a text, for keys that may hold a text or a number."""
        return isinstance(self._values.get(name), str)

    def is_object(self, name: str) -> bool:
        """Whether the key holds an object, for keys that may hold one value or one for each of several."""
        return isinstance(self._values.get(name), dict)

    def names(self) -> list[str]:
        """Every key of the object, for objects that are tables by key."""
        return list(self._values)

    def values(self) -> dict[str, object]:
        """The whole object, for another reader, who checks it."""
        self._seen.update(self._values)
        return dict(self._values)

    def _take(self, name: str) -> object:
        self._seen.add(name)
        if name not in self._values:
            raise self.refuse(Flawed(Flaw.KEY_MISSING, name))
        return self._values[name]

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not be empty."""
        if default is not None and name not in self._values:
            return default
        value = self._take(name)
        if not isinstance(value, str) or (not value and default is None):
            raise self.refuse(Flawed(Flaw.NO_TEXT, name))
        return value

    def optional_text(self, name: str) -> str | None:
        """A text, or None where the document says null."""
        return None if self._take(name) is None else self.text(name)

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number."""
        if default is not None and name not in self._values:
            return default
        value = self._take(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < math.inf:
            raise self.refuse(Flawed(Flaw.NO_NUMBER, name))
        try:
            return float(value)
        except OverflowError:
            raise self.refuse(Flawed(Flaw.NO_NUMBER, name)) from None

    def optional_number(self, name: str) -> float | None:
        """A finite number, or None where the document says null."""
        return None if self._take(name) is None else self.number(name)

    def whole(self, name: str) -> int:
        """A whole number above 0."""
        value = self._take(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LARGEST_COUNT:
            raise self.refuse(Flawed(Flaw.NO_WHOLE_NUMBER, name, _LARGEST_COUNT))
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        """True or false; the default where the document does not say; without a default it must say."""
        if default is not None and name not in self._values:
            return default
        value = self._take(name)
        if not isinstance(value, bool):
            raise self.refuse(Flawed(Flaw.NO_FLAG, name))
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(name)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.refuse(Flawed(Flaw.NO_TEXTS, name))
        return tuple(value)

    def wholes(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers above 0."""
        value = self._take(name)
        if not isinstance(value, list) or not all(type(item) is int and item > 0 for item in value):
            raise self.refuse(Flawed(Flaw.NO_WHOLE_NUMBERS, name))
        return tuple(value)

    def child(self, name: str) -> "Node":
        """An object inside this one."""
        value = self._take(name)
        if not isinstance(value, dict):
            raise self.refuse(Flawed(Flaw.NO_CHILD, name))
        return Node(self.file, Within(self.place, f".{shortened(name)}"), value)

    def optional_child(self, name: str) -> "Node | None":
        """An object inside this one, or None where the document says null."""
        return None if self._take(name) is None else self.child(name)

    def children(self, name: str) -> list["Node"]:
        """A list of objects inside this one; their place names their own key where they have one."""
        value = self._take(name)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.refuse(Flawed(Flaw.NO_CHILDREN, name))
        places = (Within(self.place, f".{name}[{_label(item, index)}]") for index, item in enumerate(value))
        return [Node(self.file, place, item) for place, item in zip(places, value, strict=True)]

    def close(self, read_elsewhere: tuple[str, ...] = ()) -> None:
        """Refuse every key that was not read, here or by another reader of the same object."""
        for name in self._values:
            if name not in self._seen and name not in read_elsewhere:
                raise self.refuse(Flawed(Flaw.KEY_UNKNOWN, name, nearest=nearest(name, self._seen)))


def read_document(folder: Path, name: str) -> Node:
    """The document `folder/name`; refused when unreadable, broken, or when an object holds a key twice."""
    file = f"{folder.name}/{name}"
    return Node(file, "$", decode_object(read_bounded(folder / name, RESOURCE_LIMIT), file))


def decode_object(data: bytes, file: str) -> dict[str, object]:
    """The JSON object that `data` holds; InputError names `file` and what is broken, or the key that is there twice."""
    try:
        values = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise fault(file, AtByte(error.start), Flaw.NOT_UTF8) from None
    except json.JSONDecodeError as error:
        raise fault(file, AtLine(error.lineno), Flawed(Flaw.BROKEN_JSON, value=error.msg)) from None
    except InputError as error:
        raise fault(file, "$", reason_of(error)) from None
    except ValueError as error:  # a whole number of more digits than Python reads
        raise fault(file, "$", Flawed(Flaw.BROKEN_JSON, value=str(error))) from None
    except RecursionError:
        raise fault(file, "$", Flaw.NESTED_TOO_DEEPLY) from None
    if not isinstance(values, dict):
        raise fault(file, "$", Flaw.NO_OBJECT)
    return values


def keyed(nodes: list[Node]) -> Iterator[tuple[str, Node]]:
    """The nodes with their `key`, refused when two have the same."""
    seen: set[str] = set()
    for node in nodes:
        key = node.text("key")
        if key in seen:
            raise node.refuse(Flawed(Flaw.DUPLICATE, key))
        seen.add(key)
        yield key, node


def _label(item: dict[str, object], index: int) -> str:
    """What an object of a list is called: its own key, or its place in the list."""
    key = item.get("key")
    return shortened(key) if isinstance(key, str) else str(index)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        double = next(name for name, count in counts.items() if count > 1)
        raise RefusedError(Flawed(Flaw.DUPLICATE, double))
    return values


def _no_constant(word: str) -> float:
    raise RefusedError(Flawed(Flaw.NO_CONSTANT, value=word))
