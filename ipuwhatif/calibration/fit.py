"""The fit: parameters that make the model agree with what was measured, held near their physical priors."""

import numpy as np

from ipuwhatif.calibration.descent import Part, minimise, parts_of
from ipuwhatif.calibration.misfit import SOFTNESS, Misfit, held, loss
from ipuwhatif.calibration.observations import Observations
from ipuwhatif.model.parameters import FloatArray, IntArray, of_language
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.records import Record

DRAWS = 256
#: Most steps of a draw; in standard deviations of the priors the longest one, and the one at which a draw has arrived.
DRAW_STEPS, LONGEST_STEP, ARRIVED = 6, 1.5, 0.05


class Fit(Record, frozen=True):
    """Central parameters and draws in the unbounded space, shapes (parameters,) and (draws, parameters)."""

    center: FloatArray
    draws: FloatArray
    cost: float


def fit(observations: Observations, seed: int = 20211201) -> Fit:
    """Fit all parameters; those that nothing identifies stay at their priors with their priors' width."""
    misfit = Misfit(observations)
    x = minimise(misfit, len(all_parameters()))
    residuals, slopes = misfit.slopes(x)
    cost = loss(residuals, misfit.bound)[0].sum() + loss(x, np.inf)[0].sum()
    draws = _draws(misfit, x, residuals, slopes, seed)
    return Fit(misfit.unbounded(x), misfit.unbounded(draws), float(cost))


def _draws(misfit: Misfit, center: FloatArray, residuals: FloatArray, slopes: FloatArray, seed: int) -> FloatArray:
    """Positions of posterior draws by randomised optimisation, shape (DRAWS, parameters).

    Each draw is fitted to residuals shifted by noise (Bardsley et al. 2014, "Randomize-then-optimize", SIAM J. Sci.
    Comput. 36). Unlike draws from the curvature alone it keeps sums that the data fix, however wide their parts are.
    The slope at the centre serves all draws, so that they are solved together.
    """
    bound = np.append(misfit.bound, np.full(len(center), np.inf))

    def both(of_data: FloatArray, x: FloatArray) -> FloatArray:
        return held(np.concatenate([of_data, x], axis=1), bound)

    at_center = both(residuals[None], center[None])[0]
    weight = (1.0 + (at_center / SOFTNESS) ** 2) ** -0.25  # root of the soft-L1 weight at the optimum
    rate = weight * (1.0 + (np.append(residuals, center) / bound) ** 2) ** -1.5
    half = _normals(len(at_center), seed)
    half /= np.sqrt(np.mean(np.square(half), axis=0))  # each residual scatters as far as it should, not by chance
    target = at_center + np.concatenate([half, -half]) / weight  # antithetic: the mean stays at the centre
    solutions = [_solution(part, slopes, rate, weight) for part in parts_of(slopes)]
    of_priors = (weight / rate)[len(residuals) :]
    x = np.repeat(center[None], DRAWS, axis=0)
    going, before, moved = np.arange(DRAWS), np.zeros_like(x), np.zeros_like(x)
    for count in range(DRAW_STEPS):
        here = x[going]
        at_here = both(misfit.residuals(here), here) if count else at_center
        missed = target[going] - at_here
        wanted = missed[:, len(residuals) :] * of_priors
        step = wanted.copy()
        for parameters, columns, solve in solutions:
            wanted[:, parameters] = missed[:, columns] @ solve
            step[:, parameters] = wanted[:, parameters]
            if count:
                tried = before[going][:, parameters], moved[going][:, parameters]
                step[:, parameters] += _lesson(wanted[:, parameters], *tried)
        step = np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        x[going], before[going], moved[going] = here + step, wanted, step
        going = going[np.abs(wanted).max(axis=1) >= ARRIVED]
        if not len(going):
            break
    return x


def _solution(
    part: Part, slopes: FloatArray, rate: FloatArray, weight: FloatArray
) -> tuple[IntArray, IntArray, FloatArray]:
    """Parameters of a part, the residuals and priors that tell of them, and the step that what these miss asks for.

    Shape (residuals and priors, parameters); no part has anything to say to another.
    """
    columns = np.append(part.rows, len(slopes) + part.parameters)
    steep = np.concatenate([slopes[np.ix_(part.rows, part.parameters)], np.eye(len(part.parameters))])
    steep *= rate[columns, None]
    step = np.linalg.solve(steep.T @ steep, (steep * weight[columns, None]).T)
    return part.parameters, columns, step.T


def _normals(count: int, seed: int) -> FloatArray:
    """Standard normals for each residual and parameter, shape (DRAWS / 2, count).

    Those of language models, whose parameters are the last, are drawn apart: what they add moves no other draw.
    """
    own = int(of_language().sum())
    parts = [
        np.random.default_rng(seed + place).standard_normal((DRAWS // 2, size))
        for place, size in enumerate((count - own, own))
    ]
    return np.concatenate(parts, axis=1)


def joined(of_others: Fit, of_language_models: Fit) -> Fit:
    """Two fits as one: no row ties parameters of language models to others."""
    own = of_language()
    return Fit(
        np.where(own, of_language_models.center, of_others.center),
        np.where(own, of_language_models.draws, of_others.draws),
        of_others.cost + of_language_models.cost,
    )


def _lesson(wanted: FloatArray, before: FloatArray, moved: FloatArray) -> FloatArray:
    """What a step should add to the wanted one, since the last one `moved` did not bring what was wanted `before`.

    Anderson 1965, "Iterative procedures for nonlinear integral equations", JACM 12, with one step of memory. Shape
    (draws, parameters) each.
    """
    change = wanted - before
    along = np.vecdot(change, wanted) / np.maximum(np.vecdot(change, change), np.finfo(float).tiny)
    return np.asarray(-along[:, None] * (moved + change))
