"""A grid of splits of a batch, and the whole numbers and chip counts that are worth a trial."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record

STEP_BETWEEN_CANDIDATES = 1.12
#: Without a pipeline a micro-batch of less than half the largest is as well accumulated half as often, twice as large.
SMALLEST_SHARE = 0.5
ROUNDING = 1.0 + 1e-9
BoolArray = npt.NDArray[np.bool_]


class Splits(Record, frozen=True):
    """Splits of one pipeline, shape (chip counts, splits) each; what is not allowed is not to be tried."""

    replicas: FloatArray
    micro_batch: FloatArray
    accumulation: FloatArray
    allowed: BoolArray


def round_counts(most: FloatArray) -> FloatArray:
    """Powers of two and three times one, up to the largest of some counts."""
    powers = [2**power for power in range(int(most.max()).bit_length())]
    return np.array(sorted([*powers, *(3 * power for power in powers)]))


@lru_cache(maxsize=64)
def spread(first: int, last: int) -> tuple[int, ...]:
    """Whole numbers from first to last, each at least STEP_BETWEEN_CANDIDATES times the one before."""
    values, current = [first], float(first)
    while values[-1] < last:
        current = max(current * STEP_BETWEEN_CANDIDATES, values[-1] + 1.0)
        values.append(min(last, round(current)))
    return tuple(values)
