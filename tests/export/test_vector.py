"""SVG and PDF files: opened by others, they hold the same marks, texts that can be searched, and nothing of chance."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor

from ipuwhatif import __version__
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.palette import THEMES, color, theme
from ipuwhatif.charts.spec import Footnote, Headline, HeadlinePart
from ipuwhatif.export.notes import table_lines
from ipuwhatif.export.pages import MARGIN, pages_of, step
from ipuwhatif.export.source_lines import origin_line, origins
from ipuwhatif.export.vector import render_pdf, render_svg
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.records import replace
from tests.export.programs import output, pdf_pictures, pdf_text, seen
from tests.figures import samples

A4 = 842.0, 595.0  # on its side, in points
TEXT = "{http://www.w3.org/2000/svg}text"
EVIL = '=HYPERLINK("x")</svg><script>alert(1)</script>&#x0;]]>\x1b[2J\u202e שלום 🚀'


def texts(picture: bytes) -> list[str]:
    return ["".join(each.itertext()).strip() for each in ElementTree.fromstring(picture).iter(TEXT)]


def saved(path, data):
    path.write_bytes(data)
    return path


def flat(text):
    return " ".join(text.split())


def with_headline(figure, text):
    return replace(figure, headline=Headline((HeadlinePart(text),)))


@pytest.fixture(scope="module")
def evil():
    """A figure whose system has a name that tries to act."""
    return compare_figure(
        samples.comparison({"ipu-pod:16": 28.0}, reference="ipu-pod:16", name=EVIL), samples.scenario()
    )


@pytest.mark.parametrize("name", THEMES)
def test_that_a_browser_shows_an_svg_file_as_the_painter_would(qapp, tmp_path, figure, name):
    chart, frame = figure.chart, plot_frame(figure.chart)
    image = seen(saved(tmp_path / "chart.svg", render_svg(chart, name)), tmp_path, chart.width, chart.height)
    assert QColor(image.pixel(2, 2)).name() == theme(name).background
    for mark in chart.marks:
        pixel = image.pixel(round(frame.x(mark.x)), round(frame.y(mark.y)))
        assert QColor(pixel).name() == color(mark.tint, name)


def test_that_every_text_of_a_chart_is_text_in_an_svg_file(qapp, figure):
    chart = figure.chart
    wanted = {chart.title, *chart.subtitle.split("\n"), chart.x_axis.title, *(label.text for label in chart.labels)}
    wanted |= {tick.text for axis in (chart.x_axis, chart.y_axis) for tick in axis.ticks}
    wanted |= {line for entry in chart.legend for line in entry.text.split("\n")}
    assert wanted <= set(texts(render_svg(chart)))


def test_that_a_text_in_an_svg_file_keeps_its_length_in_another_font(qapp, figure):
    elements = list(ElementTree.fromstring(render_svg(figure.chart)).iter(TEXT))
    assert elements and all(float(each.get("textLength")) > 0 for each in elements)
    long, short = (next(e for e in elements if "".join(e.itertext()).strip() == t) for t in (figure.chart.title, "0"))
    assert float(long.get("textLength")) > 20 * float(short.get("textLength"))


def test_that_an_svg_file_says_what_it_is_to_who_cannot_see_it(qapp, figure):
    root = ElementTree.fromstring(render_svg(figure.chart, told=figure.headline.text))
    assert root.find("{http://www.w3.org/2000/svg}title").text == figure.chart.title
    assert root.find("{http://www.w3.org/2000/svg}desc").text == figure.headline.text


def test_that_names_cannot_act_in_an_svg_file(qapp, evil):
    data = render_svg(replace(evil.chart, title=EVIL), told=EVIL)
    root = ElementTree.fromstring(data)
    assert {each.tag.split("}")[1] for each in root.iter()} <= {
        *("svg", "title", "desc", "defs", "g", "rect", "path", "polyline", "polygon", "ellipse", "circle", "text")
    }
    assert any("<script>alert(1)" in text for text in texts(data))
    assert b"\x1b" not in data and "\u202e" not in data.decode("utf-8")


def test_that_a_reader_finds_every_text_of_a_figure_in_a_pdf_file(qapp, tmp_path, figure):
    text = pdf_text(saved(tmp_path / "chart.pdf", render_pdf((figure,), data_version="0123456789ab")))
    chart = figure.chart
    wanted = [figure.headline.text, *figure.notices, *(note.text for note in figure.footnotes)]
    wanted += [origin_line(origin) for origin in origins(figure)]
    wanted += [cell for line in table_lines(figure) for cell in line.split(" | ")]
    wanted += [chart.title, chart.x_axis.title, *(label.text for label in chart.labels)]
    pages = len(pages_of(figure, "light", "0123456789ab"))
    wanted += [f"Page {number + 1} of {pages}" for number in range(pages)]
    wanted += [f"IPU What-If {__version__}, data 0123456789ab"]
    # an address that is longer than a line is broken in it
    assert [each for each in wanted if flat(each).replace(" ", "") not in text.replace(" ", "")] == []


def test_that_no_letters_of_a_pdf_file_are_joined_where_a_search_would_miss_them(qapp, tmp_path, figure):
    text = pdf_text(saved(tmp_path / "chart.pdf", render_pdf((figure,))))
    assert "official" in text
    assert not set(text) & set("ﬀﬁﬂﬃﬄ")


@pytest.mark.parametrize("name", THEMES)
def test_that_a_pdf_file_shows_the_chart_as_large_as_on_screen(qapp, tmp_path, figure, name):
    page = pdf_pictures(saved(tmp_path / "chart.pdf", render_pdf((figure,), name)), tmp_path)[0]
    chart, frame = figure.chart, plot_frame(figure.chart)
    assert abs(page.width() / page.height() - 2**0.5) < 0.01
    assert QColor(page.pixel(3, page.height() - 3)).name() == theme(name).background
    over = sum(map(step, pages_of(figure, name, "")[0].head))
    for mark in chart.marks:
        pixel = page.pixel(round(MARGIN + frame.x(mark.x)), round(MARGIN + over + frame.y(mark.y)))
        assert QColor(pixel).name() == color(mark.tint, name)


def test_that_a_pdf_file_brings_its_fonts(qapp, tmp_path, figure):
    path = saved(tmp_path / "chart.pdf", render_pdf((figure,)))
    fonts = output("pdffonts", path).decode().splitlines()[2:]
    assert fonts and all(re.search(r"\byes (yes|no) +yes\b", font) for font in fonts)  # embedded, and read as letters


def test_that_title_and_creator_are_in_a_pdf_file_and_no_date(qapp, tmp_path, figure):
    told = output("pdfinfo", saved(tmp_path / "chart.pdf", render_pdf((figure,)))).decode()
    assert re.search(r"^Title: +" + re.escape(figure.headline.text), told, re.MULTILINE)
    assert re.search(rf"^Creator: +ipuwhatif {re.escape(__version__)}$", told, re.MULTILINE)
    assert "Date" not in told


def test_that_the_scenario_is_attached_to_a_pdf_file(qapp, tmp_path, figure):
    content = b'{"title": "<a> & \\u00e9"}\n'
    path = saved(tmp_path / "chart.pdf", render_pdf((figure,), content=content))
    assert b"1: scenario.ipuwhatif" in output("pdfdetach", "-list", path)
    output("pdfdetach", "-save", 1, "-o", tmp_path / "found", path)
    assert (tmp_path / "found").read_bytes() == content


def test_that_every_page_is_a4_and_a_wide_chart_is_smaller_there(qapp, tmp_path, figure):
    wide = compare_figure(samples.comparison(), samples.scenario(), 1280, 700)
    path = saved(tmp_path / "charts.pdf", render_pdf((figure, wide)))
    told = output("pdfinfo", "-l", 9, path).decode()
    sizes = [(float(width), float(height)) for width, height in re.findall(r"size: +([\d.]+) x ([\d.]+)", told)]
    drawn = [page for each in (figure, wide) for page in pages_of(each, "light", "", sourced=False)]
    assert set(sizes) == {A4} and len(sizes) == len(drawn) + 1  # the last page has the sources of both
    own, less = (page for page in drawn if page.chart is not None)
    assert own.scale == 1.0 and less.scale * wide.chart.width <= less.width - 2 * MARGIN
    text = pdf_text(path)
    assert all(f"Page {number + 1} of {len(sizes)}" in text for number in range(len(sizes)))


def test_that_texts_without_room_go_on_on_the_next_page_and_none_is_cut(qapp, tmp_path, figure):
    long = replace(figure, notices=tuple(f"notice number {number} of many" for number in range(200)))
    path = saved(tmp_path / "chart.pdf", render_pdf((long,)))
    text = pdf_text(path)
    assert [int(number) for number in re.findall(r"notice number (\d+) of many", text)] == list(range(200))
    pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', _boxes(path), re.DOTALL)
    assert len(pages) > 2 and f"Page {len(pages)} of {len(pages)}" in text
    for width, height, words in pages:
        ends = re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)"', words)
        assert ends and all(float(x) < float(width) and float(y) < float(height) for x, y in ends)


def _boxes(path):
    return output("pdftotext", "-bbox", path, "-").decode("utf-8")


def test_that_a_word_longer_than_a_line_is_whole_in_a_pdf_file(qapp, tmp_path, figure):
    word = "x1y2" * 1200
    path = saved(tmp_path / "chart.pdf", render_pdf((replace(figure, notices=(word,)),)))
    assert word in pdf_text(path).replace(" ", "")
    assert max(float(x) for x in re.findall(r'xMax="([\d.]+)"', _boxes(path))) < A4[0] - 0.75 * MARGIN


def test_that_names_cannot_act_in_a_pdf_file(qapp, tmp_path, evil):
    named = with_headline(replace(evil, notices=(EVIL,), footnotes=(Footnote(EVIL),)), EVIL + ")>>/OpenAction")
    path = saved(tmp_path / "chart.pdf", render_pdf((named,)))
    told = output("pdfinfo", path).decode()
    assert re.search(r"^JavaScript: +no$", told, re.MULTILINE)
    assert re.search(rf"^Pages: +{len(pages_of(named, 'light', ''))}$", told, re.MULTILINE)
    assert "<script>alert(1)</script>" in pdf_text(path)


@pytest.mark.parametrize("name", THEMES)
def test_that_a_picture_leaves_nothing_behind_that_changes_the_next(qapp, figure, name):
    assert render_svg(figure.chart, name) == render_svg(figure.chart, name)
    assert render_pdf((figure,), name, b"{}") == render_pdf((figure,), name, b"{}")
    assert render_pdf((figure,), name, b"{}") != render_pdf((figure,), name, b"[]")


def test_that_another_run_writes_the_same_bytes(qapp, figure):
    program = (
        "import hashlib\n"
        "from ipuwhatif.export.vector import render_pdf, render_svg\n"
        "from ipuwhatif.figures.compare.compare import compare_figure\n"
        "from tests.figures import samples\n"
        "figure = compare_figure(samples.comparison(), samples.scenario())\n"
        "data = render_pdf((figure,), 'light', b'{}') + render_svg(figure.chart)\n"
        "print(hashlib.sha256(data).hexdigest())\n"
    )
    environment = {"PATH": "", "PYTHONPATH": ":".join(sys.path)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=300, check=True
        )
        for _ in range(3)
    ]
    assert len({done.stdout for done in runs}) == 1
