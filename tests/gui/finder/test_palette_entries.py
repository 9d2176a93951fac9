import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.finder.palette_entries import Entry, entries, found, tick
from ipuwhatif.scenario.document import Document
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.scenario import FIRST_START, MOST_SYSTEMS
from ipuwhatif.units import InputError
from tests.gui.hosts import Host
from tests.gui.scripted import CATALOG, LEVERS, MOVED


def plain(*texts: str) -> list[Entry]:
    return [Entry(text, lambda: None) for text in texts]


def named(host: Host, text: str, detail: str = "", wanted=lambda key: None) -> Entry:
    return next(each for each in entries(host, wanted) if each.text == text and detail in each.detail)


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    host = Host(Document((FIRST_START, MOVED), ("", "faster")))
    qtbot.addWidget(host)
    return host


def test_that_whatever_there_is_can_be_found(host: Host) -> None:
    offered = entries(host, lambda key: None)
    texts = {each.text for each in offered}
    assert {workload.name for workload in CATALOG.workloads.values()} <= texts
    assert {system_name(choice, CATALOG) for choice in CATALOG.presets.values()} <= texts
    assert {f"Software as of {key}" for key in CATALOG.releases} - texts == {"Software as of 2021-12"}
    assert {"A", "B: faster", "Next scenario", "Scaling", "Layout as submitted", "Compare per chip"} <= texts
    assert len([each for each in offered if each.detail.startswith(("lever", "assumption"))]) == len(LEVERS)
    assert len(texts) > len(offered) - 5


def test_that_an_entry_of_a_menu_has_its_keys_and_neither_marks_nor_what_is_disabled(host: Host) -> None:
    scaling, chips = named(host, "Scaling"), named(host, "Fish & chips…")
    assert (scaling.keys, scaling.detail, chips.keys) == ("Ctrl+2", "View", "")
    scaling.act()
    assert host.turned == ["scaling"]
    host.scenarios.remove.setEnabled(False)
    assert "Remove" not in {each.text for each in entries(host, lambda key: None)}


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
    wanted: list[str] = []
    host.question.turn_to(1)
    entry = named(host, "IPU compute gain", wanted=wanted.append)
    assert entry.detail == "lever, 1.30 ×"
    assert named(host, "IPU-POD16 (16 IPUs) global batch").detail == "lever, by layout policy"
    assert named(host, "IPU launch cost").detail == "assumption, 1.00 ×"
    entry.act()
    assert wanted == ["compute_gain"]


def test_that_a_job_known_by_a_ratio_has_no_levers_and_no_releases(host: Host) -> None:
    host.question.apply(set_workload(host.question.scenario, "weather", CATALOG))
    texts = [each.text for each in entries(host, lambda key: None)]
    assert "IPU compute gain" not in texts and "Software as of 2021-06" not in texts


def test_that_before_the_world_is_loaded_there_are_the_commands(host: Host) -> None:
    host.world = None
    assert {each.detail for each in entries(host, lambda key: None)} <= {"Scenario", "View", "Examples", "Compare"}


def test_that_one_system_too_many_is_refused_in_words(host: Host) -> None:
    question = host.question
    for chips in range(1, 1 + MOST_SYSTEMS - len(FIRST_START.systems)):
        tick(question, SystemChoice("bow-pod", chips), CATALOG)
    with pytest.raises(InputError, match="untick one first"):
        tick(question, SystemChoice("bow-pod", 512), CATALOG)
    tick(question, SystemChoice("bow-pod", 1), CATALOG)
    assert len(question.scenario.systems) == MOST_SYSTEMS - 1


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("gain", ["Gain of links", "Compute gain", "Again"]),
        ("gain com", ["Compute gain"]),
        ("COMPUTE", ["Compute gain"]),
        ("cmpt", ["Compute gain"]),
        ("  ", ["Compute gain", "Again", "Gain of links", "Bow Pod64 (64 IPUs)"]),
        ("bow 64", ["Bow Pod64 (64 IPUs)"]),
        ("pod64", ["Bow Pod64 (64 IPUs)"]),
        ("xyz", []),
        ("gain xyz", []),
    ],
)
def test_that_words_are_found_in_any_order_and_the_best_stands_first(text: str, order: list[str]) -> None:
    offered = plain("Compute gain", "Again", "Gain of links", "Bow Pod64 (64 IPUs)")
    assert [each.text for each in found(offered, text)] == order


def test_that_other_words_are_found_behind_those_of_the_name() -> None:
    offered = [Entry("ResNet-50", lambda: None, "workload", words="vision"), *plain("Vision of things")]
    assert [each.text for each in found(offered, "vision")] == ["Vision of things", "ResNet-50"]


@given(st.text(max_size=12))
def test_that_no_text_is_a_fault_and_every_name_is_found_by_itself(text: str) -> None:
    offered = plain("Compute gain", text)
    assert set(found(offered, "")) == set(offered)
    if text.strip():
        assert offered[1] in found(offered, text)
