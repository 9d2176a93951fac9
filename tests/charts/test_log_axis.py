"""Logarithmic axes: ticks inside the ends, few enough to be read, in the unit that is asked for."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.charts.log_axis import log_axis


@given(st.floats(1e-9, 1e15), st.floats(1.001, 1e9), st.sampled_from([1.0, 1e12]))
def test_that_ticks_are_inside_and_rise(low, factor, unit):
    axis = log_axis("Rate", low, low * factor, unit)
    values = [tick.value for tick in axis.ticks]
    assert 2 <= len(values) <= 9
    assert values == sorted(set(values))
    assert all(low * (1 - 1e-9) <= value <= low * factor * (1 + 1e-9) for value in values)


def test_that_short_axes_have_steps_of_1_2_and_5_and_long_ones_powers_of_ten():
    assert [tick.text for tick in log_axis("", 0.9, 60.0).ticks] == ["1", "2", "5", "10", "20", "50"]
    assert [tick.text for tick in log_axis("", 0.05, 2e4).ticks] == ["0.1", "1", "10", "100", "1,000", "10,000"]
    assert [(tick.value, tick.text) for tick in log_axis("", 4e13, 6e13, 1e12).ticks] == [
        (4e13, "40"),
        (5e13, "50"),
        (6e13, "60"),
    ]


@pytest.mark.parametrize("ends", [(0.0, 1.0), (-1.0, 1.0), (2.0, 2.0), (3.0, 1.0), (1.0, math.inf), (math.nan, 1.0)])
def test_that_ends_that_cannot_be_are_refused(ends):
    with pytest.raises(ValueError, match="runs from a value above 0"):
        log_axis("", *ends)
