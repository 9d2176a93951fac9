"""All plans around a scenario: each is what `project` says of it, and the front is what nothing beats."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.explore.plans import (
    BATCH,
    MOST_PLANS,
    Varied,
    choice_of,
    joined,
    parts,
    plan_of,
    release_words,
    scenario_of,
    spread,
)
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.units import InputError


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.mark.parametrize(
    ("workload", "varied"),
    [
        ("resnet50", Varied(every_release=True)),
        ("bert-large", Varied(every_system=True)),
        ("gpt2-xl", Varied(levers=("compute_gain", "memory_bandwidth_gain"))),
        ("llama31-8b", Varied(every_system=True)),
    ],
)
def test_that_every_plan_is_the_projection_of_its_scenario(world: World, workload: str, varied: Varied) -> None:
    scenario = set_workload(FIRST_START, workload, world.catalog).scenario
    plan = plan_of(world, scenario, varied)
    found = list(parts(world, plan))
    plans = joined([part for _, _, part in found])
    assert found[-1][0] == found[-1][1] >= len(plans) > 10
    for row in np.linspace(0, len(plans) - 1, 12).round().astype(int).tolist():
        asked = scenario_of(scenario, plan, plans, row)
        projection = project(world, case_of(asked, choice_of(plan, plans, row), world.levers, world.catalog))
        assert plans.time_s[row] == pytest.approx(projection.time_to_train_s.median, rel=1e-4)
        assert plans.values[BATCH][row] == projection.layout.global_batch
    assert set(plans.release.tolist()) == set(range(len(release_words(plan))))


def test_that_levers_of_a_family_act_and_those_of_one_size_do_not(world: World) -> None:
    def fastest(scenario: Scenario) -> float:
        return min(float(part.time_s.min()) for _, _, part in parts(world, plan_of(world, scenario, Varied())))

    alone = replace(FIRST_START, systems=FIRST_START.systems[:1])
    assert fastest(alone.with_lever("ipu.compute_gain", 1.5)) < fastest(alone)
    assert fastest(alone.with_lever("ipu-pod:16.compute_gain", 1.5)) == fastest(alone)


@given(st.integers(1, 300))
def test_that_strips_are_each_done_once_and_the_first_lie_far_apart(count: int) -> None:
    numbers = spread(count)
    assert sorted(numbers) == list(range(count))
    if count >= 8:
        assert min(abs(a - b) for a in numbers[:4] for b in numbers[:4] if a != b) >= count // 8


def test_that_the_first_part_of_many_plans_already_has_every_kind_of_system(world: World) -> None:
    plan = plan_of(world, FIRST_START, Varied(every_system=True, every_size=True))
    seen, found = 0, set[int]()
    for seen, total, part in parts(world, plan):
        found |= set(part.system.tolist())
        if seen > total / 8:
            break
    assert seen < total / 4 and len(found) > 8


def test_that_a_plan_asks_for_a_searched_layout_whatever_the_scenario_does(world: World) -> None:
    plan = plan_of(world, FIRST_START, Varied())
    plans = joined([part for _, _, part in parts(world, plan)])
    assert scenario_of(replace(FIRST_START, policy="as-submitted"), plan, plans, 0).policy == "best"


def test_that_too_many_plans_and_none_are_refused_in_a_sentence(world: World) -> None:
    with pytest.raises(InputError) as error:
        plan_of(world, FIRST_START, Varied(True, True, True, ("compute_gain", "communication_gain")))
    assert str(error.value).endswith(f"plans are too many for a picture; the most is {MOST_PLANS:,}: vary less")
    with pytest.raises(InputError) as error:
        plan_of(world, replace(FIRST_START, systems=()), Varied())
    assert str(error.value) == "no system is ticked: pick at least one"
    with pytest.raises(InputError) as error:
        plan_of(world, set_workload(FIRST_START, "weather", world.catalog).scenario, Varied())
    assert str(error.value).startswith("weather is known by a stated ratio only")
