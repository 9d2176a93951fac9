"""Times read well from milliseconds to ages, and axes say what they are of, in which unit and on which scale."""

import pytest

from ipuwhatif.charts.ticks import TimeUnit, time_unit
from ipuwhatif.figures.times import amount_axis, time_axis, time_text
from ipuwhatif.files import resource
from ipuwhatif.texts import CHINESE, set_language


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0032, "3.20 ms"),
        (74_520.0, "20.7 h"),
        (254_000.0, "2.94 days"),
        (1.3e8, "4.12 years"),
        (1e12, "31,700 years"),
    ],
)
def test_that_times_from_milliseconds_to_ages_read_well(seconds, text):
    assert time_text(seconds) == text


def test_that_an_axis_says_what_it_is_of_in_its_unit_and_on_its_scale() -> None:
    assert time_axis([227.7, 1800.0])[0].title == "Time to train (min)"
    assert time_axis([60.0, 1e6], timed="time for 350 epochs")[0].title == "Time for 350 epochs (h), logarithmic"
    assert amount_axis([1.0, 2.0], "Money (USD)", TimeUnit(1.0, "USD")).title == "Money (USD)"
    assert amount_axis([0.01, 100.0], "Money (USD)", TimeUnit(1.0, "USD")).title == "Money (USD), logarithmic"


def test_that_a_unit_of_time_is_in_the_language_of_the_window() -> None:
    days = time_unit([400_000.0])
    assert days.symbol == "days"
    set_language(CHINESE, resource("i18n"))
    assert days.symbol == "天" and time_axis([400_000.0])[0].unit == "天"
