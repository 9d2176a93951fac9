"""Texts inside the plot of Scaling: the names of curves at their ends and the scores beside their marks."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ipuwhatif.analysis.results import ScalingCurve
from ipuwhatif.charts.geometry import Frame
from ipuwhatif.charts.labels import Box, centred, free_place, separate, text_height, text_width
from ipuwhatif.charts.palette import LABEL_SIZE, system_tint
from ipuwhatif.charts.spec import OFFICIAL, TARGET, Label, Line, Mark, Tint
from ipuwhatif.charts.ticks import MINUTES
from ipuwhatif.records import replace

#: Gap between the end of a curve and its name, in logical pixels.
LABEL_GAP = 14.0
#: Distance of the boxes that stand for a line when a label looks for room, in logical pixels.
_STEP = 8.0
_MARK_GAP = 10.0  # between a mark and a score beside it, in logical pixels


def curve_tint(curve: ScalingCurve, curves: Sequence[ScalingCurve]) -> Tint:
    """The family's hue in its middle shade; further systems of a family take shades apart from it."""
    siblings = [other.system for other in curves if other.family == curve.family]
    shades = (0.5, 1.0, 0.0, 0.75, 0.25)
    shade = shades[siblings.index(curve.system) % len(shades)]
    return replace(system_tint(curve.family, 1, curve.system), shade=shade)


def end_labels(
    curves: Sequence[ScalingCurve], names: Sequence[str], lines: Sequence[Box], frame: Frame, lowest: float
) -> tuple[Label, ...]:
    """The name of each curve at its end, above `lowest`; none over another.

    Names that have no room inside the plot stand right of it in one column. Names over each other stand in the order
    of the ends of their curves.
    """
    column = frame.x(max(curve.chips[-1] for curve in curves)) + LABEL_GAP
    bounds = Box(frame.left, frame.top, min(frame.right, column) - 4.0, lowest)
    above: list[Box] = []  # of names inside the plot, whose curves end higher
    found = {}
    for index in sorted(range(len(curves)), key=lambda index: -curves[index].median[-1]):
        label = _inner_label(curves[index], curves, names[index], [*lines, *above], above, bounds, frame)
        if label is not None:
            found[index] = label
            above.append(label_box(label, frame))
    outer = [index for index in range(len(curves)) if index not in found]
    wanted = [frame.y(curves[index].median[-1]) for index in outer]
    places = separate(wanted, text_height(LABEL_SIZE), frame.top, lowest)
    for index, want, place in zip(outer, wanted, places, strict=True):
        dx = column - frame.x(curves[index].chips[-1])
        found[index] = _name_label(curves[index], curves, names[index], (dx, place - want))
    return tuple(found[index] for index in range(len(curves)))


def _inner_label(
    curve: ScalingCurve,
    curves: Sequence[ScalingCurve],
    name: str,
    taken: Sequence[Box],
    above: Sequence[Box],
    bounds: Box,
    frame: Frame,
) -> Label | None:
    """The name of a curve that ends well inside the plot, beside its end; None where there is no room below `above`."""
    width = text_width(name, LABEL_SIZE, bold=True)
    if frame.x(curve.chips[-1]) + LABEL_GAP + width > bounds.right:
        return None
    offsets = [(LABEL_GAP, 0.0), *((dx, dy) for dy in (-16.0, 16.0, -24.0, 24.0) for dx in (LABEL_GAP, -width / 2))]
    labels = [_name_label(curve, curves, name, offset) for offset in offsets]
    boxes = [label_box(label, frame) for label in labels]
    place = free_place([box for box in boxes if not any(_over(box, other) for other in above)], taken, bounds)
    return next((label for label, box in zip(labels, boxes, strict=True) if box == place), None)


def _over(box: Box, other: Box) -> bool:
    """Whether a box stands higher than another in the same columns of the page."""
    return box.left < other.right and other.left < box.right and box.top < other.top


def _name_label(curve: ScalingCurve, curves: Sequence[ScalingCurve], name: str, offset: tuple[float, float]) -> Label:
    return Label(float(curve.chips[-1]), curve.median[-1], name, curve_tint(curve, curves), "left", *offset, True)


def score_labels(
    marks: Sequence[Mark], lines: Sequence[Box], taken: list[Box], bounds: Box, frame: Frame, symbol: str
) -> tuple[Label, ...]:
    """The number beside each official mark and each of the user's, where no mark or label stands and none is nearer.

    It stands over a line where all else is full. The room it takes is added to `taken`, which `lines` are not among.
    """
    labels = []
    spots = [(frame.x(mark.x), frame.y(mark.y)) for mark in marks]
    for own, (mark, (x, y)) in enumerate(zip(marks, spots, strict=True)):
        digits = ",.2f" if mark.style == OFFICIAL else ",.4g"  # as published, and as it was typed
        text = f"{mark.y / 60.0:{digits}}" + ("" if symbol == MINUTES.symbol else f" {MINUTES.symbol}")
        boxes = _nearest_to(own, spots, _places(text, x, y))
        place = free_place(boxes, [*taken, *lines], bounds) or free_place(boxes, taken, bounds)
        if place is not None:
            taken.append(place)
            dx, dy = (place.left + place.right) / 2 - x, (place.top + place.bottom) / 2 - y
            labels.append(Label(mark.x, mark.y, text, mark.tint, "center", dx, dy))
    return tuple(labels)


def _places(text: str, x: float, y: float) -> list[Box]:
    """Places for a score above, below and beside its mark."""
    width, height = text_width(text, LABEL_SIZE), text_height(LABEL_SIZE)
    aside = width / 2 + _MARK_GAP
    offsets = [(dx, dy) for dy in (-18.0, 18.0, -28.0, 28.0, 0.0) for dx in (0.0, 24.0, -24.0, 40.0, -40.0)]
    offsets += [(dx, dy) for dy in (-12.0, 12.0, -38.0, 38.0) for dx in (0.0, aside, -aside)]
    return [centred(x + dx, y + dy, width, height) for dx, dy in offsets]


def _nearest_to(own: int, spots: Sequence[tuple[float, float]], boxes: Sequence[Box]) -> list[Box]:
    """The places to which no mark lies nearer than the one that they are for."""
    x, y = np.array(spots).T
    left, top, right, bottom = np.array([(box.left, box.top, box.right, box.bottom) for box in boxes]).T[:, :, None]
    beside, above = np.maximum(left - x, x - right), np.maximum(top - y, y - bottom)
    away = np.hypot(np.maximum(beside, 0.0), np.maximum(above, 0.0))  # (boxes, spots)
    nearest = away[:, own] <= away.min(axis=1)
    return [box for box, is_nearest in zip(boxes, nearest.tolist(), strict=True) if is_nearest]


def label_box(label: Label, frame: Frame) -> Box:
    left, middle = frame.x(label.x) + label.dx, frame.y(label.y) + label.dy
    width, height = text_width(label.text, LABEL_SIZE, label.bold), text_height(LABEL_SIZE)
    return Box(left, middle - height / 2, left + width, middle + height / 2)


def line_boxes(line: Line, frame: Frame) -> list[Box]:
    """Small boxes along a line, close enough that no text slips between them; a level line is one box."""
    points = [(frame.x(x), frame.y(y)) for x, y in zip(line.x, line.y, strict=True)]
    if line.style == TARGET:
        (left, y), (right, _) = points
        return [Box(left, y - _STEP / 2, right, y + _STEP / 2)]
    boxes = [centred(x, y, _STEP, _STEP) for x, y in points]
    for (x, y), (next_x, next_y) in pairwise(points):
        steps = math.ceil(math.hypot(next_x - x, next_y - y) / _STEP)
        boxes += [
            centred(x + (next_x - x) * k / steps, y + (next_y - y) * k / steps, _STEP, _STEP) for k in range(1, steps)
        ]
    return boxes
