"""What a few measurements of one's own say about other runs on the same machines.

How far a measured run lies from its projection is shared with other runs of the same site, the more the nearer they
are: the same chips, the same job, about as many of them, the same software. With k the covariance between runs, r what
was missed on the measured ones and K their covariance, another run is moved and its interval narrowed by

.. math:: m_* = k_*^T K^{-1} r, \\qquad v_* = k_{**} - k_*^T K^{-1} k_*

(Gaussian process regression: Rasmussen and Williams 2006, "Gaussian Processes for Machine Learning", equations 2.25
and 2.26). k is a sum of what is shared for one reason each, so that the move is one, too. How wide the spreads are is
learnt as well, from r^T K^{-1} r (Shah, Wilson and Ghahramani 2014, "Student-t Processes as Alternatives to Gaussian
Processes"). What a run would leave open is known, on average, before it is measured. A projection's own width has two
parts, which are shared differently: the scatter between set-ups that entries show, and what is not known of a job, a
chip or a framework.
"""

from collections.abc import Mapping, Sequence

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
#: What of that a run under the software of another release shares: of the same job on up to twice as many chips the
#: correlation is 0.65 in one round and 0.37 in two, on others 0.34 and 0.13.
OTHER_RELEASE = 0.5
#: And how much of what is not known. Between speeds of one document whose framework was left out of the fit, the
#: correlation is 0.35 on the whole, 0.37 for the same job on other chips, 0.65 for another job on the same, 0.81 for
#: both the same; 0.41, 0.46, 0.45 and 0.67 for language models. In the six documents that print speeds of several
#: states of software, two of them share next to nothing: 0.03 and 0.15 on the whole, -0.08 and -0.01 where job and
#: chips agree.
#: Runs that agree in all share all of it: what keeps those correlations below 1 is the scatter, which the width holds
#: already. With a tenth held back once more, intervals of a new framework's other runs held 94 %, now 87.
UNKNOWN, UNKNOWN_SOFTWARE, UNKNOWN_JOB, UNKNOWN_CHIPS, UNKNOWN_RUN = 0.05, 0.25, 0.10, 0.30, 0.30
#: Doublings of the chips that halve what is shared: of the scatter by the same job and by the same machine, and of what
#: is not known.
NEAR, CLOSE, FAR = 1.0, 0.5, 8.0
#: What is missed by more than so many spreads is the rest of its own machine alone: about one entry in ten is slow for
#: a reason that no log tells.
MOST_SHARED = 2.0
#: As many runs' worth is known of how wide a spread is before anything is measured. With it intervals that one entry of
#: a submitter narrows by a tenth hold 76 % of its others, without it 67 %.
SPREAD_KNOWN = 4.0
#: Why a run is moved: what it has in common with those that were measured.
EFFECTS = (SITE, SOFTWARE, JOB, CHIPS, SIZE, MACHINE) = ("site", "software", "job", "chips", "size", "machine")


class Run(Record, frozen=True):
    """Which job ran on how many chips of which kind, on which machine of the site, under whose software of when.

    spread: standard deviation of its projected ln(throughput).
    """

    workload: str
    generation: str
    machine: str
    chips: int
    spread: float
    framework: str = ""  # empty: as entries of the release ran it
    release: str = ""


class Site(Record, frozen=True):
    """Measured runs of the user's, and ln(measured / projected time of a step) of each."""

    runs: tuple[Run, ...]
    missed: tuple[float, ...]


class Learnt(Record, frozen=True):
    """Of each run that is asked about: what to add to ln(time of a step), and the part of its spread that is left.

    `effects` are the parts of the shift by what a run has in common with those that were measured; they add up to it.
    """

    shift: FloatArray
    left: FloatArray
    effects: Mapping[str, FloatArray]


def learn(site: Site, asked: Sequence[Run]) -> Learnt:
    """What a site with one measured run or more says of others of its runs."""
    parts, between = _shared(asked, site.runs), _between(site.runs)
    missed, shared = np.asarray(site.missed), _shared_misses(site)
    of_each = np.linalg.solve(between, shared)
    effects = {name: part @ of_each for name, part in parts.items()}
    effects[MACHINE] = effects[MACHINE] + _of_machine(site.runs, asked, missed - shared)
    left = _left(between, _sum(parts).T, asked)
    left = left * _surer(float(shared @ of_each), len(site.runs), left)
    return Learnt(sum(effects.values(), np.zeros(len(asked))), left, effects)


def left_after(site: Site, asked: Sequence[Run], candidates: Sequence[Run]) -> FloatArray:
    """The part of the spread of each asked run that is left once one of some candidates is measured as well.

    Shape (candidates, asked). site: what is known already, perhaps nothing.
    """
    measured, count, between = site.runs, len(asked), _between(site.runs)
    to_asked, to_candidates = _covariance(measured, asked), _covariance(measured, candidates)
    told = np.linalg.solve(between, np.concatenate([to_asked, to_candidates], axis=1))
    open_there = np.array([run.spread**2 + REPEATS**2 for run in candidates])
    open_there -= np.einsum("mc,mc->c", to_candidates, told[:, count:])
    shared = _covariance(candidates, asked) - to_candidates.T @ told[:, :count]
    spread = np.array([run.spread for run in asked])
    before = _left(between, to_asked, asked)
    left = np.sqrt(np.maximum(before**2 - shared**2 / open_there[:, None] / spread**2, 0.0))
    misses = _shared_misses(site)
    return np.asarray(left * _surer(float(misses @ np.linalg.solve(between, misses)), len(measured), before))


def _left(between: FloatArray, toward: FloatArray, asked: Sequence[Run]) -> FloatArray:
    """The part of the spread of each asked run that measured runs leave, however much was missed on them.

    between: covariance of the measured runs; toward: theirs with those asked, shape (measured, asked).
    """
    told = np.einsum("ma,ma->a", toward, np.linalg.solve(between, toward))
    return np.asarray(np.sqrt(np.maximum(1.0 - told / np.array([run.spread for run in asked]) ** 2, 0.0)))


def _surer(surprise: float, measured: int, left: FloatArray) -> FloatArray:
    """Factor on what is left: above 1 where more was missed than spreads say, below where less, as far as shared.

    surprise: the square of what was missed on so many measured runs, by their covariance.
    """
    scale = (SPREAD_KNOWN + surprise) / (SPREAD_KNOWN + measured)
    return np.asarray(np.sqrt(1.0 + np.sqrt(1.0 - left**2) * (scale - 1.0)))


def _shared_misses(site: Site) -> FloatArray:
    """What was missed as far as it may say something of other machines."""
    bound = MOST_SHARED * np.array([run.spread for run in site.runs])
    return np.clip(np.asarray(site.missed, dtype=np.float64), -bound, bound)


def _of_machine(measured: Sequence[Run], asked: Sequence[Run], missed: FloatArray) -> FloatArray:
    """What a run is moved by that only its machine has, at about as many chips of it."""
    here = np.linalg.solve(_machines(measured, measured) + REPEATS**2 * np.eye(len(measured)), missed)
    return np.asarray(_machines(asked, measured) @ here)


def _machines(first: Sequence[Run], second: Sequence[Run]) -> FloatArray:
    """1 where two runs are of one job on one machine at one size, less the further the sizes are apart."""
    same = _same(first, second, "machine") * _same(first, second, "workload") * _same(first, second, "generation")
    return np.asarray(same * 0.5 ** (np.abs(np.subtract.outer(_logs(first), _logs(second))) / CLOSE))


def _between(measured: Sequence[Run]) -> FloatArray:
    """Covariance of what was missed on measured runs: that of each with itself is all of it, and what repeats."""
    between = _covariance(measured, measured)
    between[np.diag_indices(len(measured))] = [run.spread**2 + REPEATS**2 for run in measured]
    return between


def _covariance(first: Sequence[Run], second: Sequence[Run]) -> FloatArray:
    """Between what is missed on each of two lists of runs of one site; shape (first, second)."""
    return _sum(_shared(first, second))


def _sum(parts: Mapping[str, FloatArray]) -> FloatArray:
    return np.asarray(np.sum(list(parts.values()), axis=0))


def _shared(first: Sequence[Run], second: Sequence[Run]) -> dict[str, FloatArray]:
    """The same by EFFECTS, what the two have in common."""
    jobs, chips, machines, frameworks, releases = (
        _same(first, second, name) for name in ("workload", "generation", "machine", "framework", "release")
    )
    doublings = np.abs(np.subtract.outer(_logs(first), _logs(second)))
    repeated = machines * 0.5 ** (doublings / CLOSE)
    one = jobs * chips
    (known_a, far_a), (known_b, far_b) = _parts(first), _parts(second)
    scatter = np.outer(known_a, known_b) * (OTHER_RELEASE + (1.0 - OTHER_RELEASE) * releases)
    unknown = np.outer(far_a, far_b)
    of_framework = unknown * frameworks
    return {
        SITE: UNKNOWN * unknown,
        SOFTWARE: UNKNOWN_SOFTWARE * of_framework,
        JOB: UNKNOWN_JOB * jobs * of_framework,
        CHIPS: chips * (SAME_CHIPS * scatter + UNKNOWN_CHIPS * of_framework),
        SIZE: one
        * (SAME_RUN * 0.5 ** (doublings / NEAR) * scatter + UNKNOWN_RUN * 0.5 ** (doublings / FAR) * of_framework),
        MACHINE: one * repeated * SAME_MACHINE * scatter,
    }


def _same(first: Sequence[Run], second: Sequence[Run], name: str) -> FloatArray:
    """1 where a field of two runs is the same, else 0; shape (first, second)."""
    codes: dict[str, int] = {}
    here, there = (
        np.array([codes.setdefault(getattr(run, name), len(codes)) for run in some], dtype=np.intp)
        for some in (first, second)
    )
    return np.asarray(here[:, None] == there, dtype=np.float64)


def _logs(runs: Sequence[Run]) -> FloatArray:
    return np.asarray(np.log2([run.chips for run in runs]))


def _parts(runs: Sequence[Run]) -> tuple[FloatArray, FloatArray]:
    """Of each spread the scatter between set-ups, and what is above it."""
    spread = np.array([run.spread for run in runs])
    scatter = np.minimum(spread, SET_UPS)
    return scatter, np.sqrt(spread**2 - scatter**2)
