"""Every price that is shipped: of systems as they were sold, and of an hour of a cloud's instances."""

from ipuwhatif.catalog.documents import read_document
from ipuwhatif.catalog.hourly_prices import read_hourly_prices
from ipuwhatif.catalog.prices import PriceFigure, read_prices
from ipuwhatif.files import resource
from ipuwhatif.texts import worded_cache


@worded_cache(maxsize=1)
def load_prices() -> tuple[PriceFigure, ...]:
    """The shipped prices, in the order of their files. InputError where a file is faulty."""
    systems = [node.text("key") for node in read_document(resource("catalog"), "systems.json").children("systems")]
    folder = resource("economics")
    return (*read_prices(folder, systems), *read_hourly_prices(folder, systems))
