"""A measurement against the projection, and what alone would explain it."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.seek.reach import with_value
from ipuwhatif.analysis.uncertainty.fitted import inputs_behind
from ipuwhatif.analysis.uncertainty.measured import BOUND, Explanation, Held, hold, misses
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.parameters import parameter_index, prior_center, prior_spread
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.units import InputError

POD16, POD256, DGX, BOW = (
    SystemChoice("ipu-pod", 16),
    SystemChoice("ipu-pod", 256),
    SystemChoice("dgx-a100", 8),
    SystemChoice("bow-pod", 64),
)
BERT = replace(FIRST_START, workload="bert-large")
QUESTIONS = ((FIRST_START, POD16), (FIRST_START, POD256), (FIRST_START, DGX), (BERT, DGX), (BERT, BOW))


def miss_with(world: World, held: Held, explanation: Explanation) -> float:
    """How far the model misses the measurement with one explanation put back, as a part of it."""
    projection, center = held.projection, world.calibration.center.copy()
    if explanation.part is not None:
        center[0, parameter_index()[explanation.part.parameter.name]] = explanation.value
    else:
        assert explanation.lever is not None
        case = with_value(projection.case, explanation.lever, explanation.value)
        projection = replace(projection, case=case)
    outcome = evaluate(inputs_behind(world, projection), center)
    return float(np.expm1(misses(outcome, held.measurement)[0, 0]))


def scaled(world: World, scenario: Scenario, choice: SystemChoice, quantity: str, factor: float) -> Held:
    """A measurement at a factor of what is projected."""
    first = hold(world, scenario, choice, Measurement(quantity, 1.0))
    return hold(world, scenario, choice, Measurement(quantity, first.projected.median * factor))


@settings(max_examples=40, deadline=None)
@given(
    question=st.sampled_from(QUESTIONS),
    quantity=st.sampled_from((TIME, THROUGHPUT)),
    factor=st.floats(0.5, 2.0),
    gain=st.sampled_from((1.0, 1.3)),
)
def test_that_an_explanation_put_back_meets_the_measurement(world, question, quantity, factor, gain) -> None:
    scenario, choice = question
    family = world.catalog.systems[choice.system].family
    scenario = replace(scenario, levers={} if gain == 1.0 else {f"{family}.compute_gain": gain})
    held = scaled(world, scenario, choice, quantity, factor)
    assert held.residual == pytest.approx(factor - 1.0, abs=1e-9)
    for explanation in held.explanations:
        assert miss_with(world, held, explanation) == pytest.approx(0.0, abs=5e-3), explanation


def logit(share: float) -> float:
    return log(share / (1.0 - share))


@pytest.mark.parametrize("factor", [0.8, 0.97, 1.04, 1.3])
def test_that_explanations_stay_within_their_priors_and_the_most_plausible_is_first(
    world: World, factor: float
) -> None:
    held = scaled(world, FIRST_START, POD16, TIME, factor)
    parameters = [each for each in held.explanations if each.part is not None]
    away = [abs(each.deviations) for each in parameters]
    assert away == sorted(away) and away[0] > 0.0
    for each in parameters:
        assert each.part is not None
        column = parameter_index()[each.part.parameter.name]
        to_unbounded = log if each.part.parameter.transform == "log" else logit
        place, here = to_unbounded(each.value), to_unbounded(each.present)
        reach = BOUND * prior_spread()[column]
        low, high = prior_center()[column] - reach, prior_center()[column] + reach
        assert min(low, here) - 1e-9 <= place <= max(high, here) + 1e-9
        assert 0.0 <= each.rank <= 1.0
        assert (each.deviations > 0.0) == (each.value > each.present)
    kinds = [each.part is None for each in held.explanations]
    assert kinds == sorted(kinds), "levers come last"
    for each in held.explanations:
        if each.lever is not None:
            assert each.lever.minimum <= each.value <= each.lever.maximum


def test_that_a_throughput_is_explained_by_no_parameter_of_other_times(world: World) -> None:
    held = scaled(world, FIRST_START, POD16, THROUGHPUT, 0.97)
    others = {"start_up", "evaluation", "checkpoint", "floor", "rise"}
    groups = {each.group for each in held.explanations} | set(held.not_alone)
    assert groups and not groups & others
    assert not {each.lever.key for each in held.explanations if each.lever} & {"samples_gain"}
    timed = scaled(world, FIRST_START, POD16, TIME, 0.97)
    assert others <= {each.group for each in timed.explanations} | set(timed.not_alone)


def test_that_what_is_projected_lies_inside_and_needs_no_change(world: World) -> None:
    for quantity in (TIME, THROUGHPUT):
        held = scaled(world, FIRST_START, DGX, quantity, 1.0)
        assert held.inside and held.residual == 0.0
        assert all(each.value == pytest.approx(each.present, rel=1e-6) for each in held.explanations if each.part)


def test_that_the_side_and_the_rank_follow_the_measurement(world: World) -> None:
    helds = [scaled(world, FIRST_START, POD16, TIME, factor) for factor in (0.5, 0.99, 1.0, 1.01, 2.0)]
    assert [held.inside for held in helds] == [False, True, True, True, False]
    ranks = [held.rank for held in helds]
    assert ranks == sorted(ranks) and (ranks[0], ranks[-1]) == (0.0, 1.0)
    faster = scaled(world, FIRST_START, POD16, TIME, 0.95)
    signs = {each.deviations > 0.0 for each in faster.explanations if each.group == "ops"}
    assert signs == {True}, "a faster job needs a higher efficiency"


def test_that_nothing_alone_explains_what_no_prior_allows(world: World) -> None:
    held = scaled(world, FIRST_START, POD16, THROUGHPUT, 50.0)
    assert held.explanations == () and {"ops", "memory"} <= set(held.not_alone)


def test_that_a_group_is_named_once_as_explaining_or_not(world: World) -> None:
    held = scaled(world, BERT, DGX, TIME, 1.2)
    assert not {each.group for each in held.explanations} & set(held.not_alone)


def test_that_an_assumption_of_the_users_is_part_of_what_is_measured_against(world: World) -> None:
    slow = replace(FIRST_START, levers={"ipu.start_up_time": 10.0})
    measurement = Measurement(TIME, 1700.0)
    plain, moved = (hold(world, scenario, POD16, measurement) for scenario in (FIRST_START, slow))
    assert moved.residual < plain.residual


def test_that_a_job_without_a_network_and_a_time_of_no_job_are_refused(world: World) -> None:
    with pytest.raises(InputError):
        hold(world, replace(FIRST_START, workload="weather"), POD16, Measurement(TIME, 60.0))
    with pytest.raises(InputError):
        hold(world, FIRST_START, POD16, Measurement(TIME, -1.0))
