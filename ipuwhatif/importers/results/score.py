"""A score from the runs of an entry, by the rules of MLPerf: so many runs, the fastest and slowest dropped, the mean.

A run that missed its target counts as slower than any other. Where the submission says by how much its runs met the
target sooner than the reference (`scaling.json`), the mean is scaled by that.
"""

import math
from collections.abc import Sequence
from statistics import fmean

import numpy as np

from ipuwhatif.catalog.evidence.references import GPT3_TOKENS
from ipuwhatif.catalog.evidence.suite_results import Benchmark
from ipuwhatif.catalog.stacks import HULL, Release
from ipuwhatif.catalog.types import Catalog, Workload
from ipuwhatif.importers.results.mllog import Run
from ipuwhatif.importers.results.reasons import OfResult, ResultFault
from ipuwhatif.records import Record
from ipuwhatif.units import RefusedError, Said

#: What the logs of these count an evaluation in, where they do not say samples.
_IN_EPOCHS, _IN_TOKENS = ("resnet50",), ("gpt3-175b",)
_LISTED_WHOLE = "v1.1"  # the last round whose points are listed whole for jobs that are no language models
_LEAST_LIFT = 1.001  # below it the reference says nothing worth telling


class Score(Record, frozen=True):
    """The mean time [s] of the runs that count, and whether the rules of the round make a score of it."""

    seconds: float
    by_rules: bool
    samples: float | None  # that those runs needed, on average
    notes: tuple[Said, ...]


def score_of(runs: Sequence[Run], benchmark: Benchmark | None, workload: Workload | None, scaling: float) -> Score:
    """The score of the runs of one entry; of fewer or more runs than the rules take the plain mean, said to be that.

    InputError where no run reached the target, or more missed it than the rules drop.
    """
    reached = [run for run in runs if run.reached and run.time_s is not None]
    missed = [run for run in runs if run not in reached]
    notes: list[Said] = [_missed(run) for run in missed]
    if not reached:
        raise RefusedError(ResultFault.NO_RUN_REACHED)
    if benchmark is None or len(runs) != benchmark.runs:
        if benchmark is not None:
            notes.append(OfResult(ResultFault.PLAIN_MEAN, count=len(runs), most=benchmark.runs))
        return Score(fmean(_time(run) for run in reached) * scaling, False, _samples(reached, workload), tuple(notes))
    if len(missed) > benchmark.dropped:
        raise RefusedError(OfResult(ResultFault.TOO_MANY_MISSED, count=len(missed), most=benchmark.dropped))
    kept = sorted(runs, key=lambda run: _time(run) if run.reached else math.inf)[benchmark.dropped : -benchmark.dropped]
    seconds = fmean(_time(run) for run in kept) * scaling
    return Score(seconds, True, _samples(reached, workload), tuple(notes))


def lift_of(catalog: Catalog, release: Release, workload: Workload, global_batch: int, samples: float) -> float | None:
    """About how much a closed score is lifted where its runs needed `samples`: over the lower hull of the points.

    None where the rules of the round lift nothing, or MLCommons measured no point of this job that is at hand.
    """
    points = [each for each in catalog.references if each.workload == workload.key and release.lifted_to == HULL]
    rounds = {each.mlperf_round for each in points if each.mlperf_round <= (release.mlperf_round or "v9")}
    base = max(rounds) if workload.tokens_per_sample and rounds else _LISTED_WHOLE
    held = {
        each.global_batch: each.samples for each in points if base <= each.mlperf_round and each.mlperf_round in rounds
    }
    if not held:
        return None
    lift = float(np.interp(global_batch, *_hull(held))) / samples
    return lift if lift > _LEAST_LIFT else None


def _hull(points: dict[int, float]) -> tuple[list[float], list[float]]:
    """Batches and samples of the lower hull of points that never fall towards larger batches."""
    hull: list[tuple[float, float]] = []
    for batch in sorted(points):
        point = (float(batch), min(points[each] for each in points if each >= batch))
        while len(hull) > 1 and _above(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    return [batch for batch, _ in hull], [samples for _, samples in hull]


def _above(left: tuple[float, float], middle: tuple[float, float], right: tuple[float, float]) -> bool:
    share = (middle[0] - left[0]) / (right[0] - left[0])
    return middle[1] >= left[1] + share * (right[1] - left[1])


def _time(run: Run) -> float:
    return math.inf if run.time_s is None else run.time_s


def _samples(runs: Sequence[Run], workload: Workload | None) -> float | None:
    """Mean samples to the target, the fewest and the most dropped; None where a log does not say."""
    counted = [None if workload is None else _in_samples(run, workload) for run in runs]
    each = sorted(count for count in counted if count is not None)
    if len(each) < len(runs):
        return None
    return fmean(each[1:-1] if len(each) > 2 else each)


def _in_samples(run: Run, workload: Workload) -> float | None:
    """None where a log counts what is fewer than one batch: then it counts something else than samples."""
    counted = run.counted or 0.0
    if not run.in_samples and workload.key in _IN_EPOCHS:
        return counted * workload.data["dataset_samples"].value
    samples = counted / GPT3_TOKENS if not run.in_samples and workload.key in _IN_TOKENS else counted
    return samples if samples >= (run.global_batch or 1) else None


def _missed(run: Run) -> OfResult:
    fault = ResultFault.WITHOUT_STOP if run.time_s is None else ResultFault.MISSED
    return OfResult(fault, run.name, count=run.lines)
