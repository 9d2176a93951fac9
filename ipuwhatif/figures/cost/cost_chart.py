"""The chart of Cost: a row a system, of one measure."""

from collections.abc import Sequence

from ipuwhatif.analysis.cost.economics import CARBON, MONEY, Bill, Economics
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.figures.captions import compare_clauses, heading, legend
from ipuwhatif.figures.compare.differences import PAIRED_HEIGHT, with_differences
from ipuwhatif.figures.compare.left_out import uncounted_clauses
from ipuwhatif.figures.compare.ratios import side_of
from ipuwhatif.figures.compare.rows import Row, rows_chart
from ipuwhatif.figures.cost.cost_amounts import counted, quantity_of, unit_of
from ipuwhatif.figures.cost.cost_words import (
    cost_key,
    measure_name,
    once_words,
    ways_clauses,
)
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.job_titles import division, is_stated
from ipuwhatif.figures.phrasing import (
    remark_text,
    row_tint,
)
from ipuwhatif.figures.times import amount_axis
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number


def cost_chart(answer: Economics, shown: Sequence[Bill], measure: str, size: tuple[int, int]) -> ChartSpec:
    unit = unit_of(shown, measure)
    once = once_words(shown[0])
    title = tr("{measure} {once} ({unit})", measure=measure_name(measure), once=once, unit=unit.symbol)
    rows = []
    for bill in shown:
        each, quantity = bill.projection, quantity_of(bill, measure)
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
    name = bill.projection.job.name
    if is_stated(bill.projection.job):
        return tr("{workload}: {what}", workload=name, what=what)
    return tr("{workload}, {division}: {what}", workload=name, division=division(case.recipe), what=what)


def _not_counted(shown: Sequence[Bill], measure: str) -> tuple[str, ...]:
    """What a bare picture must say that its numbers leave out, and of which electricity carbon is."""
    told = (tr("Without electricity."), *ways_clauses(shown)) if measure == MONEY else ()
    if measure == CARBON:
        stated = dict.fromkeys(format_number(bill.settings["carbon_intensity"]) for bill in shown)
        told = (tr("Electricity of {grams} g/kWh.", grams=tr(" and ").join(stated)),)
    return (*told, *uncounted_clauses([bill.projection for bill in shown], [counted(bill, measure) for bill in shown]))
