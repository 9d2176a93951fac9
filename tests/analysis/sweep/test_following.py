"""Plans follow a profile as projections do, in the middle and at both ends."""

from typing import Any

import pytest

from ipuwhatif.analysis.explore.plans import Varied, parts, plan_of
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.solving.own_site import following, learning
from ipuwhatif.analysis.sweep.plan import check_profile, read_plan
from ipuwhatif.analysis.sweep.run import sweep
from ipuwhatif.analysis.world import World
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.profiles import ProfileRun
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.analysis.sweep.plans import case_of_row
from tests.own_profile import with_profile

PLAN: dict[str, Any] = {
    "axes": {
        "workload": ["resnet50", "bert-large"],
        "system": ["ipu-pod", "dgx-a100"],
        "chips": [16, 64],
        "compute_gain": [1.0, 1.2],
        "release": "2021-12",
    },
    "keep": ["time_to_train_s", "throughput_samples_per_s", "time_low_s", "time_high_s", "chip_hours"],
}


@pytest.fixture(scope="module")
def own(world: World) -> World:
    return with_profile(world, ProfileRun("resnet50", "closed", "ipu-pod:16", "2021-12", Measurement(TIME, 1_980.0)))


def test_that_each_plan_says_what_its_projection_says(own: World) -> None:
    rows = sweep(own, read_plan({**PLAN, "profile": "ours"}, own))
    assert len(rows) == 16
    for row in rows.to_dict("records"):
        answer = project(following(own, "ours"), case_of_row(own, row))
        tolerance = 1e-9 if row["compute_gain"] == 1.0 else 2e-3
        time = answer.time_to_train_s
        assert row["time_to_train_s"] == pytest.approx(time.median, rel=tolerance)
        assert row["throughput_samples_per_s"] == pytest.approx(answer.throughput_samples_per_s.median, rel=tolerance)
        assert (row["time_low_s"], row["time_high_s"]) == pytest.approx((time.low, time.high), rel=1e-9)
        assert row["chip_hours"] == pytest.approx(row["time_to_train_s"] * row["chips"] / 3600.0)


def test_that_a_plan_without_a_profile_is_as_before_and_has_the_key_of_before(world: World, own: World) -> None:
    plain, followed = (read_plan({**PLAN, **more}, own) for more in ({}, {"profile": "ours"}))
    assert plain.key == read_plan(PLAN, world).key != followed.key
    slower = sweep(own, followed)["time_to_train_s"] / sweep(own, plain)["time_to_train_s"]
    assert (slower >= 1.0).all() and slower.max() > 1.1
    other = with_profile(world, ProfileRun("resnet50", "closed", "ipu-pod:16", "2021-12", Measurement(TIME, 1_900.0)))
    assert read_plan({**PLAN, "profile": "ours"}, other).key != followed.key


def test_that_an_unknown_profile_is_refused_before_anything_is_computed(world: World) -> None:
    with pytest.raises(InputError, match="there is no profile theirs"):
        read_plan({**PLAN, "profile": "theirs"}, world)


def test_that_a_worker_with_another_profile_of_the_name_refuses(own: World) -> None:
    plan = read_plan({**PLAN, "profile": "ours"}, own)
    check_profile(own, plan.profile, plan.profile_hash)
    with pytest.raises(InputError, match="a worker has another profile ours"):
        check_profile(own, plan.profile, "0" * 64)


def test_that_explore_follows_the_world_that_it_is_asked_in(world: World, own: World) -> None:
    asked = replace(FIRST_START, profile="ours")
    plain, followed = (
        next(parts(each, plan_of(each, asked, Varied())))[2].time_s for each in (world, learning(own, asked))
    )
    assert followed.max() > plain.max() and (followed >= plain - 1e-9).all()
