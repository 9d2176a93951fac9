"""When runs are done: without failures the projection itself, with them later, the same for the same question."""

import numpy as np
import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.finish.finish import SURE, finish, lacking
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from tests.refusals import refused

SYSTEMS = (SystemChoice("dgx-h100", 4096), SystemChoice("dgx-h100", 1024))
LARGE = replace(
    FIRST_START,
    workload="transformer",
    recipe="stated",
    release="2025-06",
    layers=(126, 16384, 128, 8, 53248, 128256, 8192),
    samples=15.6e12 / 8192,
    systems=SYSTEMS,
    reference=SYSTEMS[0].key,
)


def stated(**terms: float) -> Scenario:
    scenario = LARGE
    for key, value in terms.items():
        scenario = scenario.with_lever(f"all.{key}", value)
    return scenario


LLAMA = {"failure_rate": 0.4736, "storage_bandwidth": 2000.0, "restart_time": 10.0}


@pytest.fixture(scope="module")
def failing(world: World):
    return finish(world, stated(**LLAMA))


def test_that_without_failures_a_run_takes_what_is_projected(world: World) -> None:
    for scenario in (LARGE, FIRST_START):
        found = finish(world, scenario)
        assert not found.fails
        for run, projected in zip(found.runs, compare(world, scenario).projections, strict=True):
            assert run.projection == projected
            assert run.goodput == 1.0 and run.mean == run.parts["useful"]
            assert run.sure(0.9) == pytest.approx(projected.time_to_train_s.high, rel=5e-4)


def test_that_no_term_of_the_run_moves_a_projection(world: World) -> None:
    moved = stated(**LLAMA, spares=2.0, repair_time=24.0, queue_time=10.0, checkpoint_interval=30.0)
    assert compare(world, moved).projections == compare(world, LARGE).projections
    assert compare(world, moved).baseline is None


def test_that_the_parts_add_up_to_the_mean_of_the_runs(failing) -> None:
    for run in failing.runs:
        assert run.mean == pytest.approx(run.times.mean(), rel=0.005)
        assert run.goodput == pytest.approx(run.parts["useful"] / run.mean)


def test_that_more_chips_fail_more_often_and_lose_more(failing) -> None:
    large, small = failing.runs
    assert large.stops.rate == pytest.approx(4 * small.stops.rate)
    assert large.goodput < small.goodput < 1.0
    assert large.stops.interval < small.stops.interval


def test_that_a_date_is_the_later_the_surer_it_is(failing) -> None:
    for run in failing.runs:
        moments = [run.sure(share) for share in SURE]
        assert moments == sorted(moments)
        for share, moment in zip(SURE, moments, strict=True):
            assert run.done_by(moment) == pytest.approx(share, abs=0.001)
        assert run.done_by(run.times[0] - 1.0) == 0.0 and run.done_by(run.times[-1]) == 1.0


def test_that_a_queue_moves_every_moment_by_its_length_and_takes_no_goodput(world: World, failing) -> None:
    queued = finish(world, stated(**LLAMA, queue_time=24.0))
    for run, before in zip(queued.runs, failing.runs, strict=True):
        assert np.allclose(run.times - before.times, 86_400.0)
        assert run.goodput == before.goodput


def test_that_each_stated_term_makes_the_end_later(world: World, failing) -> None:
    before = failing.runs[0]
    for terms in (
        {"failure_rate": 0.6},
        {"restart_time": 20.0},
        {"checkpoint_cost": 30.0},
        {"checkpoint_interval": 120.0},
        {"spares": 1.0, "repair_time": 24.0},
    ):
        run = finish(world, stated(**{**LLAMA, **terms})).runs[0]
        assert run.mean > before.mean and run.sure(0.8) > before.sure(0.8)


def test_that_the_same_question_has_the_same_answer(world: World, failing) -> None:
    again = finish(world, stated(**LLAMA))
    assert [run.times.tolist() for run in again.runs] == [run.times.tolist() for run in failing.runs]


def test_that_a_setting_of_one_system_is_its_own(world: World) -> None:
    scenario = stated(**LLAMA).with_lever("dgx-h100:1024.failure_rate", 5.0)
    large, small = finish(world, scenario).runs
    assert small.stops.rate == pytest.approx(large.stops.rate * 5.0 / 0.4736 / 4)


def test_that_chips_that_stay_idle_stop_nothing(world: World) -> None:
    choice = SystemChoice("dgx-h100", 16_384)
    (run,) = finish(world, replace(stated(**LLAMA), systems=(choice,), reference=choice.key)).runs
    layout = run.projection.layout
    assert run.chips == layout.replicas * layout.replica_chips < 16_384
    assert run.stops.rate == pytest.approx(0.4736 * run.chips / 1000 / 86_400)


def test_that_what_lacks_is_told_with_what_to_state(world: World) -> None:
    assert lacking(world, stated(failure_rate=1.0)) == ("checkpoint_cost", "restart_time")
    with refused("checkpoints are taken: state how long one stops training, or the storage bandwidth"):
        finish(world, stated(failure_rate=1.0))
    with refused("failures are counted: state how long a restart takes"):
        finish(world, stated(failure_rate=1.0, checkpoint_cost=1.0))
    with refused("spares are counted: state how long a repair takes"):
        finish(world, stated(**LLAMA, spares=1.0))


def test_that_a_run_that_never_ends_is_refused(world: World) -> None:
    with refused(
        "512 × DGX H100 (4,096 GPUs) would fail every 21.1 s, too often for a run to end: state fewer failures, or "
        "checkpoints and restarts that take less"
    ):
        finish(world, stated(failure_rate=1000.0, checkpoint_cost=3600.0, restart_time=600.0))
