#!/usr/bin/env bash
# polars 2.1.0 with fastexcel 0.21.0, its reader of spreadsheets; XlsxWriter 3.3.1 and openpyxl 3.1.5. Small install, no
# GPU, no Office program.
#
# What it is: polars reads a table of measurements from CSV or from a spreadsheet into a data frame.
#
# One expects: a value that does not fit its column ("12.5 min" below plain minutes) to be treated alike however the
# table came in: an error as from CSV, or a column of text.
#
# Instead: it depends on the file and on the row, and one of the ways says nothing:
#   - from CSV the value is an error that names it and its column
#   - from the same table as XLSX it is null from row 101 on, without an error or a warning, and the column stays one of
#     numbers; within the first 100 rows it makes the whole column text
#   - with the engine "openpyxl" the column is text, wherever the value stands
# `infer_schema_length=None` makes the default engine look at all rows, and the column is text.
#
# Seen (1500 rows of numbers, then one of text):
#   CSV                   ComputeError: could not parse `12.5 min` as dtype `f64` at column 'minutes'
#   XLSX                  Float64, 1 null
#   XLSX, text in row 90  String, 0 null
#   XLSX by openpyxl      String, 0 null
#   XLSX, all rows looked at: String, 0 null
#
# Why it matters to who compares training systems: sheets of measurements are typed by hand, and notes such as "12.5
# min", "> 24 h" or "failed" stand among the times, far down. A null leaves the mean; the runs that did not go well are
# the ones that vanish, and the count of rows still is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet polars==2.1.0 fastexcel==0.21.0 XlsxWriter==3.3.1 openpyxl==3.1.5
cd "$folder"
"$folder/venv/bin/python" -W error - <<'EOF_PYTHON'
import polars
import xlsxwriter
from polars.exceptions import ComputeError


def rows(row_of_text: int) -> list[tuple]:
    """A sheet of 1502 rows, one of which states its unit."""
    return [(16, "12.5 min" if number == row_of_text else 100.5 + number) for number in range(1, 1503)]


def sheet(path: str, row_of_text: int) -> str:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("chips", "minutes"))
        for number, row in enumerate(rows(row_of_text), 1):
            page.write_row(number, 0, row)
    return path


def told(title: str, frame: polars.DataFrame) -> tuple[str, int]:
    kind, nulls = str(frame["minutes"].dtype), frame["minutes"].null_count()
    print(f"{title} {kind}, {nulls} null")
    assert len(frame) == 1502
    return kind, nulls


low, high = sheet("low.xlsx", 1501), sheet("high.xlsx", 90)
with open("low.csv", "w") as stream:
    stream.write("chips,minutes\n" + "".join(f"{chips},{minutes}\n" for chips, minutes in rows(1501)))
try:
    polars.read_csv("low.csv")
except ComputeError as error:
    print(f"{'CSV':<21} ComputeError: {str(error).splitlines()[0].split(' (column')[0]}")
else:
    raise AssertionError("no error from CSV")
assert told(f"{'XLSX':<21}", polars.read_excel(low)) == ("Float64", 1)
assert told("XLSX, text in row 90 ", polars.read_excel(high)) == ("String", 0)
assert told("XLSX by openpyxl     ", polars.read_excel(low, engine="openpyxl")) == ("String", 0)
assert told("XLSX, all rows looked at:", polars.read_excel(low, infer_schema_length=None)) == ("String", 0)
# the border is the hundredth row
assert polars.read_excel(sheet("edge.xlsx", 100))["minutes"].null_count() == 0
assert polars.read_excel(sheet("over.xlsx", 101))["minutes"].null_count() == 1
print("as described")
EOF_PYTHON
