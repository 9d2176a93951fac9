"""Records behave as the standard library's frozen dataclasses with slots."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from dataclasses import dataclass as standard

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.records import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    x: float
    name: str = "here"
    tags: tuple[str, ...] = field(default_factory=tuple)

    @property
    def double(self) -> float:
        return 2 * self.x


@dataclass(frozen=True, slots=True)
class Other:
    x: float
    name: str = "here"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    pass


@standard(frozen=True, slots=True)
class Standard:
    x: float
    name: str = "here"
    tags: tuple[str, ...] = ()


values = st.tuples(st.integers(0, 3), st.sampled_from(["a", "b"]), st.just(("t",)))


@given(values, values)
def test_that_equality_and_hash_are_those_of_the_standard_library(one, two) -> None:
    assert (Point(*one) == Point(*two)) == (Standard(*one) == Standard(*two))
    assert hash(Point(*one)) == hash(Standard(*one))


def test_that_arguments_have_names_and_defaults() -> None:
    point = Point(x=1.0)
    assert (point.x, point.name, point.tags, point.double) == (1.0, "here", (), 2.0)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'y'"):
        Point(1.0, y=2)  # type: ignore[call-arg]


def test_that_records_of_two_kinds_are_never_equal() -> None:
    assert Point(1.0) != Other(1.0)
    assert Point(1.0) != (1.0, "here", ())
    assert Empty() == Empty()


def test_that_nothing_of_a_record_can_be_set_or_deleted() -> None:
    point = Point(1.0)
    with pytest.raises(FrozenInstanceError, match="x"):
        point.x = 2.0  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="fresh"):
        point.fresh = 2.0  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError, match="x"):
        del point.x
    assert not hasattr(point, "__dict__")


def test_that_the_tools_of_the_standard_library_know_records() -> None:
    point = Point(1.0, "there")
    assert is_dataclass(Point)
    assert [each.name for each in fields(Point)] == ["x", "name", "tags"]
    assert replace(point, x=3.0) == Point(3.0, "there")
    assert asdict(point) == {"x": 1.0, "name": "there", "tags": ()}


def test_that_records_are_copied_and_pickled() -> None:
    point = Point(1.0, "there", ("a",))
    assert copy.copy(point) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point


def test_that_a_record_prints_its_fields() -> None:
    assert repr(Point(1.0)) == "Point(x=1.0, name='here', tags=())"


def test_that_a_class_without_a_text_is_called_by_its_name() -> None:
    assert (Point.__doc__, Other.__doc__) == ("A place.", "Other")


def test_that_other_kinds_are_refused() -> None:
    with pytest.raises(TypeError, match="frozen"):
        dataclass(frozen=False, slots=True)
