"""What training once takes in money, energy and carbon, worked out from projected times and from what the user states.

Nothing has a default: where an input is missing there is no figure, but the words of what to state. All of it is
derived, none of it is an MLPerf® metric.
"""

from collections.abc import Mapping

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.cost.footprint import power_of
from ipuwhatif.analysis.cost.prices import Priced, counted_price, far_apart, price_lack, price_leaves_out
from ipuwhatif.analysis.cost.reasons import CostLack, NotSpread, Spread
from ipuwhatif.analysis.results import Comparison, Factor, Projection, Quantity
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import Record
from ipuwhatif.scenario.edits import set_lever
from ipuwhatif.scenario.levers import COST, Levers
from ipuwhatif.scenario.prices.prices import RENT, Price
from ipuwhatif.scenario.resolve import acts_on_time, settings_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import Said

MONEY, ENERGY, CARBON = "money", "energy", "carbon"
MEASURES = (MONEY, ENERGY, CARBON)
HOURS_OF_A_YEAR = 365.25 * 24.0
_HOUR = 3600.0


class Bill(Record, frozen=True):
    """What training once takes on one system; `None` where an input is missing, and `lacking` says which."""

    projection: Projection
    price: Price | None  # the one that counts
    currency: str  # of the money; empty without a price
    money: Quantity | None  # rent, or the share of the purchase price; without electricity
    energy_kwh: Quantity | None
    electricity: Quantity | None  # money for the energy, in the currency of the prices
    carbon_kg: Quantity | None
    power: Factor  # kW while it trains
    settings: Mapping[str, float]  # what is stated for this system: "utilisation", "cooling_overhead" ...
    lacking: Mapping[str, Said]  # by measure: what to state
    price_leaves_out: Said = ""  # what the price does not hold: "host servers and switches"

    def quantity(self, measure: str) -> Quantity | None:
        """The figure of one of MEASURES: money in `currency`, energy in kWh, carbon in kg of CO2 equivalent."""
        return {MONEY: self.money, ENERGY: self.energy_kwh, CARBON: self.carbon_kg}[measure]


class Economics(Record, frozen=True):
    """The bills of the systems of a comparison, in its order."""

    comparison: Comparison
    bills: tuple[Bill, ...]
    settings: tuple[Said, ...]  # what is stated about costs: "All systems: electricity price 0.15 per kWh"
    currencies: tuple[str, ...]  # of the prices that count, each once
    apart: tuple[Priced, Priced] | None  # two prices that may be more than twelve months apart, the older first
    uncounted: tuple[Priced, ...]  # recalled prices that nobody confirmed, by the name of the system

    @property
    def electricity_currency(self) -> str:
        """That of the prices, where they have one: the price of electricity is stated in it. Else empty."""
        return self.currencies[0] if len(self.currencies) == 1 else ""


def economics(world: World, scenario: Scenario, draws: int | None = None) -> Economics:
    """Money, energy and carbon of training once on each system of the scenario.

    Money is the price of an hour × hours, or the purchase price / (lifetime × utilisation) × hours; energy is power ×
    cooling overhead × hours; intervals are those of the times. InputError where no system is ticked or can run the job.
    """
    return economics_of(world, scenario, compare(world, scenario, draws))


def economics_of(world: World, scenario: Scenario, comparison: Comparison, beside: Scenario | None = None) -> Economics:
    """The same of a comparison of this scenario that is known already; `beside` is another whose rows stand in it."""
    bills = tuple(
        _bill(world, beside if beside is not None and each.scenario else scenario, each)
        for each in comparison.projections
    )
    priced = [(each.projection.name, each.price) for each in bills if each.price is not None]
    return Economics(
        comparison=comparison,
        bills=bills,
        settings=tuple(
            dict.fromkeys(
                text
                for each in (scenario, beside)
                if each is not None
                for text in _cost_settings(each, world.levers, world.catalog)
            )
        ),
        currencies=tuple(dict.fromkeys(price.currency for _, price in priced)),
        apart=far_apart(priced),
        uncounted=tuple(
            (each.name, price)
            for each in comparison.projections
            if (price := scenario.prices.get(each.choice.key)) is not None and not price.confirmed
        ),
    )


def _bill(world: World, scenario: Scenario, projection: Projection) -> Bill:
    choice, time = projection.choice, projection.time_to_train_s
    settings = settings_of(scenario, choice, world.levers, world.catalog)[COST]
    price, power = counted_price(scenario, choice), power_of(world, scenario, choice)
    rate, lack = hourly(price, settings, projection.name)
    energy = None
    if power.value is not None:
        energy = _times(time, power.value * settings.get("cooling_overhead", 1.0) / _HOUR)
    lacking: dict[str, Said] = {ENERGY: "" if energy else power.words}
    lacking[MONEY] = lack if price is not None else price_lack(scenario, choice, world.catalog)
    lacking[CARBON] = lacking[ENERGY]
    if "carbon_intensity" not in settings:
        lacking[CARBON] = CostLack.CARBON_INTENSITY
    return Bill(
        projection=projection,
        price=price,
        currency="" if price is None else price.currency,
        money=None if rate is None else _times(time, rate / _HOUR),
        energy_kwh=energy,
        electricity=_of(energy, settings.get("electricity_price")),
        carbon_kg=_of(energy, _kilograms(settings)),
        power=power,
        settings=settings,
        lacking={measure: words for measure, words in lacking.items() if words},
        price_leaves_out="" if price is None else price_leaves_out(choice, price, world.catalog),
    )


def hourly(price: Price | None, settings: Mapping[str, float], name: str) -> tuple[float | None, Said]:
    """What an hour of a system costs; without it, what to state."""
    if price is None:
        return None, ""
    if price.per == RENT:
        return price.amount, ""
    life, share = settings.get("lifetime_years"), settings.get("utilisation")
    if life is None and share is None:
        return None, NotSpread(name, Spread.LIFETIME_AND_UTILISATION)
    if life is None:
        return None, NotSpread(name, Spread.LIFETIME)
    if share is None:
        return None, NotSpread(name, Spread.UTILISATION)
    return price.amount / (life * HOURS_OF_A_YEAR * share / 100.0), ""


def _kilograms(settings: Mapping[str, float]) -> float | None:
    """Kilograms of CO2 equivalent a kWh."""
    grams = settings.get("carbon_intensity")
    return None if grams is None else grams / 1e3


def _of(quantity: Quantity | None, factor: float | None) -> Quantity | None:
    return None if quantity is None or factor is None else _times(quantity, factor)


def _times(quantity: Quantity, factor: float) -> Quantity:
    return Quantity(quantity.median * factor, quantity.low * factor, quantity.high * factor, quantity.level)


def _cost_settings(scenario: Scenario, levers: Levers, catalog: Catalog) -> tuple[Said, ...]:
    found = []
    for name, value in scenario.levers.items():
        if not acts_on_time(name, levers):
            scope, _, key = name.rpartition(".")
            found.append(set_lever(scenario, scope, levers[key], value, catalog).name)
    return tuple(found)
