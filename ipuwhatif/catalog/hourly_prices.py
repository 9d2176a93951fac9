"""Prices of an hour of a cloud's instances from 2023 on, each with its date and source, and which system each fits.

An instance fits the system with the same accelerators, one as large as a machine any number of machines.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from ipuwhatif.catalog.documents import read_document
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.notes import text_of
from ipuwhatif.catalog.origins import read_rules, row_origin
from ipuwhatif.catalog.prices import AN_HOUR, Fit, PriceFigure
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.files import resource
from ipuwhatif.records import Record
from ipuwhatif.units import Said

FILE, FITS = "prices_2023_on.csv", "hourly.json"
_COLUMNS = (
    "item price currency unit as_of verbatim_figure source_url source_title confidence note kind price_number "
    "accelerator accelerators market instance"
)
_UNIT, _MARKET = "instance-hour", "on-demand"


class _Machine(Record, frozen=True):
    system: str
    accelerators: int  # of one machine
    note: Said


def read_hourly_prices(folder: Path, systems: Collection[str]) -> tuple[PriceFigure, ...]:
    """The rows of `folder/prices_2023_on.csv` with the system that `folder/hourly.json` says of their accelerators.

    What was no list price, and what nobody can look up, fits nothing. InputError for an accelerator that hourly.json
    does not know, another unit, and an unknown system.
    """
    machines, unsourced = _read_fits(folder, systems)
    rules = read_rules(folder)
    figures = []
    for row in read_table(folder, FILE, _COLUMNS):
        row.choice("unit", (_UNIT,))
        accelerator = row.filled("accelerator")
        if accelerator not in machines:
            raise row.refuse(Flawed(Flaw.SAYS_NOTHING_OF, FITS, accelerator))
        machine = machines[accelerator]
        offered = row.text("market") == _MARKET and not row.text("source_url").startswith(unsourced)
        fit = None if machine is None or not offered else _fit(row, machine)
        figures.append(
            PriceFigure(
                item=row.filled("item"),
                text=row.text("price"),
                unit=_UNIT,
                amount=row.positive("price_number"),
                currency=row.filled("currency"),
                as_of=row.text("as_of"),
                origin=row_origin(rules, row),
                fit=fit,
            )
        )
    return tuple(figures)


@lru_cache(maxsize=1)
def accelerator_systems() -> Mapping[str, str]:
    """The system of each accelerator as clouds call it: "H100 (80 GB)" is that of a DGX H100."""
    nodes = read_document(resource("economics"), FITS).children("accelerators")
    return {name: node.text("system") for node in nodes for name in node.texts("names")}


@lru_cache(maxsize=1)
def instance_systems() -> Mapping[str, tuple[str, int]]:
    """The system and the chips of each instance that a shipped price is of: "p5.48xlarge" has 8 of a DGX H100."""
    systems = accelerator_systems()
    rows = read_table(resource("economics"), FILE, _COLUMNS)
    return {
        row.text("instance"): (systems[row.text("accelerator")], row.whole("accelerators"))
        for row in rows
        if row.text("instance") and row.text("accelerator") in systems
    }


def _fit(row: Row, machine: _Machine) -> Fit:
    """Any number of machines, or the one chip count of an instance that is smaller or larger than a machine."""
    count = row.whole("accelerators")
    machines, chips = (1, 0) if count == machine.accelerators else (0, count)
    return Fit(machine.system, AN_HOUR, machines, chips, machine.note)


def _read_fits(folder: Path, systems: Collection[str]) -> tuple[dict[str, _Machine | None], tuple[str, ...]]:
    """The machine of each accelerator, None where no system has it, and how sources begin that cannot be looked up."""
    root = read_document(folder, FITS)
    note = text_of(root.text("note"))
    machines: dict[str, _Machine | None] = {}
    for node in root.children("accelerators"):
        system, count = one_of(node, "system", tuple(systems)), node.whole("machine")
        machines.update(dict.fromkeys(node.texts("names"), _Machine(system, count, note)))
        node.close()
    for node in root.children("other_accelerators"):
        machines.update(dict.fromkeys(node.texts("names"), None))
        node.text("reason")
        node.close()
    unsourced = []
    for node in root.children("sources_that_cannot_be_looked_up"):
        unsourced.append(node.text("starts"))
        node.close()
    root.close()
    return machines, tuple(unsourced)
