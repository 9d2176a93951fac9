"""What a system takes while it trains: chips, money, power and rack units, each with its basis or with what to state.

Systems are compared by what training once uses of one of these: time to train × units. A system of 16 chips that trains
in half an hour uses 8 chip-hours; of two systems the one that uses less makes more of each chip. The same holds for
rack units, for kW of the most that the machines draw, and for the purchase price that is tied up meanwhile.
"""

from collections.abc import Sequence

from ipuwhatif.analysis.cost.prices import counted_price, price_lack, price_leaves_out
from ipuwhatif.analysis.cost.reasons import (
    AtPrice,
    ChipCount,
    InOtherCurrency,
    LeftOut,
    MachinesAt,
    MachinesOf,
    NoPower,
    NoRackUnits,
    PowerFromMemory,
    PowerOfWholeMachines,
    RackUnitsOfWholeMachines,
    RentOnly,
    StatedPower,
)
from ipuwhatif.analysis.results import Factor
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.datum import DERIVED, RECALLED, Datum
from ipuwhatif.catalog.footprints import Footprint, load_footprints
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.origins import with_kind
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.scenario.levers import COST
from ipuwhatif.scenario.prices.prices import BUY, Price
from ipuwhatif.scenario.resolve import settings_of
from ipuwhatif.scenario.scenario import PER_CHIP, PER_KW, PER_MONEY, PER_RACK_UNIT, Scenario


def units_of(world: World, scenario: Scenario, choices: Sequence[SystemChoice]) -> tuple[Factor, ...]:
    """How many units of what systems are compared by each of them takes; empty where they are compared as they are."""
    catalog = world.catalog
    if scenario.basis == PER_CHIP:
        return tuple(_chips(choice, catalog) for choice in choices)
    if scenario.basis == PER_KW:
        return tuple(power_of(world, scenario, choice) for choice in choices)
    if scenario.basis == PER_RACK_UNIT:
        return tuple(rack_units_of(choice, catalog) for choice in choices)
    return _purchases(scenario, choices, catalog) if scenario.basis == PER_MONEY else ()


def power_of(world: World, scenario: Scenario, choice: SystemChoice) -> Factor:
    """The power of a system [kW]: what the user states, else the most that its machines draw by a source that was read.

    A figure that was only recalled does not count, nor does that of a machine for a part of it.
    """
    stated = settings_of(scenario, choice, world.levers, world.catalog)[COST].get("power_kw")
    if stated is not None:
        return Factor(stated, StatedPower(1e3 * stated))
    name, footprint = system_name(choice, world.catalog), _footprint(choice, world.catalog)
    machines, rest = _machines(choice, world.catalog)
    if footprint.power is None:
        return Factor(None, NoPower(name))
    each = footprint.power.value
    if footprint.power.origin.kind == RECALLED:
        return Factor(None, PowerFromMemory(name, footprint.machine, each), footprint.power.origin)
    if rest:
        return Factor(None, PowerOfWholeMachines(name, *_machine(choice, world.catalog)))
    words = MachinesAt(machines, footprint.machine, each)
    return Factor(machines * each / 1e3, words, footprint.power.origin, footprint.leaves_out)


def rack_units_of(choice: SystemChoice, catalog: Catalog) -> Factor:
    """The rack units that the machines of a system fill, by a source that was read."""
    name, footprint = system_name(choice, catalog), _footprint(choice, catalog)
    machines, rest = _machines(choice, catalog)
    height = footprint.rack_units
    if height is None or height.origin.kind == RECALLED:
        return Factor(None, NoRackUnits(name))
    if rest:
        return Factor(None, RackUnitsOfWholeMachines(name, *_machine(choice, catalog)))
    words = MachinesOf(machines, footprint.machine, height.verbatim)
    return Factor(machines * height.value, words, height.origin, footprint.leaves_out)


def _chips(choice: SystemChoice, catalog: Catalog) -> Factor:
    return Factor(float(choice.chips), ChipCount(catalog.systems[choice.system].chip_word, choice.chips))


def _purchases(scenario: Scenario, choices: Sequence[SystemChoice], catalog: Catalog) -> tuple[Factor, ...]:
    """Purchase prices in one currency: that of the reference, else of the first system that has one."""
    prices = {choice: counted_price(scenario, choice) for choice in choices}
    bought = [choice for choice in choices if (price := prices[choice]) is not None and price.per == BUY]
    first = next((choice for choice in bought if choice.key == scenario.reference), bought[0] if bought else None)
    leading = None if first is None else prices[first]
    return tuple(_purchase(scenario, choice, prices[choice], leading, catalog) for choice in choices)


def _purchase(
    scenario: Scenario, choice: SystemChoice, price: Price | None, leading: Price | None, catalog: Catalog
) -> Factor:
    if price is None:
        return Factor(None, price_lack(scenario, choice, catalog))
    name = system_name(choice, catalog)
    if price.per != BUY:
        return Factor(None, RentOnly(name, price))
    if leading is not None and price.currency != leading.currency:
        return Factor(None, InOtherCurrency(name, price.currency, leading.currency))
    return Factor(
        price.amount, AtPrice(price), leaves_out=price_leaves_out(choice, price, catalog), unit=price.currency
    )


def _footprint(choice: SystemChoice, catalog: Catalog) -> Footprint:
    """What a machine of a system draws; of one of the user's own its chips alone, as far as their power is stated."""
    if choice.system not in catalog.own:
        return load_footprints()[choice.system]
    system, rated = catalog.systems[choice.system], catalog.chip_of(choice).data.get("power")
    count = system.chips_per_machine
    if rated is not None:
        origin = with_kind(rated.origin, DERIVED, f"{count} × {rated.verbatim}")
        rated = Datum(f"{system.key}.power", rated.value * count, rated.unit, origin)
    return Footprint(system.key, system.name, rated, None, LeftOut.HOSTS_AND_SWITCHES)


def _machines(choice: SystemChoice, catalog: Catalog) -> tuple[int, int]:
    return divmod(choice.chips, catalog.systems[choice.system].chips_per_machine)


def _machine(choice: SystemChoice, catalog: Catalog) -> tuple[int, str]:
    """Chips of a machine, and the word for one of them."""
    system = catalog.systems[choice.system]
    return system.chips_per_machine, system.chip_word
