"""The table of Cost: a row a system, with time, money, energy, carbon and price."""

from collections.abc import Sequence

from ipuwhatif.analysis.cost.economics import ENERGY, MEASURES, MONEY, Bill, Economics
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import Cell, Column, TableSpec
from ipuwhatif.charts.ticks import TimeUnit, time_unit
from ipuwhatif.figures.cells import amount_cell, amount_interval_cell, time_cell
from ipuwhatif.figures.cost.cost_amounts import unit_of
from ipuwhatif.figures.cost.cost_words import (
    amount_text,
    cost_key,
    measure_name,
)
from ipuwhatif.figures.phrasing import (
    key_of,
    missing_key,
    row_tint,
    short_row_name,
)
from ipuwhatif.figures.scenarios.own_figures import origin_text, price_text
from ipuwhatif.texts import tr

_DASH = "–"
#: Columns that stand only where they say something: measures, whether electricity is paid, whether there is a price.
Shown = tuple[Sequence[str], bool, bool]


def cost_table(answer: Economics, measure: str) -> TableSpec:
    """One row a system: projected time, what of money, energy and carbon can be told, interval and price."""
    projections = answer.comparison.projections
    unit = time_unit([each.time_to_train_s.median for each in projections])
    units = {
        each: unit_of(having, each)
        for each in MEASURES
        if (having := [bill for bill in answer.bills if bill.quantity(each) is not None])
    }
    paid = any(bill.electricity is not None for bill in answer.bills)
    columns = [Column(tr("System")), Column(tr("Projected time ({unit})", unit=unit.symbol), "decimal")]
    told = [each for each in MEASURES if each == measure or each in units]
    priced = measure == MONEY or any(bill.price is not None for bill in answer.bills)
    for each in told:
        head = _head(answer, each, units)
        several = each == MONEY and len(answer.currencies) > 1
        columns.append(Column(head, "decimal", mixed=several))
        if each == measure:
            unit_known = head != measure_name(each)
            title = tr("80 % interval ({unit})", unit=units[each].symbol) if unit_known else tr("80 % interval")
            columns.append(Column(title, "decimal"))
    if paid:
        currency = answer.electricity_currency
        name = tr("Electricity ({currency})", currency=currency) if currency else tr("Electricity")
        columns.append(Column(name, "decimal"))
    if priced:
        columns.append(Column(tr("Price")))
    rows = [_row(answer, bill, measure, unit, units, (told, paid, priced)) for bill in answer.bills]
    for missing in answer.comparison.missing:
        words = {0: missing.name, len(columns) - 1: tr("no projection")}
        rows.append(tuple(Cell(words.get(i, _DASH), key=missing_key(missing.choice)) for i in range(len(columns))))
    tints = [row_tint(each) for each in projections]
    return TableSpec(tuple(columns), tuple(rows), (*tints, *(NEUTRAL for _ in answer.comparison.missing)))


def _head(answer: Economics, measure: str, units: dict[str, TimeUnit]) -> str:
    name = measure_name(measure)
    if measure not in units or (measure == MONEY and len(answer.currencies) > 1):
        return name
    return tr("{name} ({unit})", name=name, unit=units[measure].symbol)


def _row(
    answer: Economics, bill: Bill, measure: str, unit: TimeUnit, units: dict[str, TimeUnit], shown: Shown
) -> tuple[Cell, ...]:
    each, (told, paid, priced) = bill.projection, shown
    cells = [
        Cell(each.name, key=key_of(each), short=short_row_name(each)),
        time_cell(each.time_to_train_s.median, unit, key_of(each)),
    ]
    for kind in told:
        quantity, key = bill.quantity(kind), cost_key(kind, each)
        size = units[kind].seconds if kind in units else 1.0
        if quantity is None:
            cells += [Cell(_DASH, key=key)] * (2 if kind == measure else 1)
            continue
        mixed = kind == MONEY and len(answer.currencies) > 1
        text = amount_text(bill, MONEY, quantity.median) if mixed else ""
        cells.append(Cell(text, None, key) if mixed else amount_cell(quantity.median / size, key))
        if kind == measure:
            cells.append(amount_interval_cell(quantity, size, key))
    if paid:
        key = cost_key(ENERGY, each)
        cells.append(amount_cell(bill.electricity.median, key) if bill.electricity else Cell(_DASH, key=key))
    if not priced:
        return tuple(cells)
    price, short = _DASH, ""
    if bill.price is not None:
        short = price_text(bill.price)
        price = tr("{price}; {origin}", price=short, origin=origin_text(bill.price))
    return (*cells, Cell(price, key=cost_key(MONEY, each), short=short))
