"""Prices as they were printed, each with its date and source, and which system each of them fits.

They are offered to the user and never applied by themselves; a row that is no price of a system says why.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.documents import Node, read_document
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.notes import text_of
from ipuwhatif.catalog.origins import OriginRules, read_rules, row_origin
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.records import Record
from ipuwhatif.units import Said

FILE, FITS = "prices.csv", "fits.json"
TO_BUY, AN_HOUR = "buy", "hour"
_COLUMNS = "item price currency unit as_of verbatim_figure source_url source_title confidence note kind price_number"


class Fit(Record, frozen=True):
    """The system that a price is for: of whole machines, and then of any number of them, or of one chip count."""

    system: str
    per: str  # TO_BUY or AN_HOUR
    machines: int  # 0 for a price of one chip count
    chips: int  # 0 for a price of machines
    note: Said  # what the price leaves out, or how its machine differs


class PriceFigure(Record, frozen=True):
    """One row of the price table; `amount` is None where the source prints no single number."""

    item: str  # "IPU-M2000"
    text: str  # as printed: "32450", "~300000"
    unit: str  # as printed: "unit (no host)"
    amount: float | None
    currency: str
    as_of: str  # as printed: "2020-12", "2021-2024"; empty where the source says none
    origin: Origin
    fit: Fit | None  # None where it is no price of a system


def read_prices(folder: Path, systems: Collection[str]) -> tuple[PriceFigure, ...]:
    """The rows of `folder/prices.csv` with what `folder/fits.json` says of each.

    InputError for a row that fits.json does not know, for one that it knows and that is not there, and for an unknown
    system.
    """
    fits = _read_fits(folder, systems)
    rules = read_rules(folder)
    rows = read_table(folder, FILE, _COLUMNS)
    figures: dict[tuple[str, str], PriceFigure] = {}
    for row in rows:
        key = (row.filled("item"), row.text("unit"))
        if key in figures:
            raise row.refuse(Flawed(Flaw.DUPLICATE, key[0]))
        if key not in fits:
            raise row.refuse(Flawed(Flaw.SAYS_NOTHING_OF, FITS, key[0]))
        figures[key] = _figure(row, rules, fits[key])
    lost = [item for item, unit in fits if (item, unit) not in figures]
    if lost:
        raise read_document(folder, FITS).refuse(Flawed(Flaw.IN_NO_ROW, lost[0], FILE))
    return tuple(figures.values())


def _figure(row: Row, rules: OriginRules, fit: Fit | None) -> PriceFigure:
    amount = row.positive("price_number") if row.text("price_number") else None
    currency, as_of = row.text("currency"), row.text("as_of")
    return PriceFigure(
        row.text("item"), row.text("price"), row.text("unit"), amount, currency, as_of, row_origin(rules, row), fit
    )


def _read_fits(folder: Path, systems: Collection[str]) -> Mapping[tuple[str, str], Fit | None]:
    root = read_document(folder, FITS)
    fits: dict[tuple[str, str], Fit | None] = {}
    for name in ("fits", "fit_nothing"):
        for node in root.children(name):
            key = (node.text("item"), node.text("unit", ""))
            if key in fits:
                raise node.refuse(Flawed(Flaw.DUPLICATE, key[0]))
            fits[key] = _fit(node, systems) if name == "fits" else None
            if name == "fit_nothing":
                node.text("reason")
            node.close()
    root.close()
    return fits


def _fit(node: Node, systems: Collection[str]) -> Fit:
    if node.has("machines") == node.has("chips"):
        raise node.refuse(Flaw.MACHINES_OR_CHIPS)
    return Fit(
        system=one_of(node, "system", tuple(systems)),
        per=one_of(node, "per", (TO_BUY, AN_HOUR)),
        machines=node.whole("machines") if node.has("machines") else 0,
        chips=node.whole("chips") if node.has("chips") else 0,
        note=text_of(node.text("note", "")),
    )
