"""Axes: ticks are 1-2-5 in one unit, inside the axis, increasing, and each prints differently."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.charts.ticks import (
    DAYS,
    HOURS,
    MILLISECONDS,
    MINUTES,
    SECONDS,
    YEARS,
    TimeUnit,
    amount_axis,
    chip_axis,
    time_axis,
    time_unit,
)

TIMES = st.lists(st.floats(1e-3, 1e7), min_size=1, max_size=12)


@given(TIMES, st.sampled_from(["log", "linear", None]))
def test_that_ticks_rise_inside_the_axis_and_print_differently(seconds, scale):
    axis, _ = time_axis(seconds, scale)
    values = [tick.value for tick in axis.ticks]
    texts = [tick.text for tick in axis.ticks]
    assert len(values) >= 2
    assert all(first < second for first, second in pairwise(values))
    assert axis.low <= values[0] and values[-1] <= axis.high
    assert len(set(texts)) == len(texts)
    assert len(values) <= 10


@given(TIMES, st.sampled_from(["log", "linear", None]))
def test_that_an_axis_holds_every_time(seconds, scale):
    axis, _ = time_axis(seconds, scale)
    assert axis.low <= min(seconds) and max(seconds) <= axis.high
    assert math.isfinite(axis.high)


@given(TIMES)
def test_that_ticks_are_round_in_the_unit_of_the_axis(seconds):
    axis, unit = time_axis(seconds, "log")
    for tick in axis.ticks:
        value = tick.value / unit.seconds
        digits = f"{value:.6e}".split("e")[0]
        assert float(digits) in (1.0, 2.0, 5.0)
        assert float(tick.text.replace(",", "")) == pytest.approx(value, rel=1e-9)


def test_that_the_scale_is_logarithmic_only_for_a_wide_spread():
    assert time_axis([60.0, 1200.0])[0].scale == "linear"
    assert time_axis([60.0, 1201.0])[0].scale == "log"


def test_that_a_linear_axis_starts_at_nothing():
    axis, unit = time_axis([227.7, 1800.0])
    assert (axis.low, axis.ticks[0].text) == (0.0, "0")
    assert [tick.text for tick in axis.ticks] == ["0", "10", "20", "30"]
    assert unit == MINUTES


@pytest.mark.parametrize(
    ("seconds", "unit"),
    [
        (0.02, MILLISECONDS),
        (0.6, SECONDS),
        (13.0, SECONDS),
        (1700.0, MINUTES),
        (74_520.0, HOURS),
        (400_000.0, DAYS),
        (2e8, YEARS),
    ],
)
def test_that_the_unit_is_the_one_people_say(seconds, unit):
    assert time_unit([seconds]) == unit


@pytest.mark.parametrize("seconds", [13.0, 1700.0, 74_520.0])
def test_that_beside_official_scores_the_unit_is_theirs(seconds):
    axis, unit = time_axis([seconds, 2 * seconds], scored=True)
    assert unit == time_unit([seconds], scored=True) == MINUTES and axis.unit == "min"


@pytest.mark.parametrize("bad", [[], [0.0], [-1.0], [math.nan], [math.inf]])
def test_that_no_axis_is_made_of_what_is_no_time(bad):
    with pytest.raises(ValueError, match="above 0"):
        time_axis(bad)


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=10))
def test_that_chip_counts_have_powers_of_two_as_ticks(chips):
    axis = chip_axis(chips, "Chips")
    values = [tick.value for tick in axis.ticks]
    assert len(values) >= 2 and values == sorted(set(values))
    assert all(value == 2 ** round(math.log2(value)) for value in values)
    assert axis.low <= min(values[0], *chips) and max(values[-1], *chips) <= axis.high
    assert len(values) <= 11


def test_that_a_thousand_chips_are_printed_with_a_separator():
    assert chip_axis([16, 1024], "Chips").ticks[-1].text == "1,024"


def test_that_an_axis_of_amounts_prints_its_unit_and_holds_them() -> None:
    unit = TimeUnit(3600.0, "chip-hours")
    axis = amount_axis([3600.0 * 7.5, 3600.0 * 15.0], unit)
    assert axis.unit == "chip-hours" and axis.scale == "linear" and axis.low == 0.0
    assert [tick.text for tick in axis.ticks][:2] == ["0", "5"] and axis.high >= 3600.0 * 15.0
    wide = amount_axis([0.01, 100.0], TimeUnit(1.0, "USD"))
    assert wide.scale == "log" and wide.low <= 0.01 and wide.high >= 100.0
