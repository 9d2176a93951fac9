"""Several systems, and the same without levers."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED
from ipuwhatif.records import replace
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError, told
from tests.refusals import refused


def medians(projections) -> list[float]:
    return [projection.time_to_train_s.median for projection in projections]


def test_that_the_answer_has_the_systems_of_the_question_in_its_order(world: World, scenario: Scenario) -> None:
    answer = compare(world, scenario, draws=4)
    assert [each.choice for each in answer.projections] == list(scenario.systems)
    assert answer.projections[answer.reference].choice.key == scenario.reference


def test_that_without_levers_there_is_no_baseline(world: World, scenario: Scenario) -> None:
    assert compare(world, scenario, draws=4).baseline is None


def test_that_every_moved_lever_is_named(world: World, scenario: Scenario) -> None:
    assert compare(world, scenario, draws=4).settings == ()
    (named,) = compare(world, scenario.with_lever("ipu.compute_gain", 1.3), draws=4).settings
    assert (named.scope, named.lever.key, named.value) == ("ipu", "compute_gain", 1.3)


def test_that_a_lever_at_its_default_is_no_lever(world: World, scenario: Scenario) -> None:
    assert compare(world, scenario.with_lever("ipu.compute_gain", 1.0), draws=4).baseline is None


def test_that_a_lever_of_another_family_is_none_for_these_systems(world: World, scenario: Scenario) -> None:
    assert compare(world, scenario.with_lever("bow.compute_gain", 1.5), draws=4).baseline is None


@pytest.mark.parametrize(
    ("lever", "value"), [("compute_gain", 1.3), ("link_bandwidth_gain", 2.0), ("clock", 1.2), ("global_batch", 3200.0)]
)
def test_that_a_lever_leaves_the_baseline_where_it_was(
    world: World, scenario: Scenario, lever: str, value: float
) -> None:
    plain = compare(world, scenario, draws=4)
    moved = compare(world, scenario.with_lever(f"ipu.{lever}", value), draws=4)
    assert moved.baseline is not None
    assert medians(moved.baseline) == medians(plain.projections)
    ipus = [column for column, choice in enumerate(scenario.systems) if choice.system == "ipu-pod"]
    for column, (now, before) in enumerate(zip(medians(moved.projections), medians(plain.projections), strict=True)):
        if column not in ipus:
            assert now == before
        elif lever != "global_batch":
            assert now <= before
    assert any(medians(moved.projections)[column] != medians(plain.projections)[column] for column in ipus)


def test_that_systems_together_are_the_systems_alone(world: World, scenario: Scenario) -> None:
    together = compare(world, scenario, draws=16).projections
    for each in together:
        case = case_of(scenario, each.choice, world.levers, world.catalog)
        (alone,) = project_all(world, [case], draws=16)
        assert each.time_to_train_s.median == pytest.approx(alone.time_to_train_s.median, rel=1e-12)
        assert each.time_to_train_s.high == pytest.approx(alone.time_to_train_s.high, rel=1e-12)


def test_that_the_official_results_are_the_published_scores(world: World, scenario: Scenario) -> None:
    minutes = [
        each.official and round(each.official.score_s / 60, 2) for each in compare(world, scenario, draws=4).projections
    ]
    assert minutes == [28.33, 8.50, 3.79, 29.15, 4.53]


def test_that_a_reference_that_is_not_ticked_is_the_first_system(world: World, scenario: Scenario) -> None:
    assert compare(world, replace(scenario, reference="dgx-1:8"), draws=4).reference == 0


def test_that_nothing_ticked_is_no_question(world: World, scenario: Scenario) -> None:
    with refused("no system is ticked: pick at least one"):
        compare(world, replace(scenario, systems=()))


def test_that_a_system_that_cannot_run_is_named_and_hides_no_other(world: World, bert: Scenario) -> None:
    answer = compare(world, bert.with_system(SystemChoice("ipu-pod", 2), True), draws=4)
    (missing,) = answer.missing
    assert (missing.choice, missing.name) == (SystemChoice("ipu-pod", 2), "IPU-POD (2 IPUs)")
    assert "2 IPUs" in told(missing.reason) and "4 IPUs" in told(missing.reason)
    assert [each.choice for each in answer.projections] == list(bert.systems)
    assert answer.projections[answer.reference].choice.key == bert.reference


def test_that_where_no_system_can_run_the_reasons_are_told(world: World, bert: Scenario) -> None:
    small = replace(bert, systems=(SystemChoice("ipu-pod", 1), SystemChoice("ipu-pod", 2)), reference="ipu-pod:1")
    with refused(
        "BERT-Large does not fit on 1 IPU: the smallest number that does is 4 IPUs (a chip would need 1.42 GB; of "
        "its 900 MB, 720 MB are there for that); BERT-Large does not fit on 2 IPUs: the smallest number that does "
        "is 4 IPUs (in 2 pipeline stages a chip would need 742 MB; of its 900 MB, 720 MB are there for that)"
    ):
        compare(world, small)


def test_that_advice_that_all_reasons_share_is_told_once_and_many_reasons_are_cut(world: World, bert: Scenario) -> None:
    nobody = tuple(SystemChoice("ipu-pod", chips) for chips in (8, 12, 20, 32, 40))
    with pytest.raises(InputError) as caught:
        compare(world, replace(bert, policy=AS_SUBMITTED, systems=nobody, reference="ipu-pod:8"))
    line = str(caught.value)
    assert line.count("use the layout policy best") == 1 and line.endswith("; use the layout policy best")
    assert "8 IPUs of IPU-POD" in line and "32 IPUs" not in line and "; and so on; " in line
    assert "ipu-pod" not in line


def test_that_a_reference_that_cannot_run_passes_on(world: World, bert: Scenario) -> None:
    small = replace(bert.with_system(SystemChoice("ipu-pod", 2), True), reference="ipu-pod:2")
    assert compare(world, small, draws=4).reference == 0


def test_that_a_moved_lever_compares_with_the_same_systems_unmoved(world: World, bert: Scenario) -> None:
    small = bert.with_system(SystemChoice("ipu-pod", 2), True).with_lever("ipu.compute_gain", 1.3)
    answer = compare(world, small, draws=4)
    assert answer.baseline is not None and len(answer.missing) == 1
    assert [each.choice for each in answer.baseline] == [each.choice for each in answer.projections]


@pytest.mark.parametrize("workload", ["insurance", "weather"])
def test_that_a_stated_ratio_is_never_compared(world: World, scenario: Scenario, workload: str) -> None:
    with pytest.raises(InputError, match="--baseline-time"):
        compare(world, replace(scenario, workload=workload, recipe="stated"))


def test_that_submitted_layouts_compare_too(world: World, bert: Scenario) -> None:
    submitted = replace(bert, policy=AS_SUBMITTED, systems=(SystemChoice("ipu-pod", 16), SystemChoice("dgx-a100", 8)))
    ipus, gpus = medians(compare(world, submitted, draws=4).projections)
    assert 1.5 < ipus / gpus < 1.75  # the published 32.70 and 20.00 minutes
