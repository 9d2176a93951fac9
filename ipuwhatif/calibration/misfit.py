"""How far the model is from what was measured: one function of the parameters, with its slopes.

Residuals are logarithms over the spread that a row is trusted to, so 1 % counts the same at every size. The loss is
soft-L1, so that no odd row pulls everything; one entry of a third party can count for no more than a few standard
deviations, since about one in ten of them is up to twice as slow for a reason that no log tells.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ipuwhatif.calibration.observations import Observations
from ipuwhatif.calibration.slopes import Carried, Seeds, Sloped, SlopedParameters
from ipuwhatif.model.convergence import samples_to_target
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.near_rows import without_near_rows
from ipuwhatif.model.parameters import (
    FloatArray,
    IntArray,
    kinds_of_parameters,
    known,
    natural,
    natural_rate,
    prior_center,
    prior_spread,
)
from ipuwhatif.model.time_to_train import overheads, throughput_of
from ipuwhatif.records import Record

#: Standard deviations that a row is trusted to, as shares: scatter of runs and what few terms cannot describe.
THROUGHPUT_SPREAD = {"ipu": 0.010, "gpu": 0.015}
WALL_SPREAD = {
    "ipu": 0.005,
    "gpu": 0.015,
}  # where throughput is known apart: keeps overheads right in proportion to the whole
#: Of a language model, between cells: what few terms cannot describe, more than runs scatter.
LANGUAGE_SPREAD = 0.04
EVALUATION_SPREAD = 0.25
START_UP_SPREAD = 0.40
OVERHEAD_SPREAD = 0.06
SOFTNESS = 4.0  # standard deviations at which a row begins to count less
FORGIVEN = 4.0  # standard deviations that one entry of a third party can count for
SAMPLES_BLOCK = 2  # place of the samples among the blocks of residuals
TOGETHER = 16  # draws whose arrays stay in a processor's cache


class Slopes(Record, frozen=True):
    """Residual, parameter and value of each slope that need not be 0; those of a residual lie together."""

    row: IntArray
    column: IntArray
    value: FloatArray


class Misfit:
    """Residuals of observations, in standard deviations; parameters are counted in those of their priors.

    Positions `x` are (unbounded value - centre of the prior) / spread of the prior, shape (parameters,).
    """

    def __init__(self, observed: Observations) -> None:
        self._inputs = None if observed.inputs is None else without_near_rows(observed.inputs)
        self._samples = observed.samples
        measured, spread, loose = (np.concatenate(column) for column in zip(*_measured(observed), strict=True))
        self._known = np.flatnonzero(~np.isnan(measured))  # a time that the log does not separate says nothing
        self._target = np.log(measured[self._known])
        self._spread = spread[self._known]
        #: Standard deviations that a row can count for; infinite where it is not bounded.
        self.bound = np.where(loose, FORGIVEN, np.inf)[self._known]
        #: Which residuals are of samples to target.
        self.of_samples = (self._known // max(len(observed.samples), 1)) == SAMPLES_BLOCK
        self._center, self._scale = prior_center(), prior_spread()
        self._kinds = np.append(kinds_of_parameters(), [-1, -1])
        self._seeds: Seeds = {}
        self._found: tuple[IntArray, IntArray, IntArray] | None = None

    def unbounded(self, x: FloatArray) -> FloatArray:
        return self._center + self._scale * x

    def residuals(self, x: FloatArray) -> FloatArray:
        """Standardised log residuals before any loss, shape (draws, residuals), of positions (draws, parameters)."""
        if self._inputs is None:
            return np.zeros((len(x), 0))
        found = np.empty((len(x), len(self._known)))
        for first in range(0, len(x), TOGETHER):
            some = slice(first, first + TOGETHER)
            predicted = _predicted(self._inputs, self._samples, natural(self.unbounded(x[some])))
            found[some] = np.concatenate(predicted, axis=1).take(self._known, axis=1)
        return np.asarray((np.log(found) - self._target) / self._spread)

    def slopes(self, x: FloatArray) -> tuple[FloatArray, Slopes]:
        """Residuals, shape (residuals,), and their slopes with the position `x`."""
        if self._inputs is None:
            nothing = np.zeros(0, dtype=np.intp)
            return np.zeros(0), Slopes(nothing, nothing, np.zeros(0))
        unbounded = self.unbounded(x)[None]
        value = natural(unbounded)
        rate = np.append(natural_rate(unbounded) * self._scale, [[0.0, 0.0]], axis=1)
        parameters: Carried = SlopedParameters(value, rate, self._kinds, self._seeds)
        predicted: list[Sloped] = _predicted(self._inputs, self._samples, parameters)
        if self._found is None:
            self._found = self._places(self._inputs, predicted)
        row, column, place = self._found
        found = np.concatenate([each.value[0] for each in predicted])[self._known]
        slopes = np.concatenate([each.slopes[:, 0].ravel() for each in predicted])[place]
        slopes /= (found * self._spread)[row]  # of a logarithm, in standard deviations
        return (np.log(found) - self._target) / self._spread, Slopes(row, column, slopes)

    def _places(self, inputs: Inputs, predicted: Sequence[Sloped]) -> tuple[IntArray, IntArray, IntArray]:
        """Residual and parameter of each slope, and its place among those of all predictions; by residual."""
        directions = [kind for each in predicted for kind in each.directions]
        block = np.repeat(np.arange(len(predicted)), [len(each.directions) for each in predicted])
        column = _columns_of(inputs)[directions]
        row = np.full(len(predicted) * inputs.size, -1)
        row[self._known] = np.arange(len(self._known))
        row = row.reshape(len(predicted), -1)[block]
        place = np.flatnonzero((column < len(self._scale)) & (row >= 0))
        place = place[np.argsort(row.ravel()[place], kind="stable")]
        return row.ravel()[place], column.ravel()[place], place


def loss(residuals: FloatArray, bound: FloatArray | float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The loss of residuals, and its first and second derivative with each.

    Soft-L1 of residuals that a bound holds (infinite: as they are). The bounded one is that of Geman and McClure 1987,
    "Statistical methods for tomographic image reconstruction": beyond the bound a row has less and less of a say.
    """
    held, rate, bend = _held(residuals, bound)
    root = np.sqrt(1.0 + np.square(held / SOFTNESS))
    first = held / root
    return SOFTNESS**2 * (root - 1.0), first * rate, np.square(rate) / (root * root * root) + first * bend


def held(residuals: FloatArray, bound: FloatArray | float) -> FloatArray:
    """Residuals as far as their bound lets them count."""
    return np.asarray(residuals / np.sqrt(1.0 + np.square(residuals / bound)))


def _held(residuals: FloatArray, bound: FloatArray | float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The bounded residuals, and their first and second derivative with the residuals."""
    square = 1.0 + np.square(residuals / bound)
    root = np.sqrt(square)
    rate = 1.0 / (square * root)
    return residuals / root, rate, -3.0 * residuals / np.square(bound) * rate / square


def _predicted(inputs: Inputs, samples: FloatArray, parameters: Carried) -> list[Carried]:
    """What the model says of each block of `_measured`, shape (draws, cases) each."""
    throughput = throughput_of(inputs, parameters)
    # Overheads and wall time are judged with the samples that were really needed: convergence has its own residual.
    parts = overheads(inputs, parameters, samples, throughput)
    evaluation, start_up = parts["evaluation"] + parts["checkpoint"], parts["start_up"]
    wall = start_up + samples / throughput + evaluation
    return [
        throughput,
        wall,
        samples_to_target(inputs, parameters),
        evaluation,
        start_up,
        evaluation + start_up,
    ]


def _measured(observed: Observations) -> list[tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]]:
    """Blocks of what was measured: values, the spreads that they are trusted to, and which may be forgiven."""
    is_ipu = observed.inputs is not None and observed.inputs.value["is_ipu"] > 0.0
    chips = ["ipu" if each else "gpu" for each in np.broadcast_to(is_ipu, observed.loose.shape)]
    workloads = [str(row.workload) for row in observed.rows]
    rows, published = len(workloads), [row.spread for row in observed.published]
    throughput_spread = np.array([THROUGHPUT_SPREAD[chip] for chip in chips])
    throughput_spread[rows : rows + len(published)] = published
    if observed.same_cell is not None:
        throughput_spread[:rows] = LANGUAGE_SPREAD
        throughput_spread = throughput_spread * np.sqrt(observed.same_cell)
    # Entries of one recipe share its distance from the curve: together they say no more about the curve than one does.
    priors = known().workloads
    between = np.array([priors[workload].between_recipes for workload in workloads])
    within = np.array([priors[workload].within_recipe for workload in workloads])
    of_rows = np.hypot(between * np.sqrt(observed.same_recipe[:rows]), within)
    of_points = [priors[point.workload].point_spread for point in observed.points]
    samples_spread = np.concatenate([of_rows, np.ones(len(published)), of_points])
    apart = np.array([WALL_SPREAD[chip] for chip in chips])
    wall_spread = np.where(np.isnan(observed.throughput), throughput_spread, apart)
    each = np.ones(len(chips))
    sure = np.zeros(len(chips), dtype=bool)
    return [
        (observed.throughput, throughput_spread, observed.loose),
        (observed.measured_s, wall_spread, observed.loose),
        (observed.samples, samples_spread, observed.loose),
        (observed.evaluation_s, EVALUATION_SPREAD * each, sure),
        (observed.start_up_s, START_UP_SPREAD * each, sure),
        (observed.overhead_s, OVERHEAD_SPREAD * each, sure),
    ]


def _columns_of(inputs: Inputs) -> IntArray:
    """The parameter of each kind that each case depends on; one past the last parameter where it depends on none.

    ValueError where a case depends on two parameters of a kind: their slopes would be added up.
    """
    kinds, constant = np.append(kinds_of_parameters(), [-1, -1]), len(kinds_of_parameters())
    columns = np.full((int(kinds.max()) + 1, inputs.size), constant)
    working = np.broadcast_to(inputs.op_flops > 0.0, np.broadcast_shapes(inputs.op_flops.shape, inputs.op_share.shape))
    ops = np.where(working, inputs.op_efficiency, constant).take(inputs.group, axis=0)
    for column in [*inputs.role.values(), *ops.T]:
        case = np.flatnonzero(kinds[np.broadcast_to(column, (inputs.size,))] >= 0)
        found = np.broadcast_to(column, (inputs.size,))[case]
        known = columns[kinds[found], case]
        if ((known != constant) & (known != found)).any():
            raise ValueError("a case depends on two parameters of one kind")
        columns[kinds[found], case] = found
    return columns
