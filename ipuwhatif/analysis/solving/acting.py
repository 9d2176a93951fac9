"""Which of the levers and assumptions that are moved act on a case: one that changes nothing leads nowhere.

A wider link does nothing to a single chip, an efficiency of convolutions nothing to a network without any.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from ipuwhatif.analysis.solving.inputs import inputs_of
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.model.case import Assumed, Case, Gains, varied
from ipuwhatif.model.factors import ASSUMED, GAINS
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.time_to_train import PARTS, evaluate
from ipuwhatif.records import replace

#: Part of the time below which a change is rounding.
NOTHING = 1e-12
#: A part of the time that a factor divides or multiplies for certain: where there is some, nothing need be tried.
_PART = {
    "compute": "compute",
    "peak": "compute",
    "clock": "compute",
    "memory_bandwidth": "memory",
    "memory_efficiency": "memory",
    "launch": "launch",
    "communication": "collective",
    "host_input": "host_wait",
    "host_wait": "host_wait",
    "evaluation": "evaluation",
    "checkpoint": "checkpoint",
}
_NO_GAIN, _NO_ASSUMPTION = Gains(), Assumed()


def acting_cases(
    world: World, cases: Sequence[Case], layouts: Sequence[Layout], parts: Mapping[str, FloatArray]
) -> tuple[Case, ...]:
    """The cases without those of their levers and assumptions that change nothing of them, in their layouts.

    parts: seconds at the central parameters, shape (1, cases) each.
    """
    if not any(_each_undone(case.gains, case.assumed) for case in cases):
        return tuple(cases)
    rows, names, without = [], [], []
    seconds = _table(parts, len(cases))
    for row, case in enumerate(cases):
        for name, gains, assumed in _each_undone(case.gains, case.assumed):
            if name in _PART and seconds[PARTS.index(_PART[name]), row] > 0.0:
                continue
            rows.append(row)
            names.append(name)
            without.append(varied(case, gains=gains, assumed=assumed))
    if not rows:
        return tuple(cases)
    held = [layouts[row] for row in rows]
    inputs = inputs_of(world, without, held)
    undone = evaluate(inputs, world.calibration.center).parts
    before, after = seconds[:, rows], _table(undone, len(rows))
    changed = np.abs(after - before).sum(axis=0) > NOTHING * before.sum(axis=0)
    idle: dict[int, list[str]] = {}
    for row, name, case, acts in zip(rows, names, without, changed.tolist(), strict=True):
        if not acts and not _moves_layout(world, name, case, layouts[row]):
            idle.setdefault(row, []).append(name)
    return tuple(_undone(case, idle[row]) if row in idle else case for row, case in enumerate(cases))


def _table(parts: Mapping[str, FloatArray], cases: int) -> FloatArray:
    """Seconds, shape (parts, cases)."""
    return np.array([np.broadcast_to(parts[part][0], cases) for part in PARTS])


def _moves_layout(world: World, name: str, without: Case, layout: Layout) -> bool:
    """Whether a memory of another size decides the layout; any other factor decides it by the time that it changes."""
    if name != "on_chip_memory":
        return False
    if reason_not_to_fit(world.catalog, without):
        return True
    return choose_layouts(world.catalog, [without], world.calibration.center) != (layout,)


@lru_cache(maxsize=256)
def _each_undone(gains: Gains, assumed: Assumed) -> tuple[tuple[str, Gains, Assumed], ...]:
    """What is moved, each with all others as they are and itself undone."""
    moved_gains = [name for name in GAINS if getattr(gains, name) != getattr(_NO_GAIN, name)]
    moved_assumed = [name for name in ASSUMED if getattr(assumed, name) != getattr(_NO_ASSUMPTION, name)]
    return (
        *((name, replace(gains, **{name: getattr(_NO_GAIN, name)}), assumed) for name in moved_gains),
        *((name, gains, replace(assumed, **{name: getattr(_NO_ASSUMPTION, name)})) for name in moved_assumed),
    )


def _undone(case: Case, names: Sequence[str]) -> Case:
    gains = {name: getattr(_NO_GAIN, name) for name in names if name in GAINS}
    assumed = {name: getattr(_NO_ASSUMPTION, name) for name in names if name in ASSUMED}
    return varied(case, gains=replace(case.gains, **gains), assumed=replace(case.assumed, **assumed))
