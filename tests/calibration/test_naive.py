"""The rival on rows made by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ipuwhatif.calibration.naive import measured_value, naive_prediction
from ipuwhatif.catalog.types import OfficialResult

Entry = Callable[[str], OfficialResult]


@pytest.fixture
def rows(entry: Entry) -> Callable[..., OfficialResult]:
    """Rows of one submitter whose score is 960 / chips + 2 seconds, whose samples are 1000 and whose rate is chips."""
    template = entry("v1.1/Graphcore/ipu-pod16-TF1/resnet/closed")

    def make(chips: int, release: str = "2021-12", **changes: object) -> OfficialResult:
        made = replace(
            template,
            key=f"{release}/{chips}",
            release=release,
            chips=chips,
            score_s=960.0 / chips + 2.0,
            samples_to_target=1000.0,
            training_s=1000.0 / chips,
            measured_s=2000.0 / chips,
        )
        return replace(made, **changes)

    return make


def test_that_a_over_n_plus_b_is_found_where_rows_follow_it(rows) -> None:
    training = [rows(16), rows(64), rows(128)]
    assert naive_prediction(training, rows(256), "time") == pytest.approx(960 / 256 + 2.0, rel=1e-9)


def test_that_throughput_is_fitted_as_time_a_sample(rows) -> None:
    assert naive_prediction([rows(16), rows(64)], rows(128), "throughput") == pytest.approx(128.0, rel=1e-9)


def test_that_one_size_scales_with_the_chips_and_samples_do_not(rows) -> None:
    assert naive_prediction([rows(16)], rows(64), "time") == pytest.approx((960 / 16 + 2) / 4, rel=1e-12)
    assert naive_prediction([rows(16)], rows(64), "throughput") == pytest.approx(64.0, rel=1e-12)
    assert naive_prediction([rows(16)], rows(64), "samples") == pytest.approx(1000.0, rel=1e-12)


def test_that_rows_of_the_same_release_come_first_where_there_are_two_sizes(rows) -> None:
    older = [rows(16, "2021-06", score_s=999.0), rows(64, "2021-06", score_s=999.0)]
    newer = [rows(16), rows(64)]
    expected = 960 / 128 + 2.0
    assert naive_prediction(older + newer, rows(128), "time") == pytest.approx(expected, rel=1e-9)
    assert naive_prediction(older + newer[:1], rows(128), "time") != pytest.approx(expected, rel=0.1)


def test_that_nothing_alike_is_no_prediction(rows) -> None:
    assert naive_prediction([], rows(64), "time") is None
    assert naive_prediction([rows(16, submitter="NVIDIA")], rows(64), "time") is None
    assert naive_prediction([rows(16, division="open")], rows(64), "time") is None
    assert naive_prediction([rows(16, workload="bert-large")], rows(64), "time") is None


def test_that_a_steep_fall_is_never_continued_below_zero(rows) -> None:
    steep = [rows(16, score_s=1000.0), rows(17, score_s=100.0)]
    assert naive_prediction(steep, rows(1024), "time") == pytest.approx(10.0)


def test_that_a_measured_rate_is_that_of_training_where_the_log_tells_it_apart(rows, entry: Entry) -> None:
    row = rows(16)
    assert measured_value(row, "throughput") == pytest.approx(16.0)
    assert measured_value(replace(row, training_s=None), "throughput") == pytest.approx(8.0)
    whole = replace(row, workload="bert-large", submitter="NVIDIA")
    assert measured_value(whole, "throughput") == pytest.approx(8.0)
    assert measured_value(row, "samples") == 1000.0
    assert measured_value(row, "time") == row.score_s
