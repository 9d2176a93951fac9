"""Explore as a figure that can leave the app: plans as marks, the front as a line with its interval, and the table."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.explore.chances import Chances
from ipuwhatif.analysis.explore.explored import Explored, Filters
from ipuwhatif.analysis.explore.plans import system_words
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.quantities import TIME_S
from ipuwhatif.analysis.world import World
from ipuwhatif.charts.geometry import page_size, spaced, stacked
from ipuwhatif.charts.page import page_of
from ipuwhatif.charts.palette import NEUTRAL, system_tint
from ipuwhatif.charts.spec import (
    BAR,
    PAIR,
    PROJECTED,
    TARGET,
    Axis,
    Band,
    ChartSpec,
    Figure,
    Headline,
    HeadlinePart,
    LegendEntry,
    Line,
    Mark,
    Tint,
)
from ipuwhatif.figures.captions import heading, job_clauses
from ipuwhatif.figures.explore.table import plans_table
from ipuwhatif.figures.explore.words import (
    among_text,
    axis_between,
    filters_text,
    front_text,
    left_out_text,
    prices_text,
    wins_text,
)
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.job_titles import time_words
from ipuwhatif.figures.scenarios.names import FAMILY_NAMES
from ipuwhatif.model.layouts.split_grid import BoolArray
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.records import Record
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

#: Marks of a picture at most, and places along each axis at which one of them is kept.
MOST_MARKS, _PLACES = 1_500, 64
_LEFT, _TOP, _RIGHT, _MARGIN = 84, 88, 28, 0.04


class Looked(Record, frozen=True):
    """What of the plans is looked at: against what, under which filters, which rows are kept, on the front, listed."""

    against: str
    filters: Filters
    kept: BoolArray
    front: Sequence[int]
    listed: Sequence[int]  # rows of the table, in its order
    chances: Chances | None


def explore_figure(
    world: World, scenario: Scenario, explored: Explored, looked: Looked, width: int = 960, height: int = 540
) -> Figure:
    """Everything that Explore shows, laid out for `width` × `height` logical pixels."""
    notes = footnotes(())
    kept = int(looked.kept.sum())
    told = [
        left_out_text(explored, looked.against),
        prices_text(explored),
        tr("Filters: {filters}.", filters=filters_text(world, explored, looked.filters)) if looked.filters else "",
    ]
    if looked.chances is not None:
        told += [wins_text(world, explored, looked.chances), among_text(looked.chances)]
    return Figure(
        headline=Headline((HeadlinePart(front_text(world, explored, looked.front, looked.against, kept)),)),
        chart=_chart(world, scenario, explored, looked, page_size(width, height)),
        table=plans_table(world, explored, looked.listed, looked.chances),
        footnotes=notes,
        why=(),
        notices=tuple(filter(None, told)),
    )


def thinned(x: FloatArray, y: FloatArray, rows: IntArray) -> IntArray:
    """Of these points one for each place of a grid, at most so many that a drawing program takes them."""
    if len(rows) <= MOST_MARKS:
        return rows
    places = [_place(values[rows]) for values in (x, y)]
    _, first = np.unique(places[0] * (_PLACES + 1) + places[1], return_index=True)
    return np.asarray(rows[np.sort(first)][:: -(-len(first) // MOST_MARKS)])


def _place(values: FloatArray) -> IntArray:
    logs = np.log(values)
    low, high = logs.min(), logs.max()
    return np.asarray(np.floor((logs - low) / max(high - low, 1e-9) * _PLACES), dtype=np.intp)


def _chart(world: World, scenario: Scenario, explored: Explored, looked: Looked, size: tuple[int, int]) -> ChartSpec:
    x, y = explored.column(looked.against).astype(np.float64), explored.plans.time_s
    rows = np.flatnonzero(looked.kept & np.isfinite(x))
    shown = thinned(x, y, rows)
    families = list(dict.fromkeys(world.catalog.systems[key].family for key in system_words(explored.plan)))
    target = (
        scenario.target_s if len(shown) and y[shown].min() <= (scenario.target_s or 0.0) <= y[shown].max() else None
    )
    job = world.catalog.workloads[scenario.workload]
    legend = _legend(families, looked.chances is not None, target is not None)
    title, subtitle = heading(
        tr("{workload}: plans", workload=job.name),
        scenario.release,
        (
            *job_clauses(world.catalog, scenario.workload, scenario.software, families),
            _shown_text(len(shown), len(rows)),
        ),
        size[0],
    )
    page = page_of(size, subtitle, legend, _LEFT, _RIGHT, _TOP)
    across = axis_between(world, looked.against, explored.rates, "", *_ends(x[shown]))
    up = axis_between(world, TIME_S, explored.rates, time_words(job, scenario.samples), *_ends(y[shown]))
    return ChartSpec(
        kind="explore",
        title=title,
        subtitle=subtitle,
        x_axis=spaced(across, page.plot_width),
        y_axis=stacked(up, page.plot_height),
        bands=_bands(looked, x),
        lines=_lines(looked, x, y, across, target),
        marks=tuple(_marks(world, explored, x, y, shown)),
        legend=legend,
        footnotes=footnotes(()),
        **page.margins,
    )


def _shown_text(shown: int, kept: int) -> str:
    if shown == kept:
        return tr("Each mark is a plan, projected at the central parameters.")
    return tr(
        "{shown} of {kept} plans, spread over the picture; projected at the central parameters.",
        shown=format_number(shown),
        kept=format_number(kept),
    )


def _ends(values: FloatArray) -> tuple[float, float]:
    if not len(values):
        return 1.0, 10.0
    low, high = float(values.min()), float(values.max())
    room = max((high / low) ** _MARGIN, 1.01)
    return low / room, high * room


def _among(target_s: float | None, times: FloatArray) -> float | None:
    """The time that is sought where it lies among others: elsewhere it would flatten them."""
    if target_s is None or not len(times):
        return None
    return target_s if times.min() <= target_s <= times.max() else None


def _lines(looked: Looked, x: FloatArray, y: FloatArray, across: Axis, target: float | None) -> tuple[Line, ...]:
    """The front, and the time that is sought where it lies among the plans."""
    rows = list(looked.front)
    best = Line(tuple(x[rows]), tuple(y[rows]), NEUTRAL, PROJECTED, False, "")
    if target is None:
        return (best,)
    return best, Line((across.low, across.high), (target, target), NEUTRAL, TARGET, False, "")


def _bands(looked: Looked, x: FloatArray) -> tuple[Band, ...]:
    """The interval along the front, as far as it is known."""
    chances = looked.chances
    if chances is None:
        return ()
    places = [(row, place) for row in looked.front if (place := chances.place(row)) is not None]
    if len(places) < 2:
        return ()
    low, high = ([float(ends[place]) for _, place in places] for ends in (chances.low, chances.high))
    return (Band(tuple(float(x[row]) for row, _ in places), tuple(low), tuple(high), NEUTRAL, ""),)


def _marks(world: World, explored: Explored, x: FloatArray, y: FloatArray, rows: IntArray) -> list[Mark]:
    words, found = system_words(explored.plan), []
    for row in rows:
        key = words[int(explored.plans.system[row])]
        chips = int(explored.plans.values[CHIPS][row])
        tint = system_tint(world.catalog.systems[key].family, chips, key)
        found.append(Mark(float(x[row]), float(y[row]), tint, PAIR, "", 0.7))
    return found


def _legend(families: Sequence[str], has_chances: bool, has_target: bool) -> tuple[LegendEntry, ...]:
    front = tr("the front, with its 80 % interval") if has_chances else tr("the front")
    return (
        LegendEntry(PROJECTED, front),
        *((LegendEntry(TARGET, tr("target")),) if has_target else ()),
        *(LegendEntry(BAR, tr(FAMILY_NAMES[family]), Tint(family, 0.5)) for family in families),
    )
