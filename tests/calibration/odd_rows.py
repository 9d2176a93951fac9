"""Observations of which one is odd."""

from ipuwhatif.calibration.observations import Observations
from ipuwhatif.records import replace


def slowed(observed: Observations, submitter: str, factor: float) -> Observations:
    """Observations in which the first row of a submitter, in file order, took longer by a factor throughout."""
    row = next(i for i, each in enumerate(observed.rows) if each.submitter == submitter)
    throughput, measured = observed.throughput.copy(), observed.measured_s.copy()
    throughput[row] /= factor
    measured[row] *= factor
    return replace(observed, throughput=throughput, measured_s=measured)
