"""Known prices of a system, each with its origin in words, as a scenario takes them."""

from ipuwhatif.analysis.cost.prices import Offer, date_of, offers, printed_without_offer
from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.catalog.prices import PriceFigure
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import LONGEST_ORIGIN, Price
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told


def known_prices(choice: SystemChoice, catalog: Catalog) -> tuple[Price, ...]:
    """The offers for a system as prices that a scenario can hold; of a scaled one the origin says so."""
    return tuple(replace(each.price, origin=_origin(each)) for each in offers(choice, catalog))


def printed_prices(choice: SystemChoice, catalog: Catalog) -> tuple[str, ...]:
    """What else was printed of a system's price: without a single number, or without a date."""
    return tuple(map(_printed_text, printed_without_offer(choice, catalog)))


def _printed_text(figure: PriceFigure) -> str:
    words = tr(
        "{item}: {text} {currency}, {unit}",
        item=figure.item,
        text=figure.text,
        currency=figure.currency,
        unit=figure.unit,
    )
    when = figure.as_of or tr("no date")
    return tr("{words}; {when}; {source}", words=words, when=when, source=figure.origin.title)


def _origin(offer: Offer) -> str:
    """Who says so, of what, and how it was scaled, on one line."""
    parts = _listed_parts(offer.listed, offer.times) if offer.listed else _printed_parts(offer.printed, offer.times)
    return "; ".join(part for part in parts if part)[:LONGEST_ORIGIN]


def _listed_parts(price: OwnPrice, times: int) -> tuple[str, ...]:
    place = tr("your own price list, {place}", place=price.place)
    return _scaled(price.item, price.amount, times), place, price.region, price.source


def _printed_parts(figure: PriceFigure | None, times: int) -> tuple[str, ...]:
    assert figure is not None and figure.amount is not None and figure.fit is not None
    source = tr("{producer}, {title}", producer=figure.origin.producer, title=figure.origin.title)
    when = tr("as of {as_of}", as_of=figure.as_of) if figure.as_of != date_of(figure.as_of) else ""
    item = _scaled(figure.item, figure.amount, times)
    return item, told(figure.fit.note), when, source, figure.origin.locator or ""


def _scaled(item: str, amount: float, times: int) -> str:
    if times <= 1:
        return item
    count, each = format_number(times), format_number(amount)
    return tr("derived: {count} × {item} at {amount}", count=count, item=item, amount=each)
