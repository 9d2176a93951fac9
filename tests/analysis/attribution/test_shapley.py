"""Parts of a change: nothing left over, no order preferred."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.attribution.shapley import shapley

NAMES = ("a", "b", "c", "d")
ends = st.fixed_dictionaries({name: st.floats(0.0, 1e4) for name in NAMES})


def mixed(factors) -> float:
    return factors["a"] * (factors["b"] / (1.0 + factors["c"]) + factors["d"])


@given(before=ends, after=ends)
def test_that_parts_add_up_and_flip_with_the_ends(before, after) -> None:
    parts, back = shapley(before, after, mixed), shapley(after, before, mixed)
    size = max(1.0, *(abs(value) for value in parts.values()), mixed(before), mixed(after))
    assert sum(parts.values()) == pytest.approx(mixed(after) - mixed(before), abs=1e-9 * size)
    assert back == {name: -part for name, part in parts.items()}


@given(before=ends, after=ends, order=st.permutations(NAMES))
def test_that_the_order_of_the_factors_does_not_matter(before, after, order) -> None:
    there = shapley(before, after, mixed)
    assert shapley({name: before[name] for name in order}, after, mixed) == pytest.approx(there, rel=1e-9, abs=1e-6)


def test_that_a_product_of_two_is_split_half_and_half() -> None:
    parts = shapley({"a": 1.0, "b": 1.0}, {"a": 3.0, "b": 2.0}, lambda each: each["a"] * each["b"])
    # a alone adds 2, after b it adds 4; b alone adds 1, after a it adds 3
    assert parts == {"a": 3.0, "b": 2.0}


def test_that_a_factor_that_does_not_change_or_is_nothing_has_no_part() -> None:
    parts = shapley({"a": 5.0, "b": 0.0}, {"a": 7.0, "b": 0.0}, lambda each: each["a"] + each["b"])
    assert parts == {"a": 2.0, "b": 0.0}
