"""CSV files: numbers as printed and typed, texts that no spreadsheet runs, all or nothing."""

import csv
import io

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.export.csv_file import csv_text, guarded, write_csv
from ipuwhatif.figures.scaling.scaling import scaling_figure
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
