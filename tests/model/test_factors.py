import pytest

from ipuwhatif.analysis.solving.solve import solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Assumed, Case, Gains, Pins
from ipuwhatif.model.factors import ASSUMED, GAINS, factors_of, of_micro_batch
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.model.time_to_train import PARTS
from ipuwhatif.records import replace

POD64 = Case("resnet50", SystemChoice("ipu-pod", 64), "2021-12", "closed", "as-submitted")
DGX = Case("resnet50", SystemChoice("dgx-a100", 64), "2021-12", "closed", "as-submitted")


def parts(world: World, case: Case) -> dict[str, float]:
    center = solve_center(world, [case])
    return {part: float(center.parts[part][0, 0]) for part in PARTS}


def changed(world: World, case: Case, gains: Gains | None = None, assumed: Assumed | None = None) -> dict[str, float]:
    """What became of each part, times what it was; only those that moved."""
    before, after = (
        parts(world, case),
        parts(world, replace(case, gains=gains or Gains(), assumed=assumed or Assumed())),
    )
    ratios = {part: after[part] / before[part] for part in PARTS if before[part] > 0.0}
    return {part: ratio for part, ratio in ratios.items() if abs(ratio - 1.0) > 1e-12}


def test_that_what_nobody_moves_takes_no_array() -> None:
    assert factors_of([Gains(), Gains()], [Assumed(), Assumed()]) == {}


def test_that_a_factor_that_all_share_is_one_number() -> None:
    found = factors_of([Gains(clock=1.2)] * 3, [Assumed()] * 3)
    assert {name: values.tolist() for name, values in found.items()} == {"clock": [1.2]}


def test_that_factors_stand_in_the_order_of_the_cases() -> None:
    found = factors_of([Gains(), Gains(peak=2.0)], [Assumed(rise=0.5), Assumed()])
    assert {name: values.tolist() for name, values in found.items()} == {"peak": [1.0, 2.0], "rise": [0.5, 1.0]}


def test_that_names_of_gains_and_assumptions_are_told_apart() -> None:
    assert not set(GAINS) & set(ASSUMED)


def test_that_only_what_acts_on_a_micro_batch_parts_cases() -> None:
    plain = of_micro_batch(Gains(), Assumed())
    assert of_micro_batch(Gains(link_bandwidth=2.0, samples=0.5), Assumed(start_up=2.0)) == plain
    assert of_micro_batch(Gains(memory_bandwidth=2.0), Assumed()) != plain
    assert of_micro_batch(Gains(), Assumed(matmul=2.0)) != plain


@pytest.mark.parametrize(
    ("gains", "assumed", "moved"),
    [
        (Gains(communication=2.0), Assumed(), {"collective": 0.5}),
        (Gains(host_input=2.0), Assumed(), {"host_wait": 0.5}),
        (Gains(), Assumed(host_wait=3.0), {"host_wait": 3.0}),
        (Gains(), Assumed(checkpoint=2.0), {"checkpoint": 2.0}),
        (Gains(), Assumed(start_up=0.5), {"start_up": 0.5}),
        (Gains(), Assumed(launch=2.0), {"launch": 2.0, "evaluation": None}),
        (Gains(), Assumed(update=2.0), {"update": 2.0}),
    ],
)
def test_that_a_factor_moves_its_own_part_alone(
    world: World, gains: Gains, assumed: Assumed, moved: dict[str, float | None]
) -> None:
    found = changed(world, POD64, gains, assumed)
    for part, ratio in moved.items():
        if ratio is not None:
            assert found[part] == pytest.approx(ratio, rel=1e-9), part
    # An evaluation follows the throughput, so it moves with every part of a step.
    step = set(moved) & {"collective", "host_wait", "launch", "update"}
    assert set(found) == set(moved) | ({"evaluation"} if step else set())


def test_that_samples_to_target_move_all_but_the_start(world: World) -> None:
    found = changed(world, POD64, Gains(samples=0.8))
    assert "start_up" not in found
    assert all(ratio == pytest.approx(0.8, rel=1e-9) for ratio in found.values()) and "compute" in found


def test_that_more_memory_bandwidth_is_felt_where_memory_binds(world: World) -> None:
    found = changed(world, DGX, Gains(memory_bandwidth=2.0))
    assert found["memory"] < 0.75 and found["update"] == pytest.approx(0.5, rel=1e-9)


def test_that_no_efficiency_is_lifted_above_the_peak(world: World) -> None:
    million = changed(world, DGX, assumed=Assumed(dense_convolution=1e6, grouped_convolution=1e6, matmul=1e6))
    ten_million = changed(world, DGX, assumed=Assumed(dense_convolution=1e7, grouped_convolution=1e7, matmul=1e7))
    assert million == ten_million and 0.0 < million["compute"] < 1.0


def test_that_rounds_of_drift_are_those_of_a_release_to_come(world: World) -> None:
    case = replace(DGX, policy="best", pins=Pins(global_batch=4096, micro_batch=64))
    last = replace(case, release="2025-11")
    later = solve_center(world, [replace(last, gains=Gains(rounds=1.0)), replace(last, release="2026-06")])
    drifted, released = later.throughput[0]
    now = solve_center(world, [last]).throughput[0, 0]
    assert now < drifted and drifted == pytest.approx(released, rel=1e-9)


def test_that_more_memory_lets_a_job_run_on_fewer_chips(world: World) -> None:
    tight = Case("gpt2-xl", SystemChoice("dgx-a100-40gb", 1), "2021-12", "stated")
    reason = reason_not_to_fit(world.catalog, replace(tight, gains=Gains(on_chip_memory=0.25)))
    assert reason and not reason_not_to_fit(world.catalog, replace(tight, gains=Gains(on_chip_memory=4.0)))
