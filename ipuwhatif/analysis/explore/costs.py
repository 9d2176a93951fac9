"""What plans take in chips, chip-hours, energy and money, by what the scenario states and sources give.

A price or a power that is stated of one size of a system holds, for a chip, for its other sizes: that of the nearest.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from ipuwhatif.analysis.cost.economics import hourly
from ipuwhatif.analysis.cost.footprint import power_of
from ipuwhatif.analysis.cost.prices import counted_price
from ipuwhatif.analysis.cost.reasons import NoPrice, PriceWanted
from ipuwhatif.analysis.explore.plans import Plans
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import CHIP_HOURS
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import short_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import COST
from ipuwhatif.scenario.prices.prices import Price
from ipuwhatif.scenario.resolve import settings_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import Said

#: What a picture shows time against.
AGAINST = (CHIPS, MONEY, ENERGY, CHIP_HOURS)
_HOUR = 3600.0
_POWER = "power_kw"


class Rate(Record, frozen=True):
    """Of one system: pairs of a size and what a chip of it takes, none where nothing is known, and what is lacking."""

    money: tuple[tuple[int, float], ...]  # an hour, in the currency of all
    power: tuple[tuple[int, float], ...]  # kW with cooling
    machine: int  # chips of a machine, where its power is that of whole ones; else 1
    lacks_money: Said  # what to state; empty where nothing lacks
    lacks_power: Said


class Rates(Record, frozen=True):
    """By the code of a system. `currency` is empty without a price; `prices` are those that count, with whose it is."""

    systems: tuple[Rate, ...]
    currency: str
    prices: tuple[tuple[str, Price], ...]

    def lacking(self, against: str) -> tuple[Said, ...]:
        """What to state, system by system, before all plans have a figure."""
        lacks = {MONEY: [each.lacks_money for each in self.systems], ENERGY: [e.lacks_power for e in self.systems]}
        return tuple(dict.fromkeys(filter(None, lacks.get(against, ()))))


def rates_of(world: World, scenario: Scenario, systems: Sequence[str]) -> Rates:
    """What a chip of each system takes under a scenario; prices in the currency of the reference's."""
    priced = [choice for choice in _stated(scenario.prices, world.catalog) if counted_price(scenario, choice)]
    priced.sort(key=lambda choice: choice.key != scenario.reference)
    first = None if not priced else counted_price(scenario, priced[0])
    currency = "" if first is None else first.currency
    counted = [choice for choice in priced if choice.system in systems]
    return Rates(
        tuple(_rate(world, scenario, system, currency) for system in systems),
        currency,
        tuple(
            (short_name(choice, world.catalog), price)
            for choice in counted
            if (price := counted_price(scenario, choice)) is not None and price.currency == currency
        ),
    )


def _stated(named: Mapping[str, object], catalog: Catalog) -> list[SystemChoice]:
    """The systems of one size among some keys, as far as the catalog has them."""
    pairs = [key.partition(":") for key in named]
    return [SystemChoice(system, int(chips)) for system, _, chips in pairs if chips and system in catalog.systems]


def _rate(world: World, scenario: Scenario, system: str, currency: str) -> Rate:
    money, lacks_money = _money(world, scenario, system, currency)
    sized = [name.rpartition(".") for name in scenario.levers]
    sizes = _stated({scope: 0 for scope, _, key in sized if key == _POWER}, world.catalog)
    stated = sorted({choice.chips for choice in sizes if choice.system == system})
    each = world.catalog.systems[system].chips_per_machine
    power: list[tuple[int, float]] = []
    lacks_power: Said = ""
    for chips in stated or [each]:
        choice = SystemChoice(system, chips)
        settings = settings_of(scenario, choice, world.levers, world.catalog)[COST]
        drawn = power_of(world, scenario, choice)
        if drawn.value is None:
            lacks_power = drawn.words
        else:
            power.append((chips, drawn.value * settings.get("cooling_overhead", 1.0) / chips))
    return Rate(money, tuple(power), 1 if stated else each, lacks_money, lacks_power)


def _money(world: World, scenario: Scenario, system: str, currency: str) -> tuple[tuple[tuple[int, float], ...], Said]:
    """Of each size with a price what an hour of a chip costs; without any what to state."""
    found: list[tuple[int, float]] = []
    lacks: Said = ""
    name = world.catalog.systems[system].name
    for choice in sorted(_stated(scenario.prices, world.catalog), key=lambda each: each.chips):
        price = counted_price(scenario, choice)
        if choice.system != system or price is None:
            continue
        if price.currency != currency:
            lacks = PriceWanted(name, currency)
            continue
        settings = settings_of(scenario, choice, world.levers, world.catalog)[COST]
        rate, lack = hourly(price, settings, name)
        lacks = lack or lacks
        if rate is not None:
            found.append((choice.chips, rate / choice.chips))
    return tuple(found), "" if found else lacks or NoPrice(name)


def taken_by(plans: Plans, rates: Rates, against: str) -> FloatArray:
    """What training once takes of one of AGAINST: chips, `currency`, kWh or hours of a chip; nan where nobody knows."""
    chips = plans.values[CHIPS].astype(np.float64)
    if against == CHIPS:
        return chips
    hours = chips * plans.time_s / _HOUR
    return hours if against == CHIP_HOURS else hours * _of_chips(plans, rates, against)


def _of_chips(plans: Plans, rates: Rates, against: str) -> FloatArray:
    found = np.full(len(plans), np.nan)
    for code, rate in enumerate(rates.systems):
        sized = rate.money if against == MONEY else rate.power
        rows = np.flatnonzero(plans.system == code) if sized else np.zeros(0, dtype=np.intp)
        if len(rows):
            found[rows] = of_chip(
                sized, plans.values[CHIPS][rows].astype(np.float64), rate.machine if against == ENERGY else 1
            )
    return found


def of_chip(sized: Sequence[tuple[int, float]], chips: FloatArray, machine: int) -> FloatArray:
    """What a chip takes at the stated size that is nearest to each of some; nan for parts of a machine."""
    sizes, values = (np.array(column) for column in zip(*sized, strict=True))
    nearer = np.searchsorted(np.sqrt(sizes[1:] * sizes[:-1].astype(np.float64)), chips)
    return np.where(chips % machine == 0, values[nearer], np.nan)
