import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.levers.lever_row import LeverRow
from ipuwhatif.gui.levers.levers_panel import LeversPanel
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, handle_at, projected, settle, type_gain


def row_of(window: MainWindow, key: str) -> LeverRow:
    assert window.levers is not None
    return window.levers.rows[key]


def levers_of(window: MainWindow) -> LeversPanel:
    assert window.levers is not None
    return window.levers


def assumptions_of(window: MainWindow) -> LeversPanel:
    """The panel of the assumptions, under all others."""
    return window.side.assumptions


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
    settle()
    assert row.fault.isVisible() and row.fault.y() >= row.field.geometry().bottom()
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


def test_that_the_layout_is_that_of_the_question_on_show_and_greyed(window: MainWindow) -> None:
    window.turn_to("scaling")
    window.workspace.headline.bert_link.click()
    settle()
    assert window.world is not None
    layout = answer(window.world, "scaling", window.question.scenario, (960, 540)).layouts["ipu-pod:16"]
    for key in ("global_batch", "micro_batch", "gradient_accumulation", "pipeline_stages"):
        row = row_of(window, key)
        assert row.field.text() == f"{getattr(layout, key):,}"
        assert row.part.text() == "by layout policy"
        assert row.field.property("auto") and row.slider.property("auto")
    type_in(row_of(window, "micro_batch"), "2")
    assert not row_of(window, "micro_batch").field.property("auto")


def test_that_a_layout_that_is_not_known_is_a_dash_and_can_still_be_set(window: MainWindow) -> None:
    row = row_of(window, "global_batch")
    assert window.levers is not None
    window.levers.show_layouts({})
    assert row.field.text() == "—" and row.slider.isEnabled()
    row.slider.setFocus()
    QTest.keyClick(row.slider, Qt.Key.Key_PageUp)
    settle()
    assert window.question.scenario.levers.keys() == {"ipu-pod:16.global_batch"}
    assert row.field.text() != "—"


def test_that_another_workload_drops_the_layouts_of_the_one_before(window: MainWindow) -> None:
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
    window.workspace.notes.line.click()
    window.explain("projection/ipu-pod:16")
    settle()
    page, notes, value = (
        window.drawer.body.toPlainText(),
        window.workspace.notes.footnotes.toPlainText(),
        window.drawer.value.text(),
    )
    window.question.begin_gesture(dragging=True)
    row_of(window, "compute_gain").moved.emit(1.5)
    settle()
    assert window.drawer.value.text() != value, "the number itself follows"
    assert (window.drawer.body.toPlainText(), window.workspace.notes.footnotes.toPlainText()) == (page, notes)
    window.question.end_gesture()
    settle()
    assert window.drawer.body.toPlainText() != page
    assert window.workspace.notes.footnotes.toPlainText() != notes


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


def test_that_a_group_shows_how_many_are_moved_and_folded_only_those(window: MainWindow) -> None:
    group = levers_of(window).groups["hardware"]
    assert group.heading.text() == "Hardware" and not group.built, "rows are built when they are first seen"
    row_of(window, "clock").moved.emit(1.2)
    row_of(window, "link_latency_gain").moved.emit(0.5)
    settle()
    assert group.heading.text() == "Hardware · 2 moved"
    assert [key for key, row in group.built.items() if row.isVisible()] == ["clock", "link_latency_gain"]
    group.heading.click()
    settle()
    assert [lever.key for lever in group.levers if group.row(lever.key).isVisible()] == [*(e.key for e in group.levers)]


def test_that_rows_stand_in_the_order_of_the_data_however_they_were_built(window: MainWindow) -> None:
    group = levers_of(window).groups["hardware"]
    for lever in reversed(group.levers):
        row_of(window, lever.key)
    group.heading.click()
    settle()
    places = [group.row(lever.key).y() for lever in group.levers]
    assert places == sorted(places) and len(set(places)) == len(places)


def test_that_unfolding_leaves_the_heading_under_the_mouse(window: MainWindow) -> None:
    heading = levers_of(window).groups["hardware"].heading
    window.side.ensureWidgetVisible(heading)
    settle()
    place = heading.mapTo(window, QPoint(0, 0))
    QTest.mouseClick(heading, Qt.MouseButton.LeftButton)
    settle()
    assert heading.isChecked() and heading.mapTo(window, QPoint(0, 0)) == place


def test_that_a_row_of_a_folded_group_stays_when_it_is_moved_back_until_the_group_is_folded_anew(
    window: MainWindow,
) -> None:
    row = row_of(window, "clock")
    row.moved.emit(1.2)
    row.reset.emit()
    settle()
    assert window.question.scenario == FIRST_START and row.isVisible()
    group = levers_of(window).groups["hardware"]
    group.heading.click()
    group.heading.click()
    settle()
    assert not row.isVisible()


def test_that_first_only_software_and_layout_are_open_and_compute_gain_needs_no_scrolling(window: MainWindow) -> None:
    panel = levers_of(window)
    assert [key for key, group in panel.groups.items() if group.heading.isChecked()] == ["software", "layout"]
    row = row_of(window, "compute_gain")
    assert row.visibleRegion().boundingRect().size() == row.size()


def test_that_a_search_finds_levers_in_every_group_by_any_word(window: MainWindow) -> None:
    panel = levers_of(window)
    panel.search.setText("link gain")
    settle()
    assert [key for key in panel.rows if panel.rows[key].isVisible()] == ["link_bandwidth_gain", "link_latency_gain"]
    assert not panel.titles["system"].isVisible()
    panel.search.setText("nothing of that name")
    assert panel.nothing.isVisible() and not any(row.isVisible() for row in panel.rows.values())
    panel.search.clear()
    assert not panel.nothing.isVisible() and row_of(window, "compute_gain").isVisible()
    assert not row_of(window, "link_latency_gain").isVisible()


def test_that_the_longest_names_words_and_numbers_fit_the_side(window: MainWindow) -> None:
    for panel in (levers_of(window), assumptions_of(window)):
        for group in panel.groups.values():
            group.show_offered(True)
            group.open()
        for row in panel.rows.values():
            for upper, _ in row.lever.parts:
                row.show_value(upper, None)
                settle()
                assert row.name.width() >= row.name.sizeHint().width(), row.lever.key
                assert row.part.width() >= row.part.sizeHint().width(), row.lever.key
                assert QFontMetrics(row.field.font()).horizontalAdvance(row.field.text()) <= row.field.width() - 16
            row.field.setText("fast")
            row.field.setModified(True)
            row.field.editingFinished.emit()
        settle()
        assert panel.minimumSizeHint().width() <= panel.width()
    assert window.side.page.minimumSizeHint().width() <= window.side.viewport().width()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a menu on the offscreen platform
def test_that_a_moved_lever_is_set_for_others_from_its_menu_by_keyboard(window: MainWindow) -> None:
    row = row_of(window, "clock")
    levers_of(window).reveal("clock")
    QTest.keyClick(row.slider, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert row.menu is None, "nothing is moved"
    row.moved.emit(1.2)
    row.slider.setFocus()
    QTest.keyClick(row.slider, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert row.menu is not None and row.menu.isVisible()
    actions = [action for action in row.menu.actions() if action.data()]
    assert [action.text() for action in actions] == ["for IPU-POD16 alone", "for every IPU system"]
    assert [action.isChecked() for action in actions] == [False, True]
    QTest.keyClick(row.menu, Qt.Key.Key_Down)
    QTest.keyClick(row.menu, Qt.Key.Key_Return)
    settle()
    assert window.question.scenario.levers == {"ipu-pod:16.clock": 1.2}
    assert row.whose.text() == "for IPU-POD16 alone" and row.whose.isVisible()
    assert window.question.undo_stack.undoText() == "Clock for IPU-POD16 (16 IPUs) alone"
    window.question.undo_stack.undo()
    assert window.question.scenario.levers == {"ipu.clock": 1.2} and not row.whose.text()


def test_that_the_price_of_electricity_is_set_for_all_systems(window: MainWindow) -> None:
    row = row_of(window, "electricity_price")
    assert (row.part.text(), row.field.text()) == ("not stated", "—")
    row.moved.emit(0.2)
    settle()
    assert window.question.scenario.levers == {"all.electricity_price": 0.2}
    assert row.whose.text() == "for all systems"


def test_that_prices_power_and_carbon_are_typed_as_people_write_them(window: MainWindow) -> None:
    for key, text, shown in (
        ("electricity_price", "$0.65/kWh", "0.65"),
        ("carbon_intensity", "0.4245 kg CO2e/kWh", "424.5"),
        ("power_kw", "300 W/chip", "4.8"),
    ):
        lever_panel = assumptions_of(window) if key == "carbon_intensity" else levers_of(window)
        row = lever_panel.rows[key]
        type_in(row, text)
        assert (row.field.text(), row.fault.text()) == (shown, "")
    levers = {"all.electricity_price": 0.65, "all.carbon_intensity": 424.5, "ipu-pod:16.power_kw": 4.8}
    assert window.question.scenario.levers == levers


def test_that_electricity_in_another_currency_than_the_prices_is_told_under_its_field(window: MainWindow) -> None:
    price = Price(27.2, "USD", RENT, "2021", "a quote", OWN)
    window.question.show(window.question.scenario.with_price("dgx-a100:8", price))
    settle()
    row = row_of(window, "electricity_price")
    type_in(row, "8 INR/kWh")
    assert "is in INR, the prices are in USD" in row.fault.text()
    assert not window.question.scenario.levers


def test_that_keys_lead_a_slider_from_value_to_value(window: MainWindow) -> None:
    row = row_of(window, "pipeline_stages")
    type_in(row, "2")
    row.slider.setFocus()
    for key, stages in ((Qt.Key.Key_Right, "4"), (Qt.Key.Key_Right, "8"), (Qt.Key.Key_Left, "4")):
        QTest.keyClick(row.slider, key)
        assert row.field.text() == stages


def test_that_a_slider_marks_today_and_where_stretches_meet(window: MainWindow) -> None:
    slider = row_of(window, "compute_gain").slider
    assert slider.today == slider.value()
    assert slider.ticks == (80, 110), "likely ends at 1.3 and stretch at 1.6"
    assert abs(slider.place_of(80) - handle_at(slider, 80).x()) <= 1.0
    assert row_of(window, "electricity_price").slider.today is None


def test_that_a_tip_says_range_default_effect_term_and_origin(window: MainWindow) -> None:
    tip = row_of(window, "peak_gain").name.toolTip()
    for words in ("0.50 to 4.00 ×", "1.00 ×", "arithmetic rate", "peak", "A100 (312 TFLOPS)", "github.com"):
        assert words in tip
    assert "by layout policy" in row_of(window, "micro_batch").field.toolTip()


def test_that_undo_is_the_windows_while_nothing_is_typed_in_a_field(window: MainWindow) -> None:
    field = type_gain(window, "1.4", enter=True)
    assert list(window.question.scenario.levers.values()) == [1.4]
    window.activateWindow()
    settle()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not window.question.scenario.levers and field.text().startswith("1.00")


def test_that_how_a_language_model_is_cut_is_offered_for_those_alone(window: MainWindow) -> None:
    group = levers_of(window).groups["cut"]
    assert group.isHidden()
    window.question.apply(set_workload(window.question.scenario, "llama31-70b", window.world.catalog))
    window.question.select(SystemChoice("dgx-a100", 8))
    settle()
    assert not group.isHidden()
