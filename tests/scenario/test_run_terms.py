"""Failures, times and bandwidths of a run, as people write them and as levers hold them."""

import pytest

from ipuwhatif.figures.scenarios.lever_words import range_text
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.run_terms import failure_rate
from ipuwhatif.scenario.typed_levers import parse_value
from tests.refusals import refused

LEVERS = load_levers()


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("failure_rate", "0.47", 0.47),
        ("failure_rate", "0.47 per 1,000 chip-days", 0.47),
        ("failure_rate", "2e-5 /chip-hour", 0.48),
        ("failure_rate", "0.0005 per chip-day", 0.5),
        ("failure_rate", "419 in 54 days on 16,384 chips", 0.4736),
        ("failure_rate", "419 failures in 54 d on 16384", 0.4736),
        ("failure_rate", "0.5 每千芯片天", 0.5),
        ("checkpoint_interval", "30", 30.0),
        ("checkpoint_interval", "1 h 30 min", 90.0),
        ("checkpoint_cost", "2 min", 120.0),
        ("restart_time", "600 s", 10.0),
        ("repair_time", "2 d", 48.0),
        ("queue_time", "半天", 12.0),
        ("storage_bandwidth", "2 TB/s", 2000.0),
        ("storage_bandwidth", "400 GB/s", 400.0),
        ("spares", "3 machines", 3.0),
    ],
)
def test_that_terms_are_read_in_the_unit_of_their_lever(key: str, text: str, value: float) -> None:
    assert parse_value(text, LEVERS[key]) == pytest.approx(value, rel=1e-4)


def test_that_a_count_is_said_in_the_digits_of_the_published_ones() -> None:
    lever = LEVERS["failure_rate"]
    assert lever.format_number(parse_value("419 in 54 days on 16,384 chips", lever)) == "0.4736"


def test_that_a_record_is_a_rate_of_failures() -> None:
    assert failure_rate(10, 86_400.0, 1000) == pytest.approx(10.0)


RATES = "419 in 54 days on 16,384 chips, 2e-5 /chip-hour"


@pytest.mark.parametrize(
    ("key", "text", "line"),
    [
        ("failure_rate", "often", f"'often' is not understood; write for example {RATES}"),
        ("failure_rate", "3 /fortnight", f"'3 /fortnight' is not understood; write for example {RATES}"),
        (
            "failure_rate",
            "3 /chip-hours-",
            f"'3 /chip-hours-': 'chip-hours-' is unknown; the nearest is chip-hour; write for example {RATES}",
        ),
        ("failure_rate", "0 /chip-day", "'0 /chip-day' is not above 0"),
        ("failure_rate", "4 in 5 d on 0 chips", f"'4 in 5 d on 0 chips' is not understood; write for example {RATES}"),
        ("storage_bandwidth", "2 TB", "'2 TB' is not understood; write for example 2 TB/s, 400 GB/s"),
        ("restart_time", "soon", "'soon' is no time; write for example 1.5 h, 90 min, 1 h 30 min or 3 days"),
    ],
)
def test_that_other_texts_are_refused_with_what_would_be_read(key: str, text: str, line: str) -> None:
    lever = LEVERS[key]
    with refused(f"{line} ({lever.name}: {range_text(lever)})"):
        parse_value(text, lever)
