import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.answers import answer
from ipuwhatif.gui.lever_row import LeverRow
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from tests.gui.conftest import figure_of, handle_at, projected, settle


def row_of(window: MainWindow, key: str) -> LeverRow:
    assert window.levers is not None
    return window.levers.rows[key]


def type_in(row: LeverRow, text: str) -> None:
    row.field.setFocus()
    row.field.selectAll()
    QTest.keyClicks(row.field, text)
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    settle()


def test_that_the_projection_follows_the_slider_while_it_is_dragged(window: MainWindow, drag) -> None:
    row, before = row_of(window, "compute_gain"), projected(window)
    seen = []
    window.answered.connect(lambda: seen.append(projected(window)["IPU-POD16 (16 IPUs)"]))
    drag(row.slider, row.slider.maximum())
    assert len(set(seen)) >= 4, "the number moved with the mouse"
    assert seen == sorted(seen, reverse=True)
    after = projected(window)
    assert after["IPU-POD16 (16 IPUs)"] < before["IPU-POD16 (16 IPUs)"]
    assert after["DGX A100 (8 GPUs)"] == before["DGX A100 (8 GPUs)"]
    assert window.question.scenario.levers == {"ipu.compute_gain": 2.0}


def test_that_the_baseline_stays_as_a_ghost(window: MainWindow, drag) -> None:
    row = row_of(window, "compute_gain")
    drag(row.slider, 80)
    assert window.canvas is not None and window.canvas.spec is not None
    ghosts = [each for each in window.canvas.spec.intervals if each.style == "ghost"]
    assert ghosts and ghosts[0].key == "projection/ipu-pod:16"


def test_that_axes_are_held_while_dragging_and_set_anew_after(window: MainWindow) -> None:
    row = row_of(window, "compute_gain")
    assert window.canvas is not None and window.canvas.spec is not None
    before = window.canvas.spec.x_axis
    QTest.mousePress(row.slider, Qt.MouseButton.LeftButton, pos=handle_at(row.slider))
    QTest.mouseMove(row.slider, handle_at(row.slider, row.slider.maximum()))
    settle()
    assert window.question.dragging
    assert window.canvas.spec.x_axis == before
    QTest.mouseMove(row.slider, handle_at(row.slider, 0))
    settle()
    held = window.canvas.spec.x_axis
    assert held != before, "half the rate runs out of the held axis"
    QTest.mouseRelease(row.slider, Qt.MouseButton.LeftButton, pos=handle_at(row.slider, 0))
    settle()
    assert not window.question.dragging
    assert window.canvas.spec.x_axis == figure_of(window).chart.x_axis


def test_that_one_drag_is_one_named_step_of_undo(window: MainWindow, drag) -> None:
    row, before, stack = row_of(window, "compute_gain"), projected(window), window.question.undo_stack
    drag(row.slider, 80)
    drag(row.slider, 120)
    assert stack.count() == 2
    assert stack.undoText() == "IPU compute gain 1.70 ×"
    assert window.menus.undo.text() == "Undo IPU compute gain 1.70 ×"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert projected(window) == before
    assert row.field.text() == "1.00 ×"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert row.field.text() == "1.30 ×"


def test_that_a_drag_back_to_where_it_began_leaves_no_step(window: MainWindow) -> None:
    row = row_of(window, "clock")
    start = row.slider.value()
    window.question.begin_gesture(dragging=True)
    for position in (start + 5, start + 9, start):
        row.slider.setValue(position)
    window.question.end_gesture()
    assert window.question.undo_stack.count() == 0


def test_that_the_keyboard_moves_a_slider(window: MainWindow) -> None:
    row = row_of(window, "compute_gain")
    row.slider.setFocus()
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    settle()
    assert window.question.scenario.levers == {"ipu.compute_gain": 1.01}
    for _ in range(4):
        QTest.keyClick(row.slider, Qt.Key.Key_Right)
    settle()
    assert row.field.text() == "1.05 ×"
    assert window.question.undo_stack.count() == 1


def test_that_a_typed_value_moves_the_slider_and_names_its_part(window: MainWindow) -> None:
    row = row_of(window, "compute_gain")
    type_in(row, "130 %")
    assert window.question.scenario.levers == {"ipu.compute_gain": 1.3}
    assert row.field.text() == "1.30 ×"
    assert row.part.text() == "likely"
    assert row.slider.value() == 80
    assert row.button.isVisible()


@pytest.mark.parametrize("text", ["fast", "9", "nan", "-1"])
def test_that_a_faulty_value_is_told_under_the_field_and_changes_nothing(window: MainWindow, text: str) -> None:
    row, scenario = row_of(window, "compute_gain"), window.question.scenario
    type_in(row, text)
    assert "0.50 to 2.00 ×" in row.fault.text()
    assert row.fault.isVisible()
    assert window.question.scenario == scenario
    assert QApplication.activeModalWidget() is None
    type_in(row, "1.2")
    assert not row.fault.isVisible()
    assert window.question.scenario.levers == {"ipu.compute_gain": 1.2}


def test_that_reset_and_double_click_set_a_lever_back(window: MainWindow) -> None:
    row, before = row_of(window, "compute_gain"), window.question.scenario
    type_in(row, "1.3")
    row.button.click()
    assert window.question.scenario == before
    type_in(row, "1.4")
    QTest.mouseDClick(row.slider, Qt.MouseButton.LeftButton, pos=handle_at(row.slider))
    settle()
    assert window.question.scenario == before
    assert row.field.text() == "1.00 ×"
    assert not row.button.isVisible()
    assert window.question.undo_stack.undoText() == "IPU compute gain back to default"


def test_that_the_global_batch_is_pinned_for_one_system(window: MainWindow) -> None:
    row = row_of(window, "global_batch")
    assert row.part.text() == "by layout policy"
    chosen = int(row.field.text().replace(",", ""))
    assert f"batch {chosen:,}" in " ".join(cell.text for cell in figure_of(window).table.rows[0])
    type_in(row, "1,600")
    assert window.question.scenario.levers == {"ipu-pod:16.global_batch": 1600}
    row.button.click()
    settle()
    assert int(row.field.text().replace(",", "")) == chosen


def test_that_the_global_batch_is_that_of_the_question_on_show(window: MainWindow) -> None:
    window.turn_to("scaling")
    window.workspace.headline.bert_link.click()
    settle()
    assert window.levers is not None
    row = row_of(window, "global_batch")
    assert window.world is not None
    expected = answer(window.world, "scaling", window.question.scenario, (960, 540)).batches["ipu-pod:16"]
    assert row.field.text() == f"{expected:,}"


def test_that_a_batch_that_is_not_known_is_a_dash_and_can_still_be_set(window: MainWindow) -> None:
    row = row_of(window, "global_batch")
    assert window.levers is not None
    window.levers.show_batches({})
    assert row.field.text() == "—" and row.slider.isEnabled()
    row.slider.setFocus()
    QTest.keyClick(row.slider, Qt.Key.Key_PageUp)
    settle()
    assert window.question.scenario.levers.keys() == {"ipu-pod:16.global_batch"}
    assert row.field.text() != "—"


def test_that_another_workload_drops_the_batches_of_the_one_before(window: MainWindow) -> None:
    row = row_of(window, "global_batch")
    before = row.field.text()
    assert window.world is not None
    window.question.apply(set_workload(window.question.scenario, "bert-large", window.world.catalog))
    assert row.field.text() == "—", "until the next answer"
    settle()
    assert row.field.text() not in ("—", before)


def test_that_escape_restores_the_last_good_value_and_leaves_the_drawer_open(window: MainWindow) -> None:
    row = row_of(window, "compute_gain")
    window.explain("projection/ipu-pod:16")
    type_in(row, "fast")
    assert row.fault.isVisible()
    QTest.keyClicks(row.field, "er")
    QTest.keyClick(row.field, Qt.Key.Key_Escape)
    settle()
    assert row.field.text() == "1.00 ×" and not row.fault.isVisible()
    assert window.drawer.isVisible()
    QTest.keyClick(row.field, Qt.Key.Key_Escape)
    settle()
    assert not window.drawer.isVisible(), "nothing to restore: the key is the window's again"


def test_that_footnotes_and_the_drawers_page_wait_for_the_release(window: MainWindow) -> None:
    window.explain("projection/ipu-pod:16")
    settle()
    page, notes, value = (
        window.drawer.body.toPlainText(),
        window.workspace.footnotes.toPlainText(),
        window.drawer.value.text(),
    )
    window.question.begin_gesture(dragging=True)
    row_of(window, "compute_gain").moved.emit(1.5)
    settle()
    assert window.drawer.value.text() != value, "the number itself follows"
    assert (window.drawer.body.toPlainText(), window.workspace.footnotes.toPlainText()) == (page, notes)
    window.question.end_gesture()
    settle()
    assert window.drawer.body.toPlainText() != page
    assert window.workspace.footnotes.toPlainText() != notes


def test_that_levers_follow_the_selected_system(window: MainWindow) -> None:
    type_in(row_of(window, "compute_gain"), "1.3")
    window.question.select(SystemChoice("dgx-a100", 8))
    settle()
    assert row_of(window, "compute_gain").field.text() == "1.00 ×"
    type_in(row_of(window, "compute_gain"), "0.9")
    assert window.question.scenario.levers == {"ipu.compute_gain": 1.3, "gpu.compute_gain": 0.9}


def test_that_a_systems_own_setting_is_the_one_that_moves(window: MainWindow) -> None:
    window.question.show(window.question.scenario.with_lever("ipu-pod:16.clock", 1.1))
    settle()
    assert row_of(window, "clock").field.text() == "1.10 ×"
    type_in(row_of(window, "clock"), "1.2")
    assert window.question.scenario.levers == {"ipu-pod:16.clock": 1.2}
