"""Observations of which one is odd, and slopes as a matrix."""

import numpy as np

from ipuwhatif.calibration.misfit import Slopes
from ipuwhatif.calibration.observations import Observations
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.records import replace


def slowed(observed: Observations, submitter: str, factor: float) -> Observations:
    """Observations in which the first row of a submitter, in file order, took longer by a factor throughout."""
    row = next(i for i, each in enumerate(observed.rows) if each.submitter == submitter)
    throughput, measured = observed.throughput.copy(), observed.measured_s.copy()
    throughput[row] /= factor
    measured[row] *= factor
    return replace(observed, throughput=throughput, measured_s=measured)


def whole(slopes: Slopes) -> np.ndarray:
    """Slopes with those that are 0, shape (residuals, parameters)."""
    matrix = np.zeros((slopes.row.max() + 1, len(all_parameters())))
    matrix[slopes.row, slopes.column] = slopes.value
    return matrix
