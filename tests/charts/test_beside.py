"""Words beside marks: none covers anything, and each can be told to be that of its mark."""

import math

from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.charts.beside import labels_beside, rim
from ipuwhatif.charts.geometry import Frame, leader
from ipuwhatif.charts.labels import Box, centred, text_height, text_width
from ipuwhatif.charts.palette import LABEL_SIZE, NEUTRAL
from ipuwhatif.charts.spec import OFFICIAL, Axis, Label, Mark
from ipuwhatif.charts.styles import SHARES

FRAME = Frame(40.0, 20.0, 600.0, 300.0, Axis("", "linear", 0.0, 600.0, ()), Axis("", "linear", 0.0, 300.0, ()))


def mark(x: float, y: float, size: float = 1.0) -> Mark:
    return Mark(x, y, NEUTRAL, OFFICIAL, f"{x} {y}", size)


def named(marks: list[Mark]) -> list[Label]:
    return labels_beside([(f"system {place}", NEUTRAL, each) for place, each in enumerate(marks)], marks, FRAME)


def box_of(label: Label) -> Box:
    wide, half = text_width(label.text, LABEL_SIZE), text_height(LABEL_SIZE) / 2.0
    left = FRAME.x(label.x) + label.dx - SHARES[label.anchor] * wide
    middle = FRAME.y(label.y) + label.dy
    return Box(left, middle - half, left + wide, middle + half)


def away(box: Box, x: float, y: float) -> float:
    return math.dist(box.nearest(x, y), (x, y))


spots = st.tuples(st.integers(0, 60), st.integers(0, 30)).map(lambda spot: (10.0 * spot[0], 10.0 * spot[1]))


@given(st.lists(spots, min_size=1, max_size=25, unique=True))
def test_that_a_text_covers_no_mark_and_no_other_text_and_stays_in_the_plot(places):
    marks = [mark(*place) for place in places]
    boxes = [box_of(label) for label in named(marks)]
    taken = [centred(FRAME.x(each.x), FRAME.y(each.y), 2.0 * rim(each), 2.0 * rim(each)) for each in marks]
    for index, box in enumerate(boxes):
        inner = Box(box.left + 0.01, box.top + 0.01, box.right - 0.01, box.bottom - 0.01)
        assert not any(inner.overlaps(other) for other in [*taken, *boxes[:index]])
        assert FRAME.left <= box.left and box.right <= FRAME.right and FRAME.top <= box.top


@given(st.lists(spots, min_size=1, max_size=25, unique=True))
def test_that_a_text_is_nearest_to_its_own_mark_or_a_line_leads_there(places):
    marks = [mark(*place) for place in places]
    for label in named(marks):
        box, own = box_of(label), (FRAME.x(label.x), FRAME.y(label.y))
        ends = leader(label, FRAME)
        if ends is None:
            others = [(FRAME.x(each.x), FRAME.y(each.y)) for each in marks if (each.x, each.y) != (label.x, label.y)]
            assert all(away(box, *own) < away(box, *other) for other in others)
            assert away(box, *own) < 12.0
        else:
            start, end = ends
            assert away(box, *start) == 0.0
            assert math.isclose(math.dist(end, own), label.rim)


@given(st.lists(spots, min_size=2, max_size=25, unique=True))
def test_that_no_line_runs_through_the_middle_of_another_text(places):
    labels = named([mark(*place) for place in places])
    for label in labels:
        ends = leader(label, FRAME)
        for other in labels:
            if ends is None or other is label:
                continue
            box = box_of(other)
            core = Box(box.left + 8.0, box.top + 6.0, box.right - 8.0, box.bottom - 6.0)
            (x0, y0), (x1, y1) = ends
            path = [(x0 + (x1 - x0) * step / 200.0, y0 + (y1 - y0) * step / 200.0) for step in range(201)]
            assert not any(core.holds(*point) for point in path)


def test_that_a_mark_with_room_has_its_text_right_beside_it_and_no_line():
    (label,) = named([mark(300.0, 150.0)])
    assert (label.anchor, label.dy, label.rim) == ("left", 0.0, 0.0)
    assert rim(mark(0.0, 0.0)) < label.dx < 12.0


def test_that_the_text_of_a_mark_in_a_crowd_stands_outside_of_it_with_a_line():
    crowd = [mark(300.0 + 12.0 * x, 150.0 + 12.0 * y) for x in range(-2, 3) for y in range(-2, 3)]
    middle = next(each for each in crowd if (each.x, each.y) == (300.0, 150.0))
    (label,) = labels_beside([("in the middle", NEUTRAL, middle)], crowd, FRAME)
    assert label.rim == rim(middle)
    assert not any(box_of(label).holds(FRAME.x(each.x), FRAME.y(each.y)) for each in crowd)


def test_that_a_line_goes_round_other_marks_where_it_can():
    wall = [mark(300.0, 150.0), *(mark(312.0, 150.0 + 8.0 * step) for step in range(-12, 13))]
    (label,) = labels_beside([("behind a wall", NEUTRAL, wall[0])], wall, FRAME)
    assert box_of(label).right < FRAME.x(300.0)


def test_that_a_text_without_any_room_is_left_out():
    full = [Box(0.0, 0.0, 700.0, 400.0)]
    assert labels_beside([("nowhere", NEUTRAL, mark(300.0, 150.0))], [mark(300.0, 150.0)], FRAME, full) == []


def test_that_a_larger_mark_keeps_its_text_further_from_its_middle():
    (small,), (large,) = named([mark(300.0, 150.0)]), named([mark(300.0, 150.0, 3.0)])
    assert large.dx - small.dx == rim(mark(0.0, 0.0, 3.0)) - rim(mark(0.0, 0.0))
