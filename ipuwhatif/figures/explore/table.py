"""Plans as a table: what each is, what it takes, how sure it is, and its layout."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.cost.economics import ENERGY as OF_ENERGY
from ipuwhatif.analysis.explore.chances import Chances
from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import PARTS, choice_of, release_words, system_words, varied_levers
from ipuwhatif.analysis.sweep.axes import CHIPS, RELEASE
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import CHIP_HOURS
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Cell, Column, TableSpec, Tint
from ipuwhatif.charts.ticks import time_unit
from ipuwhatif.figures.aligned import DASH
from ipuwhatif.figures.cells import amount_cell, printed, time_cell
from ipuwhatif.figures.cost.cost_words import amount_unit
from ipuwhatif.figures.explore.words import column_name, value_text
from ipuwhatif.figures.scenarios.lever_words import lever_name, unit_text
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_NOTHING = "–"
Filled = tuple[Column, list[Cell]]


def plans_table(world: World, explored: Explored, rows: Sequence[int], chances: Chances | None) -> TableSpec:
    """One row a plan. chances: of these plans among others, where they are known."""
    columns = list(_columns(world, explored, rows, chances))
    cells = list(zip(*(filled for _, filled in columns), strict=True))
    return TableSpec(tuple(column for column, _ in columns), tuple(cells), tuple(_tints(world, explored, rows)))


def _tints(world: World, explored: Explored, rows: Sequence[int]) -> list[Tint]:
    words = system_words(explored.plan)
    systems = [words[int(explored.plans.system[row])] for row in rows]
    chips = explored.plans.values[CHIPS][list(rows)]
    return [
        system_tint(world.catalog.systems[key].family, int(count), key)
        for key, count in zip(systems, chips, strict=True)
    ]


def _columns(world: World, explored: Explored, rows: Sequence[int], chances: Chances | None) -> list[Filled]:
    plan, plans, places = explored.plan, explored.plans, np.array(rows, dtype=np.intp)
    names = [system_name(choice_of(plan, plans, row), world.catalog) for row in rows]
    unit = time_unit(plans.time_s[places].tolist() or [60.0])
    times = [time_cell(float(seconds), unit) for seconds in plans.time_s[places]]
    filled: list[Filled] = [
        (Column(tr("System")), [Cell(name) for name in names]),
        (Column(tr("Projected ({unit})", unit=unit.symbol), "decimal"), times),
    ]
    if chances is not None:
        filled += _of_draws(chances, rows, unit.symbol, unit.seconds)
    filled.append(_whole(world, explored, CHIPS, places))
    for name in (MONEY, ENERGY, CHIP_HOURS):
        values = explored.column(name)[places]
        if np.isfinite(values).any():
            filled.append(_amount(world, explored, name, values))
    if len(release_words(plan)) > 1:
        said = [Cell(value_text(world, explored, RELEASE, float(code))) for code in plans.release[places]]
        filled.append((Column(tr("Release")), said))
    for name in varied_levers(plans):
        lever = world.levers[name]
        stated = [float(f"{value:.6g}") for value in plans.values[name][places]]
        title = (
            tr("{name} ({unit})", name=lever_name(lever), unit=unit_text(lever)) if lever.unit else lever_name(lever)
        )
        filled.append((Column(title, "decimal"), [Cell(lever.format_number(value), value) for value in stated]))
    filled += [_whole(world, explored, name, places) for name in PARTS if explored.differs(name)]
    if chances is not None:
        filled.append((Column(tr("Basis")), [_basis(chances, row) for row in rows]))
    return filled


def _whole(world: World, explored: Explored, name: str, places: np.ndarray) -> Filled:
    values = [round(float(value)) for value in explored.plans.values[name][places]]
    title = column_name(world, name, explored.rates)
    return Column(title, "decimal"), [Cell(format_number(value), float(value)) for value in values]


def _amount(world: World, explored: Explored, name: str, values: FloatArray) -> Filled:
    """Money, energy or chip-hours, energies in one unit."""
    title, size = column_name(world, name, explored.rates), 1.0
    if name == ENERGY:
        symbol, size = amount_unit(OF_ENERGY, values[np.isfinite(values)].tolist())
        title = tr("{name} ({unit})", name=title, unit=symbol)
    cells = [amount_cell(float(value) / size) if np.isfinite(value) else Cell(_NOTHING) for value in values]
    return Column(title, "decimal"), cells


def _of_draws(chances: Chances, rows: Sequence[int], symbol: str, size: float) -> list[Filled]:
    places = [chances.place(row) for row in rows]
    spans = [Cell(_NOTHING)] * len(rows)
    for number, place in enumerate(places):
        if place is not None:
            texts = [format_number(float(end) / size, 3) for end in (chances.low[place], chances.high[place])]
            spans[number] = Cell(DASH.join(texts), None, "", (printed(texts[0]), printed(texts[1])))
    found = [(Column(tr("80 % interval ({unit})", unit=symbol), "decimal"), spans)]
    shares = {
        tr("On the front (%)"): chances.on_front,
        tr("Fastest (%)"): chances.fastest,
        tr("Under target (%)"): chances.under_target,
    }
    for title, values in shares.items():
        if np.isfinite(values).any():
            found.append((Column(title, "decimal"), [_share(values, place) for place in places]))
    return found


def _share(values: FloatArray, place: int | None) -> Cell:
    if place is None:
        return Cell(_NOTHING)
    percent = round(100.0 * float(values[place]), 1)
    return Cell(f"{percent:.1f}", percent)


def _basis(chances: Chances, row: int) -> Cell:
    place = chances.place(row)
    if place is None:
        return Cell(_NOTHING)
    return Cell(tr("beyond the data") if chances.beyond[place] else tr("inside the data"))
