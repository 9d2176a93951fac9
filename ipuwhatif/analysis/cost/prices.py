"""Prices that a source prints for a system, as offers; and which of the stated prices count."""

import calendar
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from ipuwhatif.analysis.cost.reasons import NoPrice, UnconfirmedPrice
from ipuwhatif.catalog.datum import RECALLED as NOT_SOURCED
from ipuwhatif.catalog.footprints import load_footprints
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.catalog.prices import TO_BUY, PriceFigure
from ipuwhatif.catalog.printed_prices import load_prices
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.prices.prices import OWN, READ, RECALLED, Price
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import Said

Priced = tuple[str, Price]  # the name of a system and its price
_Day = tuple[int, int, int]
_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d)?(?:-\d\d)?", re.ASCII)
_YEARS = re.compile(r"((?:19|20)\d\d)-(?:19|20)\d\d", re.ASCII)


class Offer(Record, frozen=True):
    """A price that fits a system: what was printed, or stands in a list of the user's own, and how many times it is.

    The origin of `price` is empty: `figures/cost/offers.py` words it.
    """

    price: Price
    times: int
    printed: PriceFigure | None = None
    listed: OwnPrice | None = None


def offers(choice: SystemChoice, catalog: Catalog) -> tuple[Offer, ...]:
    """The prices of the user's own lists that fit a system, then printed ones, those that were read first.

    None of them is ever applied by itself.

    A price of a machine is scaled to the machines of the system. One that was only recalled is not confirmed, so it
    counts for nothing until the user confirms it. Without a printed number or a date a price is no offer, see
    `printed_without_offer`.
    """
    found = [
        Offer(_price(figure, times), times, figure) for figure, times in _fitting(choice, catalog) if _is_offer(figure)
    ]
    return (*_listed(choice, catalog), *sorted(found, key=lambda offer: offer.price.kind == RECALLED))


def printed_without_offer(choice: SystemChoice, catalog: Catalog) -> tuple[PriceFigure, ...]:
    """What else was printed of a system's price: without a single number, or without a date."""
    return tuple(figure for figure, _ in _fitting(choice, catalog) if not _is_offer(figure))


def counted_price(scenario: Scenario, choice: SystemChoice) -> Price | None:
    """The price of a system that counts: stated, or recalled by somebody and confirmed by the user."""
    price = scenario.prices.get(choice.key)
    return price if price is not None and price.confirmed else None


def price_leaves_out(choice: SystemChoice, price: Price, catalog: Catalog) -> Said:
    """What a printed price does not hold of a system: "host servers and switches"; empty for one of the user's own."""
    for figure, times in _fitting(choice, catalog):
        if not _is_offer(figure):
            continue
        noted = figure.fit is not None and figure.fit.per == TO_BUY and figure.fit.note
        offered = replace(_price(figure, times), confirmed=price.confirmed, origin=price.origin)
        if noted and offered == price:
            return load_footprints()[choice.system].leaves_out
    return ""


def price_lack(scenario: Scenario, choice: SystemChoice, catalog: Catalog) -> Said:
    """What to state where no price counts: a price, or that a recalled one holds."""
    name, price = system_name(choice, catalog), scenario.prices.get(choice.key)
    if price is None:
        return NoPrice(name)
    return UnconfirmedPrice(name, price)


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


def _listed(choice: SystemChoice, catalog: Catalog) -> Iterator[Offer]:
    """The prices of the user's own lists that fit a system, marked as that."""
    machine = catalog.systems[choice.system].chips_per_machine
    for each in catalog.own_prices:
        times = each.times(choice.system, choice.chips, machine)
        if times:
            amount = float(f"{each.amount * times:.12g}")
            yield Offer(Price(amount, each.currency, each.per, each.date, "", OWN), times, listed=each)


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
    return figure.amount is not None and bool(date_of(figure.as_of))


def date_of(as_of: str) -> str:
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
        date=date_of(figure.as_of),
        origin="",
        kind=RECALLED if recalled else READ,
        confirmed=not recalled,
    )
