"""On which side of their marks the numbers of a native chart cross the fewest of its lines."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ipuwhatif.charts.labels import Box, centred
from ipuwhatif.export.office.native.native_series import NativeAxis, Series

#: The plot of a slide beside a table, the room of a number and how far from its mark its middle is, in points.
_WIDE, _TALL = 400.0, 170.0
_NUMBER, _LINE, _AWAY = 26.0, 10.0, 5.0
_STEP = 3.0  # between two looks along a line
#: In the order in which they are wanted, with the way from a mark to its number, y up.
_SIDES = {
    "above": (0.0, _AWAY + _LINE / 2.0),
    "right": (_AWAY + _NUMBER / 2.0, 0.0),
    "left": (-_AWAY - _NUMBER / 2.0, 0.0),
    "below": (0.0, -_AWAY - _LINE / 2.0),
}


def side_of(marks: Series, lines: Sequence[Series], x_axis: NativeAxis, y_axis: NativeAxis) -> str:
    """The side for the numbers of a series among the lines that are drawn, where both axes have ends."""
    if None in (x_axis.low, x_axis.high, y_axis.low, y_axis.high):
        return "above"
    looks = [look for line in lines for look in _along(list(_places(line, x_axis, y_axis)))]
    places = [place for place in _places(marks, x_axis, y_axis) if place is not None]

    def crossed(side: str) -> int:
        across, up = _SIDES[side]
        boxes = [centred(x + across, y + up, _NUMBER, _LINE) for x, y in places]
        return sum(any(_inside(box, look) for look in looks) for box in boxes)

    return min(_SIDES, key=crossed)


def _places(series: Series, x_axis: NativeAxis, y_axis: NativeAxis) -> Iterator[tuple[float, float] | None]:
    for x, y in zip(series.x, series.values, strict=True):
        yield None if y is None else (_WIDE * _share(x_axis, x), _TALL * _share(y_axis, y))


def _share(axis: NativeAxis, value: float) -> float:
    assert axis.low is not None and axis.high is not None  # `side_of` has looked
    if axis.base is None:
        return (value - axis.low) / (axis.high - axis.low)
    return math.log(value / axis.low) / math.log(axis.high / axis.low)


def _along(places: Sequence[tuple[float, float] | None]) -> Iterator[tuple[float, float]]:
    for first, second in pairwise(places):
        if first is None or second is None:
            continue
        count = max(1, math.ceil(math.dist(first, second) / _STEP))
        for place in range(count + 1):
            part = place / count
            yield first[0] + part * (second[0] - first[0]), first[1] + part * (second[1] - first[1])


def _inside(box: Box, place: tuple[float, float]) -> bool:
    return box.left < place[0] < box.right and box.top < place[1] < box.bottom
