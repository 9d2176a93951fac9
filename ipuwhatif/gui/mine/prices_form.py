"""A price list as it is read."""

from pathlib import Path

from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures.scenarios.own_figures import price_text
from ipuwhatif.gui.mine.table_form import SHOWN, Outcome, TableKind
from ipuwhatif.importers.prices.columns import AMOUNT, CURRENCY, DATE, FIELDS, PER
from ipuwhatif.importers.prices.price_list import read_price_list
from ipuwhatif.importers.prices.reader import brought_list
from ipuwhatif.importers.tables.reading import Said
from ipuwhatif.scenario.prices.prices import OWN, Price
from ipuwhatif.texts import tr


def _outcome(path: Path, catalog: Catalog, said: Said) -> Outcome:
    found = read_price_list(path, catalog, said)
    thing = brought_list(found, path) if found.prices else None
    return Outcome(
        tuple(_line(price, catalog) for price in found.prices[:SHOWN]), len(found.prices), found.refused, thing
    )


def _line(price: OwnPrice, catalog: Catalog) -> str:
    """ "H100: 2.99 USD an hour (2025-03), each chip · us-east · DGX H100, HGX H100"."""
    shown = price_text(Price(price.amount, price.currency, price.per, price.date, price.place, OWN))
    of = tr("each chip") if price.each else tr("chips: {count}", count=price.chips or tr("of a machine"))
    systems = ", ".join(catalog.systems[key].name for key in price.systems)
    parts = (f"{price.item}: {shown}", of, systems, price.region, price.source)
    return " · ".join(part for part in parts if part)


#: Which column is the price and of what; beside it currency, per what and date of rows that say none.
PRICES_TABLE = TableKind(
    FIELDS, {AMOUNT: "USD/GPU-hour", CURRENCY: "USD", PER: "instance-hour", DATE: "2025-03"}, _outcome
)
