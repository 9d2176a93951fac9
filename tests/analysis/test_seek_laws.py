"""Goal seek over the whole input space: an answer put back meets the target, and the reason for none is true."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.seek import combined, reach
from ipuwhatif.analysis.seek.answer import ANY, CHIPS, GoalAnswer
from ipuwhatif.analysis.seek.seek import seek
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import use_values
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.units import told

LEVERS = load_levers()
WORKLOADS = tuple(key for key, each in load_world().catalog.workloads.items() if each.kind != RELATIVE)
SIZES = ("ipu-pod:4", "ipu-pod:64", "ipu-pod:256", "bow-pod:16", "dgx-a100:8", "dgx-a100:64", "tpu-v4:64", "tpu-v3:32")
FACTORS = tuple(key for key, each in LEVERS.items() if reach.is_factor(each) and each.field != "on_chip_memory")
CLOSE = 5e-3


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[Scenario, SystemChoice]:
    """A job on one system that can run it, with up to two levers or assumptions moved."""
    world, key = load_world(), draw(st.sampled_from(WORKLOADS))
    choice = parse_system(draw(st.sampled_from(SIZES)), world.catalog)
    family = world.catalog.systems[choice.system].family
    moved = {
        f"{family}.{name}": LEVERS[name].minimum
        + draw(st.floats(0.1, 0.9)) * (LEVERS[name].maximum - LEVERS[name].minimum)
        for name in draw(st.lists(st.sampled_from(FACTORS), max_size=2, unique=True))
    }
    scenario = replace(
        FIRST_START,
        workload=key,
        recipe=draw(st.sampled_from(world.catalog.workloads[key].recipes)),
        systems=(choice,),
        reference=choice.key,
        levers=moved,
    )
    assume(not reason_not_to_fit(world.catalog, case_of(scenario, choice, world.levers, world.catalog)))
    return scenario, choice


def median(world: World, *cases: Case) -> list[float]:
    return [each.time_to_train_s.median for each in project_all(world, cases)]


def check_reason(world: World, scenario: Scenario, answer: GoalAnswer) -> None:
    """What is said of a target that is not met holds at the ends of the range."""
    case = case_of(scenario, answer.choice, world.levers, world.catalog)
    shown, least = answer.projection.case, answer.projection.time_to_train_s.median
    reason = told(answer.reason)
    if answer.over == ANY:
        assert least > answer.target_s
        assert all(reach.value_of(shown, LEVERS[key]) == LEVERS[key].maximum for key in combined.COMBINED)
        return
    lever = LEVERS[answer.over.rpartition(".")[2]]
    ends = reach.range_of(lever, case)
    times = median(world, *(reach.with_value(case, lever, end) for end in ends))
    if "changes nothing" in reason:
        assert times[0] == pytest.approx(times[1], rel=reach.SAME)
        assert least == pytest.approx(times[0], rel=reach.SAME)
        return
    assert least != pytest.approx(max(times) if least > answer.target_s else min(times), rel=reach.SAME)
    if "less than the target" in reason:
        assert max(times) <= least * (1.0 + reach.SAME) and least < answer.target_s
    else:
        assert min(times) >= least * (1.0 - reach.SAME) and least > answer.target_s
    value = reach.value_of(shown, lever)
    assert ("the end of the range" in reason) == (value in ends)
    same = min(times) if least > answer.target_s else max(times)
    assert value in ends or least != pytest.approx(same, rel=reach.SAME)  # an end that comes as near is told
    if value in ends and least > answer.target_s and lever.minimum > 0.0:
        (rest,) = median(world, reach.with_value(case, lever, 1e6 if value == ends[1] else 1e-6))
        alone = answer.target_s < rest <= least * (1.0 + reach.SAME)
        assert ("does not touch" in reason) == alone
        assert ("beyond the range" in reason) != alone


@settings(max_examples=150)
@given(scenarios(), st.sampled_from(FACTORS), st.floats(0.3, 2.5))
def test_that_a_lever_or_assumption_meets_the_target_or_the_reason_holds(
    asked: tuple[Scenario, SystemChoice], key: str, share: float
) -> None:
    world, (scenario, choice) = load_world(), asked
    target = share * median(world, case_of(scenario, choice, world.levers, world.catalog))[0]
    answer = seek(world, scenario, choice, target, key)
    if answer.values is None:
        check_reason(world, scenario, answer)
        return
    (value,) = answer.values.values()
    assert LEVERS[key].minimum <= value <= LEVERS[key].maximum
    put_back = use_values(scenario, choice, answer.values, world.levers, world.catalog).scenario
    (time,) = median(world, case_of(put_back, choice, world.levers, world.catalog))
    assert time == pytest.approx(target, rel=CLOSE)
    # what is taken over is the value as it is printed, with four digits
    assert answer.projection.time_to_train_s.median == pytest.approx(time, rel=1e-3)


@settings(max_examples=25)
@given(scenarios(), st.floats(0.3, 1.5))
def test_that_a_combination_meets_the_target_and_its_ends_are_those_of_the_interval(
    asked: tuple[Scenario, SystemChoice], share: float
) -> None:
    world, (scenario, choice) = load_world(), asked
    target = share * median(world, case_of(scenario, choice, world.levers, world.catalog))[0]
    answer = seek(world, scenario, choice, target, ANY)
    if answer.values is None:
        check_reason(world, scenario, answer)
        return

    def projected(values):
        put_back = use_values(scenario, choice, values, world.levers, world.catalog).scenario
        (projection,) = project_all(world, [case_of(put_back, choice, world.levers, world.catalog)])
        return projection.time_to_train_s

    met = projected(answer.values).median
    assert met <= target * (1.0 + CLOSE)
    assert not answer.values or met == pytest.approx(target, rel=CLOSE)
    if answer.hopeful:  # an empty one moves nothing
        assert projected(answer.hopeful).low == pytest.approx(target, rel=2 * CLOSE)
    if answer.certain:
        assert projected(answer.certain).high == pytest.approx(target, rel=2 * CLOSE)
    assert answer.hopeful is not None


@settings(max_examples=25)
@given(scenarios(), st.floats(0.2, 2.5))
def test_that_the_chips_found_meet_the_target_or_none_that_can_be_bought_does(
    asked: tuple[Scenario, SystemChoice], share: float
) -> None:
    world, (scenario, choice) = load_world(), asked
    target = share * median(world, case_of(scenario, choice, world.levers, world.catalog))[0]
    answer = seek(world, scenario, choice, target, CHIPS)
    time = answer.projection.time_to_train_s.median
    if answer.values is not None:
        assert answer.projection.choice.chips == answer.values[CHIPS]
        assert time <= target * (1.0 + CLOSE)
        return
    assert time > target
    counts = reach.counts_of(world.catalog.systems[choice.system])
    for chips in (
        choice.chips,
        counts[-1],
        *(each for each in (answer.projection.choice.chips * 2,) if each in counts),
    ):
        case = case_of(scenario, SystemChoice(choice.system, chips), world.levers, world.catalog)
        if not reason_not_to_fit(world.catalog, case):
            assert median(world, case)[0] >= time * (1.0 - CLOSE)
