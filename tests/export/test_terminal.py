"""The terminal's text: headline first, columns in line, nothing that moves the cursor."""

from ipuwhatif.charts.spec import Footnote
from ipuwhatif.export.terminal import table_text
from ipuwhatif.records import replace


def table_lines(text):
    return [line for line in text.splitlines() if line.startswith(("System", "IPU-POD", "DGX", "8 ×"))]


def test_that_it_starts_with_the_headline_and_ends_with_the_footnotes(figure):
    text = table_text(figure)
    assert text.splitlines()[0] == figure.headline.text
    assert text.rstrip().endswith("See www.mlcommons.org for more information.")
    assert "Note: Chip counts differ: 8, 16, 64 and 256." in text


def test_that_decimal_points_are_in_one_column(figure):
    body = table_lines(table_text(figure))[2:]
    numbers = [cell.text for row in figure.table.rows for cell in row[1:2]]
    places = {line.index(number) + number.index(".") for line, number in zip(body, numbers, strict=True)}
    assert len(places) == 1


def test_that_columns_start_at_the_same_place(figure):
    lines = table_lines(table_text(figure))
    starts = {line.index("inside the data") for line in lines if "inside the data" in line}
    assert len(starts) == 1


def test_that_running_text_keeps_to_the_width_of_a_page(figure):
    body = table_text(figure).split("Note:")[1]
    assert max(len(line) for line in body.splitlines()) <= 100


def test_that_control_characters_in_names_are_taken_out(harmful):
    assert not {letter for letter in table_text(harmful) if ord(letter) < 32} - {"\n"}


def test_that_an_address_is_never_broken(figure):
    address = "https://github.com/mlcommons/" + "very-long-name/" * 12
    longer = replace(figure, footnotes=(Footnote(f"Retrieved from {address}; date not recorded."),))
    assert address in table_text(longer)
