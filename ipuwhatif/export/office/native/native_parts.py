"""A chart of more rows than a slide has room for, cut between rows into parts that go onto slides of their own."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from ipuwhatif.charts.spec import GHOST
from ipuwhatif.export.office.native.native_series import NativeChart, Series
from ipuwhatif.records import replace

Value = TypeVar("Value")


def parts_of(native: NativeChart, most: int) -> list[NativeChart]:
    """The chart in parts of at most so many rows, from the top down; of any but rows of names the chart itself."""
    axis, ticks = native.values, sorted(native.values.ticks, reverse=True)
    if not axis.rows or len(ticks) <= most or axis.low is None or axis.high is None:
        return [native]
    each = math.ceil(len(ticks) / math.ceil(len(ticks) / most))
    chunks = [ticks[start : start + each] for start in range(0, len(ticks), each)]
    cuts = [(above[-1][0] + below[0][0]) / 2.0 for above, below in pairwise(chunks)]
    found = []
    for chunk, high, low in zip(chunks, (axis.high, *cuts), (*cuts, axis.low), strict=True):
        series = tuple(_named(native, [part for one in native.series if (part := _within(one, low, high))]))
        values = replace(axis, low=low, high=high, ticks=tuple(sorted(chunk)))
        found.append(replace(native, values=values, series=series))
    return found


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
