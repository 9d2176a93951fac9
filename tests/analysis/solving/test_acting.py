"""A lever or an assumption that changes nothing of a case leads nowhere: it neither widens nor moves the basis."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.results import CALIBRATED, EXTRAPOLATED
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.analysis.uncertainty.sensitivity import swings_of
from ipuwhatif.analysis.uncertainty.swings import SCATTER
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Assumed, Case, Gains, Pins
from ipuwhatif.model.factors import ASSUMED, GAINS
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.records import replace
from tests.model.space import UNPINNED, cases, factors

ONE_CHIP = Case("resnet50", SystemChoice("ipu-pod", 1), "2021-12", "closed")
POD16 = Case("resnet50", SystemChoice("ipu-pod", 16), "2021-12", "closed")
#: Where the rise of the samples begins may not matter at the central parameters and matter at some of the draws.
OF_DRAWS = "critical_batch"


def moved(case: Case, name: str, value: float) -> Case:
    """The case with one lever or assumption at a value, or undone where it was moved already."""
    part = "gains" if name in GAINS else "assumed"
    before = getattr(case, part)
    nothing = getattr(type(before)(), name)
    return replace(case, **{part: replace(before, **{name: value if getattr(before, name) == nothing else nothing})})


@settings(max_examples=150, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(case=cases(UNPINNED), name=st.sampled_from((*GAINS, *ASSUMED)), value=factors(0.5, 2.0))
def test_that_what_changes_no_part_of_the_time_changes_neither_interval_nor_basis(
    world: World, case: Case, name: str, value: float
) -> None:
    other = moved(case, name, value)
    if reason_not_to_fit(world.catalog, other):
        return
    one, two = solve(world, [case], 64), solve(world, [other], 64)
    same = all((one.center.parts[part] == two.center.parts[part]).all() for part in one.center.parts)
    if not same or one.layouts != two.layouts:
        return
    assert one.supports == two.supports
    if name != OF_DRAWS:
        for first, second in ((one.intervals.time, two.intervals.time), (one.intervals.samples, two.intervals.samples)):
            assert np.array_equal(first.low, second.low) and np.array_equal(first.high, second.high)


@pytest.mark.parametrize(
    "idle",
    [
        {"gains": Gains(link_bandwidth=2.0)},
        {"gains": Gains(link_latency=0.5, communication=2.0)},
        {"gains": Gains(on_chip_memory=1.01)},
        {"assumed": Assumed(link_efficiency=0.5, network_efficiency=2.0, network_latency=2.0, exposed=2.0)},
        {"assumed": Assumed(attention=2.0, grouped_convolution=0.5)},
    ],
)
def test_that_one_chip_is_as_sure_with_other_links_and_with_ops_that_it_does_not_run(
    world: World, idle: dict[str, object]
) -> None:
    before, after = project(world, ONE_CHIP), project(world, replace(ONE_CHIP, **idle))
    assert after.time_to_train_s == before.time_to_train_s
    assert (after.basis, after.beyond) == (before.basis, before.beyond)


def test_that_beside_a_lever_that_acts_one_that_does_not_adds_nothing(world: World) -> None:
    acting = replace(ONE_CHIP, gains=Gains(compute=1.3))
    both = replace(ONE_CHIP, gains=Gains(compute=1.3, link_bandwidth=2.0))
    assert project(world, both).time_to_train_s == project(world, acting).time_to_train_s
    assert project(world, both).beyond == project(world, acting).beyond


def test_that_links_between_several_chips_still_lead_away_from_the_data(world: World) -> None:
    assert project(world, POD16).basis == CALIBRATED
    wider = project(world, replace(POD16, gains=Gains(link_bandwidth=2.0)))
    assert (wider.basis, wider.beyond) == (EXTRAPOLATED, ("link bandwidth gain",))


def test_that_a_memory_without_which_another_layout_runs_leads_away_from_the_data(world: World) -> None:
    case = Case("bert-large", SystemChoice("ipu-pod", 16), "2021-12", "closed", gains=Gains(on_chip_memory=4.0))
    assert solve(world, [case]).layouts != solve(world, [replace(case, gains=Gains())]).layouts
    assert "memory size" in project(world, case).beyond


def test_that_a_memory_without_which_nothing_fits_leads_away_from_the_data(world: World) -> None:
    whole = Pins(pipeline_stages=1)
    case = Case("bert-large", SystemChoice("ipu-pod", 16), "2021-12", "closed", pins=whole)
    larger = replace(case, gains=Gains(on_chip_memory=4.0))
    assert reason_not_to_fit(world.catalog, case)
    assert "memory size" in project(world, larger).beyond


def test_that_the_memory_of_a_submitted_layout_changes_nothing(world: World) -> None:
    case = replace(POD16, policy=AS_SUBMITTED, gains=Gains(on_chip_memory=2.0))
    assert project(world, case).basis == CALIBRATED


def test_that_the_scatter_of_the_tornado_is_that_of_the_levers_that_act(world: World) -> None:
    def scatter(case: Case) -> tuple[float, float]:
        swing = next(each for each in swings_of(world, case).swings if each.kind == SCATTER)
        return swing.low_s, swing.high_s

    assert scatter(replace(ONE_CHIP, gains=Gains(link_bandwidth=2.0))) == scatter(ONE_CHIP)
