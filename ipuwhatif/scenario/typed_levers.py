"""Levers as they are typed: `ipu.compute_gain=1.3`, with or without the unit, as people write prices and power."""

from collections.abc import Collection, Mapping

from ipuwhatif.catalog.names import nearest_name, parse_system
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.scenario.amount import CHINESE_WORDS
from ipuwhatif.scenario.levers import EVERY, ONE, RUN, WRITTEN, Lever, Levers
from ipuwhatif.scenario.prices.money import read_electricity
from ipuwhatif.scenario.prices.rates import read_carbon, read_power
from ipuwhatif.scenario.prices.reasons import OtherCurrency
from ipuwhatif.scenario.reasons import (
    AtLever,
    LeverValue,
    NobodyOfThatName,
    NoNumber,
    NoSetting,
    NoWholeNumber,
    OfOneChip,
    OutsideRange,
    UnknownLever,
)
from ipuwhatif.scenario.run_terms import read_run_term
from ipuwhatif.units import (
    InputError,
    RefusedError,
    nearest,
    parse_quantity,
    reason_of,
    refuse_either,
    split_number,
    typed,
)

#: What units of levers are typed as in Chinese, beside their own names.
_CHINESE_UNITS: Mapping[str, tuple[str, ...]] = {
    **CHINESE_WORDS,
    "micro-batches": ("微批",),
    "stages": ("级",),
    "chips": ("芯片",),
    "machines": ("台",),
    "rounds": ("轮次",),
    "bit": ("位",),
    "years": ("年",),
    "h": ("小时",),
    "min": ("分钟",),
    "s": ("秒",),
    "per 1,000 chip-days": ("每千芯片天",),
    "per kWh": ("每 kWh",),
    "× all layers": ("× 全部层",),
}


def parse_value(text: str, lever: Lever, chips: int | None = None, currencies: Collection[str] = ()) -> float:
    """A typed value of a lever, with or without its unit. InputError names the range and the nearest value in it.

    chips: of the system that it is for, None where it is for several. currencies: of the prices that are stated.
    """
    try:
        value = _typed(typed(text), lever, chips)
        check_currency(text, lever, currencies)
    except InputError as error:
        raise RefusedError(AtLever(reason_of(error), lever)) from error
    check_range(value, text.strip(), lever)
    return value


def check_range(value: float, text: str, lever: Lever) -> None:
    """InputError where a value, which was written as `text`, is no value of a lever."""
    if lever.whole and lever.minimum <= value <= lever.maximum and not value.is_integer():
        raise RefusedError(NoWholeNumber(text, LeverValue(lever, value)))
    if not lever.minimum <= value <= lever.maximum:
        raise RefusedError(OutsideRange(text, LeverValue(lever, min(max(value, lever.minimum), lever.maximum))))


def check_currency(text: str, lever: Lever, currencies: Collection[str]) -> None:
    """InputError for a price of electricity that is typed in another currency than the prices of the systems."""
    if lever.field != "electricity_price" or not currencies or _without_unit(typed(text), lever) is not None:
        return
    typed_in = read_electricity(text).currency
    if set(currencies) != {typed_in}:
        raise RefusedError(OtherCurrency(text.strip(), typed_in, tuple(sorted(currencies))))


def _typed(text: str, lever: Lever, chips: int | None) -> float:
    """A typed number in the unit of a lever, which may be left out, or as people write prices, power and carbon."""
    number = _without_unit(text, lever)
    if number is not None:
        if lever.whole:
            refuse_either(number)
        if lever.unit != "×" and split_number(number) is None:
            raise RefusedError(NoNumber(text, LeverValue(lever, lever.parts[0][0])))
        return parse_quantity(number, "1")
    if lever.target == RUN and not lever.whole:
        return read_run_term(text, lever.unit)
    if lever.field == "electricity_price":
        return read_electricity(text).amount
    if lever.field == "carbon_intensity":
        return read_carbon(text)
    if lever.field == "power_kw":
        watts, per_chip = read_power(text)
        if per_chip and chips is None:
            raise RefusedError(OfOneChip(text))
        return float(f"{watts * ((chips or 1) if per_chip else 1) / 1e3:.12g}")
    return parse_quantity(text, "samples" if lever.unit == "samples" else "1")


def _without_unit(text: str, lever: Lever) -> str | None:
    """A typed number, or one with the lever's own unit in either language; None where something else follows it."""
    units = (lever.unit, ONE.get(lever.unit, lever.unit), *_CHINESE_UNITS.get(lever.unit, ()))
    number = next((text.removesuffix(unit).strip() for unit in units if text.endswith(unit)), text)
    found = split_number(number)
    if found is None:
        return None if lever.field in WRITTEN or lever.target == RUN else number
    return None if found.rest else number


def parse_setting(text: str, levers: Levers, catalog: Catalog, currencies: Collection[str] = ()) -> tuple[str, float]:
    """`scope.lever=value` as name and value of a scenario's lever; scope is a family, a preset, system:chips or all.

    Raises InputError naming the nearest lever and its range.
    """
    name, separator, value = typed(text).partition("=")
    scope, dot, key = name.strip().rpartition(".")
    if not separator or not dot:
        raise RefusedError(NoSetting(text, "ipu.compute_gain=1.3"))
    checked_scope, family = _scope(scope, key, levers, catalog)
    lever = levers.get(key)
    if lever is None or not lever.is_for(family):
        closest = levers[nearest(key, [known for known, other in levers.items() if other.is_for(family)]) or key]
        raise RefusedError(UnknownLever(name.strip(), f"{checked_scope}.{closest.key}", closest))
    chips = parse_system(checked_scope, catalog).chips if ":" in checked_scope else None
    return f"{checked_scope}.{lever.key}", parse_value(value, lever, chips, currencies)


def _scope(scope: str, key: str, levers: Levers, catalog: Catalog) -> tuple[str, str]:
    """The scope as documents write it, and its family."""
    families = {system.family for system in catalog.systems.values()} | {EVERY}
    if scope in families:
        return scope, scope
    try:
        choice = parse_system(scope, catalog)
    except InputError:
        closest = str(nearest_name(scope.partition(":")[0], [*families, *catalog.presets]))
        family = catalog.systems[catalog.presets[closest].system].family if closest in catalog.presets else closest
        lever = levers[nearest(key, [known for known, other in levers.items() if other.is_for(family)]) or key]
        raise RefusedError(NobodyOfThatName(scope, f"{closest}.{lever.key}", lever)) from None
    return choice.key, catalog.systems[choice.system].family
