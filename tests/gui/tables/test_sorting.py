"""Rows by numbers where there are any, by words where not; what is empty stands last."""

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import Cell, Column, TableSpec, Tint
from ipuwhatif.gui.tables.sorting import is_sorted, sorted_rows, systems_of


def table(*cells: Cell) -> TableSpec:
    return TableSpec((Column("Time"),), tuple((cell,) for cell in cells), (Tint("ipu"),) * len(cells))


def test_that_numbers_come_by_size_words_after_them_and_what_is_empty_last() -> None:
    mixed = table(Cell("none"), Cell("10", 10.0), Cell(""), Cell("9", 9.0), Cell("7 to 8", ends=(7.0, 8.0)))
    assert sorted_rows(mixed, 0, falling=False) == [4, 3, 1, 0, 2]
    assert sorted_rows(mixed, 0, falling=True) == [0, 1, 3, 4, 2]


def test_that_rows_that_are_alike_stay_as_they_stand() -> None:
    alike = table(Cell("b", 1.0), Cell("a", 1.0), Cell("c", 1.0))
    assert is_sorted(alike, 0, falling=False) and is_sorted(alike, 0, falling=True)


def test_that_only_a_table_with_a_row_a_system_is_one_of_systems() -> None:
    first, second = SystemChoice("ipu-pod", 16), SystemChoice("dgx-a100", 8)
    rows = table(Cell("A", key="projection/dgx-a100:8"), Cell("B", key="projection/ipu-pod:16"))
    assert systems_of(rows, (first, second)) == [second, first]
    assert systems_of(table(Cell("A", key="projection/ipu-pod:32")), (first, second)) == []
    assert systems_of(table(*[Cell("A", key="projection/ipu-pod:16")] * 2), (first, second)) == []
