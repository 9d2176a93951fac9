"""The hardware tables as data: every row a figure with its origin, conflicting rows side by side and ranked."""

from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.catalog.datum import ORIGIN_KINDS, Datum, HardwareFigure
from ipuwhatif.catalog.origins import OriginRules, row_origin
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.units import UNITS, RefusedError, nearest

FILES = ("hardware.csv", "hardware_2022_on.csv")
_COLUMNS = "entity attribute value unit verbatim_figure source_url source_title confidence note kind value_number"
_CONFIDENCE = ("high", "medium", "derived", "recall", "low")

Ranked = Mapping[tuple[str, str], tuple[HardwareFigure, ...]]
"""Figures by entity and attribute, the most trusted first."""


def read_hardware(folder: Path, rules: OriginRules) -> tuple[tuple[HardwareFigure, ...], Ranked]:
    """Every row in the order of the files, and the ranked figures by (entity, attribute).

    Rows for the same attribute from different sources are conflicting values and are all kept; the same value from
    the same source twice is a duplicate key and is refused. Rank: read before derived before recalled, then high
    before medium confidence, then the figure printed with more digits (1.394 before the 1.4 it rounds to), then file
    order.
    """
    figures: list[HardwareFigure] = []
    groups: dict[tuple[str, str], list[tuple[tuple[int, int, int], HardwareFigure]]] = {}
    seen: set[tuple[str, str, str, str]] = set()
    for row in (row for file in FILES for row in read_table(folder, file, _COLUMNS)):
        identity = (row.filled("entity"), row.filled("attribute"), row.text("value"), row.text("source_url"))
        if identity in seen:
            raise row.refuse(Flawed(Flaw.SAME_SOURCE_TWICE, f"{identity[0]}.{identity[1]}"))
        seen.add(identity)
        figure = _figure(row, rules)
        figures.append(figure)
        groups.setdefault(identity[:2], []).append((_rank(row, figure), figure))
    ranked = {key: tuple(item[1] for item in sorted(group, key=lambda item: item[0])) for key, group in groups.items()}
    return tuple(figures), ranked


def _figure(row: Row, rules: OriginRules) -> HardwareFigure:
    entity, attribute, unit = row.text("entity"), row.text("attribute"), row.text("unit")
    if unit not in UNITS:
        raise row.refuse(Flawed(Flaw.UNIT_UNKNOWN, unit, nearest=nearest(unit, UNITS)))
    origin = row_origin(rules, row)
    value = row.optional_number("value_number")
    base = UNITS[unit].base
    datum = None
    if value is not None:
        verbatim = row.text("verbatim_figure") or f"{row.text('value')} {unit}".strip()
        datum = Datum(f"{entity}.{attribute}", row.in_base(value, unit, base), base, origin, verbatim)
    return HardwareFigure(entity, attribute, row.text("value"), unit, datum, origin)


def _rank(row: Row, figure: HardwareFigure) -> tuple[int, int, int]:
    confidence = _CONFIDENCE.index(row.choice("confidence", _CONFIDENCE))
    digits = sum(letter.isdigit() for letter in row.text("value").lstrip("0."))
    return ORIGIN_KINDS.index(figure.origin.kind), confidence, -digits


def find(ranked: Ranked, entity: str, attribute: str) -> tuple[HardwareFigure, ...]:
    """The ranked figures of an attribute; InputError with the nearest names when the table has none."""
    if (entity, attribute) in ranked:
        return ranked[entity, attribute]
    known = [key[1] for key in ranked if key[0] == entity]
    found = nearest(attribute, known) if known else nearest(entity, [key[0] for key in ranked])
    name = f"{entity}.{attribute}" if known else entity
    raise RefusedError(Flawed(Flaw.ROW_UNKNOWN, name, " or ".join(FILES), found))
