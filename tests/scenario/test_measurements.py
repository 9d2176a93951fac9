"""A measurement of the user's own, typed and printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.figures.scenarios.own_figures import measurement_text
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement, check_measurement, parse_measurement
from ipuwhatif.units import InputError
from tests.refusals import refused

WORKLOADS = load_catalog().workloads
RESNET, BERT, GPT2 = WORKLOADS["resnet50"], WORKLOADS["bert-large"], WORKLOADS["gpt2-xl"]


@pytest.mark.parametrize(
    ("text", "quantity", "value"),
    [
        ("28.4 min", TIME, 1704.0),
        (" 1.2 h ", TIME, 4320.0),
        ("3 days", TIME, 259200.0),
        ("3,900 images/s", THROUGHPUT, 3900.0),
        ("3900 samples/s", THROUGHPUT, 3900.0),
        ("3.9 k samples/s", THROUGHPUT, 3900.0),
        ("3.9k samples per second", THROUGHPUT, 3900.0),
        ("1 image/s", THROUGHPUT, 1.0),
        ("3900 img/sec", THROUGHPUT, 3900.0),
        ("3 900/s", THROUGHPUT, 3900.0),
        ("1.5 million images / s", THROUGHPUT, 1.5e6),
    ],
)
def test_that_times_and_throughputs_are_read(text: str, quantity: str, value: float) -> None:
    measurement = parse_measurement(text, RESNET)
    assert measurement.quantity == quantity and measurement.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("490 images/s/IPU", 7840.0),
        ("490 samples/s per chip", 7840.0),
        ("80 ms/step", 40_000.0),
        ("12.5 it/s", 40_000.0),
        ("1.2万张/秒", 12_000.0),
    ],
)
def test_that_a_chip_and_a_step_are_those_of_the_system_that_is_measured(text: str, value: float) -> None:
    measured = parse_measurement(text, RESNET, chips=16, global_batch=lambda: 3200)
    assert measured == Measurement(THROUGHPUT, value)


def test_that_a_step_is_asked_about_only_where_its_batch_is_known() -> None:
    with refused("'steps': ResNet-50 is counted in images; for example 28.4 min or 3,900 images/s"):
        parse_measurement("80 ms/step", RESNET)
    assert parse_measurement("28.4 min", RESNET, global_batch=pytest.fail) == Measurement(TIME, 1704.0)


def test_that_a_workload_is_counted_in_its_own_words() -> None:
    assert parse_measurement("950 sequences/s", BERT) == Measurement(THROUGHPUT, 950.0)
    assert parse_measurement("1.024 M tokens/s", GPT2) == Measurement(THROUGHPUT, 1000.0)
    assert measurement_text(Measurement(THROUGHPUT, 950.0), BERT) == "950 sequences/s"
    with refused("'images': BERT-Large is counted in sequences; for example 28.4 min or 3,900 sequences/s"):
        parse_measurement("950 images/s", BERT)
    with refused("'tokens': ResNet-50 is counted in images; for example 28.4 min or 3,900 images/s"):
        parse_measurement("950 tokens/s", RESNET)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        *((text, f"'{text}' is no time; write for example") for text in ("", "soon")),
        ("/s", "'/s' is not understood; write for example"),
        ("28.4", "'28.4' has no unit; write s, min, h or days; for example"),
        ("28.4 kg", "'28.4 kg' has unit 'kg', which is no time; write for example"),
        ("3,900 images", "'3,900 images' has unit 'images', which is no time; write for example"),
        ("-3 min", "'-3 min' is not above 0; for example"),
        ("0 images/s", "'0 images/s' is not from 0.000001 to 1,000,000,000,000 images/s; for example"),
        (
            "2,5 min",
            "'2,5 min': a comma groups thousands, as in 1,024; write a decimal point, as in 2.5; for example",
        ),
        ("12 B/s", "'12 B/s' is not understood; write for example"),
        ("1e30 images/s", "'1e30 images/s' is not from 0.000001 to 1,000,000,000,000 images/s; for example"),
        ("1e9 h", "a job takes from 1 ms to 100 years; the nearest is 36,500 days; for example"),
    ],
)
def test_that_a_wrong_text_is_refused_with_what_would_be_read(text: str, fault: str) -> None:
    with refused(f"{fault} 28.4 min or 3,900 images/s"):
        parse_measurement(text, RESNET)


@given(
    workload=st.sampled_from([each for each in WORKLOADS.values() if each.kind != "relative"]),
    measurement=st.one_of(
        st.builds(Measurement, st.just(TIME), st.floats(2e-3, 3e9)),
        st.builds(Measurement, st.just(THROUGHPUT), st.floats(2e-6, 9e11)),
    ),
)
def test_that_what_is_printed_reads_back(workload, measurement: Measurement) -> None:
    text = measurement_text(measurement, workload)
    back = parse_measurement(text, workload)
    assert back.quantity == measurement.quantity
    digits = 1e-11 if measurement.quantity == TIME else 1e-8  # a rate is read to nine, it may be a conversion
    assert back.value == pytest.approx(measurement.value, rel=digits)
    again = parse_measurement(measurement_text(back, workload), workload)  # in other words where those are shorter
    assert again.value == pytest.approx(back.value, rel=digits)


@given(st.text(max_size=40))
def test_that_any_text_is_read_or_refused(text: str) -> None:
    try:
        measurement = parse_measurement(text, RESNET)
    except InputError as error:
        assert "3,900 images/s" in str(error)
        return
    check_measurement(measurement)


def test_that_a_time_of_no_job_is_refused() -> None:
    with pytest.raises(InputError):
        check_measurement(Measurement(TIME, 1e-9))
    with pytest.raises(InputError):
        check_measurement(replace(Measurement(THROUGHPUT, 1.0), value=0.0))
