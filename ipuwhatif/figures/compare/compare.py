"""The Compare figure: several systems on one workload, a row each, with projection, official mark and baseline."""

from collections.abc import Mapping, Sequence

from ipuwhatif.analysis.results import Comparison, Projection, Quantity
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.spec import ASSUMED, GHOST, OFFICIAL, OWN, Axis, ChartSpec, Figure, Footnote, Mark, Why
from ipuwhatif.charts.ticks import TimeUnit
from ipuwhatif.figures.captions import compare_clauses, heading, legend
from ipuwhatif.figures.compare.basis import (
    Yardstick,
    basis_clauses,
    basis_headline,
    basis_notices,
    basis_section,
    basis_title,
    comparable_by,
    left_out_why,
    price_notices,
    reference_notices,
    yardstick,
)
from ipuwhatif.figures.compare.differences import PAIRED_HEIGHT, with_differences
from ipuwhatif.figures.compare.effective_batch import with_used_batches
from ipuwhatif.figures.compare.ghosts import baseline_words, ghosts_of
from ipuwhatif.figures.compare.ratios import row_side, score_of
from ipuwhatif.figures.compare.rows import Row, rows_chart
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references
from ipuwhatif.figures.headline import compare_headline
from ipuwhatif.figures.job_titles import job_words, time_words
from ipuwhatif.figures.notices import comparison_notices, own_notices
from ipuwhatif.figures.phrasing import idle_text, key_of, official_key, remark_text, row_tint
from ipuwhatif.figures.table import basis_table, compare_table
from ipuwhatif.figures.times import time_axis, time_text
from ipuwhatif.figures.why.why import missing_why, whys
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME
from ipuwhatif.scenario.scenario import PER_MONEY, Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_minutes, format_number

MINUTE = 60.0  # s


def compare_figure(
    comparison: Comparison,
    scenario: Scenario,
    width: int = 960,
    height: int = 540,
    scale: str | None = None,
) -> Figure:
    """Everything Compare shows, laid out for a chart of `width` × `height` logical pixels.

    Every system that a lever moves has its baseline behind it; a time that the user measured is a mark of its own.
    Where two scenarios stand side by side, an arrow between a system's rows says the difference instead. `scale` is
    that of the axis, "log", "linear" or None for the scenario's, or else by the spread of the values. Many systems make
    the chart taller than `height`. InputError when the comparison holds no system, or none with a figure of what is
    compared.
    """
    if not comparison.projections:
        raise InputError(tr("no system is chosen; choose at least one, such as ipu-pod64"))
    comparison, scale = with_used_batches(comparison), scale or scenario.scales.get("compare")
    if comparison.units:
        return _figure_by(comparable_by(comparison), scenario, page_size(width, height), scale)
    shown = scenario.show_official
    known = [each.official for each in comparison.projections if each.official is not None]
    officials, hidden = (known, ()) if shown or not known else ([], (tr("Official results are hidden."),))
    first, world = comparison.projections[0], comparison.projections[0].world
    numbers, notes = footnote_numbers(officials), footnotes(officials, world.catalog)
    own = _own_times(comparison, scenario)
    times = [*_all_times(comparison, officials), *own.values()]
    x_axis, unit = time_axis(times, scale, time_words(first.job, first.case.samples), bool(officials))
    rows = _timed_rows(comparison, officials, own, unit, shown)
    title = job_words(first.job, first.case.recipe, first.case.samples)
    marked_by = (officials, references(officials, numbers))
    return Figure(
        headline=compare_headline(comparison, shown, numbers),
        chart=_chart(comparison, rows, x_axis, title, marked_by, notes, page_size(width, height), hidden),
        table=compare_table(comparison, bool(officials), scenario.measurements),
        footnotes=notes,
        why=Lazy(lambda: (*whys(comparison.projections), *(missing_why(each) for each in comparison.missing))),
        notices=Lazy(
            lambda: (
                *_reference_notices(comparison, scenario),
                *own_notices(scenario, world.catalog, [each.choice.key for each in comparison.projections]),
                *comparison_notices(comparison, officials),
            )
        ),
    )


def _timed_rows(
    comparison: Comparison, officials: Sequence[OfficialResult], own: Mapping[str, float], unit: TimeUnit, shown: bool
) -> list[Row]:
    """A row a system. own: what the user measured, by system; shown: whether scores are."""
    rows = []
    for row, each in enumerate(comparison.projections):
        score, told = score_of(comparison, row, shown), _told(comparison, row, officials)
        mine = own.get(each.choice.key)
        made = _row(comparison, row, None)
        second = _second_text(each, told, score, mine, unit)
        rows.append(
            replace(made, text=_number_text(each, score, unit), second=second, marks=_marks(row, told, each, mine))
        )
    return rows


def _figure_by(comparison: Comparison, scenario: Scenario, size: tuple[int, int], scale: str | None) -> Figure:
    """The same by another yardstick than the time: without official results, which no derived figure stands beside."""
    yard = yardstick(comparison, scenario.basis)
    rows = []
    for row, each in enumerate(comparison.projections):
        made = _row(comparison, row, yard)
        rows.append(replace(made, text=yard.text(made.quantity.median), second=remark_text(each)))
    amounts = [
        amount
        for every in (comparison.projections, comparison.baseline or (), comparison.assumed or ())
        for row, each in enumerate(every)
        for amount in _ends(yard.of(row, each.time_to_train_s))
    ]
    notes = footnotes(())
    return Figure(
        headline=basis_headline(comparison, yard),
        chart=_chart(
            comparison,
            rows,
            yard.axis(amounts, scale),
            basis_title(comparison, yard),
            ((), ""),
            notes,
            size,
            basis_clauses(comparison, yard),
        ),
        table=basis_table(comparison, yard),
        footnotes=notes,
        why=Lazy(lambda: (*_whys_by(comparison, yard), *(left_out_why(each) for each in comparison.missing))),
        notices=(
            *_reference_notices(comparison, scenario),
            *basis_notices(comparison, yard, scenario.show_official),
            *(price_notices(comparison, scenario) if scenario.basis == PER_MONEY else ()),
            *comparison_notices(comparison, ()),
        ),
    )


def _reference_notices(comparison: Comparison, scenario: Scenario) -> tuple[str, ...]:
    left_out = [(each.choice.key, each.name) for each in comparison.missing]
    return reference_notices(comparison.projections[comparison.reference], left_out, scenario.reference)


def _whys_by(comparison: Comparison, yard: Yardstick) -> tuple[Why, ...]:
    """The reply for each projection, which begins with what it is compared by."""
    sections = {key_of(each): basis_section(yard, row, each) for row, each in enumerate(comparison.projections)}
    return tuple(
        replace(why, sections=(sections[why.key], *why.sections))
        for why in whys(comparison.projections)
        if why.key in sections
    )


def _chart(
    comparison: Comparison,
    rows: Sequence[Row],
    x_axis: Axis,
    title: str,
    official: tuple[Sequence[OfficialResult], str],
    notes: tuple[Footnote, ...],
    size: tuple[int, int],
    first: tuple[str, ...] = (),
) -> ChartSpec:
    """`official` are the results on show, and the marks of their footnotes; the subtitle begins with `first`."""
    width, projections = size[0], comparison.projections
    styles = {style for row in rows for style, _ in row.ghosts}
    projected = tr("projection with {level} % interval", level=format_number(100.0 * LEVEL))
    own = any(mark.style == OWN for row in rows for mark in row.marks)
    before = baseline_words(comparison)
    entries = legend(projected, GHOST in styles, official[0], official[1], width, ASSUMED in styles, own, before)
    clauses = compare_clauses(projections, comparison.settings, official[0])
    releases = " / ".join(dict.fromkeys(each.case.release for each in projections))  # of two scenarios maybe two
    titles = heading(title, releases, (*first, *clauses), width)
    if not comparison.pairs:
        return rows_chart(rows, x_axis, titles, entries, notes, size)
    sides = [row_side(comparison, row, bool(official[0])) for row in range(len(rows))]
    sides = [replace(side, quantity=row.quantity) for side, row in zip(sides, rows, strict=True)]
    return with_differences(rows_chart(rows, x_axis, titles, entries, notes, size, PAIRED_HEIGHT), comparison, sides)


def _row(comparison: Comparison, row: int, yard: Yardstick | None) -> Row:
    """A row with what lies behind it, without its texts."""
    each = comparison.projections[row]
    ghosts = [] if comparison.pairs else ghosts_of(comparison, row)

    def measured(projection: Projection) -> Quantity:
        time = projection.time_to_train_s
        return time if yard is None else yard.of(row, time)

    return Row(
        name=each.name,
        quantity=measured(each),
        tint=row_tint(each),
        key=key_of(each),
        ghosts=tuple((style, measured(ghost)) for style, ghost in ghosts),
    )


def _told(comparison: Comparison, row: int, officials: Sequence[OfficialResult]) -> Sequence[OfficialResult]:
    """The results on show in a row: under two scenarios none where a lever acts, whose result stands in the other."""
    return () if comparison.pairs and comparison.is_moved(row) else officials


def _marks(
    place: int, officials: Sequence[OfficialResult], projection: Projection, own: float | None
) -> tuple[Mark, ...]:
    """What was measured on the system: by the user [s], with the official score in front of it."""
    official, tint = projection.official, row_tint(projection)
    marks = []
    if own is not None:
        marks.append(Mark(own, float(place), tint, OWN, key_of(projection)))
    if official is not None and official in officials:
        marks.append(Mark(official.score_s, float(place), tint, OFFICIAL, official_key(official)))
    return tuple(marks)


def _own_times(comparison: Comparison, scenario: Scenario) -> dict[str, float]:
    """The times that the user measured on systems of the comparison, by their keys; a throughput is in the table."""
    keys = [each.choice.key for each in comparison.projections]
    found = scenario.measurements
    return {key: found[key].value for key in keys if key in found and found[key].quantity == TIME}


def _all_times(comparison: Comparison, officials: Sequence[OfficialResult]) -> list[float]:
    """Times of every baseline too, drawn or not, so that the axis stays where another system is selected."""
    times = [official.score_s for official in officials]
    for each in (*comparison.projections, *(comparison.baseline or ()), *(comparison.assumed or ())):
        times += _ends(each.time_to_train_s)
    return times


def _ends(quantity: Quantity) -> tuple[float, float, float]:
    return quantity.low, quantity.median, quantity.high


def _number_text(projection: Projection, score: OfficialResult | None, unit: TimeUnit) -> str:
    """The one number of a system: its score where that is official, else its projected median."""
    return _time_in(projection.time_to_train_s.median, unit) if score is None else format_minutes(score.score_s)


def _time_in(seconds: float, unit: TimeUnit) -> str:
    """A time in the unit of the axis; one far from it in its own, as "20.9 h" says more than "0.869 days".

    Minutes go on below one, as in "0.568 min": the official scores beside them do.
    """
    value, least = seconds / unit.seconds, 0.1 if unit.seconds == MINUTE else 1.0
    if not least <= value < 1e3:
        return time_text(seconds)
    return tr("{value} {unit}", value=format_number(value, 3), unit=unit.symbol)


def _second_text(
    projection: Projection,
    officials: Sequence[OfficialResult],
    score: OfficialResult | None,
    own: float | None,
    unit: TimeUnit,
) -> str:
    """What stands after everything in a row: the other number or the basis, sources that lack, and what is measured.

    score: where it is the system's number, the projection is the other one; own: the user's own time [s].
    """
    official, texts = projection.official, [tr("projected") if officials else "", remark_text(projection)]
    unsourced = "" if projection.sourced else tr("not sourced")
    if score is not None:
        time = _time_in(projection.time_to_train_s.median, unit)
        texts = [tr("projected {time}", time=time), unsourced, idle_text(projection)]
    elif official is not None and official in officials:
        score_text = tr("official {score}", score=f"{official.score_s / 60.0:,.2f}")
        texts = [score_text, unsourced, idle_text(projection)]
    if own is not None:
        texts.append(tr("yours {time}", time=_time_in(own, unit)))
    return tr("; ").join(text for text in texts if text)
