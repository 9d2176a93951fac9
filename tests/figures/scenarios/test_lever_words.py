import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.figures.scenarios.lever_words import lever_name, lever_origin, range_text, value_text
from ipuwhatif.files import resource
from ipuwhatif.scenario.levers import Lever, load_levers
from ipuwhatif.scenario.typed_levers import parse_value
from ipuwhatif.texts import CHINESE, LANGUAGES, set_language

LEVERS = load_levers()


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("compute_gain", 1.3, "1.30 ×"),
        ("compute_gain", 1.2345678, "1.2345678 ×"),
        ("software_rounds", 0.125, "0.125 rounds"),
        ("network_latency", 0.3424, "0.3424 ×"),
        ("lifetime_years", 4.125, "4.125 years"),
        ("power_kw", 1234.5678, "1,234.5678 kW"),
        ("power_kw", 0.05, "0.05 kW"),
        ("power_kw", 6.5, "6.5 kW"),
        ("power_kw", 5000.0, "5,000 kW"),
        ("utilisation", 70.0, "70.0 %"),
        ("global_batch", 3264.0, "3,264 samples"),
        ("global_batch", 1.0, "1 sample"),
        ("pipeline_stages", 1.0, "1 stage"),
        ("carbon_intensity", 400.0, "400 g/kWh"),
        ("carbon_intensity", 386.55, "386.55 g/kWh"),
        ("electricity_price", 0.15, "0.15 per kWh"),
        ("electricity_price", 0.1255, "0.1255 per kWh"),
        ("electricity_price", 0.006, "0.006 per kWh"),
        ("electricity_price", 30.0, "30 per kWh"),
    ],
)
def test_that_a_value_is_printed_with_the_digits_it_needs_and_reads_back(key: str, value: float, text: str) -> None:
    assert value_text(LEVERS[key], value) == text
    assert parse_value(text, LEVERS[key]) == value


@given(st.sampled_from(list(LEVERS.values())), st.just(0.0) | st.floats(1e-6, 1.0))
def test_that_of_any_lever_every_digit_that_was_stated_is_printed_and_reads_back_in_every_language(
    lever: Lever, part: float
) -> None:
    value = float(f"{lever.minimum + part * (lever.maximum - lever.minimum):.9g}")
    value = float(round(value)) if lever.whole else min(max(value, lever.minimum), lever.maximum)
    for code in LANGUAGES:
        set_language(code, resource("i18n"))
        assert parse_value(value_text(lever, value), lever) == value


def test_that_a_lever_that_was_read_before_is_shown_in_the_language_of_now() -> None:
    lever = load_levers()["compute_gain"]
    assert (lever_name(lever), range_text(lever)) == ("Compute gain", "0.50 to 2.00 ×")
    set_language(CHINESE, resource("i18n"))
    assert (lever_name(lever), range_text(lever)) == ("计算增益", "0.50 到 2.00 ×")
    assert lever_origin(lever).title.startswith("探索范围")
