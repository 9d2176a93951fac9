"""The Sensitivity figure: a tornado over levers and assumptions of one system, the largest swing at the top."""

import math
from collections.abc import Sequence

from ipuwhatif.analysis.results import CALIBRATED, Projection
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.analysis.uncertainty.swings import SCATTER, Sensitivity, Swing
from ipuwhatif.charts.geometry import page_size, spaced
from ipuwhatif.charts.labels import EDGE, fit
from ipuwhatif.charts.page import names_room, page_of, row_axis
from ipuwhatif.charts.palette import NEUTRAL, TICK_SIZE
from ipuwhatif.charts.spec import (
    BAR,
    PROJECTED,
    Axis,
    Bar,
    Cell,
    ChartSpec,
    Column,
    Figure,
    Headline,
    HeadlinePart,
    LegendEntry,
    Line,
    TableSpec,
    Tick,
    Tint,
)
from ipuwhatif.charts.ticks import time_unit
from ipuwhatif.figures.captions import heading, job_clauses
from ipuwhatif.figures.cells import time_cell
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.headline import projected_word
from ipuwhatif.figures.job_titles import job_words, time_words
from ipuwhatif.figures.phrasing import moved_clause, projection_key
from ipuwhatif.figures.sensitivity.bar_labels import placed_labels
from ipuwhatif.figures.sensitivity.drag_ranges import change, way_of
from ipuwhatif.figures.sensitivity.second_tornado import (
    brackets,
    second_cell,
    second_changes,
    second_column,
    second_headline,
    second_legend,
)
from ipuwhatif.figures.sensitivity.sensitivity_words import (
    felt,
    notices,
    settings,
    swing_key,
    swing_name,
    swing_why,
)
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.why.why import projection_why
from ipuwhatif.scenario.levers import ASSUMPTION, LEVER
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_LONGEST_NAME, _MARGIN_TOP = 300.0, 64
_ROW = 20  # least height of a row, in logical pixels
_FEWEST_DRAWN, _MOST_DRAWN = 8, 14
_NAMES = 0.35  # most of the chart's width that the names take
_MOST_STEPS = 9.0  # along the axis


def sensitivity_figure(sensitivity: Sensitivity, width: int = 960, height: int = 540) -> Figure:
    """Everything Sensitivity shows, laid out for `width` × `height` logical pixels.

    As many bars are drawn as these have room for, but the largest _FEWEST_DRAWN at least; the table has all.
    """
    projection = sensitivity.projection
    center = sensitivity.swings.center_s
    chart = _chart(sensitivity, page_size(width, height))
    return Figure(
        headline=_headline(sensitivity),
        chart=chart,
        table=_table(sensitivity),
        footnotes=footnotes(()),
        why=Lazy(
            lambda: (projection_why(projection), *(swing_why(each, center) for each in sensitivity.swings.swings)),
        ),
        notices=notices(sensitivity, len(chart.y_axis.ticks)),
    )


def _headline(sensitivity: Sensitivity) -> Headline:
    """The time of the system, and what it depends on most: the longest bar, then of levers or of what is not known."""
    projection, swings = sensitivity.projection, sensitivity.swings.swings
    name = projection.name
    if sensitivity.letter:
        name = tr("{letter} · {name}", letter=sensitivity.letter, name=name)
    head = tr("{name} {time}", name=name, time=time_text(projection.time_to_train_s.median))
    told = _dependence(swings, projected_word([(name, projection.basis == CALIBRATED)], ()))
    return Headline(
        (
            HeadlinePart(head, projection_key(projection.choice)),
            HeadlinePart(told),
            *second_headline(sensitivity.beside),
        )
    )


def _dependence(swings: Sequence[Swing], projected: str) -> str:
    """ ", projected: depends most on the lever compute gain; of what is not known, most on samples to target"."""
    words = {LEVER: tr("the lever {name}"), ASSUMPTION: tr("the assumption {name}"), SCATTER: "{name}"}

    def named(swing: Swing) -> str:
        name = swing_name(swing)
        return words[swing.kind].format(name=name[:1].lower() + name[1:])

    first = swings[0]
    told = tr("{projected}: depends most on {name}", projected=projected, name=named(first))
    other = next((each for each in swings if (each.kind == LEVER) != (first.kind == LEVER)), None)
    if other is None:
        return told
    if other.kind == LEVER:
        return tr("{told}; of what can be changed, most on {name}", told=told, name=named(other))
    return tr("{told}; of what is not known, most on {name}", told=told, name=named(other))


def _chart(sensitivity: Sensitivity, size: tuple[int, int]) -> ChartSpec:
    width = size[0]
    projection, center = sensitivity.projection, sensitivity.swings.center_s
    case = projection.case
    swings = felt(sensitivity)[:_MOST_DRAWN]
    room = min(_LONGEST_NAME, _NAMES * width)
    entries = (*_legend(projection.family), *second_legend(sensitivity.beside))
    timed = time_words(projection.job, case.samples)
    job = job_words(projection.job, case.recipe, case.samples)
    title = tr("{job} on {name}", job=job, name=projection.name)
    title, subtitle = heading(title, case.release, _clauses(sensitivity), width)
    left = names_room([fit(swing_name(each), TICK_SIZE, room) for each in swings])
    page = page_of(size, subtitle, entries, left, EDGE, _MARGIN_TOP)
    swings = swings[: max(_FEWEST_DRAWN, page.plot_height // _ROW)]
    names = [fit(swing_name(each), TICK_SIZE, room) for each in swings]
    reached = second_changes(swings, sensitivity.beside)
    labels, ends = placed_labels(swings, center, page.plot_width, reached)
    page = page.holding(_ROW * len(names))
    frame = page.frame(spaced(_change_axis(ends, timed), page.plot_width), row_axis(names))
    return ChartSpec(
        kind="sensitivity",
        title=title,
        subtitle=subtitle,
        x_axis=frame.x_axis,
        y_axis=frame.y_axis,
        lines=(
            Line((0.0, 0.0), (-0.5, len(names) - 0.5), NEUTRAL, PROJECTED, False, projection_key(projection.choice)),
            *brackets(swings, sensitivity.beside, frame),
        ),
        labels=labels,
        legend=entries,
        footnotes=footnotes(()),
        **page.margins,
        bars=tuple(bar for row, each in enumerate(swings) for bar in _bars(row, each, center, projection)),
    )


def _clauses(sensitivity: Sensitivity) -> tuple[str, ...]:
    projection = sensitivity.projection
    catalog, moved = projection.world.catalog, moved_clause(sensitivity.settings)
    inside = projection.basis == CALIBRATED
    basis = tr("model, inside the data") if inside else tr("model, beyond the data")
    return (
        *job_clauses(catalog, projection.case.workload, projection.case.software, [projection.family]),
        *moved,
        tr("Projected {time}, {basis};", time=time_text(sensitivity.swings.center_s), basis=basis),
        tr("each bar moves one lever or assumption, all others stay"),
    )


def _legend(family: str) -> tuple[LegendEntry, ...]:
    up, down, slow, fast = (_tint(kind, family, high) for kind in (LEVER, ASSUMPTION) for high in (True, False))
    return (
        LegendEntry(BAR, tr("lever raised"), up),
        LegendEntry(BAR, tr("lever lowered"), down),
        LegendEntry(BAR, tr("assumption, slow 10 % of draws"), slow),
        LegendEntry(BAR, tr("assumption, fast 10 % of draws"), fast),
    )


def _tint(kind: str, family: str, high: bool) -> Tint:
    return Tint(family if kind == LEVER else "neutral", 0.2 if high else 1.0)


def _change_axis(ends: tuple[float, float], timed: str) -> Axis:
    """Changes in percent from one end to the other."""
    low, high = ends
    power = 10.0 ** math.floor(math.log10((high - low) / _MOST_STEPS))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if (high - low) / (factor * power) <= _MOST_STEPS)
    ticks = tuple(
        Tick(count * step, f"{count * step:+g}".replace("-", "−") if count else "0")
        for count in range(math.ceil(low / step), math.floor(high / step) + 1)
    )
    return Axis(tr("Change of {timed} (%)", timed=timed), "linear", low, high, ticks, 1.0, "%")


def _bars(row: int, swing: Swing, center_s: float, projection: Projection) -> list[Bar]:
    """Two pieces from the centre, the longer one first, so that the shorter is seen where both lie on one side."""
    sides = [(swing.low_s, False), (swing.high_s, True)]
    sides.sort(key=lambda side: -abs(side[0] - center_s))
    return [
        Bar(
            float(row),
            0.0,
            change(seconds, center_s),
            _tint(swing.kind, projection.family, high),
            swing_key(swing),
            way_of(swing, high, center_s, projection),
        )
        for seconds, high in sides
    ]


def _table(sensitivity: Sensitivity) -> TableSpec:
    """One row a lever or assumption: its settings, the times they lead to, and how far apart they are."""
    swings, center = sensitivity.swings.swings, sensitivity.swings.center_s
    unit = time_unit([center])
    columns = (
        Column(tr("Lever or assumption")),
        Column(tr("Kind")),
        Column(tr("From"), mixed=True),
        Column(tr("To"), mixed=True),
        Column(tr("Projected, from ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("Projected, to ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("Swing (% of the time)"), "decimal"),
        *second_column(sensitivity.beside),
    )
    rows = []
    for each in swings:
        key, part = swing_key(each), 100.0 * each.size(center) / center
        rows.append(
            (
                Cell(swing_name(each), key=key),
                Cell(_kind_word(each.kind), key=key),
                *(Cell(setting, key=key) for setting in settings(each)),
                *(
                    time_cell(seconds, unit, key) if fits else Cell("–", key=key)
                    for seconds, fits in zip((each.low_s, each.high_s), each.fits, strict=True)
                ),
                Cell(format_number(part, 2), part, key),
                *second_cell(each, sensitivity.beside, key),
            )
        )
    family = sensitivity.projection.family
    return TableSpec(columns, tuple(rows), tuple(_tint(each.kind, family, True) for each in swings))


def _kind_word(kind: str) -> str:
    return {LEVER: tr("lever"), ASSUMPTION: tr("assumption")}.get(kind, tr("scatter"))
