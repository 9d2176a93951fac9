import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.scenarios.names import basis_name
from ipuwhatif.gui.panels.systems_panel import MOST_SYSTEMS
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import BASES, FIRST_START
from tests.gui.conftest import projected, settle

POD32, DGX8, DGX1 = SystemChoice("ipu-pod", 32), SystemChoice("dgx-a100", 8), SystemChoice("dgx-1", 8)


def test_that_ticking_adds_a_row_and_unticking_removes_it(window: MainWindow) -> None:
    box = window.systems.boxes[POD32]
    assert not box.isChecked()
    box.click()
    settle()
    assert list(projected(window))[1] == "IPU-POD32 (32 IPUs)"
    assert window.question.selection == POD32
    assert window.question.undo_stack.undoText() == "Add IPU-POD32 (32 IPUs)"
    box.click()
    settle()
    assert window.question.scenario == FIRST_START


def test_that_undo_unticks_the_box(window: MainWindow) -> None:
    window.systems.boxes[POD32].click()
    window.question.undo_stack.undo()
    settle()
    assert not window.systems.boxes[POD32].isChecked()
    assert "IPU-POD32 (32 IPUs)" not in projected(window)


def test_that_every_preset_of_the_catalog_can_be_ticked(window: MainWindow) -> None:
    assert window.world is not None
    assert set(window.systems.boxes) == set(window.world.catalog.presets.values())
    assert len(window.systems.boxes) >= 20


def test_that_systems_that_are_evidence_only_are_not_offered(window: MainWindow) -> None:
    assert window.world is not None
    systems = window.world.catalog.systems
    assert any(not system.listed for system in systems.values())
    offered = {window.systems.family.itemData(index) for index in range(window.systems.family.count())}
    assert offered == {key for key, system in systems.items() if system.listed}
    assert all(systems[choice.system].listed for choice in window.systems.boxes)


def test_that_groups_fold_and_keep_showing_what_is_ticked(window: MainWindow) -> None:
    group, one, other = window.systems.groups["gpu"], window.systems.boxes[DGX8], window.systems.boxes[DGX1]
    assert one.isVisible() and not other.isVisible()
    group.heading.click()
    settle()
    assert one.isVisible() and other.isVisible()
    other.click()
    group.heading.click()
    settle()
    assert one.isVisible() and other.isVisible() and not window.systems.boxes[SystemChoice("dgx-2", 16)].isVisible()
    assert "3 of" in group.heading.text()


def test_that_a_search_finds_systems_in_every_group_by_any_word(window: MainWindow) -> None:
    panel = window.systems
    for text, found in (
        ("h100", ["DGX H100", "8 × H100 PCIe"]),
        ("bow 256", ["Bow Pod256"]),
        ("tpu-v3", ["TPU v3 slice"]),
    ):
        panel.search.setText(text)
        settle()
        assert [box.text() for box in panel.boxes.values() if box.isVisible()] == found
    panel.search.setText("nothing of that name")
    assert panel.nothing.isVisible() and not any(box.isVisible() for box in panel.boxes.values())
    panel.search.clear()
    assert not panel.nothing.isVisible() and panel.boxes[DGX8].isVisible()


def test_that_any_other_chip_count_can_be_added_by_keyboard(window: MainWindow) -> None:
    window.systems.chips.setFocus()
    QTest.keyClicks(window.systems.chips, "48")
    QTest.keyClick(window.systems.chips, Qt.Key.Key_Return)
    settle()
    assert "IPU-POD (48 IPUs)" in projected(window)
    assert window.systems.boxes[SystemChoice("ipu-pod", 48)].isChecked()
    assert window.systems.chips.text() == ""


@pytest.mark.parametrize("text", ["0", "7000000", "-4", "many", "", "1.5", "١٦"])
def test_that_a_chip_count_that_cannot_be_had_is_told_in_place(window: MainWindow, text: str) -> None:
    window.systems.chips.setText(text)
    window.systems.add.click()
    settle()
    assert "from 1 to 1,024" in window.systems.fault.text()
    assert window.systems.fault.isVisible()
    assert window.question.scenario == FIRST_START


def test_that_no_chip_count_at_all_is_asked_for_in_plain_words(window: MainWindow) -> None:
    window.systems.add.click()
    assert window.systems.fault.text() == "How many chips? A whole number from 1 to 1,024."


def test_that_another_reference_is_chosen_and_marked(window: MainWindow) -> None:
    assert window.systems.boxes[DGX8].property("role") == "strong"
    window.systems.reference.setCurrentIndex(0)
    window.systems.reference.activated.emit(0)
    settle()
    assert window.question.scenario.reference == "ipu-pod:16"
    assert window.systems.boxes[DGX8].property("role") != "strong"
    assert window.systems.boxes[SystemChoice("ipu-pod", 16)].property("role") == "strong"


def test_that_what_was_said_of_a_chip_count_goes_with_the_next_edit(window: MainWindow) -> None:
    panel = window.systems
    for edit in (lambda: QTest.keyClicks(panel.chips, "1"), lambda: panel.boxes[POD32].click()):
        panel.chips.setText("many")
        panel.add.click()
        settle()
        assert panel.fault.isVisible()
        edit()
        settle()
        assert not panel.fault.isVisible()


def test_that_no_more_systems_are_ticked_than_a_chart_can_show(window: MainWindow) -> None:
    choices = tuple(SystemChoice("ipu-pod", 48 + 16 * number) for number in range(MOST_SYSTEMS))
    full = replace(FIRST_START, systems=choices, reference=choices[0].key)
    window.question.show(full)
    settle()
    window.systems.boxes[DGX8].click()
    settle()
    assert not window.systems.boxes[DGX8].isChecked()
    assert "24 systems" in window.systems.fault.text() and window.systems.fault.isVisible()
    window.systems.chips.setText("17")
    window.systems.add.click()
    assert window.question.scenario == full
    window.systems.boxes[choices[0]].click()
    window.systems.boxes[DGX8].click()
    settle()
    assert DGX8 in window.question.scenario.systems and not window.systems.fault.isVisible()


def test_that_what_systems_are_compared_by_is_chosen_under_the_reference(window: MainWindow) -> None:
    basis = window.systems.basis
    assert [basis.itemText(index) for index in range(basis.count())] == [basis_name(each) for each in BASES]
    assert basis.currentText() == "per system"
    basis.setFocus()
    QTest.keyClick(basis, Qt.Key.Key_Down)
    settle()
    assert window.question.scenario.basis == BASES[1]
    window.question.undo_stack.undo()
    settle()
    assert basis.currentText() == "per system"


def test_that_the_panel_with_all_it_can_say_is_no_wider_than_the_side(window: MainWindow) -> None:
    panel = window.systems
    for group in panel.groups.values():
        group.heading.click()
    panel.chips.setText("7000000")
    panel.add.click()
    panel.show_reasons(dict.fromkeys(panel.boxes, "does not fit, the smallest that does is 4 IPUs"))
    settle()
    assert panel.fault.isVisible()
    assert panel.minimumSizeHint().width() <= panel.width()
    assert window.side.page.minimumSizeHint().width() <= window.side.viewport().width()
