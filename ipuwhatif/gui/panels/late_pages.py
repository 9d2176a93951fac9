"""Pages that a window brings in with the first need of them: stated ratios, and prices."""

from functools import partial
from typing import TYPE_CHECKING

from ipuwhatif.charts.palette import theme

if TYPE_CHECKING:
    from ipuwhatif.gui.panels.price_table import PriceTable
    from ipuwhatif.gui.panels.statement_page import StatementPage
    from ipuwhatif.gui.window import MainWindow


def statement_page(window: "MainWindow") -> "StatementPage":
    """The page of stated ratios."""
    from ipuwhatif.gui.panels.statement_page import StatementPage

    assert window.world is not None
    page = StatementPage(window.question, window.world.catalog, window.workspace)
    page.set_icons(theme(window.theme_name).muted_text)
    return page


def price_table(window: "MainWindow") -> "PriceTable":
    """The table of all prices."""
    from ipuwhatif.figures.cost.offers import known_prices
    from ipuwhatif.gui.mine.my_data import show_my_data
    from ipuwhatif.gui.panels.price_table import PriceTable

    assert window.world is not None
    catalog, levers = window.world.catalog, window.world.levers
    table = PriceTable(window.question, catalog, levers, partial(known_prices, catalog=catalog), window.workspace)
    table.rebuilt.connect(window.order_keys)
    table.import_asked.connect(lambda: show_my_data(window).import_prices())
    return table
