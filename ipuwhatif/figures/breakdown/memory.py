"""The Memory figure: what fills the fullest chip of each system, stacked, against the memory of that chip."""

import math
from collections.abc import Sequence

from ipuwhatif.analysis.memory import Memory, Row
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.charts.geometry import Frame, page_size, spaced
from ipuwhatif.charts.labels import EDGE, fit, text_width
from ipuwhatif.charts.page import names_room, page_of, row_axis
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL, TICK_SIZE, part_tint, system_tint
from ipuwhatif.charts.spec import (
    BAR,
    GHOST,
    Axis,
    Bar,
    Cell,
    ChartSpec,
    Column,
    Figure,
    Headline,
    HeadlinePart,
    Label,
    LegendEntry,
    Line,
    TableSpec,
    Tick,
)
from ipuwhatif.figures.breakdown.memory_words import (
    fits_text,
    held_layout_text,
    lacking_text,
    memory_key,
    memory_why,
    needed_text,
    part_name,
)
from ipuwhatif.figures.captions import heading, software_clause
from ipuwhatif.figures.cells import amount_cell
from ipuwhatif.figures.compare.rows import ROW_HEIGHT
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.headline import DOT
from ipuwhatif.figures.phrasing import listed, moved_clause, moved_text
from ipuwhatif.figures.why.why import missing_why
from ipuwhatif.model.memory import PARTS
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, format_quantity, told

_LABEL_GAP, _LONGEST_NAME, _MARGIN_TOP, _INSET = 10.0, 220.0, 64, 6.0
#: Bars are cut off beyond so many times the memory, so that those that fit keep their length.
_MOST, _STEP = 2.0, 0.2
_GIGA, _MEGA = 1e9, 1e6


def memory_figure(memory: Memory, width: int = 960, height: int = 540) -> Figure:
    """Everything Memory shows, laid out for `width` × `height` logical pixels; many systems make it taller."""
    rows = memory.rows
    return Figure(
        headline=_headline(_spoken(memory), rows),
        chart=_chart(memory, page_size(width, height)),
        table=_table(memory),
        footnotes=footnotes(()),
        why=Lazy(lambda: (*(memory_why(row) for row in rows), *(missing_why(each) for each in memory.missing))),
        notices=_notices(memory),
    )


def _spoken(memory: Memory) -> Sequence[Row]:
    """The subject and the reference, as on every page; of two scenarios, the first system in both.

    Where neither of two holds the job, the first that does is told as well: that is what was to be found out.
    """
    spoken = [row for key in dict.fromkeys(memory.spoken) for row in memory.rows if row.choice.key == key]
    told = (*spoken, *(row for row in memory.rows if row.choice.key not in memory.spoken))[:2]
    holding = () if any(row.fits for row in told) else [row for row in memory.rows if row.fits][:1]
    return (*holding, *told)


def _headline(rows: Sequence[Row], every: Sequence[Row]) -> Headline:
    """How full the chips are, system by system, and which others do not hold the job."""
    parts: list[HeadlinePart] = []
    for row in rows:
        text = tr("{name} {needed}", name=row.name, needed=needed_text(row))
        parts += [HeadlinePart(DOT), HeadlinePart(text, memory_key(row))]
    parts.append(HeadlinePart(tr(" on the fullest chip, by the model")))
    if short := [row.name for row in every if not row.fits and row not in rows]:
        parts.append(HeadlinePart(DOT + tr("does not fit: {names}", names=listed(short))))
    return Headline(tuple(parts[1:]))


def _notices(memory: Memory) -> tuple[str, ...]:
    short = [row for row in memory.rows if not row.fits]
    moved = (tr("Moved levers: {settings}.", settings=moved_text(memory.settings)),) if memory.settings else ()
    return (
        *(tr("{name}: {fits}.", name=row.name, fits=fits_text(row)) for row in short),
        tr(
            "Bytes of the fullest chip, counted from the layout: of the projected one where the job fits, else of the "
            "one that asks least. Nobody published them; the layouts of entries were held against them."
        ),
        *_in_gib(memory),
        *moved,
        *(tr("{name} is left out: {reason}.", name=each.name, reason=told(each.reason)) for each in memory.missing),
    )


def _in_gib(memory: Memory) -> tuple[str, ...]:
    """How a memory that a system reports in MiB goes with the figure that its chip is sold under."""
    if all(row.holding.memory % _MEGA == 0.0 for row in memory.rows):
        return ()
    return (tr("1 GB is 10⁹ bytes: 141 GB of a product that are counted by 2³⁰ are 151 GB here."),)


def _share(row: Row) -> float:
    return row.holding.needed / row.holding.memory


def _percent(share: float) -> str:
    return format_number(100.0 * share, 3).removesuffix(".0")


def _axis(rows: Sequence[Row]) -> Axis:
    most = min(max(1.0, *map(_share, rows)), _MOST)
    steps = math.ceil(most / _STEP - 1e-9)
    ticks = tuple(Tick(step * _STEP, str(round(100 * step * _STEP))) for step in range(steps + 1))
    return Axis(tr("Share of the memory of a chip (%), full at 100"), "linear", 0.0, ticks[-1].value, ticks, 0.01, "%")


def _chart(memory: Memory, size: tuple[int, int]) -> ChartSpec:
    rows = memory.rows
    case, x_axis = rows[0].case, _axis(rows)
    names = [fit(row.name, TICK_SIZE, _LONGEST_NAME) for row in rows]
    right = _LABEL_GAP + max(text_width(needed_text(row), LABEL_SIZE, bold=True) for row in rows) + EDGE
    entries = (
        *(LegendEntry(BAR, part_name(part), part_tint(part)) for part in memory.parts),
        LegendEntry(GHOST, tr("memory of a chip")),
    )
    title = tr("{workload}: what fills the memory of a chip", workload=memory.catalog.workloads[case.workload].name)
    title, subtitle = heading(title, case.release, _clauses(memory), size[0])
    page = page_of(size, subtitle, entries, names_room(names), right, _MARGIN_TOP).holding(ROW_HEIGHT * len(rows))
    x_axis, y_axis = spaced(x_axis, page.plot_width), row_axis(names)
    frame = page.frame(x_axis, y_axis)
    return ChartSpec(
        kind="memory",
        title=title,
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=y_axis,
        lines=(Line((1.0, 1.0), (y_axis.low, y_axis.high), NEUTRAL, GHOST, False, ""),),
        labels=tuple(label for place, row in enumerate(rows) for label in _labels(place, row, frame)),
        legend=entries,
        footnotes=footnotes(()),
        **page.margins,
        bars=tuple(bar for place, row in enumerate(rows) for bar in _bars(place, row, x_axis.high)),
    )


def _clauses(memory: Memory) -> tuple[str, ...]:
    """The subtitle in clauses: software, moved levers, what is counted, and which bars are cut off."""
    case = memory.rows[0].case
    cut = any(_share(row) > _MOST for row in memory.rows)
    return (
        *software_clause(memory.catalog, case.workload, case.software, [row.family for row in memory.rows]),
        *moved_clause(memory.settings),
        tr("The fullest chip of each system, computed by the model"),
        *((tr("(bars are cut off at {percent} %)", percent=_percent(_MOST)),) if cut else ()),
    )


def _bars(place: int, row: Row, high: float) -> list[Bar]:
    """The parts one after the other, as far as the axis goes; each has a bar, so that pieces keep their places."""
    bars, filled = [], 0.0
    for part in PARTS:
        start, filled = filled, filled + row.holding.parts[part] / row.holding.memory
        bars.append(Bar(float(place), min(start, high), min(filled, high), part_tint(part), memory_key(row)))
    return bars


def _labels(place: int, row: Row, frame: Frame) -> list[Label]:
    """The sizes of parts inside their pieces, where they have room there, and what is needed right of the plot."""
    high = frame.x_axis.high
    tint = system_tint(row.family, row.choice.chips, row.choice.system)
    labels = [Label(high, float(place), needed_text(row), tint, "left", _LABEL_GAP, 0.0, True)]
    for part, bar in zip(PARTS, _bars(place, row, high), strict=True):
        text = format_quantity(row.holding.parts[part], "B")
        middle = _beside_line(bar)
        if 2 * (frame.x(bar.end) - frame.x(middle)) >= text_width(text, LABEL_SIZE) + 2 * _INSET:
            labels.append(Label(middle, bar.row, text, bar.tint, "center", on_bar=True))
    return labels


def _beside_line(bar: Bar) -> float:
    """Where a text in a piece of a bar stands: in the middle, or in that of its longer side of the memory's line."""
    if not bar.start < 1.0 < bar.end:
        return (bar.start + bar.end) / 2
    return (bar.start + 1.0) / 2 if 1.0 - bar.start > bar.end - 1.0 else (1.0 + bar.end) / 2


def _table(memory: Memory) -> TableSpec:
    """One row a system: what is filled and free, whether it fits and what would make it, the layout, bytes by part."""
    rows, parts = memory.rows, memory.parts
    unit, symbol = (_GIGA, "GB") if max(row.holding.memory for row in rows) >= _GIGA else (_MEGA, "MB")

    def amounts(names: Sequence[str]) -> list[Column]:
        return [Column(tr("{name} ({unit})", name=name, unit=symbol), "decimal") for name in names]

    columns = (
        Column(tr("System")),
        Column(tr("Fits")),
        *amounts((tr("Filled"), tr("Memory"), tr("Free"))),
        Column(tr("Layout")),
        *amounts([part_name(part) for part in parts]),
    )
    cells = []
    for row in rows:
        key, holding = memory_key(row), row.holding
        first = [_amount(size / unit, key) for size in (holding.needed, holding.memory, holding.free)]
        others = [_amount(holding.parts[part] / unit, key) for part in parts]
        fits, layout = Cell(lacking_text(row), key=key), Cell(held_layout_text(holding.layout), key=key)
        cells.append((Cell(row.name, key=key), fits, *first, layout, *others))
    return TableSpec(
        columns, tuple(cells), tuple(system_tint(row.family, row.choice.chips, row.choice.system) for row in rows)
    )


def _amount(amount: float, key: str) -> Cell:
    return amount_cell(amount, key) if amount else Cell("0", 0.0, key)
