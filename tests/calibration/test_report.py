"""The track record's numbers on answers made by hand."""

import json
from collections.abc import Callable
from math import comb

import pytest

from ipuwhatif.calibration.backtest import Answer, Protocol
from ipuwhatif.calibration.report import as_json, as_text, binomial_p_value, scores, true_sample_mape
from ipuwhatif.catalog.types import OfficialResult

QUANTITIES = ("throughput", "samples", "time")


@pytest.fixture
def protocol(entry: Callable[[str], OfficialResult]) -> Protocol:
    """Two rows: Graphcore 10 % too high and outside, NVIDIA 20 % too low and inside its interval."""
    rows = [
        entry("v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"),
        entry("v1.1/NVIDIA/dgxa100_ngc21.09_mxnet/resnet/closed"),
    ]

    def answer(row: OfficialResult, predicted: float, low: float, high: float, naive: float | None) -> Answer:
        return Answer(
            entry=row,
            predicted=dict.fromkeys(QUANTITIES, predicted),
            low=dict.fromkeys(QUANTITIES, low),
            high=dict.fromkeys(QUANTITIES, high),
            measured=dict.fromkeys(QUANTITIES, 100.0),
            naive=dict.fromkeys(QUANTITIES, naive),
            time_with_true_samples=row.score_s * 1.03,
        )

    answers = (answer(rows[0], 110.0, 105.0, 115.0, 130.0), answer(rows[1], 80.0, 60.0, 100.0, None))
    return Protocol("by-hand", "by hand", answers, ((rows[0], "for the test"),))


@pytest.mark.parametrize(
    ("covered", "rows", "chance"),
    [
        (8, 10, 1.0),
        (10, 10, 0.8**10 + sum(comb(10, k) * 0.8**k * 0.2 ** (10 - k) for k in range(7))),
        (0, 10, 0.2**10),
        (0, 1, 0.2),
        (1, 1, 1.0),
        (0, 0, 1.0),
    ],
)
def test_that_the_coverage_test_is_the_exact_two_sided_one(covered: int, rows: int, chance: float) -> None:
    assert binomial_p_value(covered, rows) == pytest.approx(chance, rel=1e-9)


def test_that_the_coverage_test_agrees_with_scipy() -> None:
    from scipy.stats import binomtest

    for rows in (10, 11, 24, 35):
        for covered in range(rows + 1):
            assert binomial_p_value(covered, rows) == pytest.approx(binomtest(covered, rows, 0.8).pvalue, rel=1e-7)


def test_that_errors_widths_and_coverage_are_those_of_the_rows(protocol: Protocol) -> None:
    score = scores(protocol)[0]
    assert (score.quantity, score.rows) == ("throughput", 2)
    assert score.mape == pytest.approx(0.15) and score.median == pytest.approx(0.15)
    assert score.worst == pytest.approx(-0.20)
    assert score.worst_row == "v1.1/NVIDIA/dgxa100_ngc21.09_mxnet/resnet/closed"
    assert score.covered == 1
    assert score.mean_width == pytest.approx((5 / 110 + 20 / 80) / 2)
    assert (score.naive_mape, score.naive_rows) == (pytest.approx(0.30), 1)


def test_that_few_rows_have_no_coverage_test(protocol: Protocol) -> None:
    assert scores(protocol)[0].p_value is None


def test_that_a_submitter_is_scored_alone(protocol: Protocol) -> None:
    graphcore = scores(protocol, "Graphcore")
    assert [score.quantity for score in graphcore] == list(QUANTITIES)
    assert {score.rows for score in graphcore} == {1}
    assert graphcore[0].mape == pytest.approx(0.10)
    assert scores(protocol, "Intel") == ()


def test_that_time_with_the_true_samples_is_held_against_the_score(protocol: Protocol) -> None:
    assert true_sample_mape(protocol) == pytest.approx(0.03)


def test_that_the_record_is_plain_json_with_every_row(protocol: Protocol) -> None:
    (record,) = json.loads(json.dumps(as_json([protocol]), allow_nan=False))
    assert [row["entry"] for row in record["rows"]] == [answer.entry.key for answer in protocol.answers]
    assert record["unanswered"] == [{"entry": protocol.answers[0].entry.key, "reason": "for the test"}]
    assert set(record["scores"]) == {"all", "Graphcore", "NVIDIA"}


def test_that_the_text_names_the_rival_the_worst_row_and_what_was_not_answered(protocol: Protocol) -> None:
    text = as_text([protocol])
    assert "a/n + b" in text and "-20.0 %" in text
    assert "not answered, for the test: 1 rows" in text
