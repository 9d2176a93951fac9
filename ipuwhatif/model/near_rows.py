"""What measured rows near by took longer than the rest of the model says: a factor on the step of a language model.

.. math:: \\ln y = (1 - u)\\, a_k + u\\, a_{k+1}, \\qquad u = \\log_2 (n / n_k)

Rows are near where job, chip and round are the same. a_k stand at n_k = 4, 8, 16, ... chips, so that the factor bends
at those and jumps nowhere; independent a_k make ln y a Gaussian process along the chips whose kernel is a sum of hats
(Rasmussen and Williams 2006, "Gaussian Processes for Machine Learning", section 2.1.2). Where nobody measured, y is 1.
"""

from functools import cache

import numpy as np

from ipuwhatif.catalog.stacks import Software
from ipuwhatif.catalog.types import Chip, Workload
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import FloatArray, IntArray, parameter_index
from ipuwhatif.records import replace

STEM = "language_near"
SIZES = tuple(2**power for power in range(2, 15))
BELOW, ABOVE = "near_below", "near_above"


@cache
def parameters_of_near_rows() -> IntArray:
    """The columns of all of them, the last of the parameters."""
    return np.array([at for name, at in parameter_index().items() if name.startswith(STEM)], dtype=np.intp)


def near_columns(workload: Workload, chip: Chip, release: str, software: Software | None) -> IntArray:
    """The parameter at each of SIZES, shape (sizes,): that of the constant 1 where nobody measured."""
    index = parameter_index()
    place = f"{STEM}.{workload.key}.{chip.key}.{release}"
    names = [f"{place}.{size}" if software is None else "one" for size in SIZES]
    return np.array([index.get(name, index["one"]) for name in names], dtype=np.intp)


def near_roles(columns: IntArray, take: IntArray | None, chips: FloatArray) -> dict[str, IntArray]:
    """The parameters at the sizes around each number of chips; none where no key is near to any row.

    columns: shape (sizes, keys); take: which of the keys a case has, None where one stands for all.
    """
    if (columns == parameter_index()["one"]).all():
        return {}
    below, _ = _between(chips)
    key = 0 if take is None else take
    return {BELOW: columns[below, key], ABOVE: columns[below + 1, key]}


def near_shares(chips: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What the sizes below and above count, shape (cases,) each."""
    _, share = _between(chips)
    return 1.0 - share, share


def without_near_rows(inputs: Inputs) -> Inputs:
    """The inputs of a fit that does not know yet what rows near by will tell."""
    one = np.array([parameter_index()["one"]], dtype=np.intp)
    return replace(inputs, role=inputs.role | {BELOW: one, ABOVE: one})


def near_effect(inputs: Inputs, parameters: FloatArray) -> FloatArray | float:
    """The factor on the time of a step; 1 where no row is near."""
    one = parameter_index()["one"]
    if all((inputs.role[role] == one).all() for role in (BELOW, ABOVE)):
        return 1.0
    below, above = near_shares(inputs.chips)
    effect: FloatArray = inputs.drawn(BELOW, parameters) ** below * inputs.drawn(ABOVE, parameters) ** above
    return effect


def _between(chips: FloatArray) -> tuple[IntArray, FloatArray]:
    """Place of the size below each number of chips, and how far above it lies toward the next, 0 to 1."""
    place = np.clip(np.log2(chips / SIZES[0]), 0.0, len(SIZES) - 1.0)
    below = np.minimum(place.astype(np.intp), len(SIZES) - 2)
    return below, place - below
