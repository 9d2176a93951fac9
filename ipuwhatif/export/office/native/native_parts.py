"""A chart of more rows than a slide has room for, cut between rows into parts that go onto slides of their own."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from ipuwhatif.charts.spec import GHOST
from ipuwhatif.export.office.native.native_series import WORDS, NativeChart, Series
from ipuwhatif.records import replace

Value = TypeVar("Value")
Row = tuple[float, str]  # height and name


def parts_of(native: NativeChart, most: int) -> list[NativeChart]:
    """The chart in parts of at most so many rows, from the top down; of any but rows of names the chart itself.

    Where rows have groups, each part begins with the head of one, and with the words that stand in the first of them.
    """
    axis, ticks = native.values, sorted(native.values.ticks, reverse=True)
    if not axis.rows or len(ticks) <= most or axis.low is None or axis.high is None:
        return [native]
    chunks = _chunks(ticks, axis.heads, most)
    cuts = [(above[-1][0] + below[0][0]) / 2.0 for above, below in pairwise(chunks)]
    found = []
    for chunk, high, low in zip(chunks, (axis.high, *cuts), (*cuts, axis.low), strict=True):
        parts = [part for one in native.series if (part := _within(one, low, high))]
        if chunk is not chunks[0] and axis.heads:
            chunk = _headed(chunk, [tick for tick in ticks if tick[0] in axis.heads])
            parts += [part for one in native.series if (part := _lowered(one, ticks[0][0], chunk[0][0]))]
        values = replace(axis, low=low, high=max(high, chunk[0][0] + 0.5), ticks=tuple(sorted(chunk)))
        found.append(replace(native, values=values, series=tuple(_named(native, parts))))
    return found


def _chunks(ticks: Sequence[Row], heads: Sequence[float], most: int) -> list[Sequence[Row]]:
    """The rows in stretches of about one length, cut before a head where one is near."""
    count = math.ceil(len(ticks) / most)
    starts = [place for place, tick in enumerate(ticks) if tick[0] in heads]
    cuts = [0]
    for number in range(1, count):
        even = round(len(ticks) * number / count)
        least = max(cuts[-1] + 1, len(ticks) - (count - number) * most)  # the rest has to have room
        near = [place for place in starts if least <= place <= cuts[-1] + most]
        cuts.append(min(near, key=lambda place: abs(place - even), default=even))
    return [ticks[start:end] for start, end in pairwise([*cuts, len(ticks)])]


def _headed(chunk: Sequence[Row], heads: Sequence[Row]) -> Sequence[Row]:
    """The rows under the head of their group, which stands over them once more where the group goes on."""
    top = chunk[0][0]
    if any(head[0] == top for head in heads):
        return chunk
    above = [head for head in heads if head[0] > top]
    return [(top + 1.0, above[-1][1]), *chunk] if above else chunk


def _lowered(series: Series, height: float, to: float) -> Series | None:
    """The words of a row in another row; None of anything else."""
    if series.style != WORDS:
        return None
    kept = [place for place, value in enumerate(series.values) if value == height]
    return replace(_picked(series, kept), values=(to,) * len(kept)) if kept else None


def _within(series: Series, low: float, high: float) -> Series | None:
    """What of a series lies between two heights, a line from bottom to top as far as it does; None where nothing."""
    if series.style == GHOST:
        return replace(series, values=tuple(value and min(max(value, low), high) for value in series.values))
    kept: list[int] = []
    for place, value in enumerate(series.values):
        inside = low < value <= high if value is not None else place - 1 in kept
        kept += [place] if inside else []
    if not kept:
        return None

    return _picked(series, kept)


def _picked(series: Series, kept: Sequence[int]) -> Series:
    def picked(values: Sequence[Value]) -> tuple[Value, ...]:
        return tuple(values[place] for place in kept) if values else ()

    return replace(
        series,
        values=picked(series.values),
        x=picked(series.x),
        tints=picked(series.tints),
        texts=picked(series.texts),
    )


def _named(native: NativeChart, series: Sequence[Series]) -> Iterator[Series]:
    """The series, the first of each name in the legend where that of the whole chart has it."""
    wanted = {each.name for each in native.series if each.listed}
    for each in series:
        yield replace(each, listed=each.name in wanted)
        wanted.discard(each.name)
