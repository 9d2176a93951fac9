"""What a few measurements of one's own say about other runs on the same machines.

How far a measured run lies from its projection is shared with other runs of the same site, the more the nearer they
are: the same chips, the same job, about as many of them. With k the covariance between runs, r what was missed on the
measured ones and K their covariance, another run is moved and its interval narrowed by

.. math:: m_* = k_*^T K^{-1} r, \\qquad v_* = k_{**} - k_*^T K^{-1} k_*

(Gaussian process regression: Rasmussen and Williams 2006, "Gaussian Processes for Machine Learning", equations 2.25 and
2.26). A projection's own width has two parts, which are shared differently: the scatter between set-ups that entries
show, and what is not known of a job, a chip or a framework.
"""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record

#: Standard deviation of ln(throughput) between set-ups of others than the chip's vendor: the part of a width up to here
#: is scatter, what is above it is not known.
SET_UPS = 0.045
#: How much of the scatter two runs of one site share. Between entries of one submitter that was left out of the fit
#: (v1.1 to v5.0), the correlation of what was missed is -0.04 on other chips, 0.16 on the same chips with another job,
#: 0.38 with the same job on up to twice as many, 0.13 beyond; half of it shifts other entries best.
SAME_CHIPS, SAME_RUN = 0.05, 0.30
#: A machine that runs a job again is as fast within 0.1 to 2.3 %: the rest of the scatter is the machine's own.
SAME_MACHINE, REPEATS = 0.65, 0.01
#: And how much of what is not known. Between speeds of one document whose framework was left out of the fit, the
#: correlation is 0.35 on the whole, 0.37 for the same job on other chips, 0.65 for another job on the same, 0.81 for
#: both the same; 0.41, 0.46, 0.45 and 0.67 for language models.
UNKNOWN, UNKNOWN_JOB, UNKNOWN_CHIPS, UNKNOWN_RUN, UNKNOWN_MACHINE = 0.30, 0.10, 0.25, 0.25, 0.10
#: Doublings of the chips that halve what is shared: of the scatter by the same job and by the same machine, and of what
#: is not known.
NEAR, CLOSE, FAR = 1.0, 0.5, 8.0


class Run(Record, frozen=True):
    """Which job ran on how many chips of which kind, and on which machine of the site.

    spread: standard deviation of its projected ln(throughput).
    """

    workload: str
    generation: str
    machine: str
    chips: int
    spread: float


class Site(Record, frozen=True):
    """Measured runs of the user's, and ln(measured / projected time of a step) of each."""

    runs: tuple[Run, ...]
    missed: tuple[float, ...]


class Learnt(Record, frozen=True):
    """Of each run that is asked about: what to add to ln(time of a step), and the part of its spread that is left."""

    shift: FloatArray
    left: FloatArray


def learn(site: Site, asked: Sequence[Run]) -> Learnt:
    """What a site with one measured run or more says of others of its runs."""
    measured, spread = site.runs, np.array([run.spread for run in asked])
    between = _covariance(measured, measured)
    between[np.diag_indices(len(measured))] = [run.spread**2 + REPEATS**2 for run in measured]
    toward = _covariance(asked, measured)
    weights = np.linalg.solve(between, toward.T)
    told = np.einsum("am,ma->a", toward, weights)
    left = np.sqrt(np.maximum(1.0 - told / spread**2, 0.0))
    return Learnt(np.asarray(site.missed) @ weights, left)


def _covariance(first: Sequence[Run], second: Sequence[Run]) -> FloatArray:
    """Between what is missed on each of two lists of runs of one site; shape (first, second)."""
    jobs, chips, machines = (
        np.array([[getattr(a, name) == getattr(b, name) for b in second] for a in first], dtype=np.float64)
        for name in ("workload", "generation", "machine")
    )
    doublings = np.abs(np.log2([[a.chips / b.chips for b in second] for a in first]))
    same = jobs * chips
    repeated = machines * 0.5 ** (doublings / CLOSE)
    scatter = SAME_CHIPS * chips + same * (SAME_RUN * 0.5 ** (doublings / NEAR) + SAME_MACHINE * repeated)
    unknown = UNKNOWN + UNKNOWN_JOB * jobs + UNKNOWN_CHIPS * chips
    unknown += same * (UNKNOWN_RUN * 0.5 ** (doublings / FAR) + UNKNOWN_MACHINE * repeated)
    (known_a, far_a), (known_b, far_b) = _parts(first), _parts(second)
    covariance: FloatArray = scatter * np.outer(known_a, known_b) + unknown * np.outer(far_a, far_b)
    return covariance


def _parts(runs: Sequence[Run]) -> tuple[FloatArray, FloatArray]:
    """Of each spread the scatter between set-ups, and what is above it."""
    spread = np.array([run.spread for run in runs])
    scatter = np.minimum(spread, SET_UPS)
    return scatter, np.sqrt(spread**2 - scatter**2)
