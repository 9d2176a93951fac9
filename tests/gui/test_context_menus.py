"""A menu for whatever is under the pointer or has the keyboard: chart, mark, row, head, tab."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, COST, EVIDENCE, QUESTIONS, SCALING
from ipuwhatif.gui.answering.view_options import ENERGY
from ipuwhatif.gui.keys_dialog import plain_text
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.texts import CHINESE
from tests.gui.conftest import figure_of, settle


def open_menu(window: MainWindow, widget: QWidget, place: QPoint, keyboard: bool = False) -> QMenu:
    reason = QContextMenuEvent.Reason.Keyboard if keyboard else QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
    menu = window.contexts.menu
    assert menu is not None and menu.isVisible()
    return menu


def names(menu: QMenu) -> list[str]:
    return [plain_text(action.text()) for action in menu.actions() if not action.isSeparator()]


def choose(menu: QMenu, name: str) -> None:
    action = next(each for each in menu.actions() if plain_text(each.text()) == name)
    assert action.isEnabled()
    menu.close()
    action.trigger()
    settle()


def spot(window: MainWindow, x: float, y: float) -> QPoint:
    """A point of the chart by its values."""
    frame = plot_frame(window.canvas.spec)
    return QPointF(frame.x(x), frame.y(y)).toPoint()


def bar(window: MainWindow, row: int) -> QPoint:
    interval = window.canvas.spec.intervals[row]
    return spot(window, interval.median, interval.row) + QPoint(0, 12)


def row_place(window: MainWindow, row: int, column: int = 0) -> QPoint:
    table = window.workspace.table
    return table.visualRect(table.model().index(row, column)).center()


def test_that_the_empty_chart_offers_copies_and_files(window: MainWindow) -> None:
    menu = open_menu(window, window.canvas.viewport(), QPoint(900, 300))
    assert names(menu)[:5] == [
        "Copy chart as picture",
        "Copy table",
        "Copy as slide",
        "Make my slide…",
        "Export chart…",
    ]
    choose(menu, "Copy table")
    assert "IPU-POD16" in QApplication.clipboard().text()


def test_that_a_bar_can_be_explained_made_the_reference_removed_and_moved(window: MainWindow) -> None:
    menu = open_menu(window, window.canvas.viewport(), bar(window, 1))
    system = "IPU-POD64 (64 IPUs)"
    said = ["Explain", f"Subject {system}", f"Reference {system}", f"Remove {system}", "Move up", "Move down"]
    assert names(menu)[:6] == said
    assert window.question.selection.key == "ipu-pod:64"
    choose(menu, f"Subject {system}")
    assert window.question.scenario.subject == "ipu-pod:64"
    choose(open_menu(window, window.canvas.viewport(), bar(window, 1)), f"Reference {system}")
    assert window.question.scenario.reference == "ipu-pod:64"
    choose(open_menu(window, window.canvas.viewport(), bar(window, 1)), "Move up")
    assert [choice.key for choice in window.question.scenario.systems][:2] == ["ipu-pod:64", "ipu-pod:16"]
    choose(open_menu(window, window.canvas.viewport(), bar(window, 0)), "Explain")
    assert window.drawer.isVisible() and window.drawer.why.key == "projection/ipu-pod:64"
    choose(open_menu(window, window.canvas.viewport(), bar(window, 0)), f"Remove {system}")
    assert "ipu-pod:64" not in [choice.key for choice in window.question.scenario.systems]
    assert window.question.undo_stack.undoText() == f"Remove {system}"


def test_that_the_size_under_the_pointer_of_a_curve_can_be_added(window: MainWindow) -> None:
    window.turn_to(SCALING)
    settle()
    line = next(line for line in window.canvas.spec.lines if 128.0 in line.x)
    place = spot(window, 128.0, line.y[line.x.index(128.0)])
    menu = open_menu(window, window.canvas.viewport(), place)
    assert "Zoom in" in names(menu) and "Logarithmic time axis" in names(menu)
    choose(menu, next(name for name in names(menu) if name.startswith("Add ")))
    assert any(choice.chips == 128 for choice in window.question.scenario.systems)


def test_that_a_row_offers_the_same_and_copies_itself(window: MainWindow) -> None:
    table = window.workspace.table
    menu = open_menu(window, table.viewport(), row_place(window, 2, 2))
    assert names(menu)[0] == "Explain" and "Sort by Projected (min)" in names(menu)
    choose(menu, "Copy row")
    head, row = QApplication.clipboard().text().split("\n")
    assert head.startswith("System\t") and row.startswith("IPU-POD256 (256 IPUs)\t3.79\t3.48")
    assert window.menus.exports.told.label.text() == "Copied the row"
    choose(open_menu(window, table.viewport(), row_place(window, 2, 2)), "Sort by Projected (min)")
    assert figure_of(window).table.rows[0][0].text == "IPU-POD256 (256 IPUs)"


def test_that_the_menu_key_opens_the_menu_of_the_row_that_is_looked_at(window: MainWindow) -> None:
    table = window.workspace.table
    window.activateWindow()
    table.setFocus()
    table.selectRow(3)
    menu = open_menu(window, table, row_place(window, 3), keyboard=True)
    assert "Remove DGX A100 (8 GPUs)" in names(menu)
    menu.close()


def test_that_the_menu_key_on_the_tabs_opens_that_of_the_chart(window: MainWindow) -> None:
    window.activateWindow()
    window.workspace.tabs.setFocus()
    menu = open_menu(window, window.workspace.tabs, QPoint(4, 4), keyboard=True)
    assert names(menu)[0] == "Copy chart as picture"
    menu.close()


def test_that_a_head_sorts_both_ways_and_back(window: MainWindow) -> None:
    header = window.workspace.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(2) + 20, 8)
    choose(open_menu(window, header.viewport(), place), "Sort by Projected (min), falling")
    times = [row[2].number for row in figure_of(window).table.rows]
    assert times == sorted(times, reverse=True)
    choose(open_menu(window, header.viewport(), place), "As in the list at the side")
    assert window.question.undo_stack.undoText() == "Systems as in the list at the side"


def test_that_a_tab_turns_before_its_menu_opens(window: MainWindow) -> None:
    tabs = window.workspace.tabs
    menu = open_menu(window, tabs, tabs.tabRect(QUESTIONS.index(BREAKDOWN)).center())
    settle()
    assert window.shown_question == BREAKDOWN and "Export chart…" in names(menu)
    menu.close()


def test_that_rows_of_evidence_can_be_sorted_and_copied(window: MainWindow) -> None:
    window.turn_to(EVIDENCE)
    settle()
    view = window.workspace.wide_table.view
    cell = view.visualRect(view.proxy.index(1, 2)).center()
    menu = open_menu(window, view.viewport(), cell)
    assert names(menu)[0] == "Explain" and "Copy row" in names(menu)
    assert not any(name.startswith("Move") for name in names(menu)) or window.question.selection
    title = view.spec.columns[2].title
    choose(menu, f"Sort by {title}, falling")
    first = view.proxy.cell(view.proxy.index(0, 2)).text
    choose(open_menu(window, view.viewport(), cell), f"Sort by {title}")
    assert view.proxy.cell(view.proxy.index(0, 2)).text != first


@pytest.mark.parametrize("question", QUESTIONS)
def test_that_every_tab_has_a_menu_in_both_languages(window: MainWindow, question: str) -> None:
    window.set_language(CHINESE)
    window.turn_to(question, ENERGY if question == COST else "")
    settle()
    for place in (QPoint(300, 60), QPoint(500, 120), QPoint(700, 200)):
        menu = open_menu(window, window.canvas.viewport(), place)
        assert len(names(menu)) >= 5 and all(names(menu))
        menu.close()


def test_that_with_nothing_to_show_no_menu_opens(window: MainWindow) -> None:
    for choice in window.question.scenario.systems:
        window.systems.boxes[choice].click()
    settle()
    assert window.workspace.figure is None
    place = QPoint(300, 200)
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, window.workspace.mapToGlobal(place))
    QApplication.sendEvent(window.workspace, event)
    assert window.contexts.menu is None and window.shown_question == COMPARE


def test_that_a_right_click_on_a_bar_opens_no_drawer(window: MainWindow) -> None:
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.RightButton, pos=bar(window, 0))
    settle()
    assert not window.drawer.isVisible()


@pytest.mark.parametrize(
    "key", [(Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)]
)
def test_that_the_keyboard_opens_the_menu_of_the_bar_that_it_reads(
    window: MainWindow, key: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    assert window.canvas is not None
    window.canvas.setFocus()
    while window.canvas.read_key != "projection/ipu-pod:64":
        QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    assert window.canvas.read_position is not None
    QTest.keyClick(window.canvas, *key)
    menu = window.contexts.menu
    assert menu is not None and menu.isVisible()
    assert names(menu)[0] == "Explain" and "Remove IPU-POD64 (64 IPUs)" in names(menu), names(menu)
    menu.close()


def test_that_the_keyboard_opens_the_menu_of_the_chip_count_that_it_reads(window: MainWindow) -> None:
    window.turn_to(SCALING)
    settle()
    assert window.canvas is not None
    window.canvas.setFocus()
    while not window.canvas.read_key.endswith(":128"):
        QTest.keyClick(window.canvas, Qt.Key.Key_Left)
    QTest.keyClick(window.canvas, Qt.Key.Key_Menu)
    menu = window.contexts.menu
    assert menu is not None and menu.isVisible() and any("128" in name for name in names(menu))
    menu.close()
