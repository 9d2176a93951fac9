"""What a cell of a workbook holds: a formula where a number is computed, and the number itself elsewhere."""

import io

from openpyxl import load_workbook
from xlsxwriter import Workbook

from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import PROJECTED
from ipuwhatif.export.office.native.native_series import BARS, NativeAxis, NativeChart, Series
from ipuwhatif.export.office.workbook.workbook_cells import Formats, write_numbers


def test_that_only_what_is_computed_is_a_formula():
    formulas = ("=B9/60", "", "", "=B10/60")
    series = Series("Projected", PROJECTED, NEUTRAL, (1.5, 2.5, None, 4.5), formulas=formulas)
    native = NativeChart(BARS, "", NativeAxis(""), (series,), categories=("a", "b", "c", "d"))
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        write_numbers(workbook.add_worksheet(), native, (0, 0), Formats(workbook))
    (sheet,) = load_workbook(file).worksheets
    assert [cell.value for cell in sheet["A"]] == ["System", "a", "b", "c", "d"]
    assert [cell.value for cell in sheet["B"]] == ["Projected", "=B9/60", 2.5, None, "=B10/60"]
