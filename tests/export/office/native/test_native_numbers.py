"""Numbers beside marks: on the side where no line runs."""

import pytest

from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import OFFICIAL, PROJECTED
from ipuwhatif.export.office.native.native_numbers import side_of
from ipuwhatif.export.office.native.native_series import NativeAxis, Series

CHIPS, MINUTES = NativeAxis("Chips", 1.0, 1000.0, 10), NativeAxis("Minutes", 1.0, 1000.0, 10)
MARKS = Series("official", OFFICIAL, NEUTRAL, (30.0, None), (30.0, 60.0))


def line(*values: float | None) -> Series:
    """A line at 10, 30 and 90 chips."""
    return Series("curve", PROJECTED, NEUTRAL, values, (10.0, 30.0, 90.0))


@pytest.mark.parametrize(
    ("lines", "side"),
    [
        ([], "above"),
        ([line(30.0, 30.0, 30.0)], "above"),
        ([line(30.0, 30.0, 30.0), line(42.0, 42.0, 42.0)], "below"),
        ([line(900.0, 30.0, 1.0), line(60.0, 60.0, 60.0)], "right"),
        ([line(42.0, 42.0, 42.0), line(22.0, 22.0, 22.0), line(None, 30.0, 30.0)], "left"),
    ],
)
def test_that_numbers_stand_where_no_line_is(lines: list[Series], side: str) -> None:
    assert side_of(MARKS, lines, CHIPS, MINUTES) == side


def test_that_a_linear_axis_counts_in_its_own_steps() -> None:
    linear = NativeAxis("Minutes", 0.0, 100.0)
    assert side_of(MARKS, [line(36.0, 36.0, 36.0)], CHIPS, linear) == "right"


def test_that_without_an_end_of_an_axis_numbers_stand_above() -> None:
    assert side_of(MARKS, [line(42.0, 42.0, 42.0)], CHIPS, NativeAxis("Minutes", 0.0)) == "above"
