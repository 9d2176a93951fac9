"""Evidence on a job that is known by stated ratios only: who stated which, and where it was printed."""

import math

from ipuwhatif.analysis.evidence import Evidence
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.types import Statement
from ipuwhatif.charts.labels import EDGE, fit, text_width
from ipuwhatif.charts.page import names_room, row_axis
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL, TICK_SIZE, TITLE_SIZE
from ipuwhatif.charts.spec import (
    Axis,
    Bar,
    Cell,
    ChartSpec,
    Column,
    Figure,
    Headline,
    HeadlinePart,
    Label,
    TableSpec,
    Tick,
    Why,
    WhyRow,
    WhySection,
)
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told

_LONGEST_NAME, _TOP, _BOTTOM = 320.0, 64, 60
_STEPS = tuple(factor * 10**power for power in range(9) for factor in (1, 2, 5))  # between two ticks


def statement_key(statement: Statement) -> str:
    """What a click on a stated ratio asks the why of."""
    return f"statement/{statement.key}"


def statements_figure(answer: Evidence, name: str, size: tuple[int, int]) -> Figure:
    """The stated ratios of a job as bars and rows; nothing measured, nothing projected."""
    count = format_number(len(answer.statements))
    return Figure(
        headline=Headline((HeadlinePart(tr("{workload}: {count} stated, none measured", workload=name, count=count)),)),
        chart=_chart(answer, name, size),
        table=TableSpec(
            (
                Column(tr("Kind")),
                Column(tr("What")),
                Column(tr("Over")),
                Column(tr("Ratio as stated (×)"), "decimal"),
                Column(tr("Source")),
                Column(tr("Date")),
            ),
            tuple(_row(each) for each in answer.statements),
            tuple(NEUTRAL for _ in answer.statements),
        ),
        footnotes=footnotes(()),
        why=tuple(_why(each) for each in answer.statements),
        notices=(
            tr(
                "Somebody stated these ratios; no primary source and no measurement was found, and no network is known."
            ),
            tr("They stand beside no projection and no official result."),
        ),
    )


def _chart(answer: Evidence, name: str, size: tuple[int, int]) -> ChartSpec:
    width, height = size
    statements = answer.statements
    names = [fit(told(each.subject), TICK_SIZE, _LONGEST_NAME) for each in statements]
    texts = [tr("{ratio} ×, stated", ratio=format_number(each.ratio)) for each in statements]
    right = math.ceil(10.0 + max(text_width(text, LABEL_SIZE) for text in texts) + EDGE)
    top = max(each.ratio for each in statements)
    step = next(step for step in _STEPS if top <= 8.0 * step)
    ticks = tuple(Tick(float(value), str(value)) for value in range(0, math.floor(top) + 1, step))
    title = tr("{workload}: ratios as stated", workload=name)
    return ChartSpec(
        kind="evidence",
        title=fit(title, TITLE_SIZE, width - 2 * EDGE, bold=True),
        subtitle=tr("Stated, not measured and not projected"),
        x_axis=Axis(tr("Ratio as stated (×)"), "linear", 0.0, 1.02 * top, ticks, 1.0, "×"),
        y_axis=row_axis(names),
        labels=tuple(
            Label(each.ratio, float(row), text, NEUTRAL, "left", 10.0)
            for row, (each, text) in enumerate(zip(statements, texts, strict=True))
        ),
        footnotes=footnotes(()),
        width=width,
        height=height,
        margin_left=names_room(names),
        margin_right=right,
        margin_top=_TOP,
        margin_bottom=_BOTTOM,
        bars=tuple(
            Bar(float(row), 0.0, each.ratio, NEUTRAL, statement_key(each), hatched=True)
            for row, each in enumerate(statements)
        ),
    )


def _row(statement: Statement) -> tuple[Cell, ...]:
    key = statement_key(statement)
    return (
        Cell(tr("stated"), key=key),
        Cell(told(statement.subject), key=key),
        Cell(statement.baseline, key=key),
        Cell(format_number(statement.ratio), statement.ratio, key),
        Cell(_source(statement.origin), key=key),
        Cell(statement.origin.published or tr("not known"), key=key),
    )


def _source(origin: Origin) -> str:
    return told(origin.note) or origin.title


def _why(statement: Statement) -> Why:
    origin = statement.origin
    rows = (
        WhyRow(tr("Stated"), tr("{ratio} ×", ratio=format_number(statement.ratio)), _source(origin)),
        WhyRow(tr("Source"), origin.producer, origin.title, origin),
    )
    return Why(
        key=statement_key(statement),
        title=told(statement.subject),
        value=tr("{ratio} ×", ratio=format_number(statement.ratio)),
        summary=tr("Stated; no primary source and no measurement was found."),
        sections=(WhySection(tr("Who stated it"), rows),),
    )
