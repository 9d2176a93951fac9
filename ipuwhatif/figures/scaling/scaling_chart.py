"""The chart of Scaling: curves with their bands, marks, labels, the ribbon of parts and the target."""

import math
from collections.abc import Sequence

from ipuwhatif.analysis.crossings import Crossing
from ipuwhatif.analysis.results import Scaling, ScalingCurve
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.calibration.support.spreads import CHOSEN_AXES, GLOBAL_BATCH
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.charts.geometry import LEAST_PLOT, Frame, spaced, stacked
from ipuwhatif.charts.labels import (
    EDGE,
    Box,
    centred,
    fit,
    text_height,
    text_width,
)
from ipuwhatif.charts.page import page_of
from ipuwhatif.charts.palette import LABEL_SIZE
from ipuwhatif.charts.spec import (
    OFFICIAL,
    OWN,
    Axis,
    ChartSpec,
    Footnote,
    Label,
    LegendEntry,
    Line,
    Mark,
)
from ipuwhatif.charts.ticks import chip_axis
from ipuwhatif.figures.captions import heading, job_clauses, legend, scaling_clauses, scaling_title
from ipuwhatif.figures.job_titles import time_words
from ipuwhatif.figures.scaling.scaling_labels import (
    LABEL_GAP,
    curve_tint,
    end_labels,
    label_box,
    line_boxes,
    score_labels,
)
from ipuwhatif.figures.scaling.scaling_layers import (
    MOST_LANES,
    crossing_labels,
    crossing_marks,
    drawn_target,
    lane_labels,
    lane_name,
    layer_legend,
    ribbon_height,
    strips,
    target_label,
    target_line,
    with_room_below,
    zones,
)
from ipuwhatif.figures.scaling.scaling_lines import curve_band, curve_lines, line_beside
from ipuwhatif.figures.scaling.scaling_marks import official_marks
from ipuwhatif.figures.scaling.scaling_readings import readings
from ipuwhatif.figures.times import time_axis
from ipuwhatif.records import Record, replace
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_LONGEST_NAME = 220.0
_MARGIN_LEFT, _MARGIN_TOP = 72, 88


class Asked(Record, frozen=True):
    """What a chart is to show: all curves, those that are looked at, results, crossings, and the target [s]."""

    scaling: Scaling
    looked_at: tuple[ScalingCurve, ...]
    officials: Sequence[OfficialResult]
    crossed: tuple[Crossing, ...]
    target_s: float | None
    scale: str
    own: Sequence[Mark]  # what the user measured


def with_ribbon(looked_at: Sequence[ScalingCurve]) -> tuple[ScalingCurve, ...]:
    """The curves that have a lane of the ribbon."""
    return tuple(curve for curve in looked_at if curve.binding and len(curve.chips) > 1)[:MOST_LANES]


def scaling_chart(asked: Asked, marks_text: str, notes: tuple[Footnote, ...], size: tuple[int, int]) -> ChartSpec:
    scaling, curves = asked.scaling, asked.scaling.curves
    names = [fit(curve.name, LABEL_SIZE, _LONGEST_NAME, bold=True) for curve in curves]
    lanes = with_ribbon(asked.looked_at)
    right = _right_margin(names, lanes)
    title, subtitle = _titles(asked, size[0])
    bare = page_of(size, subtitle, (), _MARGIN_LEFT, right, _MARGIN_TOP)
    x_axis, y_axis, symbol, target_s = _axes(asked, bare.plot_width)
    # The legend's height hangs on the ribbon's names, and those on the plot's width alone.
    ribbon = strips(lanes, bare.frame(x_axis, y_axis))
    zoned = zones(asked.looked_at, lambda curve: curve_tint(curve, curves))
    entries = (*_legend(asked, marks_text, size[0]), *layer_legend(zoned, ribbon, bool(asked.crossed)))
    over = ribbon_height(lanes)
    least = over + max(LEAST_PLOT, text_height(LABEL_SIZE) * len(curves))
    page = page_of(size, subtitle, entries, _MARGIN_LEFT, right, _MARGIN_TOP).holding(least)
    y_axis = stacked(with_room_below(y_axis, over, page.plot_height), page.plot_height)
    frame = page.frame(x_axis, y_axis)
    lines = _lines(asked, target_s, x_axis)
    marks = (*asked.own, *official_marks(curves, asked.officials), *crossing_marks(asked.crossed))
    return ChartSpec(
        kind="scaling",
        title=title,
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=y_axis,
        bands=tuple(curve_band(curve, curves) for curve in curves),
        lines=lines,
        marks=marks,
        labels=_labels(asked, names, lines, marks, frame, over, target_s, symbol),
        legend=entries,
        footnotes=notes,
        **page.margins,
        zones=zoned,
        strips=ribbon,
        readings=Lazy(lambda: readings(scaling, () if scaling.beside else asked.looked_at)),
    )


def _right_margin(names: Sequence[str], lanes: Sequence[ScalingCurve]) -> int:
    """Room for the names of curves and lanes."""
    widths = [text_width(name, LABEL_SIZE, bold=True) for name in names]
    widths += [text_width(lane_name(curve, _LONGEST_NAME), LABEL_SIZE) for curve in lanes]
    return math.ceil(LABEL_GAP + max(widths) + EDGE)


def _titles(asked: Asked, width: int) -> tuple[str, str]:
    scaling, curves = asked.scaling, asked.scaling.curves
    clauses = (
        *job_clauses(scaling.world.catalog, scaling.workload, scaling.software, [curve.family for curve in curves]),
        *scaling_clauses(curves, scaling.settings, asked.officials),
    )
    return heading(scaling_title(scaling.job, scaling.recipe, scaling.samples), scaling.release, clauses, width)


def _axes(asked: Asked, plot_width: int) -> tuple[Axis, Axis, str, float | None]:
    """Chips and times, the symbol of the times' unit, and the target where it can be drawn with them."""
    scaling = asked.scaling
    chips = [count for curve in (*scaling.curves, *scaling.beside) for count in curve.chips]
    chips += [*(official.chips for official in asked.officials), *(int(mark.x) for mark in asked.own)]
    times = _all_times(asked)
    target_s = drawn_target(asked.target_s, times)
    times = times if target_s is None else [*times, target_s]
    timed = time_words(scaling.job, scaling.samples)
    y_axis, unit = time_axis(times, asked.scale, timed, bool(asked.officials))
    return spaced(chip_axis(chips, tr("Chips")), plot_width), y_axis, unit.symbol, target_s


def _legend(asked: Asked, marks_text: str, width: int) -> tuple[LegendEntry, ...]:
    return legend(
        _projected(asked.scaling.curves),
        _has_ghosts(asked),
        asked.officials,
        marks_text,
        width,
        _has_assumed(asked),
        bool(asked.own),
        baseline=_other(asked),
    )


def _lines(asked: Asked, target_s: float | None, x_axis: Axis) -> tuple[Line, ...]:
    """The curves of a scenario beside this one, its own, and the target."""
    curves, beside = asked.scaling.curves, asked.scaling.beside
    own = (line for curve in curves for line in curve_lines(curve, curves, not beside and curve in asked.looked_at))
    target = () if target_s is None else (target_line(target_s, x_axis),)
    return (*(line_beside(curve) for curve in beside), *own, *target)


def _projected(curves: Sequence[ScalingCurve]) -> str:
    """What a curve is; where one leaves the evidence, what its dashes say."""
    words = tr("projection with {level} % band", level=format_number(100.0 * LEVEL))
    left = [axes for curve in curves for axes in curve.beyond if axes]
    if any(GLOBAL_BATCH in axes and set(axes) <= set(CHOSEN_AXES) for axes in left):  # where the shade reaches
        return tr("{projection}, dashed beyond the sizes or batches that were run", projection=words)
    return tr("{projection}, dashed beyond the data", projection=words) if left else words


def _has_ghosts(asked: Asked) -> bool:
    return bool(asked.scaling.beside) or any(curve.baseline_median is not None for curve in asked.looked_at)


def _has_assumed(asked: Asked) -> bool:
    alone = not asked.scaling.beside
    return alone and any(curve.assumed_median is not None for curve in asked.looked_at)


def _other(asked: Asked) -> str:
    """What the ghosts are where another scenario stands beside this one."""
    letter = asked.scaling.beside_letter
    return tr("scenario {letter}", letter=letter) if letter else ""


def _labels(
    asked: Asked,
    names: Sequence[str],
    lines: Sequence[Line],
    marks: Sequence[Mark],
    frame: Frame,
    over: float,
    target_s: float | None,
    symbol: str,
) -> tuple[Label, ...]:
    """Names at the ends of curves and lanes, then the target, scores and crossings, each where room is left."""
    curves, free = asked.scaling.curves, replace(frame, height=frame.height - over)
    lanes = with_ribbon(asked.looked_at)
    boxes = [box for line in lines for box in line_boxes(line, frame)]
    spots = [centred(frame.x(mark.x), frame.y(mark.y), 12.0, 12.0) for mark in marks]
    ends = end_labels(curves, names, [*boxes, *spots], frame, frame.bottom - over)
    own = [lane_name(curve, _LONGEST_NAME) for curve in lanes]
    last = max(curve.chips[-1] for curve in curves)
    ribbons = lane_labels(lanes, own, last, LABEL_GAP, frame, lambda curve: curve_tint(curve, curves))
    taken = [*spots, *(label_box(label, frame) for label in ends)]
    bounds = Box(frame.left + 2, frame.top, frame.right - 2, free.bottom - 2)
    sought = () if target_s is None else target_label(target_s, [*taken, *boxes], bounds, frame)
    taken += [label_box(label, frame) for label in sought]
    scores = score_labels(
        [mark for mark in marks if mark.style in (OWN, OFFICIAL)], boxes, taken, bounds, frame, symbol
    )
    taken += boxes
    by_system = {curve.system: curve.name for curve in curves}
    return (*ends, *ribbons, *sought, *scores, *crossing_labels(asked.crossed, by_system, taken, bounds, frame))


def _all_times(asked: Asked) -> list[float]:
    times = [*(official.score_s for official in asked.officials), *(mark.y for mark in asked.own)]
    for curve in asked.scaling.curves:
        times += [*curve.median, *curve.low, *curve.high]
    for curve in asked.scaling.beside:
        times += curve.median
    for curve in asked.looked_at:
        times += [*(curve.baseline_median or ()), *(curve.assumed_median or ())]
    return times
