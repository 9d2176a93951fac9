"""Tables of any column order are read by their heads; what cannot be right is refused by file, row or cell."""

import zipfile
from pathlib import Path

import openpyxl
import pyarrow
import pytest
from openpyxl.chart import BarChart, Reference
from pyarrow import parquet

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.results.reasons import OfResult, ResultFault
from ipuwhatif.importers.results.table import read_table_results
from ipuwhatif.importers.tables import cells
from ipuwhatif.importers.tables.reading import Said
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from ipuwhatif.units import told
from tests.refusals import refused, rows_of

HEAD = ("Machine", "# GPUs", "Model", "Duration (h)", "Comment")


@pytest.fixture
def sheet(tmp_path):
    """Writes a workbook of these rows, and what is to be done to its sheet."""

    def write(*rows, change=lambda sheet: None, name="results.xlsx"):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        change(book.active)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def text(tmp_path):
    def write(content: str, encoding="utf-8"):
        (tmp_path / "results.csv").write_bytes(content.encode(encoding))
        return tmp_path / "results.csv"

    return write


def read(path: Path, catalog, **said):
    return read_table_results(path, catalog, Said(**said))


def test_columns_are_found_by_their_heads_in_any_order(text, catalog):
    found = read(text("Comment,Model,time_min,System,GPUs,Global batch size\nwarm,BERT,20.5,DGX A100,8,448\n"), catalog)
    (result,) = found.results
    assert (result.workload, result.choice, result.global_batch) == ("bert-large", SystemChoice("dgx-a100", 8), 448)
    assert (result.measurement, result.notes) == (Measurement(TIME, 1230.0), ("warm",))
    assert [told(note) for note in found.notes] == [
        "Read as: system = 'System'; chips = 'GPUs'; workload = 'Model'; global batch = 'Global batch size'; time to "
        "train = 'time_min' [min]; note = 'Comment'"
    ]


@pytest.mark.parametrize(
    ("head", "cell", "measured"),
    [
        ("Duration (h)", "0.5", Measurement(TIME, 1800.0)),
        ("Time to train [min]", "30", Measurement(TIME, 1800.0)),
        ("训练时间（分钟）", "30", Measurement(TIME, 1800.0)),
        ("elapsed", "0:30:00", Measurement(TIME, 1800.0)),
        ("images/s", "23000", Measurement(THROUGHPUT, 23000.0)),
        ("Throughput (images/s/GPU)", "2875", Measurement(THROUGHPUT, 23000.0)),
        ("throughput", "85 ms/step", Measurement(THROUGHPUT, 30000.0)),
    ],
)
def test_units_are_read_from_the_head_or_the_cell(text, catalog, head, cell, measured):
    found = read(text(f"system,workload,batch,{head}\ndgx-a100,resnet50,2550,{cell}\n"), catalog)
    assert [each.measurement for each in found.results] == [measured]


def test_a_proposed_mapping_can_be_corrected(text, catalog):
    path = text("box,what,took,total\nA,resnet50,30,99\n")
    columns = {"system": "box", "workload": "what", "time": "took"}
    found = read(path, catalog, columns=columns, units={"time": "min"}, systems={"A": SystemChoice("dgx-a100", 8)})
    assert found.results[0].measurement == Measurement(TIME, 1800.0)
    assert told(found.notes[1]) == "Not read: 'total'"


def test_a_table_with_semicolons_has_decimal_commas(text, catalog):
    path = text("System;Chips;Workload;Time (min)\ndgx-a100;8;bert;28,4\nipu-pod;1.024;bert;1.234,5\n")
    assert [each.measurement.value for each in read(path, catalog).results] == [1704.0, 74070.0]


def test_a_comma_that_may_be_either_is_asked_about(text, catalog):
    path = text("System;Workload;Throughput (images/s)\ndgx-a100;resnet50;23,456\n")
    with refused("results.csv: row 2: '23,456' may be thousands or decimals; say which (--decimal comma or point)"):
        read(path, catalog)
    assert read(path, catalog, decimal="point").results[0].measurement.value == 23456.0
    assert read(path, catalog, decimal="comma").results[0].measurement.value == 23.456


def test_text_among_numbers_is_told_by_its_cell_and_the_other_rows_are_read(sheet, catalog):
    rows = [("dgx-a100", 8, "bert", 0.5, None)] * 3 + [("dgx-a100", 8, "bert", "crashed", None)]
    found = read(sheet(("My runs",), (), HEAD, *rows), catalog)
    assert len(found.results) == 3
    assert rows_of(found.refused) == [
        (
            "results.xlsx, sheet 'Sheet', row 7",
            "cell D7: 'crashed' is no time; write for example 28.4 min or 3,900 sequences/s",
        )
    ]


def test_a_row_that_is_no_result_says_why(text, catalog):
    path = text(
        "system,chips,workload,time (min)\n"
        "foo,8,bert,1\nipu-pod,,bert,1\ndgx-a100,8,gpt9,1\ndgx-a100,8,bert,n/a\ndgx-a100,-2,bert,1\n,8,bert,1\n"
    )
    assert [reason for _, reason in rows_of(read(path, catalog).refused)] == [
        "system 'foo' is unknown; nearest: bow-pod. Say which it is (--system 'foo=bow-pod:4')",
        "system 'ipu-pod': the chips are not said; add a column of them",
        "workload 'gpt9' is unknown; nearest: gpt2-xl",
        "neither a time nor a throughput stands there",
        "column 'chips': '-2' is not a whole number above 0",
        "column 'system' is empty",
    ]


def test_merged_cells_are_refused_by_their_region(sheet, catalog):
    rows = [("dgx-a100", 8, "bert", 0.5, None)] * 3
    with refused(
        "results.xlsx, sheet 'Sheet': cells A2:A4 are merged, so that all but one are empty; unmerge them and fill each"
    ):
        read(sheet(HEAD, *rows, change=lambda made: made.merge_cells("A2:A4")), catalog)


def test_a_title_of_merged_cells_is_let_be(sheet, catalog):
    rows = [("My runs",), HEAD, ("dgx-a100", 8, "bert", 0.5, None)]
    assert len(read(sheet(*rows, change=lambda made: made.merge_cells("A1:E1")), catalog).results) == 1


def test_a_formula_without_a_stored_value_is_refused_by_its_cell(sheet, catalog):
    with refused(
        "results.xlsx, sheet 'Sheet', cell D2: a formula without a stored value; open the workbook in a spreadsheet "
        "program and save it, or write the value"
    ):
        read(sheet(HEAD, ("dgx-a100", 8, "bert", "=30/60", None)), catalog)


def test_the_first_sheet_that_holds_results_is_read(tmp_path, catalog):
    book = openpyxl.Workbook()
    book.active.append(("nothing", "here"))
    runs = book.create_sheet("Runs")
    runs.append(HEAD)
    runs.append(("dgx-a100", 8, "bert", 0.5, None))
    chart = BarChart()
    chart.add_data(Reference(runs, min_col=4, min_row=1, max_row=2))
    book.create_chartsheet("Chart").add_chart(chart)
    book.save(tmp_path / "results.xlsx")
    (result,) = read(tmp_path / "results.xlsx", catalog).results
    assert told(result.place) == "results.xlsx, sheet 'Runs', row 2"


def test_parquet_is_read_and_its_empty_cells_are_told(tmp_path, catalog):
    columns = {"system": ["dgx-a100"] * 2, "workload": ["bert"] * 2, "time_min": [20.5, None]}
    parquet.write_table(pyarrow.table(columns), tmp_path / "results.parquet")
    found = read(tmp_path / "results.parquet", catalog)
    assert found.results[0].measurement.value == 1230.0
    assert [place for place, _ in rows_of(found.refused)] == ["results.parquet, row 3"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "'results.csv' is empty"),
        (
            "system,time (min)\ndgx-a100,3\n",
            "results.csv: no column is the workload among 'system', 'time (min)'; say which (--column "
            "'workload=system')",
        ),
        (
            "system,workload,time\ndgx-a100,bert,3\n",
            "results.csv: column 'time' says no unit; write it in the head or say it (--unit time=min)",
        ),
        (
            "system,workload,time (h),duration (min)\ndgx-a100,bert,3,180\n",
            "results.csv: columns 'time (h)' and 'duration (min)' may both be the time to train; say which (--column "
            "'time=time (h)')",
        ),
        ("system,workload,time (h)\n", "results.csv: no row follows the head"),
        ('system,workload,time (h)\n"dgx', "results.csv, line 2: unexpected end of data"),
    ],
)
def test_a_table_that_says_too_little_is_refused_with_what_to_say(text, catalog, content, line):
    with refused(line):
        read(text(content), catalog)


def test_a_column_that_is_named_and_not_there_is_refused_with_the_nearest(text, catalog):
    path = text("system,workload,Duration (h)\ndgx-a100,bert,3\n")
    with refused("results.csv: no column is called 'Duration'; nearest: 'Duration (h)'"):
        read(path, catalog, columns={"time": "Duration"})
    with refused("results.csv: 'tiem' is no column that is read; nearest: time"):
        read(path, catalog, columns={"tiem": "Duration (h)"})


def test_text_of_another_encoding_is_refused_and_utf_16_is_read(text, catalog):
    content = "system,workload,time (h),note\ndgx-a100,bert,3,für uns\n"
    with refused("results.csv: byte 47 is not UTF-8 text; save the file as CSV UTF-8"):
        read(text(content, "latin-1"), catalog)
    assert read(text(content, "utf-16"), catalog).results[0].notes == ("für uns",)


def test_caps_hold_for_rows_columns_and_what_a_workbook_unpacks_to(text, sheet, catalog, monkeypatch):
    path = text("system,workload,time (h)\n" + "dgx-a100,bert,3\n" * 5)
    monkeypatch.setattr(cells, "MOST_ROWS", 4)
    with refused("results.csv has more than 4 rows; keep those that are results"):
        read(path, catalog)
    monkeypatch.setattr(cells, "MOST_COLUMNS", 2)
    with refused("results.csv has more than 2 columns"):
        read(path, catalog)
    book = sheet(HEAD)
    with zipfile.ZipFile(book) as packed:
        size = sum(each.file_size for each in packed.infolist())
    monkeypatch.setattr(cells, "MOST_BYTES", 1000)
    with refused(f"'results.xlsx' unpacks to {size:,} bytes, more than 1,000; keep the sheet of results alone"):
        read(book, catalog)


def test_what_is_no_workbook_or_parquet_file_is_refused(tmp_path, catalog):
    for name, line in (
        ("a.xlsx", "'a.xlsx' is no workbook that can be read; save it as .xlsx again"),
        ("a.parquet", "'a.parquet' is no Parquet file that can be read"),
    ):
        (tmp_path / name).write_bytes(b"nothing of that kind")
        with refused(line):
            read(tmp_path / name, catalog)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as packed:
        packed.writestr("hello.txt", "hello")
    with refused("'b.xlsx' is no workbook that can be read; save it as .xlsx again"):
        read(tmp_path / "b.xlsx", catalog)


@pytest.mark.parametrize(
    ("dated", "release"),
    [
        ("v4.0", "2024-06"),
        ("2024-06", "2024-06"),
        ("2025-03-01", "2024-11"),
        ("2022-07-31 10:00", "2022-06"),
        ("2031", "2026-06"),
        ("2023-13-01", None),
        ("2023-04-99", None),
    ],
)
def test_a_run_has_the_software_that_was_there_on_its_day(text, catalog, dated, release):
    found = read(text(f"Model,System,GPUs,time_min,Date\nBERT,DGX A100,8,20.5,{dated}\n"), catalog)
    if release is None:
        assert not found.results and found.refused[0].reason == OfResult(ResultFault.NO_DATE, dated)
    else:
        assert [each.release for each in found.results] == [release]
