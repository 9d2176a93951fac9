"""Part of the chip axis: what lies under the pointer stays there, and no range is too narrow to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.gui.chart.chart_zoom import LEAST_RATIO, stepped, stretch

WHOLE = (4, 4096)


def test_that_a_step_nearer_and_one_back_lead_to_the_same_range() -> None:
    near = stepped(WHOLE, WHOLE, 1.0, 128.0)
    assert WHOLE[0] < near[0] < 128 < near[1] < WHOLE[1]
    assert stepped(WHOLE, near, -1.0, 128.0) == WHOLE


def test_that_a_stretch_is_taken_from_either_side() -> None:
    assert stretch(WHOLE, 16.0, 256.0) == stretch(WHOLE, 256.0, 16.0) == (16, 256)


@pytest.mark.parametrize("about", [4.0, 64.0, 4096.0, 1e9])
def test_that_no_number_of_steps_leads_out_of_the_whole_or_too_near(about: float) -> None:
    now = WHOLE
    for _ in range(30):
        now = stepped(WHOLE, now, 1.0, about)
    assert WHOLE[0] <= now[0] < now[1] <= WHOLE[1] and now[1] / now[0] >= LEAST_RATIO
    for _ in range(60):
        now = stepped(WHOLE, now, -1.0, about)
    assert now == WHOLE


@given(st.floats(1.0, 1e5), st.floats(1.0, 1e5), st.sampled_from([(1, 2), (8, 8192), (16, 64), (3, 1000)]))
def test_that_any_stretch_lies_in_the_whole(one: float, other: float, whole: tuple[int, int]) -> None:
    low, high = stretch(whole, one, other)
    assert whole[0] <= low < high <= whole[1]
    assert (low, high) == whole or high / low >= LEAST_RATIO * 0.99
