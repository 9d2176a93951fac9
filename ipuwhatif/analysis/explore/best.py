"""The best of many plans: those that no other beats in both time and what it is held against."""

import numpy as np

from ipuwhatif.model.parameters import FloatArray, IntArray

#: From so many plans on, most are dropped by the best of some of them before the rest is sorted.
_MANY, _EACH = 50_000, 64


def front(cost: FloatArray, time_s: FloatArray) -> IntArray:
    """Plans that no other is both as fast as and as cheap as, by rising cost; those without a cost are on none."""
    known = np.flatnonzero(np.isfinite(cost) & np.isfinite(time_s))
    if len(known) > _MANY:
        some = known[::_EACH]
        known = known[~_beaten(cost[known], time_s[known], *_steps(cost[some], time_s[some]))]
    return known[_front(cost[known], time_s[known])]


def _front(cost: FloatArray, time_s: FloatArray) -> IntArray:
    order = np.lexsort((time_s, cost))
    fastest = np.minimum.accumulate(time_s[order])
    return order[time_s[order] < np.append(np.inf, fastest[:-1])]


def _steps(cost: FloatArray, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    rows = _front(cost, time_s)
    return cost[rows], time_s[rows]


def _beaten(cost: FloatArray, time_s: FloatArray, costs: FloatArray, times: FloatArray) -> np.ndarray:
    """Whether one of a front is cheaper and at least as fast."""
    place = np.searchsorted(costs, cost)
    return np.append(np.inf, times)[place] <= time_s


def above_front(cost: FloatArray, time_s: FloatArray) -> FloatArray:
    """How many times as long each plan takes as the fastest that costs no more; nan without a cost."""
    rows = front(cost, time_s)
    place = np.searchsorted(cost[rows], cost, side="right")
    with np.errstate(invalid="ignore"):
        times = time_s / np.append(np.nan, time_s[rows])[place]
    return np.where(np.isfinite(cost), times, np.nan)
