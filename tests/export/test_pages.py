"""Pages of a PDF file as another program reads them: tables that go on over pages, and every source once."""

import re
from itertools import pairwise

import pytest

from ipuwhatif.analysis.suite_results import Wanted, suite_results
from ipuwhatif.charts.spec import Cell, Column, TableSpec
from ipuwhatif.export.page_table import table_rows
from ipuwhatif.export.pages import MARGIN, pages_of, step
from ipuwhatif.export.source_lines import origin_line, origins
from ipuwhatif.export.vector import render_pdf
from ipuwhatif.figures.evidence.suite_results import suite_results_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.records import replace
from tests.export.programs import output, pdf_text
from tests.figures import samples


@pytest.fixture(scope="module")
def results():
    """Twelve columns that no page is wide enough for, and rows for more than one page."""
    return suite_results_figure(suite_results(Wanted(benchmarks=("llama2_70b_lora",))), True, 960, 540)


@pytest.fixture(scope="module")
def pages(qapp, results, tmp_path_factory):
    """The words of each page with their boxes: left, right, top and text."""
    path = tmp_path_factory.mktemp("pages") / "results.pdf"
    path.write_bytes(render_pdf((results,)))
    told = output("pdftotext", "-bbox", path, "-").decode("utf-8")
    found = re.findall(r"<page .*?</page>", told, re.DOTALL)
    word = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</word>')
    return [[(float(a), float(c), float(b), text) for a, b, c, text in word.findall(page)] for page in found]


def test_that_the_head_of_a_table_stands_on_every_page_that_it_goes_on_to(pages, results):
    heads = [sum(text == "Benchmark" for *_, text in page) for page in pages]
    rows = [sum(text == "(llama2_70b_lora)" for *_, text in page) for page in pages]
    assert len(pages) > 3 and all(head == 1 for head, row in zip(heads, rows, strict=True) if row > 2)
    assert not any("|" in text for page in pages for *_, text in page)


def test_that_numbers_of_a_column_end_in_one_line_and_no_cell_runs_into_the_next(pages):
    full = [page for page in pages if sum(text == "(llama2_70b_lora)" for *_, text in page) > 5]
    for page in full:
        ends = [right for _, right, _, text in page if re.fullmatch(r"\d+\.\d{3}", text) and text != "0.925"]
        assert len({round(end) for end in ends}) == 2  # official and measured; the target stands among words
        lines: dict[int, list[tuple[float, float]]] = {}
        for left, right, top, _ in page:
            lines.setdefault(round(top), []).append((left, right))
        assert all(one[1] <= other[0] + 0.5 for words in lines.values() for one, other in pairwise(sorted(words)))
    assert len(full) > 1


def test_that_every_word_of_the_table_is_there(pages, results):
    there = {text for page in pages for *_, text in page}
    words = {word for row in results.table.rows for cell in row for word in cell.text.split()}
    whole = {word for word in words if len(word) <= 12}  # a longer one may go on on the next line
    assert len(whole) > 100 and {word.replace("<", "&lt;") for word in whole} - there == set()


def test_that_sources_of_several_charts_stand_once_behind_them(qapp, figure, tmp_path):
    scaled = scaling_figure(samples.scaling(), samples.scenario())
    path = tmp_path / "both.pdf"
    path.write_bytes(render_pdf((figure, scaled, figure)))
    text = pdf_text(path)
    assert text.count("Sources") == 1 and text.count("Made with IPU What-If") == 1
    lines = {origin_line(origin) for each in (figure, scaled) for origin in origins(each)}
    flat = text.replace(" ", "")
    assert lines and {flat.count(line.replace(" ", "")) for line in lines} == {1}
    assert text.index("Sources") > text.rindex("time to train by chip count")


def test_that_a_narrow_page_breaks_words_and_titles_and_no_number():
    table = TableSpec(
        (Column("System"), Column("Official result (min)", "decimal"), Column("Layout")),
        ((Cell("a"), Cell("1,234.56", 1234.56), Cell("word " * 12)),),
        (),
    )

    def broken(text, room):
        lines = [""]
        for word in text.split():
            lines = (
                [*lines[:-1], f"{lines[-1]} {word}".strip()] if len(lines[-1]) + len(word) < room else [*lines, word]
            )
        return lines

    head, row = table_rows(table, 60.0, len, broken)
    assert [text for line in head for *_, text in line if text.startswith(("Official", "result", "(min)"))] == [
        *("Official", "result", "(min)")
    ]
    assert sum("1,234.56" in text for line in row for *_, text in line) == 1
    ends = [place for line in (*head, *row) for place, right, _ in line if right]
    assert len(set(ends)) == 1 and len(row) > 1


def test_that_a_page_of_one_chart_still_has_its_own_sources(qapp, figure, tmp_path):
    path = tmp_path / "one.pdf"
    path.write_bytes(render_pdf((replace(figure, notices=()),)))
    assert pdf_text(path).count("Sources") == 1


def test_that_no_word_of_a_title_breaks(qapp, results, tmp_path):
    path = tmp_path / "memory.pdf"
    table = replace(results.table, columns=tuple(Column("Memory (GB)", each.align) for each in results.table.columns))
    path.write_bytes(render_pdf((replace(results, table=replace(table, rows=table.rows[:3])),)))
    assert pdf_text(path).count("Memory") == len(table.columns)


@pytest.fixture
def low(figure):
    """A figure whose chart leaves most of a page to texts."""
    return replace(figure, chart=replace(figure.chart, height=200))


def test_that_no_page_is_there_for_a_few_last_lines(qapp, low):
    """Paragraphs move closer to each other where that keeps them on one page, and stay apart where it does not."""

    def spread(count):
        notes = [f"Note {number} that stands under the table" for number in range(count)]
        pages = pages_of(replace(low, notices=notes), "light", "1", sourced=False)
        return len(pages), [line.space for page in pages for line in page.lines if line.text in notes[1:]]

    counts = [spread(count) for count in range(1, 32)]
    longest = max((spaces for pages, spaces in counts if pages == 1), key=len)
    assert min(longest) < 6.0, "the last that fits stands close"
    assert {pages for pages, _ in counts} == {1, 2}
    assert min(spread(3)[1]) == 6.0 and min(counts[-1][1]) == 6.0


def test_that_no_line_of_a_short_paragraph_stands_alone_on_a_page(qapp, low):
    goes_on = 0
    for count in range(10, 60):
        notes = [f"Note {number} " + "and what it says in many words " * 6 for number in range(count)]
        for page in pages_of(replace(low, notices=notes, footnotes=()), "light", "1", sourced=False)[1:]:
            goes_on += 1
            assert page.lines[0].text.startswith("Note")
    assert goes_on > 10


def test_that_a_line_stands_under_the_head_of_a_table_and_under_nothing_else(qapp, low):
    (page,) = pages_of(low, "light", "1", sourced=False)
    (head,) = [line for line in page.lines if line.ruled]
    assert head.cells[0][2] == "System" and head == next(line for line in page.lines if line.cells)


def test_that_pages_of_a_file_are_a4_on_its_side_and_hold_a_chart_of_any_height(qapp, figure):
    for height in (540, 1_500):
        pages = pages_of(replace(figure, chart=replace(figure.chart, height=height)), "light", "1")
        assert {(round(page.width), round(page.height)) for page in pages} == {(1123, 794)}
        drawn = sum(map(step, pages[0].head)) + pages[0].chart_height
        assert drawn <= pages[0].height - 2 * MARGIN and (pages[0].scale == 1.0) == (height == 540)


def test_that_a_table_of_few_rows_stands_whole_on_one_page(qapp, figure):
    tall = replace(figure, chart=replace(figure.chart, height=600))
    pages = pages_of(tall, "light", "1")
    assert len([page for page in pages if any(line.cells for line in page.lines)]) == 1 and len(pages) > 1


def test_that_what_all_rows_say_alike_is_said_once_over_the_table(qapp, figure):
    column = Column("Attributed to")
    rows = tuple((*row, Cell("somebody")) for row in figure.table.rows)
    alike = replace(figure, table=replace(figure.table, columns=(*figure.table.columns, column), rows=rows))
    told = [
        text
        for page in pages_of(alike, "light", "1")
        for line in page.lines
        for text in [line.text, *(c[2] for c in line.cells)]
    ]
    assert told.count("Attributed to: somebody") == 1 and "somebody" not in told
