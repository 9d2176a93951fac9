"""Printed speeds that were left out: what the model said without them, by framework and job.

No figure here is an official result. A mark is a printed speed; its interval is what was predicted, over it.
"""

from collections.abc import Sequence
from types import MappingProxyType

from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.calibration.speeds import SpeedAnswer, SpeedTest, is_inside, scores
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, PublishedResult
from ipuwhatif.charts.geometry import page_size
from ipuwhatif.charts.labels import EDGE, fit
from ipuwhatif.charts.palette import NEUTRAL, TITLE_SIZE, system_tint
from ipuwhatif.charts.spec import (
    GHOST,
    PAIR,
    PROJECTED,
    Cell,
    ChartSpec,
    Column,
    Figure,
    Headline,
    HeadlinePart,
    Label,
    LegendEntry,
    Line,
    Mark,
    TableSpec,
    Tint,
    Why,
    WhyRow,
    WhySection,
)
from ipuwhatif.figures.aligned import DASH
from ipuwhatif.figures.job_titles import workload_name
from ipuwhatif.figures.track_record.track_charts import percent_text, signed_percent, wrapped
from ipuwhatif.figures.track_record.track_residuals import error_axis, grouped_rows
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, told

#: Ways of leaving speeds out by their key among the back-tests, as the start of a title.
SPEED_TESTS = MappingProxyType(
    {
        "speeds-document": marked("Printed speeds, by document"),
        "speeds-framework": marked("Printed speeds, by framework"),
        "speeds-language-document": marked("Printed speeds of language models, by document"),
        "speeds-language-framework": marked("Printed speeds of language models, by framework"),
    }
)
PREFIX = "speeds-"


def speed_record_figure(test: SpeedTest, catalog: Catalog, width: int = 1120, height: int = 630) -> Figure:
    """One way of leaving printed speeds out as a chart of errors, with a table row for each speed."""
    printed = {result.key: result for result in (*catalog.published, *catalog.language_speeds)}
    rows = _rows(test.answers, printed, catalog)
    answers = [each for members in rows.values() for each in members]
    title, count = tr(SPEED_TESTS[PREFIX + test.key]), len(answers)
    held_out = tr("{held_out}: errors of {count} predicted speeds", held_out=title, count=format_number(count))
    return Figure(
        headline=Headline((HeadlinePart(_finding(title, test)),)),
        chart=_chart(rows, held_out, _clauses(test), printed, page_size(width, height)),
        table=_table(answers, printed, catalog),
        footnotes=(),
        why=tuple(_why(each, printed[each.figure], catalog) for each in answers),
        notices=(tr("Speeds as documents print them; none is an official result of a benchmark suite."),),
    )


def _finding(title: str, test: SpeedTest) -> str:
    """ "Printed speeds, by document: within 14.3 % on average, 80 % inside the 80 % interval." """
    found = scores(test)
    cells = sum(score.cells for score in found)
    return tr(
        "{held_out}, {cells} cells: within {error} % on average, {covered} % inside the {level} % interval.",
        held_out=title,
        cells=cells,
        error=f"{100.0 * sum(score.error * score.cells for score in found) / cells:.1f}",
        covered=f"{100.0 * sum(score.covered for score in found) / cells:.0f}",
        level=format_number(100.0 * LEVEL),
    )


def _clauses(test: SpeedTest) -> tuple[str, ...]:
    return (
        tr("Samples a second by a model fitted without what it predicts ({title});", title=tr(test.title)),
        *(
            tr(
                "software known by {known}: {error} %, a constant share of the peak {constant} %, the nearest figure "
                "{nearest} %;",
                known=tr(score.known),
                error=f"{100.0 * score.error:.1f}",
                constant=f"{100.0 * score.constant:.1f}",
                nearest=f"{100.0 * score.nearest:.1f}",
            )
            for score in scores(test)
        ),
        tr("layout and batch as printed"),
    )


def _rows(
    answers: Sequence[SpeedAnswer], printed: dict[str, PublishedResult], catalog: Catalog
) -> dict[str, list[SpeedAnswer]]:
    """Answers by framework and job, the lowest predictions first."""

    def name(answer: SpeedAnswer) -> str:
        result = printed[answer.figure]
        software = catalog.software[result.software_key].name.split(",")[0].split(" (")[0]
        job = workload_name(result.workload, catalog.workloads)
        return tr("{software}, {workload}", software=software, workload=job)

    rows: dict[str, list[SpeedAnswer]] = {}
    for answer in sorted(answers, key=lambda each: (name(each), each.predicted / each.measured, each.figure)):
        rows.setdefault(name(answer), []).append(answer)
    return rows


def _tint(answer: SpeedAnswer, printed: dict[str, PublishedResult]) -> Tint:
    choice = printed[answer.figure].choice
    assert choice is not None
    return system_tint("gpu", choice.chips)


def _chart(
    rows: dict[str, list[SpeedAnswer]],
    title: str,
    clauses: tuple[str, ...],
    printed: dict[str, PublishedResult],
    size: tuple[int, int],
) -> ChartSpec:
    legend = (
        LegendEntry(PROJECTED, tr("80 % interval of a prediction")),
        LegendEntry(GHOST, tr("prediction equals printed speed")),
        LegendEntry(PAIR, tr("printed speed and its prediction; not official results")),
    )
    texts = [_reached(members) for members in rows.values()]
    subtitle = wrapped(clauses, size[0])
    grouped = grouped_rows({name: len(members) for name, members in rows.items()}, texts, subtitle, legend, size)
    page, y_axis = grouped.page, grouped.y_axis
    ordered = [each for members in rows.values() for each in members]
    ends = [(each.low / each.measured, each.high / each.measured) for each in ordered]
    marks = tuple(
        Mark(each.predicted / each.measured, place, _tint(each, printed), PAIR, _key(each))
        for each, place in zip(ordered, grouped.places, strict=True)
    )
    axis_title = tr("Error of the predicted speed, logarithmic")
    x_axis = error_axis(
        [*(end for both in ends for end in both), *(mark.x for mark in marks)], page.plot_width, axis_title
    )
    return ChartSpec(
        kind="track-record",
        title=fit(title, TITLE_SIZE, size[0] - 2 * EDGE, bold=True),
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=y_axis,
        lines=(
            Line((1.0, 1.0), (y_axis.low, y_axis.high), NEUTRAL, GHOST, False, ""),
            *(
                Line(both, (mark.y, mark.y), mark.tint, PROJECTED, False, mark.key)
                for both, mark in zip(ends, marks, strict=True)
            ),
        ),
        marks=marks,
        labels=tuple(
            Label(x_axis.high, middle, text, Tint("gpu"), "left", EDGE)
            for middle, text in zip(grouped.middles, texts, strict=True)
        ),
        legend=legend,
        **page.margins,
    )


def _reached(answers: Sequence[SpeedAnswer]) -> str:
    errors = [abs(each.predicted / each.measured - 1.0) for each in answers]
    return tr(
        "{percent} % on average, {covered} of {count} inside",
        percent=f"{100.0 * sum(errors) / len(errors):.1f}",
        covered=sum(map(is_inside, answers)),
        count=len(answers),
    )


def _key(answer: SpeedAnswer) -> str:
    """As Evidence calls a printed figure."""
    return f"published/{answer.figure}"


def _speed(value: float) -> Cell:
    return Cell(format_number(value, 4), value)


def _table(answers: Sequence[SpeedAnswer], printed: dict[str, PublishedResult], catalog: Catalog) -> TableSpec:
    columns = (
        Column(tr("Software")),
        Column(tr("Workload")),
        Column(tr("System")),
        Column(tr("Known by")),
        Column(tr("Printed (samples/s)"), "decimal"),
        Column(tr("Predicted (samples/s)"), "decimal"),
        Column(tr("80 % interval (samples/s)"), "decimal"),
        Column(tr("Error (%)"), "decimal"),
        Column(tr("Inside")),
    )
    rows = tuple(_row(each, printed[each.figure], catalog) for each in answers)
    return TableSpec(columns, rows, tuple(_tint(each, printed) for each in answers))


def _row(answer: SpeedAnswer, result: PublishedResult, catalog: Catalog) -> tuple[Cell, ...]:
    assert result.choice is not None
    low, high, error = _speed(answer.low), _speed(answer.high), answer.predicted / answer.measured - 1.0
    return (
        Cell(catalog.software[result.software_key].name),
        Cell(workload_name(result.workload, catalog.workloads)),
        Cell(system_name(result.choice, catalog)),
        Cell(tr(answer.known)),
        Cell(format_number(answer.measured, 4), answer.measured, _key(answer)),
        _speed(answer.predicted),
        Cell(DASH.join((low.text, high.text)), None, "", (answer.low, answer.high)),
        Cell(signed_percent(error), round(100.0 * error, 1)),
        Cell(tr("yes") if is_inside(answer) else tr("no")),
    )


def _why(answer: SpeedAnswer, result: PublishedResult, catalog: Catalog) -> Why:
    assert result.choice is not None
    inside = tr("the printed speed lies inside") if is_inside(answer) else tr("the printed speed lies outside")
    ends = [format_number(end, 4) for end in (answer.low, answer.high)]
    error = percent_text(answer.predicted / answer.measured - 1.0)
    predicted = (
        WhyRow(tr("Software known by"), tr(answer.known)),
        WhyRow(tr("Predicted"), format_number(answer.predicted, 4), tr("with layout and batch as printed")),
        WhyRow(tr("80 % interval"), tr("{low} to {high}", low=ends[0], high=ends[1]), inside),
        WhyRow(tr("Error"), error),
        WhyRow(tr("A constant share of the peak"), percent_text(answer.constant / answer.measured - 1.0)),
        WhyRow(tr("The nearest figure, scaled"), percent_text(answer.nearest / answer.measured - 1.0)),
    )
    printed = (
        WhyRow(tr("Job"), " ".join(filter(None, (told(result.model), told(result.variant))))),
        WhyRow(tr("Software"), result.software),
        WhyRow(tr("Source"), result.origin.producer, result.origin.title, result.origin),
    )
    return Why(
        key=_key(answer),
        title=system_name(result.choice, catalog),
        value=tr("{speed} samples/s", speed=format_number(answer.measured, 4)),
        summary=tr("Printed by {producer}; no official result of a benchmark suite.", producer=result.origin.producer),
        sections=(WhySection(tr("Predicted without it"), predicted), WhySection(tr("As printed"), printed)),
    )
