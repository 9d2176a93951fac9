"""Where scaling curves cross: between their points, once for each stretch in which their intervals overlap."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.crossings import crossings
from ipuwhatif.analysis.results import ScalingCurve
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.world import World
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import Scenario
from tests.figures import samples

CHIPS = (8, 16, 64, 256)


def curve(system: str, times: tuple[float, ...], spread: float = 0.0, chips: tuple[int, ...] = CHIPS) -> ScalingCurve:
    made = samples.curve(system, system, chips)
    return replace(
        made,
        median=times,
        low=tuple(time * (1.0 - spread) for time in times),
        high=tuple(time * (1.0 + spread) for time in times),
    )


def at(each: ScalingCurve, chips: float) -> float:
    """The curve's median, straight in both logarithms."""
    return float(np.exp(np.interp(np.log(chips), np.log(each.chips), np.log(each.median))))


def test_that_two_straight_lines_cross_where_algebra_says() -> None:
    falling = curve("a", tuple(1000.0 / chips for chips in CHIPS))
    level = curve("b", (10.0,) * 4)
    (found,) = crossings((falling, level))
    assert (found.chips, found.seconds) == pytest.approx((100.0, 10.0))
    assert (found.below, found.above) == ("b", "a")


def test_that_the_stretch_of_doubt_ends_where_the_intervals_part() -> None:
    falling = curve("a", tuple(1000.0 / chips for chips in CHIPS), 0.1)
    level = curve("b", (10.0,) * 4, 0.1)
    (found,) = crossings((falling, level))
    assert found.first == pytest.approx(1000.0 * 0.9 / (10.0 * 1.1)) and found.last == pytest.approx(1100.0 / 9.0)
    assert not found.uncertain


def test_that_it_is_uncertain_where_the_intervals_overlap_to_an_end() -> None:
    falling = curve("a", tuple(1000.0 / chips for chips in CHIPS), 0.7)
    (found,) = crossings((falling, curve("b", (10.0,) * 4, 0.7)))
    assert found.uncertain and found.last == pytest.approx(256.0)


def test_that_a_curve_that_is_faster_throughout_crosses_nothing() -> None:
    assert crossings((curve("a", (4.0, 3.0, 2.0, 1.0)), curve("b", (5.0, 4.0, 3.0, 2.0)))) == ()
    same = curve("a", (4.0, 3.0, 2.0, 1.0))
    assert crossings((same, replace(same, system="b"))) == ()


def test_that_curves_that_run_together_for_a_while_cross_in_the_middle_of_it() -> None:
    (found,) = crossings((curve("a", (4.0, 3.0, 2.0, 1.0)), curve("b", (5.0, 3.0, 2.0, 0.5))))
    assert found.chips == pytest.approx(32.0) and (found.below, found.above) == ("a", "b")


def test_that_wavering_within_the_intervals_is_one_crossing_or_none() -> None:
    level = curve("b", (10.0,) * 4, 0.5)
    (once,) = crossings((curve("a", (11.0, 9.0, 11.0, 9.0), 0.5), level))
    assert (once.below, once.above) == ("b", "a")
    assert crossings((curve("a", (11.0, 9.0, 9.0, 11.0), 0.5), level)) == ()
    assert len(crossings((curve("a", (11.0, 9.0, 9.0, 11.0)), curve("b", (10.0,) * 4)))) == 2


def test_that_curves_without_a_common_chip_count_cross_nothing() -> None:
    assert crossings((curve("a", (4.0, 1.0), chips=(8, 16)), curve("b", (3.0, 2.0), chips=(32, 64)))) == ()


times = st.lists(st.floats(1.0, 1e6), min_size=4, max_size=4).map(tuple)


@given(times, times, times)
def test_that_both_curves_take_the_same_time_at_a_crossing(first, second, third) -> None:
    curves = {key: curve(key, each) for key, each in (("a", first), ("b", second), ("c", third))}
    for found in crossings(tuple(curves.values())):
        assert CHIPS[0] <= found.first <= found.chips * (1 + 1e-9) <= found.last * (1 + 2e-9) <= CHIPS[-1] * (1 + 1e-8)
        for system in (found.below, found.above):
            assert at(curves[system], found.chips) == pytest.approx(found.seconds, rel=1e-6)


@given(times, times, st.floats(0.0, 0.5))
def test_that_the_leader_changes_exactly_where_an_odd_number_of_crossings_lies_between(first, second, spread) -> None:
    one, two = curve("a", first, spread), curve("b", second, spread)
    leads = [np.sign(at(one, chips) - at(two, chips)) for chips in (CHIPS[0], CHIPS[-1])]
    if all(leads):
        assert len(crossings((one, two))) % 2 == (leads[0] != leads[1])


def test_that_real_curves_cross_where_they_are_equal(world: World, scenario: Scenario) -> None:
    moved = scenario.with_lever("ipu.compute_gain", 2.0).with_lever("gpu.compute_gain", 0.55)
    curves = scaling(world, moved, 1, 4096, draws=16).curves
    found = crossings(curves)
    assert found and len(found) <= len(list(combinations(curves, 2)))
    by_system = {each.system: each for each in curves}
    for each in found:
        assert at(by_system[each.below], each.chips) == pytest.approx(at(by_system[each.above], each.chips), rel=1e-9)
