"""What the user changes about hardware, software and the world, as factors over cases; 1 (0 for rounds) says nothing.

Only what is moved anywhere becomes an array, so that a question without levers costs nothing here.
"""

from collections.abc import Mapping, Sequence
from operator import attrgetter

import numpy as np

from ipuwhatif.model.case import Assumed, Gains
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import field_names

GAINS = field_names(Gains)
ASSUMED = field_names(Assumed)
_gains, _assumed = attrgetter(*GAINS), attrgetter(*ASSUMED)
_NO_GAIN, _NO_ASSUMPTION = Gains(), Assumed()
_NEUTRAL_GAINS, _NEUTRAL_ASSUMED = np.array(_gains(_NO_GAIN)), np.array(_assumed(_NO_ASSUMPTION))
#: What changes the time of a micro-batch: cases that differ in it run no common one.
OF_MICRO_BATCH = (
    "compute",
    "peak",
    "clock",
    "memory_bandwidth",
    "dense_convolution",
    "grouped_convolution",
    "matmul",
    "attention",
    "memory_efficiency",
    "launch",
)
_micro_batch_gains = attrgetter(*(name for name in OF_MICRO_BATCH if name in GAINS))
_micro_batch_assumed = attrgetter(*(name for name in OF_MICRO_BATCH if name in ASSUMED))
NOTHING: Mapping[str, FloatArray] = {}


def factors_of(gains: Sequence[Gains], assumed: Sequence[Assumed]) -> Mapping[str, FloatArray]:
    """The factors that are moved for any of some cases, by name; shape (cases,), or (1,) where all cases share one."""
    found = _moved(GAINS, gains, _NO_GAIN, _NEUTRAL_GAINS, _gains)
    return found | _moved(ASSUMED, assumed, _NO_ASSUMPTION, _NEUTRAL_ASSUMED, _assumed)


def of_micro_batch(gains: Gains, assumed: Assumed) -> tuple[float, ...]:
    """What two cases must agree in to run the same micro-batch."""
    return _micro_batch_gains(gains) + _micro_batch_assumed(assumed)


def _moved(
    names: tuple[str, ...],
    values: Sequence[object],
    nothing: object,
    neutral: FloatArray,
    read: "attrgetter[tuple[float, ...]]",
) -> dict[str, FloatArray]:
    first = values[0] if len(values) else nothing
    if all(each is first for each in values) or all(each == first for each in values):
        if first == nothing:
            return {}
        values = (first,)
    table = np.array([read(each) for each in values], dtype=np.float64)
    moved = (table != neutral).any(axis=0)
    return {name: table[:, column].copy() for column, name in enumerate(names) if moved[column]}
