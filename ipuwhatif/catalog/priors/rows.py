"""The rows of `parameters.json`: each stands for a prior, or for one of every member of the sets it goes through."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import TypeVar

from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.priors.priors import LOGIT, TRANSFORMS, Prior
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.units import nearest

Value = TypeVar("Value")
#: Names of sets -> names of their members -> what a row may read of a member.
Members = Mapping[str, Mapping[str, Mapping[str, float]]]


def priors_of_block(block: Node, members: Members, chosen: Mapping[str, str]) -> Iterator[Prior]:
    """The priors of a block, or of one row, for each member of the sets that it goes through."""
    each = block.texts("each") if block.has("each") else ()
    for name in each:
        if name not in members:
            raise block.refuse(Flawed(Flaw.VALUE_UNKNOWN, "each", name, nearest(name, members)))
    rows = block.children("parameters") if block.has("parameters") else []
    for combination in product(*(members[name] for name in each)):
        picked = {**chosen, **dict(zip(each, combination, strict=True))}
        if block.has("where") and not _read(block, "where", members, picked):
            continue
        if not rows:
            yield _prior(block, members, picked)
            block.close()
        for row in rows:
            yield from priors_of_block(row, members, picked)
    if rows:
        block.close()


def _prior(row: Node, members: Members, picked: Mapping[str, str]) -> Prior:
    try:
        name = row.text("name").format_map(dict(picked))
    except (KeyError, ValueError, IndexError, AttributeError):
        raise row.refuse(Flawed(Flaw.NO_TEXT, "name")) from None
    times = _read(row, "times", members, picked) if row.has("times") else 1.0
    median, spread = _read(row, "median", members, picked), _read(row, "spread", members, picked) * times
    transform = one_of(row, "transform", TRANSFORMS)
    if not median > 0.0 or not spread > 0.0 or (transform == LOGIT and median >= 1.0):
        raise row.refuse(Flawed(Flaw.OFF_SCALE, name))
    return Prior(name, median, spread, transform, row.text("unit"), _reason(row, picked))


def _read(row: Node, name: str, members: Members, picked: Mapping[str, str]) -> float:
    """A number; one of a table by the names of members, joined by dots; or what a member says, as "curve.floor"."""
    if row.is_text(name):
        of, _, what = row.text(name).partition(".")
        known = members.get(of, {}).get(picked.get(of, ""), {})
        if what not in known:
            raise row.refuse(Flawed(Flaw.KEY_OF_NO_MEMBER, row.text(name)))
        return float(known[what])
    if not row.is_object(name):
        return row.number(name)
    return _of_members(row.child(name), picked, Node.number)


def _reason(row: Node, picked: Mapping[str, str]) -> str:
    return _of_members(row.child("reason"), picked, Node.text) if row.is_object("reason") else row.text("reason")


def _of_members(table: Node, picked: Mapping[str, str], read: Callable[[Node, str], Value]) -> Value:
    """What a table says for the members that are picked: all of them in their order, or the last, or the first."""
    names = list(picked.values())
    for key in (".".join(names), *names):
        if table.has(key):
            return read(table, key)
    raise table.refuse(Flawed(Flaw.KEY_MISSING, ".".join(names)))
