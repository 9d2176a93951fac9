"""The user's own results as a table, and a why for each with where it was read."""

from collections.abc import Sequence

from ipuwhatif.analysis.own_results import HeldResult
from ipuwhatif.analysis.results import Quantity
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Cell, Column, TableSpec, Tint, Why, WhyRow, WhySection
from ipuwhatif.figures.cells import score_cell
from ipuwhatif.figures.evidence.evidence_rows import UNKNOWN, residual_text
from ipuwhatif.figures.job_titles import workload_name
from ipuwhatif.scenario.measurements import TIME
from ipuwhatif.texts import tr
from ipuwhatif.units import format_duration, format_minutes, format_number, format_rate, told


def own_key(place: int) -> str:
    """What a click on a row asks the why of, by its place."""
    return f"mine/{place}"


def own_tint(row: HeldResult, catalog: Catalog) -> Tint:
    """The tint of the family of a row, as the legend has it; grey where the catalog does not hold its system."""
    choice = row.result.choice
    return UNKNOWN if choice is None else system_tint(catalog.systems[choice.system].family, choice.chips)


def own_name(row: HeldResult, catalog: Catalog) -> str:
    """The system of a row: our name where the catalog has it, else as the file names it."""
    return row.result.system if row.result.choice is None else system_name(row.result.choice, catalog)


def own_table(rows: Sequence[HeldResult], catalog: Catalog, official_shown: bool) -> TableSpec:
    """One row a result; official scores of the same job, system and size have a column of their own."""
    columns = (
        Column(tr("System")),
        Column(tr("Chips"), "decimal"),
        Column(tr("Job")),
        Column(tr("Measured by you"), "decimal", mixed=True),
        Column(tr("Projected"), "decimal", mixed=True),
        Column(tr("80 % interval")),
        Column(tr("Measured over projected (%)"), "decimal"),
        Column(tr("Inside")),
        *((Column(tr("Official (min)"), "decimal"), Column(tr("Version"))) if official_shown else ()),
        Column(tr("Software as of")),
        Column(tr("Runs"), "decimal"),
        Column(tr("Read from")),
    )
    cells = tuple(_row(place, row, catalog, official_shown) for place, row in enumerate(rows))
    return TableSpec(columns, cells, tuple(own_tint(row, catalog) for row in rows))


def _row(place: int, row: HeldResult, catalog: Catalog, official_shown: bool) -> tuple[Cell, ...]:
    key, result, official = own_key(place), row.result, row.official
    beside = (
        Cell("", None, key) if official is None else score_cell(official.score_s, key),
        Cell("" if official is None else official.mlperf_round, key=key),
    )
    return (
        Cell(own_name(row, catalog), key=key),
        Cell(format_number(result.chips), float(result.chips), key) if result.chips else Cell("–", None, key),
        Cell(_job(row, catalog), key=key),
        Cell(measured_text(row, catalog), result.measurement.value, key),
        *_projected_cells(row, catalog, key),
        *(beside if official_shown else ()),
        Cell(row.release, key=key),
        Cell(format_number(result.runs), float(result.runs), key),
        Cell(told(result.place), key=key),
    )


def _projected_cells(row: HeldResult, catalog: Catalog, key: str) -> tuple[Cell, ...]:
    """The projection, its interval, the difference and whether the row lies inside; or why there is none."""
    if row.projected is None or row.residual is None:
        return Cell("–", None, key), Cell(told(row.why_not), key=key), Cell("", key=key), Cell("", key=key)
    return (
        Cell(_in_words(row, row.projected.median, catalog), row.projected.median, key),
        Cell(_interval(row, row.projected, catalog), key=key),
        Cell(residual_text(row.residual), round(100.0 * row.residual, 1), key),
        Cell(tr("yes") if row.inside else tr("no"), key=key),
    )


def _job(row: HeldResult, catalog: Catalog) -> str:
    workload = row.result.workload
    return row.result.job if workload is None else workload_name(workload, catalog.workloads)


def measured_text(row: HeldResult, catalog: Catalog) -> str:
    """What was measured with its unit, to four digits: "28.34 min", "23,980 images/s"."""
    return _in_words(row, row.result.measurement.value, catalog, 4)


def _in_words(row: HeldResult, value: float, catalog: Catalog, digits: int = 3) -> str:
    if row.result.measurement.quantity == TIME:
        return format_duration(value, digits)
    word = "" if row.result.workload is None else catalog.workloads[row.result.workload].sample_word
    return format_rate(value, word or "samples", digits)


def _interval(row: HeldResult, quantity: Quantity, catalog: Catalog) -> str:
    low, high = (_in_words(row, end, catalog) for end in (quantity.low, quantity.high))
    return tr("{low} to {high}", low=low, high=high)


def own_whys(rows: Sequence[HeldResult], catalog: Catalog, official_shown: bool) -> tuple[Why, ...]:
    """A why for every row."""
    return tuple(_why(place, row, catalog, official_shown) for place, row in enumerate(rows))


def _why(place: int, row: HeldResult, catalog: Catalog, official_shown: bool) -> Why:
    measured = measured_text(row, catalog)
    sections = [_measured_section(row, measured, catalog), _projected_section(row, catalog)]
    if official_shown and row.official is not None:
        score, name = format_minutes(row.official.score_s), row.official.submitter
        line = WhyRow(row.official.mlperf_round, score, name, row.official.origin)
        sections.append(WhySection(tr("Official result of the same job, system and size"), (line,)))
    return Why(
        key=own_key(place),
        title=own_name(row, catalog),
        value=measured,
        summary=tr("Your own measurement: no official result, and no parameter of the model is fitted to it."),
        sections=tuple(sections),
    )


def _measured_section(row: HeldResult, measured: str, catalog: Catalog) -> WhySection:
    result = row.result
    rules = tr("a score by the rules of the round") if result.by_rules else tr("no score by the rules of a round")
    said = (
        (tr("Job"), _job(row, catalog), ""),
        (tr("System"), result.system, tr("as the file names it")),
        (tr("Measured"), measured, rules if result.runs > 1 or result.by_rules else ""),
        (tr("Runs"), format_number(result.runs), ""),
        (tr("Global batch"), "" if result.global_batch is None else format_number(result.global_batch), ""),
        (tr("Measured by"), result.submitter, ""),
        (tr("Version"), result.mlperf_round, result.division),
        (tr("Read from"), told(result.place), ""),
        *((tr("Note"), told(note), "") for note in result.notes),
    )
    return WhySection(tr("As it was read"), tuple(WhyRow(*each) for each in said if each[1]))


def _projected_section(row: HeldResult, catalog: Catalog) -> WhySection:
    if row.projected is None or row.residual is None:
        return WhySection(tr("Not held against a projection"), (WhyRow(tr("Reason"), told(row.why_not)),))
    inside = tr("inside the interval") if row.inside else tr("outside the interval")
    return WhySection(
        tr("Measured against projected"),
        (
            WhyRow(
                tr("Projected"),
                _in_words(row, row.projected.median, catalog),
                tr("software as of {release}", release=row.release),
            ),
            WhyRow(tr("80 % interval"), _interval(row, row.projected, catalog), inside),
            WhyRow(
                tr("Difference"),
                tr("{percent} %", percent=residual_text(row.residual)),
                tr("measured over projected, less 1"),
            ),
        ),
    )
