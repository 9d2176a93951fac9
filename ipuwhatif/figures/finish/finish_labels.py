"""The words in the chart of Finish: names at their curves, the deadline, when the subject is done how surely."""

from collections.abc import Sequence

from ipuwhatif.analysis.finish.finish import Finish, Run
from ipuwhatif.charts.geometry import Frame
from ipuwhatif.charts.labels import EDGE, Box, centred, fit, free_place, text_height, text_width
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL, system_tint
from ipuwhatif.charts.spec import Label, Line, Mark, Tint
from ipuwhatif.figures.finish.finish_words import deadline_text, moment_text, percent_text
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr

TOP = 1.04  # of the axis of probabilities, where no names stand above
LAST = 0.995  # probability where a curve ends
_LONGEST_NAME, _GAP = 340.0, 10.0
#: Where each of a few curves has its moment told, not the subject's alone.
_SURE, _FEW = 0.8, 3
#: Probabilities beside which the name of a curve may stand, and beside which the deadline may be told.
_NAMED_AT = (0.1, 0.25, 0.35, 0.65, 0.02, 0.72, 0.9)
_TOLD_AT = (0.3, 0.15, 0.5, 0.05, 0.7, 0.9, 1.0)


def labels_beside(
    finish: Finish,
    scenario: Scenario,
    shares: Sequence[float],
    deadline: float | None,
    lines: Sequence[Line],
    marks: Sequence[Mark],
    frame: Frame,
) -> tuple[list[Label], list[Run]]:
    """The deadline, the curves' names, when the subject is done and of a few the others, each where there is room.

    And the runs whose names had none.
    """
    run = finish.runs[finish.subject]
    curves = {
        line.tint: [centred(frame.x(x), frame.y(y), 6.0, 6.0) for x, y in zip(line.x, line.y, strict=True)]
        for line in lines
    }
    taken = [box for boxes in curves.values() for box in boxes]
    taken += [centred(frame.x(mark.x), frame.y(mark.y), 10.0, 10.0) for mark in marks]
    bounds = Box(frame.left + 2.0, frame.y(TOP), frame.right - 2.0, frame.y(0.0) - 2.0)
    wanted: list[tuple[Sequence[tuple[float, float]], tuple[str, ...], Tint]] = []
    if deadline is not None:
        told_at = tuple((deadline, share) for share in _TOLD_AT)
        wanted.append((told_at, (deadline_text(deadline, scenario.start),), NEUTRAL))
        taken.append(Box(frame.x(deadline) - 2.0, frame.y(1.0), frame.x(deadline) + 2.0, frame.y(0.0)))
    for each in finish.runs:
        beside = tuple((each.sure(share), share) for share in _NAMED_AT)
        wanted.append((beside, (_name(each), _short(each)), run_tint(each)))
    told = [(run, share) for share in shares]
    told += [(each, _SURE) for each in finish.runs if each is not run and len(finish.runs) <= _FEW]
    for each, share in told:
        moments = [moment_text(each.sure(share), start) for start in dict.fromkeys((scenario.start, ""))]
        texts = tuple(tr("{percent}: {moment}", percent=percent_text(share), moment=moment) for moment in moments)
        wanted.append((((each.sure(share), share),), texts, run_tint(each)))
    labels = []
    for points, texts, tint in wanted:
        own = curves.get(tint, [])
        others = [box for box in taken if not any(box is each for each in own)]
        found = _placed(points, texts, frame, taken, others, bounds)
        if found is not None:
            text, place = found
            taken.append(place)
            x, y = points[0]
            dy = (place.top + place.bottom) / 2.0 - frame.y(y)
            labels.append(Label(x, y, text, tint, "left", place.left - frame.x(x), dy, True))
    words = {label.text for label in labels}
    return labels, [each for each in finish.runs if words.isdisjoint((_name(each), _short(each)))]


def names_above(runs: Sequence[Run], frame: Frame, width: float) -> tuple[list[Label], int]:
    """Names over the tops of their curves, and how many rows they take: each begins where its curve ends.

    Of names that would touch, that of the earlier curve stands higher.
    """
    placed: list[tuple[int, float]] = []  # row and left edge
    labels = []
    for run in sorted(runs, key=lambda each: -each.sure(LAST)):
        top, wide = frame.x(run.sure(LAST)), text_width(_name(run), LABEL_SIZE, bold=True)
        left = min(top, width - EDGE - wide)
        row = max((below + 1 for below, start in placed if start < left + wide + _GAP), default=0)
        placed.append((row, left))
        dy = -text_height(LABEL_SIZE) * (row + 0.5)
        labels.append(Label(run.sure(LAST), TOP, _name(run), run_tint(run), "left", left - top, dy, True))
    return labels, max((row + 1 for row, _ in placed), default=0)


def _placed(
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    frame: Frame,
    taken: Sequence[Box],
    others: Sequence[Box],
    bounds: Box,
) -> tuple[str, Box] | None:
    """The first of the texts that has room beside one of the points, and where; `others`: taken by other curves."""
    for text in texts:
        size = text_width(text, LABEL_SIZE, bold=True), text_height(LABEL_SIZE)
        ends = [(frame.x(x), frame.y(y)) for x, y in points]
        places = [each for end in ends for each in _around(*end, size) if _is_next(end, each, others)]
        place = free_place(places, taken, bounds)
        if place is not None:
            return text, place
    return None


def _is_next(point: tuple[float, float], place: Box, taken: Sequence[Box]) -> bool:
    """Whether nothing of others stands between a point and a text beside it: no other curve could be meant."""
    (x, y), near = point, _GAP / 2.0
    left, right = (x + near, place.left) if place.left > x else (place.right, x - near)
    between = Box(left, y - 1.0, right, y + 1.0)
    return not any(between.overlaps(each) for each in taken)


def _around(x: float, y: float, size: tuple[float, float]) -> list[Box]:
    """Places for a text beside a point: right of it, left of it, a little further, a little higher or lower."""
    wide, tall = size
    sides = [sign * (_GAP + away + wide / 2.0) for away in (0.0, 12.0, 28.0) for sign in (1.0, -1.0)]
    nearest = [centred(x + side, y + dy, wide, tall) for side in sides for dy in (0.0, 9.0, -9.0)]
    return [*nearest, *(centred(x + side, y + dy, wide, tall) for side in sides[:2] for dy in (18.0, -18.0))]


def _name(run: Run) -> str:
    return fit(run.projection.name, LABEL_SIZE, _LONGEST_NAME, bold=True)


def _short(run: Run) -> str:
    """The name without the number of chips."""
    return run.projection.name.partition(" (")[0]


def run_tint(run: Run) -> Tint:
    return system_tint(run.projection.family, run.projection.choice.chips, run.projection.choice.system)
