"""The chart of Finish: a curve a run from 0 to 100 %, marks on it, the deadline."""

import math
from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.finish.finish import Finish, Run
from ipuwhatif.charts.geometry import LEAST_PLOT, page_size, spaced
from ipuwhatif.charts.labels import text_height
from ipuwhatif.charts.page import page_of
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL
from ipuwhatif.charts.spec import (
    PAIR,
    PROJECTED,
    TARGET,
    TARGET_KEY,
    Axis,
    ChartSpec,
    Footnote,
    LegendEntry,
    Line,
    Mark,
    Tick,
)
from ipuwhatif.charts.ticks import LOG_ABOVE, time_unit
from ipuwhatif.figures.captions import heading, job_clauses
from ipuwhatif.figures.finish.finish_labels import LAST, TOP, labels_beside, names_above, run_tint
from ipuwhatif.figures.finish.finish_words import (
    finish_key,
    moment_text,
)
from ipuwhatif.figures.phrasing import moved_clause
from ipuwhatif.figures.times import amount_axis
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_LEFT, _TOP, _RIGHT = 72, 88, 28
#: Ends of a curve: what lies beyond is told by no more than a handful of draws. Points that a curve is drawn through.
_ENDS, _POINTS = (0.005, LAST), 100
#: A deadline that is further than this factor from every curve is not drawn: it would flatten them.
_FARTHEST = 2.0


def finish_chart(
    finish: Finish, scenario: Scenario, shares: Sequence[float], notes: tuple[Footnote, ...], size: tuple[int, int]
) -> ChartSpec:
    """The chart for a page of this size in logical pixels. shares: probabilities that have a mark."""
    size, runs = page_size(*size), finish.runs
    deadline = _drawn_deadline(scenario.target_s, runs)
    entries = _legend(deadline is not None)
    title, subtitle = heading(
        tr("{workload}: when the run is done", workload=finish.runs[0].projection.job.name),
        scenario.release,
        (*_undrawn_target(scenario.target_s, deadline, runs), *_clauses(finish)),
        size[0],
    )
    page = page_of(size, subtitle, entries, _LEFT, _RIGHT, _TOP).holding(LEAST_PLOT)
    x_axis = spaced(_moments(runs, deadline, scenario.start), page.plot_width)
    marks = tuple(mark for run in runs for mark in _marks(run, shares, x_axis))
    lines = tuple(_curve(run, x_axis) for run in runs)
    for rows in range(len(runs) + 1):  # of names over the curves: the fewest that hold those without room beside them
        y_axis = _shares_axis(text_height(LABEL_SIZE) * rows, page.plot_height)
        frame = page.frame(x_axis, y_axis)
        told, unnamed = labels_beside(finish, scenario, shares, deadline, lines, marks, frame)
        above, needed = names_above(unnamed, frame, page.width)
        if needed <= rows:
            break
    if deadline is not None:
        lines = (*lines, Line((deadline, deadline), (0.0, 1.0), NEUTRAL, TARGET, False, TARGET_KEY))
    return ChartSpec(
        kind="finish",
        title=title,
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=y_axis,
        lines=lines,
        marks=marks,
        labels=(*told, *above),
        legend=entries,
        footnotes=notes,
        **page.margins,
    )


def _clauses(finish: Finish) -> tuple[str, ...]:
    """The subtitle in clauses: software, moved levers, what the curves are, and whether failures are counted."""
    case, catalog = finish.runs[0].projection.case, finish.runs[0].projection.world.catalog
    families = [run.projection.family for run in finish.runs]
    told = (
        tr("Each curve is of simulated runs: draws of the projection, each with failures and restarts of its own")
        if finish.fails
        else tr("Draws of the projection; no failures are counted, since none is stated")
    )
    return (
        *job_clauses(catalog, case.workload, case.software, families),
        *moved_clause(finish.settings),
        told,
    )


def _legend(has_deadline: bool) -> tuple[LegendEntry, ...]:
    return (
        LegendEntry(PROJECTED, tr("probability that the run is done")),
        *((LegendEntry(TARGET, tr("target")),) if has_deadline else ()),
    )


def _drawn_deadline(deadline: float | None, runs: Sequence[Run]) -> float | None:
    """The deadline, where it is near enough to a curve to be drawn with them."""
    if deadline is None:
        return None
    low, high = min(run.sure(_ENDS[0]) for run in runs), max(run.sure(_ENDS[1]) for run in runs)
    return deadline if low / _FARTHEST <= deadline <= high * _FARTHEST else None


def _undrawn_target(target_s: float | None, drawn: float | None, runs: Sequence[Run]) -> tuple[str, ...]:
    """Where a target lies that is too far from the curves to be drawn."""
    if target_s is None or drawn is not None:
        return ()
    late = target_s > min(run.sure(_ENDS[0]) for run in runs)
    return (tr("The target lies after all curves.") if late else tr("The target lies before all curves."),)


def _moments(runs: Sequence[Run], deadline: float | None, start: str) -> Axis:
    """The axis of time from before the first curve to after the last, logarithmic where they lie far apart."""
    times = [run.sure(share) for run in runs for share in _ENDS]
    times += [] if deadline is None else [deadline]
    unit = time_unit(times)
    title = tr("Time to the end ({unit})", unit=unit.symbol)
    if start:
        title = tr("Time from the start on {day} to the end ({unit})", day=start, unit=unit.symbol)
    if max(times) / min(times) > LOG_ABOVE:
        return amount_axis(times, title, unit, "log")
    low, high = (each / unit.seconds for each in (min(times), max(times)))
    room = max(0.04 * (high - low), 1e-3 * high)
    low, high = max(low - room, 0.0), high + room
    step = next(
        factor * 10.0**power
        for power in range(-9, 12)
        for factor in (1.0, 2.0, 5.0)
        if factor * 10.0**power >= (high - low) / 7.0
    )
    numbers = [step * place for place in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    ticks = tuple(Tick(number * unit.seconds, format_number(float(f"{number:.10g}"))) for number in numbers)
    return Axis(title, "linear", low * unit.seconds, high * unit.seconds, ticks, unit.seconds, unit.symbol)


def _shares_axis(names: float, height: float) -> Axis:
    """From 0 to 100 %, with room for names above, in logical pixels of the height."""
    ticks = tuple(Tick(share / 5.0, format_number(20.0 * share)) for share in range(6))
    high = TOP + TOP * names / (height - names)
    return Axis(tr("Done by then (%)"), "linear", 0.0, high, ticks, 0.01, "%")


def _curve(run: Run, axis: Axis) -> Line:
    shares = np.linspace(*_ENDS, _POINTS)
    times = np.clip(np.quantile(run.times, shares), axis.low, axis.high)
    tip = tr(
        "{name}: {share} done by {time}", name=run.projection.name, share="80 %", time=moment_text(run.sure(0.8), "")
    )
    return Line(tuple(times.tolist()), tuple(shares.tolist()), run_tint(run), PROJECTED, False, finish_key(run), tip)


def _marks(run: Run, shares: Sequence[float], axis: Axis) -> list[Mark]:
    found = [(run.sure(share), share) for share in shares]
    return [
        Mark(at, share, run_tint(run), PAIR, finish_key(run), 1.4) for at, share in found if axis.low <= at <= axis.high
    ]
