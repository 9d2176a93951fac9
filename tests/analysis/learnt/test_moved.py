"""What a profile moves, across jobs, in every answer the same; and what it has in common with what was run."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.cost.economics import economics
from ipuwhatif.analysis.finish.finish import finish
from ipuwhatif.analysis.kept_answers import PROFILE, answers_of, moves_of, with_answers, with_own_things
from ipuwhatif.analysis.learnt.moved import moved
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.own_runs import MACHINE, SIZE
from ipuwhatif.calibration.store import calibration_hash
from ipuwhatif.charts.spec import GHOST
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from ipuwhatif.scenario.profiles import Profile, ProfileRun
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError, told
from tests.own_profile import with_profile

ASKED = replace(FIRST_START, profile="ours")
POD = ProfileRun("resnet50", "closed", "ipu-pod:16", "2021-12", Measurement(TIME, 1_980.0))


@pytest.fixture(scope="module")
def own(world: World) -> World:
    return with_profile(world, POD)


def test_that_a_profile_moves_as_the_same_measurement_of_a_scenario_does(world: World, own: World) -> None:
    marked = FIRST_START.with_measurement("ipu-pod:16", replace(POD.measurement, learnt=True))
    assert [each.time_to_train_s for each in compare(own, ASKED).projections] == [
        each.time_to_train_s for each in compare(world, marked).projections
    ]
    (followed,) = compare(own, ASKED).settings
    assert told(followed) == "your profile ours"


def told_of(projection: Projection) -> tuple[object, ...]:
    """What is said of a system; the worlds that two answers were found in are never one object."""
    return projection.case, projection.time_to_train_s, projection.throughput_samples_per_s, projection.layout


def test_that_before_after_and_effects_add_up(world: World, own: World) -> None:
    answer = moved(own, ASKED)
    plain, followed = compare(world, FIRST_START).projections, compare(own, ASKED).projections
    assert [told_of(row.after) for row in answer.rows] == [told_of(each) for each in followed]
    assert [told_of(row.before) for row in answer.rows] == [told_of(each) for each in plain]
    for row in answer.rows:
        before, after = row.before.throughput_samples_per_s.median, row.after.throughput_samples_per_s.median
        assert row.step == pytest.approx(before / after - 1.0, abs=1e-9)
    first, second, *_ = answer.rows
    assert max(first.effects, key=lambda name: first.effects[name]) == MACHINE
    assert first.effects[SIZE] > second.effects[SIZE] > 0.0
    (run,) = answer.runs
    assert run.ratio == pytest.approx(1.16, abs=0.02) and not answer.other_calibration


def test_that_a_run_of_one_job_tells_of_another_on_the_same_chips(world: World) -> None:
    run = ProfileRun("gpt2-small", world.catalog.workloads["gpt2-small"].recipes[0], "dgx-a100:8", "2022-06",
                     Measurement(THROUGHPUT, 100.0))  # fmt: skip
    other = replace(ASKED, workload="gpt2-xl", recipe=world.catalog.workloads["gpt2-xl"].recipes[0], release="2022-06")
    plain = compare(world, replace(other, profile="", workload="gpt2-small")).projections[3]
    slower = replace(run, measurement=Measurement(THROUGHPUT, 0.7 * plain.throughput_samples_per_s.median))
    changes = {row.after.choice.key: row.change for row in moved(with_profile(world, slower), other).rows}
    assert changes["dgx-a100:8"] > 1.5 * changes["ipu-pod:16"] > 0.0


def test_that_finish_and_cost_and_scaling_and_documents_follow(world: World, own: World) -> None:
    told = {each.choice.key: each.time_to_train_s for each in compare(own, ASKED).projections}
    for run in finish(own, ASKED).runs:
        expected = told[run.projection.choice.key]
        assert run.sure(0.9) == pytest.approx(expected.high, rel=5e-4)  # between two draws
        assert 0.999 * expected.low < run.sure(0.1) < run.sure(0.5)  # a recipe that nobody tuned only takes longer
    bill = economics(own, ASKED).bills[0]
    assert bill.projection.time_to_train_s == told["ipu-pod:16"]
    (curve, *_) = scaling(own, ASKED, 16, 64).curves
    assert curve.median[0] == pytest.approx(told["ipu-pod:16"].median)
    kept = answers_of(own, ASKED)
    assert kept is not None and kept.times["ipu-pod:16"].median_s == pytest.approx(told["ipu-pod:16"].median, rel=1e-5)


def test_that_a_document_takes_its_profile_along_and_no_other(own: World) -> None:
    profile = own.profiles["ours"]
    taken = with_own_things(own, Document((ASKED,)))
    assert taken.profiles == (("ours", profile.text),)
    assert with_own_things(own, Document((FIRST_START,))).profiles == ()


def test_that_a_ghost_shows_what_was_projected_before_where_that_moved(own: World) -> None:
    chart = compare_figure(compare(own, ASKED), ASKED).chart
    ghosts = [each.row for each in chart.intervals if each.style == GHOST]
    assert ghosts == [0.0, 1.0, 2.0], "nothing of IPUs is learnt of DGX A100"
    assert "baseline: no lever moved, without your own results" in [entry.text for entry in chart.legend]
    plain = compare_figure(compare(own, FIRST_START), FIRST_START).chart
    assert not [each for each in plain.intervals if each.style == GHOST]


def test_that_another_profile_of_the_name_is_why_kept_answers_have_moved(world: World, own: World) -> None:
    saved = with_answers(own, Document((ASKED,)))
    slower = with_profile(world, replace(POD, measurement=Measurement(TIME, 2_100.0)))
    assert not moves_of(own, saved).moves
    found = moves_of(slower, saved)
    assert found.reason == PROFILE and found.largest.choice.key == "ipu-pod:16"


def test_that_a_profile_of_another_calibration_says_so_and_is_worked_out_anew(world: World, own: World) -> None:
    profile = own.profiles["ours"]
    old = replace(world, profiles={"ours": replace(profile, calibration="0" * 64)})
    assert profile.calibration == calibration_hash(world.calibration)
    assert moved(old, ASKED).other_calibration
    assert [row.change for row in moved(old, ASKED).rows] == [row.change for row in moved(own, ASKED).rows]


def test_that_without_anything_learnt_it_is_told_what_to_do(own: World) -> None:
    with pytest.raises(InputError, match="follow none of your results yet"):
        moved(own, FIRST_START)
    for known in ({}, own.profiles):
        with pytest.raises(InputError, match="there is no profile"):
            learning(replace(own, profiles=known), replace(ASKED, profile="theirs"))


def test_that_nothing_of_what_ships_is_touched(world: World, own: World) -> None:
    before = calibration_hash(world.calibration)
    moved(own, ASKED)
    assert calibration_hash(own.calibration) == before
    assert isinstance(own.profiles["ours"], Profile)
