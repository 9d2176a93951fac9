"""Marks that would cover each other stand side by side: at their chip count, or a little beside it."""

import math
from collections.abc import Sequence
from itertools import pairwise

from ipuwhatif.charts.geometry import Frame

#: Room of a mark on a chart, in logical pixels, and the part of the way to the next chip count that marks may take.
_ROOM, _SIDEWAYS, _MOST = 9.0, 0.4, 72.0


def side_by_side(points: Sequence[tuple[str, int, float]], frame: Frame) -> dict[str, float]:
    """Where along x each mark goes, by its key: at its chip count, or beside it where others stand there already.

    points: key, chips and value on the y axis. No mark goes half way to the next chip count, so that each stands
    nearest to its own.
    """
    counts = sorted({chips for _, chips, _ in points})
    pixels = [frame.x(float(count)) for count in counts]
    gaps = [after - before for before, after in pairwise(pixels)]
    placed: dict[int, list[tuple[float, float]]] = {count: [] for count in counts}
    octave = math.log(frame.x_axis.high / frame.x_axis.low) / max(frame.width, 1.0)
    found = {}
    for key, chips, value in points:
        place = counts.index(chips)
        most = _SIDEWAYS * min([*gaps[max(place - 1, 0) : place + 1], _MOST])
        offset = _free_offset(frame.y(value), placed[chips], most)
        placed[chips].append((offset, frame.y(value)))
        found[key] = chips * math.exp(offset * octave)
    return found


def _free_offset(y: float, placed: Sequence[tuple[float, float]], most: float) -> float:
    """The least distance to a side at which a mark covers none that stands there; 0 where there is none."""
    steps = range(int(most / (_ROOM / 2.0)) + 1)
    for offset in (side * step * _ROOM / 2.0 for step in steps for side in ((1.0,) if step == 0 else (1.0, -1.0))):
        if all(math.hypot(offset - other, y - height) >= _ROOM for other, height in placed):
            return offset
    return 0.0
