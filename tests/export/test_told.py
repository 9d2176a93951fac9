"""Columns that go onto paper: those that tell something."""

from ipuwhatif.charts.spec import Cell, Column, TableSpec
from ipuwhatif.export.told import told_columns, told_table
from ipuwhatif.figures.compare.ratios import NOT_MEASURED, no_ratio_words


def table(*columns: tuple[str, ...]) -> TableSpec:
    return TableSpec(
        tuple(Column(str(place)) for place, _ in enumerate(columns)),
        tuple(tuple(Cell(text) for text in row) for row in zip(*columns, strict=True)),
        (),
    )


def test_that_a_column_without_a_word_is_left_out_and_that_of_names_is_not() -> None:
    assert told_columns(table(("", ""), ("–", ""), ("1", ""))) == (0, 2)


def test_that_no_ratio_at_all_against_the_reference_is_no_column() -> None:
    names = ("A", "B", "C")
    unmeasured = no_ratio_words(NOT_MEASURED)
    assert told_columns(table(names, ("reference", unmeasured, "not sourced"))) == (0,)
    assert told_columns(table(names, ("reference", unmeasured, "70 % less time"))) == (0, 1)
    assert told_columns(table(names, ("not sourced", "not sourced", "not sourced"))) == (0, 1)  # another column


def test_that_the_rows_of_a_told_table_have_its_columns() -> None:
    told = told_table(table(("A", "B"), ("", "–"), ("1", "2")))
    assert [column.title for column in told.columns] == ["0", "2"]
    assert [[cell.text for cell in row] for row in told.rows] == [["A", "1"], ["B", "2"]]
