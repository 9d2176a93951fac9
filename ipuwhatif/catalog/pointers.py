"""Catalog figures point at evidence rows; this turns a pointer into a Datum, so that no figure is ever typed twice.

A pointer names a hardware row (entity, attribute) or a cell of an MLPerf entry, and how the figure follows from it.
"""

import math
import re
from collections.abc import Mapping

from ipuwhatif.catalog.datum import DERIVED, Datum, HardwareFigure, Origin
from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.evidence.hardware import Ranked, find
from ipuwhatif.catalog.notes import text_of
from ipuwhatif.catalog.origins import read_origin, with_kind
from ipuwhatif.catalog.reasons import Flaw, Flawed, InFile
from ipuwhatif.catalog.tables import Row
from ipuwhatif.records import Record
from ipuwhatif.units import InputError, RefusedError, Said, nearest, reason_of, to_base


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
        reason = reason_of(error)
        raise (error if isinstance(reason, InFile) and reason.file == node.file else node.refuse(reason)) from None


def _stated(node: Node, key: str, base: str) -> Datum:
    """A figure that is in no table and brings its own origin."""
    number, unit = node.number("stated"), node.text("unit")
    if number < 0:
        raise RefusedError(Flaw.NEGATIVE)
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
        raise RefusedError(Flaw.NEGATIVE)
    data = [Datum(key, raw.value, base, raw.origin, raw.verbatim) for raw in raws]
    if node.has("alternatives"):
        for other in node.children("alternatives"):
            found = read_datum(other, key, base, evidence)
            data += [Datum(key, found.value, base, found.origin, found.verbatim), *found.alternatives]
    node.close()
    first = data[0]
    return Datum(key, first.value, base, first.origin, first.verbatim, tuple(data[1:]))


def _derivation(node: Node, evidence: Evidence) -> tuple[float, Said, str]:
    """Factor, note and kind ("derived", or empty for a figure that is used as it was read)."""
    divisor = node.number("divide_by", 1.0)
    if divisor <= 0:
        raise RefusedError(Flawed(Flaw.KEY_NOT_ABOVE_0, "divide_by"))
    factor = 1.0 / divisor
    if node.has("scale"):
        factor *= _scale(node.child("scale"), evidence)
    note, kind = text_of(node.text("note", "")), node.text("kind", "")
    if kind not in ("", DERIVED):
        raise RefusedError(Flawed(Flaw.ORIGIN_KIND_UNKNOWN, kind, nearest=DERIVED))
    if factor != 1.0:
        kind = DERIVED
    if kind and not note:
        raise RefusedError(Flaw.NO_NOTE)
    return factor, note, kind


def _scale(node: Node, evidence: Evidence) -> float:
    """The ratio of two hardware figures of the same unit."""
    over = _single(find(evidence.hardware, node.text("over_entity"), node.text("over_attribute")))
    upper = _single(find(evidence.hardware, node.text("entity"), node.text("attribute")))
    node.close()
    if upper.unit != over.unit or over.value <= 0:
        raise node.refuse(Flawed(Flaw.RATIO_OF_UNITS, upper.unit, over.unit))
    return upper.value / over.value


def _single(figures: tuple[HardwareFigure, ...]) -> Datum:
    data = [figure.datum for figure in figures if figure.datum is not None]
    if not data:
        name = f"{figures[0].entity}.{figures[0].attribute}"
        raise RefusedError(Flawed(Flaw.NO_SINGLE_NUMBER, name, figures[0].text))
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
            raise RefusedError(Flawed(Flaw.UNIT_ELSE, figure.datum.key, figure.datum.unit, base))
        raws.append(_Raw(figure.datum.value, figure.datum.origin, figure.datum.verbatim))
    return raws


def _from_entry(node: Node, base: str, evidence: Evidence) -> _Raw:
    entry, column, unit = node.text("entry"), node.text("column"), node.text("unit")
    if entry not in evidence.entries:
        raise RefusedError(Flawed(Flaw.ENTRY_UNKNOWN, entry, nearest=nearest(entry, evidence.entries)))
    row = evidence.entries[entry]
    if column not in row.cells:
        raise RefusedError(Flawed(Flaw.COLUMN_UNKNOWN, column, nearest=nearest(column, row.cells)))
    cell = row.filled(column)
    value = _product(node.text("pattern"), cell) if node.has("pattern") else row.number(column)
    return _Raw(to_base(value, unit, base), evidence.origins[entry], cell)


def _product(pattern: str, text: str) -> float:
    """The product of the numbers that a pattern finds: "2x100Gb/s" is two links of 100 Gb/s."""
    try:
        match = re.search(pattern, text)
        if match is None or not match.groups():
            raise RefusedError(Flawed(Flaw.PATTERN_FITS_NOT, pattern, text))
        return math.prod(float(group) for group in match.groups())
    except (re.error, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise RefusedError(Flawed(Flaw.PATTERN_BROKEN, pattern, str(error))) from None
