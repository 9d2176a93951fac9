"""The Cost figure: money, energy or carbon of training once on several systems, a row each with its interval.

All of it is derived from projections, so no official result stands beside it.
"""

from collections.abc import Sequence

from ipuwhatif.analysis.cost.economics import ENERGY, MEASURES, MONEY, Bill, Economics
from ipuwhatif.analysis.results import CALIBRATED, Factor, Quantity
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import Cell, ChartSpec, Column, Figure, Headline, HeadlinePart, TableSpec
from ipuwhatif.charts.ticks import TimeUnit, amount_axis, time_unit
from ipuwhatif.figures.captions import compare_clauses, heading, legend
from ipuwhatif.figures.cells import amount_cell, amount_interval_cell, time_cell
from ipuwhatif.figures.compare.basis import alike, left_out_why, reference_notices, uncounted_clauses, unlike_ending
from ipuwhatif.figures.compare.differences import PAIRED_HEIGHT, with_differences
from ipuwhatif.figures.compare.ratios import side_of, spoken_of, verdict
from ipuwhatif.figures.compare.rows import Row, rows_chart
from ipuwhatif.figures.compare.used import with_used_batches
from ipuwhatif.figures.cost.cost_words import (
    amount_text,
    amount_unit,
    cost_key,
    cost_notices,
    cost_whys,
    measure_name,
    once_words,
    way_words,
    ways_clauses,
)
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.headline import DOT, projected_word, spoken_rows, stand_in
from ipuwhatif.figures.jobs import division, is_stated, workload_name
from ipuwhatif.figures.why.why import whys
from ipuwhatif.figures.words import (
    key_of,
    missing_key,
    percent_less,
    remark_text,
    row_tint,
    short_name,
    times_text,
)
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import origin_text, price_text
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest, quoted

_DASH = "–"


def cost_figure(
    answer: Economics, scenario: Scenario, measure: str = MONEY, width: int = 960, height: int = 540
) -> Figure:
    """Everything Cost shows of one of MEASURES, laid out for `width` × `height` logical pixels.

    InputError says what to state where no system has the number.
    """
    if measure not in MEASURES:
        near = nearest(measure, MEASURES)
        raise InputError(tr("measure {name} is unknown; nearest: {nearest}", name=quoted(measure), nearest=near))
    answer = replace(answer, comparison=with_used_batches(answer.comparison))
    shown, lacking = _shown(answer, scenario, measure)
    if not shown:
        raise InputError(_what_to_state(measure, lacking))
    reference = shown[_place(answer, shown, scenario)].projection
    left_out = [(bill.projection.choice.key, bill.projection.name) for bill, _ in lacking]
    return Figure(
        headline=_headline(answer, shown, scenario, measure),
        chart=_chart(answer, shown, measure, page_size(width, height)),
        table=_table(answer, measure),
        footnotes=footnotes(()),
        why=(
            *cost_whys(answer.bills),
            *whys(answer.comparison.projections),
            *(left_out_why(each) for each in answer.comparison.missing),
        ),
        notices=cost_notices(
            answer,
            [(bill.projection.name, what) for bill, what in lacking],
            reference_notices(reference, left_out, scenario.reference),
        ),
    )


def _shown(answer: Economics, scenario: Scenario, measure: str) -> tuple[list[Bill], list[tuple[Bill, str]]]:
    """The systems that have the number, of money in one currency only, and the others with what to state."""
    having = [bill for bill in answer.bills if bill.quantity(measure) is not None]
    lacking = [(bill, bill.lacking[measure]) for bill in answer.bills if bill.quantity(measure) is None]
    if measure != MONEY or not having:
        return having, lacking
    first = next((bill for bill in having if bill.projection.choice.key == scenario.reference), having[0])
    other = tr("its price is in another currency than that of {name}", name=short_name(first.projection.name))
    lacking += [(bill, other) for bill in having if bill.currency != first.currency]
    return [bill for bill in having if bill.currency == first.currency], lacking


def _what_to_state(measure: str, lacking: Sequence[tuple[Bill, str]]) -> str:
    reasons = list(dict.fromkeys(what for _, what in lacking))
    more = tr(" and so on") if len(reasons) > 3 else ""
    what = tr("; ").join(reasons[:3]) + more
    return tr("{measure} cannot be told yet: {what}", measure=measure_name(measure).lower(), what=what)


def _headline(answer: Economics, shown: Sequence[Bill], scenario: Scenario, measure: str) -> Headline:
    """The subject beside the reference, of those that have the number and sources."""
    case = answer.comparison.projections[0].case
    sourced = [bill for bill in shown if bill.projection.sourced]
    name = workload_name(case.workload)
    if not sourced:
        return Headline((HeadlinePart(tr("{workload}: projected from figures that are not sourced", workload=name)),))
    place = _place(answer, sourced, scenario)
    keys = [bill.projection.choice.key for bill in sourced]
    pair = [sourced[row] for row in spoken_of(keys, [True] * len(keys), place, scenario.subject)]
    if answer.comparison.pairs and len(shown) == len(answer.bills):
        pair = [answer.bills[row] for row in spoken_rows(answer.comparison)]
    what = tr("{measure} {once}", measure=measure_name(measure).lower(), once=once_words(shown[0]))
    parts = [HeadlinePart(tr("{workload}, {what}: ", workload=name, what=what))]
    for number, bill in enumerate(pair):
        text = tr("{name} {amount}", name=bill.projection.name, amount=_median_text(bill, measure))
        if measure == MONEY and bill.price is not None:
            text = tr("{words} ({way})", words=text, way=way_words(bill.price))
        key = cost_key(measure, bill.projection)
        parts += [HeadlinePart(DOT)] * bool(number) + [HeadlinePart(text, key)]
    inside = all(bill.projection.basis == CALIBRATED for bill in pair)
    tail = tr("{projected}; derived", projected=projected_word(inside, answer.comparison.settings))
    ratio = _ratio(answer, pair, measure) if len(pair) == 2 else ""
    units = [_counted(bill, measure) for bill in pair]
    if len(pair) == 2 and not alike(*units):
        tail = unlike_ending(tail)
    return Headline((*parts, *((HeadlinePart(DOT), HeadlinePart(ratio)) if ratio else ()), HeadlinePart(tail)))


def _counted(bill: Bill, measure: str) -> Factor:
    """What a number of a system is made of: its price, or its power."""
    return Factor(None, "", leaves_out=bill.price_leaves_out) if measure == MONEY else bill.power


def _place(answer: Economics, bills: Sequence[Bill], scenario: Scenario) -> int:
    """Which of the bills is that of the reference, or of what stands in its place."""
    projections = [bill.projection for bill in bills]
    keys = [each.choice.key for each in projections]
    if scenario.reference in keys:
        return keys.index(scenario.reference)
    every = answer.comparison.projections
    wanted = next((each for each in every if each.choice.key == scenario.reference), None)
    return 0 if wanted is None else stand_in(projections, wanted)


def _ratio(answer: Economics, pair: Sequence[Bill], measure: str) -> str:
    """A ratio in words where intervals are apart and both numbers are of the same kind; else nothing."""
    mine, theirs = (_quantity(bill, measure) for bill in pair)
    found = verdict(side_of(pair[0].projection, mine), side_of(pair[1].projection, theirs))
    if found.ratio is None or is_stated(pair[0].projection.case.workload):
        return ""
    if measure == MONEY:
        ways = {bill.price.per for bill in pair if bill.price is not None}
        if len(ways) > 1 or answer.apart is not None:
            return ""
    if not alike(*(_counted(bill, measure) for bill in pair)):
        return ""
    if measure != MONEY and (pair[0].power.origin is None) != (pair[1].power.origin is None):
        return ""
    name, ratio, rough = short_name(pair[0].projection.name), found.ratio, found.rough
    if ratio >= 1.0:
        return tr("{name} takes {ratio} × as much", name=name, ratio=times_text(ratio, rough))
    return tr("{name} takes {percent} % less", name=name, percent=percent_less(ratio, rough))


def _quantity(bill: Bill, measure: str) -> Quantity:
    quantity = bill.quantity(measure)
    assert quantity is not None
    return quantity


def _median_text(bill: Bill, measure: str) -> str:
    return amount_text(bill, measure, _quantity(bill, measure).median)


def _unit(bills: Sequence[Bill], measure: str) -> TimeUnit:
    """The unit of a chart or a column of these numbers, and its size in currency, kWh or kg."""
    if measure == MONEY:
        return TimeUnit(1.0, bills[0].currency)
    symbol, size = amount_unit(measure, [_quantity(bill, measure).median for bill in bills])
    return TimeUnit(size, symbol)


def _chart(answer: Economics, shown: Sequence[Bill], measure: str, size: tuple[int, int]) -> ChartSpec:
    unit = _unit(shown, measure)
    once = once_words(shown[0])
    title = tr("{measure} {once} ({unit})", measure=measure_name(measure), once=once, unit=unit.symbol)
    rows = []
    for bill in shown:
        each, quantity = bill.projection, _quantity(bill, measure)
        rows.append(
            Row(
                name=each.name,
                quantity=quantity,
                tint=row_tint(each),
                key=cost_key(measure, each),
                text=tr("{value} {unit}", value=format_number(quantity.median / unit.seconds, 3), unit=unit.symbol),
                second=remark_text(each),
            )
        )
    values = [end for row in rows for end in (row.quantity.low, row.quantity.median, row.quantity.high)]
    projections = [bill.projection for bill in shown]
    entry = tr("derived from a projection, with its {level} % interval", level=format_number(100.0 * LEVEL))
    clauses = (tr("Derived, no official metric."), *_not_counted(shown, measure))
    clauses = (*clauses, *compare_clauses(projections, answer.comparison.settings, ()))
    titles = heading(_title(shown[0], measure), projections[0].case.release, clauses, size[0])
    axis, entries = amount_axis(values, title, unit), legend(entry, False, (), "", size[0])
    if not answer.comparison.pairs or len(shown) < len(answer.bills):
        return rows_chart(rows, axis, titles, entries, footnotes(()), size)
    sides = [side_of(bill.projection, row.quantity) for bill, row in zip(shown, rows, strict=True)]
    made = rows_chart(rows, axis, titles, entries, footnotes(()), size, PAIRED_HEIGHT)
    return with_differences(made, answer.comparison, sides)


def _title(bill: Bill, measure: str) -> str:
    case = bill.projection.case
    what = tr("{measure} {once}", measure=measure_name(measure).lower(), once=once_words(bill))
    name = workload_name(case.workload)
    if is_stated(case.workload):
        return tr("{workload}: {what}", workload=name, what=what)
    return tr("{workload}, {division}: {what}", workload=name, division=division(case.recipe), what=what)


def _not_counted(shown: Sequence[Bill], measure: str) -> tuple[str, ...]:
    """What a bare picture must say that its numbers leave out."""
    told = (tr("Without electricity."), *ways_clauses(shown)) if measure == MONEY else ()
    return (*told, *uncounted_clauses([bill.projection for bill in shown], [_counted(bill, measure) for bill in shown]))


def _table(answer: Economics, measure: str) -> TableSpec:
    """One row a system: projected time, money, energy, carbon, the interval of what is drawn, and the price."""
    projections = answer.comparison.projections
    unit = time_unit([each.time_to_train_s.median for each in projections])
    units = {
        each: _unit(having, each)
        for each in MEASURES
        if (having := [bill for bill in answer.bills if bill.quantity(each) is not None])
    }
    paid = any(bill.electricity is not None for bill in answer.bills)
    columns = [Column(tr("System")), Column(tr("Projected time ({unit})", unit=unit.symbol), "decimal")]
    for each in MEASURES:
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
    columns.append(Column(tr("Price")))
    rows = [_row(answer, bill, measure, unit, units, paid) for bill in answer.bills]
    for missing in answer.comparison.missing:
        words = {0: missing.name, len(columns) - 1: tr("cannot run this job")}
        rows.append(tuple(Cell(words.get(i, _DASH), key=missing_key(missing.choice)) for i in range(len(columns))))
    tints = [row_tint(each) for each in projections]
    return TableSpec(tuple(columns), tuple(rows), (*tints, *(NEUTRAL for _ in answer.comparison.missing)))


def _head(answer: Economics, measure: str, units: dict[str, TimeUnit]) -> str:
    name = measure_name(measure)
    if measure not in units or (measure == MONEY and len(answer.currencies) > 1):
        return name
    return tr("{name} ({unit})", name=name, unit=units[measure].symbol)


def _row(
    answer: Economics, bill: Bill, measure: str, unit: TimeUnit, units: dict[str, TimeUnit], paid: bool
) -> tuple[Cell, ...]:
    each = bill.projection
    cells = [
        Cell(each.name, key=key_of(each)),
        time_cell(each.time_to_train_s.median, unit, key_of(each)),
    ]
    for kind in MEASURES:
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
    price = _DASH
    if bill.price is not None:
        price = tr("{price}; {origin}", price=price_text(bill.price), origin=origin_text(bill.price))
    return (*cells, Cell(price, key=cost_key(MONEY, each)))
