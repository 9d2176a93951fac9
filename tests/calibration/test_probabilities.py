"""Probabilities of the record: where an official time stands, scores by hand, and what the shipped record says."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from ipuwhatif.calibration.probabilities import (
    ALLOWED,
    LEVELS,
    UNLIKELY,
    as_json,
    chance_to_hold,
    crps,
    probability_score,
    probability_scores,
    standing,
)
from ipuwhatif.calibration.protocols import IN_SAMPLE, Prediction
from ipuwhatif.calibration.record import load_record
from ipuwhatif.calibration.rivals.naive import QUANTITIES
from ipuwhatif.calibration.shapes import HIGH, NORMAL
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.records import replace

CATALOG = load_catalog()
RECORD = load_record(CATALOG)
LEFT_OUT = [protocol for protocol in RECORD if protocol.key != IN_SAMPLE]
ANSWER = RECORD[0].answers[0]


def answered(official: float, low: float = 80.0, middle: float = 100.0, high: float = 150.0, naive=None) -> Prediction:
    times = {"measured": official, "low": low, "predicted": middle, "high": high, "naive": naive}
    return replace(ANSWER, shape=NORMAL, **{name: dict.fromkeys(QUANTITIES, value) for name, value in times.items()})


@pytest.mark.parametrize(("official", "stands"), [(80.0, 0.1), (100.0, 0.5), (150.0, 0.9)])
def test_that_the_middle_and_the_ends_stand_where_the_interval_says(official: float, stands: float) -> None:
    assert standing(answered(official)) == pytest.approx(stands, abs=1e-9)


def test_that_a_later_time_stands_higher_from_nothing_to_certain() -> None:
    stands = [standing(answered(time)) for time in np.geomspace(20.0, 600.0, 50)]
    assert stands == sorted(stands) and stands[0] < 1e-6 and stands[-1] > 1.0 - 1e-6


def test_that_the_score_is_that_of_a_normal_distribution_by_its_closed_form() -> None:
    """Gneiting and Raftery 2007, eq. 21: s (z (2 P(z) - 1) + 2 p(z) - 1 / sqrt(pi))."""
    width = math.log(1.25) / 1.2815515655446004
    for official in (70.0, 100.0, 130.0):
        z = math.log(official / 100.0) / width
        below = 0.5 * math.erfc(-z / math.sqrt(2.0))
        density = math.exp(-z * z / 2.0) / math.sqrt(2.0 * math.pi)
        expected = width * (z * (2.0 * below - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi))
        assert crps(answered(official, 80.0, 100.0, 125.0)) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("shape", [NORMAL, (-3.0, -1.1, -0.3, 0.0, 0.2, 0.9, 2.7)])
def test_that_two_widths_and_any_shape_score_as_the_integral_says(shape: tuple[float, ...]) -> None:
    for official in (60.0, 95.0, 110.0, 250.0):
        each = replace(answered(official), shape=shape)
        times = np.linspace(math.log(5.0), math.log(3000.0), 4001)
        below = np.array([standing(replace(answered(math.exp(time)), shape=shape)) for time in times])
        missed = (below - (times >= math.log(official))) ** 2
        assert crps(each) == pytest.approx(np.trapezoid(missed, times), rel=5e-3)


def test_that_without_a_spread_the_score_is_the_error() -> None:
    assert crps(answered(130.0, 100.0, 100.0, 100.0)) == pytest.approx(math.log(1.3), rel=1e-3)


def test_that_shares_count_dates_and_intervals_and_the_rival_where_it_answers() -> None:
    answers = [answered(time, naive=200.0 if time > 90.0 else None) for time in (60.0, 82.0, 100.0, 140.0, 300.0)]
    score = probability_score(answers, CATALOG)
    assert (score.rows, score.within, score.inside) == (
        5,
        {0.5: 0.6, 0.8: 0.6, 0.95: 0.8},
        {0.5: 0.2, 0.8: 0.6, 0.95: 0.6},
    )
    assert score.dates_off == pytest.approx(-0.2) and score.intervals_off == pytest.approx(-0.35)
    assert score.naive_crps == pytest.approx(np.mean([math.log(2.0), math.log(200 / 140), math.log(1.5)]))
    assert score.crps_where_naive == pytest.approx(np.mean([crps(each) for each in answers[2:]]))
    assert probability_score(answers[:1], CATALOG).naive_crps is None


def test_that_a_share_at_the_end_of_what_is_allowed_is_not_off() -> None:
    stands = {0.5: 0.5, 0.8: 0.72, 0.95: 0.95}
    score = replace(probability_score([answered(100.0)], CATALOG), inside=stands, within=stands)
    assert score.intervals_off == score.dates_off == -ALLOWED
    assert replace(score, inside={**stands, 0.8: 0.719}).intervals_off < -ALLOWED


def test_that_few_rows_miss_a_level_by_chance_and_many_hardly_do() -> None:
    random = np.random.default_rng(5)
    for rows in (10, 40):
        stands = np.abs(random.random((40_000, rows)) - 0.5) * 2.0
        shares = [(stands <= level).mean(axis=1) - level for level in LEVELS]
        held = np.all(np.abs(shares) <= 0.08 + 1e-12, axis=0).mean()
        assert chance_to_hold(rows) == pytest.approx(held, abs=0.01)
    assert chance_to_hold(10) < 0.25 and chance_to_hold(512) > 0.99


@pytest.mark.parametrize("protocol", LEFT_OUT, ids=[protocol.key for protocol in LEFT_OUT])
def test_that_of_all_rows_left_out_the_dates_hold_and_the_rival_is_far_behind(protocol) -> None:
    """Over each back-test; single groups miss by more, which the figure and the command say."""
    score = probability_scores(protocol, CATALOG)[0]
    assert score.rows == len(protocol.answers)
    if protocol.key == "language-job":  # `a/n + b` knows a job by its own entries alone
        assert score.naive_crps is None
    else:
        assert score.crps_where_naive < 0.5 * score.naive_crps
    assert abs(score.within[0.95] - 0.95) <= ALLOWED


@pytest.mark.parametrize("protocol", LEFT_OUT, ids=[protocol.key for protocol in LEFT_OUT])
def test_that_intervals_of_many_rows_hold_as_often_as_they_say(protocol) -> None:
    """Groups of a hundred rows or more, which chance hardly puts off, but those whose rows leave as near copies."""
    many = [score for score in probability_scores(protocol, CATALOG) if score.rows >= 100]
    off = {(protocol.key, score.title) for score in many if abs(score.intervals_off) > ALLOWED}
    assert off <= {
        ("leave-one-family-out", "GPU systems, all submitters"),
        ("language-size", ""),
        ("language-job", ""),  # three benchmarks, whose entries miss together
    }


def test_that_about_as_many_groups_are_off_as_chance_puts_off() -> None:
    scores = [score for protocol in LEFT_OUT for score in probability_scores(protocol, CATALOG) if score.rows >= 10]
    off = sum(abs(score.intervals_off) > ALLOWED for score in scores)
    assert off <= 1.30 * sum(1.0 - chance_to_hold(score.rows) for score in scores)


def test_that_near_copies_are_one_vote_and_their_miss_is_told_from_many() -> None:
    every = [answer.entry for protocol in LEFT_OUT for answer in protocol.answers]
    apart = list({(each.workload, each.release, CATALOG.chip_of(each.choice).key): each for each in every}.values())[
        :20
    ]
    depths = np.linspace(0.02, 0.98, len(apart))  # as many inside of each interval as it says
    held = [
        replace(answered(100.0 * 1.5 ** (NormalDist().inv_cdf(0.5 + depth / 2) / NORMAL[HIGH])), entry=entry)
        for depth, entry in zip(depths.tolist(), apart, strict=True)
    ]
    copies = [replace(answered(900.0), entry=apart[0])] * 30
    near = probability_score([*held, *copies], CATALOG)
    assert near.votes == 20 and near.by_chance is not None and near.by_chance > 0.2
    assert near.intervals_off < -0.5  # entry by entry nothing holds
    many = probability_score([*held[:5], *(replace(answered(900.0), entry=entry) for entry in apart[5:])], CATALOG)
    assert many.votes == 20 and many.by_chance is not None and many.by_chance < UNLIKELY
    assert probability_score(held[:9], CATALOG).by_chance is None


def test_that_chance_explains_the_groups_at_one_vote_each() -> None:
    """Perfect forecasts would fail in about one of ten, since three intervals are tested at 5 % each."""
    chances = [score.by_chance for protocol in LEFT_OUT for score in probability_scores(protocol, CATALOG)]
    told = [each for each in chances if each is not None]
    assert len(told) > 40 and sum(each < UNLIKELY for each in told) <= 0.1 * len(told)


def test_that_groups_are_large_enough_to_be_told_and_each_has_rows_of_its_own() -> None:
    for protocol in RECORD:
        first, *others = probability_scores(protocol, CATALOG)
        assert not first.title and all(10 <= other.rows < first.rows for other in others)
    told = as_json(RECORD, CATALOG)
    assert list(told) == [protocol.key for protocol in RECORD]
    assert list(told["largest"][0]["within"]) == [f"{100 * level:.0f}" for level in LEVELS]
