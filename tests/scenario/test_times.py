"""Times beside the list of written figures: what the finder takes for one, and units alone."""

import pytest

from ipuwhatif.scenario.times import names_time, parse_time, read_time, read_unit
from tests.refusals import refused


@pytest.mark.parametrize(
    "text", ["90 min", "1 h 30", "0:28", "28:99", "1,000 s", "5分钟", "2 weeks and a bit", "0 min"]
)
def test_that_a_text_that_begins_like_a_time_is_told_as_one(text: str) -> None:
    assert names_time(text)


@pytest.mark.parametrize("text", ["", "90", "5 kg", "1.3 ×", "min", "1,5 h", "300 W", "5 M", "resnet", "2021-06"])
def test_that_any_other_text_is_not(text: str) -> None:
    assert not names_time(text)


@pytest.mark.parametrize(("text", "seconds"), [("ms", 1e-3), ("毫秒", 1e-3), ("hours", 3600.0), ("min.", 60.0)])
def test_that_a_unit_alone_has_its_seconds(text: str, seconds: float) -> None:
    assert read_unit(text) == seconds


@pytest.mark.parametrize("text", ["", "ms x", "半小时", "images", "W", "M"])
def test_that_what_is_no_unit_alone_has_none(text: str) -> None:
    assert read_unit(text) is None


def test_that_a_time_that_no_job_takes_is_refused_with_its_range_and_any_other_is_read() -> None:
    assert read_time("1 µs") == 1e-6
    with refused("a job takes from 1 ms to 100 years; the nearest is 1 ms"):
        parse_time("1 µs")
    with refused("a job takes from 1 ms to 100 years; the nearest is 36,500 days"):
        parse_time("5,300 weeks")


def test_that_the_words_told_are_those_that_are_asked_for() -> None:
    with refused("'soon' is no time; write for example 28.4 min or 3,900 images/s"):
        read_time("soon", "28.4 min or 3,900 images/s")
