"""Scaling with the reply to a target: what brings a system to it, in the headline and as a row of the table."""

from ipuwhatif.analysis.results import Projection, Scaling
from ipuwhatif.analysis.seek.answer import CHIPS, GoalAnswer
from ipuwhatif.analysis.world import World
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Cell, Figure, TableSpec
from ipuwhatif.charts.ticks import TimeUnit
from ipuwhatif.figures.cells import interval_cell, time_cell
from ipuwhatif.figures.compare.goal import goal_headline, goal_key
from ipuwhatif.figures.phrasing import point_name, short_basis
from ipuwhatif.figures.table import scaling_unit
from ipuwhatif.records import replace
from ipuwhatif.units import format_number


def with_answer(figure: Figure, scaling: Scaling, found: GoalAnswer, world: World, official_shown: bool) -> Figure:
    """The figure with the reply as its headline; a chip count that it names stands in the table."""
    table = figure.table
    if found.over == CHIPS:
        unit = scaling_unit(scaling, official_shown)
        table = _with_row(table, scaling, found.projection, unit, goal_key(found.choice))
    return replace(figure, headline=goal_headline(found, world), table=table)


def _with_row(table: TableSpec, scaling: Scaling, projection: Projection, unit: TimeUnit, key: str) -> TableSpec:
    """The table with a row for a projection, in the order of the chip counts of its curve, unless it has one."""
    curve = next((each for each in scaling.curves if each.system == projection.choice.system), None)
    chips = projection.choice.chips
    if curve is None:
        return table
    names = {point_name(curve, count): count for count in (*curve.chips, chips)}
    counts = [names.get(row[0].text) for row in table.rows]
    mine = [(place, count) for place, count in enumerate(counts) if count is not None]
    if not mine or any(count == chips for _, count in mine):
        return table
    place = next((place for place, count in mine if count > chips), mine[-1][0] + 1)
    row = [
        Cell(point_name(curve, chips), key=key),
        Cell(format_number(chips), float(chips), key),
        time_cell(projection.time_to_train_s.median, unit, key),
        interval_cell(projection.time_to_train_s, unit, key),
    ]
    row += [Cell("")] * (len(table.columns) - 1 - len(row))
    row.append(Cell(short_basis(projection.basis, projection.beyond), key=key))
    tint = system_tint(curve.family, chips, curve.system)
    return replace(
        table,
        rows=(*table.rows[:place], tuple(row), *table.rows[place:]),
        tints=(*table.tints[:place], tint, *table.tints[place:]),
    )
