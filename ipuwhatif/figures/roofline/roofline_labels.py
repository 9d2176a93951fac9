"""What is drawn and named on Roofline: which ops and roofs, and places for their names that nothing else has taken."""

import math
from collections.abc import Sequence
from itertools import pairwise

from ipuwhatif.analysis.roofline_points import ChipRoofline, OpPoint, Roof
from ipuwhatif.charts.geometry import Frame
from ipuwhatif.charts.labels import Box, fit, free_place, separate, text_height, text_width
from ipuwhatif.charts.palette import LABEL_SIZE
from ipuwhatif.charts.spec import Label, Line, Mark, Tint
from ipuwhatif.figures.roofline.op_names import op_text
from ipuwhatif.figures.roofline.roofline_words import DRAWN, class_name, op_key, percent, roof_key
from ipuwhatif.texts import tr

NAME_GAP = 8.0  # between the end of a roof and its name, in logical pixels
_STEP, _CORNER = 6.0, 10.0
_AWAY = 18.0  # how far the name of a roof may stand from its end, in logical pixels
_LONGEST_ROOF, _LONGEST_OP, _LINE_STEP = 230.0, 400.0, 19.0
#: Part of the time of all ops from which on an op has its name on the chart, and how many of a chip do.
_NAMED, _MOST_NAMED = 0.03, 4
_ONE_SPOT = 0.04  # difference of intensities and of rates within which two marks cannot be told apart
#: A class of ops has a roof of its own from this part of the time of all ops on.
_ROOFED = 0.10


def drawn(chip: ChipRoofline) -> list[OpPoint]:
    """The ops that have a mark: those that count FLOPs and take some of the time."""
    whole = sum(op.seconds for op in chip.ops)
    return [op for op in chip.ops if op.flops > 0.0 and op.seconds >= DRAWN * whole]


def roofs_of(chip: ChipRoofline) -> list[tuple[str, Roof, str]]:
    """Name at its end, roof and key: that of the data sheet, then those of the classes that take the time."""
    whole = sum(op.seconds for op in chip.ops)
    spent = {name: sum(op.seconds for op in chip.ops if op.op_class == name) for name in chip.calibrated}
    most = max(spent, key=lambda each: spent[each])
    sheet = (fit(chip.chip, LABEL_SIZE, _LONGEST_ROOF, bold=True), chip.sheet, roof_key(chip))
    return [sheet] + [
        (fit(class_name(name), LABEL_SIZE, _LONGEST_ROOF), roof, roof_key(chip, name))
        for name, roof in chip.calibrated.items()
        if name == most or spent[name] >= _ROOFED * whole
    ]


def roof_labels(chips: Sequence[ChipRoofline], tints: Sequence[Tint], frame: Frame) -> list[Label]:
    """The name of each roof at its right end, moved up or down where roofs end close together.

    Where that would part names from their roofs, only the chips are named: a dashed roof has the colour of its chip.
    """
    ends = [
        (name, roof.peak, tint, key == roof_key(chip))
        for chip, tint in zip(chips, tints, strict=True)
        for name, roof, key in roofs_of(chip)
    ]
    labels = _stacked(ends, frame)
    if max(abs(label.dy) for label in labels) <= _AWAY:
        return labels
    return _stacked([end for end in ends if end[3]], frame)


def _stacked(ends: Sequence[tuple[str, float, Tint, bool]], frame: Frame) -> list[Label]:
    """Names of roofs in one column. ends: name, peak, tint, and whether the name is that of a chip."""
    wanted = [frame.y(peak) for _, peak, _, _ in ends]
    places = separate(wanted, text_height(LABEL_SIZE), frame.top, frame.bottom)
    return [
        Label(frame.x_axis.high, peak, name, tint, "left", NAME_GAP, place - want, bold)
        for (name, peak, tint, bold), want, place in zip(ends, wanted, places, strict=True)
    ]


def inner_labels(
    chips: Sequence[ChipRoofline], tints: Sequence[Tint], lines: Sequence[Line], marks: Sequence[Mark], frame: Frame
) -> list[Label]:
    """What stands at no intensity, in a corner, then the names of the largest ops where there is room."""
    taken = [_mark_box(mark, frame) for mark in marks] + [box for line in lines for box in _line_boxes(line, frame)]
    bounds = Box(frame.left + 2.0, frame.top, frame.right - 2.0, frame.bottom - 2.0)
    labels: list[Label] = []
    for chip, tint in zip(chips, tints, strict=True):
        if chip.passes_share > 0.0:
            text = tr(
                "{chip}: {share} % of a step in passes over memory", chip=chip.chip, share=percent(chip.passes_share)
            )
            _place(
                labels, taken, text, tint, (frame.x_axis.high, frame.y_axis.low), _corners(text, frame), bounds, frame
            )
    for chip, tint in zip(chips, tints, strict=True):
        for names, op in _named(chip):
            mark = next(each for each in marks if each.key == op_key(chip, op))
            text = fit(names[0], LABEL_SIZE, _LONGEST_OP)
            if len(names) > 1:
                text = tr("{op} and {count} more", op=text, count=len(names) - 1)
            _place(labels, taken, text, tint, (mark.x, mark.y), _around(text, mark, frame), bounds, frame)
    return labels


def _named(chip: ChipRoofline) -> list[tuple[list[str], OpPoint]]:
    """The largest ops with their names; ops that do the same work stand on one spot and have one label."""
    whole = sum(op.seconds for op in chip.ops)
    spots: list[tuple[list[str], OpPoint]] = []
    for op in drawn(chip)[:_MOST_NAMED]:
        if op.seconds < _NAMED * whole:
            break
        names = next((names for names, first in spots if _alike(first, op)), None)
        if names is None:
            spots.append(([op_text(op.name)], op))
        else:
            names.append(op_text(op.name))
    return spots


def _alike(first: OpPoint, second: OpPoint) -> bool:
    """Whether two ops stand on one spot, as far as the eye can tell."""
    pairs = ((first.intensity, second.intensity), (first.rate, second.rate))
    return all(math.isclose(one, other, rel_tol=_ONE_SPOT) for one, other in pairs)


def _place(
    labels: list[Label],
    taken: list[Box],
    text: str,
    tint: Tint,
    at: tuple[float, float],
    candidates: Sequence[Box],
    bounds: Box,
    frame: Frame,
) -> None:
    """Add a label at the first free candidate; no label where there is none."""
    place = free_place(candidates, taken, bounds)
    if place is not None:
        taken.append(place)
        x, dy = frame.x(at[0]), (place.top + place.bottom) / 2.0 - frame.y(at[1])
        # a text may be narrower than its place: the end that is nearer to what it names stays there
        middle = (place.left + place.right) / 2.0
        if abs(middle - x) < 1.0:
            anchor, edge = "center", middle
        else:
            anchor, edge = ("right", place.right) if middle < x else ("left", place.left)
        labels.append(Label(*at, text, tint, anchor, edge - x, dy))


def _corners(text: str, frame: Frame) -> list[Box]:
    """Lines of text from the lower right corner up, then from the upper left one down."""
    wide, tall = text_width(text, LABEL_SIZE), text_height(LABEL_SIZE)
    rows = range(4)
    low = [_box(frame.right - _CORNER - wide / 2.0, frame.bottom - 14.0 - _LINE_STEP * row, wide, tall) for row in rows]
    return low + [
        _box(frame.left + _CORNER + wide / 2.0, frame.top + 14.0 + _LINE_STEP * row, wide, tall) for row in rows
    ]


def _around(text: str, mark: Mark, frame: Frame) -> list[Box]:
    """Places beside a mark, then above and below it."""
    wide, tall = text_width(text, LABEL_SIZE), text_height(LABEL_SIZE)
    x, y, reach = frame.x(mark.x), frame.y(mark.y), 3.5 * mark.size + 4.0
    aside = reach + wide / 2.0
    sides = [(side * aside, dy) for dy in (0.0, -9.0, 9.0, -16.0, 16.0, -24.0, 24.0) for side in (1, -1)]
    away = [reach + tall / 2.0 + more for more in (0.0, 10.0)]
    over = [(side * wide / 2.0, sign * dy) for dy in away for sign in (-1, 1) for side in (0.0, 0.6, -0.6, 1.0, -1.0)]
    return [_box(x + dx, y + dy, wide, tall) for dx, dy in (*sides, *over)]


def _mark_box(mark: Mark, frame: Frame) -> Box:
    size = max(7.0 * mark.size, 11.0) + 2.0
    return _box(frame.x(mark.x), frame.y(mark.y), size, size)


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0)


def _line_boxes(line: Line, frame: Frame) -> list[Box]:
    """Small boxes along a line, close enough that no text slips between them."""
    points = [(frame.x(x), frame.y(y)) for x, y in zip(line.x, line.y, strict=True)]
    boxes = []
    for (x, y), (next_x, next_y) in pairwise(points):
        steps = max(1, math.ceil(math.hypot(next_x - x, next_y - y) / _STEP))
        boxes += [
            _box(x + (next_x - x) * k / steps, y + (next_y - y) * k / steps, _STEP, _STEP) for k in range(steps + 1)
        ]
    return boxes
