"""A price list as TOML: a table `[[prices]]` for each row, with the columns of any other list as keys."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ipuwhatif.files import is_file, read_bounded
from ipuwhatif.importers.prices.reasons import ListFault, NoList
from ipuwhatif.importers.tables.cells import MOST_ROWS, Cell, Line, Sheet
from ipuwhatif.importers.tables.reasons import Beyond, TooMany
from ipuwhatif.units import InputError, RefusedError, printable

ROWS = "prices"
MOST_BYTES = 4_000_000
_MARK = b"[[prices]]"


def is_toml_list(path: Path) -> bool:
    """Whether a TOML file holds prices rather than a chip, by its look; never raises."""
    if not is_file(path):
        return False
    try:
        return _MARK in read_bounded(path, MOST_BYTES).replace(b" ", b"")
    except InputError:
        return False


def toml_sheet(path: Path) -> Sheet:
    """The rows of the file as a table: its first line has the keys, then an entry each. InputError for no such file."""
    import tomllib  # with the first list, not at the start

    name = printable(path.name)
    try:
        values = tomllib.loads(read_bounded(path, MOST_BYTES).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RefusedError(NoList(ListFault.NO_TOML, name, str(error))) from None
    rows = values.get(ROWS)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
        raise RefusedError(NoList(ListFault.NO_PRICES, name))
    strange = next((key for key in values if key != ROWS), None)
    if strange is not None:
        raise RefusedError(NoList(ListFault.UNKNOWN_KEY, name, key=strange, nearest=ROWS))
    if len(rows) > MOST_ROWS:
        raise RefusedError(TooMany(Beyond.ROWS, name, MOST_ROWS))
    keys = tuple(dict.fromkeys(key for row in rows for key in row))
    lines = [Line(number, tuple(_cell(row, key) for key in keys)) for number, row in enumerate(rows, start=1)]
    return Sheet(name, (Line(0, keys), *lines), entries=True)


def _cell(row: Mapping[str, object], key: str) -> Cell:
    """A value as a cell: a number, a text, or a date as it is written."""
    value = row.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value).strip() or None
