"""The workbook: one module a kind of sheet or cell."""
