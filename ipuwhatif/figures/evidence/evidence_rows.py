"""The rows of Evidence as a table, and a why for each with the source that it comes from."""

from collections.abc import Sequence

from ipuwhatif.analysis.evidence import OFFICIAL, EvidenceRow
from ipuwhatif.analysis.results import Quantity
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Cell, Column, TableSpec, Tint, Why, WhyRow, WhySection
from ipuwhatif.figures.cells import score_cell
from ipuwhatif.figures.phrasing import official_key
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.why.why import official_why
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, format_rate, told

UNKNOWN = Tint("neutral", 0.9)


def row_key(row: EvidenceRow) -> str:
    """What a click on a row asks the why of: "official/<entry>" or "published/<figure>"."""
    return official_key(row.official) if row.official is not None else f"published/{row.key}"


def row_tint(row: EvidenceRow) -> Tint:
    """The tint of the family of a row, as the legend has it; grey where the catalog does not hold its system."""
    return UNKNOWN if row.choice is None else system_tint(row.family, row.chips)


def value_text(value: float, unit: str) -> str:
    """A figure in its unit: "28.3 min", "27.0 s an epoch", "29,068 samples/s"."""
    if unit == "samples/s":
        return format_rate(value)
    if unit == "s/epoch":
        return tr("{time} an epoch", time=time_text(value))
    return time_text(value)


def model_text(row: EvidenceRow, value: float) -> str:
    """What the model says of a row: of an official score in minutes, as that is, with three digits."""
    if row.official is None:
        return value_text(value, row.unit)
    return tr("{minutes} min", minutes=format_number(value / 60.0, 3))


def stated_text(row: EvidenceRow) -> str:
    """What a row states: an official score in minutes as published, a printed figure with its bound."""
    if row.official is not None:
        return tr("{minutes} min", minutes=f"{row.value / 60.0:,.2f}")
    bound = "" if row.published is None else row.published.bound
    return f"{bound} {value_text(row.value, row.unit)}".strip()


def residual_text(residual: float) -> str:
    """An error with its sign: "+8.6", "−15.2"."""
    return f"{'−' if residual < 0.0 else '+'}{100.0 * abs(residual):.1f}"


def evidence_table(rows: Sequence[EvidenceRow], official_shown: bool) -> TableSpec:
    """One row an entry and a published figure; official scores and printed figures have columns of their own."""
    columns = [
        Column(tr("Kind")),
        Column(tr("Submitter or producer")),
        Column(tr("System")),
        Column(tr("Chips"), "decimal"),
        Column(tr("Version or date")),
        *([Column(tr("Division")), Column(tr("Official (min)"), "decimal")] if official_shown else []),
        Column(tr("Printed"), "decimal", mixed=True),
        Column(tr("Model, in-sample"), "decimal", mixed=True),
        Column(tr("Residual (%), not official"), "decimal"),
        Column(tr("Inside")),
        Column(tr("Learnt from")),
    ]
    cells = tuple(_row(each, official_shown) for each in rows)
    return TableSpec(tuple(columns), cells, tuple(row_tint(each) for each in rows))


def _row(row: EvidenceRow, official_shown: bool) -> tuple[Cell, ...]:
    key = row_key(row)
    is_official = row.official is not None
    printed_cell = Cell("", key=key) if is_official else Cell(stated_text(row), row.value, key)
    return (
        Cell(tr("official") if row.kind == OFFICIAL else tr("published"), key=key),
        Cell(row.producer, key=key),
        Cell(row.system, key=key),
        Cell(format_number(row.chips), float(row.chips), key) if row.chips else Cell("–", None, key),
        Cell(row.dated or tr("not known"), key=key),
        *(
            [
                Cell("" if row.official is None else tr(row.official.division), key=key),
                score_cell(row.value, key) if is_official else Cell("", key=key),
            ]
            if official_shown
            else []
        ),
        printed_cell,
        *_model_cells(row, key),
        Cell(tr(row.left_out) if row.left_out else tr("yes"), key=key),
    )


def _model_cells(row: EvidenceRow, key: str) -> tuple[Cell, Cell, Cell]:
    """The model's value, the residual and whether the row lies inside; empty where the model does not learn from it."""
    if row.model is None or row.residual is None:
        return Cell("", key=key), Cell("", key=key), Cell("", key=key)
    text = residual_text(row.residual)
    return (
        Cell(model_text(row, row.model.median), row.model.median, key),
        Cell(text, round(100.0 * row.residual, 1), key),
        Cell(tr("yes") if row.inside else tr("no"), key=key),
    )


def row_whys(rows: Sequence[EvidenceRow], catalog: Catalog) -> tuple[Why, ...]:
    """A Why for every row, each key once."""
    return tuple({why.key: why for why in (_why(row, catalog) for row in rows)}.values())


def _why(row: EvidenceRow, catalog: Catalog) -> Why:
    if row.official is None:
        return _published_why(row)
    why = official_why(row.official, row.system, catalog)
    return Why(why.key, why.title, why.value, why.summary, (*why.sections, _model_section(row)))


def _model_section(row: EvidenceRow) -> WhySection:
    """What the model says of the row it was fitted to, or why it does not learn from it."""
    if row.model is None or row.residual is None:
        return WhySection(tr("The model does not learn from it"), (WhyRow(tr("Reason"), tr(row.left_out)),))
    inside = tr("inside the interval") if row.inside else tr("outside the interval")
    return WhySection(
        tr("The model on this row: in-sample, not an official metric"),
        (
            WhyRow(tr("Model"), model_text(row, row.model.median), tr("laid out as it ran")),
            WhyRow(tr("80 % interval"), _interval(row, row.model), inside),
            WhyRow(
                tr("Residual"), tr("{percent} %", percent=residual_text(row.residual)), tr("model over row, less 1")
            ),
        ),
    )


def _interval(row: EvidenceRow, quantity: Quantity) -> str:
    return tr("{low} to {high}", low=model_text(row, quantity.low), high=model_text(row, quantity.high))


def _published_why(row: EvidenceRow) -> Why:
    result = row.published
    assert result is not None
    said = (
        (tr("Job"), " ".join(filter(None, (told(result.model), told(result.variant))))),
        (tr("Chips"), format_number(row.chips)),
        (tr("Software"), result.software),
        (tr("Arithmetic"), result.precision),
        (tr("Date"), row.dated),
        (tr("Note"), told(result.note)),
    )
    source = WhyRow(tr("Source"), row.producer, row.origin.title, row.origin)
    return Why(
        key=row_key(row),
        title=row.system,
        value=stated_text(row),
        summary=tr("Printed by {producer}; no official result of a benchmark suite.", producer=row.producer),
        sections=(
            WhySection(tr("As printed"), (*(WhyRow(name, text) for name, text in said if text), source)),
            _model_section(row),
        ),
    )
