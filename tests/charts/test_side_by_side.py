"""Marks side by side: none far from its chip count, none on another where there is room."""

import math

from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.charts.geometry import Frame
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.side_by_side import side_by_side
from ipuwhatif.charts.ticks import chip_axis

CHIPS = (1, 2, 8, 10, 64, 4096)
FRAME = Frame(72.0, 88.0, 900.0, 260.0, chip_axis(CHIPS, "Chips"), log_axis("Time", 1.0, 1000.0))


@given(st.lists(st.tuples(st.sampled_from(CHIPS), st.floats(1.0, 1000.0)), min_size=1, max_size=60))
def test_that_every_mark_is_nearest_to_its_own_chip_count(rows):
    points = [(str(number), chips, value) for number, (chips, value) in enumerate(rows)]
    found = side_by_side(points, FRAME)
    counts = {chips for chips, _ in rows}
    for key, chips, _ in points:
        x = FRAME.x(found[key])
        assert min(counts, key=lambda count: abs(FRAME.x(count) - x)) == chips


def test_that_marks_with_room_stand_apart_and_alone_at_their_count():
    points = [("a", 64, 10.0), ("b", 64, 10.1), ("c", 64, 10.2), ("d", 8, 500.0)]
    found = side_by_side(points, FRAME)
    assert found["a"] == 64.0 and found["d"] == 8.0
    places = [(FRAME.x(found[key]), FRAME.y(value)) for key, _, value in points[:3]]
    for index, place in enumerate(places):
        assert all(math.dist(place, other) >= 9.0 - 1e-6 for other in places[:index])
