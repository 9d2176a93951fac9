"""The tornado of a second scenario under that of the one that is looked at: a bracket below each bar, and a column."""

from collections.abc import Mapping, Sequence

from ipuwhatif.analysis.uncertainty.swings import Sensitivity, Swing
from ipuwhatif.charts.geometry import Frame
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import GHOST, Cell, Column, HeadlinePart, LegendEntry, Line
from ipuwhatif.figures.sensitivity.drag_ranges import DRAWN, change
from ipuwhatif.figures.sensitivity.sensitivity_words import swing_name, times
from ipuwhatif.figures.times import time_text
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

_BELOW, _RISE = 2.5, 3.0  # from a bar to its bracket, and how far the ends of a bracket rise, in logical pixels


def swings_by_key(beside: Sensitivity | None) -> Mapping[str, Swing]:
    """The swings of the second scenario, where there is one."""
    return {} if beside is None else {each.key: each for each in beside.swings.swings}


def second_changes(swings: Sequence[Swing], beside: Sensitivity | None) -> list[float]:
    """Where the brackets under these bars end, in percent of the second scenario's own time."""
    found = swings_by_key(beside)
    center = 1.0 if beside is None else beside.swings.center_s
    return [
        change(seconds, center)
        for each in swings
        if (other := found.get(each.key)) is not None
        for seconds in (other.low_s, other.high_s)
    ]


def brackets(swings: Sequence[Swing], beside: Sensitivity | None, frame: Frame) -> tuple[Line, ...]:
    """Under each bar how far the same lever or assumption moves the time of the second scenario."""
    if beside is None:
        return ()
    found, center = swings_by_key(beside), beside.swings.center_s
    pixel = (frame.y_axis.high - frame.y_axis.low) / frame.height
    lines = []
    for row, each in enumerate(swings):
        other = found.get(each.key)
        if other is None or other.size(center) < DRAWN * center:
            continue
        ends = [change(seconds, center) for seconds in (other.low_s, other.high_s)]
        low, high = min(0.0, *ends), max(0.0, *ends)
        y = row + (frame.bar_height / 2 + _BELOW) * pixel
        told = tr(
            "{name}, scenario {letter}: {range}", name=swing_name(other), letter=beside.letter, range=times(other)
        )
        rise = y - _RISE * pixel
        lines.append(Line((low, low, high, high), (rise, y, y, rise), NEUTRAL, GHOST, False, "", told))
    return tuple(lines)


def second_legend(beside: Sensitivity | None) -> tuple[LegendEntry, ...]:
    """What the brackets are."""
    return () if beside is None else (LegendEntry(GHOST, tr("scenario {letter}", letter=beside.letter)),)


def second_headline(beside: Sensitivity | None) -> tuple[HeadlinePart, ...]:
    """The second scenario's time, and what it depends on most."""
    if beside is None:
        return ()
    largest = beside.swings.swings[0]
    name = swing_name(largest)
    told = tr(
        "; {letter} {time}, most on {name} ({range})",
        letter=beside.letter,
        time=time_text(beside.projection.time_to_train_s.median),
        name=name[:1].lower() + name[1:],
        range=times(largest),
    )
    return (HeadlinePart(told),)


def second_column(beside: Sensitivity | None) -> tuple[Column, ...]:
    """The column of the second scenario's swings."""
    return () if beside is None else (Column(tr("Swing, scenario {letter} (%)", letter=beside.letter), "decimal"),)


def second_cell(swing: Swing, beside: Sensitivity | None, key: str) -> tuple[Cell, ...]:
    """How far the second scenario's time moves; empty where that lever or assumption does nothing there."""
    if beside is None:
        return ()
    other, center = swings_by_key(beside).get(swing.key), beside.swings.center_s
    if other is None:
        return (Cell("", key=key),)
    part = 100.0 * other.size(center) / center
    return (Cell(format_number(part, 2), part, key),)
