"""What is told later is told once, and is then a tuple to whoever looks at it."""

from ipuwhatif.analysis.solving.lazy import Lazy


def test_that_nothing_is_made_before_somebody_looks() -> None:
    made: list[int] = []

    def make() -> tuple[str, ...]:
        made.append(1)
        return ("a", "b")

    later = Lazy(make)
    assert not made
    assert list(later) == ["a", "b"] and len(later) == 2 and later[0] == "a" and later[-1:] == ("b",) and "b" in later
    assert made == [1]


def test_that_it_is_equal_to_the_tuple_and_hashes_as_it_does() -> None:
    later = Lazy(lambda: (1, 2))
    assert later == (1, 2) and later == Lazy(lambda: (1, 2))
    assert later != (1, 3) and later != [1, 2]
    assert hash(later) == hash((1, 2)) and repr(later) == "(1, 2)"


def test_that_it_is_joined_with_tuples_from_both_sides() -> None:
    later, before, after = Lazy(lambda: (2,)), (1,), (3,)
    assert later + after == (2, 3) and before + later == (1, 2) and (0, *later) == (0, 2)
