"""The chart of Finish: a curve a run from 0 to 100 %, marks on it, the deadline, a ribbon of where the time goes."""

import math
from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.finish.finish import Finish, Run
from ipuwhatif.charts.geometry import LEAST_PLOT, STRIP_STEP, SUBTITLE_STEP, Frame, page_size, spaced, stacked, value_at
from ipuwhatif.charts.labels import EDGE, Box, centred, fit, free_place, legend_height, text_height, text_width
from ipuwhatif.charts.palette import FOOTNOTE_SIZE, LABEL_SIZE, NEUTRAL, part_tint, system_tint
from ipuwhatif.charts.spec import (
    BAR,
    PAIR,
    PROJECTED,
    TARGET,
    TARGET_KEY,
    Axis,
    ChartSpec,
    Footnote,
    Label,
    LegendEntry,
    Line,
    Mark,
    Strip,
    Tick,
    Tint,
)
from ipuwhatif.charts.ticks import LOG_ABOVE, amount_axis, time_unit
from ipuwhatif.figures.captions import heading, software_clause
from ipuwhatif.figures.finish.finish_words import (
    TINTS,
    deadline_text,
    finish_key,
    moment_text,
    part_name,
    percent_text,
    share_text,
)
from ipuwhatif.figures.jobs import workload_name
from ipuwhatif.figures.words import moved_clause
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_LEFT, _TOP, _RIGHT, _LONGEST_NAME, _GAP, _INSIDE = 72, 88, 28, 260.0, 10.0, 4.0
#: Ends of a curve: what lies beyond is told by no more than a handful of draws. Points that a curve is drawn through.
_ENDS, _POINTS = (0.005, 0.995), 100
#: A deadline that is further than this factor from every curve is not drawn: it would flatten them.
_FARTHEST = 2.0
MOST_LANES = 6  # runs that have a ribbon
_TELLING = 0.995  # of the mean time: with more of it useful in every run a ribbon tells nothing
#: Probabilities beside which the name of a curve may stand.
_NAMED_AT = (0.1, 0.25, 0.35, 0.65, 0.02, 0.72, 0.9)


def finish_chart(
    finish: Finish, scenario: Scenario, shares: Sequence[float], notes: tuple[Footnote, ...], size: tuple[int, int]
) -> ChartSpec:
    """The chart for a page of this size in logical pixels. shares: probabilities that have a mark."""
    (width, height), runs = page_size(*size), finish.runs
    lanes = runs[:MOST_LANES] if any(run.parts["useful"] < _TELLING * run.mean for run in runs) else ()
    named = [_GAP + text_width(_name(run), LABEL_SIZE, bold=True) + EDGE for run in lanes]
    right = math.ceil(max(named, default=_RIGHT))
    deadline = _drawn_deadline(scenario.target_s, runs)
    x_axis = spaced(_moments(runs, deadline), width - _LEFT - right)
    entries = _legend(lanes, deadline is not None)
    title, subtitle = heading(
        tr("{workload}: when the run is done", workload=workload_name(scenario.workload)),
        scenario.release,
        _clauses(finish),
        width,
    )
    top = math.ceil(_TOP + SUBTITLE_STEP * subtitle.count("\n"))
    bottom = math.ceil(60 + legend_height(entries, width, _LEFT))
    ribbon = STRIP_STEP * len(lanes) + 6.0 * bool(lanes)
    height = max(height, math.ceil(top + ribbon + LEAST_PLOT + bottom))
    marks = tuple(mark for run in runs for mark in _marks(run, shares, x_axis))
    lines = tuple(_curve(run, x_axis) for run in runs)
    for rows in range(len(runs) + 1):  # of names over the curves: the fewest that hold those without room beside them
        y_axis = _shares_axis(ribbon, text_height(LABEL_SIZE) * rows, height - top - bottom)
        frame = Frame(_LEFT, top, width - _LEFT - right, height - top - bottom, x_axis, y_axis)
        told, unnamed = _labels(finish, scenario, shares, deadline, lines, marks, frame)
        above, needed = _names_above(unnamed, frame, width)
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
        labels=(*told, *above, *_names(lanes, frame)),
        legend=entries,
        footnotes=notes,
        width=width,
        height=height,
        margin_left=_LEFT,
        margin_right=right,
        margin_top=top,
        margin_bottom=bottom,
        strips=tuple(strip for lane, run in enumerate(reversed(lanes)) for strip in _strips(lane, run, frame)),
    )


def _clauses(finish: Finish) -> tuple[str, ...]:
    """The subtitle in clauses: software, moved levers, what the curves are, and whether failures are counted."""
    case = finish.runs[0].projection.case
    families = [run.projection.family for run in finish.runs]
    told = (
        tr("Draws of the projection, each with failures, restarts and checkpoints of its own")
        if finish.fails
        else tr("Draws of the projection; no failures are counted, since none is stated")
    )
    return (
        *software_clause(case.workload, case.software, families),
        *moved_clause(finish.settings),
        told,
    )


def _legend(runs: Sequence[Run], has_deadline: bool) -> tuple[LegendEntry, ...]:
    parts = [part for part in TINTS if any(run.parts[part] > 0.0 for run in runs)]
    return (
        LegendEntry(PROJECTED, tr("probability that the run is done")),
        *((LegendEntry(TARGET, tr("target")),) if has_deadline else ()),
        *(LegendEntry(BAR, part_name(part), part_tint(TINTS[part])) for part in parts),
    )


def _drawn_deadline(deadline: float | None, runs: Sequence[Run]) -> float | None:
    """The deadline, where it is near enough to a curve to be drawn with them."""
    if deadline is None:
        return None
    low, high = min(run.sure(_ENDS[0]) for run in runs), max(run.sure(_ENDS[1]) for run in runs)
    return deadline if low / _FARTHEST <= deadline <= high * _FARTHEST else None


def _moments(runs: Sequence[Run], deadline: float | None) -> Axis:
    """The axis of time from before the first curve to after the last, logarithmic where they lie far apart."""
    times = [run.sure(share) for run in runs for share in _ENDS]
    times += [] if deadline is None else [deadline]
    unit = time_unit(times)
    title = tr("Time to the end ({unit})", unit=unit.symbol)
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


def _shares_axis(ribbon: float, names: float, height: float) -> Axis:
    """From 0 to 100 %, with room for the ribbon below and names above, in logical pixels of the height."""
    ticks = tuple(Tick(share / 5.0, format_number(20.0 * share)) for share in range(6))
    each = 1.04 / (height - ribbon - names)
    low, high = -each * ribbon, 1.04 + each * names
    return stacked(Axis(tr("Done by then (%)"), "linear", low, high, ticks, 0.01, "%"), height)


def _tint(run: Run) -> Tint:
    return system_tint(run.projection.family, run.projection.choice.chips, run.projection.choice.system)


def _curve(run: Run, axis: Axis) -> Line:
    shares = np.linspace(*_ENDS, _POINTS)
    times = np.clip(np.quantile(run.times, shares), axis.low, axis.high)
    tip = tr(
        "{name}: {share} done by {time}", name=run.projection.name, share="80 %", time=moment_text(run.sure(0.8), "")
    )
    return Line(tuple(times.tolist()), tuple(shares.tolist()), _tint(run), PROJECTED, False, finish_key(run), tip)


def _marks(run: Run, shares: Sequence[float], axis: Axis) -> list[Mark]:
    found = [(run.sure(share), share) for share in shares]
    return [
        Mark(at, share, _tint(run), PAIR, finish_key(run), 1.4) for at, share in found if axis.low <= at <= axis.high
    ]


def _labels(
    finish: Finish,
    scenario: Scenario,
    shares: Sequence[float],
    deadline: float | None,
    lines: Sequence[Line],
    marks: Sequence[Mark],
    frame: Frame,
) -> tuple[list[Label], list[Run]]:
    """The deadline with its probability, the curves' names, when the subject is done, each where there is room; and
    the runs whose names had none.
    """
    run = finish.runs[finish.subject]
    taken = [centred(frame.x(x), frame.y(y), 6.0, 6.0) for line in lines for x, y in zip(line.x, line.y, strict=True)]
    taken += [centred(frame.x(mark.x), frame.y(mark.y), 10.0, 10.0) for mark in marks]
    bounds = Box(frame.left + 2.0, frame.y(1.04), frame.right - 2.0, frame.y(0.0) - 2.0)
    wanted: list[tuple[Sequence[tuple[float, float]], tuple[str, ...], Tint]] = []
    if deadline is not None:
        words = {"by": deadline_text(deadline, scenario.start), "percent": percent_text(run.done_by(deadline))}
        wanted.append((((deadline, 1.0),), (tr("{by}: {percent}", **words),), NEUTRAL))
        taken.append(Box(frame.x(deadline) - 2.0, frame.y(1.0), frame.x(deadline) + 2.0, frame.y(0.0)))
    for each in finish.runs:
        beside = tuple((each.sure(share), share) for share in _NAMED_AT)
        wanted.append((beside, (_name(each), _short(each)), _tint(each)))
    for share in shares:
        moments = [moment_text(run.sure(share), start) for start in dict.fromkeys((scenario.start, ""))]
        texts = tuple(tr("{percent}: {moment}", percent=percent_text(share), moment=each) for each in moments)
        wanted.append((((run.sure(share), share),), texts, _tint(run)))
    labels = []
    for points, texts, tint in wanted:
        found = _placed(points, texts, frame, taken, bounds)
        if found is not None:
            text, place = found
            taken.append(place)
            x, y = points[0]
            dy = (place.top + place.bottom) / 2.0 - frame.y(y)
            labels.append(Label(x, y, text, tint, "left", place.left - frame.x(x), dy, True))
    told = {label.text for label in labels}
    return labels, [each for each in finish.runs if told.isdisjoint((_name(each), _short(each)))]


def _names_above(runs: Sequence[Run], frame: Frame, width: float) -> tuple[list[Label], int]:
    """Names over the tops of their curves, and how many rows they take: each begins where its curve ends.

    Of names that would touch, that of the earlier curve stands higher.
    """
    placed: list[tuple[int, float]] = []  # row and left edge
    labels = []
    for run in sorted(runs, key=lambda each: -each.sure(_ENDS[1])):
        top, wide = frame.x(run.sure(_ENDS[1])), text_width(_name(run), LABEL_SIZE, bold=True)
        left = min(top, width - EDGE - wide)
        row = max((below + 1 for below, start in placed if start < left + wide + _GAP), default=0)
        placed.append((row, left))
        dy = -text_height(LABEL_SIZE) * (row + 0.5)
        labels.append(Label(run.sure(_ENDS[1]), 1.04, _name(run), _tint(run), "left", left - top, dy, True))
    return labels, max((row + 1 for row, _ in placed), default=0)


def _placed(
    points: Sequence[tuple[float, float]], texts: Sequence[str], frame: Frame, taken: Sequence[Box], bounds: Box
) -> tuple[str, Box] | None:
    """The first of the texts that has room beside one of the points, and where."""
    for text in texts:
        size = text_width(text, LABEL_SIZE, bold=True), text_height(LABEL_SIZE)
        ends = [(frame.x(x), frame.y(y)) for x, y in points]
        places = [each for end in ends for each in _around(*end, size) if _is_next(end, each, taken)]
        place = free_place(places, taken, bounds)
        if place is not None:
            return text, place
    return None


def _is_next(point: tuple[float, float], place: Box, taken: Sequence[Box]) -> bool:
    """Whether nothing stands between a point and a text beside it: no other curve could be meant."""
    (x, y), near = point, _GAP / 2.0
    left, right = (x + near, place.left) if place.left > x else (place.right, x - near)
    between = Box(left, y - 1.0, right, y + 1.0)
    return not any(between.overlaps(each) for each in taken)


def _around(x: float, y: float, size: tuple[float, float]) -> list[Box]:
    """Places for a text beside a point: right of it, left of it, a little further, a little higher or lower."""
    wide, tall = size
    sides = [sign * (_GAP + away + wide / 2.0) for away in (0.0, 12.0, 28.0) for sign in (1.0, -1.0)]
    return [centred(x + side, y + dy, wide, tall) for side in sides for dy in (0.0, 9.0, -9.0)]


def _strips(lane: int, run: Run, frame: Frame) -> list[Strip]:
    """Where the mean time of a run goes, as shares of the whole width: the ribbon knows no moments."""
    axis, filled, found = frame.x_axis, 0.0, []
    for part, name in TINTS.items():
        share = run.parts[part] / run.mean
        if share <= 0.0:
            continue
        ends = [value_at(axis, each) for each in (filled, min(filled + share, 1.0))]
        filled += share
        text = tr("{part} {share}", part=part_name(part), share=share_text(share))
        wide = frame.x(ends[1]) - frame.x(ends[0])
        inside = next(
            (each for each in (text, share_text(share)) if text_width(each, FOOTNOTE_SIZE) + 2 * _INSIDE <= wide), ""
        )
        tip = tr("{name}: {text} of the mean time", name=run.projection.name, text=text)
        found.append(Strip(ends[0], ends[1], lane, part_tint(name), inside, tip, finish_key(run)))
    return found


def _name(run: Run) -> str:
    return fit(run.projection.name, LABEL_SIZE, _LONGEST_NAME, bold=True)


def _short(run: Run) -> str:
    """The name without the number of chips."""
    return run.projection.name.partition(" (")[0]


def _names(lanes: Sequence[Run], frame: Frame) -> list[Label]:
    """The systems that have a ribbon in their colours, at the right of it."""
    low, high = frame.y_axis.low, frame.x_axis.high
    return [
        Label(high, low, _name(run), _tint(run), "left", _GAP, 1.0 - STRIP_STEP * (lane + 0.5), True)
        for lane, run in enumerate(reversed(lanes))
    ]
