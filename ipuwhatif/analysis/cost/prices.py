"""Prices that a source prints for a system, as offers; and which of the stated prices count."""

import calendar
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from ipuwhatif.catalog.datum import RECALLED as NOT_SOURCED
from ipuwhatif.catalog.footprints import load_footprints
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.catalog.prices import TO_BUY, PriceFigure
from ipuwhatif.catalog.printed_prices import load_prices
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import LONGEST_ORIGIN, OWN, READ, RECALLED, Price, price_text
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

Priced = tuple[str, Price]  # the name of a system and its price
_Day = tuple[int, int, int]
_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d)?(?:-\d\d)?", re.ASCII)
_YEARS = re.compile(r"((?:19|20)\d\d)-(?:19|20)\d\d", re.ASCII)


def known_prices(choice: SystemChoice, catalog: Catalog) -> tuple[Price, ...]:
    """The prices of the user's own lists that fit a system, then printed ones, those that were read first.

    None of them is ever applied by itself.

    A price of a machine is scaled to the machines of the system, which its origin then says. One that was only recalled
    is not confirmed, so it counts for nothing until the user confirms it. Without a printed number or a date a price is
    no offer, see `printed_prices`.
    """
    found = [_price(figure, times) for figure, times in _fitting(choice, catalog) if _is_offer(figure)]
    return (*_listed(choice, catalog), *sorted(found, key=lambda price: price.kind == RECALLED))


def printed_prices(choice: SystemChoice, catalog: Catalog) -> tuple[str, ...]:
    """What else was printed of a system's price, in words: without a single number, or without a date."""
    lines = []
    for figure, _ in _fitting(choice, catalog):
        if not _is_offer(figure):
            words = tr(
                "{item}: {text} {currency}, {unit}",
                item=figure.item,
                text=figure.text,
                currency=figure.currency,
                unit=figure.unit,
            )
            when = figure.as_of or tr("no date")
            lines.append(tr("{words}; {when}; {source}", words=words, when=when, source=figure.origin.title))
    return tuple(lines)


def counted_price(scenario: Scenario, choice: SystemChoice) -> Price | None:
    """The price of a system that counts: stated, or recalled by somebody and confirmed by the user."""
    price = scenario.prices.get(choice.key)
    return price if price is not None and price.confirmed else None


def price_leaves_out(choice: SystemChoice, price: Price, catalog: Catalog) -> str:
    """What a printed price does not hold of a system: "host servers and switches"; empty for one of the user's own."""
    for figure, times in _fitting(choice, catalog):
        noted = _is_offer(figure) and figure.fit is not None and figure.fit.per == TO_BUY and figure.fit.note
        if noted and replace(_price(figure, times), confirmed=price.confirmed) == price:
            return load_footprints()[choice.system].leaves_out
    return ""


def price_lack(scenario: Scenario, choice: SystemChoice, catalog: Catalog) -> str:
    """What to state where no price counts: "state a price for IPU-POD64 (64 IPUs)"."""
    name, price = system_name(choice, catalog), scenario.prices.get(choice.key)
    if price is None:
        return tr("state a price for {name}", name=name)
    return tr("confirm the recalled price of {name}, {price}, or state another", name=name, price=price_text(price))


def far_apart(priced: Sequence[Priced]) -> tuple[Priced, Priced] | None:
    """Two prices that may be more than twelve months apart, as far as their dates tell; the older first."""
    dated = sorted(priced, key=lambda each: _days(each[1].date))
    for older, newer in combinations(dated, 2):
        year, month, day = _days(older[1].date)[0]
        if _days(newer[1].date)[1] > (year + 1, month, day):
            return older, newer
    return None


def _days(text: str) -> tuple[_Day, _Day]:
    """The first and the last day that a date as written may mean."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = (parts[0], parts[1], parts[2])
        return day, day
    if len(parts) == 2:
        return (parts[0], parts[1], 1), (parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])
    return (parts[0], 1, 1), (parts[0], 12, 31)


def _listed(choice: SystemChoice, catalog: Catalog) -> Iterator[Price]:
    """The prices of the user's own lists that fit a system, marked as that."""
    machine = catalog.systems[choice.system].chips_per_machine
    for each in catalog.own_prices:
        times = each.times(choice.system, choice.chips, machine)
        if times:
            amount = float(f"{each.amount * times:.12g}")
            yield Price(amount, each.currency, each.per, each.date, _own_origin(each, times), OWN)


def _own_origin(price: OwnPrice, times: int) -> str:
    item = price.item
    if times > 1:
        amount = format_number(price.amount)
        item = tr("derived: {count} × {item} at {amount}", count=format_number(times), item=item, amount=amount)
    parts = (item, tr("your own price list, {place}", place=price.place), price.region, price.source)
    return "; ".join(part for part in parts if part)[:LONGEST_ORIGIN]


def _fitting(choice: SystemChoice, catalog: Catalog) -> Iterator[tuple[PriceFigure, int]]:
    """The rows that fit a system, and how many times each of them."""
    per_machine = catalog.systems[choice.system].chips_per_machine
    for figure in load_prices():
        fit = figure.fit
        if fit is None or fit.system != choice.system:
            continue
        times, rest = divmod(choice.chips, fit.chips or fit.machines * per_machine)
        if times and not rest and (fit.machines or times == 1):
            yield figure, times


def _is_offer(figure: PriceFigure) -> bool:
    return figure.amount is not None and bool(_date(figure.as_of))


def _date(as_of: str) -> str:
    """The date of a price; of a range of years its beginning. Empty where none was printed.

    A remark may follow it: "2026-03 (us-east-1)".
    """
    dated = as_of.partition(" (")[0]
    years = _YEARS.fullmatch(dated)
    if years:
        return years.group(1)
    return dated if _DATE.fullmatch(dated) else ""


def _price(figure: PriceFigure, times: int) -> Price:
    assert figure.amount is not None and figure.fit is not None
    recalled = figure.origin.kind == NOT_SOURCED
    return Price(
        amount=figure.amount * times,
        currency=figure.currency,
        per=figure.fit.per,
        date=_date(figure.as_of),
        origin=_origin(figure, times, figure.fit.note),
        kind=RECALLED if recalled else READ,
        confirmed=not recalled,
    )


def _origin(figure: PriceFigure, times: int, note: str) -> str:
    """Who prints it, of what, and how it was scaled, on one line."""
    assert figure.amount is not None
    item = figure.item
    if times > 1:
        amount = format_number(figure.amount)
        item = tr("derived: {count} × {item} at {amount}", count=format_number(times), item=item, amount=amount)
    source = tr("{producer}, {title}", producer=figure.origin.producer, title=figure.origin.title)
    when = tr("as of {as_of}", as_of=figure.as_of) if figure.as_of != _date(figure.as_of) else ""
    parts = (item, note, when, source, figure.origin.locator or "")
    return "; ".join(part for part in parts if part)[:LONGEST_ORIGIN]
