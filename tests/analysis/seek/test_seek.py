"""Goal seek: the answer put back into the model meets the target, or the stated reason is true."""

import numpy as np
import pytest

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.seek import combined, reach
from ipuwhatif.analysis.seek.answer import ANY, CHIPS, GoalAnswer
from ipuwhatif.analysis.seek.reasons import StillMore, UntouchedAlone
from ipuwhatif.analysis.seek.seek import seek, seek_center
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.scenarios.lever_words import value_text
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.model.lower import lower
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import replace
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError, format_duration, told
from tests.refusals import refused

POD64, DGX = SystemChoice("ipu-pod", 64), SystemChoice("dgx-a100", 64)


def seconds(world: World, scenario: Scenario, choice: SystemChoice) -> float:
    return project(world, case_of(scenario, choice, world.levers, world.catalog)).time_to_train_s.median


def put_back(world: World, scenario: Scenario, answer: GoalAnswer) -> float:
    """The time of the scenario with the answer in it, as a user would set it."""
    assert answer.values is not None
    choice, changed = answer.choice, scenario
    for name, value in answer.values.items():
        if name == CHIPS:
            choice, changed = SystemChoice(choice.system, round(value)), replace(changed, policy="best")
        else:
            changed = changed.with_lever(name, value)
    return seconds(world, changed, choice)


@pytest.mark.parametrize("workload", ["resnet50", "bert-large", "efficientnet-b4", "deeplob", "gpt2-xl"])
@pytest.mark.parametrize("system", ["ipu-pod", "bow-pod", "dgx-a100"])
def test_that_the_chips_found_are_the_smallest_that_can_be_bought(
    world: World, scenario: Scenario, workload: str, system: str
) -> None:
    scenario = replace(scenario, workload=workload, recipe=world.catalog.workloads[workload].recipes[0])
    counts = reach.counts_of(world.catalog.systems[system])
    cases = [case_of(scenario, SystemChoice(system, chips), world.levers, world.catalog) for chips in counts]
    cases = [case for case in cases if not reason_not_to_fit(world.catalog, case)]
    times = reach.times_of(world, cases)
    for target in np.geomspace(0.9 * times.min(), times.max(), 9):
        found = seek_center(world, scenario, SystemChoice(system, 16), float(target))
        meeting = [case.choice.chips for case, time in zip(cases, times, strict=True) if time <= target]
        assert found == ({CHIPS: meeting[0]} if meeting else None)


def test_that_resnet_under_a_minute_is_not_to_be_had_on_an_ipu_pod_and_why(world: World, scenario: Scenario) -> None:
    answer = seek(world, scenario, SystemChoice("ipu-pod", 16), 60.0)
    assert answer.values is None and answer.certain is None
    floor = answer.projection
    chips = floor.choice.chips
    assert f"with {chips} IPUs" in told(answer.reason)
    assert f"beyond about {chips} IPUs the batch that fills them needs more epochs than it saves" in told(answer.reason)
    least = floor.time_to_train_s.median
    assert answer.binds == max(floor.breakdown_s, key=lambda part: floor.breakdown_s[part])
    for more in (2 * chips, 1024):  # nothing larger is faster
        if more <= 1024:
            assert seconds(world, scenario, SystemChoice("ipu-pod", more)) >= least * (1 - 1e-9)
    # The reason: all chips at work need a batch with so many more samples that the job takes longer, which it would
    # not with the samples held.
    case = replace(floor.case, choice=SystemChoice("ipu-pod", 1024))
    full = replace(
        floor.layout, replicas=1024, global_batch=1024 * floor.layout.micro_batch * floor.layout.gradient_accumulation
    )
    center = evaluate(lower(world.catalog, [case], [full]), world.calibration.center)
    spread, start_up = float(center.time_to_train[0, 0]), float(center.parts["start_up"][0, 0])
    held = (spread - start_up) * floor.samples_to_target.median / float(center.samples[0, 0]) + start_up
    assert spread > least > held


def test_that_a_gpu_system_meets_what_the_ipus_do_not(world: World, scenario: Scenario) -> None:
    answer = seek(world, scenario, SystemChoice("dgx-a100", 8), 60.0)
    assert answer.values is not None and answer.reason == ""
    chips = answer.values[CHIPS]
    assert put_back(world, scenario, answer) <= 60.0
    assert seconds(world, scenario, SystemChoice("dgx-a100", round(chips) - 8)) > 60.0
    assert answer.hopeful is not None and answer.certain is not None
    assert answer.hopeful[CHIPS] <= chips <= answer.certain[CHIPS]
    sure = project(
        world, case_of(scenario, SystemChoice("dgx-a100", round(answer.certain[CHIPS])), world.levers, world.catalog)
    )
    assert sure.time_to_train_s.high <= 60.0


@pytest.mark.parametrize("lever", ["compute_gain", "clock", "link_bandwidth_gain"])
@pytest.mark.parametrize("choice", [POD64, DGX, SystemChoice("ipu-pod", 256)], ids=lambda choice: choice.key)
@pytest.mark.parametrize("workload", ["resnet50", "bert-large", "efficientnet-b4"])
def test_that_a_gain_brings_the_time_to_the_target(
    world: World, scenario: Scenario, lever: str, choice: SystemChoice, workload: str
) -> None:
    scenario = replace(scenario, workload=workload, recipe=world.catalog.workloads[workload].recipes[0])
    family, bounds = world.catalog.systems[choice.system].family, world.levers[lever]
    ends = [
        seconds(world, scenario.with_lever(f"{family}.{lever}", end), choice)
        for end in (bounds.minimum, bounds.maximum)
    ]
    for share in (0.1, 0.5, 0.9):
        target = ends[1] + share * (ends[0] - ends[1])
        answer = seek(world, scenario, choice, target, f"{family}.{lever}")
        assert put_back(world, scenario, answer) == pytest.approx(target, rel=5e-3)
        dragged = seek_center(world, scenario, choice, target, lever)
        assert dragged is not None and list(dragged) == [f"{family}.{lever}"]
        moved = scenario.with_lever(f"{family}.{lever}", dragged[f"{family}.{lever}"])
        assert seconds(world, moved, choice) == pytest.approx(target, rel=5e-3)


def test_that_a_gain_out_of_range_is_no_answer_and_the_limit_is_true(world: World, scenario: Scenario) -> None:
    answer = seek(world, scenario, POD64, 60.0, "ipu.compute_gain")
    assert answer.values is None
    assert answer.projection.case.gains.compute == world.levers["compute_gain"].maximum
    rest = seconds(world, scenario.with_lever("ipu.compute_gain", 1e6), POD64)
    assert rest > 60.0 and "does not touch" in told(answer.reason)
    slow = seek(world, scenario, POD64, 1e5, "ipu.compute_gain")
    assert slow.values is None and "less than the target" in told(slow.reason)


def asked(world: World, scenario: Scenario, workload: str) -> Scenario:
    return replace(scenario, workload=workload, recipe=world.catalog.workloads[workload].recipes[0])


def test_that_a_lever_that_does_nothing_is_told_so(world: World, scenario: Scenario) -> None:
    hmc, choice = asked(world, scenario, "hmc"), SystemChoice("tpu-v4", 64)
    for target in (47.0, 1000.0):  # below and above what it takes
        answer = seek(world, hmc, choice, target, "other.matmul")
        assert answer.values is None and answer.present is not None
        takes = format_duration(answer.present.time_to_train_s.median)
        assert f"changes nothing here, it takes {takes} at any value" in told(answer.reason)
        assert answer.projection.time_to_train_s == answer.present.time_to_train_s
        assert answer.projection.case.assumed.matmul == 1.0


def test_that_nothing_is_said_of_endless_software_drift(world: World, scenario: Scenario) -> None:
    answer = seek(world, scenario, SystemChoice("ipu-pod", 16), 750.0, "ipu.software_rounds")
    assert "at 3.00 rounds, the end of the range" in told(answer.reason)
    assert "beyond the range of the lever, 0.00 to 3.00 rounds" in told(answer.reason)
    assert "does not touch" not in told(answer.reason)


def test_that_the_end_of_the_range_is_its_end_where_the_time_stays_before_it(world: World, scenario: Scenario) -> None:
    gpus = SystemChoice("dgx-a100", 64)
    fast = seek(world, asked(world, scenario, "deeplob"), gpus, 12460.0, "gpu.peak_gain")
    assert "at 4.00 ×, the end of the range" in told(fast.reason)
    assert isinstance(fast.reason, StillMore) and isinstance(fast.reason.why, UntouchedAlone)
    assert fast.projection.case.gains.peak == 4.0
    slow = seek(
        world,
        asked(world, scenario, "efficientnet-b4"),
        SystemChoice("ipu-pod", 256),
        21600.0,
        "ipu.exposed_all_reduce",
    )
    assert "at 4.00 ×, the end of the range" in told(slow.reason) and "less than the target" in told(slow.reason)


@pytest.mark.parametrize("key", ["update_time", "samples_gain", "launch_cost"])
def test_that_a_lever_along_which_time_rises_has_its_faster_end_at_the_low_one(
    world: World, scenario: Scenario, key: str
) -> None:
    answer = seek(world, scenario, POD64, 60.0, f"ipu.{key}")
    low = value_text(world.levers[key], world.levers[key].minimum)
    assert f"at {low}, the end of the range" in told(answer.reason)


def test_that_a_range_whose_middle_is_fastest_has_no_end_for_a_reason() -> None:
    values = np.array([0.5, 1.0, 2.0])
    assert reach.nearest_value(values, np.array([9.0, 7.0, 8.0]), 5.0, 1.0) == 1.0
    assert reach.nearest_value(values, np.array([9.0, 7.0, 7.0]), 5.0, 1.0) == 2.0
    assert reach.nearest_value(values, np.array([7.0, 7.0, 9.0]), 5.0, 1.0) == 0.5
    assert reach.nearest_value(values, np.array([7.0, 7.0, 9.0]), 10.0, 1.0) == 2.0
    assert reach.nearest_value(values, np.array([7.0, 7.0, 7.0]), 5.0, 1.0) == 1.0


def test_that_the_ends_of_a_combination_are_those_of_its_interval(world: World, bert: Scenario) -> None:
    answer = seek(world, bert, POD64, 480.0, ANY)
    assert answer.values is not None and answer.hopeful is not None and answer.certain is None
    assert answer.hopeful["ipu.clock"] == pytest.approx(1.228, abs=2e-3)
    assert answer.values["ipu.clock"] == pytest.approx(1.295, abs=2e-3)
    nearer = seek(world, bert, POD64, 540.0, ANY)
    for values, side in ((nearer.hopeful, "low"), (nearer.certain, "high")):
        assert values is not None
        moved = bert
        for name, value in values.items():
            moved = moved.with_lever(name, value)
        time = project(world, case_of(moved, POD64, world.levers, world.catalog)).time_to_train_s
        assert getattr(time, side) == pytest.approx(540.0, rel=2e-3)


def test_that_nothing_has_to_move_where_the_target_is_met(world: World, bert: Scenario) -> None:
    present = project(world, case_of(bert, POD64, world.levers, world.catalog)).time_to_train_s
    easy = seek(world, bert, POD64, 1.01 * present.high, ANY)
    assert easy.values == easy.hopeful == easy.certain == {}
    answer = seek(world, bert, POD64, 0.5 * (present.median + present.high), ANY)
    assert answer.values == answer.hopeful == {} and answer.certain
    assert any("all three move alike" in told(note) for note in answer.notes)


def test_that_levers_that_do_not_act_on_the_answer_are_not_told_as_moved(world: World, scenario: Scenario) -> None:
    elsewhere = scenario.with_lever("ipu-pod:64.clock", 1.2).with_lever("gpu.clock", 1.1)
    elsewhere = elsewhere.with_lever("ipu.compute_gain", 1.1)
    answer = seek(world, elsewhere, POD64, 1400.0)
    assert answer.projection.choice.chips != 64
    assert [text for text in map(told, answer.settings) if "clock" in text] == [] and len(answer.settings) == 1
    held = seek(world, elsewhere, POD64, 400.0, "host_input_gain")
    assert len(held.settings) == 2 and any("clock 1.20" in text for text in map(told, held.settings))


@pytest.mark.parametrize("target", [1e-9, 1e300])
def test_that_a_target_that_no_job_takes_is_refused(world: World, scenario: Scenario, target: float) -> None:
    with pytest.raises(InputError, match="from 1 ms to 100 years"):
        seek(world, scenario, POD64, target)


def test_that_levers_moved_before_stay_moved(world: World, scenario: Scenario) -> None:
    moved = scenario.with_lever("ipu.compute_gain", 1.4)
    answer = seek(world, moved, POD64, 360.0, "clock")
    assert put_back(world, moved, answer) == pytest.approx(360.0, rel=5e-3)
    assert any("1.40" in text for text in map(told, answer.settings))
    assert answer.present is not None and answer.present.case.gains.compute == 1.4
    fewer, more = seek(world, moved, POD64, 600.0).values, seek(world, scenario, POD64, 600.0).values
    assert fewer is not None and more is not None and fewer[CHIPS] < more[CHIPS]


def test_that_a_system_s_own_lever_is_moved_where_it_has_one(world: World, scenario: Scenario) -> None:
    own = scenario.with_lever("ipu-pod:64.compute_gain", 1.1)
    answer = seek(world, own, POD64, 420.0, "compute_gain")
    assert answer.values is not None and list(answer.values) == ["ipu-pod:64.compute_gain"]
    assert put_back(world, own, answer) == pytest.approx(420.0, rel=5e-3)


def test_that_a_batch_is_the_nearest_that_meets_the_target(world: World, scenario: Scenario) -> None:
    pinned = scenario.with_lever("ipu-pod:64.global_batch", 20_000.0)
    answer = seek(world, pinned, POD64, 560.0, "global_batch")
    assert answer.values is not None
    batch = answer.values["ipu-pod:64.global_batch"]
    assert put_back(world, pinned, answer) <= 560.0
    assert seconds(world, pinned.with_lever("ipu-pod:64.global_batch", 1.1 * batch), POD64) > 560.0
    least = seek(world, scenario, POD64, 450.0, "global_batch")
    assert least.values is None and "epochs" in told(least.reason)


@pytest.mark.parametrize(("choice", "share"), [(POD64, 0.9), (POD64, 0.6), (DGX, 0.8)])
def test_that_the_cheapest_combination_meets_the_target_and_no_single_lever_is_cheaper(
    world: World, scenario: Scenario, choice: SystemChoice, share: float
) -> None:
    target = share * seconds(world, scenario, choice)
    answer = seek(world, scenario, choice, target, ANY)
    assert answer.values is not None
    assert put_back(world, scenario, answer) == pytest.approx(target, rel=5e-3)
    cost = sum(abs(np.log(value)) for value in answer.values.values())
    for lever in combined.COMBINED:
        alone = seek_center(world, scenario, choice, target, lever)
        if alone is not None:
            assert cost <= abs(np.log(next(iter(alone.values())))) * 1.01


def test_that_no_combination_is_an_answer_where_all_limits_together_are_too_slow(
    world: World, scenario: Scenario
) -> None:
    answer = seek(world, scenario, POD64, 60.0, ANY)
    assert answer.values is None and "every gain" in told(answer.reason)
    gains = answer.projection.case.gains
    assert [gains.compute, gains.link_bandwidth, gains.clock] == [
        world.levers[key].maximum for key in combined.COMBINED
    ]
    assert answer.projection.time_to_train_s.median > 60.0


def test_that_a_job_without_a_target_is_sought_and_says_its_amount_of_work(world: World, scenario: Scenario) -> None:
    stated = replace(scenario, workload="efficientnet-b4", recipe="stated")
    answer = seek(world, stated, SystemChoice("dgx-a100", 8), 3600.0)
    assert put_back(world, stated, answer) <= 3600.0
    assert any("350 epochs" in told(note) for note in answer.projection.notes)


def test_that_chips_that_would_stay_idle_are_the_reason_where_the_published_batch_fills_no_more(
    world: World, scenario: Scenario
) -> None:
    answer = seek(world, replace(scenario, workload="efficientnet-b4", recipe="stated"), POD64, 60.0)
    layout = answer.projection.layout
    assert answer.values is None and "stays idle" in told(answer.reason)
    (larger,) = choose_layouts(
        world.catalog, [replace(answer.projection.case, choice=SystemChoice("ipu-pod", 1024))], world.calibration.center
    )
    assert larger.replicas * larger.pipeline_stages <= layout.replicas * layout.pipeline_stages


def test_that_an_entry_s_own_layout_is_kept_under_a_lever(world: World, bert: Scenario) -> None:
    submitted = replace(bert, policy="as-submitted")
    answer = seek(world, submitted, POD64, 500.0, "compute_gain")
    assert answer.projection.layout.policy == "as-submitted"
    assert put_back(world, submitted, answer) == pytest.approx(500.0, rel=5e-3)


@pytest.mark.parametrize("target", [0.0, -1.0, float("nan"), float("inf")])
def test_that_a_target_that_is_no_time_is_refused(world: World, scenario: Scenario, target: float) -> None:
    with refused("a target is a time above 0, such as 1 min"):
        seek(world, scenario, POD64, target)


def test_that_an_unknown_lever_is_refused_with_the_nearest(world: World, scenario: Scenario) -> None:
    with refused("nothing to move is called 'compute_gian'; the nearest is compute_gain"):
        seek(world, scenario, POD64, 60.0, "ipu.compute_gian")
