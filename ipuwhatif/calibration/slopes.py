"""Slopes by forward-mode differentiation: the model, asked once, says how it moves with each of its parameters.

.. math:: (u, u') (v, v') = (uv,\\; u'v + uv'), \\qquad f(u, u') = (f(u), f'(u)\\,u')

numpy's own operators carry value and slopes on [1]_. They are exact to rounding, so that the optimum of a fit does not
hang on the step of a difference. A case depends on one parameter of a kind at most (one drift, one start-up ...), so
that a direction for each kind serves all parameters of the kind at once [2]_.

.. [1] Griewank and Walther 2008, "Evaluating Derivatives", SIAM, chapter 3.
.. [2] Curtis, Powell and Reid 1974, "On the estimation of sparse Jacobian matrices", J. Inst. Maths Applics 13.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from ipuwhatif.model.parameters import FloatArray, IntArray

Directions = tuple[int, ...]
#: An array, or a value that carries slopes: whatever numpy's operators take. numpy's own protocols name no type.
Carried = Any


class Sloped(NDArrayOperatorsMixin):
    """A value of any shape, and its slopes: one array of that shape for each direction in which it is not flat."""

    __slots__ = ("directions", "slopes", "value")

    def __init__(self, value: FloatArray, slopes: FloatArray, directions: Directions) -> None:
        self.value = value
        self.slopes = slopes
        self.directions = directions

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    def __getitem__(self, place: tuple[Carried, ...]) -> "Sloped":
        return Sloped(self.value[place], self.slopes[(slice(None), *place)], self.directions)

    def take(self, columns: IntArray, axis: int) -> "Sloped":
        return Sloped(self.value.take(columns, axis), self.slopes.take(columns, axis + 1), self.directions)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: Carried, **options: Carried) -> Carried:
        options.pop("out", None)  # in place is to put the result in the place of the operand, as the caller does
        if method != "__call__" or options or (ufunc not in _RULES and ufunc not in _COMPARISONS):
            return NotImplemented
        values = [operand.value if isinstance(operand, Sloped) else operand for operand in operands]
        result = ufunc(*values)
        if ufunc in _COMPARISONS:
            return result
        total: Slopes | None = None
        for operand, rule in zip(operands, _RULES[ufunc], strict=True):
            if isinstance(operand, Sloped):
                part = rule(result, operand.slopes, *values), operand.directions
                total = part if total is None else _sum(total, part)
        assert total is not None
        return Sloped(result, *total)

    def __array_function__(self, function: Carried, types: Carried, arguments: Carried, options: Carried) -> Carried:
        if function is not np.where or options:
            return NotImplemented
        chosen, first, second = arguments
        value = np.where(chosen, *(each.value if isinstance(each, Sloped) else each for each in (first, second)))
        total: Slopes | None = None
        for operand, taken in ((first, chosen), (second, np.logical_not(chosen))):
            if isinstance(operand, Sloped):
                part = np.where(taken, operand.slopes, 0.0), operand.directions
                total = part if total is None else _sum(total, part)
        assert total is not None
        return Sloped(value, *total)


#: What is known of columns that were taken before: the directions of their kinds, and which columns lie along each.
Seeds = dict[tuple[tuple[int, ...], bytes], tuple[Directions, FloatArray]]


class SlopedParameters:
    """Natural values of the parameters as the model takes them, with a slope along the direction of their kind.

    value, and its rate with what the slopes are counted in: shape (1, parameters); kind: shape (parameters,), -1 for
    constants. seeds: kept from one set of values to the next.
    """

    def __init__(self, value: FloatArray, rate: FloatArray, kind: IntArray, seeds: Seeds) -> None:
        self._value, self._rate, self._kind, self._seeds = value, rate, kind, seeds

    def take(self, columns: IntArray, axis: int) -> Carried:
        key = columns.shape, columns.tobytes()
        if key not in self._seeds:
            kinds = self._kind[columns]
            directions = tuple(sorted({*kinds.ravel().tolist()} - {-1}))
            self._seeds[key] = directions, np.array([kinds[None] == kind for kind in directions], dtype=np.float64)
        directions, along = self._seeds[key]
        value = self._value.take(columns, axis)
        return Sloped(value, self._rate.take(columns, axis) * along, directions) if directions else value


Slopes = tuple[FloatArray, Directions]


def _sum(first: Slopes, second: Slopes) -> Slopes:
    (one, along_one), (other, along_other) = first, second
    if along_one == along_other:
        return one + other, along_one
    both, at_one, at_other = _union(along_one, along_other)
    total = np.zeros((len(both), *np.broadcast_shapes(one.shape[1:], other.shape[1:])))
    total[at_one] = one
    total[at_other] += other
    return total, both


@lru_cache(maxsize=4096)
def _union(one: Directions, other: Directions) -> tuple[Directions, slice | IntArray, slice | IntArray]:
    """Directions of either, in order, and where those of each are among them."""
    both = tuple(sorted({*one, *other}))
    return both, _places(both, one), _places(both, other)


def _places(both: Directions, some: Directions) -> slice | IntArray:
    places = [both.index(direction) for direction in some]
    if places[-1] - places[0] == len(places) - 1:
        return slice(places[0], places[-1] + 1)
    return np.array(places, dtype=np.intp)


def _taken(compare: np.ufunc) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Rules of a larger or smaller of two: the slope of the one that is taken, of the first where both are equal."""
    return (
        lambda _, slopes, first, second: np.where(compare(first, second), slopes, 0.0),
        lambda _, slopes, first, second: np.where(compare(first, second), 0.0, slopes),
    )


_COMPARISONS = (np.greater, np.greater_equal, np.less, np.less_equal)
#: For each operand of a ufunc its part of the result's slopes, from the result, the operand's slopes and all values.
_RULES: dict[np.ufunc, tuple[Callable[..., Any], ...]] = {
    np.add: (lambda _, slopes, u, v: slopes, lambda _, slopes, u, v: slopes),
    np.subtract: (lambda _, slopes, u, v: slopes, lambda _, slopes, u, v: -slopes),
    np.multiply: (lambda _, slopes, u, v: slopes * v, lambda _, slopes, u, v: slopes * u),
    np.true_divide: (lambda _, slopes, u, v: slopes / v, lambda result, slopes, u, v: slopes * (-result / v)),
    np.power: (
        lambda result, slopes, u, v: slopes * (v * result / u),
        lambda result, slopes, u, v: slopes * (result * np.log(u)),
    ),
    np.negative: (lambda _, slopes, u: -slopes,),
    np.square: (lambda _, slopes, u: slopes * (2.0 * u),),
    np.sqrt: (lambda result, slopes, u: slopes * (0.5 / np.maximum(result, np.finfo(float).tiny)),),
    np.exp: (lambda result, slopes, u: slopes * result,),
    np.log: (lambda _, slopes, u: slopes / u,),
    np.logaddexp: (
        lambda result, slopes, u, v: slopes * np.exp(u - result),
        lambda result, slopes, u, v: slopes * np.exp(v - result),
    ),
    np.maximum: _taken(np.greater_equal),
    np.minimum: _taken(np.less_equal),
    np.vecdot: (lambda _, slopes, u, v: np.vecdot(slopes, v), lambda _, slopes, u, v: np.vecdot(u, slopes)),
}
