"""The measurement of a drag measures what it says."""

import pytest

from tests.benchmarks import explore, network_drop, window


@pytest.mark.parametrize("question", ["compare", "scaling"])
def test_that_every_move_of_a_drag_is_painted(question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "EVENTS", 5)
    times = window.drag(question)
    assert len(times) == 5
    assert all(0.0 < each < 1000.0 * window.LONGEST_S for each in times)


def test_that_every_configuration_that_is_dropped_is_painted() -> None:
    times = network_drop.drops(3)
    assert len(times) == 3
    assert all(0.0 < each < 1000.0 * network_drop.LONGEST_S for each in times)


def test_that_every_frame_of_many_plans_and_the_first_picture_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explore, "FRAMES", 4)
    times = [*explore.frames(20_000), explore.first_picture()]
    assert len(times) == 5
    assert all(0.0 < each < 1000.0 * explore.LONGEST_S for each in times)
