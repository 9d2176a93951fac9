from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.files.documents import Documents
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.scenarios.scenario_menu import ScenarioMenu
from ipuwhatif.importers.results.reader import bring_results
from ipuwhatif.importers.store import FOLDER_VARIABLE, keep
from ipuwhatif.scenario.examples import examples, load_example
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import settle
from tests.gui.hosts import Host
from tests.gui.scripted import CATALOG, LEVERS, MOVED, WORLD, Scripted

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    host = Host(Document((FIRST_START, MOVED, FIRST_START), ("", "faster & <b>", "")))
    qtbot.addWidget(host)
    host.show()
    host.activateWindow()
    settle()
    return host


@pytest.fixture
def keeping(host: Host, tmp_path: Path):
    """The host's documents; the answers are those that the user will give."""

    def keeping(*answers: object) -> Documents:
        host.documents = Documents(host.question, WORLD, tmp_path / "data", host, Scripted(*answers))
        host.scenarios.refresh()
        return host.documents

    return keeping


def enabled(menu: ScenarioMenu) -> dict[str, bool]:
    actions = (menu.add, menu.duplicate, menu.remove, menu.next, menu.previous, menu.reset)
    return {action.text(): action.isEnabled() for action in (*actions, menu.compare.menuAction())}


def test_that_keys_turn_to_the_next_the_previous_and_to_any_letter(host: Host) -> None:
    seen = []
    shifted = CONTROL | Qt.KeyboardModifier.ShiftModifier
    for key, modifier in (
        (Qt.Key.Key_Tab, CONTROL),
        (Qt.Key.Key_Tab, CONTROL),
        (Qt.Key.Key_Tab, CONTROL),
        (Qt.Key.Key_Backtab, shifted),
        (Qt.Key.Key_2, ALT),
        (Qt.Key.Key_9, ALT),
    ):
        QTest.keyClick(host, key, modifier)
        seen.append(host.question.document.active)
    assert seen == [1, 2, 0, 2, 1, 1]


def test_that_the_scenarios_are_listed_with_the_active_one_checked(host: Host) -> None:
    places = [action for action in host.scenarios.turns if action.isVisible()]
    assert [action.text() for action in places] == ["A", "B: faster && <b>", "C"]
    places[0].trigger()  # it is the active one, and stays checked
    assert [action.isChecked() for action in places] == [True, False, False]
    places[1].trigger()
    assert [action.isChecked() for action in places] == [False, True, False]
    assert host.question.document.active == 1


def test_that_an_action_is_enabled_when_it_would_do_something(host: Host) -> None:
    menu = host.scenarios
    assert enabled(menu) == {**dict.fromkeys(enabled(menu), True), "Reset every lever": False}
    host.question.turn_to(1)
    assert menu.reset.isEnabled()
    menu.reset.trigger()
    assert host.question.scenario == FIRST_START and not menu.reset.isEnabled()
    menu.remove.trigger()
    menu.remove.trigger()
    assert enabled(menu) == {**dict.fromkeys(enabled(menu), False), "Add scenario": True, "Duplicate": True}
    while menu.add.isEnabled():
        menu.add.trigger()
    assert not menu.duplicate.isEnabled()


def test_that_add_and_duplicate_differ_in_the_title(host: Host) -> None:
    host.question.turn_to(1)
    host.scenarios.duplicate.trigger()
    host.question.turn_to(1)
    host.scenarios.add.trigger()
    assert host.question.document.titles[3:] == ("faster & <b>", "")
    assert host.question.document.scenarios[3:] == (MOVED, MOVED)


def test_that_a_title_and_a_comparison_are_asked_of_the_window(host: Host) -> None:
    asked = []
    host.scenarios.rename_asked.connect(asked.append)
    host.scenarios.compare_asked.connect(lambda *places: asked.append(places))
    host.question.turn_to(1)
    host.scenarios.rename.trigger()
    pairs = host.scenarios.compare.actions()
    assert [action.text() for action in pairs] == ["A with B", "B with C"]
    for action in pairs:
        action.trigger()
    assert asked == [1, (0, 1), (1, 2)]


def test_that_examples_are_offered_once_documents_are_kept(host: Host, keeping) -> None:
    actions = host.scenarios.examples.actions()
    assert [action.text() for action in actions] == [example.name for example in examples()]
    assert [action.toolTip() for action in actions] == [example.description for example in examples()]
    assert not any(action.isEnabled() for action in actions)
    keeping()
    assert all(action.isEnabled() for action in actions)


def test_that_an_example_opens_as_an_untitled_copy(host: Host, keeping) -> None:
    documents = keeping()
    example = examples()[0]
    before = example.path.read_bytes()
    host.scenarios.examples.actions()[0].trigger()
    assert host.question.document == load_example(example, CATALOG, LEVERS)
    assert documents.path is None and documents.name == "Untitled" and not documents.unsaved
    assert not host.question.undo_stack.canUndo() and not documents.recent
    host.scenarios.add.trigger()
    assert documents.unsaved and example.path.read_bytes() == before


def test_that_an_example_asks_before_it_takes_the_place_of_unsaved_changes(host: Host, keeping) -> None:
    documents = keeping(Decision.CANCEL, Decision.DISCARD)
    host.scenarios.add.trigger()
    kept = host.question.document
    host.scenarios.examples.actions()[1].trigger()
    assert host.question.document == kept
    host.scenarios.examples.actions()[1].trigger()
    assert host.question.document == load_example(examples()[1], CATALOG, LEVERS)
    assert documents.asking.answers == []


def test_that_a_broken_example_is_told_and_the_open_document_stays(host: Host, keeping, tmp_path, monkeypatch) -> None:
    documents = keeping()
    before = host.question.document
    (tmp_path / "broken.ipuwhatif").write_text("{")
    example = examples()[0]
    broken = type(example)(example.key, example.name, example.description, tmp_path / "broken.ipuwhatif")
    host.scenarios.open_example(broken)
    assert "broken.ipuwhatif" in documents.asking.told[0] and host.question.document == before


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One result of the user's own of a ticked system."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    (tmp_path / "runs.csv").write_text("system,workload,time (min)\ndgx-a100,resnet50,31.5\n")
    keep(bring_results(tmp_path / "runs.csv"))


def test_that_results_of_ones_own_are_marked_in_one_step(host: Host, imported: None) -> None:
    host.scenarios.mark.trigger()
    assert dict(host.question.scenario.measurements) == {"dgx-a100:8": Measurement(TIME, 1890.0)}
    assert host.question.undo_stack.undoText() == "Your own results marked"
    host.question.undo_stack.undo()
    assert not host.question.scenario.measurements


def test_that_nothing_to_mark_is_told(host: Host, keeping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    documents = keeping()
    host.scenarios.mark.trigger()
    assert not host.question.undo_stack.count()
    assert documents.asking.told == [
        "no result that you imported is of ResNet-50 on one of these systems; bring one in with: ipuwhatif import FILE"
    ]
