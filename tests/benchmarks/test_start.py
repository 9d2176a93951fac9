"""The measurement of a start measures what it says."""

from tests.benchmarks import start


def test_that_every_kind_of_start_comes_to_its_moment_and_loads_nothing_heavy() -> None:
    starts = start.measured(1)
    assert set(starts) == set(start.STARTS)
    for each in starts.values():
        assert each.ms > 0.0 and each.megabytes > 0.0 and not each.heavy
