"""Intervals: the model at the posterior draws, and the scatter that its parameters do not describe."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.calibration.shapes import HIGH, NORMAL, Shape, Sides, shaped_draws, shaped_ends
from ipuwhatif.calibration.store import NOISE_COLUMNS, Calibration
from ipuwhatif.calibration.support.support import EvidenceCoverage
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import FloatArray, IntArray, known
from ipuwhatif.model.time_to_train import Outcome, evaluate
from ipuwhatif.records import Record

#: Probability that an interval is meant to hold.
LEVEL = 0.8
#: Scatter that the parameters do not describe, as standard deviations of the logarithm: between entries of one kind of
#: system (throughput), between set-ups (overheads); that of samples is in `recipes`.
THROUGHPUT_SCATTER = {"ipu": 0.005, "gpu": 0.035, "other": 0.06}
THIRD_PARTY_SCATTER = 0.025
OVERHEAD_SCATTER = 0.25
#: About one entry in ten of others than the chip's vendor is up to twice as slow for a reason that no log tells: a
#: mixture with a slow tail. The tail begins where a standard normal leaves nine draws in ten behind.
TAIL_BEGINS, SLOWEST = 1.2816, 2.0
#: A searched layout may ask for a batch that nobody tuned a recipe for at this size, and such a recipe can only take
#: longer: a scatter to one side, the scale of a half-normal distribution for each factor of two from the nearest batch
#: of an entry. Over the entries of IPU-PODs, Bow Pods and DGX A100 the score lay 3.4 % above the projection.
SEARCH_SCATTER = 0.10


class Interval(Record, frozen=True):
    """Low and high ends over the draws; shape (cases,) each."""

    low: FloatArray
    high: FloatArray


class Intervals(Record, frozen=True):
    """Intervals at LEVEL of time to train [s], throughput [samples/s] and samples to target."""

    time: Interval
    throughput: Interval
    samples: Interval


class Scattered(Record, frozen=True):
    """Seconds to train as if recipes were tuned for each batch, and as they are; samples/s and samples.

    Shape (draws, cases) each.
    """

    tuned: FloatArray
    times: FloatArray
    throughput: FloatArray
    samples: FloatArray


def intervals(
    calibration: Calibration,
    cases: Sequence[Case],
    inputs: Inputs,
    supports: Sequence[EvidenceCoverage],
    center: Outcome,
    draws: int | None = None,
    outcome: Outcome | None = None,
) -> Intervals:
    """Intervals around the central outcome; `draws` caps the ensemble (all by default).

    `outcome` is the model at the draws, where whoever asks has it already.
    """
    if outcome is None:
        outcome = evaluate(inputs, calibration.draws[:draws])
    scattered = scatter(calibration.noise[:draws], cases, inputs, supports, outcome)
    return Intervals(
        time=spread_of(calibration, scattered, supports, center).interval,
        throughput=throughput_interval(scattered, center),
        samples=_ends(scattered.samples, center.samples[0]),
    )


def drawn_times(
    calibration: Calibration,
    cases: Sequence[Case],
    inputs: Inputs,
    supports: Sequence[EvidenceCoverage],
    center: Outcome,
    draws: int | None = None,
) -> FloatArray:
    """Times to train [s] at the draws, shape (draws, cases): those whose ends `intervals` tells."""
    outcome = evaluate(inputs, calibration.draws[:draws])
    scattered = scatter(calibration.noise[:draws], cases, inputs, supports, outcome)
    return spread_of(calibration, scattered, supports, center).times(scattered)


def throughput_interval(scattered: Scattered, center: Outcome) -> Interval:
    """The interval of the training throughput [samples/s]."""
    return _ends(scattered.throughput, center.throughput[0])


class Spread(Record, frozen=True):
    """Around the middle time: the interval of the draws, the shapes of the cases that have one, and their sides."""

    middle: FloatArray
    drawn: Interval
    shaped: IntArray  # places of the cases that have a shape
    shapes: tuple[Shape, ...]
    sides: Sides

    @property
    def interval(self) -> Interval:
        """The interval of the time to train [s]."""
        low, high = self.drawn.low.copy(), self.drawn.high.copy()
        if len(self.shaped):
            ends = shaped_ends(self.shapes, self.sides)
            low[self.shaped], high[self.shaped] = self.middle[self.shaped] * np.exp(ends)
        return Interval(low, high)

    def times(self, scattered: Scattered) -> FloatArray:
        """Times to train [s] at the draws, shape (draws, cases), which end where the interval does."""
        if not len(self.shaped):
            return scattered.times
        if len(self.shaped) == len(self.middle):
            return shaped_draws(scattered.times, self.middle, self.shapes, self.sides)
        middle, own = self.middle[self.shaped], scattered.times[:, self.shaped]
        times = scattered.times.copy()
        times[:, self.shaped] = shaped_draws(own, middle, self.shapes, self.sides)
        return times


def spread_of(
    calibration: Calibration, scattered: Scattered, supports: Sequence[EvidenceCoverage], center: Outcome
) -> Spread:
    """How the time to train spreads: as the draws do, in the shape that the back-tests tell."""
    middle = center.time_to_train[0]
    tuned = _ends(scattered.tuned, middle)
    # A batch that nobody tuned a recipe for can only take longer: it moves the high end and leaves the low end.
    longest = tuned.high.copy()
    untuned = np.flatnonzero((scattered.times != scattered.tuned).any(axis=0))
    longest[untuned] = _ends(scattered.times[:, untuned], middle[untuned]).high
    drawn = Interval(tuned.low, longest)
    shaped = np.flatnonzero([support.shape in calibration.shapes for support in supports])
    below, tuned_above, above = (
        np.log(ratio[shaped]) / NORMAL[HIGH] for ratio in (middle / drawn.low, tuned.high / middle, drawn.high / middle)
    )
    # What such batches add, and what the user's levers do, no back-test leaves out.
    untested = np.array([support.untested for support in supports])[shaped]
    plain_above = np.sqrt(untested**2 + np.maximum(above**2 - tuned_above**2, 0.0))
    shapes = tuple(calibration.shapes[supports[place].shape] for place in shaped.tolist())
    return Spread(middle, drawn, shaped, shapes, Sides(below, above, untested, plain_above))


def scatter(
    noise: FloatArray, cases: Sequence[Case], inputs: Inputs, supports: Sequence[EvidenceCoverage], outcome: Outcome
) -> Scattered:
    """What the parameters do not describe, on the model at the draws; cases share each draw, also of what scatters.

    noise: standard normals of a calibration, a row for each draw.
    """
    column = {
        kind: np.array([NOISE_COLUMNS.index(f"{kind}.{support.stack}") for support in supports])
        for kind in ("throughput", "samples", "overhead")
    }
    beyond = np.array([support.spread for support in supports])
    others = np.array([THIRD_PARTY_SCATTER * support.third_party for support in supports])
    of_kind = np.hypot([THROUGHPUT_SCATTER[support.stack] for support in supports], others)
    speed_scatter = np.hypot(of_kind * [support.scattered for support in supports], beyond)
    slower = np.exp(speed_scatter * noise[:, column["throughput"]]) * slow_tail(noise, supports)
    longer = np.exp(OVERHEAD_SCATTER * noise[:, column["overhead"]])
    pairs = zip(cases, supports, strict=True)
    far = np.array([support.untuned if case.policy == BEST else 0.0 for case, support in pairs])
    untuned = np.abs(noise[:, [NOISE_COLUMNS.index("search")]]) * SEARCH_SCATTER * far
    # The rule that lifts a score to the reference point holds for the scattered run as well.
    scattered = outcome.samples * np.exp(_samples_scatter(cases, inputs, supports) * noise[:, column["samples"]])
    samples = np.maximum(scattered, inputs.reference_floor)
    training = outcome.training_time * slower * samples / outcome.samples
    overhead = (outcome.time_to_train - outcome.training_time) * longer
    return Scattered(
        tuned=training + overhead,
        times=training * np.exp(untuned) + overhead,
        throughput=outcome.throughput / slower,
        samples=samples,
    )


def _samples_scatter(cases: Sequence[Case], inputs: Inputs, supports: Sequence[EvidenceCoverage]) -> FloatArray:
    """Standard deviation of the logarithm of the samples, shape (cases,).

    A job without a quality target takes the samples that the user states, no more and no less.
    """
    priors = [known().workloads.get(case.workload) for case in cases]
    between = np.array([prior.new_recipe if prior else 0.0 for prior in priors])
    within = np.array([prior.within_recipe if prior else 0.0 for prior in priors])
    unknown = np.where(between > 0.0, [support.samples_spread for support in supports], 0.0)
    return np.asarray(np.hypot(np.hypot(between, unknown) * np.sqrt(1.0 - inputs.recipe_weight), within))


def slow_tail(noise: FloatArray, supports: Sequence[EvidenceCoverage]) -> FloatArray:
    """Factor on the time per sample of systems of others than the chip's vendor; shape (draws, cases)."""
    normal = noise[:, [NOISE_COLUMNS.index("third_party")]]
    tail = np.where(normal > TAIL_BEGINS, np.minimum(1.0 + (normal - TAIL_BEGINS), SLOWEST), 1.0)
    return np.where(np.array([support.third_party for support in supports]), tail, 1.0)


def _ends(values: FloatArray, median: FloatArray) -> Interval:
    """The interval of the draws at LEVEL, widened to hold the central value where the draws lie to one side of it."""
    low, high = quantiles(values, ((1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0))
    return Interval(np.minimum(low, median), np.maximum(high, median))


def quantiles(values: FloatArray, shares: Sequence[float]) -> list[FloatArray]:
    """Quantiles along the first axis, between two values in proportion: `np.quantile` without its checks."""
    last = len(values) - 1
    places = [(int(last * share), last * share - int(last * share)) for share in shares]
    ordered = np.sort(values, axis=0)  # of a few hundred draws faster than a partition
    return [_between(ordered[below], ordered[min(below + 1, last)], part) for below, part in places]


def _between(low: FloatArray, high: FloatArray, part: float) -> FloatArray:
    """Linear between two values, from the nearer one, so that both ends are met exactly."""
    return np.asarray(high - (high - low) * (1.0 - part) if part >= 0.5 else low + (high - low) * part)
