"""Texts inside the plot of Scaling: the names of curves at their ends and the scores beside their marks."""

import math
from collections.abc import Sequence
from itertools import pairwise

from ipuwhatif.analysis.results import ScalingCurve
from ipuwhatif.figures.geometry import Frame
from ipuwhatif.figures.labels import Box, centred, free_place, separate, text_height, text_width
from ipuwhatif.figures.palette import LABEL_SIZE, system_tint
from ipuwhatif.figures.spec import TARGET, Label, Line, Mark, Tint

#: Gap between the end of a curve and its name, in logical pixels.
LABEL_GAP = 14.0
#: Distance of the boxes that stand for a line when a label looks for room, in logical pixels.
_STEP = 8.0


def curve_tint(curve: ScalingCurve, curves: Sequence[ScalingCurve]) -> Tint:
    """The family's hue in its middle shade; further systems of a family take shades apart from it."""
    siblings = [other.system for other in curves if other.family == curve.family]
    shades = (0.5, 1.0, 0.0, 0.75, 0.25)
    return Tint(system_tint(curve.family, 1).hue, shades[siblings.index(curve.system) % len(shades)])


def end_labels(
    curves: Sequence[ScalingCurve], names: Sequence[str], lines: Sequence[Box], frame: Frame, lowest: float
) -> tuple[Label, ...]:
    """The name of each curve at its right end, moved up or down where curves end close together, above `lowest`."""
    last = max(curve.chips[-1] for curve in curves)
    outer = [index for index, curve in enumerate(curves) if curve.chips[-1] == last]
    wanted = [frame.y(curves[index].median[-1]) for index in outer]
    places = separate(wanted, text_height(LABEL_SIZE), frame.top, lowest)
    found = {
        index: _name_label(curves[index], curves, names[index], (LABEL_GAP, place - want))
        for index, want, place in zip(outer, wanted, places, strict=True)
    }
    taken = [label_box(label, frame) for label in found.values()]
    taken += lines
    bounds = Box(frame.left, frame.top, frame.right + LABEL_GAP, lowest)
    for index, curve in enumerate(curves):
        if index not in found:
            found[index] = _inner_label(curve, curves, names[index], taken, bounds, frame)
            taken.append(label_box(found[index], frame))
    return tuple(found[index] for index in range(len(curves)))


def _inner_label(
    curve: ScalingCurve, curves: Sequence[ScalingCurve], name: str, taken: Sequence[Box], bounds: Box, frame: Frame
) -> Label:
    """The name of a curve that ends inside the plot: beside its end where there is room."""
    width = text_width(name, LABEL_SIZE, bold=True)
    offsets = [
        (dx, dy) for dx in (LABEL_GAP, -width / 2, -width) for dy in (0.0, -16.0, 16.0, -26.0, 26.0, -40.0, 40.0)
    ]
    labels = [_name_label(curve, curves, name, offset) for offset in offsets]
    place = free_place([label_box(label, frame) for label in labels], taken, bounds)
    return next((label for label in labels if label_box(label, frame) == place), labels[0])


def _name_label(curve: ScalingCurve, curves: Sequence[ScalingCurve], name: str, offset: tuple[float, float]) -> Label:
    return Label(float(curve.chips[-1]), curve.median[-1], name, curve_tint(curve, curves), "left", *offset, True)


def score_labels(marks: Sequence[Mark], taken: list[Box], bounds: Box, frame: Frame, symbol: str) -> tuple[Label, ...]:
    """The printed score beside each official mark, where there is room that no line, mark or label has taken."""
    labels = []
    for mark in marks:
        text = f"{mark.y / 60.0:,.2f}" + ("" if symbol == "min" else " min")
        size = (text_width(text, LABEL_SIZE), text_height(LABEL_SIZE))
        offsets = [(dx, dy) for dy in (-18.0, 18.0, -28.0, 28.0, 0.0) for dx in (0.0, 24.0, -24.0, 40.0, -40.0)]
        x, y = frame.x(mark.x), frame.y(mark.y)
        place = free_place([centred(x + dx, y + dy, *size) for dx, dy in offsets], taken, bounds)
        if place is not None:
            taken.append(place)
            dx, dy = (place.left + place.right) / 2 - x, (place.top + place.bottom) / 2 - y
            labels.append(Label(mark.x, mark.y, text, mark.tint, "center", dx, dy))
    return tuple(labels)


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
