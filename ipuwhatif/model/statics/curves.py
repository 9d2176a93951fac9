"""Curves over the batch that cases share: reference points in force, and samples between evaluations."""

from functools import lru_cache

import numpy as np

from ipuwhatif.catalog.stacks import HULL, POINTS
from ipuwhatif.catalog.types import STATED, ReferencePoint
from ipuwhatif.model.parameters import FloatArray, known
from ipuwhatif.model.statics.keys import SharedCatalog

#: The last round whose reference points are all in the evidence; of later ones it has what they changed or added.
LISTED_WHOLE = "v1.1"
HULL_STEPS = 128
#: What is known at some batches: natural logarithm of the batch, and the value there.
Curve = tuple[FloatArray, FloatArray]


@lru_cache(maxsize=64)
def reference_curves(shared: SharedCatalog, workload: str, release: str, recipe: str) -> tuple[Curve, ...]:
    """Reference convergence points that a closed score is scaled up to where it converged faster.

    In v1.1 a curve that never falls per family of points: ResNet-50 has two, no entry was scaled to the slower one.
    From v2.1 on one for the benchmark, the lower hull of its points, linear in the batch: the scores of 60 entries at
    other batches than those of the points lie on it within 0.1 %.
    """
    lifted_to = shared.catalog.releases[release].lifted_to
    if not lifted_to or recipe != "closed" or known().workloads[workload].tabled:
        return ()
    families: dict[str, dict[int, float]] = {}
    for point in _in_force(shared, workload, release):
        families.setdefault(point.recipe_family if lifted_to == POINTS else "", {})[point.global_batch] = point.samples
    curves = [
        (
            np.array(sorted(points), dtype=np.float64),
            np.minimum.accumulate([points[batch] for batch in sorted(points, reverse=True)])[::-1],
        )
        for points in families.values()
    ]
    if lifted_to == HULL:
        curves = [_lower_hull(curve) for curve in curves]
    return tuple((np.log(batch), np.log(samples)) for batch, samples in curves)


def _in_force(shared: SharedCatalog, workload: str, release: str) -> list[ReferencePoint]:
    """The reference points that held in the round of a release: those of v1.1, and what later rounds changed."""
    mlperf_round = shared.catalog.releases[release].mlperf_round or "later"
    points = [each for each in shared.catalog.references if each.workload == workload]
    listed_whole = max((each.mlperf_round for each in points if each.mlperf_round <= LISTED_WHOLE), default="later")
    return [each for each in points if listed_whole <= each.mlperf_round <= mlperf_round]


def _lower_hull(points: Curve) -> Curve:
    """The lower hull of points that never fall, at batches near enough for a straight line in logarithms."""
    hull: list[tuple[float, float]] = []
    for batch, samples in zip(*points, strict=True):
        while len(hull) > 1 and _lies_above(hull[-2], hull[-1], (batch, samples)):
            hull.pop()
        hull.append((batch, samples))
    corners, heights = np.array(hull).T
    near = np.unique(np.concatenate([corners, np.geomspace(corners[0], corners[-1], HULL_STEPS)]))
    return near, np.interp(near, corners, heights)


def _lies_above(left: tuple[float, float], middle: tuple[float, float], right: tuple[float, float]) -> bool:
    """Whether a point lies on or above the straight line between two others."""
    share = (middle[0] - left[0]) / (right[0] - left[0])
    return middle[1] >= left[1] + share * (right[1] - left[1])


@lru_cache(maxsize=64)
def tabled_curve(shared: SharedCatalog, workload: str, release: str) -> tuple[Curve, ...]:
    """The reference points of the last round up to a release, or of the first there is; a curve that never falls."""
    prior = known().workloads.get(workload)
    if prior is None or not prior.tabled:
        return ()
    own = [point for point in shared.catalog.references if point.workload == workload]
    rounds = {point.mlperf_round for point in own}
    until = [each.mlperf_round for each in shared.catalog.releases.values() if each.key <= release]
    last = max((each for each in rounds if each in until), default=min(rounds, default=""))
    points = {point.global_batch: point.samples for point in own if point.mlperf_round == last}
    samples = np.maximum.accumulate([points[batch] for batch in sorted(points)])
    return ((np.log(np.array(sorted(points), dtype=np.float64)), np.log(samples)),) if points else ()


@lru_cache(maxsize=64)
def spacing_curve(shared: SharedCatalog, workload: str) -> Curve:
    """Samples between evaluations by batch, as the entries with a known layout ran them; infinite without a target."""
    job = shared.catalog.workloads[workload]
    if job.kind == STATED:
        return np.array([0.0]), np.array([np.inf])
    if known().workloads[workload].evaluation_every:
        return np.array([0.0]), np.array([known().workloads[workload].evaluation_every])
    dataset = job.data["dataset_samples"].value
    epochs = known().workloads[workload].evaluation_epochs
    if epochs > 0.0:
        return np.array([0.0]), np.array([epochs * dataset])
    spacings: dict[int, list[float]] = {}
    for entry in shared.catalog.official:
        if entry.workload == workload and entry.layout and entry.mlperf_round != "v0.7" and entry.evaluations > 0:
            spacings.setdefault(entry.global_batch, []).append(entry.samples_to_target / entry.evaluations)
    batches = sorted(spacings)
    return np.log(batches), np.array([float(np.median(spacings[batch])) for batch in batches])
