"""How far a question is from the evidence, along which axis."""

from dataclasses import replace
from math import log

import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.support import BATCH_SPREAD, CHIPS_SPREAD, GAIN_SPREAD, RELEASE_SPREAD, Support, support_of
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case, Gains, Pins
from ipuwhatif.model.layout import choose_layouts

POD64 = Case("resnet50", SystemChoice("ipu-pod", 64), "2021-12", "closed")


def support(world: World, case: Case) -> Support:
    (layout,) = choose_layouts(world.catalog, [case], world.calibration.center)
    return support_of(world.catalog, case, layout)


def on(system: str, chips: int, **changes: object) -> Case:
    return replace(POD64, choice=SystemChoice(system, chips), **changes)


@pytest.mark.parametrize(
    "case",
    [
        on("ipu-pod", 48),
        on("ipu-pod", 16),
        on("ipu-pod", 256),
        on("ipu-pod", 16, workload="bert-large"),
        on("ipu-pod", 64, workload="bert-large", recipe="open"),
        on("dgx-a100", 8),
        on("dgx-a100", 1024),
        replace(POD64, policy=AS_SUBMITTED),
    ],
)
def test_that_a_question_inside_the_evidence_is_calibrated(world: World, case: Case) -> None:
    found = support(world, case)
    assert found.beyond == () and found.spread == 0.0


@pytest.mark.parametrize(
    ("case", "axes"),
    [
        (on("ipu-pod", 512), {"chips"}),
        (on("ipu-pod", 4), {"chips"}),
        (on("ipu-pod", 256, workload="bert-large"), {"chips"}),
        (on("bow-pod", 64), {"chip generation"}),
        (on("bow-pod", 1024), {"chip generation", "chips"}),
        (replace(POD64, release="2019-07"), {"release"}),
        (on("dgx-1", 8), {"release"}),  # its entries end with v0.7
        (replace(on("dgx-a100", 8), release="2019-07"), {"release"}),
        (replace(on("dgx-a100", 1024), release="2021-06"), {"chips"}),  # that release was run on 64 at most
        (on("dgx-a100", 8, release="2020-07"), {"release"}),  # other chips ran that software
        (on("dgx-1", 8), {"release"}),  # and this chip other software
        (replace(on("ipu-pod", 256), release="2021-06"), {"chips"}),  # the size came a release later
        (replace(POD64, gains=Gains(compute=1.3)), {"compute gain"}),
        (replace(POD64, gains=Gains(link_bandwidth=2.0)), {"link bandwidth gain"}),
        (replace(POD64, gains=Gains(clock=0.9)), {"clock"}),
        (replace(POD64, gains=Gains(1.1, 1.1, 1.1)), {"compute gain", "link bandwidth gain", "clock"}),
        (on("ipu-pod", 16, pins=Pins(global_batch=320)), {"global batch"}),
        (on("ipu-pod", 16, pins=Pins(micro_batch=4)), {"micro-batch"}),
        (on("ipu-pod", 64, workload="bert-large", pins=Pins(pipeline_stages=16)), {"pipeline stages"}),
        (on("dgx-a100", 64, workload="bert-large", pins=Pins(pipeline_stages=4)), {"pipeline stages"}),
    ],
)
def test_that_a_question_outside_names_the_axes_on_which_it_leaves(world: World, case: Case, axes: set[str]) -> None:
    found = support(world, case)
    assert set(found.beyond) == axes
    assert found.spread > 0.0


def test_that_the_spread_follows_the_distance(world: World) -> None:
    assert support(world, on("ipu-pod", 512)).spread == pytest.approx(CHIPS_SPREAD * log(2))
    assert support(world, on("ipu-pod", 1024)).spread == pytest.approx(CHIPS_SPREAD * log(4))
    assert support(world, replace(POD64, gains=Gains(compute=1.3))).spread == pytest.approx(GAIN_SPREAD * log(1.3))
    slower = support(world, replace(POD64, gains=Gains(compute=1 / 1.3))).spread
    assert slower == pytest.approx(GAIN_SPREAD * log(1.3))
    half = support(world, on("ipu-pod", 16, pins=Pins(global_batch=320)))
    assert half.spread == pytest.approx(BATCH_SPREAD * log(1632 / 320))


def test_that_spreads_along_several_axes_add_as_independent_ones(world: World) -> None:
    case = on("ipu-pod", 512, release="2019-07")
    assert support(world, case).spread == pytest.approx(((CHIPS_SPREAD * log(2)) ** 2 + RELEASE_SPREAD**2) ** 0.5)


def test_that_the_spread_is_continuous_where_a_gain_leaves_one(world: World) -> None:
    assert support(world, replace(POD64, gains=Gains(compute=1.0001))).spread < 1e-4


def test_that_the_nearest_entry_of_a_submitted_question_is_itself(world: World) -> None:
    for entry in world.catalog.official:
        if entry.choice is not None and entry.workload == "resnet50" and entry.layout is not None:
            case = Case(entry.workload, entry.choice, entry.release, entry.division, AS_SUBMITTED)
            assert support(world, case).nearest[0] == entry


def test_that_between_two_sizes_both_are_near(world: World) -> None:
    nearest = support(world, on("ipu-pod", 96)).nearest
    assert {entry.chips for entry in nearest[:2]} == {64, 128}
    assert len(nearest) == 3


def test_that_evidence_of_the_other_architecture_is_never_near(world: World) -> None:
    for case in (POD64, on("bow-pod", 64)):
        assert {entry.submitter for entry in support(world, case).nearest} == {"Graphcore"}
    assert {entry.submitter for entry in support(world, on("dgx-a100", 64)).nearest} == {"NVIDIA"}
