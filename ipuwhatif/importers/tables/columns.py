"""Which column of a table holds what: proposed from its head, with the units that stand there; the user corrects it."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from ipuwhatif.importers.tables.cells import Cell, Line
from ipuwhatif.importers.tables.reasons import ColumnFault, FieldFault, OfColumn, OfField, TableFault
from ipuwhatif.records import Record
from ipuwhatif.units import RefusedError, nearest

_UNIT = re.compile(r"[(\[（【](?P<unit>[^()\[\]（）【】]*)[)\]）】]\s*$")
_SUFFIX = re.compile(r"[\s_](?:in[\s_])?(?P<unit>ms|s|sec|secs|seconds|m|min|mins|minutes|h|hr|hrs|hours|days)$", re.I)


class Kind(Record, frozen=True):
    """What a table of one kind can hold: its fields in words, those that it must have, and of some at least one.

    numbers: fields that hold numbers; field_of: the field that a head names, None for none; split: the words of a head
    and its unit.
    """

    fields: Mapping[str, str]
    needed: tuple[str, ...]
    one_of: tuple[str, ...]
    numbers: tuple[str, ...]
    field_of: Callable[[str], str | None]
    split: Callable[[str], tuple[str, str]]


class Column(Record, frozen=True):
    """A column that is read: its place from 0 on, its head as written, and the unit of its bare numbers."""

    place: int
    head: str
    unit: str = ""


class Mapped(Record, frozen=True):
    """What is read of a table: columns by field, and the heads of what is not read."""

    kind: Kind
    head: Line
    columns: Mapping[str, Column]
    unread: tuple[str, ...]


def map_columns(
    lines: Sequence[Line],
    kind: Kind,
    stated: Mapping[str, str] = MappingProxyType({}),
    units: Mapping[str, str] = MappingProxyType({}),
    proposed: bool = True,
) -> Mapped:
    """The mapping of a table: by its head, the first row that names what a table of the kind must have.

    stated: the head of a column by its field; units: the unit of a field's bare numbers; both as the user says, and
    both go before what is proposed, or stand alone. InputError for what is lacking, stands twice, or is no head of the
    table.
    """
    if not lines:
        raise RefusedError(TableFault.EMPTY)
    for field in (*stated, *units):
        if field not in kind.fields:
            near = nearest(field, kind.fields) or ""
            raise RefusedError(OfColumn(ColumnFault.UNKNOWN_FIELD, field, nearest=near))
    head = head_of(lines, kind, stated)
    names = heads_of(head)
    columns: dict[str, Column] = {}
    for field in kind.fields:
        place = None
        if field in stated:
            place = _stated_place(stated[field], names)
        elif proposed:
            place = _proposed_place(field, names, kind, stated)
        if place is not None:
            unit = units.get(field) or kind.split(names[place])[1]
            columns[field] = Column(place, names[place], unit)
    _check(columns, names, kind)
    taken = {column.place for column in columns.values()}
    unread = tuple(name for place, name in enumerate(names) if name and place not in taken)
    return Mapped(kind, head, MappingProxyType(columns), unread)


def head_of(lines: Sequence[Line], kind: Kind, stated: Mapping[str, str] = MappingProxyType({})) -> Line:
    """The row that names the columns: among the first twenty one that says enough, else the first."""
    return next((line for line in lines[:20] if _is_head(line, kind, stated)), lines[0])


def heads_of(head: Line) -> list[str]:
    """What the columns are called."""
    return [_text(cell) for cell in head.cells]


def proposed_heads(heads: Sequence[str], kind: Kind) -> dict[str, str]:
    """The head that is proposed for each field: of several the first."""
    found: dict[str, str] = {}
    for head in heads:
        field = kind.field_of(head)
        if field is not None:
            found.setdefault(field, head)
    return found


def words_and_unit(head: str) -> tuple[str, str] | None:
    """The words of a head, small, and the unit behind them: "Duration (h)" is "duration" and "h". None without one."""
    found = _UNIT.search(head) or _SUFFIX.search(head)
    return None if found is None else (plain_words(head[: found.start()]), found["unit"].strip())


def plain_words(words: str) -> str:
    """Words of a head, however they are spaced and written."""
    return re.sub(r"[\s_]+", " ", words).strip().casefold()


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _is_head(line: Line, kind: Kind, stated: Mapping[str, str]) -> bool:
    names = [_text(cell) for cell in line.cells]
    found = {kind.field_of(name) for name in names} | {field for field, head in stated.items() if head in names}
    return set(kind.needed) <= found and (not kind.one_of or bool(found & set(kind.one_of)))


def _stated_place(head: str, names: Sequence[str]) -> int:
    if head not in names:
        near = nearest(head, [name for name in names if name]) or ""
        raise RefusedError(OfColumn(ColumnFault.UNKNOWN_HEAD, head, near))
    return names.index(head)


def _proposed_place(field: str, names: Sequence[str], kind: Kind, stated: Mapping[str, str]) -> int | None:
    free = [place for place, name in enumerate(names) if name not in stated.values()]
    places = [place for place in free if kind.field_of(names[place]) == field]
    if len(places) > 1:
        heads = tuple(names[place] for place in places)
        raise RefusedError(OfField(FieldFault.TWO_HEADS, field, kind.fields[field], heads))
    return places[0] if places else None


def _check(columns: Mapping[str, Column], names: Sequence[str], kind: Kind) -> None:
    """InputError where a table says too little."""
    lacking = [field for field in kind.needed if field not in columns]
    if not lacking and kind.one_of and not set(kind.one_of) & set(columns):
        lacking = [kind.one_of[0]]
    if lacking:
        heads = tuple(filter(None, names))
        raise RefusedError(OfField(FieldFault.NO_HEAD, lacking[0], kind.fields[lacking[0]], heads))
