"""How entries near by depart from the fit: language models at one job, chip and round, smooth along the chips.

The parameters of `model.near_rows` are the mean of a Gaussian process over what the fit missed on the rows it saw,

.. math:: a = s^2 H^T (s^2 H H^T + \\sigma^2 I)^{-1} m

with H the shares of the sizes in each row and m its ln(measured / predicted time of a step) (Rasmussen and Williams
2006, "Gaussian Processes for Machine Learning", equation 2.23). s and sigma are those under which the rows are
likeliest (equation 2.30). It comes after the fit of all else, which it leaves as it is: fitted together, it takes from
common parameters what tells of jobs, rounds and frameworks that nobody measured, and those are met worse.
Each draw has an `a` of its own, so that what draws say of measured rows stays together where parameters are traded.
"""

import numpy as np

from ipuwhatif.calibration.observations import Observations
from ipuwhatif.model.near_rows import ABOVE, BELOW, near_shares, parameters_of_near_rows
from ipuwhatif.model.parameters import FloatArray, IntArray, natural, parameter_index
from ipuwhatif.model.time_to_train import throughput_of

#: Standard deviations of ln(time of a step) that are tried: of what rows near by share, and of each row by itself.
SHARED, OWN = (np.arange(0.010, 0.082, 0.004), np.arange(0.016, 0.062, 0.004))
#: What a row is missed by counts up to here: about one in ten is slow for a reason that no log tells.
MOST_MISSED = 0.12


def near_rows(observed: Observations, unbounded: FloatArray) -> FloatArray:
    """Unbounded parameters, the first row the central ones and draws below, with those of near rows told."""
    columns = parameters_of_near_rows()
    shares = shares_of_sizes(observed, columns)
    rows = np.flatnonzero(shares.any(axis=1))
    if not len(rows):
        return unbounded
    told = unbounded.copy()
    told[:, columns] = 0.0
    missed = np.clip(misses(observed, told)[:, rows], -MOST_MISSED, MOST_MISSED)
    share = shares[rows]
    shared, own = likeliest(share, missed[0])
    between = shared**2 * share @ share.T + own**2 * np.eye(len(rows))
    told[:, columns] = shared**2 * np.linalg.solve(between, missed.T).T @ share
    return told


def likeliest(share: FloatArray, missed: FloatArray) -> tuple[float, float]:
    """Of SHARED and OWN those under which what was missed is likeliest."""
    strength, axes = np.linalg.eigh(share @ share.T)
    along = np.square(axes.T @ missed)
    variance = SHARED[:, None, None] ** 2 * strength + OWN[:, None] ** 2
    unlikely = (along / variance + np.log(variance)).sum(axis=-1)
    place = np.unravel_index(unlikely.argmin(), unlikely.shape)
    return float(SHARED[place[0]]), float(OWN[place[1]])


def shares_of_sizes(observed: Observations, columns: IntArray) -> FloatArray:
    """What the parameter of each column counts in each entry with a throughput of its own, shape (rows, columns)."""
    shares = np.zeros((len(observed.rows), len(parameter_index())))
    if observed.inputs is None:
        return shares[:, columns]
    timed = np.flatnonzero(~np.isnan(observed.throughput[: len(observed.rows)]))
    for role, share in zip((BELOW, ABOVE), near_shares(observed.inputs.chips), strict=True):
        shares[timed, observed.inputs.role[role][timed]] += share[timed]
    return shares[:, columns]


def misses(observed: Observations, unbounded: FloatArray) -> FloatArray:
    """ln(measured / predicted time of a step) of each entry, shape (draws, rows)."""
    assert observed.inputs is not None
    rows = slice(len(observed.rows))
    predicted = throughput_of(observed.inputs, natural(unbounded))[:, rows]
    return np.asarray(np.log(predicted / observed.throughput[rows]))
