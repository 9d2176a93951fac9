import pytest
from pytestqt.qtbot import QtBot

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.finder.entry import Entry
from ipuwhatif.gui.finder.palette_entries import entries, tick
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.scenario import FIRST_START, MOST_SYSTEMS
from ipuwhatif.units import InputError, told
from tests.gui.hosts import Host
from tests.gui.scripted import CATALOG, LEVERS, MOVED


def named(host: Host, text: str) -> Entry:
    return next(each for each in entries(host) if each.text == text)


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    host = Host(Document((FIRST_START, MOVED), ("", "faster")))
    qtbot.addWidget(host)
    return host


def test_that_whatever_there_is_can_be_found(host: Host) -> None:
    offered = entries(host)
    texts = {each.text for each in offered}
    assert {told(workload.name) for workload in CATALOG.workloads.values()} <= texts
    assert {system_name(choice, CATALOG) for choice in CATALOG.presets.values()} <= texts
    assert {f"Software as of {key}" for key in CATALOG.releases} <= texts
    assert {"A", "B: faster", "Next scenario", "Scaling", "Layout as submitted", "Compare per chip"} <= texts
    assert len([each for each in offered if each.kind in ("lever", "assumption")]) == len(LEVERS)
    assert len(texts) == len(offered)


def test_that_an_entry_of_a_menu_has_its_kind_and_keys_and_no_marks(host: Host) -> None:
    scaling, chips = named(host, "Scaling"), named(host, "Fish & chips…")
    assert (scaling.keys, scaling.kind, chips.keys, chips.kind) == ("Ctrl+2", "view", "", "command")
    scaling.act()
    assert host.turned == ["scaling"]


def test_that_a_command_that_has_nothing_to_act_on_says_so(host: Host) -> None:
    host.scenarios.remove.setEnabled(False)
    remove = named(host, "Remove")
    assert (remove.told, remove.possible) == ("not now", False)
    with pytest.raises(InputError, match="Remove has nothing to act on now"):
        remove.act()


def test_that_what_the_workload_has_no_use_for_says_so(host: Host) -> None:
    with pytest.raises(InputError, match="Tensor parallel is for language models"):
        named(host, "IPU-POD16 (16 IPUs) tensor parallel").act()
    host.question.apply(set_workload(host.question.scenario, "gpt2-xl", CATALOG))
    with pytest.raises(InputError, match="Layout as submitted: the workload that is chosen has no use for it"):
        named(host, "Layout as submitted").act()


def test_that_choosing_an_entry_is_a_named_step_of_undo(host: Host) -> None:
    question = host.question
    for text, name in (
        ("Bow Pod64 (64 IPUs)", "Add Bow Pod64 (64 IPUs)"),
        ("IPU-POD16 (16 IPUs)", "Remove IPU-POD16 (16 IPUs)"),
        ("Software as of 2021-06", "Software as of 2021-06"),
        ("Reference Bow Pod64 (64 IPUs)", "Reference Bow Pod64 (64 IPUs)"),
        ("BERT-Large", "Workload BERT-Large"),
        ("Recipe open", "Recipe open"),
    ):
        named(host, text).act()
        assert question.undo_stack.undoText() == name
    assert question.undo_stack.count() == 6


def test_that_a_lever_is_told_with_whose_it_is_and_what_it_is_set_to(host: Host) -> None:
    host.question.turn_to(1)
    entry = named(host, "IPU compute gain")
    assert (entry.kind, entry.told) == ("lever", "1.30 ×")
    assert named(host, "IPU-POD16 (16 IPUs) global batch").told == "by layout policy"
    assert named(host, "IPU launch cost").kind == "assumption"
    entry.act()
    assert host.fields == ["compute_gain"]


def test_that_a_job_known_by_a_ratio_has_no_levers_and_no_releases(host: Host) -> None:
    host.question.apply(set_workload(host.question.scenario, "weather", CATALOG))
    assert "IPU compute gain" not in [each.text for each in entries(host)]
    for text in ("Software as of 2021-06", "Scaling", "Memory", "Compare per chip"):
        with pytest.raises(InputError):
            named(host, text).act()


def test_that_before_the_world_is_loaded_there_are_the_commands(host: Host) -> None:
    host.world = None
    kinds = {each.kind for each in entries(host)}
    assert kinds == {"view", "command", "scenario", "setting", "example"}


def test_that_one_system_too_many_is_refused_in_words(host: Host) -> None:
    question = host.question
    for chips in range(1, 1 + MOST_SYSTEMS - len(FIRST_START.systems)):
        tick(question, SystemChoice("bow-pod", chips), CATALOG)
    with pytest.raises(InputError, match="untick one first"):
        tick(question, SystemChoice("bow-pod", 512), CATALOG)
    tick(question, SystemChoice("bow-pod", 1), CATALOG)
    assert len(question.scenario.systems) == MOST_SYSTEMS - 1


def test_that_what_is_asked_for_by_name_is_what_headlines_speak_of(host: Host) -> None:
    tick(host.question, SystemChoice("bow-pod", 16), CATALOG)
    assert host.question.scenario.spoken_of == "bow-pod:16" and host.question.scenario.reference == "dgx-a100:8"
    tick(host.question, SystemChoice("bow-pod", 16), CATALOG)
    assert host.question.scenario.spoken_of == FIRST_START.spoken_of


@pytest.mark.parametrize("word", ["Subject", "Reference"])
def test_that_a_subject_and_a_reference_are_ticked_for_it_in_one_step(host: Host, word: str) -> None:
    named(host, f"{word} DGX H100 (8 GPUs)").act()
    scenario = host.question.scenario
    assert SystemChoice("dgx-h100", 8) in scenario.systems
    assert (scenario.spoken_of if word == "Subject" else scenario.reference) == "dgx-h100:8"
    host.question.undo_stack.undo()
    assert host.question.scenario == FIRST_START


def test_that_the_price_of_a_ticked_system_leads_to_its_field(host: Host) -> None:
    named(host, "Price of DGX A100 (8 GPUs)").act()
    assert host.fields == ["price"] and host.question.selection == SystemChoice("dgx-a100", 8)
    with pytest.raises(InputError, match=r"DGX H100 .* is not ticked: tick it first"):
        named(host, "Price of DGX H100 (8 GPUs)").act()
