"""Catalog figures point at evidence rows; this turns a pointer into a Datum, so that no figure is ever typed twice.

A pointer names a hardware row (entity, attribute) or a cell of an MLPerf entry, and how the figure follows from it.
"""

import math
import re
from collections.abc import Mapping

from ipuwhatif.catalog.datum import DERIVED, Datum, HardwareFigure, Origin
from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.evidence.hardware import Ranked, find
from ipuwhatif.catalog.origins import read_origin, with_kind
from ipuwhatif.catalog.tables import Row
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, nearest, quoted, to_base


class Evidence(Record, frozen=True):
    """What a pointer can point at: hardware figures, and MLPerf entries by key with their origins."""

    hardware: Ranked
    entries: Mapping[str, Row]
    origins: Mapping[str, Origin]


class _Raw(Record, frozen=True):
    """A figure as its row has it, in the base unit."""

    value: float
    origin: Origin
    verbatim: str


def read_datum(node: Node, key: str, base: str, evidence: Evidence) -> Datum:
    """The datum that a pointer stands for, in the base unit `base`, with its conflicting figures ranked behind it.

    The figures that the node names itself stand first, those of its `alternatives` after them. Raises InputError with
    file, key and reason for an unknown row, a wrong unit, a missing origin or a derivation that is not explained.
    """
    try:
        return _stated(node, key, base) if node.has("stated") else _pointed(node, key, base, evidence)
    except InputError as error:
        text = str(error)
        raise (error if text.startswith(node.file) else node.refuse(text)) from None


def _stated(node: Node, key: str, base: str) -> Datum:
    """A figure that is in no table and brings its own origin."""
    number, unit = node.number("stated"), node.text("unit")
    if number < 0:
        raise InputError(tr("the figure is negative or not a finite number"))
    datum = Datum(key, to_base(number, unit, base), base, read_origin(node.child("origin")), f"{number:g} {unit}")
    node.close()
    return datum


def _pointed(node: Node, key: str, base: str, evidence: Evidence) -> Datum:
    raws = _from_hardware(node, base, evidence) if node.has("entity") else [_from_entry(node, base, evidence)]
    factor, note, kind = _derivation(node, evidence)
    if kind:
        raws = [_Raw(raw.value * factor, with_kind(raw.origin, kind, note), raw.verbatim) for raw in raws]
    elif note:
        raws = [_Raw(raw.value, with_kind(raw.origin, raw.origin.kind, note), raw.verbatim) for raw in raws]
    if not all(0 <= raw.value < math.inf for raw in raws):
        raise InputError(tr("the figure is negative or not a finite number"))
    data = [Datum(key, raw.value, base, raw.origin, raw.verbatim) for raw in raws]
    if node.has("alternatives"):
        for other in node.children("alternatives"):
            found = read_datum(other, key, base, evidence)
            data += [Datum(key, found.value, base, found.origin, found.verbatim), *found.alternatives]
    node.close()
    first = data[0]
    return Datum(key, first.value, base, first.origin, first.verbatim, tuple(data[1:]))


def _derivation(node: Node, evidence: Evidence) -> tuple[float, str, str]:
    """Factor, note and kind ("derived", or empty for a figure that is used as it was read)."""
    divisor = node.number("divide_by", 1.0)
    if divisor <= 0:
        raise InputError(tr("key {key} is not above 0", key=quoted("divide_by")))
    factor = 1.0 / divisor
    if node.has("scale"):
        factor *= _scale(node.child("scale"), evidence)
    note, kind = tr(node.text("note", "")), node.text("kind", "")
    if kind not in ("", DERIVED):
        raise InputError(tr("origin kind {kind} is unknown; nearest: {nearest}", kind=quoted(kind), nearest=DERIVED))
    if factor != 1.0:
        kind = DERIVED
    if kind and not note:
        raise InputError(tr("origin is missing: a derived figure needs a note that says how"))
    return factor, note, kind


def _scale(node: Node, evidence: Evidence) -> float:
    """The ratio of two hardware figures of the same unit."""
    over = _single(find(evidence.hardware, node.text("over_entity"), node.text("over_attribute")))
    upper = _single(find(evidence.hardware, node.text("entity"), node.text("attribute")))
    node.close()
    if upper.unit != over.unit or over.value <= 0:
        raise node.refuse(tr("wrong unit: a ratio of {upper} and {lower}", upper=upper.unit, lower=over.unit))
    return upper.value / over.value


def _single(figures: tuple[HardwareFigure, ...]) -> Datum:
    data = [figure.datum for figure in figures if figure.datum is not None]
    if not data:
        name = quoted(f"{figures[0].entity}.{figures[0].attribute}")
        raise InputError(tr("{name} is not a single number: {text}", name=name, text=quoted(figures[0].text)))
    return data[0]


def _from_hardware(node: Node, base: str, evidence: Evidence) -> list[_Raw]:
    figures = find(evidence.hardware, node.text("entity"), node.text("attribute"))
    if node.has("pattern"):
        pattern, unit = node.text("pattern"), node.text("unit")
        value = to_base(_product(pattern, figures[0].text), unit, base)
        return [_Raw(value, figures[0].origin, figures[0].text)]
    _single(figures)
    raws = []
    for figure in figures:
        if figure.datum is None:
            continue
        if figure.datum.unit != base:
            name, unit = quoted(figure.datum.key), figure.datum.unit
            raise InputError(tr("wrong unit: {name} is in {unit}, not in {base}", name=name, unit=unit, base=base))
        raws.append(_Raw(figure.datum.value, figure.datum.origin, figure.datum.verbatim))
    return raws


def _from_entry(node: Node, base: str, evidence: Evidence) -> _Raw:
    entry, column, unit = node.text("entry"), node.text("column"), node.text("unit")
    if entry not in evidence.entries:
        found = nearest(entry, evidence.entries)
        raise InputError(tr("entry {name} is unknown; nearest: {nearest}", name=quoted(entry), nearest=found))
    row = evidence.entries[entry]
    if column not in row.cells:
        found = nearest(column, row.cells)
        raise InputError(tr("column {column} is unknown; nearest: {nearest}", column=quoted(column), nearest=found))
    cell = row.filled(column)
    value = _product(node.text("pattern"), cell) if node.has("pattern") else row.number(column)
    return _Raw(to_base(value, unit, base), evidence.origins[entry], cell)


def _product(pattern: str, text: str) -> float:
    """The product of the numbers that a pattern finds: "2x100Gb/s" is two links of 100 Gb/s."""
    try:
        match = re.search(pattern, text)
        if match is None or not match.groups():
            raise InputError(tr("pattern {pattern} does not fit {text}", pattern=quoted(pattern), text=quoted(text)))
        return math.prod(float(group) for group in match.groups())
    except (re.error, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(tr("pattern {pattern} is broken: {reason}", pattern=quoted(pattern), reason=error)) from None
