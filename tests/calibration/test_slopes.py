"""Values that carry their slopes through numpy: every operation that the model uses, against differences."""

from collections.abc import Callable

import numpy as np
import pytest

from ipuwhatif.calibration.slopes import Sloped, SlopedParameters

RANDOM = np.random.default_rng(3)
#: Two parameters for each of four cases, of two kinds, and one that all share.
VALUE = RANDOM.uniform(0.5, 2.0, (1, 5))
KIND = np.array([0, 0, 1, 1, 2])
ONE, OTHER, SHARED = np.array([0, 1, 1, 0]), np.array([2, 3, 2, 2]), np.array([4, 4, 4, 4])
WEIGHTS = RANDOM.uniform(0.5, 2.0, (4,))

Function = Callable[[object, object, object], object]
FUNCTIONS: dict[str, Function] = {
    "sum of unlike": lambda a, b, c: a + b + 1.0,
    "difference": lambda a, b, c: 3.0 - a - b * 2.0,
    "product of like": lambda a, b, c: a * a * c,
    "quotient": lambda a, b, c: WEIGHTS / a / (b / c),
    "power of a value": lambda a, b, c: a**WEIGHTS,
    "power of a slope": lambda a, b, c: WEIGHTS**b * a**c,
    "negative": lambda a, b, c: -(a * b),
    "exponential and logarithm": lambda a, b, c: np.exp(a) * np.log(b + c),
    "square and root": lambda a, b, c: np.sqrt(np.square(a - b) + 0.01 * a * b),
    "soft maximum": lambda a, b, c: np.logaddexp(0.0, a - b) + np.logaddexp(a, c),
    "larger": lambda a, b, c: np.maximum(a, b) + np.maximum(0.7, c),
    "smaller": lambda a, b, c: np.minimum(a, b) * np.minimum(c, 0.7),
    "chosen": lambda a, b, c: np.where(a > b, a * c, b) + np.where(WEIGHTS > 1.0, c, 2.0) + np.where(a < b, 1.0, a),
    "sum over the last axis": lambda a, b, c: np.vecdot(a[:, :, None] * WEIGHTS * c[:, None, :], WEIGHTS),
    "taken by index": lambda a, b, c: a.take(np.array([3, 0, 0, 1]), axis=1) * b,
}


def _answer(function: Function, value: np.ndarray) -> object:
    parameters = SlopedParameters(value, np.ones_like(value), KIND, {})
    return function(*(parameters.take(columns, axis=1) for columns in (ONE, OTHER, SHARED)))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_that_slopes_are_those_that_differences_show(name: str) -> None:
    function = FUNCTIONS[name]
    found = _answer(function, VALUE)
    assert isinstance(found, Sloped)
    plain = function(*(VALUE.take(columns, axis=1) for columns in (ONE, OTHER, SHARED)))
    assert found.value == pytest.approx(plain, rel=1e-14)
    step = 1e-6
    for place, kind in enumerate(found.directions):
        moved = step * (kind == KIND)
        above, below = (
            function(*((VALUE + sign * moved).take(columns, axis=1) for columns in (ONE, OTHER, SHARED)))
            for sign in (1, -1)
        )
        assert found.slopes[place] == pytest.approx((above - below) / (2 * step), rel=1e-6, abs=1e-8)
    flat = set(range(3)) - set(found.directions)
    for kind in flat:
        moved = function(*((VALUE + 0.1 * (kind == KIND)).take(columns, axis=1) for columns in (ONE, OTHER, SHARED)))
        assert moved == pytest.approx(plain, rel=1e-14)


def test_that_constants_stay_plain_arrays() -> None:
    parameters = SlopedParameters(VALUE, np.ones_like(VALUE), np.array([0, 0, -1, -1, 2]), {})
    assert isinstance(parameters.take(OTHER, axis=1), np.ndarray)


def test_that_an_operation_without_a_rule_is_refused_and_not_done_wrongly() -> None:
    sloped = SlopedParameters(VALUE, np.ones_like(VALUE), KIND, {}).take(ONE, axis=1)
    with pytest.raises(TypeError):
        np.sin(sloped)
    with pytest.raises(TypeError):
        np.cumsum(sloped)
