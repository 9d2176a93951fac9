"""Days of a run: read as people write them, deadlines as times or days, the day in which a moment lies."""

import pytest

from ipuwhatif.scenario.dates import Calendar, day_of, parse_date, parse_deadline
from tests.refusals import refused

DAY = 86_400.0


@pytest.mark.parametrize("text", ["2027-03-14", "2027/3/14", "2027.03.14", "2027年3月14日", " 2027-03-14 "])
def test_that_days_are_read_as_people_write_them(text: str) -> None:
    assert parse_date(text) == "2027-03-14"


@pytest.mark.parametrize("text", ["2027-13-01", "2027-02-29", "14 March", "2027-03", "", "1969-12-31", "2200-01-01"])
def test_that_what_is_no_day_is_refused_with_one_that_is(text: str) -> None:
    with refused(f"'{text}' is no day; write year, month and day: 2027-03-14"):
        parse_date(text)


def test_that_a_deadline_is_a_time_or_the_end_of_a_day() -> None:
    assert parse_deadline("54 d", "") == 54 * DAY
    assert parse_deadline("2026-12-01", "2026-12-01") == DAY
    assert parse_deadline("2027-01-23", "2026-12-01") == 54 * DAY


def test_that_a_day_without_a_start_or_before_it_is_refused() -> None:
    told = "2027-01-23 is a day, and no day is stated on which the run begins: state the start as well"
    with refused(told):
        parse_deadline("2027-01-23", "")
    with refused("2026-11-30 is before the start, 2026-12-01; write a later day"):
        parse_deadline("2026-11-30", "2026-12-01")


def test_that_a_moment_lies_in_its_day_and_midnight_in_the_day_that_ends() -> None:
    assert [day_of("2026-12-31", seconds) for seconds in (1.0, DAY, DAY + 1.0)] == [
        "2026-12-31",
        "2026-12-31",
        "2027-01-01",
    ]
    for days in (1, 31, 366):
        assert parse_deadline(day_of("2027-03-01", days * DAY), "2027-03-01") == days * DAY


def test_that_what_lies_beyond_the_calendar_is_said_to() -> None:
    assert day_of("2199-12-31", 1e13) is Calendar.BEYOND
