"""Runs that are stopped: means by renewal, draws against a simulation that goes from event to event, known laws."""

import heapq
import math
import random

import numpy as np
import pytest

from ipuwhatif.model.interruptions import (
    PARTS,
    Interruptions,
    best_interval,
    daly_interval,
    drawn_parts,
    mean_parts,
    spare_shortage,
    young_interval,
)

HOUR, DAY = 3600.0, 86400.0
HARD = Interruptions(rate=1 / (2 * HOUR), interval=1200.0, checkpoint=90.0, restart=900.0, short=0.3, wait=1.5 * HOUR)


def total(parts):
    return sum(parts[part] for part in PARTS)


def drawn(useful, stops, runs, seed=3):
    return drawn_parts(np.full(runs, useful), stops, np.random.default_rng(seed))


def simulated(useful, stops, spares, repair, dice):
    """One run from event to event, with its machines under repair: nothing of the formulas is used."""
    clock, kept, under_repair = 0.0, 0.0, []
    restarting = False
    while True:
        stretch = stops.restart if restarting else min(stops.interval, useful - kept) + stops.checkpoint
        failure = dice.expovariate(stops.rate)
        if failure >= stretch:
            clock += stretch
            if restarting:
                restarting = False
                continue
            kept += min(stops.interval, useful - kept)
            if kept >= useful - 1e-6:
                return clock
            continue
        clock += failure
        restarting = True
        if spares is None:
            continue
        while under_repair and under_repair[0] <= clock:
            heapq.heappop(under_repair)
        heapq.heappush(under_repair, clock + dice.expovariate(1.0 / repair))
        if len(under_repair) > spares:
            clock = heapq.heappop(under_repair)


def test_draws_and_means_agree_part_by_part():
    parts, means = drawn(10 * DAY, HARD, 20_000), mean_parts(np.array([10 * DAY]), HARD)
    for part in PARTS:
        scatter = parts[part].std() / math.sqrt(20_000)
        assert abs(parts[part].mean() - means[part][0]) <= 4.0 * scatter + 1e-9 * means[part][0]


def test_without_waits_the_mean_is_dalys_to_the_digit():
    stops = Interruptions(rate=1 / HOUR, interval=600.0, checkpoint=30.0, restart=300.0)
    daly = HOUR * math.exp(300 / HOUR) * (math.exp(630 / HOUR) - 1.0) * 100
    assert total(mean_parts(np.array([60_000.0]), stops))[0] == pytest.approx(daly, rel=1e-12)


@pytest.mark.parametrize("spares", [None, 0, 1, 3])
def test_the_distribution_is_that_of_a_simulation_from_event_to_event(spares):
    """Median and tail of 4,000 simulated runs; spares are few, so that many failures wait."""
    repair, dice = 3 * HOUR, random.Random(11)
    stops = Interruptions(rate=1 / (4 * HOUR), interval=1800.0, checkpoint=60.0, restart=600.0)
    short, wait = (0.0, 0.0) if spares is None else spare_shortage(stops.rate, repair, spares)
    runs = sorted(simulated(4 * DAY, stops, spares, repair, dice) for _ in range(4_000))
    drawn_runs = total(
        drawn(4 * DAY, Interruptions(stops.rate, stops.interval, stops.checkpoint, stops.restart, short, wait), 40_000)
    )
    # exact but for single spares, where failures close on each other find fewer than the mean says, the first ones more
    slack = 2.0 if spares else 1.0
    assert drawn_runs.mean() == pytest.approx(np.mean(runs), rel=0.008 * slack)
    for share, within in ((0.1, 0.01), (0.5, 0.01), (0.9, 0.01), (0.95, 0.012), (0.99, 0.02)):
        assert np.quantile(drawn_runs, share) == pytest.approx(np.quantile(runs, share), rel=within * slack)


def test_no_failure_and_no_checkpoint_leaves_the_time_as_it_is():
    for parts in (drawn(DAY, Interruptions(), 5), mean_parts(np.full(5, DAY), Interruptions())):
        assert total(parts).tolist() == [DAY] * 5


def test_checkpoints_alone_cost_their_time_and_nothing_else():
    parts = drawn(DAY, Interruptions(interval=HOUR, checkpoint=10.0), 3)
    assert parts["checkpoints"].tolist() == [240.0] * 3
    assert total(parts).tolist() == [DAY + 240.0] * 3


def test_a_run_without_checkpoints_begins_anew_after_each_failure():
    stops = Interruptions(rate=1 / HOUR)
    assert total(mean_parts(np.array([2 * HOUR]), stops))[0] == pytest.approx(HOUR * (math.exp(2.0) - 1.0))
    assert total(drawn(2 * HOUR, stops, 50_000)).mean() == pytest.approx(HOUR * (math.exp(2.0) - 1.0), rel=0.02)


@pytest.mark.parametrize("checkpoint", [0.5, 5.0, 50.0])
def test_the_best_interval_is_youngs_where_a_checkpoint_is_short_and_dalys_beyond(checkpoint):
    rate = 1 / 11_135.0
    best = best_interval(rate, checkpoint)
    assert best == pytest.approx(young_interval(rate, checkpoint), rel=0.05)
    assert best == pytest.approx(daly_interval(rate, checkpoint), rel=0.001)


def test_dalys_estimate_holds_within_five_percent_up_to_half_the_time_between_failures():
    for checkpoint in (600.0, 1800.0, 3600.0):
        assert best_interval(1 / 7200.0, checkpoint) == pytest.approx(daly_interval(1 / 7200.0, checkpoint), rel=0.05)


def test_no_other_interval_has_a_lower_mean():
    rate, checkpoint = 1 / 7200.0, 200.0
    best = best_interval(rate, checkpoint)

    def mean(interval):  # whole stretches only, so that nothing hangs on the last
        useful = np.array([1000 * interval])
        return total(mean_parts(useful, Interruptions(rate, interval, checkpoint, 300.0, 0.2, 100.0)))[0] / useful[0]

    assert all(mean(best) < mean(best * factor) for factor in (0.8, 0.95, 1.05, 1.25))


def test_more_spares_make_a_shortage_rarer_and_the_wait_shorter():
    found = [spare_shortage(1 / DAY, 2 * DAY, spares) for spares in range(6)]
    assert found[0] == (1.0, 2 * DAY)
    assert found[1] == (pytest.approx(2 / 3), DAY)  # Erlang's formula, offered load 2, one place
    assert found == sorted(found, reverse=True)


def test_the_same_dice_give_the_same_runs():
    assert total(drawn(DAY, HARD, 50)).tolist() == total(drawn(DAY, HARD, 50)).tolist()
    assert total(drawn(DAY, HARD, 50)).tolist() != total(drawn(DAY, HARD, 50, seed=4)).tolist()
