"""Labels beside the marks of evidence, each where room is left, and names at the axis."""

from collections.abc import Sequence

from ipuwhatif.analysis.evidence import EvidenceRow
from ipuwhatif.charts.geometry import Frame
from ipuwhatif.charts.labels import (
    Box,
    free_place,
    text_height,
    text_width,
)
from ipuwhatif.charts.palette import LABEL_SIZE
from ipuwhatif.charts.spec import (
    Label,
    Mark,
    Tint,
)
from ipuwhatif.figures.evidence.evidence_rows import row_key, row_tint
from ipuwhatif.figures.words import short_name
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr

MOST_NAMED = 8


def names(rows: Sequence[EvidenceRow], scenario: Scenario, marks: Sequence[Mark], frame: Frame) -> list[Label]:
    """Name and score of the ticked systems beside their latest results, where there is room."""
    by_key = {mark.key: mark for mark in marks}
    named = []
    for choice in scenario.systems[:MOST_NAMED]:
        found = [row for row in rows if row.choice == choice]
        own = [row for row in found if row.official is not None and row.official.release == scenario.release]
        if own or found:
            row = (own or found)[-1]
            minutes = f"{row.value / 60.0:,.2f}"
            text = tr("{system} {minutes} min", system=short_name(row.system), minutes=minutes)
            named.append((text, row_tint(row), by_key[row_key(row)]))
    return labels_beside(named, marks, frame)


def labels_beside(named: Sequence[tuple[str, Tint, Mark]], marks: Sequence[Mark], frame: Frame) -> list[Label]:
    """Texts in their tints beside their marks, each where it covers no mark and no other text; without room, none."""
    taken = [_spot(mark, frame) for mark in marks]
    bounds = Box(frame.left + 2.0, frame.top, frame.right - 2.0, frame.bottom - 2.0)
    labels: list[Label] = []
    for text, tint, mark in named:
        at = (mark.x, mark.y)
        place = free_place(_around(text, at, frame), taken, bounds)
        if place is not None:
            taken.append(place)
            labels.append(_label(text, tint, at, place, frame))
    return labels


def _label(text: str, tint: Tint, at: tuple[float, float], place: Box, frame: Frame) -> Label:
    """A label in its place; a text may be narrower than that: the end nearer to its mark stays there."""
    x, dy = frame.x(at[0]), (place.top + place.bottom) / 2.0 - frame.y(at[1])
    anchor, edge = ("right", place.right) if place.left + place.right < 2.0 * x else ("left", place.left)
    return Label(*at, text, tint, anchor, edge - x, dy)


def _around(text: str, at: tuple[float, float], frame: Frame) -> list[Box]:
    wide, tall = text_width(text, LABEL_SIZE), text_height(LABEL_SIZE)
    x, y, aside = frame.x(at[0]), frame.y(at[1]), 10.0 + wide / 2.0
    steps = (0.0, -10.0, 10.0, -18.0, 18.0, -28.0, 28.0, -40.0, 40.0, -54.0, 54.0)
    return [_box(x + side * aside, y + dy, wide, tall) for dy in steps for side in (1, -1)]


def _spot(mark: Mark, frame: Frame) -> Box:
    return _box(frame.x(mark.x), frame.y(mark.y), 12.0, 12.0)


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0)
