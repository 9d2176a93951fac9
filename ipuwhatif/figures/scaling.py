"""The Scaling figure: time-to-train along the chip count, a curve with its band per system family."""

import math
from collections.abc import Sequence
from itertools import pairwise

from ipuwhatif.analysis.results import Scaling, ScalingCurve
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.figures.captions import heading, legend, scaling_clauses, scaling_title
from ipuwhatif.figures.compare import NEUTRAL
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references
from ipuwhatif.figures.geometry import SUBTITLE_STEP, Frame, spaced
from ipuwhatif.figures.headline import scaling_headline
from ipuwhatif.figures.jobs import is_stated, time_words
from ipuwhatif.figures.labels import (
    EDGE,
    Box,
    fit,
    free_place,
    legend_height,
    separate,
    text_height,
    text_width,
)
from ipuwhatif.figures.notices import scaling_notices
from ipuwhatif.figures.palette import LABEL_SIZE, system_tint
from ipuwhatif.figures.spec import (
    GHOST,
    OFFICIAL,
    PROJECTED,
    Band,
    ChartSpec,
    Figure,
    Footnote,
    Label,
    Line,
    Mark,
    Tint,
)
from ipuwhatif.figures.table import scaling_table
from ipuwhatif.figures.ticks import chip_axis, time_axis
from ipuwhatif.figures.why import curve_whys
from ipuwhatif.figures.words import LEVEL, curve_key, official_key
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number

_LABEL_GAP, _LONGEST_NAME = 14.0, 220.0
_MARGIN_LEFT, _MARGIN_TOP = 72, 88
#: Distance of the boxes that stand for a line when a label looks for room, in logical pixels.
_STEP = 6.0


def scaling_figure(scaling: Scaling, scenario: Scenario, width: int = 960, height: int = 540) -> Figure:
    """Everything Scaling shows, laid out for a chart of `width` × `height` logical pixels.

    Raises InputError when there is no curve or a curve without a point.
    """
    if not scaling.curves or not all(curve.chips for curve in scaling.curves):
        raise InputError(tr("no chip count fits; choose a larger range of chips"))
    shown = scenario.show_official
    officials = [official for curve in scaling.curves for official in curve.official] if shown else []
    numbers = footnote_numbers(officials)
    notes = footnotes(officials)
    return Figure(
        headline=scaling_headline(scaling, scenario.reference),
        chart=_chart(scaling, officials, references(officials, numbers), notes, (width, height)),
        table=scaling_table(scaling, shown and (bool(officials) or not is_stated(scaling.workload))),
        footnotes=notes,
        why=curve_whys(scaling.curves, time_words(scaling.workload, scaling.samples)),
        notices=scaling_notices(scaling, officials),
    )


def _chart(
    scaling: Scaling,
    officials: Sequence[OfficialResult],
    marks_text: str,
    notes: tuple[Footnote, ...],
    size: tuple[int, int],
) -> ChartSpec:
    width, height = size
    names = [fit(curve.name, LABEL_SIZE, _LONGEST_NAME, bold=True) for curve in scaling.curves]
    projected = tr("projection with {level} % band", level=format_number(100.0 * LEVEL))
    ghost = any(curve.baseline_median is not None for curve in scaling.curves)
    entries = legend(projected, ghost, officials, marks_text, width)
    right = math.ceil(_LABEL_GAP + max(text_width(name, LABEL_SIZE, bold=True) for name in names) + EDGE)
    bottom = math.ceil(60 + legend_height(entries, width, _MARGIN_LEFT))
    clauses = scaling_clauses(scaling.curves, scaling.settings, officials)
    asked = scaling_title(scaling.workload, scaling.recipe, scaling.samples)
    title, subtitle = heading(asked, scaling.release, clauses, width)
    top = math.ceil(_MARGIN_TOP + SUBTITLE_STEP * subtitle.count("\n"))
    chips = [count for curve in scaling.curves for count in curve.chips] + [official.chips for official in officials]
    x_axis = spaced(chip_axis(chips, tr("Chips")), width - _MARGIN_LEFT - right)
    y_axis, unit = time_axis(_all_times(scaling, officials), "log", time_words(scaling.workload, scaling.samples))
    frame = Frame(_MARGIN_LEFT, top, width - _MARGIN_LEFT - right, height - top - bottom, x_axis, y_axis)
    marks = tuple(_marks(scaling.curves, officials))
    lines = tuple(line for curve in scaling.curves for line in _lines(curve, scaling.curves))
    boxes = [box for line in lines for box in _line_boxes(line, frame)]
    ends = _end_labels(scaling.curves, names, boxes, frame)
    return ChartSpec(
        kind="scaling",
        title=title,
        subtitle=subtitle,
        x_axis=x_axis,
        y_axis=y_axis,
        intervals=(),
        bands=tuple(_band(curve, scaling.curves) for curve in scaling.curves),
        lines=lines,
        marks=marks,
        labels=(*ends, *_score_labels(marks, boxes, ends, frame, unit.symbol)),
        legend=entries,
        footnotes=notes,
        width=width,
        height=height,
        margin_left=_MARGIN_LEFT,
        margin_right=right,
        margin_top=top,
        margin_bottom=bottom,
    )


def _all_times(scaling: Scaling, officials: Sequence[OfficialResult]) -> list[float]:
    times = [official.score_s for official in officials]
    for curve in scaling.curves:
        times += [*curve.median, *curve.low, *curve.high, *(curve.baseline_median or ())]
    return times


def _tint(curve: ScalingCurve, curves: Sequence[ScalingCurve]) -> Tint:
    """The family's hue in its middle shade; further systems of a family take shades apart from it."""
    siblings = [other.system for other in curves if other.family == curve.family]
    shades = (0.5, 1.0, 0.0, 0.75, 0.25)
    return Tint(system_tint(curve.family, 1).hue, shades[siblings.index(curve.system) % len(shades)])


def _band(curve: ScalingCurve, curves: Sequence[ScalingCurve]) -> Band:
    chips = tuple(float(count) for count in curve.chips)
    return Band(chips, curve.low, curve.high, _tint(curve, curves), curve_key(curve))


def _lines(curve: ScalingCurve, curves: Sequence[ScalingCurve]) -> list[Line]:
    """The ghost, then the projection in stretches: solid between calibrated points, dashed elsewhere."""
    key, tint = curve_key(curve), _tint(curve, curves)
    chips = tuple(float(count) for count in curve.chips)
    lines: list[Line] = []
    if curve.baseline_median is not None:
        lines.append(Line(chips, curve.baseline_median, NEUTRAL, GHOST, False, key))
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


def _marks(curves: Sequence[ScalingCurve], officials: Sequence[OfficialResult]) -> list[Mark]:
    return [
        Mark(
            float(official.chips),
            official.score_s,
            system_tint(curve.family, official.chips),
            OFFICIAL,
            official_key(official),
        )
        for curve in curves
        for official in curve.official
        if official in officials
    ]


def _end_labels(
    curves: Sequence[ScalingCurve], names: Sequence[str], lines: Sequence[Box], frame: Frame
) -> tuple[Label, ...]:
    """The name of each curve at its right end, moved up or down where curves end close together."""
    last = max(curve.chips[-1] for curve in curves)
    outer = [index for index, curve in enumerate(curves) if curve.chips[-1] == last]
    wanted = [frame.y(curves[index].median[-1]) for index in outer]
    places = separate(wanted, text_height(LABEL_SIZE), frame.top, frame.bottom)
    found = {
        index: _name_label(curves[index], curves, names[index], (_LABEL_GAP, place - want))
        for index, want, place in zip(outer, wanted, places, strict=True)
    }
    taken = [_label_box(label, frame) for label in found.values()]
    taken += lines
    bounds = Box(frame.left, frame.top, frame.right + _LABEL_GAP, frame.bottom)
    for index, curve in enumerate(curves):
        if index not in found:
            found[index] = _inner_label(curve, curves, names[index], taken, bounds, frame)
            taken.append(_label_box(found[index], frame))
    return tuple(found[index] for index in range(len(curves)))


def _inner_label(
    curve: ScalingCurve, curves: Sequence[ScalingCurve], name: str, taken: Sequence[Box], bounds: Box, frame: Frame
) -> Label:
    """The name of a curve that ends inside the plot: beside its end where there is room."""
    width = text_width(name, LABEL_SIZE, bold=True)
    offsets = [
        (dx, dy) for dx in (_LABEL_GAP, -width / 2, -width) for dy in (0.0, -16.0, 16.0, -26.0, 26.0, -40.0, 40.0)
    ]
    labels = [_name_label(curve, curves, name, offset) for offset in offsets]
    place = free_place([_label_box(label, frame) for label in labels], taken, bounds)
    return next((label for label in labels if _label_box(label, frame) == place), labels[0])


def _name_label(curve: ScalingCurve, curves: Sequence[ScalingCurve], name: str, offset: tuple[float, float]) -> Label:
    return Label(float(curve.chips[-1]), curve.median[-1], name, _tint(curve, curves), "left", *offset, True)


def _score_labels(
    marks: Sequence[Mark], lines: Sequence[Box], ends: Sequence[Label], frame: Frame, symbol: str
) -> tuple[Label, ...]:
    """The printed score beside each official mark, where there is room that no line, mark or label has taken."""
    taken = [_box(frame.x(mark.x), frame.y(mark.y), 12.0, 12.0) for mark in marks]
    taken += [_label_box(label, frame) for label in ends]
    taken += lines
    bounds = Box(frame.left + 2, frame.top, frame.right - 2, frame.bottom - 2)
    labels = []
    for mark in marks:
        text = f"{mark.y / 60.0:,.2f}" + ("" if symbol == "min" else " min")
        size = (text_width(text, LABEL_SIZE), text_height(LABEL_SIZE))
        offsets = [(dx, dy) for dy in (-18.0, 18.0, -28.0, 28.0, 0.0) for dx in (0.0, 24.0, -24.0, 40.0, -40.0)]
        x, y = frame.x(mark.x), frame.y(mark.y)
        place = free_place([_box(x + dx, y + dy, *size) for dx, dy in offsets], taken, bounds)
        if place is not None:
            taken.append(place)
            dx, dy = (place.left + place.right) / 2 - x, (place.top + place.bottom) / 2 - y
            labels.append(Label(mark.x, mark.y, text, mark.tint, "center", dx, dy))
    return tuple(labels)


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _label_box(label: Label, frame: Frame) -> Box:
    left, middle = frame.x(label.x) + label.dx, frame.y(label.y) + label.dy
    width, height = text_width(label.text, LABEL_SIZE, label.bold), text_height(LABEL_SIZE)
    return Box(left, middle - height / 2, left + width, middle + height / 2)


def _line_boxes(line: Line, frame: Frame) -> list[Box]:
    """Small boxes along a line, close enough that no text slips between them."""
    points = [(frame.x(x), frame.y(y)) for x, y in zip(line.x, line.y, strict=True)]
    boxes = [_box(x, y, _STEP, _STEP) for x, y in points]
    for (x, y), (next_x, next_y) in pairwise(points):
        steps = math.ceil(math.hypot(next_x - x, next_y - y) / _STEP)
        boxes += [
            _box(x + (next_x - x) * k / steps, y + (next_y - y) * k / steps, _STEP, _STEP) for k in range(1, steps)
        ]
    return boxes
