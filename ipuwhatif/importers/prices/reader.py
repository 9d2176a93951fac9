"""Whatever holds prices of the user's own, as one thing to keep; what is kept is offered beside the known prices."""

from pathlib import Path

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import is_file, read_bounded
from ipuwhatif.importers.mine import PRICES, my_catalog
from ipuwhatif.importers.prices.kept import MOST_PRICES, is_list_text, list_text, read_list_text
from ipuwhatif.importers.prices.price_list import PriceList, is_price_list, read_price_list
from ipuwhatif.importers.prices.reasons import ListFault, NoList
from ipuwhatif.importers.prices.toml_list import is_toml_list
from ipuwhatif.importers.reasons import Rows
from ipuwhatif.importers.results.table import is_result_table
from ipuwhatif.importers.store import Brought
from ipuwhatif.importers.tables.bringing import asking_for_others, named_after
from ipuwhatif.importers.tables.cells import MOST_BYTES, SUFFIXES
from ipuwhatif.importers.tables.reading import Said
from ipuwhatif.importers.tables.reasons import Beyond, TooMany
from ipuwhatif.units import InputError, RefusedError, printable

FILES = "*.csv *.tsv *.xlsx *.parquet *.toml"


def takes_prices(path: Path) -> bool:
    """Whether a file is a price list: by its heads, and a TOML file by its entries; never raises."""
    suffix = path.suffix.casefold()
    if suffix == ".toml":
        return is_toml_list(path)
    if suffix not in SUFFIXES or not is_file(path):
        return False
    return is_exported(path) or (is_price_list(path) and not is_result_table(path))


def is_exported(path: Path) -> bool:
    """Whether this program wrote the list; never raises."""
    return _own_text(path) is not None


def bring_prices(path: Path, said: Said | None = None) -> tuple[Brought, ...]:
    """The prices of a file as one thing to keep; it asks whether the others are wanted where some cannot be read.

    InputError where none can be read.
    """
    found = read_prices(path, my_catalog(), said)
    return (asking_for_others(brought_list(found, path), found.refused, len(found.prices), Rows.PRICES),)


def read_prices(path: Path, catalog: Catalog, said: Said | None = None) -> PriceList:
    """The prices of a file: one that this program wrote, or a list whose columns are mapped. InputError for none."""
    own = _own_text(path)
    name = printable(path.name)
    found = read_price_list(path, catalog, said) if own is None else PriceList(read_list_text(own, name))
    if not found.prices:
        raise RefusedError(found.refused[0] if found.refused else NoList(ListFault.EMPTY, name))
    if len(found.prices) > MOST_PRICES:
        raise RefusedError(TooMany(Beyond.ROWS, name, MOST_PRICES))
    return found


def brought_list(found: PriceList, path: Path) -> Brought:
    """What was read, as one thing to keep, called after its file."""
    return named_after(path, PRICES, list_text(found.prices))


def _own_text(path: Path) -> str | None:
    """The text of a list that this program wrote; None for any other."""
    if path.suffix.casefold() != ".csv" or not is_file(path):
        return None
    try:
        text = read_bounded(path, MOST_BYTES).decode("utf-8", "replace")
    except InputError:
        return None
    return text if is_list_text(text) else None
