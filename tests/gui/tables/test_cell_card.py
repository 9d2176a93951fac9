"""A card beside the cell under the pointer says at once whose number it is and what its words mean."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ipuwhatif.gui.answering.question import EVIDENCE
from ipuwhatif.gui.window import MainWindow
from tests.gui.chart.test_chart_reader import card_of, said
from tests.gui.conftest import figure_of, settle


def hover_cell(window: MainWindow, column: int, row: int = 0) -> None:
    table = window.workspace.table
    QTest.mouseMove(table.viewport(), QPoint(1, table.viewport().height() - 2))
    QTest.mouseMove(table.viewport(), table.visualRect(table.model().index(row, column)).center())


def test_that_a_number_says_its_system_its_interval_and_what_a_click_does(window: MainWindow) -> None:
    spec = figure_of(window).table
    hover_cell(window, 2)
    for part in (spec.rows[0][0].text, spec.columns[2].title, spec.rows[0][2].text, spec.rows[0][3].text, "Click:"):
        assert part in said(window)
    card = card_of(window)
    assert card is not None and window.rect().contains(card.geometry())


def test_that_a_word_says_what_it_means_and_a_name_asks_nothing(window: MainWindow) -> None:
    hover_cell(window, 6)
    assert "the model interpolates" in said(window)
    hover_cell(window, 0)
    assert figure_of(window).table.rows[0][0].text in said(window) and "Click" not in said(window)


def test_that_heads_explain_their_words(window: MainWindow) -> None:
    model = window.workspace.table.model()
    tips = [model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) for column in range(1, 7)]
    assert all(tips) and "never of one of each" in tips[3]


def test_that_the_wide_table_has_it_too(window: MainWindow) -> None:
    window.turn_to(EVIDENCE)
    settle()
    wide = window.workspace.wide_table
    assert wide is not None
    cell = wide.view.visualRect(wide.view.model().index(1, 2)).center()
    QTest.mouseMove(wide.view.viewport(), cell - QPoint(0, 20))
    QTest.mouseMove(wide.view.viewport(), cell)
    assert wide.view.model().index(1, 2).data() in said(window)
