"""The rival that every back-test is held against: `a/n + b` through the entries that were left in."""

import numpy as np

from ipuwhatif.calibration.entries import architecture
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.parameters import FloatArray

QUANTITIES = ("throughput", "samples", "time")


def naive_prediction(seen: Catalog, row: OfficialResult, quantity: str) -> float | None:
    """What `a/n + b` says about a row, or None where nothing alike was left in.

    Entries of the same submitter, workload and division are used, of others on the same architecture where there are
    none: those of the row's release where there are two or more sizes, else those of all releases. Throughput is
    fitted as time per sample, its inverse. One size alone scales as 1/n.
    """
    kin = [other for other in seen.official if (other.workload, other.division) == (row.workload, row.division)]
    own = [other for other in kin if other.submitter == row.submitter]
    alike = own or [other for other in kin if architecture(other, seen) == architecture(row, seen)]
    same_release = [other for other in alike if other.release == row.release]
    used = same_release if len({chips_of(other) for other in same_release}) >= 2 else alike
    if not used:
        return None
    inverse = quantity == "throughput"
    measured = np.array([measured_value(other, quantity) for other in used])
    values = 1.0 / measured if inverse else measured
    chips = np.array([chips_of(other) for other in used], dtype=np.float64)
    value = _evaluate(chips, values, chips_of(row), flat=quantity == "samples")
    return 1.0 / value if inverse else value


def measured_value(row: OfficialResult, quantity: str) -> float:
    """Training throughput [samples/s] where the log separates it, else the whole run's; samples; official time [s]."""
    if quantity == "throughput":
        separated = row.training_s is not None and not (row.workload == "bert-large" and row.submitter != "Graphcore")
        seconds = row.training_s if separated and row.training_s is not None else row.measured_s
        return row.samples_to_target / seconds
    return row.samples_to_target if quantity == "samples" else row.score_s


def chips_of(row: OfficialResult) -> int:
    """Chips as the catalog counts them: the log of a CPU entry says 0, its sockets count here."""
    assert row.choice is not None
    return row.choice.chips


def _evaluate(chips: FloatArray, values: FloatArray, at: int, flat: bool) -> float:
    if len(set(chips.tolist())) < 2:
        mean = float(np.exp(np.mean(np.log(values))))
        return mean if flat else mean * float(chips[0]) / at
    # Relative errors count alike at every size; neither a nor b may be so negative that a time would be.
    design = np.stack([1.0 / chips, np.ones_like(chips)], axis=1) / values[:, None]
    (slope, constant), *_ = np.linalg.lstsq(design, np.ones_like(values), rcond=None)
    return max(float(slope) / at + float(constant), float(values.min()) * 0.1)
