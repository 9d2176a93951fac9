"""The whole by hand: steps, evaluations and start-up add up to the time to train."""

import numpy as np
import pytest

from ipuwhatif.model import roofline
from ipuwhatif.model.roles.names import ROLES
from ipuwhatif.model.statics.values import VALUES
from ipuwhatif.model.time_to_train import PARTS, STEP_PARTS, evaluate
from tests.model.synthetic import inputs, parameters

KNOWN = parameters(
    memory_efficiency=0.5,
    launch=1e-5,
    update=2e-11,
    clock_share=0.0,
    step_fixed=1e-3,
    link_efficiency=0.5,
    network_efficiency=0.5,
    overlap=0.0,
    floor=1e6,
    slope=1e-12,
    rise=1e-12,
    far_rise=1e-12,
    critical_batch=32.0,
    far_batch=32.0,
    horizon=0.0,
    evaluation=0.5,
    checkpoint=2.0,
    start_up=3.0,
    joining=4.0,
    joining_growth=2.0,
)
MICRO = 0.08 + 0.08 + 15e-5
ALL_REDUCE = 2 * 7 / 8 * 2e9 / 5e10
SAMPLES, BATCH = 1e6, 32


@pytest.fixture(autouse=True)
def _sharp_knee(monkeypatch: pytest.MonkeyPatch) -> None:
    """Times by hand are those of a roofline with a sharp knee."""
    monkeypatch.setattr(roofline, "KNEE", 0.0)


def test_that_the_case_made_by_hand_has_all_that_the_model_reads() -> None:
    assert set(inputs().value) == set(VALUES) and set(inputs().role) == set(ROLES)


def test_that_the_time_is_steps_evaluations_and_start_up() -> None:
    outcome = evaluate(inputs(), KNOWN)
    step = MICRO + 0.02 + 1e-3 + ALL_REDUCE
    throughput = BATCH / step
    evaluation = SAMPLES / 1e5 * (0.5 * 10_000 / throughput + 2.0)
    start_up = 3.0 + 4.0 * (8 / 64) ** 2
    assert outcome.step_time[0, 0] == pytest.approx(step, rel=1e-9)
    assert outcome.throughput[0, 0] == pytest.approx(throughput, rel=1e-9)
    assert outcome.samples[0, 0] == pytest.approx(SAMPLES, rel=1e-9)
    assert outcome.training_time[0, 0] == pytest.approx(SAMPLES / throughput, rel=1e-9)
    assert outcome.time_to_train[0, 0] == pytest.approx(SAMPLES / throughput + evaluation + start_up, rel=1e-9)


def test_that_the_parts_are_those_of_the_formula_in_their_order() -> None:
    parts = evaluate(inputs(), KNOWN).parts
    steps = SAMPLES / BATCH
    expected = {
        "compute": steps * 0.08,
        "memory": steps * 0.08,
        "launch": steps * 15e-5,
        "pipeline_bubble": 0.0,
        "collective": steps * ALL_REDUCE,
        "update": steps * 0.02,
        "host_wait": steps * 1e-3,
        "evaluation": 10 * 0.5 * 10_000 / BATCH * (MICRO + 0.02 + 1e-3 + ALL_REDUCE),
        "checkpoint": 10 * 2.0,
        "start_up": 3.0 + 4.0 / 64,
    }
    assert tuple(parts) == PARTS == tuple(expected)
    assert [parts[name][0, 0] for name in PARTS] == pytest.approx(list(expected.values()), rel=1e-9)


def test_that_a_pipeline_waits_for_its_fill_and_not_for_more() -> None:
    outcome = evaluate(inputs(stages=4, replicas=2, accumulation=10, global_batch=80), KNOWN)
    steps = SAMPLES / 80
    assert outcome.parts["pipeline_bubble"][0, 0] == pytest.approx(steps * 6 * MICRO, rel=1e-9)
    assert outcome.parts["compute"][0, 0] == pytest.approx(steps * 10 * 0.08, rel=1e-9)
    assert outcome.parts["memory"][0, 0] == pytest.approx(steps * 10 * 0.08, rel=1e-9)
    assert outcome.parts["launch"][0, 0] == pytest.approx(steps * 10 * 15e-5, rel=1e-9)


def test_that_chips_that_normalise_together_wait_in_every_micro_batch() -> None:
    known = KNOWN.copy()
    known[:, inputs().role["link_latency"]] = 1e-5
    alone = evaluate(inputs(accumulation=10, global_batch=320), known).parts["collective"][0, 0]
    together = evaluate(inputs(accumulation=10, global_batch=320, batch_norm_group=4), known).parts["collective"][0, 0]
    assert together - alone == pytest.approx(SAMPLES / 320 * 10 * 2 * 53 * 2 * 1e-5, rel=1e-9)


def test_that_an_evaluation_takes_longer_where_most_chips_stand_by() -> None:
    some = evaluate(inputs({"evaluation_chips": 2.0}), KNOWN).parts["evaluation"][0, 0]
    all_of_them = evaluate(inputs({"evaluation_chips": 8.0}), KNOWN).parts["evaluation"][0, 0]
    more_than_there_are = evaluate(inputs({"evaluation_chips": 16.0}), KNOWN).parts["evaluation"][0, 0]
    assert some == pytest.approx(4 * all_of_them, rel=1e-12)
    assert more_than_there_are == all_of_them


def test_that_start_up_of_an_older_release_is_longer_and_joining_is_not() -> None:
    older = KNOWN.copy()
    older[:, inputs().role["start_up_effect"]] = 2.0
    assert evaluate(inputs(), older).parts["start_up"][0, 0] == pytest.approx(6.0 + 4.0 / 64, rel=1e-12)


@pytest.mark.parametrize(("rounds", "factor"), [(0.0, 1.0), (2.0, 2.25), (-1.0, 1 / 1.5)])
def test_that_start_up_drifts_a_factor_a_round_and_joining_does_not(rounds: float, factor: float) -> None:
    known = KNOWN.copy()
    known[:, inputs().role["start_up_drift"]] = 1.5
    start_up = evaluate(inputs({"rounds_ago": rounds}), known).parts["start_up"][0, 0]
    assert start_up == pytest.approx(3.0 * factor + 4.0 / 64, rel=1e-12)


def test_that_a_job_without_a_target_takes_the_samples_that_were_stated() -> None:
    outcome = evaluate(inputs(stated_samples=2.5e5), KNOWN)
    assert outcome.samples[0, 0] == 2.5e5
    assert outcome.parts["compute"][0, 0] == pytest.approx(2.5e5 / BATCH * 0.08, rel=1e-12)


def test_that_every_array_has_a_row_a_draw_and_a_column_a_case() -> None:
    outcome = evaluate(inputs(), np.repeat(KNOWN, 3, axis=0))
    arrays = [*outcome.parts.values(), outcome.step_time, outcome.samples, outcome.throughput, outcome.time_to_train]
    assert {array.shape for array in arrays} == {(3, 1)}
    assert set(STEP_PARTS) < set(PARTS)


def test_that_the_outcome_at_some_draws_keeps_no_others() -> None:
    every = evaluate(inputs(), np.repeat(KNOWN, 100, axis=0))
    first = every.at(slice(1))
    arrays = [*first.parts.values(), first.step_time, first.samples, first.throughput]
    assert all(array.base is None and array.size == 1 for array in arrays)
    assert (first.time_to_train == every.time_to_train[:1]).all()
