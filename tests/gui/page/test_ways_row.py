from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.answering.question import BREAKDOWN, COST
from ipuwhatif.gui.answering.view_options import CARBON, ENERGY, FINISH
from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.page.ways_row import WaysRow
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.model.case import AS_SUBMITTED
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import tick_system
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, settle

ONE = SystemChoice("ipu-pod", 1)
A100 = SystemChoice("dgx-a100", 1)
BOW64 = SystemChoice("bow-pod", 64)


def button(row: WaysRow, words: str) -> QPushButton:
    return next(each for each in row.buttons if each.text().startswith(words))


def click(window: MainWindow, words: str) -> None:
    found = button(window.workspace.empty.ways, words)
    assert found.isVisible()
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    settle()


def untick_all(window: MainWindow) -> None:
    for choice in FIRST_START.systems:
        window.systems.boxes[choice].click()
    settle()


def test_that_the_first_systems_come_back_with_a_click_and_go_with_undo(window: MainWindow) -> None:
    untick_all(window)
    click(window, "Tick the systems of the first start")
    assert window.question.scenario == FIRST_START and figure_of(window).headline.text
    window.question.undo_stack.undo()
    settle()
    assert not window.question.scenario.systems


def test_that_the_last_step_is_undone_by_its_name(window: MainWindow) -> None:
    untick_all(window)
    click(window, "Undo: Remove 8 × DGX A100 (64 GPUs)")
    assert window.question.scenario.systems == FIRST_START.systems[-1:]


def test_that_a_system_is_found_from_the_empty_page_though_the_side_is_hidden(window: MainWindow) -> None:
    untick_all(window)
    window.switch_pane("side")
    settle()
    click(window, "Find a system")
    assert window.systems.search.hasFocus() and window.side.isVisible()


def test_that_without_a_step_nothing_is_offered_to_be_undone(window: MainWindow) -> None:
    window.question.show(replace(FIRST_START, systems=(), reference=""))
    settle()
    assert [each.text() for each in window.workspace.empty.ways.buttons] == [
        "Tick the systems of the first start",
        "Find a system",
    ]


def test_that_a_system_too_small_keeps_the_page_and_leads_to_one_that_runs_the_job(window: MainWindow) -> None:
    window.question.show(replace(FIRST_START, workload="bert-large", systems=(ONE,), reference=ONE.key))
    settle()
    assert window.workspace.tabs.isVisible() and window.workspace.figure is None
    click(window, "Tick IPU-M2000")
    assert "IPU-M2000" in figure_of(window).headline.text


def test_that_a_layout_is_chosen_beside_the_line_that_asks_for_it(window: MainWindow) -> None:
    systems = (FIRST_START.systems[0], BOW64)
    window.question.show(replace(FIRST_START, systems=systems, reference=BOW64.key, policy=AS_SUBMITTED))
    settle()
    row = window.workspace.fault_ways
    assert row.isVisible() and window.workspace.fault.isVisible()
    QTest.mouseClick(button(row, "Use the layout"), Qt.MouseButton.LeftButton)
    settle()
    assert [each.text() for each in row.buttons] == ["Software as of 2022-06"] and len(
        figure_of(window).table.rows
    ) == 2
    assert window.choices.policy.currentText() == "best that fits"


def _carbon_field(window: MainWindow) -> LeverField:
    window.turn_to(COST)
    window.workspace.tools.turn_to(CARBON)
    settle()
    (field,) = window.workspace.fault_ways.fields
    return field


def test_that_the_carbon_of_the_electricity_is_stated_where_it_is_missed(window: MainWindow) -> None:
    field = _carbon_field(window)
    assert "Carbon intensity" in field.placeholderText() and field in window.workspace.controls()
    QTest.keyClicks(field, "0.4 kg/kWh")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert window.question.scenario.levers == {"all.carbon_intensity": 400.0}
    assert figure_of(window).chart.x_axis.title.startswith("Carbon")
    assert not window.workspace.fault_ways.isVisible() and not window.workspace.fault.isVisible()


def test_that_a_wrong_text_stays_in_its_field_with_the_reason_until_it_goes(window: MainWindow) -> None:
    field, told = _carbon_field(window), window.workspace.fault
    lacking = told.text()
    QTest.keyClicks(field, "much")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert field.text() == "much" and field.property("faulty") and told.text().startswith("'much' is not understood")
    assert window.question.scenario.levers == {}
    QTest.keyClick(field, Qt.Key.Key_Escape)
    settle()
    assert field.text() == "" and not field.property("faulty") and told.text() == lacking


def test_that_what_is_half_typed_goes_with_a_field_that_goes(window: MainWindow) -> None:
    field, row = _carbon_field(window), window.workspace.fault_ways
    taken: list[object] = []
    row.taken.connect(taken.append)
    window.activateWindow()
    field.setFocus()
    QTest.keyClicks(field, "0.4 kg/kWh")
    assert field.hasFocus() and field.isModified()
    row.show_ways([])  # a slot that fails fails the test
    assert not row.isVisible() and not row.controls() and taken == []


def test_that_power_that_no_source_gives_is_stated_where_it_is_missed(window: MainWindow) -> None:
    window.question.apply(tick_system(window.question.scenario, A100, True, window.world.catalog))
    window.turn_to(COST)
    window.workspace.tools.turn_to(ENERGY)
    settle()
    (field,) = window.workspace.fault_ways.fields
    assert field.accessibleName() == "Power of A100 (1 GPU)"
    QTest.keyClicks(field, "0.4 kW")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert window.question.scenario.levers == {"dgx-a100:1.power_kw": 0.4}


def test_that_ways_stand_under_the_words_where_these_would_be_a_narrow_column(window: MainWindow) -> None:
    window.turn_to(BREAKDOWN, FINISH)
    settle()
    page = window.workspace
    assert page.fault_ways.geometry().left() >= page.fault.geometry().right()
    window.resize(1024, 700)
    settle()
    assert page.fault_ways.geometry().top() >= page.fault.geometry().bottom() and page.fault.width() > 400
