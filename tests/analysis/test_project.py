"""One projection, complete enough to be defended."""

from functools import reduce
from math import isfinite
from operator import add

import pytest
from hypothesis import given, settings

from ipuwhatif.analysis.project import official_of, project, project_all
from ipuwhatif.analysis.results import CALIBRATED, EXTRAPOLATED
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.why.term_words import input_origin, term_equation, term_name, term_value
from ipuwhatif.model.case import AS_SUBMITTED, BEST, Case, Gains, Pins
from ipuwhatif.model.time_to_train import PARTS
from ipuwhatif.records import replace
from ipuwhatif.units import told
from tests.model.space import cases
from tests.refusals import refused

POD64 = Case("resnet50", SystemChoice("ipu-pod", 64), "2021-12", "closed")
BERT = Case("bert-large", SystemChoice("ipu-pod", 64), "2021-12", "closed")


def on(case: Case, system: str, chips: int, **changes: object) -> Case:
    return replace(case, choice=SystemChoice(system, chips), **changes)


@pytest.mark.parametrize(
    "case",
    [
        POD64,
        replace(POD64, policy=AS_SUBMITTED),
        BERT,
        replace(BERT, recipe="open", release="2021-06"),
        on(POD64, "dgx-a100", 8),
        on(BERT, "bow-pod", 1024),
    ],
)
def test_that_every_field_is_filled(world: World, case: Case) -> None:
    answer = project(world, case)
    assert answer.case == case and answer.choice == case.choice
    assert str(case.choice.chips) in answer.name.replace(",", "")
    assert answer.family == world.catalog.systems[case.choice.system].family
    assert tuple(answer.breakdown_s) == PARTS
    assert 1 <= len(answer.evidence) <= 3
    assert {entry.workload for entry in answer.evidence} == {case.workload}
    assert set(PARTS) | {"time_to_train", "throughput", "samples_to_target", "step_time", "steps", "evaluations"} == {
        term.key for term in answer.terms
    }
    for term in answer.terms:
        assert term_name(term) and term_equation(term) and term_value(term), term
    assert answer.layout.policy == case.policy


def test_that_every_input_says_where_it_comes_from(world: World) -> None:
    for case in (POD64, on(BERT, "dgx-a100", 8)):
        inputs = project(world, case).inputs
        assert len({told(each.what) for each in inputs}) == len(inputs)
        for each in inputs:
            origin = input_origin(each)
            assert told(each.value) and origin.producer and origin.title and origin.kind, each
        text = " ".join(told(each.what) for each in inputs)
        for words in ("Peak arithmetic rate", "Memory bandwidth", "Link bandwidth", "Reference convergence points"):
            assert words in text


@settings(max_examples=60)
@given(case=cases())
def test_that_an_answer_is_finite_adds_up_and_lies_in_its_interval(world: World, case: Case) -> None:
    answer = project_all(world, [case], draws=64)[0]
    # one after the other, as arrays are added: `sum` compensates floats from Python 3.12 on
    assert reduce(add, answer.breakdown_s.values()) == answer.time_to_train_s.median
    for quantity in (answer.time_to_train_s, answer.throughput_samples_per_s, answer.samples_to_target):
        assert 0 < quantity.low <= quantity.median <= quantity.high and isfinite(quantity.high)
        assert quantity.level == 0.8
    assert (answer.basis == CALIBRATED) == (answer.beyond == ())
    assert all(value >= 0 and isfinite(value) for value in answer.breakdown_s.values())


def test_that_a_scored_job_shows_its_score_beside_the_projection(world: World) -> None:
    answer = project(world, replace(POD64, policy=AS_SUBMITTED))
    assert answer.official is not None
    assert answer.official.key == "v1.1/Graphcore/ipu-pod64-TF1/resnet/closed"
    assert answer.official.score_s / 60 == pytest.approx(8.50, abs=0.005)
    assert answer.time_to_train_s.median != answer.official.score_s
    assert answer.time_to_train_s.median == pytest.approx(answer.official.score_s, rel=0.02)


def test_that_the_projection_comes_from_the_model_and_never_from_the_score(world: World) -> None:
    catalog = world.catalog
    doubled = tuple(replace(entry, score_s=2 * entry.score_s) for entry in catalog.official)
    other = replace(world, catalog=replace(catalog, official=doubled, evidence_hash="of scores twice as long"))
    asked = [
        Case(entry.workload, entry.choice, entry.release, entry.division, policy)
        for entry in catalog.official
        if usable(entry) and entry.workload is not None and entry.choice is not None
        for policy in (BEST, AS_SUBMITTED)
    ]
    answers = zip(project_all(world, asked, draws=4), project_all(other, asked, draws=4), strict=True)
    for plain, changed in answers:
        assert plain.official is not None and changed.official is not None
        assert changed.official.score_s == 2 * plain.official.score_s
        assert changed.time_to_train_s == plain.time_to_train_s
        assert plain.time_to_train_s.median != plain.official.score_s


@pytest.mark.parametrize(
    "changes",
    [
        {"choice": SystemChoice("ipu-pod", 48)},
        {"choice": SystemChoice("bow-pod", 64)},
        {"release": "2019-07"},
        {"recipe": "open"},
    ],
)
def test_that_what_nobody_scored_has_no_score(world: World, changes: dict[str, object]) -> None:
    assert official_of(world.catalog, POD64) is not None
    assert official_of(world.catalog, replace(POD64, **changes)) is None


def test_that_a_lever_leaves_the_score_and_moves_the_projection(world: World) -> None:
    plain, moved = project_all(world, [POD64, replace(POD64, gains=Gains(compute=1.3))])
    assert moved.official == plain.official
    assert moved.time_to_train_s.median < plain.time_to_train_s.median
    assert (plain.basis, moved.basis, moved.beyond) == (CALIBRATED, EXTRAPOLATED, ("compute gain",))


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (on(BERT, "ipu-pod", 7), "3 of 7 IPUs stay idle: a pipeline takes 4"),
        (on(BERT, "ipu-pod", 65), "1 of 65 IPUs stay idle: "),
        (replace(POD64, pins=Pins(global_batch=4000)), "a global batch of 4,000 runs as "),
        (POD64, "no run counts fewer samples to the target"),
        (replace(POD64, policy=AS_SUBMITTED), "layout, batch and recipe of the submitted entry"),
        (
            replace(POD64, policy=AS_SUBMITTED, pins=Pins(global_batch=2560)),
            "layout and recipe of the submitted entry, with the pinned parts changed",
        ),
        (on(POD64, "pcie-v100s", 8), "assumed, without a source"),
    ],
)
def test_that_what_must_be_said_stands_in_the_notes(world: World, case: Case, words: str) -> None:
    notes = project(world, case).notes
    assert any(words in told(note) for note in notes), notes


def test_that_a_figure_from_memory_marks_the_projection(world: World) -> None:
    assert project(world, POD64).sourced
    assert not project(world, on(POD64, "pcie-v100s", 8)).sourced


def test_that_notes_say_nothing_that_is_not_so(world: World) -> None:
    older = replace(POD64, release="2021-06", pins=Pins(global_batch=2560))
    assert project(world, older).notes == ()


def test_that_terms_print_what_the_breakdown_holds(world: World) -> None:
    answer = project(world, POD64)
    values = {term.key: term_value(term) for term in answer.terms}
    assert values["pipeline_bubble"].startswith("0")
    assert values["throughput"].split()[0].replace(",", "") == str(round(answer.throughput_samples_per_s.median))
    assert values["samples_to_target"].replace(",", "") == str(round(answer.samples_to_target.median))
    steps = answer.samples_to_target.median / answer.layout.global_batch
    assert values["steps"].replace(",", "") == str(round(steps))


def test_that_many_cases_keep_their_order_and_none_is_no_question(world: World) -> None:
    asked = [on(POD64, "ipu-pod", chips) for chips in (64, 16, 128)]
    assert [answer.choice.chips for answer in project_all(world, asked, draws=2)] == [64, 16, 128]
    assert project_all(world, []) == ()


def test_that_a_case_that_does_not_fit_is_refused(world: World) -> None:
    with refused(
        "BERT-Large does not fit on 2 IPUs: the smallest number that does is 4 IPUs (in 2 pipeline stages a chip "
        "would need 742 MB; of its 900 MB, 720 MB are there for that)"
    ):
        project(world, on(BERT, "ipu-pod", 2))


def test_that_an_entry_of_another_task_is_no_official_result(world: World) -> None:
    v07 = project(world, Case("bert-large", SystemChoice("dgx-1", 8), "2020-07", "closed"))
    assert v07.official is None  # BERT in v0.7 had a lower quality target


def test_that_a_framework_in_place_of_the_entries_software_is_a_projection_of_its_own(world: World) -> None:
    tuned = on(POD64, "dgx-a100", 8)
    own, named = project_all(world, [tuned, replace(tuned, software="pytorch-20.12")])
    assert own.official is not None and named.official is None
    assert (own.basis, named.basis, named.beyond) == (CALIBRATED, CALIBRATED, ())  # speeds of it were printed
    of_class = project_all(world, [replace(tuned, software="framework")])[0]
    assert (of_class.basis, of_class.beyond) == (EXTRAPOLATED, ("software",))
    assert named.throughput_samples_per_s.median < 0.8 * own.throughput_samples_per_s.median
    widths = [each.throughput_samples_per_s.high / each.throughput_samples_per_s.low for each in (own, named)]
    assert widths[1] > 1.3 > widths[0]


@pytest.mark.parametrize(("system", "chips"), [("ipu-pod", 64), ("gaudi", 8), ("tpu-v3", 16)])
def test_that_a_framework_for_gpus_changes_nothing_elsewhere(world: World, system: str, chips: int) -> None:
    case = on(POD64, system, chips)
    own, named = project_all(world, [case, replace(case, software="pytorch-20.12")])
    assert named.time_to_train_s == own.time_to_train_s and named.layout == own.layout
    assert (named.official, named.basis) == (own.official, own.basis)
