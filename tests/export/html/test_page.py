"""The HTML file: whole in a browser, on a phone, on paper and in the dark, and nothing in it acts or fetches."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from PySide6.QtGui import QColor

from ipuwhatif import __version__
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.charts.palette import color, theme
from ipuwhatif.charts.spec import Footnote, Headline, HeadlinePart
from ipuwhatif.export.html.page import page_bytes, write_page
from ipuwhatif.export.html.page_script import SCRIPT
from ipuwhatif.export.source_lines import origins
from ipuwhatif.figures.aligned import DASH, FIGURE_SPACE, POINT_SPACE
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.records import replace
from ipuwhatif.texts import one_line
from ipuwhatif.units import InputError
from tests.export.programs import browsed, colours, pdf_pictures, pdf_text, seen
from tests.figures import samples
from tests.refusals import refused

CONTENT = b'{\n  "title": "</script><script>alert(1)</script> & <b>"\n}\n'
EVIL = '"><script>alert(1)</script></svg></table><img src=x onerror=alert(1)>\x1b[2J\u202e =1+1 שלום 🚀'
VOID = {"meta", "br", "img", "input", "link", "hr"}


class Read(HTMLParser):
    """A page as its elements: (tag, attributes), their texts, and whether each that opens is closed in order."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(data.decode("utf-8"))
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def of(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def scaled():
    return scaling_figure(samples.scaling(), samples.scenario())


@pytest.fixture(scope="module")
def page(figure, scaled):
    return page_bytes((figure, scaled), CONTENT, data_version="0123456789ab")


@pytest.fixture(scope="module")
def read(page):
    return Read(page)


@pytest.fixture(scope="module")
def evil():
    made = compare_figure(
        samples.comparison({"ipu-pod:16": 28.0}, reference="ipu-pod:16", name=EVIL), samples.scenario()
    )
    bad = Origin(EVIL, EVIL, 'javascript:alert("1")', EVIL, EVIL, "read")
    worse = Origin("x", "y", 'https://example.org/" onmouseover="alert(1)', None, None, "read")
    notes = (Footnote(EVIL, bad), Footnote(EVIL, worse))
    return replace(
        made,
        headline=Headline((HeadlinePart(EVIL + "x" * 10_000),)),
        chart=replace(made.chart, title=EVIL, subtitle=EVIL),
        notices=(EVIL,),
        footnotes=notes,
        why=(),
    )


def test_that_every_text_of_the_figures_is_in_the_page(read, figure, scaled):
    for each in (figure, scaled):
        chart = each.chart
        drawn = [chart.title, chart.x_axis.title, *chart.subtitle.split("\n"), *(label.text for label in chart.labels)]
        drawn += [tick.text for axis in (chart.x_axis, chart.y_axis) for tick in axis.ticks]
        drawn += [line for entry in chart.legend for line in entry.text.split("\n")]
        drawn += [strip.text for strip in chart.strips if strip.text]
        assert [text for text in drawn if text and text not in read.texts["text"]] == []
        told = [*each.notices, *(note.text for note in each.footnotes)]
        assert [text for text in told if text not in read.texts["p"]] == []
    assert read.texts["h1"] == [figure.headline.text] and read.texts["h2"] == [scaled.headline.text]
    assert f"Made with IPU What-If {__version__}, data 0123456789ab" in read.texts["p"]


def test_that_the_cells_of_the_table_are_its_cells(read, figure, scaled):
    cells = [text.strip(FIGURE_SPACE + POINT_SPACE) for text in read.texts["th"] + read.texts["td"]]
    for each in (figure, scaled):
        for row in each.table.rows:
            for cell in row:
                ends = cell.text.split(DASH)
                assert any(all(end in text for end in ends) for text in cells)
        for column in each.table.columns:
            assert column.title in read.texts["th"]


def test_that_the_decimal_points_of_a_column_stand_in_one_line(page):
    rows = re.findall(r"<tr>(.*?)</tr>", page.decode("utf-8").split("<tbody>")[1].split("</tbody>")[0], re.DOTALL)
    columns = zip(*(re.findall(r'<td class="decimal"[^>]*>([^<]*)</td>', row) for row in rows), strict=True)
    checked = 0
    for column in columns:
        if any(" – " in text for text in column):  # intervals stand on their dash
            assert len({len(text.split(" – ")[1]) for text in column}) == 1
            checked += 1
            continue
        after = {len(text) - text.rindex(".") for text in column if "." in text}
        before = {len(text) - text.index(".") for text in column if "." in text}
        assert len(after) == len(before) == 1
        checked += 1
    assert checked == 3


def test_that_every_mark_interval_and_curve_says_its_value(read, figure, scaled):
    titles = read.texts["title"][1:]  # the first is the page's
    assert any(title.startswith("IPU-POD16 (16 IPUs)\n28.33 min\n") for title in titles)
    assert any(title.startswith("IPU-POD64 (64 IPUs), projection with 80 % interval\n8.57 min (") for title in titles)
    points = {len(line.x) for line in scaled.chart.lines if len(line.x) > 2}
    assert len(titles) >= len(figure.chart.marks) + len(figure.chart.intervals) + sum(points)
    assert all(titles)


def test_that_the_page_needs_nothing_and_runs_its_own_script_alone(read, page):
    assert read.of("script") == [{"type": "application/json", "id": "ipuwhatif-scenario"}, {}]
    assert read.texts["script"][1] == SCRIPT
    assert {tag for tag, _ in read.elements} & {"link", "img", "iframe", "object", "embed", "form", "base"} == set()
    for tag, attributes in read.elements:
        assert [name for name in attributes if name.startswith("on") or name in ("src", "srcset", "xlink:href")] == []
        if "href" in attributes:
            assert tag == "a" and re.match(r"https?://|#figure-\d+$", attributes["href"])
    style = read.texts["style"][0]
    assert "url(" not in style and "@import" not in style


def test_that_the_policy_allows_styles_and_the_script_in_the_page_and_nothing_else(read):
    policy = next(each["content"] for each in read.of("meta") if "http-equiv" in each)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    summed = base64.b64encode(hashlib.sha256(read.texts["script"][1].encode()).digest()).decode()
    assert rules.pop("script-src") == f"'sha256-{summed}'"
    assert rules.pop("style-src") == "'unsafe-inline'" and rules.pop("img-src") == "data:"
    assert set(rules.values()) == {"'none'"} and "default-src" in rules


def test_that_sources_are_links_that_tell_nobody_where_they_were_read(read, figure):
    links = [each for each in read.of("a") if not each["href"].startswith("#")]
    wanted = {each.locator for each in origins(figure) if (each.locator or "").startswith("http")}
    assert wanted and wanted <= {each["href"] for each in links}
    assert {each["rel"] for each in links} == {"noopener noreferrer"}


def test_that_several_figures_have_a_list_that_leads_to_them(read, figure, scaled):
    places = [each["href"] for each in read.of("a") if each["href"].startswith("#")]
    assert places == [f"#{each['id']}" for each in read.of("section")] == ["#figure-1", "#figure-2"]
    assert "<nav" not in page_bytes((figure,)).decode("utf-8")


def test_that_a_browser_reads_what_was_written(tmp_path, page, figure):
    path = tmp_path / "page.html"
    path.write_bytes(page)
    dom = browsed(path, tmp_path, "--dump-dom").decode("utf-8")
    there = Read(dom.encode())
    assert there.texts["title"][0] == figure.headline.text
    assert len(there.of("svg")) == len(there.of("table")) == 2
    assert len(there.of("script")) == 2
    assert json.loads(there.texts["script"][0]) == json.loads(CONTENT)
    wanted = Read(page)
    assert there.texts["text"] == wanted.texts["text"] and there.texts["td"] == wanted.texts["td"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_the_page_follows_the_readers_light_or_dark(tmp_path, figure, scheme):
    path = tmp_path / "page.html"
    path.write_bytes(page_bytes((figure,), theme="light"))
    image = seen(path, tmp_path, 1100, 800, scheme)
    there = colours(image)
    assert QColor(image.pixel(2, 2)).name() == theme(scheme).background
    assert {color(mark.tint, scheme) for mark in figure.chart.marks} <= there
    other = {"light": "dark", "dark": "light"}[scheme]
    assert not {color(mark.tint, other) for mark in figure.chart.marks} & there


def test_that_paper_is_light_and_holds_everything(tmp_path, figure):
    path, paper = tmp_path / "page.html", tmp_path / "paper.pdf"
    path.write_bytes(page_bytes((figure,), theme="dark"))
    browsed(path, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}", scheme="dark")
    first = pdf_pictures(paper, tmp_path)[0]
    assert QColor(first.pixel(first.width() // 2, 5)).name() == "#ffffff"
    assert {color(mark.tint, "light") for mark in figure.chart.marks} <= colours(first)
    text = pdf_text(paper).replace(" ", "").replace(FIGURE_SPACE, "")
    for each in (figure.headline.text, *figure.notices, *(note.text for note in figure.footnotes)):
        assert "".join(each.split()) in text
    assert "Sources" in text and "MLCommons:MLPerf®Trainingv1.1results" in text


def test_that_a_chart_on_paper_stays_inside_the_margins(figure):
    """On a screen it stands a little out to the left, which paper would cut off."""
    rules = page_bytes((figure,)).decode().partition("@media print")[2]
    assert ".chart{margin:0}" in rules and ".chart,table,tr,.footnotes p{break-inside:avoid}" in rules


def test_that_a_phone_scrolls_the_chart_and_not_the_page(tmp_path, figure):
    path = tmp_path / "page.html"
    path.write_bytes(page_bytes((figure,)))
    narrow = seen(path, tmp_path, 500, 900)
    # a headline that ran on beyond the window would reach its edge
    assert colours(narrow.copy(488, 0, 12, 60)) == {theme("light").background}
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in path.read_text("utf-8")


def test_that_a_phone_says_that_there_is_more_and_a_desk_does_not(tmp_path, figure):
    path = tmp_path / "page.html"
    path.write_bytes(page_bytes((figure,)))
    hint = "Swipe sideways for the rest of the chart and of the table."
    assert hint in path.read_text("utf-8")
    paper = tmp_path / "paper.pdf"
    browsed(path, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    assert "".join(hint.split()) not in "".join(pdf_text(paper).split())


def test_that_names_cannot_act(tmp_path, evil):
    data = page_bytes((evil,), CONTENT)
    there = Read(data)
    assert len(there.of("script")) == 2 and there.of("img") == []
    assert [each["href"] for each in there.of("a")] == []
    for tag, attributes in there.elements:
        assert not any(name.startswith("on") for name in attributes), tag
    assert b"\x1b" not in data and "\u202e" not in data.decode("utf-8")
    assert one_line(EVIL) in there.texts["h1"][0] and "x" * 10_000 in there.texts["h1"][0]
    path = tmp_path / "page.html"
    path.write_bytes(data)
    dom = Read(browsed(path, tmp_path, "--dump-dom"))
    assert len(dom.of("script")) == 2 and dom.of("img") == [] and len(dom.of("table")) == 1
    assert colours(seen(path, tmp_path, 1100, 300).copy(1088, 0, 12, 300)) == {theme("light").background}


def test_that_the_same_figures_give_the_same_page(figure, scaled, page):
    assert page_bytes((figure, scaled), CONTENT, data_version="0123456789ab") == page


@pytest.mark.parametrize("content", [None, CONTENT])
def test_that_a_page_tells_of_a_scenario_only_where_it_holds_one(figure, content):
    text = page_bytes((figure,), content).decode("utf-8")
    assert ("open it with IPU What-If" in text) == ("application/json" in text) == (content is not None)


def test_that_the_page_is_written_whole_or_not_at_all(tmp_path, figure, page):
    assert write_page(tmp_path / "page.html", (figure,)) == (tmp_path / "page.html",)
    with pytest.raises(InputError, match="does not exist"):
        write_page(tmp_path / "missing" / "page.html", (figure,))
    with refused("there is nothing to draw; ask for at least one figure"):
        write_page(tmp_path / "none.html", ())
    with refused("no theme is called 'pink'; themes: light, dark, projector"):
        write_page(tmp_path / "none.html", (figure,), theme="pink")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
