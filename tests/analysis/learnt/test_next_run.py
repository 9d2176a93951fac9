"""What is said to be best to measure next is best once it is told."""

from math import exp, log

import numpy as np
import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.learnt.next_run import Candidate, next_run
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.solving.inputs import runs_of
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.results.own import OwnResult
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.measurements import THROUGHPUT, Measurement
from ipuwhatif.scenario.profiles import ProfileRun
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from tests.own_profile import with_profile


def told(world: World, scenario: Scenario, candidate: Candidate) -> np.ndarray:
    """Widths of the asked projections once a candidate is measured, as far off as its spread says."""
    case = candidate.case
    (run,) = runs_of(world.catalog, [case], solve(world, [case]).intervals.throughput)
    speed = project(world, case).throughput_samples_per_s.median
    measured = ProfileRun(
        case.workload, case.recipe, case.choice.key, case.release, Measurement(THROUGHPUT, speed * exp(-run.spread))
    )
    answered = compare(with_profile(world, measured), replace(scenario, profile="ours")).projections
    return np.array([log(each.time_to_train_s.high / each.time_to_train_s.low) for each in answered])


@pytest.mark.parametrize("workload", ["resnet50", "gpt2-xl"])
def test_that_no_other_run_narrows_more_for_a_chip_hour_when_it_is_told(world: World, workload: str) -> None:
    scenario = FIRST_START if workload == "resnet50" else set_workload(FIRST_START, workload, world.catalog).scenario
    answer = next_run(world, scenario)
    now = np.array(answer.widths)
    gains = [float((1.0 - told(world, scenario, each) / now).mean()) / each.chip_hours for each in answer.candidates]
    assert len(gains) >= 5 and gains[0] > 0.0
    assert gains[0] >= 0.98 * max(gains)
    for each, gain in zip(answer.candidates, gains, strict=True):
        assert each.gain == pytest.approx(gain, rel=0.1, abs=1e-4)


def test_that_the_best_comes_first_and_costs_what_it_says(world: World) -> None:
    answer = next_run(world, FIRST_START, minutes=30.0)
    assert [each.gain for each in answer.candidates] == sorted((each.gain for each in answer.candidates), reverse=True)
    assert all(each.chip_hours == each.choice.chips * 0.5 for each in answer.candidates)
    assert all(each.gain >= 0.0 for each in answer.candidates)
    assert all((np.array(each.widths) <= np.array(answer.widths) + 1e-9).all() for each in answer.candidates)


def test_that_what_is_measured_is_no_candidate_and_what_is_owned_or_named_is(world: World) -> None:
    measured = FIRST_START.with_measurement("ipu-pod:16", Measurement(THROUGHPUT, 34_000.0, learnt=True))
    small = SystemChoice("dgx-a100", 16)
    owned = OwnResult("a.csv, row 2", "our box", 8, "bert-large", Measurement(THROUGHPUT, 900.0),
                      SystemChoice("dgx-h100", 8), "bert-large")  # fmt: skip
    answer = next_run(world, measured, [owned], more=[small])
    found = {(each.case.workload, each.choice.key) for each in answer.candidates}
    assert ("resnet50", "ipu-pod:16") not in found
    assert {("resnet50", "dgx-a100:16"), ("resnet50", "dgx-h100:8"), ("bert-large", "dgx-a100:8")} <= found
    assert all(each.case.gains == answer.candidates[0].case.gains for each in answer.candidates)
