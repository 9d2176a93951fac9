"""The fit: parameters that make the model agree with what was measured, held near their physical priors.

Residuals are logarithms, so 1 % counts the same at every size; a soft-L1 loss keeps single odd rows from pulling
everything.
"""

import numpy as np
from scipy.optimize import least_squares

from ipuwhatif.calibration.observations import Observations
from ipuwhatif.calibration.recipes import BETWEEN_RECIPES, WITHIN_RECIPE
from ipuwhatif.model.convergence import samples_to_target
from ipuwhatif.model.parameters import (
    FloatArray,
    natural,
    prior_center,
    prior_spread,
)
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import dataclass

#: Standard deviations that a row is trusted to, as shares: scatter of runs and what few terms cannot describe.
THROUGHPUT_SPREAD = {"ipu": 0.010, "gpu": 0.015}
POINT_SPREAD = {"resnet50": 0.015, "bert-large": 0.03}
WALL_SPREAD = {
    "ipu": 0.005,
    "gpu": 0.015,
}  # where throughput is known apart: keeps overheads right in proportion to the whole
EVALUATION_SPREAD = 0.25
START_UP_SPREAD = 0.40
OVERHEAD_SPREAD = 0.06
DIFFERENCE = 1e-6  # step of the numerical derivative, in the unbounded space
SOFTNESS = 4.0  # standard deviations at which a row begins to count less
FORGIVEN = 4.0  # standard deviations that one entry of a third party can count for
DRAWS = 256
DRAW_ITERATIONS, DAMPING, LARGEST_STEP = 18, 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Fit:
    """Central parameters and draws in the unbounded space, shapes (parameters,) and (draws, parameters)."""

    center: FloatArray
    draws: FloatArray
    cost: float


def fit(observations: Observations, seed: int = 20211201) -> Fit:
    """Fit all parameters; those that nothing identifies stay at their priors with their priors' width."""
    scale = prior_spread()

    def residual(z: FloatArray) -> FloatArray:
        return np.concatenate([_residuals(observations, z[None])[0], (z - prior_center()) / scale])

    def jacobian(z: FloatArray) -> FloatArray:
        stepped = _residuals(observations, z + DIFFERENCE * np.vstack([np.zeros(len(z)), np.eye(len(z))]))
        rows = (stepped[1:] - stepped[0]).T / DIFFERENCE
        return np.vstack([rows, np.diag(1.0 / scale)])

    result = least_squares(
        residual, prior_center(), jac=jacobian, x_scale=scale, loss="soft_l1", f_scale=SOFTNESS, max_nfev=60
    )
    center = np.asarray(result.x, dtype=np.float64)
    weight = (1.0 + (residual(center) / SOFTNESS) ** 2) ** -0.25  # root of the soft-L1 weight at the optimum
    draws = _draws(observations, center, weight, weight[:, None] * jacobian(center), seed)
    return Fit(center, draws, float(result.cost))


def _draws(observed: Observations, center: FloatArray, weight: FloatArray, slope: FloatArray, seed: int) -> FloatArray:
    """Posterior draws by randomised optimisation, shape (DRAWS, parameters).

    Each draw is fitted to residuals shifted by noise (Bardsley et al. 2014, "Randomize-then-optimize", SIAM J. Sci.
    Comput. 36). Unlike draws from the curvature alone it keeps sums that the data fix, however wide their parts are.
    The slope at the centre serves all draws, so that they are solved together.
    """
    scale = prior_spread()

    def residuals(z: FloatArray) -> FloatArray:
        return np.concatenate([_residuals(observed, z), (z - prior_center()) / scale], axis=1) * weight

    half = np.random.default_rng(seed).standard_normal((DRAWS // 2, len(slope)))
    target = residuals(center[None]) + np.concatenate([half, -half])  # antithetic: the mean stays at the centre
    inverse = np.linalg.pinv(slope)
    z = np.repeat(center[None], DRAWS, axis=0)
    for _ in range(DRAW_ITERATIONS):
        step = (target - residuals(z)) @ inverse.T
        z = z + DAMPING * np.clip(step, -LARGEST_STEP * scale, LARGEST_STEP * scale)
    return z


def _residuals(observed: Observations, unbounded: FloatArray) -> FloatArray:
    """Standardised log residuals, shape (draws, observations)."""
    parameters = natural(unbounded)
    blocks: list[FloatArray] = []
    if observed.inputs is not None:
        blocks += _row_residuals(observed, parameters)
    if observed.point_inputs is not None:
        spread = np.array([POINT_SPREAD[point.workload] for point in observed.points])
        predicted = samples_to_target(observed.point_inputs, parameters)
        blocks.append(np.log(predicted / observed.point_samples) / spread)
    if observed.published_inputs is not None:
        outcome = evaluate(observed.published_inputs, parameters)
        printed = np.array([row.throughput for row in observed.published])
        spread = np.array([row.spread for row in observed.published])
        blocks.append(_bounded(np.log(outcome.throughput / printed) / spread))
    stacked = np.concatenate(blocks, axis=1) if blocks else np.zeros((len(unbounded), 0))
    return np.nan_to_num(stacked, nan=0.0)  # a time that the log does not separate says nothing


def _row_residuals(observed: Observations, parameters: FloatArray) -> list[FloatArray]:
    assert observed.inputs is not None
    outcome = evaluate(observed.inputs, parameters)
    architecture = np.where(observed.inputs.value["is_ipu"] > 0.0, "ipu", "gpu")
    throughput_spread = np.array([THROUGHPUT_SPREAD[chip] for chip in architecture])
    # Entries of one recipe share its distance from the curve: together they say no more about the curve than one does.
    between = np.array([BETWEEN_RECIPES[str(row.workload)] for row in observed.rows])
    within = np.array([WITHIN_RECIPE[str(row.workload)] for row in observed.rows])
    samples_spread = np.hypot(between * np.sqrt(observed.same_recipe), within)
    # Overheads and wall time are judged with the samples that were really needed: convergence has its own residual.
    true_share = observed.samples / outcome.samples
    evaluation = (outcome.parts["evaluation"] + outcome.parts["checkpoint"]) * true_share
    start_up = outcome.parts["start_up"]
    wall = start_up + (outcome.time_to_train - start_up) * true_share
    apart = np.array([WALL_SPREAD[chip] for chip in architecture])
    wall_spread = np.where(np.isnan(observed.throughput), throughput_spread, apart)
    return [
        _forgiving(observed, np.log(outcome.throughput / observed.throughput) / throughput_spread),
        _forgiving(observed, np.log(wall / observed.measured_s) / wall_spread),
        _forgiving(observed, np.log(outcome.samples / observed.samples) / samples_spread),
        np.log(evaluation / observed.evaluation_s) / EVALUATION_SPREAD,
        np.log(start_up / observed.start_up_s) / START_UP_SPREAD,
        np.log((evaluation + start_up) / observed.overhead_s) / OVERHEAD_SPREAD,
    ]


def _forgiving(observed: Observations, residual: FloatArray) -> FloatArray:
    """Residuals in which one odd entry of others than the two vendors has no say.

    About one in ten of them is up to twice as slow for a reason that no log tells: a mixture with a slow tail, not a
    bell curve.
    """
    return np.where(observed.loose, _bounded(residual), residual)


def _bounded(residual: FloatArray) -> FloatArray:
    """The loss of Geman and McClure 1987, "Statistical methods for tomographic image reconstruction"."""
    return np.asarray(residual / np.sqrt(1.0 + (residual / FORGIVEN) ** 2))
