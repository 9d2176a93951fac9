"""The Breakdown figure: the parts of each system's projected time, stacked, in time or as shares of it."""

from collections.abc import Sequence

from ipuwhatif.analysis.breakdown import Breakdown, Slice, Stack
from ipuwhatif.analysis.results import CALIBRATED, Comparison, Projection
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.charts.geometry import Frame, page_size, spaced, widest_plot
from ipuwhatif.charts.labels import EDGE, fit, text_width
from ipuwhatif.charts.page import names_room, page_of, row_axis
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL, TICK_SIZE, part_tint, system_tint
from ipuwhatif.charts.spec import (
    BAR,
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
    TableSpec,
    Tick,
)
from ipuwhatif.charts.ticks import LOG_ABOVE, TimeUnit, time_unit
from ipuwhatif.figures.captions import heading, job_clauses
from ipuwhatif.figures.cells import amount_cell
from ipuwhatif.figures.compare.ratios import LEAST_CHANGE
from ipuwhatif.figures.compare.rows import ROW_HEIGHT
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.headline import DOT, projected_word
from ipuwhatif.figures.job_titles import job_words, time_words
from ipuwhatif.figures.notices import comparison_notices
from ipuwhatif.figures.phrasing import key_of, moved_clause
from ipuwhatif.figures.spoken import spoken_rows
from ipuwhatif.figures.times import time_axis, time_text
from ipuwhatif.figures.why.term_words import part_name
from ipuwhatif.figures.why.why import missing_why, whys
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, Said, format_number

_LABEL_GAP, _LONGEST_NAME, _MARGIN_TOP = 10.0, 260.0, 64
#: Room that a share needs around it inside its piece of the bar, in logical pixels.
_INSET = 6.0
_PERCENTS = tuple(range(0, 101, 20))
#: From here on a time is told in its own unit; below the least a part is told as less than that, in the table's unit.
_MOST_PRINTED, _LEAST_PRINTED = 1000.0, 1e-3


def breakdown_figure(breakdown: Breakdown, share: bool = False, width: int = 960, height: int = 540) -> Figure:
    """Everything Breakdown shows, laid out for `width` × `height` logical pixels; many systems make it taller.

    share: parts of each time over the whole of it, in place of times. InputError when there is no system.
    """
    if not breakdown.stacks:
        raise InputError(tr("no system is chosen; choose at least one, such as ipu-pod64"))
    comparison = breakdown.comparison
    return Figure(
        headline=_headline([breakdown.stacks[row] for row in _spoken(comparison)], bool(comparison.pairs)),
        chart=_chart(breakdown, share, page_size(width, height)),
        table=_table(breakdown, share),
        footnotes=footnotes(()),
        why=Lazy(lambda: (*whys(comparison.projections), *(missing_why(each) for each in comparison.missing))),
        notices=(
            tr("The parts add up to the projected time; its interval is that of the whole, parts have none."),
            *(() if share else _flattened(breakdown.stacks)),
            *comparison_notices(comparison, ()),
        ),
    )


def _spoken(comparison: Comparison) -> tuple[int, ...]:
    """Rows of the subject and of the reference; of two scenarios the first comes first, as on the chart."""
    rows = spoken_rows(comparison) or tuple(range(len(comparison.projections)))[:2]
    return tuple(sorted(rows)) if comparison.pairs else rows


def _headline(stacks: Sequence[Stack], paired: bool) -> Headline:
    """What most of the time goes on, system by system; of one system under two scenarios what most changed."""
    named = [(stack.projection.name, stack.projection.basis == CALIBRATED) for stack in stacks]
    word = HeadlinePart(projected_word(named, ()))
    if paired and len(stacks) == 2 and (change := _change(*stacks)):
        ends = [
            HeadlinePart(tr("{name} {time}", name=each.projection.name, time=_time(each)), key_of(each.projection))
            for each in stacks
        ]
        return Headline((ends[0], HeadlinePart(DOT), ends[1], HeadlinePart(change), word))
    parts: list[HeadlinePart] = []
    for stack in stacks:
        largest = max(stack.slices, key=lambda each: each.seconds)
        text = tr(
            "{name} {time}, {share} % of it {part}",
            name=stack.projection.name,
            time=_time(stack),
            share=_percent(largest),
            part=_lower(part_name(largest.part)),
        )
        parts += [HeadlinePart(DOT), HeadlinePart(text, key_of(stack.projection))]
    return Headline((*parts[1:], word))


def _change(before: Stack, after: Stack) -> str:
    """Which part makes most of the difference of two times, and how much of it; empty where the times are alike."""
    whole = after.projection.time_to_train_s.median - before.projection.time_to_train_s.median
    parts = {each.part: each.seconds for each in after.slices}
    for each in before.slices:
        parts[each.part] = parts.get(each.part, 0.0) - each.seconds
    if abs(whole) < LEAST_CHANGE * before.projection.time_to_train_s.median:
        return ""
    part, change = max(parts.items(), key=lambda item: item[1] / whole)
    share = format_number(100.0 * change / whole, 2)
    return tr(": {share} % of the difference is {part}", share=share, part=_lower(part_name(part)))


def _time(stack: Stack) -> str:
    return time_text(stack.projection.time_to_train_s.median)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _flattened(stacks: Sequence[Stack]) -> tuple[str, ...]:
    """Where to look when one long time leaves others no length on the chart."""
    times = [stack.projection.time_to_train_s.median for stack in stacks]
    if max(times) <= LOG_ABOVE * min(times):
        return ()
    ratio = format_number(max(times) / min(times), 2)
    return (tr("The longest time is {ratio} × the shortest: as shares, the parts of all are seen.", ratio=ratio),)


def _chart(breakdown: Breakdown, share: bool, size: tuple[int, int]) -> ChartSpec:
    width = size[0]
    projections = [stack.projection for stack in breakdown.stacks]
    case = projections[0].case
    totals = [each.time_to_train_s.median for each in projections]
    x_axis, unit = time_axis(totals, "linear", time_words(projections[0].job, case.samples))
    if share:
        ticks = tuple(Tick(percent / 100.0, str(percent)) for percent in _PERCENTS)
        x_axis = Axis(tr("Share of the projected time (%)"), "linear", 0.0, 1.0, ticks, 0.01, "%")
    names = [fit(each.name, TICK_SIZE, _LONGEST_NAME) for each in projections]
    texts = [_total_text(each, unit) for each in projections]
    left = names_room(names)
    after = [_LABEL_GAP + text_width(text, LABEL_SIZE, bold=True) for text in texts]
    reached = zip([1.0] * len(totals) if share else totals, after, strict=True)
    right = width - left - widest_plot(x_axis, reached, width - left - EDGE)
    entries = tuple(LegendEntry(BAR, part_name(part), part_tint(part)) for part in breakdown.parts)
    clauses = _clauses(projections, breakdown.comparison.settings)
    job = job_words(projections[0].job, case.recipe, case.samples)
    title = tr("{job}, by part, as shares", job=job) if share else tr("{job}, by part", job=job)
    title, subtitle = heading(title, case.release, clauses, width)
    page = page_of(size, subtitle, entries, left, right, _MARGIN_TOP).holding(ROW_HEIGHT * len(projections))
    frame = page.frame(spaced(x_axis, page.plot_width), row_axis(names))
    bars = [bar for row, stack in enumerate(breakdown.stacks) for bar in _bars(row, stack, share)]
    return ChartSpec(
        kind="breakdown",
        title=title,
        subtitle=subtitle,
        x_axis=frame.x_axis,
        y_axis=frame.y_axis,
        labels=(*_totals(projections, texts, share), *_shares(breakdown.stacks, bars, frame)),
        legend=entries,
        footnotes=footnotes(()),
        **page.margins,
        bars=tuple(bars),
    )


def _clauses(projections: Sequence[Projection], settings: Sequence[Said]) -> tuple[str, ...]:
    """The subtitle in clauses: moved levers, what is shown, and on which basis."""
    beyond = sum(each.basis != CALIBRATED for each in projections)
    basis = tr("Parts of projected medians: model, inside the data")
    if beyond:
        basis = tr("Parts of projected medians: model, beyond the data")
        if beyond < len(projections):
            basis = tr("{basis} for {count} of {total} systems", basis=basis, count=beyond, total=len(projections))
    case = projections[0].case
    job = job_clauses(projections[0].world.catalog, case.workload, case.software, [each.family for each in projections])
    return (*job, *moved_clause(settings), basis)


def _bars(row: int, stack: Stack, share: bool) -> list[Bar]:
    """The parts one after the other; every part has a bar, so that pieces keep their places while a lever moves."""
    bars, start = [], 0.0
    for each in stack.slices:
        end = start + (each.share if share else each.seconds)
        bars.append(Bar(float(row), start, end, part_tint(each.part), key_of(stack.projection)))
        start = end
    return bars


def _totals(projections: Sequence[Projection], texts: Sequence[str], share: bool) -> list[Label]:
    return [
        Label(
            1.0 if share else each.time_to_train_s.median,
            float(row),
            text,
            system_tint(each.family, each.choice.chips, each.choice.system),
            "left",
            _LABEL_GAP,
            0.0,
            True,
        )
        for row, (each, text) in enumerate(zip(projections, texts, strict=True))
    ]


def _shares(stacks: Sequence[Stack], bars: Sequence[Bar], frame: Frame) -> list[Label]:
    """The share of a part inside its piece of the bar, where it has room there."""
    slices = [each for stack in stacks for each in stack.slices]
    labels = []
    for each, bar in zip(slices, bars, strict=True):
        text = tr("{share} %", share=_percent(each))
        if frame.x(bar.end) - frame.x(bar.start) >= text_width(text, LABEL_SIZE) + 2 * _INSET:
            labels.append(Label((bar.start + bar.end) / 2, bar.row, text, bar.tint, "center", on_bar=True))
    return labels


def _percent(each: Slice) -> str:
    return format_number(100.0 * each.share, 2 if each.share >= 0.0995 else 1) if each.share else "0"


def _total_text(projection: Projection, unit: TimeUnit) -> str:
    value = projection.time_to_train_s.median / unit.seconds
    if not 1.0 <= value < _MOST_PRINTED:
        return time_text(projection.time_to_train_s.median)
    return tr("{value} {unit}", value=format_number(value, 3), unit=unit.symbol)


def _table(breakdown: Breakdown, share: bool) -> TableSpec:
    """One row a part, one column a system: as many parts as any of them has, then the whole, which they add up to."""
    unit = time_unit([stack.projection.time_to_train_s.median for stack in breakdown.stacks])
    symbol = "%" if share else unit.symbol
    names = [stack.projection.name for stack in breakdown.stacks]
    what = tr("Share of the time (%)") if share else tr("Projected time ({unit})", unit=symbol)
    systems = (Column(f"{name} ({symbol})", "decimal", of=name, what=what) for name in names)
    columns = (Column(tr("Part")), *systems)
    rows = [
        (Cell(part_name(part)), *(_cell(stack, part, unit, share) for stack in breakdown.stacks))
        for part in breakdown.parts
    ]
    whole = [
        Cell("100", 100.0, key_of(stack.projection))
        if share
        else _amount_cell(stack.projection.time_to_train_s.median / unit.seconds, key_of(stack.projection))
        for stack in breakdown.stacks
    ]
    tints = (*(part_tint(part) for part in breakdown.parts), NEUTRAL)
    return TableSpec(columns, (*rows, (Cell(tr("Projected, whole")), *whole)), tints)


def _cell(stack: Stack, part: str, unit: TimeUnit, share: bool) -> Cell:
    key = key_of(stack.projection)
    each = next(each for each in stack.slices if each.part == part)
    if not share:
        return _amount_cell(each.seconds / unit.seconds, key)
    return Cell(_percent(each), 100.0 * each.share, key)


def _amount_cell(amount: float, key: str) -> Cell:
    """A time in the column's unit with three digits, so that a column has one unit and adds up."""
    if amount == 0.0:
        return Cell("0", 0.0, key)
    if amount < _LEAST_PRINTED:
        return Cell(tr("< {least}", least=format_number(_LEAST_PRINTED)), amount, key)
    return amount_cell(amount, key)
