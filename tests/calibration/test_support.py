"""How far a question is from the evidence, along which axis."""

from math import log

import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.entries import case_of_entry
from ipuwhatif.calibration.support.runs import known_runs
from ipuwhatif.calibration.support.spreads import (
    BATCH_SPREAD,
    CHIPS_SPREAD,
    FRAMEWORK_SCATTER,
    GAIN_SPREAD,
    PUBLISHED_SCATTER,
    RELEASE_SPREAD,
    ROUND_SPREAD,
    SMALL_STEP_SCATTER,
    UNKNOWN_RECIPE_SPREAD,
    WORKLOAD_SPREAD,
)
from ipuwhatif.calibration.support.support import EvidenceCoverage, support_of
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case, Gains, Pins
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import replace

POD64 = Case("resnet50", SystemChoice("ipu-pod", 64), "2021-12", "closed")


def support(world: World, case: Case) -> EvidenceCoverage:
    (layout,) = choose_layouts(world.catalog, [case], world.calibration.center)
    return support_of(world.catalog, case, layout)


def on(system: str, chips: int, **changes: object) -> Case:
    return replace(POD64, choice=SystemChoice(system, chips), **changes)


@pytest.mark.parametrize(
    "case",
    [
        on("ipu-pod", 48),
        on("ipu-pod", 16),
        on("ipu-pod", 256, policy=AS_SUBMITTED),
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
        (on("bow-pod", 64), {"release"}),  # its entries begin with v2.0
        (on("bow-pod", 1024), {"release", "chips"}),
        (on("dgx-h100", 64), {"release", "global batch"}),
        (replace(POD64, release="2019-07"), {"release"}),
        (on("dgx-1", 8), {"release"}),  # its entries end with v0.7
        (replace(on("dgx-a100", 8), release="2019-07"), {"release", "global batch"}),
        (replace(on("dgx-a100", 1024), release="2021-06"), {"chips"}),  # that release was run on 64 at most
        (on("dgx-a100", 8, release="2020-07"), {"release"}),  # other chips ran that software
        (on("dgx-1", 8), {"release"}),  # and this chip other software
        (replace(on("ipu-pod", 256), release="2021-06"), {"chips", "global batch"}),  # the size came a release later
        (replace(POD64, gains=Gains(compute=1.3)), {"compute gain"}),
        (replace(POD64, gains=Gains(link_bandwidth=2.0)), {"link bandwidth gain"}),
        (replace(POD64, gains=Gains(clock=0.9)), {"clock"}),
        (replace(POD64, gains=Gains(1.1, 1.1, 1.1)), {"compute gain", "link bandwidth gain", "clock"}),
        (on("ipu-pod", 16, pins=Pins(global_batch=320)), {"global batch"}),
        (on("ipu-pod", 256), {"global batch"}),  # the search asks for more than twice what was run on 256
        (on("ipu-pod", 128, pins=Pins(global_batch=25600)), {"global batch"}),  # run elsewhere, and not on 128
        (on("ipu-pod", 16, pins=Pins(micro_batch=4)), {"micro-batch"}),
        (on("ipu-pod", 64, workload="bert-large", pins=Pins(pipeline_stages=16)), {"pipeline stages"}),
        (
            on("dgx-a100", 64, workload="bert-large", pins=Pins(pipeline_stages=4)),
            {"pipeline stages", "global batch"},
        ),
    ],
)
def test_that_a_question_outside_names_the_axes_on_which_it_leaves(world: World, case: Case, axes: set[str]) -> None:
    found = support(world, case)
    assert set(found.beyond) == axes
    assert found.spread > 0.0 or found.untuned >= 1.0


def test_that_the_spread_follows_the_distance(world: World) -> None:
    assert support(world, on("ipu-pod", 512)).spread == pytest.approx(CHIPS_SPREAD["ipu"] * log(2))
    assert support(world, on("ipu-pod", 1024)).spread == pytest.approx(CHIPS_SPREAD["ipu"] * log(4))
    assert support(world, replace(POD64, gains=Gains(compute=1.3))).spread == pytest.approx(GAIN_SPREAD * log(1.3))
    slower = support(world, replace(POD64, gains=Gains(compute=1 / 1.3))).spread
    assert slower == pytest.approx(GAIN_SPREAD * log(1.3))
    half = support(world, on("ipu-pod", 16, pins=Pins(global_batch=320)))
    assert half.spread == pytest.approx(BATCH_SPREAD * log(1632 / 320))


def test_that_spreads_along_several_axes_add_as_independent_ones(world: World) -> None:
    case = on("ipu-pod", 512, release="2022-06")
    assert support(world, case).spread == pytest.approx(
        ((CHIPS_SPREAD["ipu"] * log(2)) ** 2 + RELEASE_SPREAD**2) ** 0.5
    )


def test_that_the_spread_is_continuous_where_a_gain_leaves_one(world: World) -> None:
    assert support(world, replace(POD64, gains=Gains(compute=1.0001))).spread < 1e-4


def test_that_the_nearest_entry_of_a_submitted_question_is_itself(world: World) -> None:
    for entry in world.catalog.official:
        if usable(entry) and entry.workload == "resnet50":
            nearest = support(world, case_of_entry(entry)).nearest[0]
            # two submitters may have run the same machine in the same round
            assert (nearest.choice, nearest.release, nearest.division) == (entry.choice, entry.release, entry.division)


def test_that_between_two_sizes_both_are_near(world: World) -> None:
    nearest = support(world, on("ipu-pod", 96)).nearest
    assert {entry.chips for entry in nearest[:2]} == {64, 128}
    assert len(nearest) == 3


def test_that_evidence_of_the_other_architecture_is_never_near(world: World) -> None:
    for case in (POD64, on("bow-pod", 64)):
        assert {entry.submitter for entry in support(world, case).nearest} == {"Graphcore"}
    for case in (on("dgx-a100", 64), on("pcie-a100-80gb", 8), on("dgx-h100", 8)):
        submitters = {entry.submitter for entry in support(world, case).nearest}
        assert submitters and not submitters & {"Graphcore", "Intel"}


def test_that_the_systems_own_entry_stands_before_those_of_others_of_its_size(world: World) -> None:
    for system in ("dgx-a100", "hgx-a100-80gb", "pcie-a100-80gb"):
        nearest = support(world, on(system, 8)).nearest[0]
        assert nearest.choice == SystemChoice(system, 8)


@pytest.mark.parametrize(
    ("case", "axes"),
    [
        (on("dgx-a100", 8, workload="efficientnet-b4", recipe="stated"), set()),
        (on("dgx-a100", 256, workload="efficientnet-b4", recipe="stated"), {"chips"}),
        (on("dgx-a100", 8, workload="efficientnet-b4", recipe="stated", release="2019-07"), set()),
        (on("dgx-h100", 8, workload="efficientnet-b4", recipe="stated"), {"chip generation"}),
        (on("ipu-pod", 16, workload="efficientnet-b4-g16", recipe="stated"), set()),
        (on("rtx-2080", 1, workload="deeplob", recipe="stated"), set()),
    ],
)
def test_that_published_figures_are_evidence_where_no_entry_is(world: World, case: Case, axes: set[str]) -> None:
    found = support(world, case)
    assert set(found.beyond) == axes
    scatter = {"deeplob": SMALL_STEP_SCATTER, "efficientnet-b4": FRAMEWORK_SCATTER}.get(
        case.workload, PUBLISHED_SCATTER
    )
    assert found.spread == pytest.approx(scatter, rel=1e-9) if not axes else found.spread > scatter
    assert found.nearest == ()  # a published figure is never an official result


def test_that_figures_of_a_job_with_entries_are_no_evidence_beside_them(world: World) -> None:
    entries = {run.choice for run in known_runs(SharedCatalog(world.catalog), "resnet50", "gpu")}
    assert SystemChoice("dgx-a100", 1) not in entries  # PyTorch printed a figure of one chip
    assert all(run.release is not None for run in known_runs(SharedCatalog(world.catalog), "resnet50", "gpu"))
    stated = known_runs(SharedCatalog(world.catalog), "efficientnet-b4", "gpu")
    assert stated and all(run.release is None for run in stated)


@pytest.mark.parametrize("workload", ["hmc", "weather-emulator"])
def test_that_a_job_that_nobody_measured_on_the_architecture_is_beyond_by_its_workload_alone(
    world: World, workload: str
) -> None:
    for system in ("ipu-pod", "dgx-a100"):
        found = support(world, on(system, 16, workload=workload, recipe="stated"))
        assert found.beyond == ("workload",)
        assert found.spread > WORKLOAD_SPREAD
        assert found.nearest == ()
    moved = support(world, on("ipu-pod", 16, workload=workload, recipe="stated", gains=Gains(compute=1.3)))
    assert set(moved.beyond) == {"workload", "compute gain"}


def test_that_a_job_is_measured_on_one_architecture_and_not_on_the_other(world: World) -> None:
    private = {"workload": "resnet50-dp", "recipe": "stated"}
    assert "workload" not in support(world, on("ipu-pod", 16, **private)).beyond
    assert support(world, on("dgx-a100", 8, **private)).beyond == ("workload",)


def test_that_a_server_of_others_is_a_third_party_and_a_vendors_own_is_not(world: World) -> None:
    assert support(world, on("pcie-a100-80gb", 8)).third_party
    for system, chips in (("ipu-pod", 64), ("dgx-a100", 8), ("tpu-v4", 64)):
        assert not support(world, on(system, chips)).third_party


def test_that_a_bow_pod_is_inside_the_data_with_the_software_that_its_entries_ran(world: World) -> None:
    assert support(world, on("bow-pod", 64, release="2022-06")).beyond == ()


def test_that_the_stack_is_that_of_the_chip(world: World) -> None:
    stacks = {"ipu-pod": "ipu", "bow-pod": "ipu", "dgx-a100": "gpu", "tpu-v4": "other", "gaudi": "other"}
    for system, stack in stacks.items():
        assert support(world, on(system, 16)).stack == stack


def test_that_a_recipe_is_unknown_where_neither_the_chip_nor_the_architecture_in_that_round_was_trained(
    world: World,
) -> None:
    assert support(world, POD64).samples_spread == 0.0
    assert support(world, replace(POD64, release="2019-07")).samples_spread == 0.0  # the chip was, later
    assert support(world, on("bow-pod", 64)).samples_spread == 0.0  # the architecture was
    assert support(world, on("bow-pod", 64, release="2020-07")).samples_spread == 0.0  # the chip was, later
    assert support(world, on("dgx-b300", 8, release="2025-11")).samples_spread == UNKNOWN_RECIPE_SPREAD
    assert support(world, on("dgx-h100", 8, release="2021-06")).samples_spread == 0.0


@pytest.mark.parametrize(
    ("system", "release"), [("ipu-pod", "2022-11"), ("ipu-pod", "2020-07"), ("bow-pod", "2021-12")]
)
def test_that_a_round_of_drift_alone_departs_as_a_round_does(world: World, system: str, release: str) -> None:
    found = support(world, on(system, 64, release=release))
    assert found.beyond == ("release",) and found.spread == pytest.approx(RELEASE_SPREAD + ROUND_SPREAD)
    assert support(world, on(system, 64, release="2019-07")).spread > found.spread


def test_that_a_release_of_other_chips_with_the_same_software_is_a_little_beyond(world: World) -> None:
    found = support(world, replace(POD64, release="2022-06"))
    assert found.beyond == ("release",) and found.spread == RELEASE_SPREAD


def test_that_a_batch_that_entries_tuned_for_is_not_untuned(world: World) -> None:
    assert support(world, replace(POD64, policy=AS_SUBMITTED)).untuned == 0.0
    assert support(world, on("ipu-pod", 16, pins=Pins(global_batch=320))).untuned == pytest.approx(log(10.0) / log(2.0))
    assert 0.0 < support(world, on("ipu-pod", 16, pins=Pins(global_batch=2000))).untuned < 1.0


@pytest.mark.parametrize("system", ["tpu-v5e", "tpu-v5p", "tpu-v6e"])
def test_that_language_models_on_tpus_areknown_runs_by_gpt_3_alone(world: World, system: str) -> None:
    stated = Case("llama31-8b", SystemChoice(system, 256), "2024-11", "stated")
    adapted = Case("llama2-70b-lora", SystemChoice(system, 256), "2024-11", "closed")
    assert support(world, stated).beyond == support(world, adapted).beyond == ("workload",)
    inside = next(
        entry
        for entry in world.catalog.official
        if entry.workload == "gpt3-175b" and entry.choice is not None and entry.choice.system == system
    )
    assert support(world, case_of_entry(inside)).beyond == ()


@pytest.mark.parametrize("system", ["tpu-v3", "tpu-v4"])
def test_that_older_tpus_ran_no_language_model(world: World, system: str) -> None:
    asked = Case("gpt3-175b", SystemChoice(system, 2048), "2024-11", "closed")
    assert "chip generation" in support(world, asked).beyond
