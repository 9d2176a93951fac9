"""A price list as it is read."""

from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.gui.mine.table_form import SHOWN, Outcome, TableForm
from ipuwhatif.importers.prices.columns import AMOUNT, CURRENCY, DATE, FIELDS, PER
from ipuwhatif.importers.prices.price_list import read_price_list
from ipuwhatif.importers.prices.reader import brought_list
from ipuwhatif.importers.tables.reading import Said
from ipuwhatif.scenario.prices.prices import OWN, Price, price_text
from ipuwhatif.texts import tr


class PricesForm(TableForm):
    """Which column is the price and of what; beside it currency, per what and date of rows that say none."""

    fields = FIELDS
    hints = {AMOUNT: "USD/GPU-hour", CURRENCY: "USD", PER: "instance-hour", DATE: "2025-03"}  # noqa: RUF012

    def outcome(self, said: Said) -> Outcome:
        found = read_price_list(self.path, self.catalog, said)
        thing = brought_list(found, self.path) if found.prices else None
        return Outcome(tuple(map(self._line, found.prices[:SHOWN])), len(found.prices), found.refused, thing)

    def _line(self, price: OwnPrice) -> str:
        """ "H100: 2.99 USD an hour (2025-03), each chip · us-east · DGX H100, HGX H100"."""
        shown = price_text(Price(price.amount, price.currency, price.per, price.date, price.place, OWN))
        of = tr("each chip") if price.each else tr("chips: {count}", count=price.chips or tr("of a machine"))
        systems = ", ".join(self.catalog.systems[key].name for key in price.systems)
        parts = (f"{price.item}: {shown}", of, systems, price.region, price.source)
        return " · ".join(part for part in parts if part)
