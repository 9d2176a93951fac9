"""The Compare figure: several systems on one workload, a row each, with projection, official mark and baseline."""

import math
from collections.abc import Sequence

from ipuwhatif.analysis.results import CALIBRATED, Comparison, Projection
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.figures.captions import compare_clauses, compare_title, heading, legend
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references
from ipuwhatif.figures.geometry import SUBTITLE_STEP, Frame, spaced
from ipuwhatif.figures.headline import compare_headline
from ipuwhatif.figures.jobs import is_stated, time_words
from ipuwhatif.figures.labels import EDGE, fit, legend_height, text_width
from ipuwhatif.figures.notices import comparison_notices
from ipuwhatif.figures.palette import LABEL_SIZE, TICK_SIZE, system_tint
from ipuwhatif.figures.spec import (
    GHOST,
    OFFICIAL,
    PROJECTED,
    Axis,
    ChartSpec,
    Figure,
    Footnote,
    Interval,
    Label,
    Mark,
    Tick,
    Tint,
)
from ipuwhatif.figures.table import compare_table
from ipuwhatif.figures.ticks import TimeUnit, time_axis, time_text
from ipuwhatif.figures.why import missing_why, whys
from ipuwhatif.figures.words import LEVEL, official_key, projection_key
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number

#: Gap between the end of a row's drawing and its label, and between two labels of a row, in logical pixels.
_LABEL_GAP, _LABEL_SPACE = 10.0, 14.0
#: Half the room that an official mark takes.
_MARK_REACH = 9.0
_LONGEST_NAME, _MARGIN_TOP = 260.0, 64
#: Least height of a row, in logical pixels: a line of text and a bar with its ghost.
ROW_HEIGHT = 26
NEUTRAL = Tint("neutral", 0.9)


def compare_figure(comparison: Comparison, scenario: Scenario, width: int = 960, height: int = 540) -> Figure:
    """Everything Compare shows, laid out for a chart of `width` × `height` logical pixels.

    Many systems make the chart taller than `height`. Raises InputError when the comparison holds no system.
    """
    if not comparison.projections:
        raise InputError(tr("no system is chosen; choose at least one, such as ipu-pod64"))
    shown = scenario.show_official
    officials = [each.official for each in comparison.projections if each.official is not None] if shown else []
    numbers = footnote_numbers(officials)
    notes = footnotes(officials)
    return Figure(
        headline=compare_headline(comparison, shown, numbers),
        chart=_chart(comparison, officials, references(officials, numbers), notes, (width, height)),
        table=compare_table(comparison, shown and (bool(officials) or not is_stated(scenario.workload))),
        footnotes=notes,
        why=(*whys(comparison.projections), *(missing_why(each) for each in comparison.missing)),
        notices=comparison_notices(comparison, officials),
    )


def _chart(
    comparison: Comparison,
    officials: Sequence[OfficialResult],
    marks_text: str,
    notes: tuple[Footnote, ...],
    size: tuple[int, int],
) -> ChartSpec:
    width, height = size
    projections = comparison.projections
    timed = time_words(projections[0].case.workload, projections[0].case.samples)
    x_axis, unit = time_axis(_all_times(comparison, officials), timed=timed)
    right = math.ceil(_LABEL_GAP + _widest_labels(projections, officials, unit) + EDGE)
    names = [fit(each.name, TICK_SIZE, _LONGEST_NAME) for each in projections]
    left = math.ceil(EDGE + max(text_width(name, TICK_SIZE) for name in names) + 12.0)
    projected = tr("projection with {level} % interval", level=format_number(100.0 * LEVEL))
    entries = legend(projected, comparison.baseline is not None, officials, marks_text, width)
    bottom = math.ceil(60 + legend_height(entries, width, left))
    case = projections[0].case
    clauses = compare_clauses(projections, comparison.settings, officials)
    title, subtitle = heading(compare_title(case.workload, case.recipe, case.samples), case.release, clauses, width)
    top = math.ceil(_MARGIN_TOP + SUBTITLE_STEP * subtitle.count("\n"))
    x_axis = spaced(x_axis, width - left - right)
    height = max(height, top + ROW_HEIGHT * len(projections) + bottom)
    frame = Frame(left, top, width - left - right, height - top - bottom, x_axis, _row_axis(names))
    return ChartSpec(
        kind="compare",
        title=title,
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=frame.y_axis,
        intervals=_intervals(comparison),
        bands=(),
        lines=(),
        marks=tuple(
            _mark(row, each.official, each)
            for row, each in enumerate(projections)
            if each.official in officials and each.official
        ),
        labels=_row_labels(comparison, officials, unit, frame),
        legend=entries,
        footnotes=notes,
        width=width,
        height=height,
        margin_left=left,
        margin_right=right,
        margin_top=top,
        margin_bottom=bottom,
    )


def _all_times(comparison: Comparison, officials: Sequence[OfficialResult]) -> list[float]:
    times = [official.score_s for official in officials]
    for each in (*comparison.projections, *(comparison.baseline or ())):
        quantity = each.time_to_train_s
        times += [quantity.low, quantity.median, quantity.high]
    return times


def _row_axis(names: Sequence[str]) -> Axis:
    ticks = tuple(Tick(float(row), name) for row, name in enumerate(names))
    return Axis("", "rows", -0.5, len(names) - 0.5, ticks)


def _intervals(comparison: Comparison) -> tuple[Interval, ...]:
    """Ghosts first, so that projections are drawn over them."""
    ghosts = [
        _interval(row, each, GHOST) for row in range(len(comparison.projections)) if (each := _ghost(comparison, row))
    ]
    return (*ghosts, *(_interval(row, each, PROJECTED) for row, each in enumerate(comparison.projections)))


def _ghost(comparison: Comparison, row: int) -> Projection | None:
    """The row's baseline, where a lever has moved it."""
    if comparison.baseline is None or comparison.baseline[row].case == comparison.projections[row].case:
        return None
    return comparison.baseline[row]


def _interval(row: int, projection: Projection, style: str) -> Interval:
    time = projection.time_to_train_s
    tint = NEUTRAL if style == GHOST else system_tint(projection.family, projection.choice.chips)
    return Interval(float(row), time.low, time.median, time.high, tint, style, projection_key(projection.choice))


def _mark(row: int, official: OfficialResult, projection: Projection) -> Mark:
    tint = system_tint(projection.family, projection.choice.chips)
    return Mark(official.score_s, float(row), tint, OFFICIAL, official_key(official))


def _row_labels(
    comparison: Comparison, officials: Sequence[OfficialResult], unit: TimeUnit, frame: Frame
) -> tuple[Label, ...]:
    """The printed median beside its own interval, the printed score after everything in the row."""
    labels: list[Label] = []
    for row, each in enumerate(comparison.projections):
        time, tint = each.time_to_train_s, system_tint(each.family, each.choice.chips)
        others = _other_spans(comparison, officials, row, frame)
        own = (frame.x(time.low), frame.x(time.high))
        text, second = _median_text(each, unit), _second_text(each, officials)
        width = text_width(text, LABEL_SIZE, bold=True)
        left = label_start(own, others, width, frame.left)
        if left < own[0]:
            dx = left + width - own[0]
            labels.append(Label(time.low, float(row), text, tint, "right", dx, 0.0, True))
        else:
            labels.append(Label(time.high, float(row), text, tint, "left", left - own[1], 0.0, True))
        if second:
            ends = [own[1], *(end for _, end in others)]
            # After the median where that stands last, else beside the mark.
            after = left + width + _LABEL_SPACE if left > max(ends) else max(ends) + _LABEL_GAP
            labels.append(Label(time.high, float(row), second, NEUTRAL, "left", after - own[1]))
    return tuple(labels)


def _other_spans(
    comparison: Comparison, officials: Sequence[OfficialResult], row: int, frame: Frame
) -> list[tuple[float, float]]:
    """What else stands in a row, as stretches of pixels: the baseline and the official mark."""
    spans = []
    ghost = _ghost(comparison, row)
    if ghost is not None:
        spans.append((frame.x(ghost.time_to_train_s.low), frame.x(ghost.time_to_train_s.high)))
    official = comparison.projections[row].official
    if official is not None and official in officials:
        middle = frame.x(official.score_s)
        spans.append((middle - _MARK_REACH, middle + _MARK_REACH))
    return spans


def label_start(
    own: tuple[float, float], others: Sequence[tuple[float, float]], width: float, left_bound: float
) -> float:
    """Left pixel of a label for the stretch `own`: right of it, left of it, or after all others, whichever is free.

    Stretches that touch `own` count as part of it.
    """
    low, high = own
    apart = list(others)
    while touching := [span for span in apart if span[0] <= high and low <= span[1]]:
        low, high = min(low, *(span[0] for span in touching)), max(high, *(span[1] for span in touching))
        apart = [span for span in apart if span not in touching]
    right = high + _LABEL_GAP
    if all(end < low or right + width + _LABEL_GAP <= start for start, end in apart):
        return right
    left = low - _LABEL_GAP - width
    if left >= left_bound + _LABEL_GAP and all(start > high or end + _LABEL_GAP <= left for start, end in apart):
        return left
    return max(high, *(end for _, end in apart)) + _LABEL_GAP


def _widest_labels(projections: Sequence[Projection], officials: Sequence[OfficialResult], unit: TimeUnit) -> float:
    """Width that the widest pair of labels takes, so that it fits after a bar at the right end of the plot."""
    widths = []
    for each in projections:
        second = text_width(_second_text(each, officials), LABEL_SIZE)
        widths.append(text_width(_median_text(each, unit), LABEL_SIZE, bold=True) + (second and _LABEL_SPACE + second))
    return max(widths)


def _median_text(projection: Projection, unit: TimeUnit) -> str:
    value = projection.time_to_train_s.median / unit.seconds
    if value < 1.0:  # "20.9 h" says more than "0.869 days"
        return time_text(projection.time_to_train_s.median)
    return tr("{value} {unit}", value=format_number(value, 3), unit=unit.symbol)


def _second_text(projection: Projection, officials: Sequence[OfficialResult]) -> str:
    if projection.official is not None and projection.official in officials:
        return tr("official {score}", score=f"{projection.official.score_s / 60.0:,.2f}")
    return "" if projection.basis == CALIBRATED else tr("beyond the data")
