"""Projections follow what the user measured, where the user says so, and nothing else does."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.results import Comparison
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.seek.seek import seek
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.time_to_train import PARTS
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.units import InputError, told

POD16 = "ipu-pod:16"
HALF_AN_HOUR = Measurement(TIME, 1_980.0, learnt=True)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def times(comparison: Comparison) -> dict[str, float]:
    return {each.choice.key: each.time_to_train_s.median for each in comparison.projections}


def test_that_a_measured_time_is_projected_and_others_follow_by_how_near_they_are(world: World) -> None:
    before = times(compare(world, FIRST_START))
    answered = compare(world, FIRST_START.with_measurement(POD16, HALF_AN_HOUR))
    after = times(answered)
    moved = {key: after[key] / before[key] - 1.0 for key in before}
    assert after[POD16] == pytest.approx(1_980.0, rel=0.01)
    assert moved[POD16] > 4 * moved["ipu-pod:64"] > moved["ipu-pod:256"] > 0.0
    assert moved["dgx-a100:8"] == pytest.approx(0.0, abs=1e-3)
    assert list(map(told, answered.settings)) == ["your measurement on IPU-POD16 (16 IPUs)"]
    assert (
        answered.baseline is not None
        and answered.is_moved(0)
        and times(replace(answered, projections=answered.baseline)) == before
    )


def test_that_a_measurement_that_is_not_followed_moves_nothing(world: World) -> None:
    asked = FIRST_START.with_measurement(POD16, replace(HALF_AN_HOUR, learnt=False))
    assert learning(world, asked) is world
    assert times(compare(world, asked)) == times(compare(world, FIRST_START))


def test_that_a_throughput_of_a_job_that_nobody_measured_moves_it_far_and_narrows_it(world: World) -> None:
    asked = set_workload(FIRST_START, "gpt2-xl", world.catalog).scenario
    before = compare(world, asked).projections[0].throughput_samples_per_s
    measured = Measurement(THROUGHPUT, 0.7 * before.median, learnt=True)
    found = compare(world, asked.with_measurement(POD16, measured)).projections
    after = found[0].throughput_samples_per_s
    assert after.median == pytest.approx(measured.value, rel=0.01)
    assert after.high / after.low < 1.1 < 1.5 < before.high / before.low
    assert sum(found[0].breakdown_s[part] for part in PARTS) == pytest.approx(found[0].time_to_train_s.median)
    wider = [each.throughput_samples_per_s for each in found[1:3]]
    assert all(each.low < each.median < each.high and each.high / each.low > 1.2 for each in wider)


def test_that_levers_act_on_what_was_measured_without_them(world: World) -> None:
    asked = FIRST_START.with_measurement(POD16, HALF_AN_HOUR).with_lever("ipu.compute_gain", 1.3)
    faster, plain = times(compare(world, asked)), times(compare(world, asked.with_lever("ipu.compute_gain", None)))
    gained = times(compare(world, FIRST_START.with_lever("ipu.compute_gain", 1.3)))
    assert plain[POD16] == pytest.approx(1_980.0, rel=0.01)
    assert faster[POD16] / plain[POD16] == pytest.approx(
        gained[POD16] / times(compare(world, FIRST_START))[POD16], rel=0.01
    )


def test_that_every_question_tells_the_same_time(world: World) -> None:
    asked = FIRST_START.with_measurement(POD16, HALF_AN_HOUR)
    choice = SystemChoice("ipu-pod", 64)
    told = times(compare(world, asked))["ipu-pod:64"]
    (curve, *_) = scaling(world, asked, 16, 256).curves
    assert curve.median[curve.chips.index(64)] == pytest.approx(told)
    assert curve.baseline_median is not None and curve.baseline_median[0] < curve.median[0]
    found = sensitivity(world, asked, choice)
    assert found.projection.time_to_train_s.median == pytest.approx(told) == found.swings.center_s
    alone = project(learning(world, asked), case_of(asked, choice, world.levers, world.catalog))
    assert alone.time_to_train_s.median == pytest.approx(told)
    slower, plain = (seek(world, each, choice, 1_200.0).projection for each in (asked, FIRST_START))
    assert slower.time_to_train_s.median <= 1_200.0 and slower.choice.chips >= plain.choice.chips


def test_that_a_measurement_too_far_from_its_projection_is_no_ground_to_project_from(world: World) -> None:
    for seconds, fast in ((0.001, "50 times as fast"), (3_600_000.0, "2,100 times as slow")):
        asked: Scenario = FIRST_START.with_measurement(POD16, Measurement(TIME, seconds, learnt=True))
        with pytest.raises(InputError) as error:
            compare(world, asked)
        assert str(error.value) == (
            f"the measurement on IPU-POD16 (16 IPUs) is {fast} as projected, too far to project from (the most is 10): "
            "check its unit, size and job"
        )


def test_that_what_is_learnt_goes_on_to_other_sizes_without_a_step(world: World) -> None:
    asked = FIRST_START.with_measurement(POD16, HALF_AN_HOUR)
    before, after = (
        [
            project(learning(world, each), case_of(each, SystemChoice("ipu-pod", chips), world.levers, world.catalog))
            for chips in (16, 20, 24, 32, 64, 128)
        ]
        for each in (FIRST_START, asked)
    )
    pairs = zip(before, after, strict=True)
    moved = [new.time_to_train_s.median / old.time_to_train_s.median - 1.0 for old, new in pairs]
    assert moved == sorted(moved, reverse=True) and moved[1] > 0.5 * moved[0]
