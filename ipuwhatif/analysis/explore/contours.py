"""Lines of one value through a grid, by marching squares: straight between places where the value is reached."""

from collections.abc import Iterator, Sequence

import numpy as np

from ipuwhatif.model.parameters import FloatArray

Point = tuple[float, float]
Line = tuple[Point, ...]


def contours(x: FloatArray, y: FloatArray, values: FloatArray, level: float) -> tuple[Line, ...]:
    """Where values, shape (y, x), cross a level; a cell with a corner that is nan has no line."""
    segments = [segment for row in range(len(y) - 1) for segment in _of_row(x, y, values, level, row)]
    return tuple(_joined(segments))


def _of_row(x: FloatArray, y: FloatArray, values: FloatArray, level: float, row: int) -> Iterator[tuple[Point, Point]]:
    for column in range(len(x) - 1):
        places = ((row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column))
        corners = [(float(x[c]), float(y[r]), float(values[r, c]) - level) for r, c in places]
        if not np.isfinite([value for *_, value in corners]).all():
            continue
        ends = [
            _between(first, second)
            for first, second in zip(corners, (*corners[1:], corners[0]), strict=True)
            if (first[2] < 0.0) != (second[2] < 0.0)
        ]
        middle = sum(value for *_, value in corners) < 0.0
        if len(ends) == 4 and middle != (corners[0][2] < 0.0):  # a saddle: the middle says which corners are cut off
            ends = [ends[3], *ends[:3]]
        yield from zip(ends[::2], ends[1::2], strict=True)


def _between(first: tuple[float, float, float], second: tuple[float, float, float]) -> Point:
    first, second = sorted((first, second))  # so that the two cells of an edge have the same point
    share = first[2] / (first[2] - second[2])
    return first[0] + share * (second[0] - first[0]), first[1] + share * (second[1] - first[1])


def _joined(segments: Sequence[tuple[Point, Point]]) -> Iterator[Line]:
    """Segments that touch as lines."""
    touching: dict[Point, list[int]] = {}
    for number, ends in enumerate(segments):
        for end in ends:
            touching.setdefault(end, []).append(number)
    used = set[int]()
    for number, (first, last) in enumerate(segments):
        if number not in used:
            used.add(number)
            forward = _followed(last, segments, touching, used)
            backward = _followed(first, segments, touching, used)
            yield (*reversed(backward), first, last, *forward)


def _followed(
    end: Point, segments: Sequence[tuple[Point, Point]], touching: dict[Point, list[int]], used: set[int]
) -> list[Point]:
    found: list[Point] = []
    while True:
        number = next((each for each in touching[end] if each not in used), None)
        if number is None:
            return found
        used.add(number)
        a, b = segments[number]
        end = b if a == end else a
        found.append(end)
