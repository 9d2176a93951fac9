"""The order of the ticked systems is one for chart, table and files; it is an edit of the scenario with a name."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ipuwhatif.gui.answering.question import BREAKDOWN, COST, SCALING
from ipuwhatif.gui.answering.view_options import ENERGY
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.texts import CHINESE
from tests.gui.conftest import figure_of, settle, type_gain

PROJECTED = 2  # column of the projected time


def click_head(window: MainWindow, column: int) -> None:
    header = window.workspace.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    settle()


def titles(window: MainWindow) -> list[str]:
    table = window.workspace.table
    return [table.model().headerData(each, Qt.Orientation.Horizontal) for each in range(table.model().columnCount())]


def chart_rows(window: MainWindow) -> list[str]:
    return [tick.text for tick in figure_of(window).chart.y_axis.ticks]


def minutes(window: MainWindow) -> list[float]:
    return [float(row[PROJECTED].text) for row in figure_of(window).table.rows]


def test_that_a_click_on_a_head_sorts_table_and_chart_and_turns_with_each_click(window: MainWindow) -> None:
    before, listed = window.question.document, minutes(window)
    click_head(window, PROJECTED)
    assert minutes(window) == sorted(listed) and titles(window)[PROJECTED] == "Projected (min) ↑"
    assert chart_rows(window) == [row[0].text for row in figure_of(window).table.rows]
    assert figure_of(window).headline.text.startswith("IPU-POD16 (16 IPUs) 28.33 min · DGX A100")  # as before
    assert window.question.undo_stack.undoText() == "Sort by Projected (min)"
    click_head(window, PROJECTED)
    assert minutes(window) == sorted(listed, reverse=True) and titles(window)[PROJECTED] == "Projected (min) ↓"
    click_head(window, PROJECTED)
    assert minutes(window) == listed and titles(window)[PROJECTED] == "Projected (min)"
    for _ in range(3):
        window.question.undo_stack.undo()
    settle()
    assert window.question.document == before


def test_that_the_arrow_goes_where_the_rows_no_longer_stand_so(window: MainWindow) -> None:
    click_head(window, PROJECTED)
    type_gain(window, "0.6", enter=True)  # now the IPU systems take longer
    assert minutes(window) != sorted(minutes(window))
    assert not any("↑" in title for title in titles(window))
    window.question.undo_stack.undo()
    settle()
    assert "↑" in titles(window)[PROJECTED]


def test_that_words_are_sorted_by_their_letters_and_intervals_by_their_ends(window: MainWindow) -> None:
    click_head(window, 0)
    names = [row[0].text for row in figure_of(window).table.rows]
    assert names == sorted(names, key=str.casefold)
    click_head(window, PROJECTED + 1)
    lows = [row[PROJECTED + 1].ends[0] for row in figure_of(window).table.rows]
    assert lows == sorted(lows)


def test_that_one_order_holds_on_every_tab(window: MainWindow) -> None:
    click_head(window, PROJECTED)
    names = [row[0].text for row in figure_of(window).table.rows]
    window.turn_to(COST, ENERGY)
    settle()
    assert [row[0].text for row in figure_of(window).table.rows] == names
    window.turn_to(BREAKDOWN)
    settle()
    assert chart_rows(window) == names


def test_that_a_table_of_other_things_than_systems_is_not_sorted(window: MainWindow) -> None:
    window.turn_to(SCALING)
    settle()
    click_head(window, 2)
    assert window.question.undo_stack.count() == 0


def test_that_alt_with_an_arrow_moves_the_system_of_the_row(window: MainWindow) -> None:
    table = window.workspace.table
    table.setFocus()
    table.selectRow(1)
    settle()
    moved = window.question.selection
    for key, place in ((Qt.Key.Key_Down, 2), (Qt.Key.Key_Down, 3), (Qt.Key.Key_Up, 2)):
        QTest.keyClick(table, key, Qt.KeyboardModifier.AltModifier)
        settle()
        assert window.question.scenario.systems.index(moved) == place == table.currentIndex().row()
    assert window.question.undo_stack.undoText() == "Move IPU-POD64 (64 IPUs) up"
    assert window.question.scenario.systems != tuple(sorted(window.question.scenario.systems, key=str))


def test_that_the_ends_of_the_order_are_where_moving_ends(window: MainWindow) -> None:
    order = window.menus.order
    first, last = window.question.scenario.systems[0], window.question.scenario.systems[-1]
    window.question.select(first)
    window.menus.refresh()
    assert not order.up.isEnabled() and order.down.isEnabled()
    window.question.select(last)
    window.menus.refresh()
    assert order.up.isEnabled() and not order.down.isEnabled()


def test_that_the_menu_sorts_by_time_chips_and_name_and_back(window: MainWindow) -> None:
    listed, order = window.question.scenario.systems, window.menus.order
    order.by_time.trigger()
    settle()
    assert minutes(window) == sorted(minutes(window))
    order.by_chips.trigger()
    settle()
    chips = [choice.chips for choice in window.question.scenario.systems]
    assert chips == sorted(chips) and window.question.undo_stack.undoText() == "Sort by chips"
    order.by_name.trigger()
    settle()
    names = [row[0].text for row in figure_of(window).table.rows]
    assert names == sorted(names, key=str.casefold)
    order.as_listed.trigger()
    settle()
    assert window.question.scenario.systems == listed


def test_that_what_is_ticked_comes_last_in_an_order_of_the_users_own(window: MainWindow) -> None:
    window.menus.order.by_time.trigger()
    settle()
    sorted_systems = window.question.scenario.systems
    new = next(choice for choice in window.systems.boxes if choice.key == "ipu-pod:128")
    window.systems.boxes[new].click()
    settle()
    assert window.question.scenario.systems == (*sorted_systems, new)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_titles_with_an_arrow_are_whole(window: MainWindow, theme: str) -> None:
    window.set_theme(theme)
    window.set_language(CHINESE)
    settle()
    table = window.workspace.table
    for column in range(3):
        click_head(window, column)
        header = table.horizontalHeader()
        wide = header.fontMetrics().horizontalAdvance(titles(window)[column])
        assert "↑" in titles(window)[column] and wide <= header.sectionSize(column)
