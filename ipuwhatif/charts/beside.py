"""Words beside marks: each at the nearest place that covers nothing, and a line leads to its mark from further off.

One rule for every plot of points, so that no text can be read as that of another mark.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ipuwhatif.charts.geometry import Frame
from ipuwhatif.charts.labels import Box, centred, text_height, text_width
from ipuwhatif.charts.palette import LABEL_SIZE
from ipuwhatif.charts.spec import Label, Line, Mark, Tint
from ipuwhatif.charts.styles import MARK_SIZE
from ipuwhatif.records import Record, replace

#: Between the rim of a mark and its text, in logical pixels; from the second on a line leads from one to the other.
_GAPS = (4.0, 12.0, 18.0, 26.0, 36.0, 50.0, 66.0, 84.0, 104.0)
_CLOSE = _GAPS[0]
#: Which way a text stands from its mark, in degrees from the right, down; the first that is free is taken.
_TURNS = (0, 180, -40, 40, -140, 140, -90, 90, -20, 20, -160, 160, -65, 65, -115, 115)
_AIR = 2.0  # around a mark and at the edge of the plot, in logical pixels
_CROSSED = 30.0  # what a line that runs over another mark or line counts for, in logical pixels of its length
_STEP = 6.0  # between the boxes that stand for a line, in logical pixels

Point = tuple[float, float]
Numbers = NDArray[np.float64]


class _Place(Record, frozen=True):
    box: Box
    gap: float


def labels_beside(
    named: Sequence[tuple[str, Tint, Mark]], marks: Sequence[Mark], frame: Frame, taken: Sequence[Box] = ()
) -> list[Label]:
    """Texts in their tints beside their marks, each where it covers no mark, no other text and nothing `taken`.

    A text stands close to its mark where no other mark is as near to it, else further off, and a line leads to it;
    without room, none.
    """
    bounds = Box(frame.left + _AIR, frame.top, frame.right - _AIR, frame.bottom - _AIR)
    marked = [(frame.x(mark.x), frame.y(mark.y)) for mark in marks]
    around = [_around(*spot, rim(mark)) for spot, mark in zip(marked, marks, strict=True)]
    spots, full = _points(marked), _edges([*taken, *around])
    texts = _points([])  # along the middles of those that are placed: no line runs through them
    labels: list[Label] = []
    for text, tint, mark in named:
        at = frame.x(mark.x), frame.y(mark.y)
        others = spots[:, (spots[0] != at[0]) | (spots[1] != at[1])]
        place = _nearest(text, at, rim(mark), (others, texts, full), bounds)
        if place is not None:
            labels.append(_label(text, tint, mark, place, frame))
            box, middle = place.box, (place.box.top + place.box.bottom) / 2.0
            texts = np.hstack((texts, _points(steps((box.left, middle), (box.right, middle)))))
            path = steps(at, box.nearest(*at)) if place.gap > _CLOSE else []
            spots = np.hstack((spots, _points(path[1:])))
            full = np.hstack((full, _edges([box, *(_around(*point, _AIR) for point in path)])))
    return labels


def rim(mark: Mark) -> float:
    """How far from its middle a mark ends, with some air, in logical pixels."""
    return mark.size * MARK_SIZE / 2.0 + _AIR


def line_boxes(line: Line, frame: Frame) -> list[Box]:
    """Small boxes along a line, close enough that no text slips between them."""
    points = [(frame.x(x), frame.y(y)) for x, y in zip(line.x, line.y, strict=True)]
    return [_around(*point, _STEP / 2.0) for ends in pairwise(points) for point in steps(*ends)]


def steps(start: Point, end: Point) -> list[Point]:
    """Points from one end of a line to the other, both with them."""
    (x, y), (across, down) = start, (end[0] - start[0], end[1] - start[1])
    count = max(1, math.ceil(math.hypot(across, down) / _STEP))
    return [(x + across * step / count, y + down * step / count) for step in range(count + 1)]


def _ring(text: str, at: Point, away: float) -> list[Box]:
    """Where a text could stand so far from the middle of a mark: its near edge or corner is there."""
    wide, tall = text_width(text, LABEL_SIZE), text_height(LABEL_SIZE)
    boxes = []
    for turn in _TURNS:
        x = at[0] + away * math.cos(math.radians(turn))
        y = at[1] + away * math.sin(math.radians(turn))
        left = x - wide / 2.0 if abs(turn) == 90 else x - wide * (abs(turn) > 90)
        top = y - tall / 2.0 if turn in (0, 180) else y - tall * (turn < 0)
        boxes.append(Box(left, top, left + wide, top + tall))
    return boxes


def _nearest(text: str, at: Point, reach: float, drawn: tuple[Numbers, Numbers, Numbers], bounds: Box) -> _Place | None:
    """The nearest place with room, those last whose line runs over something.

    drawn: other marks and lines as points, texts as points, and what no text may cover as edges.
    """
    spots, texts, taken = drawn
    found, least = None, math.inf
    for gap in _GAPS:
        if gap >= least:  # those further off cost more
            break
        boxes = _free([box for box in _ring(text, at, reach + gap) if _inside(box, bounds)], taken)
        if not boxes:
            continue
        edges = _edges(boxes)
        touching = np.stack((np.clip(at[0], edges[0], edges[2]), np.clip(at[1], edges[1], edges[3])))
        cost = np.where(_crossed(at, touching, texts) == 0, gap, math.inf)
        if gap > _CLOSE:
            cost += _CROSSED * _crossed(at, touching, spots)
        elif spots.size:
            own = np.hypot(touching[0] - at[0], touching[1] - at[1])
            cost[_away(edges, spots).min(axis=1) <= own] = math.inf
        best = int(np.argmin(cost))
        if cost[best] < least:
            found, least = _Place(boxes[best], gap), float(cost[best])
    return found


def _free(boxes: Sequence[Box], taken: Numbers) -> list[Box]:
    """Those of the boxes that cover nothing."""
    left, top, right, bottom = _edges(boxes)[:, :, None]
    over = (left < taken[2]) & (taken[0] < right) & (top < taken[3]) & (taken[1] < bottom)
    return [box for box, covers in zip(boxes, over.any(axis=1).tolist(), strict=True) if not covers]


def _inside(box: Box, bounds: Box) -> bool:
    return bounds.holds(box.left, box.top) and bounds.holds(box.right, box.bottom)


def _points(points: Sequence[Point]) -> Numbers:
    return np.array(points, dtype=float).reshape(-1, 2).T


def _edges(boxes: Sequence[Box]) -> Numbers:
    return np.array([(box.left, box.top, box.right, box.bottom) for box in boxes], dtype=float).reshape(-1, 4).T


def _away(boxes: Numbers, spots: Numbers) -> Numbers:
    """How far each spot lies from each box, (boxes, spots)."""
    left, top, right, bottom = boxes[:, :, None]
    across = np.maximum(np.maximum(left - spots[0], spots[0] - right), 0.0)
    away: Numbers = np.hypot(across, np.maximum(np.maximum(top - spots[1], spots[1] - bottom), 0.0))
    return away


def _crossed(at: Point, ends: Numbers, spots: Numbers) -> Numbers:
    """How many spots the line from a point to each end runs over."""
    (across, down), (x, y) = (ends - np.array(at)[:, None])[:, :, None], spots - np.array(at)[:, None]
    share = np.clip((x * across + y * down) / np.maximum(across**2 + down**2, 1e-9), 0.0, 1.0)
    away = (x - share * across) ** 2 + (y - share * down) ** 2
    met: Numbers = np.sum(away < (MARK_SIZE / 2.0) ** 2, axis=1, dtype=float)
    return met


def _label(text: str, tint: Tint, mark: Mark, place: _Place, frame: Frame) -> Label:
    """A label in its place; a text may be narrower than that: the end nearer to its mark stays there."""
    (x, y), box = (frame.x(mark.x), frame.y(mark.y)), place.box
    middle, dy = (box.left + box.right) / 2.0, (box.top + box.bottom) / 2.0 - y
    anchor, edge = ("right", box.right) if middle < x else ("left", box.left)
    if abs(middle - x) < 1.0:
        anchor, edge = "center", middle
    label = Label(mark.x, mark.y, text, tint, anchor, edge - x, dy)
    return replace(label, rim=rim(mark)) if place.gap > _CLOSE else label


def _around(x: float, y: float, reach: float) -> Box:
    return centred(x, y, 2.0 * reach, 2.0 * reach)
