"""A case is a value: comparable, a key of caches, and unchanged when made without choices."""

import pytest

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import BEST, LAYOUT_POLICIES, Case, Gains, Pins
from ipuwhatif.records import replace

CASE = Case("resnet50", SystemChoice("ipu-pod", 64), "2021-12", "closed")


def test_that_a_case_without_choices_changes_nothing() -> None:
    assert CASE.policy == BEST in LAYOUT_POLICIES
    assert CASE.pins == Pins(None, None, None, None)
    assert (CASE.gains.compute, CASE.gains.link_bandwidth, CASE.gains.clock) == (1.0, 1.0, 1.0)
    assert (CASE.software, CASE.layers, CASE.samples) == ("", (), None)


def test_that_equal_questions_are_one_key() -> None:
    again = replace(CASE, gains=Gains(compute=1.0))
    moved = replace(CASE, gains=Gains(compute=1.0001))
    assert hash(again) == hash(CASE) and again == CASE
    assert moved != CASE


@pytest.mark.parametrize("change", [{"software": "pytorch-21.03"}, {"layers": (64, 32)}, {"samples": 1e6}])
def test_that_what_runs_and_how_much_of_it_tells_questions_apart(change: dict[str, object]) -> None:
    other = replace(CASE, **change)  # type: ignore[arg-type]
    assert other != CASE and len({other, CASE, replace(CASE, **change)}) == 2  # type: ignore[arg-type]


def test_that_a_case_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        CASE.release = "2021-06"  # type: ignore[misc]
