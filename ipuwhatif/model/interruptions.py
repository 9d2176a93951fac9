"""Failures, checkpoints, restarts and spares: what a run that is stopped now and then takes on the clock.

Failures are a Poisson process while the system runs, restarts among them, and none while it waits for a repair. Work
is kept at checkpoints, a stretch of `interval` seconds of useful work apart; a failure loses what was done since.
"""

import math

import numpy as np

from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record

#: Where the wall-clock time of a run goes.
PARTS = ("useful", "checkpoints", "lost", "restarts", "waiting")
_HALVINGS = 60  # of the bracket around the best interval: to the last digit


class Interruptions(Record, frozen=True):
    """What stops a run on one system. Times in seconds; the wait for a repair is exponential."""

    rate: float = 0.0  # failures of the whole system [1/s]; 0: none
    interval: float = math.inf  # useful work between two checkpoints; infinite: none is taken
    checkpoint: float = 0.0  # how long one stops training
    restart: float = 0.0  # from a failure to training again where a spare is at hand
    short: float = 0.0  # probability that a failure finds no spare
    wait: float = 0.0  # mean wait then


def spare_shortage(rate: float, repair: float, spares: int) -> tuple[float, float]:
    """Probability that a failure finds none of the spares, and the mean wait for one then [s].

    rate [1/s] of the system's failures, repair: mean time of one [s], exponential. Machines under repair follow
    Erlang's loss system with `spares` places, since nothing fails while the run waits; spares + 1 repairs go on then:

    .. math:: B_0 = 1, B_k = a B_{k-1} / (k + a B_{k-1}), a = rate * repair

    Failures are taken as independent of each other; without spares that is exact. Erlang, "Solution of some problems
    in the theory of probabilities of significance in automatic telephone exchanges" (1917).
    """
    offered, shortage = rate * repair, 1.0
    for place in range(1, spares + 1):
        shortage = offered * shortage / (place + offered * shortage)
    return shortage, repair / (spares + 1)


def best_interval(rate: float, checkpoint: float) -> float:
    """Useful work between two checkpoints [s] that makes the mean wall-clock time least.

    rate [1/s] and checkpoint [s] are above 0. The mean of `mean_parts` grows with
    (exp(rate * (interval + checkpoint)) - 1) / interval, which is least where

    .. math:: rate * interval = 1 - exp(-rate * (interval + checkpoint))
    """
    low, high = 0.0, 1.0 / rate
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if rate * middle < -math.expm1(-rate * (middle + checkpoint)):
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def young_interval(rate: float, checkpoint: float) -> float:
    """The interval [s] to first order: sqrt(2 checkpoint / rate), where a checkpoint takes far less than 1 / rate.

    Young, "A first order approximation to the optimum checkpoint interval", Comm. ACM 17 (1974) 530.
    """
    return math.sqrt(2.0 * checkpoint / rate)


def daly_interval(rate: float, checkpoint: float) -> float:
    """The interval [s] to higher order, for a checkpoint below 2 / rate, beyond it 1 / rate.

    Daly, "A higher order estimate of the optimum checkpoint interval for restart dumps", FGCS 22 (2006) 303, eq. 37.
    """
    half = rate * checkpoint / 2.0
    if half >= 1.0:
        return 1.0 / rate
    return young_interval(rate, checkpoint) * (1.0 + math.sqrt(half) / 3.0 + half / 9.0) - checkpoint


def mean_parts(useful: FloatArray, stops: Interruptions) -> dict[str, FloatArray]:
    """Mean seconds by PARTS of runs with so much useful work [s], of any shape; infinite where none ends.

    By renewal at each checkpoint: a stretch that takes s seconds fails exp(rate s) - 1 times on average before it
    succeeds, and as often a restart. Without waits the sum is Daly's, for whole stretches

    .. math:: T = exp(rate R) (exp(rate (interval + checkpoint)) - 1) / rate * useful / interval
    """
    before, full, last, checkpoints = _stretches(useful, stops)
    with np.errstate(over="ignore"):
        first = before * _failures(full, stops.rate) + _failures(last, stops.rate)
        lost = before * _lost(full, stops.rate) + _lost(last, stops.rate)
        restarts = first * (stops.restart + _lost(stops.restart, stops.rate))
    waiting = mean_failures(useful, stops) * stops.short * stops.wait
    return _parts(useful, checkpoints, lost, restarts, waiting)


def mean_failures(useful: FloatArray, stops: Interruptions) -> FloatArray:
    """Mean number of failures of the same runs, those of restarts among them; infinite where none ends."""
    before, full, last, _ = _stretches(useful, stops)
    with np.errstate(over="ignore"):
        first = before * _failures(full, stops.rate) + _failures(last, stops.rate)
        return np.asarray(first * np.exp(stops.rate * stops.restart))


def drawn_parts(useful: FloatArray, stops: Interruptions, dice: np.random.Generator) -> dict[str, FloatArray]:
    """Seconds by PARTS of one run for each draw of the useful work [s], shape (draws,): no loop over draws.

    How often a stretch fails before it succeeds is geometric, so the failures of a run are negative binomial, drawn
    as a Poisson number of a gamma mean; each loses an exponential time that is cut off at the length of the stretch.
    """
    before, full, last, checkpoints = _stretches(useful, stops)
    on_full, lost = _failed(before, full, stops.rate, dice)
    on_last, lost_last = _failed(np.ones_like(useful), last, stops.rate, dice)
    first = on_full + on_last
    again, lost_again = _failed(first, np.full(useful.shape, stops.restart), stops.rate, dice)
    waits = dice.binomial((first + again).astype(np.int64), stops.short)
    waiting = dice.gamma(waits, stops.wait)
    restarts = first * stops.restart + lost_again
    return _parts(useful, checkpoints, lost + lost_last, restarts, waiting)


def _stretches(useful: FloatArray, stops: Interruptions) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Full stretches before the last, seconds of each and of the last, both with their checkpoint, and of all those."""
    if math.isinf(stops.interval):
        none = np.zeros_like(useful)
        return none, none, useful, none
    before = np.maximum(np.ceil(useful / stops.interval) - 1.0, 0.0)
    full = np.full(useful.shape, stops.interval + stops.checkpoint)
    last = useful - before * stops.interval + stops.checkpoint
    return before, full, last, (before + 1.0) * stops.checkpoint


def _failures(length: FloatArray | float, rate: float) -> FloatArray:
    """How often a stretch of so many seconds fails before it succeeds, on average."""
    return np.expm1(rate * np.asarray(length)) if rate else np.zeros(np.shape(length))


def _lost(length: FloatArray | float, rate: float) -> FloatArray:
    """Seconds that those failures lose, on average."""
    return _failures(length, rate) / rate - length if rate else np.zeros(np.shape(length))


def _failed(
    times: FloatArray, length: FloatArray, rate: float, dice: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Failures before so many successes of stretches [s], and the seconds that they lose; shape (draws,) each."""
    failures = dice.poisson(dice.gamma(times, _failures(length, rate)))
    which = np.repeat(np.arange(len(times)), failures)
    # the time to a failure, given that it comes before the end of the stretch
    before_end = -np.expm1(-rate * length[which])
    seconds = -np.log1p(-dice.random(len(which)) * before_end) / rate if rate else np.zeros(0)
    return failures.astype(np.float64), np.bincount(which, seconds, len(times)).astype(np.float64)


def _parts(*seconds: FloatArray) -> dict[str, FloatArray]:
    return {part: np.broadcast_to(values, seconds[0].shape) for part, values in zip(PARTS, seconds, strict=True)}
