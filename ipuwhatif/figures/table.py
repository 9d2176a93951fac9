"""Tables: the numbers of a figure as cells, with their units in the column titles and decimal points that line up."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ipuwhatif.analysis.results import Comparison, Missing, Projection, Quantity, Scaling, ScalingCurve
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Cell, Column, TableSpec, Tint
from ipuwhatif.charts.ticks import TimeUnit, time_text, time_unit
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
from ipuwhatif.figures.words import (
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
)
from ipuwhatif.scenario.measurements import TIME, Measurement, measurement_text
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, rounded

NO_MEASUREMENTS: Mapping[str, Measurement] = MappingProxyType({})
#: A space as wide as a digit, and one as wide as a full stop.
FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"
DASH = " – "
#: From where to where a time is printed in the unit of its column; another says its own: 4.36 s beside hours.
LEAST_PRINTED, MOST_PRINTED = 0.01, 1e4
#: Rows of a curve beyond which the scaling table keeps powers of two and official chip counts only.
_ROWS_PER_CURVE = 12


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
    word, before = tr("cannot run this job"), int(official_shown)
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


def amount_cell(value: float, key: str = "") -> Cell:
    """A derived amount with three digits."""
    return Cell(format_number(value, 3), rounded(value, 3), key)


def score_cell(seconds: float, key: str = "") -> Cell:
    """An official time in minutes, as it is published: with two decimals."""
    minutes = seconds / 60.0
    return Cell(f"{minutes:,.2f}", round(minutes, 2), key)


def amount_interval_cell(quantity: Quantity, size: float, key: str = "") -> Cell:
    """The interval of a derived amount, in units of `size`."""
    low, high = quantity.low / size, quantity.high / size
    return Cell(DASH.join(format_number(end, 3) for end in (low, high)), None, key, (rounded(low, 3), rounded(high, 3)))


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
    """One row a curve and chip count: time, interval, official score and basis."""
    unit = time_unit([median for curve in scaling.curves for median in curve.median], official_shown)
    columns = [
        Column(tr("System")),
        Column(tr("Chips"), "decimal"),
        Column(tr("Projected ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("80 % interval ({unit})", unit=unit.symbol), "decimal"),
        *([Column(tr("Official (min)"), "decimal")] if official_shown else []),
        Column(tr("Basis")),
    ]
    rows: list[tuple[Cell, ...]] = []
    tints: list[Tint] = []
    for curve in scaling.curves:
        for index in shown_points(curve):
            rows.append(_scaling_row(curve, index, unit, official_shown))
            tints.append(system_tint(curve.family, curve.chips[index], curve.system))
    return TableSpec(tuple(columns), tuple(rows), tuple(tints))


def shown_points(curve: ScalingCurve) -> tuple[int, ...]:
    """Indices of the chip counts that a table lists: all of a short curve, else powers of two, officials and ends."""
    if len(curve.chips) <= _ROWS_PER_CURVE:
        return tuple(range(len(curve.chips)))
    official = {result.chips for result in curve.official}
    ends = {curve.chips[0], curve.chips[-1]}
    kept = official | ends | {chips for chips in curve.chips if chips & (chips - 1) == 0}
    return tuple(index for index, chips in enumerate(curve.chips) if chips in kept)


def time_cell(seconds: float, unit: TimeUnit, key: str = "") -> Cell:
    """A projected time with three digits in the column's unit; far outside it, in its own unit."""
    text, number = _printed_time(seconds, unit)
    return Cell(text, number, key)


def interval_text(quantity: Quantity, unit: TimeUnit) -> str:
    """An interval as "27.1 – 29.6" in the column's unit."""
    return DASH.join(_printed_time(seconds, unit)[0] for seconds in (quantity.low, quantity.high))


def printed(text: str) -> float:
    """The number that a printed number reads as."""
    return float(text.replace(",", ""))


def column_texts(table: TableSpec, index: int) -> tuple[str, ...]:
    """The texts of a column, padded with spaces as wide as digits so that, set flush right, their points line up.

    Both ends of an interval are aligned. A column that is not "decimal" comes back as it is.
    """
    cells = [row[index] for row in table.rows]
    texts = tuple(cell.text for cell in cells)
    if table.columns[index].align != "decimal":
        return texts
    if not any(cell.ends for cell in cells):
        return decimal_aligned(texts)
    halves = [text.split(DASH) if DASH in text else [text, ""] for text in texts]
    lows, highs = decimal_aligned([low for low, _ in halves]), decimal_aligned([high for _, high in halves])
    widest = max(len(high) for high in highs)
    spans = (f"{low}{DASH}{high.rjust(widest, FIGURE_SPACE)}" for low, high in zip(lows, highs, strict=True))
    return tuple(span if DASH in text else text for span, text in zip(spans, texts, strict=True))


def decimal_aligned(texts: Sequence[str]) -> tuple[str, ...]:
    """Numbers padded on the right to the same count of decimals; what is no number stays as it is."""
    parts = [_decimals(text) for text in texts]
    longest = max((part for part in parts if part is not None), default=-1)
    padded = []
    for text, part in zip(texts, parts, strict=True):
        if part is not None and longest > 0:
            text += (POINT_SPACE if part < 0 else "") + FIGURE_SPACE * (longest - max(part, 0))
        padded.append(text)
    return tuple(padded)


def _decimals(text: str) -> int | None:
    """Digits after the point; -1 for a whole number, None for what is no number."""
    digits = text.replace(",", "")
    if not digits.replace(".", "", 1).isdigit():
        return None
    return len(digits.split(".")[1]) if "." in digits else -1


def _printed_time(seconds: float, unit: TimeUnit) -> tuple[str, float]:
    value = seconds / unit.seconds
    if not LEAST_PRINTED <= value < MOST_PRINTED:
        return time_text(seconds), value
    return format_number(value, 3), rounded(value, 3)


def _compare_row(
    projection: Projection, unit: TimeUnit, against: Cell, official_shown: bool, own: Sequence[Cell]
) -> tuple[Cell, ...]:
    """`own` is the cell of the user's own measurement, where there is a column for it."""
    key = key_of(projection)
    return (
        Cell(projection.name, key=key),
        *([_official_cell(projection.official)] if official_shown else []),
        time_cell(projection.time_to_train_s.median, unit, key),
        _interval_cell(projection.time_to_train_s, unit, key),
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
    workload = load_world().catalog.workloads[projection.case.workload]
    return Cell(measurement_text(measurement, workload), None, key)


def _scaling_row(curve: ScalingCurve, index: int, unit: TimeUnit, official_shown: bool) -> tuple[Cell, ...]:
    key = point_key(curve, curve.chips[index])
    quantity = Quantity(curve.median[index], curve.low[index], curve.high[index])
    official = next((result for result in curve.official if result.chips == curve.chips[index]), None)
    return (
        Cell(point_name(curve, curve.chips[index]), key=key),
        Cell(format_number(curve.chips[index]), float(curve.chips[index]), key),
        time_cell(quantity.median, unit, key),
        _interval_cell(quantity, unit, key),
        *([_official_cell(official)] if official_shown else []),
        Cell(short_basis(*point_basis(curve, index)), key=key),
    )


def _interval_cell(quantity: Quantity, unit: TimeUnit, key: str) -> Cell:
    low, high = (_printed_time(seconds, unit)[1] for seconds in (quantity.low, quantity.high))
    return Cell(interval_text(quantity, unit), None, key, (low, high))


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
    told = tr("projected: {ratio}", ratio=text) if theirs.official is not None and not found.official else text
    return Cell(told, key=mine.key)


def _official_cell(official: OfficialResult | None) -> Cell:
    return Cell("") if official is None else score_cell(official.score_s, official_key(official))
