"""The rival that every back-test is held against: `a/n + b` through the entries that were left in."""

import numpy as np

from ipuwhatif.calibration.entries import architecture, is_language, separates_training
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.parameters import FloatArray

QUANTITIES = ("throughput", "samples", "time")


def naive_prediction(seen: Catalog, row: OfficialResult, quantity: str) -> float | None:
    """What `a/n + b` says about a row, or None where nothing alike was left in.

    Entries of the same submitter, workload and division are used, those on the same chips where there are some, of
    others on the same architecture where there are none: those of the row's release where there are two or more sizes,
    else those of all releases. Throughput is
    fitted as time per sample, its inverse. One size alone scales as 1/n.
    """
    kin = [other for other in seen.official if (other.workload, other.division) == (row.workload, row.division)]
    own = [other for other in kin if other.submitter == row.submitter]
    on_same_chip = [other for other in own if _chip(other, seen) == _chip(row, seen)]
    alike = on_same_chip or own or [other for other in kin if architecture(other, seen) == architecture(row, seen)]
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
        seconds = row.training_s if row.training_s and separates_training(row) else row.measured_s
        return row.samples_to_target / seconds
    if quantity == "time":
        return row.score_s
    # A score of a language model is scaled to the reference points, and its samples are judged there.
    return row.samples_to_target * (row.time_scale if is_language(row.workload) else 1.0)


def _chip(row: OfficialResult, seen: Catalog) -> str:
    assert row.choice is not None
    return seen.systems[row.choice.system].chip


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
