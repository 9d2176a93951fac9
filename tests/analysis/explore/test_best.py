"""The front: what nothing beats, and nothing else, however many plans there are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.explore.best import above_front, front


@given(st.lists(st.tuples(st.sampled_from([1.0, 2.0, 3.0, 8.0, np.nan]), st.floats(1.0, 9.0)), max_size=30))
def test_that_the_front_holds_what_nothing_beats_and_nothing_else(points: list[tuple[float, float]]) -> None:
    cost, time = np.array(points).reshape(-1, 2).T
    rows = front(cost, time)
    assert np.all(np.diff(cost[rows]) > 0.0) and np.all(np.diff(time[rows]) < 0.0)
    for place in range(len(points)):
        beaten = any((cost[row] <= cost[place]) and (time[row] <= time[place]) for row in rows)
        assert beaten or np.isnan(cost[place])


def test_that_the_front_of_very_many_plans_is_that_of_all_of_them() -> None:
    draw = np.random.default_rng(1)
    cost, time = np.round(draw.lognormal(size=(2, 120_000)), 3)
    cost[::7] = np.nan
    order = np.lexsort((time, cost))
    best, expected = np.inf, []
    for row in order[np.isfinite(cost[order])]:
        if time[row] < best:
            best = time[row]
            expected.append((cost[row], time[row]))
    rows = front(cost, time)
    assert list(zip(cost[rows], time[rows], strict=True)) == expected


def test_that_a_plan_is_so_many_times_above_the_front_as_the_fastest_that_costs_no_more() -> None:
    cost, time = np.array([1.0, 2.0, 2.0, 5.0, np.nan]), np.array([8.0, 4.0, 6.0, 8.0, 1.0])
    np.testing.assert_allclose(above_front(cost, time), [1.0, 1.0, 1.5, 2.0, np.nan])
