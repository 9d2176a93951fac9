"""Excel workbooks: typed numbers with the printed digits, times as formulas, native charts, harmless names."""

import io
import re
from xml.etree import ElementTree

import openpyxl
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.cost.economics import MEASURES, economics
from ipuwhatif.analysis.world import load_world
from ipuwhatif.calibration.record import load_record
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.charts.spec import Cell, Footnote, Headline, HeadlinePart
from ipuwhatif.export.embedded_document import carried_in
from ipuwhatif.export.office.workbook.workbook import sheet_names, workbook_bytes, write_workbook
from ipuwhatif.export.office.workbook.workbook_table import printed_format
from ipuwhatif.figures.cells import amount_cell
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.cost.cost import cost_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.track_record.track_record import FIRST_SHOWN, track_record_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_lever
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START
from tests.export.office_files import breakdown, cells, converted, formulas, names, pages, part, too_many
from tests.figures import samples
from tests.refusals import refused

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CONTENT = b'{\n  "kind": "ipuwhatif"\n}\n'
HARMFUL = (
    '=HYPERLINK("http://x","y")',
    "{=1+1}",
    "+1",
    "@SUM(A1)",
    "<script>alert(1)</script></t>&amp;]]>",
    "\u202eright to left \u05e9\u05dc\u05d5\u05dd \U0001f600",
    "\x00\x07\x1b[2J\ud800\ufffe_x0007_",
    "http://" + "x" * 3000,
)


@pytest.fixture(scope="module")
def comparison():
    """Projections whose parts add up as the model's do: training time is samples over throughput."""
    made = samples.comparison()

    def consistent(each):
        overhead = sum(each.breakdown_s[part] for part in ("evaluation", "start_up"))
        rate = each.samples_to_target.median / (each.time_to_train_s.median - overhead)
        return replace(each, throughput_samples_per_s=replace(each.throughput_samples_per_s, median=rate))

    return replace(made, projections=tuple(map(consistent, made.projections)))


@pytest.fixture(scope="module")
def figures(qapp, comparison):
    catalog = load_catalog()
    protocol = next(each for each in load_record(catalog) if each.key == FIRST_SHOWN)
    record = [track_record_figure(protocol, catalog), too_many(track_record_figure(protocol, catalog, True))]
    scaled = scaling_figure(samples.scaling(), samples.scenario())
    return [compare_figure(comparison, samples.scenario()), scaled, breakdown(comparison), *record]


@pytest.fixture(scope="module")
def data(figures, comparison):
    return workbook_bytes(figures, CONTENT, "light", "0123456789ab", comparison.projections)


def sheets(data):
    root = ElementTree.fromstring(part(data, "xl/workbook.xml"))
    return [sheet.get("name") for sheet in root.iter() if sheet.tag.endswith("}sheet")]


def sheet_of(data, name):
    """The cells of the sheet of a name."""
    return cells(data, 1 + sheets(data).index(name))


def test_that_every_figure_has_its_table_and_its_sheet_then_inputs_sources_and_notes(data, figures):
    expected = ["Answer", "Scaling", "Breakdown", "Track record", "Track record 2"]
    assert list(sheet_names(figures)) == expected
    both = [name for each in expected for name in (f"{each}, table", each)]
    assert sheets(data) == [*both, "Inputs", "Sources", "Notes"]


def test_that_the_answer_opens_on_the_headline(data, figures):
    held = sheet_of(data, "Answer")
    assert (held["A1"], held["A2"]) == (figures[0].headline.text, figures[0].chart.title)
    assert openpyxl.load_workbook(io.BytesIO(data)).active.title == "Answer"


def test_that_a_table_has_its_header_in_the_first_row_and_typed_numbers_as_printed(data, figures):
    held, table = sheet_of(data, "Answer, table"), figures[0].table
    assert [held[f"{column}1"] for column in "ABCDE"] == [
        "System",
        "Official (min)",
        "Projected (min)",
        "80 % interval (min), low",
        "80 % interval (min), high",
    ]
    for row, each in enumerate(table.rows, start=2):
        assert held[f"A{row}"] == each[0].text
        assert (held[f"C{row}"], (held[f"D{row}"], held[f"E{row}"])) == (each[2].number, each[3].ends)
        assert held[f"B{row}"] == each[1].number


def test_that_tables_have_names_and_other_programs_read_them(data, figures):
    book = openpyxl.load_workbook(io.BytesIO(data))
    named = {name: reference for sheet in book for name, reference in sheet.tables.items()}
    assert list(named) == ["compare_1", "scaling_2", "breakdown_3", "track_record_4", "track_record_5"]
    read = pandas.read_excel(io.BytesIO(data))
    assert named["compare_1"] == f"A1:H{1 + len(read)}"
    assert list(read["Projected (min)"]) == [row[2].number for row in figures[0].table.rows]
    assert read["80 % interval (min), low"].dtype == float


def test_that_a_cell_without_a_number_is_empty_and_a_column_of_numbers_one_of_numbers():
    times = {"ipu-pod:16": 28.0, "dgx-a100:512": 29.0}
    figure = compare_figure(samples.comparison(times, reference="ipu-pod:16"), samples.scenario())
    (first, second), empty = figure.table.rows, Cell("\u2013")

    def read(*officials):
        rows = tuple((row[0], cell, *row[2:]) for row, cell in zip((first, second), officials, strict=True))
        return pandas.read_excel(io.BytesIO(workbook_bytes([replace(figure, table=replace(figure.table, rows=rows))])))

    assert list(read(empty, Cell("29.00", 29.0))["Official (min)"].isna()) == [True, False]
    assert "Official (min)" not in read(empty, Cell(""))  # a column of nothing is none


def test_that_heads_that_are_alike_are_told_apart():
    figure = compare_figure(samples.comparison(), samples.scenario())
    alike = tuple(replace(column, title="Time") for column in figure.table.columns)
    held = cells(workbook_bytes([replace(figure, table=replace(figure.table, columns=alike))]))
    assert [held[f"{column}1"] for column in "ABC"] == ["Time", "Time 2", "Time 3"]


@pytest.fixture(scope="module")
def shown(data, tmp_path_factory):
    """All pages of the workbook as LibreOffice shows them, as one text."""
    folder = tmp_path_factory.mktemp("shown")
    path = folder / "book.xlsx"
    path.write_bytes(data)
    return " ".join(pages(converted(path, "pdf", folder)))


def test_that_a_spreadsheet_prints_the_digits_of_the_table(shown, figures):
    for name, official, median, interval, against, *_ in figures[0].table.rows:
        low, high = interval.text.split(" – ")
        assert " ".join((name.text, official.text, median.text, low, high, against.text)).strip() in shown


def test_that_libreoffice_shows_the_charts(shown):
    for text in ("projection with 80 % interval", "official result in minutes"):
        assert text in shown  # of the legends: over the numbers of the charts it is in several lines


def test_that_each_time_is_a_formula_of_its_inputs_with_the_models_number(data, comparison):
    sheet = 1 + sheets(data).index("Inputs")
    held, told = cells(data, sheet), formulas(data, sheet)
    for row, each in enumerate(comparison.projections, start=5):
        assert held[f"A{row}"] == each.name
        assert told[f"G{row}"] == f"B{row}/C{row}+D{row}+E{row}+F{row}"
        assert held[f"G{row}"] == pytest.approx(each.time_to_train_s.median, rel=1e-12)
        samples_needed, rate, *overheads = (held[f"{column}{row}"] for column in "BCDEF")
        assert samples_needed / rate + sum(overheads) == pytest.approx(each.time_to_train_s.median, rel=1e-9)
        assert held[f"I{row}"] == pytest.approx(each.time_to_train_s.low)
        assert held[f"J{row}"] == pytest.approx(each.time_to_train_s.high)


def test_that_inputs_tell_where_they_come_from(data):
    texts = [value for value in cells(data, 1 + sheets(data).index("Inputs")).values() if isinstance(value, str)]
    assert "model: global batch / step time" in texts
    assert any("https://github.com/mlcommons/training_results_v1.1" in text for text in texts)


def test_that_sources_and_notes_are_sheets(data, figures):
    listed = sheets(data)
    sources = cells(data, 1 + listed.index("Sources")).values()
    notes = cells(data, 1 + listed.index("Notes")).values()
    assert "https://github.com/mlcommons/training_results_v1.1" in sources
    assert not any("recorded" in str(told) for told in sources)  # what is not known is an empty cell
    for figure in figures:
        for text in (*figure.notices, *(note.text for note in figure.footnotes)):
            assert text in notes
    assert any("0123456789ab" in str(text) for text in notes)


def test_that_footnotes_stand_beside_official_results_too(data, figures):
    held = sheet_of(data, "Answer").values()
    for note in figures[0].footnotes:
        assert note.text in held


def test_that_charts_are_native_with_whiskers_and_log_axes(data):
    charts = [name for name in names(data) if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    assert len(charts) == 4
    roots = [ElementTree.fromstring(part(data, f"xl/charts/chart{number}.xml")) for number in range(1, 5)]
    assert [bool(list(root.iter(f"{CHART}errBars"))) for root in roots] == [True, False, False, True]
    assert [len(list(root.iter(f"{CHART}logBase"))) for root in roots] == [0, 2, 0, 2]
    assert roots[2].find(f".//{CHART}grouping").get("val") == "stacked"
    assert any(name.endswith(".png") for name in names(data))  # what is no native chart


def test_that_charts_leave_nothing_that_a_reader_could_take_two_ways(data):
    charts = [name for name in names(data) if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    for name in charts:
        root = ElementTree.fromstring(part(data, name))
        assert root.find(f"{CHART}chart/{CHART}dispBlanksAs").get("val") == "gap"
        axes = [axis for kind in ("catAx", "valAx") for axis in root.iter(f"{CHART}{kind}")]
        assert axes and all(axis.find(f"{CHART}delete").get("val") == "0" for axis in axes)
        for labels in root.iter(f"{CHART}dLbls"):
            assert labels.find(f"{CHART}showSerName").get("val") == "0"
        for body in (each for labels in root.iter(f"{CHART}dLbls") for each in labels.iter(f"{DRAWING}bodyPr")):
            assert body.get("wrap") == "none"


def test_that_many_rows_of_names_make_a_chart_taller(qapp):
    catalog = load_catalog()
    protocol = next(each for each in load_record(catalog) if each.key == FIRST_SHOWN)
    figures = [track_record_figure(protocol, catalog), track_record_figure(protocol, catalog, True)]
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(figures)))
    tall = [book[name]._charts[0].anchor for name in sheet_names(figures)]
    rows = [each.to.row - each._from.row for each in tall]
    assert rows[0] == 23 and rows[1] > rows[0]


def test_that_a_chart_reads_cells_that_hold_its_numbers(data, figures):
    held = sheet_of(data, "Answer")
    root = ElementTree.fromstring(part(data, "xl/charts/chart1.xml"))
    series = root.findall(f".//{CHART}ser")
    assert len(series) == 2
    for each, column in zip(series, (1, 2), strict=True):
        sheet, letter, first, last = re.fullmatch(
            r"(\w+)!\$([A-Z])\$(\d+):\$[A-Z]\$(\d+)", each.find(f"{CHART}val//{CHART}f").text
        ).groups()
        assert sheet == "Answer"
        values = [held[f"{letter}{row}"] for row in range(int(first), int(last) + 1)]
        printed = [row[column].number for row in figures[0].table.rows]
        assert values == pytest.approx(printed, rel=5e-3)  # of three digits; projections follow the inputs
        assert values == pytest.approx([float(value.text) for value in each.findall(f"{CHART}val//{CHART}v")])


def test_that_whiskers_follow_low_and_high():
    figure = compare_figure(samples.comparison(), samples.scenario())
    data = workbook_bytes([figure])
    held, told = sheet_of(data, "Answer"), formulas(data, 2)
    assert len(told) == 10
    for place, formula in told.items():
        longer, shorter = re.fullmatch(r"([A-Z]+\d+)-([A-Z]+\d+)", formula).groups()
        assert held[place] == pytest.approx(held[longer] - held[shorter])
        assert held[place] > 0


def recomputed(data, tmp_path, changes=()):
    """The workbook with some inputs changed, computed anew by LibreOffice and read without its formulas."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for place, value in changes:
        book["Inputs"][place] = value
    path = tmp_path / "changed.xlsx"
    book.save(path)
    folder = tmp_path / "computed"
    folder.mkdir()
    return openpyxl.load_workbook(converted(path, "xlsx", folder), data_only=True)


def computed_cells(data):
    """Where formulas stand, by sheet, with the numbers that the file holds for them."""
    for number, name in enumerate(sheets(data), start=1):
        held = cells(data, number)
        yield from ((name, place, held[place]) for place in formulas(data, number))


@pytest.fixture(scope="module")
def bills():
    world = load_world()
    origin = Price(27.2, "USD", RENT, "2021", "a quote", OWN)
    scenario = FIRST_START
    for choice in scenario.systems:
        scenario = scenario.with_price(choice.key, origin)
    levers = world.levers
    for key, value in (("electricity_price", 0.15), ("cooling_overhead", 1.2), ("carbon_intensity", 0.4)):
        scenario = set_lever(scenario, "all", levers[key], value, world.catalog).scenario
    answer = economics(world, scenario)
    figures = [compare_figure(answer.comparison, scenario)]
    figures += [cost_figure(answer, scenario, measure) for measure in MEASURES]
    return answer, workbook_bytes(figures, projections=answer.bills)


def test_that_money_energy_and_carbon_are_formulas_that_libreoffice_computes_alike(bills, tmp_path):
    answer, data = bills
    held = sheet_of(data, "Inputs")
    for row, bill in enumerate(answer.bills, start=5):
        assert held[f"T{row}"] == pytest.approx(bill.money.median)
        assert held[f"U{row}"] == pytest.approx(bill.energy_kwh.median)
        assert held[f"V{row}"] == pytest.approx(bill.electricity.median)
        assert held[f"W{row}"] == pytest.approx(bill.carbon_kg.median)
    book = recomputed(data, tmp_path)
    for sheet, place, value in computed_cells(data):
        assert book[sheet][place].value == pytest.approx(value, rel=1e-9), (sheet, place)


def test_that_a_changed_input_moves_time_costs_and_charts(bills, tmp_path):
    _, data = bills
    before = recomputed(data, tmp_path)
    (tmp_path / "again").mkdir()
    samples_needed, *others = (before["Inputs"][f"{column}5"].value for column in "BDEF")
    speed = before["Inputs"]["C5"].value
    after = recomputed(data, tmp_path / "again", [("C5", 2 * speed)])
    time = samples_needed / (2 * speed) + sum(others)
    share = time / before["Inputs"]["G5"].value
    assert share < 0.6
    moved = [
        (sheet, place)
        for sheet, place, _ in computed_cells(data)
        if after[sheet][place].value == pytest.approx(share * before[sheet][place].value, rel=1e-6)
    ]
    charts = [sheet for sheet, _ in moved if sheet != "Inputs"]
    assert {"Answer", "Cost", "Cost 2", "Cost 3"} == set(charts)
    assert ("Inputs", "T5") in moved and ("Inputs", "W5") in moved and ("Inputs", "T6") not in moved


@pytest.mark.parametrize("name", HARMFUL)
def test_that_a_name_from_a_file_cannot_act_or_break_the_file(name):
    comparison = samples.comparison({"ipu-pod:16": 28.0, "dgx-a100:8": 29.0}, name=name)
    evil = [replace(each, inputs=(), terms=(), notes=()) for each in comparison.projections]
    compared = compare_figure(comparison, samples.scenario())
    origin = Origin(name, name, name, None, None, "read", name)
    compared = replace(compared, footnotes=(*compared.footnotes, Footnote(name, origin)), notices=(name,))
    scaled = scaling_figure(samples.scaling(replace(samples.curve(), name=name)), samples.scenario())
    data = workbook_bytes([compared, scaled], CONTENT, projections=evil)
    for held in names(data):
        if held.endswith((".xml", ".rels")):
            root = ElementTree.fromstring(part(data, held))
            assert not any("hyperlink" in str(each.get("Type")) for each in root.iter())
    for sheet in range(1, len(sheets(data)) + 1):
        for formula in formulas(data, sheet).values():
            assert re.fullmatch(r"(?:'Inputs'!)?[A-Z]+\d+(?:[-+/*](?:(?:'Inputs'!)?[A-Z]+\d+|[\d.]+))+", formula)
        for value in cells(data, sheet).values():
            assert not isinstance(value, str) or len(value) <= 32_767
    for held in names(data):
        if held.startswith("xl/charts/chart"):
            for reference in ElementTree.fromstring(part(data, held)).iter(f"{CHART}f"):
                assert re.fullmatch(r"'?(Answer|Scaling)'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", reference.text)
    assert carried_in(data, ".xlsx") == CONTENT


def test_that_a_text_longer_than_a_cell_is_cut_and_says_so(figure):
    name = "W" * 40_000
    row = (Cell(name), *figure.table.rows[0][1:])
    table = replace(figure.table, rows=(row, *figure.table.rows[1:]))
    long = replace(figure, headline=Headline((HeadlinePart(name),)), table=table, notices=(name,))
    held = cells(workbook_bytes([long]))
    for text in (held["A2"], cells(workbook_bytes([long]), 2)["A1"]):
        assert len(text) <= 32_767 and text.endswith("W…")


@settings(max_examples=15)
@given(st.binary(max_size=2000))
def test_that_the_scenario_comes_back_bit_for_bit(content):
    figure = compare_figure(samples.comparison({"dgx-a100:8": 29.0}), samples.scenario())
    assert carried_in(workbook_bytes([figure], content), ".xlsx") == content


def test_that_the_same_figures_are_the_same_bytes(figures, comparison):
    once = workbook_bytes(figures[:3], CONTENT, projections=comparison.projections)
    assert once == workbook_bytes(figures[:3], CONTENT, projections=comparison.projections)


@given(st.floats(1e-6, 1e6))
def test_that_a_cells_format_has_the_decimals_of_its_text(value):
    cell = amount_cell(value)
    code = printed_format(cell)
    decimals = len(cell.text.partition(".")[2])
    assert "e" in cell.text or code == ("#,##0." + "0" * decimals if decimals else "#,##0")


def test_that_a_time_in_a_unit_of_its_own_has_three_digits_of_the_columns():
    assert printed_format(Cell("20.9 h", 0.86953)) == "#,##0.000"


def test_that_an_unwritable_place_is_refused_and_left_clean(figure, tmp_path):
    with refused(f"the folder {tmp_path}/missing does not exist"):
        write_workbook(tmp_path / "missing" / "book.xlsx", [figure])
    assert list(tmp_path.iterdir()) == []
    assert write_workbook(tmp_path / "book.xlsx", [figure], CONTENT) == (tmp_path / "book.xlsx",)


@pytest.mark.parametrize("count", [0, 51])
def test_that_a_workbook_of_nothing_or_of_too_much_is_refused(figure, count):
    with refused(f"a workbook holds 1 to 50 figures, not {count}"):
        workbook_bytes([figure] * count)
