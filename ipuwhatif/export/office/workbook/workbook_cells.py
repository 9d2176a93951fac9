"""The numbers of a native chart as cells of a sheet, for spreadsheets and for the sheet behind a slide.

Every text goes through a cell: a name that starts with "=" is a formula anywhere else.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ipuwhatif.export.office.native.native_series import DOTS, HELPERS, POINTS, NativeChart, Series
from ipuwhatif.records import Record
from ipuwhatif.texts import one_line, tr

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = "Arial"
#: When every document was made, as far as it says, so that the same figures are the same bytes.
FIXED_DATE = datetime(2021, 12, 31)
#: Longest text of a cell; Excel refuses a file with a longer one.
LONGEST_TEXT = 32_000
_TALLEST = 400.0  # of a row, in points
#: Options of a workbook: no text becomes a formula or a link, nothing is written to a temporary file.
OPTIONS: Mapping[str, object] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}

Place = tuple[int, int]  # row and column of a cell
Range = tuple[int, int, int, int]  # first row, first column, last row, last column


class Written(Record, frozen=True):
    """Where a series stands on its sheet. `down` and `up` are the lengths of its whiskers."""

    name: Place
    values: Range
    x: Range
    down: Range | None
    up: Range | None


def cell_text(text: str) -> str:
    """A text as a cell can hold it: one line, printable, no longer than a spreadsheet reads."""
    line = one_line(text)
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def height_of(texts: Iterable[tuple[str, float]], size: float = 10.0) -> float:
    """Height of a row in points that shows texts in full, each with the width of its column in characters.

    No program is left to find it: LibreOffice keeps the usual height where a file has none.
    """
    lines = max((math.ceil(1.1 * len(cell_text(text)) * size / 10.0 / width) for text, width in texts), default=1)
    return min(_TALLEST, 1.35 * size * max(1, lines) + 3)


def write_numbers(sheet: "Worksheet", native: NativeChart, start: Place, formats: "Formats") -> tuple[Written, ...]:
    """Write the series of a chart from the cell `start` on; returns where each stands."""
    row, column = start
    if native.shape == POINTS:
        return _write_points(sheet, native, start, formats)
    sheet.write_string(row, column, native.head or tr("System"), formats.head())
    for offset, name in enumerate(native.categories, start=1):
        sheet.write_string(row + offset, column, cell_text(name))
    if native.shape == DOTS:
        return _write_points(sheet, native, (row, column + 1), formats)
    x = (row + 1, column, row + len(native.categories), column)
    places, column = [], column + 1
    for series in native.series:
        places.append(_write_series(sheet, series, (row, column), x, formats))
        column += 5 if series.low else 1
    return tuple(places)


def _write_points(sheet: "Worksheet", native: NativeChart, start: Place, formats: "Formats") -> tuple[Written, ...]:
    """The series as written, ticks of axes behind all that is a number of the answer."""
    order = sorted(range(len(native.series)), key=lambda place: native.series[place].style in HELPERS)
    title = native.x_axis.title if native.x_axis is not None else tr("Height of the row")
    written = _side_by_side(sheet, [native.series[place] for place in order], title, start, formats)
    found = dict(zip(order, written, strict=True))
    return tuple(found[place] for place in range(len(order)))


def _side_by_side(
    sheet: "Worksheet", shown: Sequence[Series], title: str, start: Place, formats: "Formats"
) -> Iterator[Written]:
    """Each series beside the one before; those that follow each other with the same x values share their column."""
    row, column = start
    x, last = (row, column, row, column), None
    for series in shown:
        if series.x == last:
            yield _write_series(sheet, series, (row, column), x, formats)
            column += 5 if series.low else 1
            continue
        last = series.x
        sheet.write_string(row, column, cell_text(title), formats.head(True))
        for offset, value in enumerate(series.x, start=1):
            sheet.write_number(row + offset, column, value, formats.number("General"))
        x = (row + 1, column, row + len(series.x), column)
        yield _write_series(sheet, series, (row, column + 1), x, formats)
        column += 6 if series.low else 2


def _write_series(sheet: "Worksheet", series: Series, start: Place, x: Range, formats: "Formats") -> Written:
    """Name, values, and for intervals: low, high, and the lengths of the whiskers as formulas of the three."""
    row, column = start
    last = row + len(series.values)
    _write_column(sheet, start, series.name, series.values, formats, series.format, series.formulas)
    down = up = None
    if series.low:
        ends = ((tr("low"), series.low), (tr("high"), series.high))
        for offset, (word, values) in enumerate(ends, start=1):
            name = tr("{name}, {end}", name=series.name, end=word)
            factors = [each[offset - 1] for each in series.end_formulas]
            computed = [one and one + other for one, other in zip(series.formulas, factors, strict=True)]
            _write_column(sheet, (row, column + offset), name, values, formats, series.format, computed)
        _write_lengths(sheet, series, start, formats)
        down, up = (row + 1, column + 3, last, column + 3), (row + 1, column + 4, last, column + 4)
    return Written(start, (row + 1, column, last, column), x, down, up)


def _write_column(
    sheet: "Worksheet",
    start: Place,
    name: str,
    values: Sequence[float | None],
    formats: "Formats",
    number: str,
    formulas: Sequence[str] = (),
) -> None:
    row, column = start
    sheet.write_string(row, column, cell_text(name), formats.head(True))
    for offset, value in enumerate(values, start=1):
        if value is None:
            continue
        if formulas and formulas[offset - 1]:
            sheet.write_formula(row + offset, column, formulas[offset - 1], formats.number(number), value)
        else:
            sheet.write_number(row + offset, column, value, formats.number(number))


def _write_lengths(sheet: "Worksheet", series: Series, start: Place, formats: "Formats") -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    row, column = start
    for offset, word in ((3, tr("down to low")), (4, tr("up to high"))):
        name = tr("{name}, {end}", name=series.name, end=word)
        sheet.write_string(row, column + offset, cell_text(name), formats.head(True))
    for index, (value, low, high) in enumerate(zip(series.values, series.low, series.high, strict=True), start=1):
        down, up = length(value, low), length(high, value)
        if down is None or up is None:
            continue
        middle, bottom, top = (xl_rowcol_to_cell(row + index, column + place) for place in range(3))
        number = formats.number("General")
        sheet.write_formula(row + index, column + 3, f"={middle}-{bottom}", number, down)
        sheet.write_formula(row + index, column + 4, f"={top}-{middle}", number, up)


def length(longer: float | None, shorter: float | None) -> float | None:
    """Length of a whisker, without the noise of a difference."""
    return None if longer is None or shorter is None else max(0.0, float(f"{longer - shorter:.10g}"))


class Formats:
    """The cell formats of a workbook, each made once."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: object) -> "Format":
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_name": FONT, "font_size": 10, **properties})
        return self._made[key]

    def number(self, code: str) -> "Format":
        return self.get(num_format=code)

    def head(self, right: bool = False) -> "Format":
        return self.get(bold=True, bottom=1, text_wrap=True, valign="top", align="right" if right else "left")
