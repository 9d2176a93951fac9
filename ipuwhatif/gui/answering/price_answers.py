"""Which prices an answer about money still needs, so that the window can ask for them in its place."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from ipuwhatif.analysis.results import Comparison
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.gui.answering.reply import PricesAsked
from ipuwhatif.scenario.prices.prices import BUY
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.analysis.cost.economics import Economics


def purchases_asked(comparison: Comparison, scenario: Scenario) -> PricesAsked:
    """What a comparison per purchase price needs: what each system costs to buy, in one currency."""
    lacking = {
        each.choice: sentence(unit.words) if each.choice.key in scenario.prices else ""
        for each, unit in zip(comparison.projections, comparison.units, strict=True)
        if unit.value is None
    }
    return PricesAsked(
        tr("What does each system cost to buy? No price is assumed."),
        MappingProxyType(lacking),
        BUY,
        counted=tuple(each.choice for each in comparison.projections),
    )


def bills_asked(answer: "Economics", catalog: Catalog) -> PricesAsked:
    """What money needs: a price that counts for each system, and of what is bought its lifetime and its use."""
    money, per = "money", [bill.price.per if bill.price is not None else "" for bill in answer.bills]
    lacking = {bill.projection.choice: "" for bill in answer.bills if bill.price is None}
    bought = [bill for bill, each in zip(answer.bills, per, strict=True) if each == BUY]
    return PricesAsked(
        tr("What does each system cost, bought or rented? No price is assumed."),
        MappingProxyType(lacking),
        spread=tuple(dict.fromkeys(catalog.systems[bill.projection.choice.system].family for bill in bought)),
        lacks_spread=any(bill.quantity(money) is None for bill in bought),
        counted=tuple(bill.projection.choice for bill in answer.bills),
    )
