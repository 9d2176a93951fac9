"""The Scaling figure: time-to-train along the chip count, a curve with its band per system family."""

import math
from collections.abc import Sequence

from ipuwhatif.analysis.crossings import Crossing, crossings
from ipuwhatif.analysis.results import Scaling, ScalingCurve
from ipuwhatif.analysis.solving.later import Later
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.catalog.types import OfficialResult, SystemChoice
from ipuwhatif.charts.geometry import LEAST_PLOT, SUBTITLE_STEP, Frame, page_size, spaced, stacked
from ipuwhatif.charts.labels import (
    EDGE,
    Box,
    centred,
    fit,
    legend_height,
    text_height,
    text_width,
)
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL, system_tint
from ipuwhatif.charts.spec import (
    ASSUMED,
    GHOST,
    OFFICIAL,
    OWN,
    PROJECTED,
    Band,
    ChartSpec,
    Figure,
    Footnote,
    Label,
    Line,
    Mark,
)
from ipuwhatif.charts.ticks import chip_axis, time_axis
from ipuwhatif.figures.captions import heading, legend, scaling_clauses, scaling_title, software_clause
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references
from ipuwhatif.figures.headline import scaling_headline
from ipuwhatif.figures.jobs import time_words
from ipuwhatif.figures.notices import own_notices, scaling_notices
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
    layer_whys,
    ribbon_height,
    strips,
    target_label,
    target_line,
    with_room_below,
    zones,
)
from ipuwhatif.figures.scaling.scaling_marks import official_marks, own_marks
from ipuwhatif.figures.scaling.scaling_readings import readings
from ipuwhatif.figures.table import scaling_table
from ipuwhatif.figures.why.why import curve_whys
from ipuwhatif.figures.words import curve_key
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number

_LONGEST_NAME = 220.0
_MARGIN_LEFT, _MARGIN_TOP = 72, 88


def scaling_figure(
    scaling: Scaling,
    scenario: Scenario,
    width: int = 960,
    height: int = 540,
    selection: SystemChoice | None = None,
    scale: str = "",
) -> Figure:
    """Everything Scaling shows, laid out for a chart of `width` × `height` logical pixels; many curves make it taller.

    With a selection on one of the curves, baseline, ribbon and the reach of the evidence are those of its curve alone.
    `scale` is that of the axis of time, "log" or "linear"; without it the scenario's.
    Raises InputError when there is no curve or a curve without a point.
    """
    if not scaling.curves or not all(curve.chips for curve in scaling.curves):
        raise InputError(tr("no chip count fits; choose a larger range of chips"))
    shown = scenario.show_official
    officials = [official for curve in scaling.curves for official in curve.official] if shown else []
    numbers = footnote_numbers(officials)
    notes = footnotes(officials)
    looked_at = tuple(one for one in scaling.curves if selection and one.system == selection.system) or scaling.curves
    crossed = crossings(scaling.curves)
    measured = own_marks(scaling.curves, scenario.measurements)
    scale = scale or scenario.scales.get("scaling", "log")
    asked = _Asked(scaling, looked_at, officials, crossed, scenario.target_s, scale, measured)
    timed = time_words(scaling.workload, scaling.samples)
    return Figure(
        headline=scaling_headline(scaling, scenario, numbers),
        chart=_chart(asked, references(officials, numbers), notes, page_size(width, height)),
        table=scaling_table(scaling, bool(officials)),
        footnotes=notes,
        why=Later(
            lambda: (
                *curve_whys(scaling.curves, timed),
                *layer_whys(scaling.curves, _with_ribbon(looked_at), crossed),
            )
        ),
        notices=Later(
            lambda: (
                *own_notices(scenario, [curve.system for curve in scaling.curves]),
                *scaling_notices(scaling, officials),
            )
        ),
    )


class _Asked(Record, frozen=True):
    """What a chart is to show: all curves, those that are looked at, results, crossings, and the target [s]."""

    scaling: Scaling
    looked_at: tuple[ScalingCurve, ...]
    officials: Sequence[OfficialResult]
    crossed: tuple[Crossing, ...]
    target_s: float | None
    scale: str
    own: Sequence[Mark]  # what the user measured


def _with_ribbon(looked_at: Sequence[ScalingCurve]) -> tuple[ScalingCurve, ...]:
    """The curves that have a lane of the ribbon."""
    return tuple(curve for curve in looked_at if curve.binding and len(curve.chips) > 1)[:MOST_LANES]


def _chart(asked: _Asked, marks_text: str, notes: tuple[Footnote, ...], size: tuple[int, int]) -> ChartSpec:
    width, height = size
    scaling, officials, curves = asked.scaling, asked.officials, asked.scaling.curves
    names = [fit(curve.name, LABEL_SIZE, _LONGEST_NAME, bold=True) for curve in curves]
    lanes = _with_ribbon(asked.looked_at)
    widths = [text_width(name, LABEL_SIZE, bold=True) for name in names]
    widths += [text_width(lane_name(curve, _LONGEST_NAME), LABEL_SIZE) for curve in lanes]
    right = math.ceil(LABEL_GAP + max(widths) + EDGE)
    clauses = scaling_clauses(curves, scaling.settings, officials)
    clauses = (*software_clause(scaling.workload, scaling.software, [curve.family for curve in curves]), *clauses)
    title, subtitle = heading(
        scaling_title(scaling.workload, scaling.recipe, scaling.samples), scaling.release, clauses, width
    )
    top = math.ceil(_MARGIN_TOP + SUBTITLE_STEP * subtitle.count("\n"))
    chips = [count for curve in (*curves, *scaling.beside) for count in curve.chips]
    chips += [*(official.chips for official in officials), *(int(mark.x) for mark in asked.own)]
    x_axis = spaced(chip_axis(chips, tr("Chips")), width - _MARGIN_LEFT - right)
    times = _all_times(asked)
    target_s = drawn_target(asked.target_s, times)
    timed = time_words(scaling.workload, scaling.samples)
    times = times if target_s is None else [*times, target_s]
    y_axis, unit = time_axis(times, asked.scale, timed, bool(officials))
    # The legend's height hangs on the ribbon's names, and those on the plot's width alone.
    flat = Frame(_MARGIN_LEFT, top, width - _MARGIN_LEFT - right, height - top, x_axis, y_axis)
    ribbon = strips(lanes, flat)
    zoned = zones(asked.looked_at, lambda curve: curve_tint(curve, curves))
    entries = (
        *legend(
            _projected(curves),
            _has_ghosts(asked),
            officials,
            marks_text,
            width,
            _has_assumed(asked),
            bool(asked.own),
            baseline=_other(asked),
        ),
        *layer_legend(zoned, ribbon, bool(asked.crossed)),
    )
    bottom = math.ceil(60 + legend_height(entries, width, _MARGIN_LEFT))
    over = ribbon_height(lanes)
    least = over + max(LEAST_PLOT, text_height(LABEL_SIZE) * len(curves))
    height = max(height, math.ceil(top + least + bottom))
    y_axis = with_room_below(y_axis, over, height - top - bottom)
    y_axis = stacked(y_axis, height - top - bottom)
    frame = replace(flat, height=height - top - bottom, y_axis=y_axis)
    alone = not scaling.beside
    lines = tuple(line for curve in curves for line in _lines(curve, curves, alone and curve in asked.looked_at))
    lines = (*(_beside(curve) for curve in scaling.beside), *lines)
    lines = (*lines, *(() if target_s is None else (target_line(target_s, x_axis),)))
    marks = (*asked.own, *official_marks(curves, officials), *crossing_marks(asked.crossed))
    return ChartSpec(
        kind="scaling",
        title=title,
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=y_axis,
        bands=tuple(_band(curve, curves) for curve in curves),
        lines=lines,
        marks=marks,
        labels=_labels(asked, names, lines, marks, frame, over, target_s, unit.symbol),
        legend=entries,
        footnotes=notes,
        width=width,
        height=height,
        margin_left=_MARGIN_LEFT,
        margin_right=right,
        margin_top=top,
        margin_bottom=bottom,
        zones=zoned,
        strips=ribbon,
        readings=Later(lambda: readings(scaling, asked.looked_at if alone else ())),
    )


def _projected(curves: Sequence[ScalingCurve]) -> str:
    """What a curve is; where one leaves the evidence, what its dashes say."""
    words = tr("projection with {level} % band", level=format_number(100.0 * LEVEL))
    dashed = any(not known for curve in curves for known in curve.calibrated)
    return tr("{projection}, dashed beyond the data", projection=words) if dashed else words


def _has_ghosts(asked: _Asked) -> bool:
    return bool(asked.scaling.beside) or any(curve.baseline_median is not None for curve in asked.looked_at)


def _has_assumed(asked: _Asked) -> bool:
    alone = not asked.scaling.beside
    return alone and any(curve.assumed_median is not None for curve in asked.looked_at)


def _other(asked: _Asked) -> str:
    """What the ghosts are where another scenario stands beside this one."""
    letter = asked.scaling.beside_letter
    return tr("scenario {letter}", letter=letter) if letter else ""


def _labels(
    asked: _Asked,
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
    lanes = _with_ribbon(asked.looked_at)
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


def _all_times(asked: _Asked) -> list[float]:
    times = [*(official.score_s for official in asked.officials), *(mark.y for mark in asked.own)]
    for curve in asked.scaling.curves:
        times += [*curve.median, *curve.low, *curve.high]
    for curve in asked.scaling.beside:
        times += curve.median
    for curve in asked.looked_at:
        times += [*(curve.baseline_median or ()), *(curve.assumed_median or ())]
    return times


def _band(curve: ScalingCurve, curves: Sequence[ScalingCurve]) -> Band:
    return Band(tuple(map(float, curve.chips)), curve.low, curve.high, curve_tint(curve, curves), curve_key(curve))


def _beside(curve: ScalingCurve) -> Line:
    """The median of a curve of the scenario beside this one."""
    return Line(
        tuple(map(float, curve.chips)), curve.median, system_tint(curve.family, 4, curve.system), GHOST, False, ""
    )


def _lines(curve: ScalingCurve, curves: Sequence[ScalingCurve], looked_at: bool) -> list[Line]:
    """The ghosts, then the projection in stretches: solid between calibrated points, dashed elsewhere."""
    key, tint = curve_key(curve), curve_tint(curve, curves)
    chips = tuple(float(count) for count in curve.chips)
    lines: list[Line] = []
    for median, style in ((curve.baseline_median, GHOST), (curve.assumed_median, ASSUMED)):
        if looked_at and median is not None:
            lines.append(Line(chips, median, NEUTRAL, style, False, key))
    if len(chips) == 1:
        return [*lines, Line(chips, curve.median, tint, PROJECTED, not curve.calibrated[0], key)]
    solid = [curve.calibrated[index] and curve.calibrated[index + 1] for index in range(len(chips) - 1)]
    start = 0
    for index in range(1, len(chips)):
        if index == len(solid) or solid[index] != solid[start]:
            stretch = slice(start, index + 1)
            lines.append(Line(chips[stretch], curve.median[stretch], tint, PROJECTED, not solid[start], key))
            start = index
    return lines
