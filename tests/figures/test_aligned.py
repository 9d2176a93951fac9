"""Columns as texts: decimal points in line, both ends of an interval too."""

from ipuwhatif.charts.spec import Cell, Column, TableSpec
from ipuwhatif.figures.aligned import FIGURE_SPACE, POINT_SPACE, column_texts, decimal_aligned


def test_that_decimal_points_line_up_when_set_flush_right():
    aligned = decimal_aligned(["28.2", "8.57", "1,000", "–", ""])
    assert aligned == (f"28.2{FIGURE_SPACE}", "8.57", f"1,000\u2008{FIGURE_SPACE * 2}", "–", "")
    assert decimal_aligned(["16", "1,024"]) == ("16", "1,024")


def test_that_intervals_line_up_at_their_dash_and_have_no_gaps(first_start):
    texts = column_texts(first_start.table, 3)
    assert len({len(text.split(" – ")[1]) for text in texts}) == 1
    for text, row in zip(texts, first_start.table.rows, strict=True):
        assert text.rstrip(FIGURE_SPACE + POINT_SPACE) == row[3].text


def test_that_a_text_column_stays_as_it_is(first_start):
    assert column_texts(first_start.table, 0)[0] == "IPU-POD16 (16 IPUs)"


def test_that_what_is_no_interval_stands_alone_in_a_column_of_intervals():
    cells = (Cell("1.0 – 12", ends=(1.0, 12.0)), Cell("–"), Cell(""))
    table = TableSpec((Column("Interval", "decimal"),), tuple((cell,) for cell in cells), ())
    assert [text.strip(FIGURE_SPACE + POINT_SPACE) for text in column_texts(table, 0)] == ["1.0 – 12", "–", ""]
