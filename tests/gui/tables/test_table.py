import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.tables.table import split_number
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import tick_system
from tests.gui.conftest import figure_of, settle


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("28.3", ("28", ".3")),
        ("1,024", ("1,024", "")),
        ("8.29 – 8.97", ("8", ".29 – 8.97")),
        ("107", ("107", "")),
        ("1.43 h", ("1", ".43 h")),
        ("", ("", "")),
        ("–", ("", "–")),
    ],
)
def test_that_a_number_is_split_at_its_decimal_point(text: str, parts: tuple[str, str]) -> None:
    assert split_number(text) == parts
    assert "".join(split_number(text)) == text


def test_that_return_asks_for_the_why_of_the_current_cell(window: MainWindow) -> None:
    table = window.workspace.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(3, 1))
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle()
    assert window.drawer.isVisible() and window.drawer.value.text() == "29.15 min"


def click(window: MainWindow, row: int, column: int) -> None:
    table = window.workspace.table
    place = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()


def test_that_a_click_on_a_name_selects_and_one_on_a_number_asks_where_it_comes_from(window: MainWindow) -> None:
    click(window, 1, 0)
    assert window.question.selection is not None and window.question.selection.chips == 64
    assert not window.drawer.isVisible()
    click(window, 3, 2)
    assert window.drawer.isVisible() and window.drawer.why is not None
    assert window.drawer.why.title.startswith("DGX A100 (8 GPUs)")


def test_that_the_selected_row_stays_while_numbers_change(window: MainWindow) -> None:
    table = window.workspace.table
    table.select(2)
    settle()
    assert window.levers is not None
    window.levers.rows["clock"].moved.emit(1.2)
    settle()
    assert table.currentIndex().row() == 2
    assert figure_of(window).table.rows[2][0].key == "projection/ipu-pod:256"


def shown_columns(window: MainWindow) -> list[str]:
    table = window.workspace.table
    return [column.title for number, column in enumerate(table.spec.columns) if not table.isColumnHidden(number)]


def test_that_with_the_drawer_open_the_basis_stays_and_nothing_scrolls_sideways(window: MainWindow) -> None:
    every = shown_columns(window)
    window.explain("projection/ipu-pod:16")
    settle()
    table = window.workspace.table
    assert table.horizontalScrollBar().maximum() == 0
    assert "Layout" not in shown_columns(window) and shown_columns(window)[-1] == "Basis"
    basis = table.visualRect(table.model().index(0, len(table.spec.columns) - 1))
    assert table.viewport().rect().contains(basis)
    assert basis.width() > table.fontMetrics().horizontalAdvance(table.spec.rows[0][-1].text)
    window.drawer.dismiss()
    settle()
    assert shown_columns(window) == every


def test_that_columns_only_grow_while_a_slider_is_dragged(window: MainWindow) -> None:
    assert window.levers is not None
    table, widths = window.workspace.table, []
    window.question.begin_gesture(dragging=True)
    for gain in (0.5, 2.0, 1.0):
        window.levers.rows["compute_gain"].moved.emit(gain)
        settle()
        widths.append(table.columnWidth(1))
        assert table.spec == figure_of(window).table
    assert widths == sorted(widths)
    window.question.end_gesture()


def test_that_a_system_that_is_ticked_last_is_in_sight(window: MainWindow) -> None:
    assert window.world is not None
    table = window.workspace.table
    for choice in (SystemChoice("ipu-pod", 48), SystemChoice("dgx-b300", 8)):
        window.question.apply(tick_system(window.question.scenario, choice, True, window.world.catalog))
        settle()
        row = [cells[0].key for cells in table.spec.rows].index(f"projection/{choice.key}")
        assert table.currentIndex().row() == row
        assert table.viewport().rect().contains(table.visualRect(table.model().index(row, 0)))
