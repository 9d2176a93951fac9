"""The measurement of a drag measures what it says."""

import pytest

from tests.benchmarks import window


@pytest.mark.parametrize("question", ["compare", "scaling"])
def test_that_every_move_of_a_drag_is_painted(question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "EVENTS", 5)
    times = window.drag(question)
    assert len(times) == 5
    assert all(0.0 < each < 1000.0 * window.LONGEST_S for each in times)
