"""CSV files: numbers as printed and typed, texts that no spreadsheet runs, all or nothing."""

import csv
import io
import re

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import Cell, Column, TableSpec
from ipuwhatif.export.csv_file import csv_text, guarded, write_csv
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.view_options import CHANGE, LEARNT, VIEWS, ViewOptions
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.figures import samples


def rows(figure):
    return list(csv.reader(io.StringIO(csv_text(figure))))


def test_that_it_reads_back_as_the_printed_digits(figure):
    read = rows(figure)
    head, first = read[0], dict(zip(read[0], read[1], strict=True))
    assert head[:3] == ["System", "Official (min)", "Projected (min)"]
    assert head[3:5] == ["80 % interval (min), low", "80 % interval (min), high"]
    assert first["Projected (min)"] == figure.table.rows[0][2].text == "28.2"
    assert (float(first["80 % interval (min), low"]), float(first["80 % interval (min), high"])) == figure.table.rows[
        0
    ][3].ends
    assert first["Official (min)"] == "28.33"
    assert first["Basis"] == "inside the data"


def test_that_every_number_of_the_table_is_typed(figure):
    for row, cells in zip(rows(figure)[1:], figure.table.rows, strict=False):
        numbers = [cell.number for cell in cells if cell.number is not None]
        assert set(numbers) <= {float(field) for field in row if field.replace(".", "", 1).isdigit()}


def test_that_separators_and_units_stay_out_of_numbers():
    figure = scaling_figure(samples.scaling(samples.curve(chips=(512, 1024, 4096))), samples.scenario())
    assert [row[1] for row in rows(figure)[1:4]] == ["512", "1024", "4096"]


def test_that_headline_footnotes_and_sources_stand_in_a_file_beside_it(figure, tmp_path):
    path, notes = write_csv(tmp_path / "table.csv", figure)
    assert (path.name, notes.name) == ("table.csv", "table.csv.txt")
    told = notes.read_text(encoding="utf-8")
    for text in (figure.headline.text, *figure.notices, *(note.text for note in figure.footnotes)):
        assert text in told
    assert "https://github.com/mlcommons/training_results_v1.1" in told


def test_that_a_data_frame_reads_it_as_it_is(figure, tmp_path):
    path, _ = write_csv(tmp_path / "table.csv", figure)
    frame = pandas.read_csv(path)
    assert list(frame.columns)[:3] == ["System", "Official (min)", "Projected (min)"]
    assert len(frame) == len(figure.table.rows)
    for name in frame.columns[1:5]:
        assert frame[name].dtype.kind == "f", name
    assert list(frame["Projected (min)"]) == [row[2].number for row in figure.table.rows]


def test_that_it_starts_with_a_byte_order_mark(figure, tmp_path):
    write_csv(tmp_path / "table.csv", figure)
    assert (tmp_path / "table.csv").read_bytes().startswith(b"\xef\xbb\xbfSystem,")


MEASURED = FIRST_START.with_measurement("ipu-pod:16", Measurement(TIME, 1_980.0, learnt=True))
QUESTIONS = ("compare", "scaling", "breakdown", "sensitivity", "cost", "evidence")


@pytest.fixture(scope="module")
def views():
    """The figure of every tab and view of the window that needs nothing but the systems."""
    world, found = load_world(), {}
    for question in QUESTIONS:
        for view in VIEWS.get(question, ("",)):
            look, scenario = ViewOptions(FIRST_START.systems[0], view), MEASURED if view == LEARNT else FIRST_START
            figure = answer(world, question, scenario, (960, 540), look=look).figure if view != CHANGE else None
            if figure is not None:
                found[f"{question}/{view}"] = figure
    return found


def frames(views, folder):
    for name, figure in views.items():
        path = write_csv(folder / f"{name.replace('/', '-')}.csv", figure)[0]
        yield name, figure, path


def test_that_a_data_frame_reads_the_numbers_of_every_view_as_numbers(views, tmp_path):
    assert len(views) == 21
    for name, figure, path in frames(views, tmp_path):
        if not figure.table.rows:
            assert name == "evidence/mine", "nothing is imported"
            continue
        frame = pandas.read_csv(path)
        assert not any(re.search(r"\.\d+$", column) for column in frame.columns), name  # pandas' mark of a second one
        printed = [column for column in figure.table.columns if not column.mixed and not column.of]
        for column in printed:
            cells = [row[figure.table.columns.index(column)] for row in figure.table.rows]
            if any(cell.number is not None for cell in cells):
                assert frame[column.title].dtype.kind in "if", (name, column.title)
        numbers = [column for column in frame.columns if column.endswith((", low", ", high", ", number"))]
        assert all(frame[column].dtype.kind in "if" for column in numbers), name


def test_that_the_first_hundred_lines_tell_what_a_column_holds(views, tmp_path):
    """For a reader that looks no farther no column turns from empty to numbers, or from whole numbers to parts."""
    longest = 0
    for name, _, path in frames(views, tmp_path):
        whole, texts = pandas.read_csv(path), pandas.read_csv(path, dtype=str, keep_default_na=False)
        longest = max(longest, len(whole))
        for column in whole.columns:
            numbers = whole[column].dropna()
            if whole[column].dtype.kind in "if" and len(numbers):
                first = [text for text in texts[column][:100] if text]
                assert first, (name, column)
                assert (numbers % 1 == 0).all() or any("." in text or text == "NaN" for text in first), (name, column)
    assert longest > 1000


def test_that_numbers_have_the_digits_that_the_table_prints(views, tmp_path):
    shares = list(csv.DictReader(io.StringIO(csv_text(views["breakdown/shares"]))))
    assert shares[0] == {"Part": "Arithmetic", "System": "IPU-POD16 (16 IPUs)", "Share of the time (%)": "75"}
    table = views["breakdown/shares"].table
    assert len(shares) == len(table.rows) * (len(table.columns) - 1)
    swing = next(csv.DictReader(io.StringIO(csv_text(views["sensitivity/"]))))
    assert swing["Swing (% of the time)"] == views["sensitivity/"].table.rows[0][6].text
    assert (swing["From"], swing["From, number"], swing["From, unit"]) == ("0.77 ×", "0.77", "×")


@pytest.mark.parametrize(
    ("text", "number", "written"),
    [("100,360", 100364.1, "100360"), ("8.50", 8.504, "8.50"), ("30 s", 0.5, "0.50"), ("1,000", 1000.0, "1000")],
)
def test_that_a_rounded_number_stays_as_it_is_printed(text, number, written):
    table = TableSpec((Column("Speed", "decimal"),), ((Cell(text, number),),), ())
    figure = compare_figure(samples.comparison(), samples.scenario())
    assert rows(replace(figure, table=table))[1] == [written]


def test_that_nothing_is_an_empty_cell(views):
    for line in csv.reader(io.StringIO(csv_text(views["cost/money"]))):
        assert "–" not in line
    read = list(csv.DictReader(io.StringIO(csv_text(views["cost/money"]))))
    assert read and all("Money" not in line and line["Energy (kWh)"] for line in read), "nor a column of nothing"


def test_that_numbers_in_units_of_their_own_are_taken_apart(views):
    sheet = list(csv.DictReader(io.StringIO(csv_text(views["evidence/entries"]))))
    printed = [line for line in sheet if line["Printed"]]
    assert all(float(line["Printed, number"]) > 0 and line["Printed, unit"] for line in printed) and len(printed) > 100
    about = [line for line in sheet if line["Printed"].startswith("~")]
    assert all(line["Printed"] == f"~ {line['Printed, number']} {line['Printed, unit']}" for line in about)


def test_that_two_columns_of_one_name_stand_apart(figure):
    twice = (Column("Saved"), Column("Interval", "decimal"), Column("Now"), Column("Interval", "decimal"))
    row = (Cell("a"), Cell("1.0 – 2.0", ends=(1.0, 2.0)), Cell("b"), Cell("3.0 – 4.0", ends=(3.0, 4.0)))
    head, values = rows(replace(figure, table=TableSpec(twice, (row,), ())))
    assert head == ["Saved", "Interval, low", "Interval, high", "Now", "Now, Interval, low", "Now, Interval, high"]
    assert values == ["a", "1.0", "2.0", "b", "3.0", "4.0"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_that_a_formula_is_kept_from_running(start):
    assert guarded(f"{start}1+1").startswith("'")


def test_that_a_name_from_a_file_cannot_act(harmful):
    name = rows(harmful)[1][0]
    assert name.startswith("'=HYPERLINK") and "\x1b" not in name


@given(st.text())
def test_that_no_text_starts_a_formula_or_breaks_a_line(text):
    safe = guarded(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert "\n" not in safe and "\r" not in safe


def test_that_an_unwritable_place_is_refused_and_left_clean(figure, tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        write_csv(tmp_path / "missing" / "table.csv", figure)
    assert list(tmp_path.iterdir()) == []
