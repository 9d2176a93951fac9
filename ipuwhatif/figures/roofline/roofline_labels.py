"""What is drawn and named on Roofline: which ops and roofs, and places for their names that nothing else has taken."""

import math
from collections.abc import Sequence

from ipuwhatif.analysis.roofline_points import ChipRoofline, OpPoint, Roof
from ipuwhatif.charts.beside import labels_beside, line_boxes
from ipuwhatif.charts.geometry import Frame
from ipuwhatif.charts.labels import Box, centred, fit, free_place, separate, text_height, text_width
from ipuwhatif.charts.palette import LABEL_SIZE
from ipuwhatif.charts.spec import Label, Line, Mark, Tint
from ipuwhatif.figures.roofline.op_names import op_text
from ipuwhatif.figures.roofline.roofline_words import DRAWN, class_name, op_key, percent, roof_key
from ipuwhatif.texts import tr

NAME_GAP = 8.0  # between the end of a roof and its name, in logical pixels
_CORNER = 10.0  # between the edge of the plot and a text in its corner, in logical pixels
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
    taken = [box for line in lines for box in line_boxes(line, frame)]
    corner = _corner_labels(chips, tints, [*taken, *(_mark_box(mark, frame) for mark in marks)], frame)
    by_key = {mark.key: mark for mark in marks}
    named = [
        (_named_text(names), tint, by_key[op_key(chip, op)])
        for chip, tint in zip(chips, tints, strict=True)
        for names, op in _named(chip)
    ]
    return [*(label for label, _ in corner), *labels_beside(named, marks, frame, [*taken, *(box for _, box in corner)])]


def _corner_labels(
    chips: Sequence[ChipRoofline], tints: Sequence[Tint], taken: Sequence[Box], frame: Frame
) -> list[tuple[Label, Box]]:
    """What share of a step has no place in the plot, chip by chip, and where that is told."""
    bounds = Box(frame.left + 2.0, frame.top, frame.right - 2.0, frame.bottom - 2.0)
    found: list[tuple[Label, Box]] = []
    for chip, tint in zip(chips, tints, strict=True):
        share = percent(chip.passes_share)
        text = tr("{chip}: {share} % of a step in passes over memory", chip=chip.chip, share=share)
        place = free_place(_corners(text, frame), [*taken, *(box for _, box in found)], bounds)
        if chip.passes_share > 0.0 and place is not None:
            right = place.left > frame.left + _CORNER
            x, anchor, dx = (frame.x_axis.high, "right", -_CORNER) if right else (frame.x_axis.low, "left", _CORNER)
            dy = (place.top + place.bottom) / 2.0 - frame.bottom
            found.append((Label(x, frame.y_axis.low, text, tint, anchor, dx, dy), place))
    return found


def _named_text(names: Sequence[str]) -> str:
    text = fit(names[0], LABEL_SIZE, _LONGEST_OP)
    return text if len(names) == 1 else tr("{op} and {count} more", op=text, count=len(names) - 1)


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


def _corners(text: str, frame: Frame) -> list[Box]:
    """Lines of text from the lower right corner up, then from the upper left one down."""
    wide, tall = text_width(text, LABEL_SIZE), text_height(LABEL_SIZE)
    rows = range(4)
    low = [
        centred(frame.right - _CORNER - wide / 2.0, frame.bottom - 14.0 - _LINE_STEP * row, wide, tall) for row in rows
    ]
    return low + [
        centred(frame.left + _CORNER + wide / 2.0, frame.top + 14.0 + _LINE_STEP * row, wide, tall) for row in rows
    ]


def _mark_box(mark: Mark, frame: Frame) -> Box:
    size = max(7.0 * mark.size, 11.0) + 2.0
    return centred(frame.x(mark.x), frame.y(mark.y), size, size)
