"""The search for the parameters that agree best with what was measured.

Parameters fall into parts that no row ties together (convergence of each workload, time and overheads of each kind of
system), and each part is searched with a damping of its own. The data are first trusted little and then more and more
("graduated non-convexity": Blake and Zisserman 1987, "Visual Reconstruction"), some steps each time, so that the search
comes into the valley that most of the data point to, and not into the first that one odd row opens or that rounding
happens to lead to. Steps are those of Levenberg and Marquardt with the second derivatives that the steps so far have
told of (Dennis, Gay and Welsch 1981, "An adaptive nonlinear least-squares algorithm", ACM TOMS 7): they end where the
loss is flat to rounding, so that every processor finds the same optimum.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ipuwhatif.calibration.misfit import Misfit, Slopes, loss
from ipuwhatif.model.parameters import FloatArray, IntArray

#: What the spread of the data is multiplied with in the stages of the search before the last.
HEATS = (8.0, 5.6, 4.0, 2.8, 2.0, 1.4)
STEPS_A_HEAT = 6
MOST_STEPS = 150
#: Dampings that are tried beside each other, over the one that served best the last time.
DAMPINGS = np.array([0.01, 0.1, 1.0, 10.0])
FIRST_DAMPING, LEAST_DAMPING = 1e-2, 1e-12
LEAST_CURVATURE = 0.02
CORRECTIONS = 2  # further steps with the slopes of the first: they follow a bent valley at little cost
LONGEST_STEP = 6.0  # standard deviations of a prior
CONVERGED = 1e-8  # largest slope of the loss, per standard deviation of a prior
LEARNABLE = 1e-9  # standard deviations: shorter steps tell of nothing but rounding
NEAR = 1e-5  # standard deviations: so near the end that rounding hides which of two steps is better


@dataclass(slots=True)
class Part:
    """Parameters that rows tie together, and what the search has learned of them.

    at: places of the part's slopes among all that need not be 0; row, column: of each among the part's own. pairs:
    slopes of one row, which of their products are summed where in the lower half of a matrix over the parameters.
    """

    parameters: IntArray
    rows: IntArray
    at: IntArray
    row: IntArray
    column: IntArray
    pairs: tuple[IntArray, IntArray, IntArray]
    damping: float = FIRST_DAMPING
    bend: FloatArray = field(default_factory=lambda: np.zeros((0, 0)))  # of the residuals, weighted: second derivatives
    start: FloatArray | None = None  # where the last step began, with slopes and gradient there
    slopes: FloatArray = field(default_factory=lambda: np.zeros(0))
    gradient: FloatArray = field(default_factory=lambda: np.zeros(0))
    curvatures: FloatArray = field(default_factory=lambda: np.zeros(0))  # of the loss at the start, and their axes
    axes: FloatArray = field(default_factory=lambda: np.zeros((0, 0)))
    moving: bool = True

    def summed(self, slopes: FloatArray, of_rows: FloatArray) -> FloatArray:
        """What values of the rows come to for each parameter by its slopes, shape (parameters of the part,)."""
        return np.asarray(np.bincount(self.column, slopes * of_rows[self.row], len(self.parameters)), dtype=np.float64)

    def squared(self, slopes: FloatArray, of_rows: FloatArray) -> FloatArray:
        """The lower half of the slopes' square, each row by its weight, shape (parameters of the part,) twice."""
        left, right, place = self.pairs
        count = len(self.parameters)
        products = (slopes * of_rows[self.row])[left] * slopes[right]
        return np.bincount(place, products, count * count).reshape(count, count).astype(np.float64, copy=False)


def minimise(misfit: Misfit, parameters: int) -> FloatArray:
    """Position of the least loss, shape (parameters,). ArithmeticError where the search does not converge."""
    x = np.zeros(parameters)
    residuals, slopes = misfit.slopes(x)
    parts = parts_of(slopes)
    times = [part for part in parts if not misfit.of_samples[part.rows].all()]
    for heat in [heat for heat in HEATS for _ in range(STEPS_A_HEAT)]:
        x = _stepped(misfit, x, residuals, slopes, times, heat)
        residuals, slopes = misfit.slopes(x)
    for part in parts:
        part.start = None
    for _ in range(MOST_STEPS):
        x = _stepped(misfit, x, residuals, slopes, parts, 1.0)
        if not any(part.moving for part in parts):
            return x
        residuals, slopes = misfit.slopes(x)
    raise ArithmeticError(f"the fit did not converge in {MOST_STEPS} steps")


def _stepped(
    misfit: Misfit, x: FloatArray, residuals: FloatArray, slopes: Slopes, parts: Sequence[Part], heat: float
) -> FloatArray:
    """The position after a step of each part and its corrections; those of all parts are tried in one call."""
    for part in parts:
        if part.moving:
            part.damping = max(part.damping, FIRST_DAMPING if heat > 1.0 else LEAST_DAMPING)
            _begin(part, x, residuals, slopes, misfit, heat)
    trying = [part for part in parts if part.moving]
    for attempt in range(1 + CORRECTIONS):
        if not trying:
            break
        tried = np.repeat(x[None], len(DAMPINGS), axis=0)
        for part in trying:
            tried[:, part.parameters] += _steps(part, x, residuals, misfit, heat)
        outcome = misfit.residuals(tried)
        x, residuals, going_on = x.copy(), residuals.copy(), []
        for part in trying:
            best, near = _best(part, x, residuals, tried, outcome, misfit, heat)
            if attempt == 0:
                part.damping *= 1e3 if best is None else DAMPINGS[best]
            if best is not None:
                x[part.parameters] = tried[best, part.parameters]
                residuals[part.rows] = outcome[best, part.rows]
                if not near:
                    going_on.append(part)
        trying = going_on
    return x


def _begin(part: Part, x: FloatArray, residuals: FloatArray, slopes: Slopes, misfit: Misfit, heat: float) -> None:
    """Note gradient and curvature of a part; a part whose gradient is nothing has arrived."""
    here, steep = x[part.parameters], slopes.value[part.at]
    _, pull, stiff = loss(residuals[part.rows] / heat, misfit.bound[part.rows])
    _, prior_pull, prior_stiff = loss(here, np.inf)
    gradient = part.summed(steep, pull) / heat + prior_pull
    if heat == 1.0:
        _learn(part, here, steep, gradient, pull)
        part.moving = bool(np.abs(gradient).max() >= CONVERGED)
        if not part.moving:
            return
    part.start, part.slopes, part.gradient = here, steep, gradient
    hessian = part.squared(steep, stiff / heat**2) + np.diag(prior_stiff)
    if len(part.bend):
        hessian = hessian + part.bend
    # Directions along which the loss bends down are taken as bending up.
    curvatures, part.axes = np.linalg.eigh(hessian)  # which reads the lower half alone
    part.curvatures = np.maximum(np.abs(curvatures), LEAST_CURVATURE)


def _learn(part: Part, here: FloatArray, steep: FloatArray, gradient: FloatArray, pull: FloatArray) -> None:
    """What the last step tells of the residuals' second derivatives: Dennis, Gay and Welsch's update, with sizing."""
    if not len(part.bend):
        part.bend = np.zeros((len(here), len(here)))
    if part.start is None:
        return
    step, change = here - part.start, gradient - part.gradient
    along = step @ change
    if np.abs(step).max() < LEARNABLE or along == 0.0:
        return
    wanted = part.summed(steep - part.slopes, pull)
    known = abs(step @ part.bend @ step)
    if known > 0.0:
        part.bend *= min(1.0, float(abs(step @ wanted) / known))
    rest = wanted - part.bend @ step
    part.bend += (np.outer(rest, change) + np.outer(change, rest)) / along
    part.bend -= (rest @ step) / along**2 * np.outer(change, change)


def _steps(part: Part, x: FloatArray, residuals: FloatArray, misfit: Misfit, heat: float) -> FloatArray:
    """Steps under several dampings with the slopes at the start, shape (dampings, parameters of the part)."""
    _, pull, _ = loss(residuals[part.rows] / heat, misfit.bound[part.rows])
    gradient = part.summed(part.slopes, pull) / heat + loss(x[part.parameters], np.inf)[1]
    damped = part.curvatures + part.damping * DAMPINGS[:, None]
    steps = -((part.axes.T @ gradient) / damped) @ part.axes.T
    return np.asarray(np.clip(steps, -LONGEST_STEP, LONGEST_STEP))


def _best(
    part: Part,
    x: FloatArray,
    residuals: FloatArray,
    tried: FloatArray,
    outcome: FloatArray,
    misfit: Misfit,
    heat: float,
) -> tuple[int | None, bool]:
    """Which of the tried steps lowers the loss most, None where none does; and whether it ends near its start."""
    at, rows = part.parameters, part.rows
    if np.abs(tried[0, at] - x[at]).max() < NEAR:
        return 0, True
    bound = misfit.bound[rows]
    before = loss(residuals[rows] / heat, bound)[0].sum() + loss(x[at], np.inf)[0].sum()
    after = loss(outcome[:, rows] / heat, bound)[0].sum(axis=1) + loss(tried[:, at], np.inf)[0].sum(axis=1)
    best = int(np.where(np.isfinite(after), after, np.inf).argmin())
    return (best, False) if after[best] < before else (None, False)


def parts_of(slopes: Slopes) -> list[Part]:
    """The parts into which rows tie the parameters; what no row moves is in none."""
    row, column, moves = slopes.row, slopes.column, slopes.value != 0.0
    part = np.arange(column.max(initial=-1) + 1)
    of_rows = np.full(row.max(initial=-1) + 1, len(part), dtype=np.intp)
    while True:
        before = part.copy()
        np.minimum.at(of_rows, row[moves], part[column[moves]])
        np.minimum.at(part, column[moves], of_rows[row[moves]])
        if (part == before).all():
            break
    return [_part(row, column, of_rows == first, part == first) for first in np.unique(of_rows[row[moves]])]


def _part(row: IntArray, column: IntArray, rows: npt.NDArray[np.bool_], parameters: npt.NDArray[np.bool_]) -> Part:
    at = np.flatnonzero(rows[row] & parameters[column])
    own_row, own_column = (np.cumsum(rows) - 1)[row[at]], (np.cumsum(parameters) - 1)[column[at]]
    parameters_of, rows_of = np.flatnonzero(parameters), np.flatnonzero(rows)
    return Part(parameters_of, rows_of, at, own_row, own_column, _pairs(own_row, own_column, len(parameters_of)))


def _pairs(row: IntArray, column: IntArray, size: int) -> tuple[IntArray, IntArray, IntArray]:
    """Both of each pair of slopes of one row, and the place of the pair in a flat matrix; only its lower half."""
    count = np.bincount(row)
    each = count[row]  # slopes in the row of each slope
    first = (np.cumsum(count) - count)[row]
    left = np.repeat(np.arange(len(row)), each)
    right = np.arange(len(left)) - np.repeat(np.cumsum(each) - each, each) + np.repeat(first, each)
    lower = column[left] >= column[right]
    left, right = left[lower], right[lower]
    return left, right, column[left] * size + column[right]
