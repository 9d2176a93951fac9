"""What is said beside the time of a job without a quality target."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.reasons import PrintedFor
from ipuwhatif.analysis.results import Input, Projection
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.solving.stated import layout_source, published_nearby, stated_notes, work_of
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.types import STATED, SystemChoice, Workload
from ipuwhatif.model.case import Case
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import told
from tests.refusals import refused

POD16, DGX, RTX, TPU = (
    SystemChoice("ipu-pod", 16),
    SystemChoice("dgx-a100", 8),
    SystemChoice("rtx-2080", 1),
    SystemChoice("tpu-v3", 16),
)


def notes_of(world: World, asked: Case) -> list[str]:
    return [told(note) for note in stated_notes(world.catalog, asked)]


def work_words(workload: Workload, asked: Case) -> str:
    return told(work_of(workload, asked))


def case(workload: str, choice: SystemChoice, **changes) -> Case:
    return replace(Case(workload, choice, "2021-12", "stated"), **changes)


def test_that_the_default_amount_of_work_is_called_an_assumption_with_its_source(world: World) -> None:
    b4 = world.catalog.workloads["efficientnet-b4"]
    assert work_words(b4, case("efficientnet-b4", POD16)) == "stated: 350 epochs (an assumption)"
    assert work_words(b4, case("efficientnet-b4", POD16, samples=1281167.0)) == "stated: 1 epoch"
    amount = notes_of(world, case("efficientnet-b4", POD16))[0]
    assert "assumption" in amount and "Graphcore" in amount
    ours = notes_of(world, case("gpt2-xl", POD16))[0]
    assert ours == "amount of work: 10 billion tokens in sequences of 1,024: an assumption"
    assert "as you stated" in notes_of(world, case("efficientnet-b4", POD16, samples=5e6))[0]


def test_that_both_makes_of_efficientnet_name_their_network(world: World) -> None:
    published, grouped = (
        " ".join(notes_of(world, case(key, DGX))) for key in ("efficientnet-b4", "efficientnet-b4-g16")
    )
    assert "depthwise convolutions; 19,341,616 parameters" in published
    assert "group-16" in grouped and "19,341,616" not in grouped


def test_that_software_and_layout_name_their_origin(world: World) -> None:
    notes = notes_of(world, case("efficientnet-b4", DGX, software="pytorch-21.03"))
    assert any("PyTorch, container 21.03" in note for note in notes)
    assert any("4,096 a step" in note for note in notes)
    assert any("layout: an assumption" in note for note in notes_of(world, case("gpt2-xl", DGX)))


def test_that_every_stated_job_has_a_layout_source_and_notes_on_every_kind_of_chip(world: World) -> None:
    for key, workload in world.catalog.workloads.items():
        for choice in (POD16, DGX, RTX, TPU):
            if workload.kind == STATED:
                unknown = choice == POD16 and is_language_model(workload)  # no language model was laid out on IPUs
                assert (layout_source(world.catalog, case(key, choice)) is None) == unknown, (key, choice)
                assert len(notes_of(world, case(key, choice))) >= 4


def test_that_what_the_evidence_does_not_hold_is_said(world: World) -> None:
    def said(workload: str, choice: SystemChoice) -> str:
        return notes_of(world, case(workload, choice))[-1]

    assert said("gpt2-xl", POD16) == "no measurement of this job on this kind of chip is in the evidence"
    assert "evidence" not in said("deeplob", RTX)


def test_that_a_projection_of_a_stated_job_has_no_official_result_and_says_what_it_is(world: World) -> None:
    made = project(world, case("efficientnet-b4", DGX, samples=100 * 1281167.0))
    assert made.official is None and made.evidence == ()
    assert made.samples_to_target.median == pytest.approx(100 * 1281167.0)
    terms = {term.key: term for term in made.terms}
    assert told(terms["samples_to_target"].work) == "stated: 100 epochs"
    assert sum(made.breakdown_s.values()) == pytest.approx(made.time_to_train_s.median)
    assert "amount of work: 100 epochs, as you stated" in map(told, made.notes)


def printed(projection: Projection) -> list[Input]:
    return [each for each in projection.inputs if isinstance(each.what, PrintedFor)]


def test_that_printed_figures_stand_beside_the_projection_nearest_first(world: World) -> None:
    inputs = printed(project(world, case("efficientnet-b4", DGX)))
    assert inputs and all(isinstance(each.origin, Origin) and each.origin.title for each in inputs)
    assert "8 chips" in told(inputs[0].what) and "samples/s" in " ".join(told(each.value) for each in inputs)
    official = Case("resnet50", DGX, "2021-12", "closed")
    assert not printed(project(world, official))


def test_that_time_grows_with_the_amount_of_work(world: World) -> None:
    times = [
        project(world, case("deeplob", POD16, samples=samples)).time_to_train_s.median for samples in (1e6, 1e7, 1e8)
    ]
    assert times == sorted(times) and times[2] > 5 * times[1]


def test_that_scaling_says_what_the_job_is_and_who_published_what(world: World) -> None:
    scenario = replace(set_workload(FIRST_START, "deeplob", world.catalog).scenario, samples=1e7)
    answer = scaling(world, scenario, 1, 16, draws=4)
    assert answer.samples == 1e7
    notes = " ".join(map(told, answer.notes))
    assert "IPU-POD: layout" in notes and "105,347 parameters" in notes


def test_that_a_large_job_leaves_out_what_it_does_not_fit(world: World) -> None:
    scenario = set_workload(FIRST_START, "gpt2-xl", world.catalog).scenario
    small = replace(scenario, systems=(SystemChoice("ipu-pod", 4), SystemChoice("ipu-pod", 64), DGX), reference=DGX.key)
    answer = compare(world, small, draws=4)
    assert [each.choice.chips for each in answer.missing] == [4]
    assert len(answer.projections) == 2


def test_that_a_relative_workload_is_no_projection(world: World) -> None:
    with refused(
        "weather is known by a stated ratio only, there is no network to project: give what the job takes you "
        'today, ipuwhatif project -w weather --baseline-time "70.5 h"'
    ):
        project(world, case("weather", POD16))


def test_that_printed_speeds_of_what_runs_stand_before_others_and_the_nearest_first(world: World) -> None:
    def first(workload: str, system: str, chips: int, software: str = "", layers: tuple[int, ...] = ()) -> list[str]:
        asked = case(workload, SystemChoice(system, chips), software=software, layers=layers)
        return [f"{row.software} {row.accelerators}" for row in published_nearby(world.catalog, asked)]

    assert first("resnet50", "dgx-a100", 8, "mxnet-20.12")[0] == "MXNet NGC 20.12 8"
    assert all("PyTorch" in row or "pytorch" in row for row in first("resnet50", "dgx-a100", 8, "pytorch-20.12"))
    assert first("bert-large-128", "dgx-2", 16, "tensorflow2-21.02")[0] == "TF2 NGC 21.02 XLA 16"
    of_own_length = Case(
        "mpt-7b", SystemChoice("dgx-a100", 8), "2025-11", "stated", software="llm-foundry", layers=(512,)
    )
    assert published_nearby(world.catalog, of_own_length)[0].tokens == 1024  # the shortest on 8 GPUs
