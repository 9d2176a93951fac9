"""PowerPoint decks: charts that can be edited, footnotes as text, speaker notes, harmless names, scenario inside."""

import io
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from ipuwhatif.analysis.memory import memory
from ipuwhatif.analysis.world import load_world
from ipuwhatif.calibration.record import load_record
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.palette import PART_NAMES, color
from ipuwhatif.charts.spec import PROJECTED, Cell, Footnote, Headline, HeadlinePart
from ipuwhatif.export.embedded_document import carried_in
from ipuwhatif.export.numbered import numbered_once
from ipuwhatif.export.office.look import distance
from ipuwhatif.export.office.slide_table import MOST_ROWS, chosen_rows
from ipuwhatif.export.office.slide_text import LINE, cut, fitted, lines_of, width_of
from ipuwhatif.export.office.slides import slides_bytes, write_slides
from ipuwhatif.figures.breakdown.memory import memory_figure
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.track_record.track_record import FIRST_SHOWN, track_record_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.export.office_files import breakdown, cells, converted, formulas, names, pages, part, too_many
from tests.figures import samples

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CONTENT = b'{\n  "kind": "ipuwhatif"\n}\n'
HARMFUL = (
    '=HYPERLINK("http://x","y")',
    "{=1+1}",
    "<script>alert(1)</script></a:t>&amp;]]>",
    "W" * 300,
    "\u202eright to left \u05e9\u05dc\u05d5\u05dd",
    "\U0001f600 \u4e2d\u6587",
    "\x00\x07\x1b[2J\ud800\ufffe_x0007_",
    "http://" + "x" * 3000,
)


def slides(data):
    return list(Presentation(io.BytesIO(data)).slides)


def chart_of(slide):
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def texts(slide):
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


@pytest.fixture(scope="module")
def scaled():
    return scaling_figure(samples.scaling(), samples.scenario())


@pytest.fixture(scope="module")
def record():
    catalog = load_catalog()
    protocol = next(each for each in load_record(catalog) if each.key == FIRST_SHOWN)
    return [track_record_figure(protocol, catalog), too_many(track_record_figure(protocol, catalog, True))]


@pytest.fixture(scope="module")
def deck(qapp, figure, scaled, record):
    """Every kind of slide in one deck."""
    figures = [figure, scaled, breakdown(samples.comparison()), *record]
    figures = numbered_once(figures)
    return figures, slides_bytes(figures, CONTENT, "light", "0123456789ab")


def test_that_a_deck_is_16_by_9_with_a_slide_for_each_figure(deck):
    figures, data = deck
    opened = Presentation(io.BytesIO(data))
    assert opened.slide_width * 9 == opened.slide_height * 16
    titles = [slide.shapes.title.text_frame.text.replace("\u00a0", " ") for slide in opened.slides]
    assert titles[: len(figures)] == [each.headline.text for each in figures]
    assert set(titles[len(figures) :]) == {"Notes and sources"}


def test_that_no_line_of_a_title_ends_between_a_number_and_its_unit(deck):
    _, data = deck
    title = slides(data)[0].shapes.title.text_frame.text
    assert title.startswith("IPU-POD16 (16\u00a0IPUs) 28.33\u00a0min · ")


def test_that_a_chart_reads_back_as_the_printed_digits(deck):
    figures, data = deck
    plot = chart_of(slides(data)[0]).plots[0]
    table = figures[0].table
    assert list(plot.categories) == [row[0].text for row in table.rows]
    official, projected = plot.series
    assert list(projected.values) == [row[2].number for row in table.rows]
    assert list(official.values) == [row[1].number for row in table.rows]


def test_that_whiskers_reach_the_ends_of_the_interval(deck):
    figures, data = deck
    bars = chart_of(slides(data)[0])._chartSpace.find(f".//{CHART}errBars")
    for name, side in (("minus", 0), ("plus", 1)):
        lengths = [float(value.text) for value in bars.findall(f"{CHART}{name}//{CHART}v")]
        ends = [row[3].ends[side] for row in figures[0].table.rows]
        medians = [row[2].number for row in figures[0].table.rows]
        reached = [median + (2 * side - 1) * length for median, length in zip(medians, lengths, strict=True)]
        assert reached == pytest.approx(ends)


def test_that_edit_data_opens_the_numbers_that_the_chart_reads(deck):
    _, data = deck
    for slide in slides(data)[:4]:
        chart = chart_of(slide)
        workbook = cells(chart.part.chart_workbook.xlsx_part.blob)
        for reference in chart._chartSpace.iter(f"{CHART}numRef"):
            sheet, first, last = re.fullmatch(
                r"'?(\w+)'?!\$?(\$?\w+\$\d+):(\$\w+\$\d+)", reference.find(f"{CHART}f").text
            ).groups()
            assert sheet == "Data"
            column = re.match(r"\$?([A-Z]+)", first)[1]
            rows = [int(re.search(r"\d+", end)[0]) for end in (first, last)]
            held = {
                int(point.get("idx")): float(point.find(f"{CHART}v").text) for point in reference.iter(f"{CHART}pt")
            }
            for row in range(rows[0], rows[1] + 1):
                assert workbook.get(f"{column}{row}") == held.get(row - rows[0])


def test_that_official_results_come_first_and_filled_and_projections_are_a_shade_of_their_colours(deck):
    figures, data = deck
    official, projected = chart_of(slides(data)[0])._chartSpace.findall(f".//{CHART}ser")
    tints = [color(interval.tint, "light")[1:].upper() for interval in figures[0].chart.intervals]
    assert [_colour(point, "spPr/{0}solidFill") for point in official.findall(f"{CHART}dPt")] == tints
    lines = [_colour(point, "spPr/{0}ln/{0}solidFill") for point in projected.findall(f"{CHART}dPt")]
    shades = [_colour(point, "spPr/{0}solidFill") for point in projected.findall(f"{CHART}dPt")]
    assert lines == tints and all(distance(f"#{each}", "#ffffff") < 0.3 for each in shades)
    assert projected.find(f"{CHART}errBars") is not None and official.find(f"{CHART}errBars") is None


def test_that_moved_projections_come_first_and_filled_and_official_results_are_outlined():
    figure = compare_figure(samples.with_lever(samples.comparison()), samples.scenario())
    slide, *_ = slides(slides_bytes([figure]))
    projected, _, official = chart_of(slide)._chartSpace.findall(f".//{CHART}ser")
    tints = [color(each.tint, "light")[1:].upper() for each in figure.chart.intervals if each.style == PROJECTED]
    assert [_colour(point, "spPr/{0}solidFill") for point in projected.findall(f"{CHART}dPt")] == tints
    assert {_colour(point, "spPr/{0}solidFill") for point in official.findall(f"{CHART}dPt")} == {"FFFFFF"}


def _colour(element, path):
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    return element.find(f"{CHART}{path.format(drawing)}/{drawing}srgbClr").get("val")


def test_that_log_axes_say_so_before_all_else(deck):
    _, data = deck
    for place in (1, 3):
        axes = chart_of(slides(data)[place])._chartSpace.findall(f".//{CHART}valAx")
        assert len(axes) == 2
        for axis in axes:
            assert axis.find(f"{CHART}scaling")[0].tag == f"{CHART}logBase"


def test_that_nothing_a_reader_could_take_two_ways_is_left_out(deck):
    _, data = deck
    for slide in slides(data)[:4]:
        space = chart_of(slide)._chartSpace
        assert space.find(f"{CHART}chart/{CHART}dispBlanksAs").get("val") == "gap"
        for name in ("catAx", "valAx"):
            for axis in space.iter(f"{CHART}{name}"):
                assert axis.find(f"{CHART}delete").get("val") == "0"
                assert axis.find(f"{CHART}minorTickMark").get("val") == "none"
        for labels in space.iter(f"{CHART}dLbls"):
            assert labels.find(f"{CHART}showVal").get("val") == "1"
            assert labels.find(f"{CHART}showSerName").get("val") == "0"
        for bars in space.iter(f"{CHART}errBars"):
            assert bars.find(f"{CHART}noEndCap").get("val") == "0"


def test_that_official_results_on_scaling_are_markers_without_a_line(deck):
    figures, data = deck
    series = chart_of(slides(data)[1]).plots[0].series
    official = [each for each in series if each.name.startswith("official")]
    marks = [mark for mark in figures[1].chart.marks if mark.style == "official"]
    assert sorted(value for each in official for value in each.values) == sorted(round(m.y / 60.0, 2) for m in marks)
    for each in official:
        assert each._element.find(f"{CHART}spPr/{{*}}ln/{{*}}noFill") is not None


def test_that_what_is_no_native_chart_is_a_picture_with_a_text_for_it(deck):
    figures, data = deck
    slide = slides(data)[4]
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    described = picture._element.nvPicPr.cNvPr.get("descr")
    assert figures[4].chart.title in described
    assert picture.image.size == (figures[4].chart.width * 2, figures[4].chart.height * 2)


def test_that_charts_have_a_text_for_those_who_cannot_see_them(deck):
    figures, data = deck
    frame = next(shape for shape in slides(data)[0].shapes if shape.has_chart)
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr").startswith(figures[0].headline.text)


def test_that_the_table_is_small_and_set_on_decimal_points(deck):
    figures, data = deck
    for figure, slide in zip(figures[:3], slides(data)[:3], strict=True):
        (table,) = [shape.table for shape in slide.shapes if shape.has_table]
        assert len(table.rows) - 1 <= MOST_ROWS
        shown = [cell.text.replace("\u2007", "").replace("\u2008", "").strip() for cell in table.rows[1].cells]
        first = zip(figure.table.columns, figure.table.rows[chosen_rows(figure)[0]], strict=True)
        assert shown == [cell.text for column, cell in first if column.title not in ("Layout", "Basis", "Chips")]


def test_that_a_breakdown_keeps_its_whole_and_its_largest_parts():
    comparison = samples.comparison()
    parts = {part: 1.0 + place for place, part in enumerate(PART_NAMES[:10])}
    projections = tuple(replace(each, breakdown_s=parts) for each in comparison.projections)
    figure = breakdown(replace(comparison, projections=projections))
    rows = chosen_rows(figure, 8)
    assert len(rows) == 8 and rows[-1] == len(figure.table.rows) - 1
    assert rows[:-1] == tuple(range(3, 10)) and chosen_rows(figure) == tuple(range(len(figure.table.rows)))


def test_that_every_footnote_stands_on_the_slide_or_on_one_of_sources_as_text(deck):
    figures, data = deck
    made = slides(data)
    sources = " ".join("\n".join(each for slide in made[len(figures) :] for each in texts(slide)).split())
    for figure, slide in zip(figures, made, strict=False):
        shown = "\n".join(texts(slide))
        for note in figure.footnotes:
            assert note.text in shown or note.text[:400] in sources
        assert all(note.text in shown for note in figure.footnotes[-2:])
        assert "0123456789ab" in shown


def test_that_each_bar_of_a_breakdown_has_the_time_of_the_whole_beside_its_name():
    made = breakdown(samples.comparison())
    (slide, *_) = slides(slides_bytes([made]))
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    whole = {label.text for label in made.chart.labels if label.bold}
    assert {name.rpartition(": ")[2] for name in chart.plots[0].categories} == whole


def test_that_the_table_of_a_slide_says_which_system_is_the_reference(figure):
    (slide, *_) = slides(slides_bytes([figure]))
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    heads = [cell.text_frame.text.replace("\n", " ") for cell in table.rows[0].cells]
    assert any(head.startswith("Against DGX A100 (8 GPUs)") for head in heads)


def test_that_a_slide_of_notes_without_a_source_is_not_called_one_of_sources(figure):
    notes = tuple(f"A note {number} " + "of many words " * 40 for number in range(20))
    bare = replace(figure, notices=notes, footnotes=figure.footnotes[-2:])
    *_, last = slides(slides_bytes([bare]))
    assert last.shapes.title.text_frame.text == "Notes"


def test_that_notes_at_the_end_say_on_which_slide_they_belong(figure):
    notes = tuple(f"A note {number} " + "of many words " * 40 for number in range(20))
    made = slides(slides_bytes([figure, replace(figure, notices=notes)]))[2:]
    told = [text for slide in made for text in "\n".join(texts(slide)).split("\n")]
    assert f"Slide 2: {figure.chart.title}" in told


def test_that_footnotes_without_room_stand_whole_on_slides_of_sources(figure):
    long = tuple(Footnote(f"[{number}] " + f"official result {number} of a system " * 30) for number in range(1, 20))
    many = replace(figure, footnotes=(*long, *figure.footnotes[-2:]))
    first, *rest = slides(slides_bytes([many]))
    shown = "\n".join(texts(first))
    assert "Further notes: at the end." in shown
    for note in figure.footnotes[-2:]:  # what projections are and whose the names are stands beside the chart
        assert note.text in shown
    words = " ".join(" ".join(texts(slide)) for slide in (first, *rest)).split()
    for note in long:
        assert note.text.split()[0] in words
    assert " ".join(words).count("of a system") == 30 * len(long)


def test_that_no_footnote_is_smaller_than_nine_points(deck):
    for slide in slides(deck[1]):
        for shape in slide.shapes:
            if shape.has_text_frame:
                sizes = [run.font.size for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
                assert all(size.pt >= 9.0 for size in sizes if size is not None)


def test_that_a_slide_has_its_date_number_and_source_line(figure):
    (slide, *_) = slides(slides_bytes([figure], data_version="0123", day=date(2026, 11, 30)))
    held = {shape.placeholder_format.type: shape for shape in slide.placeholders}
    assert held[PP_PLACEHOLDER.DATE].text_frame.text == "2026-11-30"
    assert held[PP_PLACEHOLDER.FOOTER].text_frame.text.endswith("data 0123")
    number = held[PP_PLACEHOLDER.SLIDE_NUMBER]._element
    assert number.find(".//{*}fld").get("type") == "slidenum"


def test_that_dots_stand_at_the_height_of_their_rows():
    keys = {"rtx-2080:1": 1400.0, "ipu-pod:16": 28.0, "dgx-a100:8": 29.0, "dgx-a100:1024": 0.57}
    figure = compare_figure(samples.comparison(keys, reference="dgx-a100:8"), samples.scenario())
    (slide, *_) = slides(slides_bytes([figure]))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    (chart,) = [shape for shape in slide.shapes if shape.has_chart]
    layout = chart.chart._chartSpace.find(f".//{CHART}plotArea/{CHART}layout/{CHART}manualLayout")
    top, height = (float(layout.find(f"{CHART}{name}").get("val")) * chart.height for name in ("y", "h"))
    head, *rows = [row.height for row in frame.table.rows]
    assert chart.top + top == pytest.approx(frame.top + head, abs=20_000)  # English metric units, 635 a twentieth
    assert height == pytest.approx(sum(rows), abs=20_000)
    assert frame.table.cell(1, 0).text == "rtx-2080:1 (1 chips)"


def test_that_bars_stand_in_the_rows_of_a_table_that_has_their_names_and_numbers():
    times = {f"ipu-pod:{chips}": 450.0 / chips for chips in (16, 24, 32, 48, 64, 96, 128)}
    figure = compare_figure(samples.comparison(times, reference="ipu-pod:16"), samples.scenario())
    (slide, *_) = slides(slides_bytes([figure]))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    (chart,) = [shape for shape in slide.shapes if shape.has_chart]
    space = chart.chart._chartSpace
    layout = space.find(f".//{CHART}plotArea/{CHART}layout/{CHART}manualLayout")
    top, height = (float(layout.find(f"{CHART}{name}").get("val")) * chart.height for name in ("y", "h"))
    head, *rows = [row.height for row in frame.table.rows]
    assert len(rows) == len(times)
    assert chart.top + top == pytest.approx(frame.top + head, abs=20_000)
    assert height == pytest.approx(sum(rows), abs=20_000)
    assert space.find(f".//{CHART}catAx/{CHART}tickLblPos").get("val") == "none"
    assert space.find(f".//{CHART}dLbls") is None


def test_that_the_caption_says_of_official_results_what_the_legend_has_no_room_for(deck):
    figures, data = deck
    for figure, slide in zip(figures[:2], slides(data), strict=False):
        (entry,) = [entry for entry in figure.chart.legend if entry.style == "official"]
        told = " ".join("\n".join(texts(slide)).split())
        assert "Official " + " ".join(entry.text.split()).removeprefix("official ") in told
        names = {each.name for each in chart_of(slide).plots[0].series}
        assert entry.short in names and not any(name.startswith(f"{entry.short}:") for name in names)


def test_that_the_notes_of_a_slide_without_a_table_have_it(deck):
    _, data = deck
    for slide in slides(data)[3:5]:
        assert "The whole table" in slide.notes_slide.notes_text_frame.text


def test_that_the_notes_tell_formula_and_sources_of_the_headlines_numbers():
    figure = compare_figure(samples.with_lever(samples.comparison()), samples.scenario())
    slide, *_ = slides(slides_bytes([figure]))
    notes = slide.notes_slide.notes_text_frame.text
    assert "global batch / step time" in notes
    assert "MLCommons: MLPerf® Training v1.1 results; https://github.com/mlcommons/training_results_v1.1" in notes
    for text in (*figure.notices, figure.headline.text, *(note.text for note in figure.footnotes)):
        assert text in notes


def test_that_moved_levers_are_on_the_slide():
    figure = compare_figure(samples.with_lever(samples.comparison()), samples.scenario())
    slide, *_ = slides(slides_bytes([figure]))
    assert "IPU compute gain 1.30 ×" in "\n".join(texts(slide))
    assert [each.name for each in chart_of(slide).plots[0].series][1] == "baseline: no lever moved"


def test_that_a_bar_of_memory_that_is_cut_off_says_what_would_be_needed():
    world = load_world()
    systems = tuple(SystemChoice(*each) for each in (("gb200-nvl72", 72), ("ipu-pod", 64)))
    asked = replace(FIRST_START, workload="llama31-405b", recipe="closed", release="2025-06", systems=systems)
    slide, *_ = slides(slides_bytes([memory_figure(memory(world, asked))]))
    first, second = chart_of(slide).plots[0].categories
    assert first == "GB200 NVL72 (72 GPUs)" and second.startswith("IPU-POD64 (64 IPUs): does not fit: ")
    assert second.endswith(" of 900 MB")


def test_that_nothing_lies_on_anything_else_or_off_the_slide(deck):
    assert_set_apart(deck[1])


def assert_set_apart(data):
    opened = Presentation(io.BytesIO(data))
    for slide in opened.slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= opened.slide_width and 0 <= top < bottom <= opened.slide_height
        others = [box for shape, box in zip(slide.shapes, boxes, strict=True) if shape != slide.shapes.title]
        for place, one in enumerate(others):
            for other in others[place + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart


@pytest.mark.parametrize("name", HARMFUL)
def test_that_a_name_from_a_file_cannot_act_or_break_the_file(name):
    evil = replace(samples.curve(), name=name)
    origin = Origin(name, name, name, None, None, "read", name)
    comparison = samples.comparison({"ipu-pod:16": 28.0, "dgx-a100:8": 29.0}, name=name)
    compared = compare_figure(comparison, samples.scenario())
    compared = replace(compared, footnotes=(*compared.footnotes, Footnote(name, origin)), notices=(name,))
    data = slides_bytes([compared, scaling_figure(samples.scaling(evil), samples.scenario())], CONTENT)
    for held in names(data):
        if held.endswith((".xml", ".rels")):
            ElementTree.fromstring(part(data, held))  # well-formed, whatever the name
        elif held.endswith(".xlsx"):
            inner = part(data, held)
            assert not any("HYPERLINK" in text or text == "1+1" for text in formulas(inner).values())
            assert not any(
                "hyperlink" in (inside + str(part(inner, inside))).lower()
                for inside in names(inner)
                if inside.endswith(".rels")
            )
    for slide in slides(data):
        for text in texts(slide):
            assert all(letter.isprintable() or letter in "\u2007\u2008\xa0\n" for letter in text)
    assert carried_in(data, ".pptx") == CONTENT


@pytest.mark.parametrize("name", ["W" * 10_000, "many words " * 1_000, "\u5b57" * 10_000])
def test_that_a_very_long_name_stays_on_the_slide(figure, name):
    row = (Cell(name), *figure.table.rows[0][1:])
    table = replace(figure.table, rows=(row, *figure.table.rows[1:]))
    chart = replace(figure.chart, title=name, subtitle=name)
    long = replace(figure, headline=Headline((HeadlinePart(name),)), table=table, chart=chart, notices=(name,))
    data = slides_bytes([long])
    slide, *rest = slides(data)
    assert len(rest) <= 20
    title = slide.shapes.title
    size = title.text_frame.paragraphs[0].runs[0].font.size.pt
    lines = lines_of(title.text_frame.text, size, title.width.pt, bold=True)
    assert title.text_frame.text.endswith("…") and len(lines) * LINE * size <= title.height.pt
    assert_set_apart(data)


@settings(max_examples=15)
@given(st.binary(max_size=2000))
def test_that_the_scenario_comes_back_bit_for_bit(content):
    assert carried_in(_small(content), ".pptx") == content


def _small(content):
    return slides_bytes([compare_figure(samples.comparison({"dgx-a100:8": 29.0}), samples.scenario())], content)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_the_same_figures_are_the_same_bytes(figure, scaled, theme):
    once = slides_bytes([figure, scaled], CONTENT, theme, day=date(2026, 11, 30))
    assert once == slides_bytes([figure, scaled], CONTENT, theme, day=date(2026, 11, 30))


def test_that_libreoffice_shows_every_slide(deck, tmp_path):
    figures, data = deck
    path = tmp_path / "deck.pptx"
    path.write_bytes(data)
    shown = pages(converted(path, "pdf", tmp_path))
    for figure, page in zip(figures, shown[: len(figures)], strict=True):
        assert figure.headline.text.split(" · ")[0][:40] in page
    for text in ("IPU-POD16 (16 IPUs)", "28.4", "28.33", "Time to train (min)", "projection with 80 % interval"):
        assert text.replace("28.4", "28.2") in shown[0]
    assert "dashed beyond the data" in shown[1] and "official result in minutes" in shown[1]


def test_that_libreoffice_opens_a_deck_of_harmful_names(tmp_path):
    comparison = samples.comparison({"ipu-pod:16": 28.0, "dgx-a100:8": 29.0}, name="".join(HARMFUL))
    path = tmp_path / "harmful.pptx"
    path.write_bytes(slides_bytes([compare_figure(comparison, samples.scenario())], CONTENT))
    shown, *_ = pages(converted(path, "pdf", tmp_path))
    assert "HYPERLINK" in shown and "28.33" in shown


def test_that_a_deck_of_many_systems_keeps_its_numbers_in_the_notes():
    keys = [f"ipu-pod:{chips}" for chips in range(16, 57)]
    figure = compare_figure(samples.comparison(dict.fromkeys(keys, 20.0), reference=keys[0]), samples.scenario())
    slide, *_ = slides(slides_bytes([figure]))
    notes = slide.notes_slide.notes_text_frame.text
    assert len(next(shape.table for shape in slide.shapes if shape.has_table).rows) - 1 > 10
    assert re.search(r"ipu-pod:56 \(56 chips\) \| *\| 20.0", notes)
    assert re.search(r"\d+ of 41 rows are shown\.", "\n".join(texts(slide)))


def test_that_an_unwritable_place_is_refused_and_left_clean(figure, tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        write_slides(tmp_path / "missing" / "deck.pptx", [figure])
    assert list(tmp_path.iterdir()) == []
    assert write_slides(tmp_path / "deck.pptx", [figure], CONTENT) == (tmp_path / "deck.pptx",)


@pytest.mark.parametrize("count", [0, 51])
def test_that_a_deck_of_nothing_or_of_too_much_is_refused(figure, count):
    with pytest.raises(InputError, match="1 to 50 figures"):
        slides_bytes([figure] * count)


WORDS = st.text(st.sampled_from("ab W.i中 \U0001f600"), max_size=400)


@given(st.lists(WORDS, max_size=6), st.floats(60.0, 900.0), st.floats(12.0, 120.0))
def test_that_fitted_texts_have_room_and_are_cut_only_where_they_have_none(given_texts, width, height):
    sizes = (20.0, 12.0, 7.0)
    found = fitted(given_texts, width, height, sizes)
    lines = [line for text in found.paragraphs for line in lines_of(text, found.size, width)]
    assert LINE * found.size * len(lines) <= max(height, LINE * sizes[-1]) + 1e-6
    for line in lines:
        assert width_of(line, found.size) <= width + 1e-6
    if found.whole:
        assert "".join(found.paragraphs).replace(" ", "") == "".join(given_texts).replace(" ", "")
    else:
        assert found.size == sizes[-1]


@given(WORDS, st.floats(20.0, 300.0))
def test_that_a_cut_text_is_no_wider_than_its_place(text, width):
    found = cut(text, 9.0, width)
    assert found == text or (found.endswith("…") and width_of(found, 9.0) <= width)


def test_that_a_caption_says_whose_time_is_the_shortest_where_the_title_speaks_of_others():
    times = {"ipu-pod:16": 28.0, "dgx-a100:8": 29.0, "ipu-pod:64": 8.6, "dgx-a100:64": 4.5}
    figure = compare_figure(samples.comparison(times, reference="dgx-a100:8"), samples.scenario())
    (slide, *_) = slides(slides_bytes([figure]))
    told = " ".join(" ".join(texts(slide)).split())
    assert "Shortest projected time: 8 × DGX A100 (64 GPUs), 4.50 min." in told
    few = compare_figure(samples.comparison(dict(list(times.items())[:3])), samples.scenario())
    assert "Shortest" not in " ".join(texts(slides(slides_bytes([few]))[0]))


def test_that_idle_chips_stand_in_a_row_of_a_slide_and_parts_of_a_paragraph_are_whole(figure):
    first, *others = figure.table.rows
    idle = replace(figure.table, rows=((replace(first[0], short="IPU-POD16 (uses 8 of 16 IPUs)"), *first[1:]), *others))
    (slide, *_) = slides(slides_bytes([replace(figure, table=idle)]))
    assert "IPU-POD16 (uses 8 of 16 IPUs)" in texts(slide)
    address = "https://example.org/" + "a" * 400
    long = Footnote("[1] " + "; ".join(f"entry {number} {address}" for number in range(60)))
    sources = slides(slides_bytes([replace(figure, footnotes=(long, *figure.footnotes[-2:]))]))[1:]
    assert len(sources) > 1
    told = [text for each in sources for text in texts(each)]
    assert sum(text.count(address) for text in told) == 60  # no blank is put into an address
