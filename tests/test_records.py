"""Records: frozen, equal and hashed by their fields, copied, pickled and printed."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.records import Record, asdict, field, field_names, replace


class Point(Record, frozen=True):
    """A place."""

    x: float
    name: str = "here"
    tags: tuple[str, ...] = field(default_factory=tuple)

    @property
    def double(self) -> float:
        return 2 * self.x


class Other(Record, frozen=True):
    x: float
    name: str = "here"
    tags: tuple[str, ...] = ()


class Empty(Record, frozen=True):
    pass


values = st.tuples(st.integers(0, 3), st.sampled_from(["a", "b"]), st.just(("t",)))


@given(values, values)
def test_that_records_are_equal_and_hashed_by_their_fields(one, two) -> None:
    assert (Point(*one) == Point(*two)) == (one == two)
    assert len({Point(*one), Point(*two)}) == len({one, two})


def test_that_arguments_have_names_and_defaults() -> None:
    point = Point(x=1.0)
    assert (point.x, point.name, point.tags, point.double) == (1.0, "here", (), 2.0)
    with pytest.raises(TypeError, match="Missing required argument 'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Unexpected keyword argument 'y'"):
        Point(1.0, y=2)  # type: ignore[call-arg]


def test_that_records_of_two_kinds_are_never_equal() -> None:
    assert Point(1.0) != Other(1.0)
    assert Point(1.0) != (1.0, "here", ())
    assert Empty() == Empty()


def test_that_nothing_of_a_record_can_be_set_or_deleted() -> None:
    point = Point(1.0)
    for change in (lambda: setattr(point, "x", 2.0), lambda: setattr(point, "fresh", 2.0), lambda: delattr(point, "x")):
        with pytest.raises(AttributeError):
            change()
    assert point == Point(1.0) and not hasattr(point, "__dict__")


def test_that_a_record_is_made_anew_with_other_fields_or_told_as_a_mapping() -> None:
    point = Point(1.0, "there")
    assert field_names(Point) == ("x", "name", "tags")
    assert replace(point, x=3.0) == Point(3.0, "there")
    assert asdict(point) == {"x": 1.0, "name": "there", "tags": ()}
    with pytest.raises(TypeError, match="has no field 'y'"):
        replace(point, y=1)  # type: ignore[call-arg]


def test_that_records_are_copied_and_pickled() -> None:
    point = Point(1.0, "there", ("a",))
    assert copy.copy(point) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point


def test_that_a_record_prints_its_fields() -> None:
    assert repr(Point(1.0)) == "Point(x=1.0, name='here', tags=())"
