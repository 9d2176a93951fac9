"""Price lists of the user's own, CSV, XLSX, Parquet or TOML, as prices that are offered: a row each."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

from ipuwhatif.catalog.hourly_prices import accelerator_systems, instance_systems
from ipuwhatif.catalog.names import parse_system, short_name
from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.importers.prices.columns import (
    AMOUNT,
    CHIPS,
    CURRENCY,
    DATE,
    ITEM,
    PER,
    PRICE_TABLE,
    REGION,
    SOURCE,
)
from ipuwhatif.importers.prices.kept import check_own_price
from ipuwhatif.importers.prices.money import Unit, per_of, read_money, read_unit
from ipuwhatif.importers.prices.reasons import RowFault
from ipuwhatif.importers.prices.toml_list import toml_sheet
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.results.placing import plain_name, unknown_system
from ipuwhatif.importers.tables.cells import Line, Sheet
from ipuwhatif.importers.tables.reading import (
    Proposal,
    Said,
    Table,
    best_sheet,
    fits,
    open_table,
    proposal_of,
)
from ipuwhatif.records import Record
from ipuwhatif.scenario.prices.money import Money
from ipuwhatif.scenario.prices.prices import BUY, RENT
from ipuwhatif.units import InputError, RefusedError, reason_of, told
from ipuwhatif.units import Said as Reason

TOML = ".toml"
#: The systems that a name stands for, and their chips where the name says how many: else 0.
SystemsOf: TypeAlias = Callable[[str], tuple[tuple[str, ...], int]]


class PriceList(Record, frozen=True):
    """Everything that was read of a list; `notes` are about the whole of it."""

    prices: tuple[OwnPrice, ...]
    refused: tuple[Refused, ...] = ()
    notes: tuple[Reason, ...] = ()


def read_price_list(path: Path, catalog: Catalog, said: Said | None = None) -> PriceList:
    """The prices of a file; a row with a fault is refused by its place, the others are read.

    said: its `units` may state the currency, the "per what" and the date of rows that say none. InputError where the
    table as a whole cannot be read.
    """
    said = said or Said()
    sheet = _sheet(path, said)
    try:
        _check_said(said.units)
        table = open_table(sheet, PRICE_TABLE, said)
    except InputError as error:
        raise RefusedError(Refused(sheet.name, reason_of(error))) from None
    prices, refused = [], []
    systems = cache(lambda item: _systems(item, catalog, said))
    for line in table.body:
        try:
            prices.append(_price(table, line, systems, said))
        except InputError as error:
            refused.append(Refused(sheet.place(line), reason_of(error)))
    return PriceList(tuple(prices), tuple(refused), table.notes)


def propose(path: Path) -> Proposal:
    """The proposal for a list. InputError where the file holds none."""
    return proposal_of(_sheet(path, Said()), PRICE_TABLE, (AMOUNT,))


def is_price_list(path: Path) -> bool:
    """Whether a table has the columns of a price list, and not those of results."""
    try:
        return fits(_sheet(path, Said()), PRICE_TABLE, Said())
    except InputError:
        return False


def _sheet(path: Path, said: Said) -> Sheet:
    return toml_sheet(path) if path.suffix.casefold() == TOML else best_sheet(path, PRICE_TABLE, said)


def _check_said(units: Mapping[str, str]) -> None:
    if PER in units:
        per_of(units[PER])


def _price(table: Table, line: Line, systems_of: SystemsOf, said: Said) -> OwnPrice:
    item, chips = table.needed(line, ITEM), table.count(line, CHIPS)
    money = _money(table, line, said)
    systems, fixed = systems_of(item)
    price = OwnPrice(
        place=told(table.sheet.place(line)),  # it is kept as it is told
        item=item,
        systems=systems,
        chips=1 if money.per_chip else chips or fixed,
        each=money.per_chip,
        amount=money.amount,
        currency=money.currency,
        per=RENT if money.per else BUY,
        date=(table.words(line, DATE) or said.units.get(DATE, "")).strip()[:10],
        region=table.words(line, REGION),
        source=table.words(line, SOURCE),
    )
    if not price.date:
        raise RefusedError(RowFault.NO_DATE)
    check_own_price(price)
    return price


def _money(table: Table, line: Line, said: Said) -> Money:
    text = table.number(line, AMOUNT)
    if not text:
        raise RefusedError(RowFault.NO_PRICE)
    per = table.words(line, PER)
    units = [
        Unit(table.words(line, CURRENCY), per_of(per) if per else None),
        read_unit(table.mapped.columns[AMOUNT].unit),
        Unit(said.units.get(CURRENCY, ""), per_of(said.units[PER]) if PER in said.units else None),
    ]
    try:
        return read_money(text, units)
    except InputError as error:
        raise table.by_cell(line, AMOUNT, error) from None


def _systems(item: str, catalog: Catalog, said: Said) -> tuple[tuple[str, ...], int]:
    """The systems that a name stands for, and their chips where the name says how many: else 0.

    A chip stands for every system that has it. InputError with the nearest name.
    """
    if item in said.systems:
        return (said.systems[item].system,), said.systems[item].chips
    plain = plain_name(item)
    for name, choice in catalog.presets.items():
        if plain in (plain_name(name), plain_name(short_name(choice, catalog))):
            return (choice.system,), choice.chips
    for key, system in catalog.systems.items():
        if plain in (plain_name(key), plain_name(system.name)):
            return (key,), 0
    if ":" in item:
        choice = parse_system(item, catalog)
        return (choice.system,), choice.chips
    instances = {plain_name(name): found for name, found in instance_systems().items()}
    if plain in instances:
        having, count = instances[plain]
        return _of_chip(catalog.systems[having].chip, catalog), count
    chip = _chip(plain, catalog)
    if chip is None:
        raise RefusedError(unknown_system(item, catalog))
    return _of_chip(chip, catalog), 0


def _of_chip(chip: str, catalog: Catalog) -> tuple[str, ...]:
    return tuple(key for key, system in catalog.systems.items() if system.chip == chip)


def _chip(plain: str, catalog: Catalog) -> str | None:
    """The chip of a name: its own, its key, or what clouds call it."""
    for key, chip in catalog.chips.items():
        if plain in (plain_name(key), plain_name(chip.name)):
            return key
    called = {plain_name(name): system for name, system in accelerator_systems().items()}
    return catalog.systems[called[plain]].chip if plain in called else None
