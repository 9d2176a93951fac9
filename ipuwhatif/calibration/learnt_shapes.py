"""Shapes of the scatter, read off the back-tests: where the official times lay in what was predicted without them.

A row is judged by a shape that no entry of its own round has told. What its back-test left out of other rounds does
tell it: a chip family or the years after a date leave little else to learn a shape from, and without them time is told
a little worse (CRPS up by 2 %) and 51 groups in place of 47 are off. Nor are there widths by job and by what was left
out: partly pooled from the rows that a back-test leaves in they move the count of groups that are off by no more than
chance does, and by no means all scores for the better. Rows that leave together miss together: 52 of 86 entries of LoRA
leave with the size of 8 chips, so that even a right forecast is off in more groups than entries by themselves would put
off.
"""

import math
from collections.abc import Sequence

import numpy as np

from ipuwhatif.calibration.entries import architecture, is_language
from ipuwhatif.calibration.protocols import IN_SAMPLE, Prediction, Protocol
from ipuwhatif.calibration.shapes import HIGH, KINDS, LANGUAGE_MODEL, LOW, NORMAL, SHARES, Shape
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.roles.kinds import stack_of
from ipuwhatif.records import replace

#: So many rows of a normal distribution stand beside those of a kind: a few dozen do not tell a shape alone.
NORMAL_ROWS = 20.0
_LEAST_WIDTH = 1e-6  # of the logarithm: an interval without any width would divide by 0
_LEAST_STEP = 0.001  # between two quantiles, so that each distance has one probability


def learnt_shapes(protocols: Sequence[Protocol], catalog: Catalog) -> dict[str, Shape]:
    """The shape of each kind by all rows that some back-test left out."""
    rows = _distances(protocols, catalog)
    return {kind: shape_of([distance for each, _, distance in rows if each == kind]) for kind in KINDS}


def shaped(protocols: Sequence[Protocol], catalog: Catalog) -> tuple[Protocol, ...]:
    """The back-tests with intervals of the time as users are told them, each row by the shape of other rounds."""
    rows = _distances(protocols, catalog)
    releases = sorted({row.entry.release for protocol in protocols for row in protocol.answers})
    found = {
        (kind, release): shape_of([distance for each, of, distance in rows if each == kind and of != release])
        for kind in KINDS
        for release in releases
    }

    def with_shape(answer: Prediction) -> Prediction:
        return shaped_answer(answer, found[kind_of(answer.entry, catalog), answer.entry.release])

    return tuple(
        replace(protocol, answers=tuple(with_shape(answer) for answer in protocol.answers)) for protocol in protocols
    )


def kind_of(entry: OfficialResult, catalog: Catalog) -> str:
    """Whose shape an entry tells."""
    return LANGUAGE_MODEL if is_language(entry.workload) else stack_of(architecture(entry, catalog))


def shape_of(distances: Sequence[float]) -> Shape:
    """The shape that distances from the middle tell, in standard deviations of their own side."""
    weight = len(distances) / (len(distances) + NORMAL_ROWS)
    told = np.quantile(distances, SHARES) if distances else np.zeros(len(SHARES))
    return _ascending(weight * told + (1.0 - weight) * np.array(NORMAL))


def _ascending(quantiles: FloatArray) -> Shape:
    """Quantiles with the middle at 0, where the projection is, and the others on their own sides of it."""
    middle = len(SHARES) // 2
    steps = _LEAST_STEP * np.arange(1, middle + 1)
    below = np.minimum.accumulate(np.minimum(quantiles[:middle], 0.0)[::-1]) - steps
    above = np.maximum.accumulate(np.maximum(quantiles[middle + 1 :], 0.0)) + steps
    return (*below[::-1].tolist(), 0.0, *above.tolist())


def shaped_answer(answer: Prediction, shape: Shape) -> Prediction:
    """An answer as the draws tell it, with the interval of its time as the shape has it."""
    below, above = widths(answer)
    middle = answer.predicted["time"]
    return replace(
        answer,
        low={**answer.low, "time": middle * math.exp(below * shape[LOW])},
        high={**answer.high, "time": middle * math.exp(above * shape[HIGH])},
        shape=shape,
    )


def widths(answer: Prediction) -> tuple[float, float]:
    """Standard deviations of the logarithm of the time below and above the middle."""
    low, middle, high = (math.log(ends["time"]) for ends in (answer.low, answer.predicted, answer.high))
    below, above = (middle - low) / -answer.shape[LOW], (high - middle) / answer.shape[HIGH]
    return max(below, _LEAST_WIDTH), max(above, _LEAST_WIDTH)


def distance_of(answer: Prediction) -> float:
    """Standard deviations of its side from the middle to the official time."""
    below, above = widths(answer)
    away = math.log(answer.measured["time"] / answer.predicted["time"])
    return away / (below if away < 0.0 else above)


def _distances(protocols: Sequence[Protocol], catalog: Catalog) -> list[tuple[str, str, float]]:
    """Kind, release and distance of each row that was left out."""
    return [
        (kind_of(answer.entry, catalog), answer.entry.release, distance_of(answer))
        for protocol in protocols
        if protocol.key != IN_SAMPLE
        for answer in protocol.answers
    ]
