"""Cells for the clipboard: for a spreadsheet and for a text. Nothing of them reads as a formula or as markup."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from ipuwhatif.charts.spec import Cell, TableSpec

Row = Sequence[Cell]


def copy_cells(table: TableSpec, rows: Sequence[Row] | None = None) -> None:
    """A table on the clipboard, or some rows of it under its titles."""
    chosen = table.rows if rows is None else rows
    data = QMimeData()
    data.setText(cells_text(table, chosen))
    data.setHtml(cells_html(table, chosen))
    QApplication.clipboard().setMimeData(data)


def cells_text(table: TableSpec, rows: Sequence[Row]) -> str:
    """Lines of cells between tabs, which spreadsheets take as cells."""
    from ipuwhatif.export.csv_file import guarded

    lines = [[column.title for column in table.columns]]
    lines += [[cell.text if cell.number is not None else guarded(cell.text) for cell in row] for row in rows]
    return "\n".join("\t".join(line) for line in lines)


def cells_html(table: TableSpec, rows: Sequence[Row]) -> str:
    """The same for a text."""
    head = "".join(f"<th>{escape(column.title)}</th>" for column in table.columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell.text)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
