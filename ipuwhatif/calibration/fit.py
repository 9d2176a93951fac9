"""The fit: parameters that make the model agree with what was measured, held near their physical priors."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from ipuwhatif.calibration.descent import Part, minimise, parts_of
from ipuwhatif.calibration.misfit import SOFTNESS, Misfit, Slopes, held, loss
from ipuwhatif.calibration.near.near_rows import near_rows
from ipuwhatif.calibration.observations import Observations
from ipuwhatif.model.near_rows import parameters_of_near_rows
from ipuwhatif.model.parameters import FloatArray, IntArray, of_language
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.records import Record

DRAWS = 256
#: Most steps of a draw; in standard deviations of the priors the longest one, and the one at which a draw has arrived.
DRAW_STEPS, LONGEST_STEP, ARRIVED = 6, 1.5, 0.05


#: Rows and parameters of a part, counted in the order of the parts, and the step that what its rows and then its priors
#: miss asks for, shape (rows and parameters, parameters).
Solution = tuple[slice, slice, FloatArray]


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
    center, *drawn = near_rows(observations, misfit.unbounded(np.concatenate([x[None], draws])))
    return Fit(center, np.array(drawn), float(cost))


def _draws(misfit: Misfit, center: FloatArray, residuals: FloatArray, slopes: Slopes, seed: int) -> FloatArray:
    """Positions of posterior draws by randomised optimisation, shape (DRAWS, parameters).

    Each draw is fitted to residuals shifted by noise (Bardsley et al. 2014, "Randomize-then-optimize", SIAM J. Sci.
    Comput. 36). Unlike draws from the curvature alone it keeps sums that the data fix, however wide their parts are.
    The slope at the centre serves all draws, so that they are solved together. What no row moves scatters as its prior.
    """
    parts, nothing = parts_of(slopes), np.zeros(0, dtype=np.intp)
    rows, told = (np.concatenate([nothing, *each]) for each in ([p.rows for p in parts], [p.parameters for p in parts]))
    noise = _noise(len(residuals), len(center), seed)
    x = noise[:, len(residuals) :].copy()
    farthest = np.abs(np.delete(x, told, axis=1)).max(axis=1, initial=0.0)
    x[:, told] = center[told]
    both = np.append(rows, len(residuals) + told)
    bound = np.append(misfit.bound, np.full(len(center), np.inf))[both]
    middle = np.append(residuals, center)[both]
    at_center = held(middle, bound)
    weight = (1.0 + (at_center / SOFTNESS) ** 2) ** -0.25  # root of the soft-L1 weight at the optimum
    target = at_center + noise[:, both] / weight
    solutions = _solutions(parts, slopes, weight * (1.0 + (middle / bound) ** 2) ** -1.5, weight)

    def missed(going: IntArray) -> FloatArray:
        here = x[going]
        return target[going] - held(np.append(misfit.residuals(here)[:, rows], here[:, told], axis=1), bound)

    for going, step in _steps(target - at_center, missed, solutions, farthest):
        x[np.ix_(going, told)] += step
    return x


def _steps(
    missed_first: FloatArray,
    missed: Callable[[IntArray], FloatArray],
    solutions: Sequence[Solution],
    farthest: FloatArray,
) -> Iterator[tuple[IntArray, FloatArray]]:
    """Draws that have not arrived and the steps that they take.

    missed: what residuals and priors of some draws miss, shape (draws, rows and parameters), where they are by now;
    missed_first: at the centre. farthest: how far a draw has to go where no row tells of a parameter.
    """
    told = sum(own.stop - own.start for _, own, _ in solutions)
    first_prior = missed_first.shape[1] - told
    going, before, moved = np.arange(DRAWS), np.zeros((DRAWS, told)), np.zeros((DRAWS, told))
    for count in range(DRAW_STEPS):
        left = missed(going) if count else missed_first
        wanted = np.empty((len(going), told))
        step = np.empty_like(wanted)
        for rows, own, solve in solutions:
            wanted[:, own] = np.append(left[:, rows], left[:, first_prior:][:, own], axis=1) @ solve
            step[:, own] = wanted[:, own]
            if count:
                step[:, own] += _lesson(wanted[:, own], before[going][:, own], moved[going][:, own])
        step = np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        before[going], moved[going] = wanted, step
        yield going, step
        to_go = np.maximum(np.abs(wanted).max(axis=1, initial=0.0), farthest[going] - LONGEST_STEP * count)
        going = going[to_go >= ARRIVED]
        if not len(going):
            return


def _solutions(parts: Sequence[Part], slopes: Slopes, rate: FloatArray, weight: FloatArray) -> list[Solution]:
    """The solution of each part; no part has anything to say to another.

    rate, weight: of the rows, in the order of the parts, and then of the parameters.
    """
    found: list[Solution] = []
    row, parameter, rows = 0, 0, sum(len(part.rows) for part in parts)
    for part in parts:
        own_rows, own = slice(row, row + len(part.rows)), slice(parameter, parameter + len(part.parameters))
        rates, weights = (np.append(each[:rows][own_rows], each[rows:][own])[:, None] for each in (rate, weight))
        steep = np.zeros((len(rates), len(part.parameters)))
        steep[part.row, part.column] = slopes.value[part.at]
        np.fill_diagonal(steep[len(part.rows) :], 1.0)
        steep *= rates
        found.append((own_rows, own, np.asarray(np.linalg.solve(steep.T @ steep, (steep * weights).T).T)))
        row, parameter = own_rows.stop, own.stop
    return found


def _noise(rows: int, parameters: int, seed: int) -> FloatArray:
    """Standard normals for each residual and parameter, shape (DRAWS, rows + parameters)."""
    half = normals(rows + parameters, seed)
    half /= np.sqrt(np.mean(np.square(half), axis=0))  # each scatters as far as it should, not by chance
    return np.concatenate([half, -half])  # antithetic: the mean stays at the centre


def normals(count: int, seed: int) -> FloatArray:
    """Standard normals for each residual and parameter, shape (DRAWS / 2, count).

    Those of language models are drawn apart: what they add moves no other draw. Those of near rows, the last, are told
    after the fit.
    """
    own, near = int(of_language().sum()), len(parameters_of_near_rows())
    parts = [
        np.random.default_rng(seed + place).standard_normal((DRAWS // 2, size))
        for place, size in enumerate((count - own, own - near))
    ]
    return np.concatenate([*parts, np.ones((DRAWS // 2, near))], axis=1)


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
