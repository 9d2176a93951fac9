"""How rows of a table are sorted: by number where there is one, else by words; empty cells stand last either way."""

from collections.abc import Sequence

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import Cell, TableSpec


def sorted_rows(table: TableSpec, column: int, falling: bool) -> list[int]:
    """The rows in the order of a column, by number; rows that are alike stay as they stand."""
    cells = [row[column] for row in table.rows]
    filled = [row for row, cell in enumerate(cells) if cell.text]
    filled.sort(key=lambda row: sorting_key(cells[row]), reverse=falling)
    return filled + [row for row, cell in enumerate(cells) if not cell.text]


def is_sorted(table: TableSpec, column: int, falling: bool) -> bool:
    """Whether the rows stand in the order of a column."""
    return sorted_rows(table, column, falling) == list(range(len(table.rows)))


def sorting_key(cell: Cell) -> tuple[bool, float, str]:
    """What a cell is sorted by; words come after numbers."""
    number = cell.ends[0] if cell.number is None and cell.ends else cell.number
    return (True, 0.0, cell.text.casefold()) if number is None else (False, number, "")


def systems_of(table: TableSpec, systems: Sequence[SystemChoice]) -> list[SystemChoice]:
    """The ticked systems of the rows, where each row is one of them; else none."""
    known = {choice.key: choice for choice in systems}
    found = [known.get(row[0].key.partition("/")[2]) for row in table.rows]
    kept = [choice for choice in found if choice is not None]
    return kept if len(kept) == len(found) == len(set(kept)) else []
