"""The table of evidence: searched, sorted by number and by word, asked by mouse and by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ipuwhatif.charts.spec import Cell, Column, TableSpec, Tint
from ipuwhatif.gui.tables.evidence_table import EvidenceTable
from ipuwhatif.gui.theme import DARK, LIGHT, apply_theme
from tests.gui.conftest import settle

ROWS = (
    ("official", "NVIDIA", 4.53, "v1.1"),
    ("official", "Graphcore", 28.33, "v1.1"),
    ("published", "NVIDIA", None, "2021-03"),
    ("official", "Graphcore", 107.0, "v1.0"),
    ("official", "Dell", 9.8, "v0.7"),
)


def spec(rows=ROWS) -> TableSpec:
    cells = tuple(
        (
            Cell(kind, key=f"row/{number}"),
            Cell(who, key=f"row/{number}"),
            Cell("" if time is None else f"{time:.2f}", time, f"row/{number}"),
            Cell(dated, key=f"row/{number}"),
        )
        for number, (kind, who, time, dated) in enumerate(rows)
    )
    columns = (Column("Kind"), Column("Submitter"), Column("Official (min)", "decimal"), Column("Version"))
    return TableSpec(columns, cells, tuple(Tint("ipu") for _ in rows))


@pytest.fixture
def table(qapp: QApplication) -> Iterator[EvidenceTable]:
    apply_theme(qapp, LIGHT)
    table = EvidenceTable(LIGHT)
    table.resize(700, 300)
    table.show_spec(spec())
    table.show()
    settle()
    yield table
    table.close()
    table.deleteLater()
    settle()


@pytest.fixture
def asked(table: EvidenceTable) -> list[str]:
    keys: list[str] = []
    table.asked.connect(keys.append)
    return keys


def shown(table: EvidenceTable) -> list[str]:
    """The keys of the rows that are on show, from the top."""
    proxy = table.view.proxy
    return [proxy.cell(proxy.index(row, 0)).key.removeprefix("row/") for row in range(proxy.rowCount())]


def click_on_head(table: EvidenceTable, column: int) -> None:
    header = table.view.horizontalHeader()
    middle = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, header.height() // 2))
    settle()


def test_that_a_table_is_shown_in_the_order_of_its_figure(table: EvidenceTable) -> None:
    assert shown(table) == ["0", "1", "2", "3", "4"]
    assert table.count.text() == "5 rows"


def test_that_every_word_of_the_search_must_be_in_a_row_whatever_its_case(table: EvidenceTable) -> None:
    table.search.setText("graphCORE v1.1")
    assert shown(table) == ["1"] and table.count.text() == "1 of 5 rows"
    table.search.setText("  nvidia ")
    assert shown(table) == ["0", "2"]
    table.search.setText("nvidia graphcore")
    assert shown(table) == [] and table.count.text() == "0 of 5 rows"
    table.search.clear()
    assert len(shown(table)) == 5


def test_that_a_search_is_no_pattern(table: EvidenceTable) -> None:
    table.search.setText("v1.")
    assert shown(table) == ["0", "1", "3"]
    table.search.setText(".*")
    assert shown(table) == []


def test_that_numbers_are_sorted_as_numbers_with_empty_cells_last_both_ways(table: EvidenceTable) -> None:
    click_on_head(table, 2)
    assert shown(table) == ["0", "4", "1", "3", "2"]
    click_on_head(table, 2)
    assert shown(table) == ["3", "1", "4", "0", "2"]
    click_on_head(table, 2)  # and back to the order of the figure
    assert shown(table) == ["0", "1", "2", "3", "4"]


def test_that_words_are_sorted_as_words_and_equal_ones_keep_their_order(table: EvidenceTable) -> None:
    click_on_head(table, 1)
    assert shown(table) == ["4", "1", "3", "0", "2"]
    table.search.setText("official")
    assert shown(table) == ["4", "1", "3", "0"]


def test_that_a_title_flush_right_gives_way_to_the_arrow(table: EvidenceTable) -> None:
    titles = [table.view.proxy.headerData(2, Qt.Orientation.Horizontal)]
    click_on_head(table, 2)
    titles.append(table.view.proxy.headerData(2, Qt.Orientation.Horizontal))
    assert titles == ["Official (min)", "Official (min)\u2003"]


def test_that_a_click_asks_for_the_row_that_is_seen(table: EvidenceTable, asked: list[str]) -> None:
    click_on_head(table, 2)
    place = table.view.visualRect(table.view.proxy.index(1, 1)).center()
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert asked == ["row/4"]


def test_that_the_keyboard_searches_goes_down_and_asks(table: EvidenceTable, asked: list[str]) -> None:
    table.view.setFocus()
    QTest.keyClicks(table.view, "g")
    settle()
    assert table.search.hasFocus() and table.search.text() == "g"
    QTest.keyClicks(table.search, "raph")
    assert shown(table) == ["1", "3"]
    QTest.keyClick(table.search, Qt.Key.Key_Return)
    QTest.keyClick(table.search, Qt.Key.Key_Down)
    settle()
    assert table.view.hasFocus()
    QTest.keyClick(table.view, Qt.Key.Key_Down)
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert asked == ["row/1", "row/3"]


def test_that_escape_clears_the_search(table: EvidenceTable) -> None:
    table.search.setText("dell")
    table.search.setFocus()
    QTest.keyClick(table.search, Qt.Key.Key_Escape)
    assert table.search.text() == "" and len(shown(table)) == 5


def test_that_a_shortcut_is_no_search(table: EvidenceTable) -> None:
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table.view, Qt.Key.Key_Down)
    assert table.search.text() == ""


def test_that_search_and_order_outlast_another_table(table: EvidenceTable) -> None:
    table.search.setText("official")
    click_on_head(table, 2)
    table.show_spec(spec((*ROWS, ("official", "Azure", 1.5, "v1.1"))))
    settle()
    assert shown(table) == ["5", "0", "4", "1", "3"]
    assert table.count.text() == "5 of 6 rows"
    table.show_spec(spec(tuple((kind, who, None if time is None else -time, dated) for kind, who, time, dated in ROWS)))
    settle()
    assert shown(table) == ["3", "1", "4", "0"]


def test_that_other_columns_are_not_sorted_by_one_of_the_old(table: EvidenceTable) -> None:
    click_on_head(table, 2)
    other = spec()
    columns = (Column("A"), Column("B"), Column("C", "decimal"), Column("D"))
    table.show_spec(TableSpec(columns, other.rows, other.tints))
    settle()
    assert shown(table) == ["0", "1", "2", "3", "4"]


def test_that_columns_keep_their_widths_while_one_searches(table: EvidenceTable) -> None:
    widths = [table.view.columnWidth(column) for column in range(4)]
    table.search.setText("dell")
    settle()
    assert [table.view.columnWidth(column) for column in range(4)] == widths
    assert sum(widths) == table.view.viewport().width()


def test_that_no_title_and_no_word_is_cut_where_there_is_room(table: EvidenceTable) -> None:
    metrics = table.view.fontMetrics()
    for column in range(4):
        texts = [row[column].text for row in table.view.spec.rows]
        assert table.view.columnWidth(column) > max(metrics.horizontalAdvance(text) for text in texts)


def test_that_an_empty_table_and_no_row_ask_nothing(table: EvidenceTable, asked: list[str]) -> None:
    table.search.setText("nobody")
    QTest.keyClick(table.search, Qt.Key.Key_Return)
    QTest.keyClick(table.search, Qt.Key.Key_Down)
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    table.show_spec(TableSpec((), (), ()))
    settle()
    assert asked == [] and table.count.text() == "0 rows"


def test_that_a_theme_changes_the_picture(table: EvidenceTable, qapp: QApplication) -> None:
    before = table.view.viewport().grab().toImage()
    apply_theme(qapp, DARK)
    table.set_theme(DARK)
    settle()
    assert table.view.viewport().grab().toImage() != before
    assert table.view.theme_name == DARK
    apply_theme(qapp, LIGHT)


def test_that_search_comes_before_rows_for_the_keyboard(table: EvidenceTable) -> None:
    assert table.controls() == [table.search, table.view]
    assert all(each.accessibleName() for each in table.controls())


def test_that_long_texts_take_the_room_that_other_columns_leave(table: EvidenceTable) -> None:
    rows = tuple((kind, "a name of many words " * 5, time, dated) for kind, _, time, dated in ROWS)
    table.show_spec(spec(rows))
    table.resize(500, 300)
    settle()
    narrow = table.view.columnWidth(1)
    table.resize(1100, 300)
    settle()
    assert table.view.columnWidth(1) > narrow and table.view.horizontalScrollBar().maximum() == 0
    assert table.view.columnWidth(1) >= table.view.advance("a name of many words " * 5)
