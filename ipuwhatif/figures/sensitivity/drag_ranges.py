"""The way that a hand can drag the end of a lever's bar through: which value of the lever lies where."""

from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.seek.reach import value_of
from ipuwhatif.analysis.uncertainty.swings import Swing
from ipuwhatif.scenario.levers import PIN

#: Swings below this part of the time have a row in the table and none on the chart, and no way either.
DRAWN = 5e-4
#: Steps from the centre to an end of a bar between which its way is straight.
_STEPS = 8


def change(seconds: float, center_s: float) -> float:
    """A change of the time in percent."""
    return 100.0 * (seconds / center_s - 1.0)


def way_of(swing: Swing, high: bool, center_s: float, projection: Projection) -> tuple[tuple[float, float], ...]:
    """The lever's value along the way of one end of its bar, straight in both logarithms between what was solved.

    Where both ends lie on one side of the centre each has a way of its own, from the centre; an end that moves nothing
    has none, and neither has an assumption.
    """
    if swing.lever is None or swing.values is None:
        return ()
    here = projection.layout.global_batch if swing.lever.target == PIN else value_of(projection.case, swing.lever)
    low, middle, top = (swing.low_s, swing.values[0]), (center_s, float(here)), (swing.high_s, swing.values[1])
    near, far = (top, low) if high else (low, top)
    if abs(near[0] / center_s - 1.0) < DRAWN:
        return ()
    through = (near[0] - center_s) * (far[0] - center_s) < 0.0
    samples = [*(_along(far, middle)[:-1] if through else ()), *_along(middle, near)]
    return tuple(sorted((change(seconds, center_s), value) for seconds, value in samples))


def _along(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Pairs of seconds and value from one to the other in even steps of the time's logarithm."""
    ratio = end[0] / start[0]
    values = [start[1] + (end[1] - start[1]) * step / _STEPS for step in range(_STEPS + 1)]
    if min(start[1], end[1]) > 0.0:
        values = [start[1] * (end[1] / start[1]) ** (step / _STEPS) for step in range(_STEPS + 1)]
    return [(start[0] * ratio ** (step / _STEPS), value) for step, value in enumerate(values)]
