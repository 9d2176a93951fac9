"""A picture of points: each in its pixel, in its colour, over nothing that it would hide."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.gui.explore.raster import Window, dot_width, dots, nearest

PAINTS = np.array([[255, 0, 0, 255], [0, 255, 0, 255]], dtype=np.uint8)


def test_that_a_point_is_drawn_where_it_lies_from_the_bottom_and_one_outside_is_not() -> None:
    window = Window((0.0, 10.0), (0.0, 5.0), 100, 50)
    picture = dots(window, np.array([2.0, 20.0, np.nan]), np.array([1.0, 1.0, 1.0]), np.array([1, 0, 0]), PAINTS)
    assert picture.shape == (50, 100, 4) and picture[10, 20].tolist() == [0, 255, 0, 255]
    rows, columns = picture[:, :, 3].nonzero()
    half = dot_width(1) // 2
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (10 - half, 10 + half, 20 - half, 20 + half)
    assert not picture[:, :, 0].any()


def test_that_no_dot_hides_the_middle_of_another_and_a_later_one_of_the_same_place_wins() -> None:
    window = Window((0.0, 1.0), (0.0, 1.0), 100, 100)
    picture = dots(window, np.array([0.5, 0.52]), np.array([0.5, 0.5]), np.array([0, 1]), PAINTS)
    assert picture[50, 50].tolist() == PAINTS[0].tolist() and picture[50, 52].tolist() == PAINTS[1].tolist()
    picture = dots(window, np.array([0.5, 0.5]), np.array([0.5, 0.5]), np.array([0, 1]), PAINTS)
    assert picture[50, 50].tolist() == PAINTS[1].tolist()


def test_that_what_is_not_lit_is_dim_and_lies_under_what_is() -> None:
    window, place = Window((0.0, 1.0), (0.0, 1.0), 100, 100), np.array([0.5, 0.5, 0.1])
    lit = np.array([True, False, False])
    picture = dots(window, place, place, np.array([0, 0, 0]), PAINTS, lit)
    assert picture[50, 50].tolist() == PAINTS[0].tolist() and picture[10, 10].tolist() == PAINTS[-1].tolist()


def test_that_dots_at_an_edge_do_not_come_back_at_the_other() -> None:
    window = Window((0.0, 1.0), (0.0, 1.0), 40, 40)
    picture = dots(window, np.array([0.0]), np.array([0.0]), np.array([0]), PAINTS)
    assert picture[:10, :10, 3].any() and not picture[20:, :, 3].any() and not picture[:, 20:, 3].any()


@given(st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)), min_size=1, max_size=20))
def test_that_the_nearest_point_is_found_within_reach_alone(points: list[tuple[float, float]]) -> None:
    window = Window((0.0, 1.0), (0.0, 1.0), 200, 200)
    x, y = np.array(points).T
    away = np.hypot(x * 200 - 100, y * 200 - 100)
    found = nearest(window, x, y, (100.0, 100.0), 30.0)
    assert found is None if away.min() > 30.0 else found is not None and away[found] == away.min()
    assert nearest(window, np.array([np.nan]), np.array([0.5]), (0.0, 0.0), 1e9) is None
