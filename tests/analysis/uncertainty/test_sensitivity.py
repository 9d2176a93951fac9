"""The tornado: each bar is what the model says when one thing moves, and nothing else."""

import numpy as np
import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.uncertainty.sensitivity import likely_span, sensitivity, swings_of
from ipuwhatif.analysis.uncertainty.swings import SCATTER, Swing
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import parameter_index
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import ASSUMPTION, GAIN, LEVER
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario

#: Each job is asked about on one system in as many, by turns: each system has its turn with several jobs.
TURNS = 6
POD64, DGX = SystemChoice("ipu-pod", 64), SystemChoice("dgx-a100", 64)


def swings(world: World, scenario: Scenario, choice: SystemChoice) -> dict[str, Swing]:
    case = case_of(scenario, choice, world.levers, world.catalog)
    return {swing.key: swing for swing in swings_of(world, case).swings}


def test_that_bars_come_by_size_around_the_projected_time(world: World, scenario: Scenario) -> None:
    answer = sensitivity(world, scenario, POD64)
    center = answer.swings.center_s
    assert center == pytest.approx(answer.projection.time_to_train_s.median, rel=1e-12)
    sizes = [swing.size(center) for swing in answer.swings.swings]
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] > 0.0
    assert {swing.kind for swing in answer.swings.swings} == {LEVER, ASSUMPTION, SCATTER}


@pytest.mark.parametrize(
    "lever", ["ipu.compute_gain", "ipu.clock", "ipu.link_bandwidth_gain", "ipu-pod:64.global_batch"]
)
def test_that_a_lever_s_bar_is_what_compare_says_of_that_lever(world: World, scenario: Scenario, lever: str) -> None:
    scenario = replace(scenario, systems=(POD64,))
    bar = swings(world, scenario, POD64)[lever]
    assert bar.values is not None
    for value, seconds in zip(bar.values, (bar.low_s, bar.high_s), strict=True):
        (moved,) = compare(world, scenario.with_lever(lever, value), draws=2).projections
        assert seconds == pytest.approx(moved.time_to_train_s.median, rel=1e-9)


@pytest.mark.parametrize(("workload", "choice"), [("resnet50", POD64), ("bert-large", DGX), ("efficientnet-b4", DGX)])
def test_that_an_assumption_s_bar_spans_the_draws_of_its_parameters(
    world: World, scenario: Scenario, workload: str, choice: SystemChoice
) -> None:
    """All draws of one group, all others at the centre: their 10 % and 90 % are the ends of the bar."""
    scenario = replace(scenario, workload=workload, recipe=world.catalog.workloads[workload].recipes[0])
    case = case_of(scenario, choice, world.levers, world.catalog)
    layouts = choose_layouts(world.catalog, [case], world.calibration.center)
    inputs = lower(world.catalog, [case], layouts)
    for bar in swings(world, scenario, choice).values():
        if bar.kind != ASSUMPTION:
            continue
        columns = [parameter_index()[part.parameter.name] for part in bar.parts]
        rows = np.repeat(world.calibration.center, len(world.calibration.draws), axis=0)
        rows[:, columns] = world.calibration.draws[:, columns]
        low, high = np.quantile(evaluate(inputs, rows).time_to_train[:, 0], [0.1, 0.9])
        assert bar.low_s == pytest.approx(low, rel=0.01), bar.key
        assert bar.high_s == pytest.approx(high, rel=0.01), bar.key


def test_that_what_plays_no_part_has_no_bar(world: World, scenario: Scenario) -> None:
    ipu, gpu = swings(world, scenario, POD64), swings(world, scenario, DGX)
    assert "assumption/overlap" in gpu and "assumption/overlap" not in ipu
    stated = swings(world, replace(scenario, workload="efficientnet-b4", recipe="stated"), DGX)
    assert not {"assumption/floor", "assumption/rise", "assumption/evaluation"} & set(stated)


def test_that_changes_together_are_held_against_the_sum_of_each(world: World, scenario: Scenario) -> None:
    case = case_of(scenario, POD64, world.levers, world.catalog)
    answer = swings_of(world, case)
    levers = next(each for each in answer.together if each.kind == LEVER)
    moved = replace(scenario, systems=(POD64,))
    for key, lever in world.levers.items():
        if lever.kind == LEVER and lever.target == GAIN and key != "on_chip_memory_gain":
            values = (0.0, 1.0) if key == "software_rounds" else (1.0 / likely_span(lever), likely_span(lever))
            moved = moved.with_lever(f"ipu.{key}", values[key not in ("link_latency_gain", "samples_gain")])
    (fast,) = compare(world, moved, draws=2).projections
    assert levers.fast_s == pytest.approx(fast.time_to_train_s.median - answer.center_s, rel=1e-9)
    single = [each for each in answer.swings if each.kind == LEVER and not each.key.endswith("global_batch")]
    assert levers.fast_sum_s == pytest.approx(sum(min(each.low_s, each.high_s) - answer.center_s for each in single))
    assert levers.interaction > 0.02


def test_that_bars_start_where_levers_stand(world: World, scenario: Scenario) -> None:
    moved = swings(world, scenario.with_lever("ipu.compute_gain", 1.3), POD64)
    assert moved["ipu.compute_gain"].values == pytest.approx((1.0, 1.69))
    settings = sensitivity(world, scenario.with_lever("ipu.compute_gain", 1.3), POD64).settings
    assert [each.value for each in settings] == [1.3]
    at_limit = swings(world, scenario.with_lever("ipu.compute_gain", 2.0), POD64)["ipu.compute_gain"]
    assert at_limit.values is not None and at_limit.values[1] == 2.0


def test_that_a_lever_with_which_the_job_would_not_fit_says_so_and_the_others_have_their_bars(
    world: World, scenario: Scenario
) -> None:
    scenario = replace(scenario, workload="gpt2-medium", recipe="stated")
    bars = swings(world, scenario, SystemChoice("ipu-pod", 4))
    memory = bars["ipu.on_chip_memory_gain"]
    assert (memory.asked, memory.values, memory.refused) == ((pytest.approx(2 / 3), 1.5), (1.0, 1.5), True)
    assert memory.low_s == sensitivity(world, scenario, SystemChoice("ipu-pod", 4)).swings.center_s
    assert not bars["ipu.compute_gain"].refused
    assert bars["ipu.compute_gain"].high_s < memory.low_s < bars["ipu.compute_gain"].low_s


def test_that_whatever_fits_has_a_tornado(world: World, scenario: Scenario) -> None:
    catalog, asked = world.catalog, set()
    jobs = [each for each in catalog.workloads.values() if each.network]
    for turn, workload in enumerate(jobs):
        for system in list(catalog.systems.values())[turn % TURNS :: TURNS]:
            for chips in {system.minimum_chips, min(4, system.maximum_chips)}:
                choice = SystemChoice(system.key, max(chips, system.minimum_chips))
                question = replace(scenario, workload=workload.key, recipe=workload.recipes[0], systems=(choice,))
                case = case_of(question, choice, world.levers, catalog)
                if not reason_not_to_fit(catalog, case):
                    asked |= {workload.key, system.key}
                    assert swings_of(world, case).swings
    assert len(asked) > 0.75 * (len(jobs) + len(catalog.systems))
