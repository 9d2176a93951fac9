"""Price lists as this program keeps and exports them: a CSV row a price, which reads back as the same."""

import csv
import io
from collections.abc import Mapping, Sequence

from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.importers.prices.reasons import NotAmong
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.tables.reasons import (
    Beyond,
    BrokenLine,
    ColumnFault,
    OfColumn,
    RowKind,
    RowOf,
    TableFault,
    TooMany,
)
from ipuwhatif.scenario.prices.prices import BUY, OWN, RENT, Price, check_price
from ipuwhatif.scenario.prices.reasons import PriceFault
from ipuwhatif.units import InputError, RefusedError, reason_of

HEAD = ("item", "on", "chips", "each_chip", "price", "currency", "per", "date", "region", "source", "read_from")
MOST_PRICES = 10_000
LARGEST_COUNT = 1_000_000
_YES, _NO = "yes", "no"
#: What a program for sheets would take for a formula, and the mark before it.
_FORMULAS = ("=", "+", "-", "@", "\t", "'")


def list_text(prices: Sequence[OwnPrice]) -> str:
    """The prices as CSV."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEAD)
    for each in prices:
        of_each = _YES if each.each else _NO
        cells = (each.item, " ".join(each.systems), each.chips, of_each, repr(each.amount), each.currency, each.per)
        writer.writerow([_safe(cell) for cell in (*cells, each.date, each.region, each.source, each.place)])
    return written.getvalue()


def is_list_text(text: str) -> bool:
    """Whether a text begins as `list_text` does."""
    return text.lstrip("\ufeff").startswith(",".join(HEAD))


def read_list_text(text: str, name: str) -> tuple[OwnPrice, ...]:
    """What `list_text` wrote. InputError with its row for what was changed into no price."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
    prices = []
    try:
        for number, row in enumerate(reader, start=2):
            if number > MOST_PRICES + 1:
                raise RefusedError(TooMany(Beyond.ROWS, name, MOST_PRICES))
            try:
                prices.append(_price(row))
            except InputError as error:
                raise RefusedError(Refused(RowOf(RowKind.ROW, name, number), reason_of(error))) from None
    except csv.Error as error:
        raise RefusedError(BrokenLine(name, reader.line_num, str(error))) from None
    return tuple(prices)


def _price(row: Mapping[str | None, object]) -> OwnPrice:
    if None in row or None in row.values() or set(row) != set(HEAD):
        raise RefusedError(TableFault.OTHER_COUNT_OF_CELLS)
    cells = {str(key): str(value).removeprefix("'") for key, value in row.items()}
    per, of_each = cells["per"], cells["each_chip"]
    if per not in (BUY, RENT) or of_each not in (_YES, _NO):
        raise RefusedError(NotAmong(f"{per} {of_each}", f"{BUY} {_YES}, {RENT} {_NO}"))
    price = OwnPrice(
        place=cells["read_from"],
        item=cells["item"],
        systems=tuple(cells["on"].split()),
        chips=_count(cells["chips"]),
        each=of_each == _YES,
        amount=_amount(cells["price"]),
        currency=cells["currency"],
        per=per,
        date=cells["date"],
        region=cells["region"],
        source=cells["source"],
    )
    check_own_price(price)
    return price


def check_own_price(price: OwnPrice) -> None:
    """InputError for an amount, a currency, a date or words that no price has."""
    check_price(Price(price.amount, price.currency, price.per, price.date, price.place, OWN))
    if not all(each.isprintable() for each in (price.item, price.region, price.source)):
        raise RefusedError(PriceFault.NOBODY_SAYS)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= LARGEST_COUNT):
        raise RefusedError(OfColumn(ColumnFault.NOT_WHOLE, "chips", text))
    return int(text)


def _amount(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise RefusedError(OfColumn(ColumnFault.NOT_ABOVE_0, "price", text)) from None


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell
