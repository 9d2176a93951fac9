"""The rival that every back-test is held against: `a/n + b` through the entries that were left in."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.model.parameters import FloatArray

QUANTITIES = ("throughput", "samples", "time")


def naive_prediction(training: Sequence[OfficialResult], row: OfficialResult, quantity: str) -> float | None:
    """What `a/n + b` says about a row, or None where nothing alike was left in.

    Entries of the same submitter, workload and division are used: those of the row's release where there are two or
    more sizes, else those of all releases. Throughput is fitted as time per sample, its inverse. One size alone
    scales as 1/n.
    """
    alike = [
        other
        for other in training
        if (other.submitter, other.workload, other.division) == (row.submitter, row.workload, row.division)
    ]
    same_release = [other for other in alike if other.release == row.release]
    used = same_release if len({other.chips for other in same_release}) >= 2 else alike
    if not used:
        return None
    inverse = quantity == "throughput"
    measured = np.array([measured_value(other, quantity) for other in used])
    values = 1.0 / measured if inverse else measured
    chips = np.array([other.chips for other in used], dtype=np.float64)
    value = _evaluate(chips, values, row.chips, flat=quantity == "samples")
    return 1.0 / value if inverse else value


def measured_value(row: OfficialResult, quantity: str) -> float:
    """Training throughput [samples/s] where the log separates it, else the whole run's; samples; official time [s]."""
    if quantity == "throughput":
        separated = row.training_s is not None and not (row.workload == "bert-large" and row.submitter == "NVIDIA")
        seconds = row.training_s if separated and row.training_s is not None else row.measured_s
        return row.samples_to_target / seconds
    return row.samples_to_target if quantity == "samples" else row.score_s


def _evaluate(chips: FloatArray, values: FloatArray, at: int, flat: bool) -> float:
    if len(set(chips.tolist())) < 2:
        mean = float(np.exp(np.mean(np.log(values))))
        return mean if flat else mean * float(chips[0]) / at
    # Relative errors count alike at every size; neither a nor b may be so negative that a time would be.
    design = np.stack([1.0 / chips, np.ones_like(chips)], axis=1) / values[:, None]
    (slope, constant), *_ = np.linalg.lstsq(design, np.ones_like(values), rcond=None)
    return max(float(slope) / at + float(constant), float(values.min()) * 0.1)
