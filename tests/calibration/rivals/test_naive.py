"""The rival on rows made by hand."""

from collections.abc import Callable, Sequence

import pytest

from ipuwhatif.calibration.rivals.naive import chips_of, measured_value, naive_prediction
from ipuwhatif.catalog.types import Catalog, OfficialResult, SystemChoice
from ipuwhatif.records import replace

Entry = Callable[[str], OfficialResult]
Naive = Callable[[Sequence[OfficialResult], OfficialResult, str], float | None]


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
            choice=SystemChoice("ipu-pod", chips),
            score_s=960.0 / chips + 2.0,
            samples_to_target=1000.0,
            training_s=1000.0 / chips,
            measured_s=2000.0 / chips,
        )
        return replace(made, **changes)

    return make


@pytest.fixture
def naive(catalog: Catalog) -> Naive:
    """The rival's answer from a catalog that holds these entries and no others."""

    def predict(entries: Sequence[OfficialResult], row: OfficialResult, quantity: str) -> float | None:
        return naive_prediction(replace(catalog, official=tuple(entries)), row, quantity)

    return predict


def test_that_a_over_n_plus_b_is_found_where_rows_follow_it(naive: Naive, rows) -> None:
    training = [rows(16), rows(64), rows(128)]
    assert naive(training, rows(256), "time") == pytest.approx(960 / 256 + 2.0, rel=1e-9)


def test_that_throughput_is_fitted_as_time_a_sample(naive: Naive, rows) -> None:
    assert naive([rows(16), rows(64)], rows(128), "throughput") == pytest.approx(128.0, rel=1e-9)


def test_that_one_size_scales_with_the_chips_and_samples_do_not(naive: Naive, rows) -> None:
    assert naive([rows(16)], rows(64), "time") == pytest.approx((960 / 16 + 2) / 4, rel=1e-12)
    assert naive([rows(16)], rows(64), "throughput") == pytest.approx(64.0, rel=1e-12)
    assert naive([rows(16)], rows(64), "samples") == pytest.approx(1000.0, rel=1e-12)


def test_that_rows_of_the_same_release_come_first_where_there_are_two_sizes(naive: Naive, rows) -> None:
    older = [rows(16, "2021-06", score_s=999.0), rows(64, "2021-06", score_s=999.0)]
    newer = [rows(16), rows(64)]
    expected = 960 / 128 + 2.0
    assert naive(older + newer, rows(128), "time") == pytest.approx(expected, rel=1e-9)
    assert naive(older + newer[:1], rows(128), "time") != pytest.approx(expected, rel=0.1)


def test_that_nothing_alike_is_no_prediction(naive: Naive, rows) -> None:
    assert naive([], rows(64), "time") is None
    assert naive([rows(16, division="open")], rows(64), "time") is None
    assert naive([rows(16, workload="bert-large")], rows(64), "time") is None


def test_that_others_on_the_same_architecture_stand_in_where_a_submitter_has_no_row_left(naive: Naive, rows) -> None:
    others = [rows(16, submitter="Dell"), rows(64, submitter="Inspur")]
    expected = 960 / 128 + 2.0
    assert naive(others, rows(128), "time") == pytest.approx(expected, rel=1e-9)
    # one row of its own is enough, and speaks alone
    own = [rows(32, score_s=100.0)]
    assert naive(others + own, rows(128), "time") == pytest.approx(25.0, rel=1e-9)
    # other architectures are never asked
    gpus = [rows(chips, submitter="NVIDIA", choice=SystemChoice("dgx-a100", chips)) for chips in (16, 64)]
    assert naive(gpus, rows(128), "time") is None
    assert naive(gpus + others, rows(128), "time") == pytest.approx(expected, rel=1e-9)


def test_that_others_of_the_rows_release_come_first(naive: Naive, rows) -> None:
    older = [rows(chips, "2021-06", submitter="Dell", score_s=999.0) for chips in (16, 64)]
    newer = [rows(16, submitter="Dell"), rows(64, submitter="Inspur")]
    assert naive(older + newer, rows(128), "time") == pytest.approx(960 / 128 + 2.0, rel=1e-9)


def test_that_chips_are_counted_as_the_catalog_counts_them(naive: Naive, rows) -> None:
    """The log of a CPU entry says 0."""
    by_log = [rows(16, choice=SystemChoice("ipu-pod", 16)), rows(64)]
    assert chips_of(replace(by_log[0], chips=0)) == 16
    unlogged = [replace(row, chips=0) for row in by_log]
    assert naive(unlogged, replace(rows(128), chips=0), "time") == naive(by_log, rows(128), "time")


def test_that_a_steep_fall_is_never_continued_below_zero(naive: Naive, rows) -> None:
    steep = [rows(16, score_s=1000.0), rows(17, score_s=100.0)]
    assert naive(steep, rows(1024), "time") == pytest.approx(10.0)


def test_that_a_measured_rate_is_that_of_training_where_the_log_tells_it_apart(rows, entry: Entry) -> None:
    row = rows(16)
    assert measured_value(row, "throughput") == pytest.approx(16.0)
    assert measured_value(replace(row, training_s=None), "throughput") == pytest.approx(8.0)
    whole = replace(row, workload="bert-large", submitter="NVIDIA")
    assert measured_value(whole, "throughput") == pytest.approx(8.0)
    assert measured_value(row, "samples") == 1000.0
    assert measured_value(row, "time") == row.score_s
