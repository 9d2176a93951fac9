import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.gui.levers.lever_scale import position_of, snapped, steps_of, ticks_of, value_at
from ipuwhatif.scenario.levers import load_levers

LEVERS = load_levers()


@given(st.sampled_from(sorted(LEVERS)), st.floats(0.0, 1.0))
def test_that_a_position_stands_for_a_value_of_the_range_and_leads_back(key: str, part: float) -> None:
    lever = LEVERS[key]
    position = round(part * steps_of(lever))
    value = value_at(lever, position)
    assert lever.minimum * (1 - 1e-9) <= value <= lever.maximum * (1 + 1e-9)
    assert position_of(lever, value) == position


@given(st.sampled_from(sorted(LEVERS)), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_that_a_slider_never_turns_back(key: str, first: float, second: float) -> None:
    lever = LEVERS[key]
    low, high = sorted(round(part * steps_of(lever)) for part in (first, second))
    assert snapped(lever, value_at(lever, low)) <= snapped(lever, value_at(lever, high))


@pytest.mark.parametrize("key", [key for key, lever in LEVERS.items() if lever.default is not None])
def test_that_a_slider_can_be_set_back_to_the_default(key: str) -> None:
    lever = LEVERS[key]
    assert lever.default is not None
    assert snapped(lever, value_at(lever, position_of(lever, lever.default))) == lever.default


def test_that_ticks_keep_off_the_ends_and_today() -> None:
    assert ticks_of(LEVERS["compute_gain"]) == (80, 110)
    for lever in LEVERS.values():
        assert all(0 < tick < steps_of(lever) for tick in ticks_of(lever))


@pytest.mark.parametrize(
    ("key", "near", "value"),
    [
        ("compute_gain", 1.0049, 1.0),
        ("global_batch", 4170, 4160),
        ("pipeline_stages", 5, 4),
        ("power_kw", 6.4321, 6.4),
        ("carbon_intensity", 417.3, 420),
        ("utilisation", 70.4, 70),
        ("lifetime_years", 4.26, 4.3),
    ],
)
def test_that_a_slider_sets_round_numbers(key: str, near: float, value: float) -> None:
    assert snapped(LEVERS[key], near) == value
