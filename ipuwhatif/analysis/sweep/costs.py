"""Money, energy and carbon of plans, by the rules of `cost`: what is not stated and in no source has no figure."""

from collections.abc import Mapping

import numpy as np

from ipuwhatif.analysis.cost.economics import hourly
from ipuwhatif.analysis.cost.footprint import power_of
from ipuwhatif.analysis.sweep.answers import Part
from ipuwhatif.analysis.sweep.axes import PRICE, Axis
from ipuwhatif.analysis.sweep.blocks import Block
from ipuwhatif.analysis.sweep.reasons import AxisFault, PriceOfOneSystem, TwoCurrencies
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import Price, parse_price
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError, RefusedError, reason_of

MONEY, ENERGY, ELECTRICITY, CARBON = "money", "energy_kwh", "electricity", "carbon_kg"
COSTS = (MONEY, ENERGY, ELECTRICITY, CARBON)
_NOTHING_STATED = replace(FIRST_START, levers={})
_HOUR = 3600.0
_TWO_SIZES = (1, 2)  # by which a price of a chip is told from one of a system


def costs_of(world: World, part: Part, seconds: FloatArray) -> dict[str, FloatArray]:
    """Each of COSTS for the plans of a part, nan where it cannot be told; seconds: of the same plans."""
    block, unit = part.unit.block, part.unit
    place = np.arange(unit.start, unit.stop) % block.cost_count
    needed, which = np.unique(place, return_inverse=True)
    rates = np.array([[_rates(world, block, chips, int(cost)) for cost in needed] for chips in part.chips])
    money, energy, electricity, carbon = np.moveaxis(rates[:, which], -1, 0).reshape(len(COSTS), -1)
    energy = seconds * energy
    return {MONEY: seconds * money, ENERGY: energy, ELECTRICITY: energy * electricity, CARBON: energy * carbon}


def _rates(world: World, block: Block, chips: int, cost: int) -> tuple[float, float, float, float]:
    """Money and kWh of a second, money and kilograms of a kWh; nan for what is not known."""
    at = np.unravel_index(cost, [len(axis.values) for axis in block.costs]) if block.costs else ()
    said = {axis.word: axis.values[int(place)] for axis, place in zip(block.costs, at, strict=True)}
    settings = {world.levers[word].field: float(value) for word, value in said.items() if word in world.levers}
    price = parse_price(str(said[PRICE]), PRICE, chips) if PRICE in said else None
    rate, _ = hourly(price, settings, "")
    power = settings.get("power_kw", _power(world, SystemChoice(block.system, chips)))
    return (
        np.nan if rate is None else rate / _HOUR,
        power * settings.get("cooling_overhead", 1.0) / _HOUR,
        settings.get("electricity_price", np.nan),
        settings.get("carbon_intensity", np.nan) / 1e3,
    )


def _power(world: World, choice: SystemChoice) -> float:
    """The power of a system by a source that was read [kW]; nan where none gives it."""
    power = power_of(world, _NOTHING_STATED, choice).value
    return np.nan if power is None else power


def check_prices(blocks: tuple[Block, ...]) -> None:
    """InputError for prices that are none, in more than one currency, or of one system where there are several."""
    currencies: Mapping[str, str] = {}
    for block in blocks:
        for axis in block.costs:
            if axis.word == PRICE:
                currencies = {
                    **currencies,
                    **{_checked(str(text), axis, block).currency: str(text) for text in axis.values},
                }
    if len(currencies) > 1:
        first, second = list(currencies.values())[:2]
        raise RefusedError(TwoCurrencies(first, second))


def _checked(text: str, axis: Axis, block: Block) -> Price:
    try:
        of_one, of_two = (parse_price(text, axis.name, chips) for chips in _TWO_SIZES)
    except InputError as fault:
        raise RefusedError(AxisFault(axis.name, reason_of(fault))) from None
    if of_one.amount == of_two.amount and len(block.chips) > 1:
        raise RefusedError(PriceOfOneSystem(axis.name, text, block.system))
    return of_one
