"""Evidence on hardware: the data-sheet figures of the ticked systems, conflicting ones side by side and ranked."""

import math
import re
from collections.abc import Sequence

from ipuwhatif.analysis.evidence import Evidence, HardwareRow
from ipuwhatif.catalog.datum import RECALLED, Datum
from ipuwhatif.charts.labels import EDGE, fit
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.page import names_room, page_of, row_axis
from ipuwhatif.charts.palette import NEUTRAL, TICK_SIZE, TITLE_SIZE, system_tint
from ipuwhatif.charts.spec import (
    GHOST,
    PAIR,
    Axis,
    Cell,
    ChartSpec,
    Column,
    Figure,
    Headline,
    HeadlinePart,
    LegendEntry,
    Line,
    Mark,
    TableSpec,
    Tick,
    Tint,
    Why,
    WhyRow,
    WhySection,
)
from ipuwhatif.figures.empty import empty_chart
from ipuwhatif.figures.evidence.attribute_names import attribute_name
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, format_quantity, told

_LONGEST_NAME, _TOP, _ROW, _RIGHT = 340.0, 64, 22, 28
_DIGITS = 4  # 249.8 and 250 TFLOPS are not the same
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_MOST_PARTS = 64  # chips that a printed figure may be of
_SIZE, _USED = 1.3, 1.7  # diameter of a mark, and of the figure that is used, times that of its style


def sheet_key(row: HardwareRow) -> str:
    """What a click on a figure asks the why of: all figures of an attribute have one."""
    return f"sheet/{row.owner}/{row.attribute}"


def sheet_figure(answer: Evidence, size: tuple[int, int]) -> Figure:
    """Every figure in the table; on the chart those that conflict, over the one that the model uses."""
    rows = answer.hardware
    groups = _groups(rows)
    conflicts = [group for group in groups if any(is_in_conflict(row, group[0]) for row in group)]
    recalled = sum(row.datum.origin.kind == RECALLED for row in rows)
    notices = [
        tr(
            "Rank 1 is what the model uses, as it was chosen for each figure; the others follow in the order in which "
            "their sources are trusted. Figures that differ by rounding only are no conflict."
        )
    ]
    if recalled:
        many = tr("{count} figures are not sourced: they were recalled.", count=format_number(recalled))
        notices.append(tr("1 figure is not sourced: it was recalled.") if recalled == 1 else many)
    headline = tr(
        "{count} figures of data sheets about {attributes} properties; sources conflict about {conflicts} of these",
        count=format_number(len(rows)),
        conflicts=format_number(len(conflicts)),
        attributes=format_number(len(groups)),
    )
    title = tr("Data sheets: conflicting figures")
    agreed = tr("No two sources conflict about a figure of these systems")
    chart = (
        _chart(conflicts, title, size)
        if conflicts
        else empty_chart(title, agreed, _share_axis(1.0, 1.0), footnotes(()), size)
    )
    return Figure(
        headline=Headline((HeadlinePart(headline),)),
        chart=chart,
        table=_table(rows),
        footnotes=footnotes(()),
        why=tuple(_why(group) for group in groups),
        notices=tuple(notices),
    )


def is_in_conflict(row: HardwareRow, used: HardwareRow) -> bool:
    """Whether a figure differs from the one in use by more than half a unit of the last digit of the coarser."""
    half = max(_half_step(row.datum), _half_step(used.datum))
    return abs(row.datum.value - used.datum.value) > half * (1.0 + 1e-9)


def _half_step(datum: Datum) -> float:
    """Half a unit of the last digit that a figure was printed with, in the figure's unit; 0 where it is not found.

    Its number is the first one of the text that is the figure but for a power of ten and a count of chips.
    """
    for text in _NUMBER.findall(datum.verbatim):
        number = float(text.replace(",", "."))
        if number and any(_is_power_of_ten(datum.value * parts / number) for parts in range(1, _MOST_PARTS + 1)):
            decimals = len(text) - 1 - max(text.find("."), text.find(",")) if not text.isdigit() else 0
            return datum.value * 0.5 * 10.0**-decimals / number
    return 0.0


def _is_power_of_ten(value: float) -> bool:
    power = math.log10(value) if value > 0.0 else 0.5
    return abs(power - round(power)) < 1e-9


def _groups(rows: Sequence[HardwareRow]) -> list[list[HardwareRow]]:
    groups: dict[str, list[HardwareRow]] = {}
    for row in rows:
        groups.setdefault(sheet_key(row), []).append(row)
    return list(groups.values())


def _name(row: HardwareRow) -> str:
    """ "GC200, clock"."""
    return tr("{owner}, {what}", owner=row.owner, what=attribute_name(row.attribute))


def _tint(row: HardwareRow) -> Tint:
    return Tint(system_tint(row.family, 1).hue)


def _chart(groups: Sequence[Sequence[HardwareRow]], title: str, size: tuple[int, int]) -> ChartSpec:
    names = [fit(_name(each[0]), TICK_SIZE, _LONGEST_NAME) for each in groups]
    entries = (
        LegendEntry(GHOST, tr("the figure that the model uses")),
        LegendEntry(PAIR, tr("a figure as printed or derived; the larger mark is used")),
    )
    page = page_of(size, "", entries, names_room(names), _RIGHT, _TOP).holding(_ROW * len(names))
    shares = [row.datum.value / row.used for group in groups for row in group]
    return ChartSpec(
        kind="evidence",
        title=fit(title, TITLE_SIZE, page.width - 2 * EDGE, bold=True),
        subtitle=tr("Each figure over the one that the model uses; not drawn where all sources agree but for rounding"),
        x_axis=_share_axis(min(shares), max(shares)),
        y_axis=row_axis(names),
        lines=(Line((1.0, 1.0), (-0.5, len(names) - 0.5), NEUTRAL, GHOST, False, ""),),
        marks=tuple(
            Mark(
                row.datum.value / row.used,
                float(number),
                _tint(row),
                PAIR,
                sheet_key(row),
                _USED if row.rank == 1 else _SIZE,
            )
            for number, group in enumerate(groups)
            for row in reversed(group)
        ),
        legend=entries,
        footnotes=footnotes(()),
        **page.margins,
    )


def _share_axis(low: float, high: float) -> Axis:
    """Figures over the one in use, logarithmic: a factor looks the same both ways."""
    low, high = min(low / 1.05, 0.8), max(high * 1.05, 1.25)
    axis = log_axis(tr("Figure over the one in use, logarithmic"), low, high)
    ticks = (
        axis.ticks
        if len(axis.ticks) > 2
        else tuple(Tick(value, format_number(value)) for value in (0.8, 0.9, 1.0, 1.1, 1.2) if low <= value <= high)
    )
    return replace(axis, low=low, high=high, ticks=ticks)


def _table(rows: Sequence[HardwareRow]) -> TableSpec:
    columns = (
        Column(tr("Chip or system")),
        Column(tr("Figure")),
        Column(tr("Rank"), "decimal"),
        Column(tr("Value"), "decimal", mixed=True),
        Column(tr("As printed")),
        Column(tr("How known")),
        Column(tr("Source")),
    )
    return TableSpec(columns, tuple(_row(each) for each in rows), tuple(_tint(each) for each in rows))


def _row(row: HardwareRow) -> tuple[Cell, ...]:
    key, datum = sheet_key(row), row.datum
    return (
        Cell(row.owner, key=key),
        Cell(attribute_name(row.attribute), key=key),
        Cell(tr("{rank}, used", rank=row.rank) if row.rank == 1 else str(row.rank), float(row.rank), key),
        Cell(format_quantity(datum.value, datum.unit, _DIGITS), datum.value, key),
        Cell(datum.verbatim, key=key),
        Cell(_kind(datum.origin.kind), key=key),
        Cell(datum.origin.title, key=key),
    )


def _kind(kind: str) -> str:
    return tr("not sourced") if kind == RECALLED else tr(kind)


def _why(group: Sequence[HardwareRow]) -> Why:
    first = group[0]
    rows = tuple(
        WhyRow(
            tr("{rank}, used", rank=row.rank) if row.rank == 1 else str(row.rank),
            format_quantity(row.datum.value, row.datum.unit, _DIGITS),
            tr("; ").join(
                text for text in (row.datum.verbatim, _kind(row.datum.origin.kind), told(row.datum.origin.note)) if text
            ),
            row.datum.origin,
        )
        for row in group
    )
    return Why(
        key=sheet_key(first),
        title=_name(first),
        value=format_quantity(first.used, first.datum.unit, _DIGITS),
        summary=tr("What the model uses; sources in the order in which they are trusted."),
        sections=(WhySection(tr("As printed"), rows),),
    )
