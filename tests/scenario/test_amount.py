import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import STATED
from ipuwhatif.figures.scenarios.amounts import amount_text, own_time_text
from ipuwhatif.scenario.amount import (
    EPOCHS,
    SAMPLES,
    TOKENS,
    measures_of,
    parse_amount,
    rounded_samples,
    slider_range,
    stated_samples,
)
from ipuwhatif.units import parse_quantity
from tests.refusals import refused

WORKLOADS = load_catalog().workloads
JOBS = [workload for workload in WORKLOADS.values() if workload.kind == STATED]
B4, GPT, WEATHER = (WORKLOADS[key] for key in ("efficientnet-b4", "gpt2-xl", "weather-emulator"))


@pytest.mark.parametrize("workload", JOBS, ids=lambda workload: workload.key)
def test_that_every_default_prints_as_people_say_it_and_reads_back(workload) -> None:
    text = amount_text(workload, None)
    assert text.split()[0].replace(",", "").isdigit(), text
    assert parse_amount(text, workload) == stated_samples(workload, None)


@pytest.mark.parametrize(
    ("text", "workload", "samples"),
    [
        ("350", B4, 350 * 1281167),
        ("350 epochs", B4, 350 * 1281167),
        ("1 epoch", B4, 1281167),
        ("2 M images", B4, 2e6),
        ("2M", GPT, 2e6 / 1024),
        ("10 G", GPT, 1e10 / 1024),
        ("10 G tokens", GPT, 1e10 / 1024),
        ("10B tokens", GPT, 1e10 / 1024),
        ("10 billion tokens", GPT, 1e10 / 1024),
        ("1e10", GPT, 1e10 / 1024),
        ("1,024 tokens", GPT, 1),
        ("5 sequences", GPT, 5),
        ("100 million", WEATHER, 1e8),
        ("7 columns", WEATHER, 7),
        ("350 轮", B4, 350 * 1281167),
        ("３５０轮次", B4, 350 * 1281167),
        ("200 万张图像", B4, 2e6),
        ("100 亿词元", GPT, 1e10 / 1024),
        ("100 亿", GPT, 1e10 / 1024),
        ("5 千万 词元", GPT, 5e7 / 1024),
        ("3 万亿词元", GPT, 3e12 / 1024),
        ("5 序列", GPT, 5),
    ],
)
def test_that_work_is_read_with_and_without_its_unit(text, workload, samples) -> None:
    assert parse_amount(text, workload) == pytest.approx(samples)


COUNTED = "EfficientNet-B4 is counted in epochs or images; write for example 350 epochs"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        *((text, " is no amount of work; write for example 350 epochs") for text in ("", "many", "nan", "inf")),
        *((text, " is no amount of work; write for example 350 epochs") for text in ("١٦",)),
        ("1.5.2", f": {COUNTED}"),
        ("2,5", ": a comma groups thousands, as in 1,024; write a decimal point, as in 2.5"),
        ("1.000", " may mean 1 or 1,000; write the one that is meant"),
        ("1.500", " may mean 1.5 or 1,500; write the one that is meant"),
        *((text, " is not above 0; the nearest is 1 epoch") for text in ("0", "-3")),
        *((text, f": {COUNTED}") for text in ("5 h", "3 tokens")),
        ("1e300", " is too much work; the nearest is 780.538 million epochs"),
    ],
)
def test_that_what_is_no_amount_is_refused_with_one_that_is(text, fault) -> None:
    with refused(f"'{text}'{fault}"):
        parse_amount(text, B4)


@pytest.mark.parametrize(
    ("text", "workload", "measure", "what", "example"),
    [
        ("1e-9", B4, SAMPLES, "images", "350 epochs"),
        ("7e-7", B4, EPOCHS, "images", "350 epochs"),
        ("1,023 tokens", GPT, None, "sequences", "10 billion tokens"),
    ],
)
def test_that_less_than_a_sample_is_no_work(text, workload, measure, what, example) -> None:
    with refused(f"'{text}' is less than one of the {what}; write for example {example}"):
        parse_amount(text, workload, measure)


def test_that_three_decimals_are_thousands_to_nobody_after_a_zero_or_before_a_multiplier_or_another_digit() -> None:
    assert parse_amount("0.500", B4) == parse_amount("0.5", B4)
    assert parse_amount("1.500 k images", B4) == parse_amount("1.5000 k images", B4) == 1500.0


def test_that_one_sample_is_work_and_prints_back_as_no_less() -> None:
    assert parse_amount("1 image", B4) == parse_amount(amount_text(B4, 1.0), B4) == 1.0


def test_that_a_way_to_count_that_the_job_has_not_is_refused() -> None:
    assert [measure.key for measure in measures_of(B4)] == [EPOCHS, SAMPLES]
    assert [measure.key for measure in measures_of(GPT)] == [TOKENS, SAMPLES]
    with refused("EfficientNet-B4 is not counted in tokens; use --epochs"):
        parse_amount("3", B4, TOKENS)
    with refused(
        "ResNet-50 has no amount of work to state: it trains to its target quality or is known by a ratio only"
    ):
        parse_amount("3", WORKLOADS["resnet50"], EPOCHS)
    assert measures_of(WORKLOADS["insurance"]) == ()


@given(st.sampled_from(JOBS), st.floats(0.0, 1.0))
def test_that_a_slider_sets_amounts_of_two_digits_near_where_it_stands(workload, part) -> None:
    low, high = slider_range(workload)
    assert low < stated_samples(workload, None) < high
    value = low * (high / low) ** part
    rounded = rounded_samples(workload, value)
    assert rounded == pytest.approx(value, rel=0.051)
    assert rounded_samples(workload, rounded) == pytest.approx(rounded)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        *((253800.0, "70.5 h"), (3600.0, "1 h"), (86400.0, "1 day"), (5400.0, "1.5 h"), (2700.0, "45 min")),
        *((0.002, "2 ms"), (4231.8, "70.53 min"), (17 * 86400.0, "17 days")),
    ],
)
def test_that_a_time_of_the_users_own_keeps_the_unit_it_was_given_in(seconds, text) -> None:
    assert own_time_text(seconds) == text


@given(st.floats(1e-3, 3e9))
def test_that_a_time_of_the_users_own_reads_back(seconds) -> None:
    assert parse_quantity(own_time_text(seconds), "s") == pytest.approx(seconds, rel=1e-11)
