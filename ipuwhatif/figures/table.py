"""Tables: the numbers of a figure as cells, with their units in the column titles."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ipuwhatif.analysis.results import Comparison, Missing, Projection, Quantity, Scaling, ScalingCurve
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Cell, Column, TableSpec, Tint
from ipuwhatif.charts.ticks import TimeUnit, time_unit
from ipuwhatif.figures.cells import amount_cell, amount_interval_cell, interval_cell, score_cell, time_cell
from ipuwhatif.figures.compare.basis import Yardstick, alike, use_text
from ipuwhatif.figures.compare.ratios import (
    OVERLAP,
    Side,
    is_rough,
    no_ratio_words,
    row_side,
    side_of,
    verdict,
    why_no_ratio,
)
from ipuwhatif.figures.phrasing import (
    key_of,
    layout_text,
    missing_key,
    official_key,
    point_basis,
    point_key,
    point_name,
    ratio_text,
    row_tint,
    short_basis,
    short_row_name,
)
from ipuwhatif.figures.scaling.shown_points import shown_points
from ipuwhatif.figures.scenarios.own_figures import measurement_text
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, rounded

NO_MEASUREMENTS: Mapping[str, Measurement] = MappingProxyType({})


def compare_table(
    comparison: Comparison, official_shown: bool, measurements: Mapping[str, Measurement] = NO_MEASUREMENTS
) -> TableSpec:
    """One row a system: official score, projection, interval, against the reference, layout and basis.

    measurements: the user's own, by the key of a system; a column of theirs stands there only where there are any.
    """
    unit = time_unit([each.time_to_train_s.median for each in comparison.projections], official_shown)
    own = {each.choice.key: measurements.get(each.choice.key) for each in comparison.projections}
    measured = any(own.values())
    columns = [
        Column(tr("System")),
        *([Column(tr("Official (min)"), "decimal")] if official_shown else []),
        Column(tr("Projected ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("80 % interval ({unit})", unit=unit.symbol), "decimal"),
        Column(_against_title(comparison)),
        *([Column(tr("Measured by you ({unit})", unit=unit.symbol), "decimal")] if measured else []),
        Column(tr("Layout")),
        Column(tr("Basis")),
    ]
    sides = [row_side(comparison, row, official_shown) for row in range(len(comparison.projections))]
    rows = tuple(
        _compare_row(
            each,
            unit,
            _against(sides, row, _other(comparison, row)),
            official_shown,
            [_own_cell(each, own[each.choice.key], unit)] if measured else [],
        )
        for row, each in enumerate(comparison.projections)
    )
    word, before = tr("no projection"), int(official_shown)
    rows += tuple(_missing_row(each, len(columns), word, before) for each in comparison.missing)
    tints = tuple(row_tint(each) for each in comparison.projections)
    tints += tuple(Tint("neutral", 0.9) for _ in comparison.missing)
    return TableSpec(tuple(columns), rows, tints)


def basis_table(comparison: Comparison, yard: Yardstick) -> TableSpec:
    """One row a system: what training once uses of the yardstick, its interval, the projected time and the units."""
    unit = time_unit([each.time_to_train_s.median for each in comparison.projections])
    columns = (
        Column(tr("System")),
        Column(yard.title, "decimal"),
        Column(tr("80 % interval ({unit})", unit=yard.unit.symbol), "decimal"),
        Column(tr("Against the reference")),
        Column(tr("Projected time ({unit})", unit=unit.symbol), "decimal"),
        Column(yard.head, "decimal"),
        Column(tr("Basis")),
    )
    rows = tuple(_basis_row(comparison, yard, row, unit) for row in range(len(comparison.projections)))
    rows += tuple(_missing_row(each, len(columns), tr("left out")) for each in comparison.missing)
    tints = tuple(row_tint(each) for each in comparison.projections)
    return TableSpec(columns, rows, (*tints, *(Tint("neutral", 0.9) for _ in comparison.missing)))


def _basis_row(comparison: Comparison, yard: Yardstick, row: int, unit: TimeUnit) -> tuple[Cell, ...]:
    each, key = comparison.projections[row], key_of(comparison.projections[row])
    amount, units = yard.of(row, each.time_to_train_s), yard.units[row].value or 0.0
    return (
        Cell(each.name, key=key),
        amount_cell(amount.median / yard.unit.seconds, key),
        amount_interval_cell(amount, yard.unit.seconds, key),
        _use_against(comparison, yard, row),
        time_cell(each.time_to_train_s.median, unit, key),
        Cell(format_number(units), rounded(units), key),
        Cell(short_basis(each.basis, each.beyond, each.sourced), key=key),
    )


def _use_against(comparison: Comparison, yard: Yardstick, row: int) -> Cell:
    """What training once uses against the reference, or why no ratio of them is stated."""
    each, reference = comparison.projections[row], comparison.projections[comparison.reference]
    key = key_of(each)
    if row == comparison.reference:
        return Cell(tr("reference"), key=key)
    if not alike(yard.units[row], yard.units[comparison.reference]):
        return Cell(tr("counted differently"), key=key)
    mine, theirs = yard.of(row, each.time_to_train_s), yard.of(comparison.reference, reference.time_to_train_s)
    sides = side_of(each, mine), side_of(reference, theirs)
    reason = why_no_ratio(*sides)
    if reason:
        return Cell(no_ratio_words(reason), key=key)
    return Cell(use_text(mine.median / theirs.median, is_rough(*sides)), key=key)


def _missing_row(missing: Missing, columns: int, word: str, before: int = 0) -> tuple[Cell, ...]:
    """A system without a figure: no number, a word in the place of the ratio, and a click asks why.

    before: how many columns stand before that of the number.
    """
    key = missing_key(missing.choice)
    words = {0: missing.name, before + 1: "–", before + 2: "–", before + 3: word}
    return tuple(Cell(words.get(column, ""), key=key) for column in range(columns))


def scaling_table(scaling: Scaling, official_shown: bool) -> TableSpec:
    """One row a curve and chip count: time, interval, those of a scenario beside it, official score and basis."""
    unit = scaling_unit(scaling, official_shown)
    times = (tr("Projected ({unit})", unit=unit.symbol), tr("80 % interval ({unit})", unit=unit.symbol))
    letters = (scaling.letter, scaling.beside_letter) if scaling.beside else ()
    told = [tr("{letter} · {name}", letter=letter, name=title) for letter in letters for title in times]
    beside = {curve.system: curve for curve in scaling.beside} if letters else None
    columns = [
        Column(tr("System")),
        Column(tr("Chips"), "decimal"),
        *(Column(title, "decimal") for title in told or times),
        *([Column(tr("Official (min)"), "decimal")] if official_shown else []),
        Column(tr("Basis")),
    ]
    rows: list[tuple[Cell, ...]] = []
    tints: list[Tint] = []
    for curve in scaling.curves:
        for index in shown_points(curve):
            rows.append(_scaling_row(curve, index, unit, official_shown, beside))
            tints.append(system_tint(curve.family, curve.chips[index], curve.system))
    return TableSpec(tuple(columns), tuple(rows), tuple(tints))


def scaling_unit(scaling: Scaling, official_shown: bool) -> TimeUnit:
    """The unit of the times; official_shown: whether the table has official scores where there are any."""
    scored = official_shown and any(curve.official for curve in scaling.curves)
    return time_unit([median for curve in scaling.curves for median in curve.median], scored)


def _compare_row(
    projection: Projection, unit: TimeUnit, against: Cell, official_shown: bool, own: Sequence[Cell]
) -> tuple[Cell, ...]:
    """`own` is the cell of the user's own measurement, where there is a column for it."""
    key = key_of(projection)
    return (
        Cell(projection.name, key=key, short=short_row_name(projection)),
        *([_official_cell(projection.official)] if official_shown else []),
        time_cell(projection.time_to_train_s.median, unit, key),
        interval_cell(projection.time_to_train_s, unit, key),
        against,
        *own,
        Cell(layout_text(projection.layout), key=key),
        Cell(short_basis(projection.basis, projection.beyond, projection.sourced), key=key),
    )


def _own_cell(projection: Projection, measurement: Measurement | None, unit: TimeUnit) -> Cell:
    """A measurement of the user's own: a time in the column's unit, a throughput with its own."""
    key = key_of(projection)
    if measurement is None:
        return Cell("", key=key)
    if measurement.quantity == TIME:
        return time_cell(measurement.value, unit, key)
    return Cell(measurement_text(measurement, projection.job), None, key)


def _scaling_row(
    curve: ScalingCurve, index: int, unit: TimeUnit, official_shown: bool, beside: Mapping[str, ScalingCurve] | None
) -> tuple[Cell, ...]:
    """`beside` are the curves of a scenario beside this one, by system."""
    key = point_key(curve, curve.chips[index])
    quantity = Quantity(curve.median[index], curve.low[index], curve.high[index])
    official = next((result for result in curve.official if result.chips == curve.chips[index]), None)
    return (
        Cell(point_name(curve, curve.chips[index]), key=key),
        Cell(format_number(curve.chips[index]), float(curve.chips[index]), key),
        time_cell(quantity.median, unit, key),
        interval_cell(quantity, unit, key),
        *(() if beside is None else _beside_cells(beside.get(curve.system), curve.chips[index], unit)),
        *([_official_cell(official)] if official_shown else []),
        Cell(short_basis(*point_basis(curve, index)), key=key),
    )


def _beside_cells(curve: ScalingCurve | None, chips: int, unit: TimeUnit) -> tuple[Cell, Cell]:
    """Time and interval of as many chips under the other scenario, empty where it has no such point."""
    if curve is None or chips not in curve.chips:
        return Cell(""), Cell("")
    index = curve.chips.index(chips)
    quantity = Quantity(curve.median[index], curve.low[index], curve.high[index])
    return time_cell(quantity.median, unit, ""), interval_cell(quantity, unit, "")


def _against_title(comparison: Comparison) -> str:
    return tr("Against {letter}", letter=comparison.first) if comparison.pairs else tr("Against the reference")


def _other(comparison: Comparison, row: int) -> int | None:
    """The row that one is compared with: the reference, or that of the same system under the first scenario."""
    return comparison.pairs[row] if comparison.pairs else comparison.reference


def _against(sides: Sequence[Side], row: int, reference: int | None) -> Cell:
    """The ratio that the headline would state of this pair; projections say so where the reference has a score."""
    if reference is None:
        return Cell("", key=sides[row].key)
    mine, theirs = sides[row], sides[reference]
    if row == reference:
        return Cell(tr("reference"), key=mine.key)
    found = verdict(mine, theirs)
    if found.ratio is None:
        scattered = found.official and found.reason == OVERLAP
        words = tr("within the scatter of runs") if scattered else no_ratio_words(found.reason)
        return Cell(words, key=mine.key)
    text = ratio_text(found.ratio, found.rough)
    if theirs.official is None or found.official:
        return Cell(text, key=mine.key)
    return Cell(tr("projected: {ratio}", ratio=text), key=mine.key, short=text)


def _official_cell(official: OfficialResult | None) -> Cell:
    return Cell("") if official is None else score_cell(official.score_s, official_key(official))
