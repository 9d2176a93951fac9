"""Contours lie where the value is reached, between its two sides, and hang together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ipuwhatif.analysis.explore.contours import contours


def test_that_a_plane_has_one_straight_line() -> None:
    x, y = np.array([0.0, 1.0, 3.0, 4.0]), np.array([0.0, 2.0, 5.0])
    (line,) = contours(x, y, x[None, :] + y[:, None], 3.5)
    np.testing.assert_allclose([sum(point) for point in line], 3.5)
    assert {line[0], line[-1]} == {(3.5, 0.0), (0.0, 3.5)} and len(line) == 5


@given(arrays(np.float64, (4, 5), elements=st.floats(0.0, 1.0, width=16)))
def test_that_each_point_lies_on_an_edge_whose_ends_are_on_both_sides(values: np.ndarray) -> None:
    x, y = np.arange(5.0), np.arange(4.0)
    for line in contours(x, y, values, 0.5):
        for across, up in line:
            column, row = int(across), int(up)
            if across == column:
                ends = values[row, column], values[min(row + 1, 3), column]
            else:
                assert up == row
                ends = values[row, column], values[row, column + 1]
            assert min(ends) <= 0.5 <= max(ends)


def test_that_what_is_not_known_has_no_line() -> None:
    values = np.array([[0.0, 1.0, np.nan], [0.0, 1.0, 0.0]])
    (line,) = contours(np.arange(3.0), np.arange(2.0), values, 0.5)
    assert sorted(line) == [(0.5, 0.0), (0.5, 1.0)]
