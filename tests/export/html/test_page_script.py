"""A page under a reader's hand in a real browser: the card, tables that sort, scales and scenarios that change."""

from pathlib import Path

import pytest

from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import Cell, Column, TableSpec
from ipuwhatif.export.chosen import in_order
from ipuwhatif.export.html.page import page_bytes
from ipuwhatif.export.office.deck import ways_of
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.scenario import FIRST_START
from tests.export.browser import opened

DOCUMENT = Document((FIRST_START, FIRST_START.with_lever("ipu.compute_gain", 1.3)), ("", "IPUs <b>1.3</b> × as fast"))
FASTER = "B: IPUs <b>1.3</b> × as fast"
SYSTEMS = [
    *("IPU-POD16 (16 IPUs)", "IPU-POD64 (64 IPUs)", "IPU-POD256 (256 IPUs)"),
    *("DGX A100 (8 GPUs)", "8 × DGX A100 (64 GPUs)"),
]
FIRST = "#figure-1 .way:not([hidden])"
CHART = f"{FIRST} .chart:not([hidden])"


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    """Three charts under two scenarios, two of them with a scale to choose."""
    charts = ("compare", "scaling", "breakdown")
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(page_bytes((), ways=ways_of(load_world(), DOCUMENT, in_order(charts, (0, 1)))))
    return path


@pytest.fixture(scope="module")
def page(path, tmp_path_factory):
    """The page as a browser shows it; no test leaves it as it found it, each starts from what it sees."""
    with opened(path, tmp_path_factory.mktemp("browser")) as page:
        yield page
        assert page.faults == []


def systems(page) -> list[str]:
    return page.texts(f"{FIRST} tbody th")


def test_that_a_card_says_value_interval_and_basis_of_what_is_under_the_pointer(page):
    page.move(f"{CHART} svg g rect")
    (said,) = page.texts("#card")
    name, value, basis = said.split("\n")
    assert name == "IPU-POD16 (16 IPUs), projection with 80 % interval" and basis == "model, inside the data"
    assert value.startswith("28.5 min (27.6 min –") and page.texts("svg title") == []
    page.move(f"{CHART} svg circle")
    assert page.texts("#card")[0].startswith("IPU-POD16 (16 IPUs)\n28.33 min\nOfficial MLPerf® Training v1.1 result")
    page.move("#figure-1 h1")
    assert page.texts("#card") == []


def test_that_the_card_stays_in_the_window_and_goes_with_a_key(page):
    page.move(f"{CHART} svg g:nth-of-type(4) rect")  # far to the right
    box = page.value(
        "(b => [b.left, b.top, innerWidth - b.right, innerHeight - b.bottom])(card.getBoundingClientRect())"
    )
    assert page.texts("#card") and min(box) >= 0
    page.press("Escape")
    assert page.texts("#card") == []


def test_that_a_click_on_a_head_sorts_up_then_down_then_as_it_was(page):
    projected = f"{FIRST} thead th:nth-child(3)"
    found = []
    for order in ("ascending", "descending", "none"):
        page.click(projected)
        assert page.value(f"document.querySelector('{projected}').ariaSort") == order
        found.append(systems(page))
    assert found[0][0] == "IPU-POD256 (256 IPUs)" and found[0] == found[1][::-1] and found[2] == SYSTEMS


def test_that_keys_sort_as_well_and_words_sort_as_words(page):
    page.value(f"document.querySelector('{FIRST} thead th').focus()")
    page.press("Enter")
    # 8 before DGX, and 16 before 64 before 256, as people count
    assert systems(page) == ["8 × DGX A100 (64 GPUs)", "DGX A100 (8 GPUs)", *SYSTEMS[:3]]
    page.press(" ")
    assert systems(page) == ["IPU-POD256 (256 IPUs)", *SYSTEMS[1::-1], "DGX A100 (8 GPUs)", "8 × DGX A100 (64 GPUs)"]
    page.press("Enter")
    assert systems(page) == SYSTEMS


def test_that_the_time_axis_turns_logarithmic_and_back(page):
    def scales() -> list[str]:
        seen = "Array.from(document.querySelectorAll('.chart')).filter(each => each.checkVisibility())"
        return page.value(f"{seen}.map(each => each.dataset.scale || '')")

    assert scales() == ["linear", "log", ""]
    ticks = page.texts(f"{CHART} text")
    page.click("#figure-1 button.scale")
    assert scales() == ["log", "log", ""] and page.texts(f"{CHART} text") != ticks
    assert page.value("document.querySelector('#figure-1 button.scale').ariaPressed") == "true"
    page.click("#figure-2 button.scale")
    assert scales() == ["log", "linear", ""]
    assert page.value("document.querySelector('#figure-2 button.scale').ariaPressed") == "false"
    for number in (1, 2):
        page.click(f"#figure-{number} button.scale")
    assert scales() == ["linear", "log", ""] and page.texts(f"{CHART} text") == ticks


def test_that_what_changes_a_chart_stands_right_over_it(page):
    places = ".map(each => each.getBoundingClientRect()).map(each => [each.top, each.bottom])"
    for number in (1, 2):
        shown = f"Array.from(document.querySelectorAll('#figure-{number} :is(h1, h2, .switches, .chart)'))"
        found = page.value(f"{shown}.filter(each => each.checkVisibility()){places}")
        (_, head), (top, bottom), (chart, _) = found
        assert head <= top and 0.0 <= chart - bottom < 30.0


def test_that_a_scenario_is_chosen_for_the_whole_page(page):
    assert page.texts("#figure-1 .scenarios button") == ["A", FASTER] and page.texts(".scenario") == ["Scenario A"] * 3
    before = page.texts("h1, h2")
    page.click("#figure-2 .scenarios button:last-child")
    assert page.texts(".scenario") == [f"Scenario {FASTER}"] * 3 and len(page.texts("table")) == 3
    after = page.texts("h1, h2")
    assert "IPU compute gain 1.30 ×" in after[0] and all(one != other for one, other in zip(before, after, strict=True))
    pressed = page.value("Array.from(document.querySelectorAll('.scenarios button'), each => each.ariaPressed)")
    assert pressed == ["false", "true"] * 6
    focused = page.value("[document.activeElement.innerText, document.activeElement.closest('section').id]")
    assert focused == [FASTER, "figure-2"]  # keys go on from there
    page.click("#figure-1 .way:not([hidden]) .scenarios button")
    assert page.texts("h1, h2") == before


def test_that_sources_are_folded_until_they_are_asked_for_or_printed(page):
    assert page.texts("details.sources li") == []
    page.click("#figure-1 .way:not([hidden]) details.sources summary")
    assert any("MLPerf® Training v1.1 results" in text for text in page.texts(f"{FIRST} details.sources li"))
    page.value("dispatchEvent(new Event('beforeprint'))")
    assert page.texts("#figure-2 .way:not([hidden]) details.sources li") != []
    page.value("dispatchEvent(new Event('afterprint'))")
    assert page.texts("details.sources li") == []


def test_that_without_scripts_everything_can_be_read(path, tmp_path):
    with opened(path, tmp_path, scripts=False) as page:
        assert page.texts(".scenario") == ["Scenario A", f"Scenario {FASTER}"] * 3
        assert len(page.texts("table")) == 6 and page.texts("button") == [] and page.texts("#card") == []
        tips = page.value("document.querySelectorAll('svg title').length")
    assert tips > 50


def test_that_empty_cells_and_words_sort_behind_numbers(figure, tmp_path):
    cells = [Cell("2.0", 2.0), Cell(""), Cell("none"), Cell("10", 10.0), Cell("1.0 – 4.0", ends=(1.0, 4.0))]
    table = TableSpec(
        (Column("System"), Column("Time", "decimal")),
        tuple((Cell(str(place)), cell) for place, cell in enumerate(cells)),
        figure.table.tints[:1] * 5,
    )
    path = tmp_path / "page.html"
    path.write_bytes(page_bytes([replace(figure, table=table)]))
    with opened(path, tmp_path) as page:
        assert page.texts("button") == []  # nothing to choose between
        page.click("thead th:last-child")
        assert page.texts("tbody th") == ["4", "0", "3", "2", "1"]
        page.click("thead th:last-child")
        assert page.texts("tbody th") == ["3", "0", "4", "2", "1"]
