"""Levers of another system than the one that is looked at, and what is moved elsewhere."""

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle

POD16, DGX = SystemChoice("ipu-pod", 16), SystemChoice("dgx-a100", 8)


def choose(window: MainWindow, choice: SystemChoice) -> None:
    box = window.side.whose.box
    place = box.findText("DGX A100 (8 GPUs)" if choice == DGX else "IPU-POD16 (16 IPUs)")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    settle()


def test_that_levers_of_another_family_are_moved_without_looking_elsewhere(window: MainWindow) -> None:
    assert window.question.selection == POD16 and window.side.whose.box.currentText() == "IPU-POD16 (16 IPUs)"
    choose(window, DGX)
    assert window.question.selection == POD16
    assert window.side.levers.titles["family"].text() == "Levers of every GPU system"
    window.side.levers.rows["compute_gain"].moved.emit(1.2)
    settle()
    assert dict(window.question.scenario.levers) == {"gpu.compute_gain": 1.2}
    assert window.question.selection == POD16


def test_that_what_is_moved_for_others_is_told_and_one_click_leads_there(window: MainWindow) -> None:
    elsewhere = window.side.whose.elsewhere
    assert not elsewhere.isVisible()
    window.question.show(window.question.scenario.with_lever("gpu.compute_gain", 1.2))
    settle()
    assert elsewhere.isVisible() and "GPU compute gain 1.20 ×" in elsewhere.text()
    elsewhere.linkActivated.emit("gpu.compute_gain")
    settle()
    assert window.side.whose.box.currentText() == "DGX A100 (8 GPUs)" and not elsewhere.isVisible()
    assert window.side.levers.rows["compute_gain"].field.hasFocus()
    assert window.question.selection == POD16


def test_that_levers_follow_the_selection_again_after_the_next_one(window: MainWindow) -> None:
    choose(window, DGX)
    window.question.select(SystemChoice("ipu-pod", 64))
    settle()
    assert window.side.whose.box.currentText() == "IPU-POD64 (64 IPUs)"
    assert window.side.levers.titles["family"].text() == "Levers of every IPU system"


def test_that_a_lever_of_a_family_without_a_ticked_system_is_not_told(window: MainWindow) -> None:
    window.question.show(window.question.scenario.with_lever("bow.compute_gain", 1.2))
    settle()
    assert not window.side.whose.elsewhere.isVisible()
