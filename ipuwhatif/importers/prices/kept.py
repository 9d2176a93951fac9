"""Price lists as this program keeps and exports them: a CSV row a price, which reads back as the same."""

import csv
import io
from collections.abc import Mapping, Sequence

from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.scenario.prices.prices import BUY, OWN, RENT, Price, check_price
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, quoted

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
                told = tr("{file} has more than {most} rows", file=name, most=format_number(MOST_PRICES))
                raise InputError(told)
            try:
                prices.append(_price(row))
            except InputError as error:
                place = tr("{file}, row {row}", file=name, row=format_number(number))
                raise InputError(f"{place}: {error}") from None
    except csv.Error as error:
        raise InputError(f"{name}, {tr('line {line}', line=reader.line_num)}: {error}") from None
    return tuple(prices)


def _price(row: Mapping[str | None, object]) -> OwnPrice:
    if None in row or None in row.values() or set(row) != set(HEAD):
        raise InputError(tr("the row has not as many cells as the head"))
    cells = {str(key): str(value).removeprefix("'") for key, value in row.items()}
    per, of_each = cells["per"], cells["each_chip"]
    if per not in (BUY, RENT) or of_each not in (_YES, _NO):
        told = tr("{word} is not one of {words}", word=quoted(f"{per} {of_each}"), words=f"{BUY} {_YES}, {RENT} {_NO}")
        raise InputError(told)
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
        raise InputError(tr("a price says who states it, on one line"))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= LARGEST_COUNT):
        told = tr("column {column}: {cell} is not a whole number", column=quoted("chips"), cell=quoted(text))
        raise InputError(told)
    return int(text)


def _amount(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        told = tr("column {column}: {cell} is not a number above 0", column=quoted("price"), cell=quoted(text))
        raise InputError(told) from None


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell
