"""Tornado, waterfall, results and ribbon as charts of Office: numbers as drawn, and words at their bars."""

import io
import math
from itertools import pairwise

import pytest
from pptx import Presentation
from xlsxwriter import Workbook

from ipuwhatif.analysis.attribution.attribution import attribute_official, find_entry
from ipuwhatif.analysis.evidence import evidence
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.suite_results import Wanted, suite_results
from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity, with_second
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import BAR, CROSSING, GHOST, OFFICIAL, PAIR, Mark
from ipuwhatif.export.office.look import own_look
from ipuwhatif.export.office.native.native import native_chart
from ipuwhatif.export.office.native.native_series import (
    BASE,
    HELPERS,
    LANE,
    NOWHERE,
    POINTS,
    REACH,
    STACK,
    STROKE,
    TORNADO,
)
from ipuwhatif.export.office.slides import write_slides
from ipuwhatif.export.office.workbook.workbook import workbook_bytes
from ipuwhatif.export.office.workbook.workbook_cells import Formats, write_numbers
from ipuwhatif.export.office.workbook.workbook_chart import draw_chart
from ipuwhatif.export.office.workbook.workbook_layout import laid_out
from ipuwhatif.figures.attribution.attribution import attribution_figure
from ipuwhatif.figures.evidence.evidence import evidence_figure
from ipuwhatif.figures.evidence.suite_results import suite_results_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from tests.export.office_files import cells, converted, pages

WORLD = load_world()
SCENARIO = FIRST_START
ENTRIES = [f"{each}/Graphcore/ipu-pod64-TF1/resnet/closed" for each in ("v1.0", "v1.1")]


@pytest.fixture(scope="module")
def tornado():
    return sensitivity_figure(sensitivity(WORLD, SCENARIO, SystemChoice("ipu-pod", 64)))


@pytest.fixture(scope="module")
def waterfall():
    answer = attribute_official(*(find_entry(WORLD.catalog, key) for key in ENTRIES))
    return attribution_figure(answer, WORLD.catalog)


@pytest.fixture(scope="module")
def results():
    return evidence_figure(evidence(WORLD, SCENARIO), SCENARIO, WORLD.catalog)


@pytest.fixture(scope="module")
def suite():
    wanted = Wanted(benchmarks=("llama2_70b_lora",), chips=("H200", "B200"), least=8, most=64)
    return suite_results_figure(suite_results(wanted), True)


@pytest.fixture(scope="module")
def curves():
    return scaling_figure(scaling(WORLD, SCENARIO, 16, 1024), SCENARIO)


def test_that_a_tornado_has_every_bar_with_its_words(tornado):
    native = native_chart(tornado)
    assert native.shape == TORNADO and native.head == "Lever or assumption"
    ends = sorted(value for each in native.series if each.style == BAR for value in each.values if value is not None)
    assert ends == pytest.approx(sorted(bar.end for bar in tornado.chart.bars), rel=5e-3)
    assert all(native.values.low <= end <= native.values.high for end in ends)
    said = " ".join(text for series in native.series for text in series.texts)
    for label in tornado.chart.labels:
        assert label.text in said


def test_that_of_two_bars_on_one_side_the_shorter_is_drawn_over_the_longer(tornado):
    native = native_chart(tornado)
    for row in range(len(native.categories)):
        side = [each.values[row] for each in native.series if each.style == BAR and each.values[row] is not None]
        if len(side) == 2 and side[0] * side[1] > 0:
            assert abs(side[0]) >= abs(side[1])


def test_that_a_second_scenario_is_outlines_at_the_ends_of_its_bars():
    answered = sensitivity(WORLD, SCENARIO, SystemChoice("ipu-pod", 64))
    faster = sensitivity(WORLD, SCENARIO.with_lever("ipu.compute_gain", 1.3), SystemChoice("ipu-pod", 64))
    figure = sensitivity_figure(with_second(answered, "A", faster, "B"))
    native = native_chart(figure)
    low, high = [series for series in native.series if series.style == GHOST]
    brackets = [line for line in figure.chart.lines if line.style == GHOST]
    assert [value for value in low.values if value is not None] == pytest.approx([b.x[0] for b in brackets], rel=5e-3)
    assert [value for value in high.values if value is not None] == pytest.approx([b.x[-1] for b in brackets], rel=5e-3)
    assert low.dashed and high.dashed
    assert (low.name, high.name) == ("scenario B, low", "scenario B, high")


def test_that_of_two_bars_on_one_side_each_has_its_words_on_a_side_of_the_middle(tornado):
    label = min(tornado.chart.labels, key=lambda each: each.y)
    row, right = round(label.y), [each for each in tornado.chart.bars if round(each.row) == round(label.y)]
    far, near = max(bar.end for bar in right), 3.0
    bars = [replace(bar, end=near) if bar in right and bar.end < 0.0 else bar for bar in tornado.chart.bars]
    words = (replace(label, x=far, text="far", anchor="left"), replace(label, x=0.0, text="near", anchor="right"))
    labels = (*words, *(each for each in tornado.chart.labels if round(each.y) != row))
    native = native_chart(replace(tornado, chart=replace(tornado.chart, bars=tuple(bars), labels=labels)))
    told = {series.texts[row]: series for series in native.series if series.texts[row]}
    assert set(told) == {"far", "near"}
    assert told["far"].values[row] == pytest.approx(far, rel=5e-3)
    assert -0.01 < told["near"].values[row] < 0.0 and told["near"].style == BASE and not told["near"].listed
    left_out = [place for place, series in enumerate(native.series) if not series.listed]
    assert left_out == [(len(native.series) - 1) / 2]  # counted from either end


def test_that_a_waterfall_stands_on_bases_and_ends_at_the_time_after(waterfall):
    native = native_chart(waterfall)
    assert native.shape == STACK
    base, *pieces = native.series
    assert base.style == BASE
    tops = [
        base.values[row] + sum(series.values[row] or 0.0 for series in pieces) for row in range(len(native.categories))
    ]
    minutes = [max(bar.start, bar.end) / 60.0 for bar in sorted(waterfall.chart.bars, key=lambda bar: bar.row)]
    assert tops == pytest.approx(minutes)
    said = {text for series in native.series for text in series.texts if text}
    assert said == {label.text for label in waterfall.chart.labels}


def test_that_words_of_a_waterfall_stand_where_they_have_room(waterfall):
    """Short pieces near zero have theirs behind them: at the end of their base they would lie on the names."""
    chart, native = waterfall.chart, native_chart(waterfall)
    behind = [series for series in native.series if series.beside == "inside_base"]
    whole = chart.x_axis.high / 60.0
    for series in native.series:
        for row, text in enumerate(series.texts):
            if (text and series.style == BASE and series not in behind) or (text and series not in behind):
                assert series.values[row] >= 0.12 * whole
    near = [replace(bar, start=bar.start * 0.01, end=bar.end * 0.01) if 0 < bar.row < 4 else bar for bar in chart.bars]
    (short,) = [
        series
        for series in native_chart(replace(waterfall, chart=replace(chart, bars=tuple(near)))).series
        if series.beside == "inside_base"
    ]
    assert [row for row, text in enumerate(short.texts) if text] == [1, 2, 3]


def test_that_a_change_through_less_than_nothing_is_drawn_as_pieces(waterfall):
    axis = replace(waterfall.chart.x_axis, low=-600.0)
    native = native_chart(replace(waterfall, chart=replace(waterfall.chart, x_axis=axis)))
    pieces = [series for series in native.series if series.style == STROKE]
    ends = sorted(x for series in pieces for x, y in zip(series.x, series.values, strict=True) if y is not None)
    assert ends == pytest.approx(
        sorted(end / 60.0 for bar in waterfall.chart.bars for end in (bar.start, bar.end)), rel=1e-5
    )


def test_that_every_result_is_a_point_at_its_chips_with_a_whisker_to_the_model(results):
    native = native_chart(results)
    shown = [series for series in native.series if series.style not in HELPERS]
    assert native.shape == POINTS and {series.style for series in shown} == {PAIR}
    assert sum(len(series.values) for series in shown) == len(results.chart.marks)
    chips = {row[0].key: row[3].number for row in results.table.rows}
    assert sorted(x for series in shown for x in series.x) == sorted(chips[mark.key] for mark in results.chart.marks)
    modelled = [series for series in shown if series.low]
    assert len(modelled) == len(shown) - 1  # what is not in the catalog has no model
    for series in modelled:
        for low, value, high in zip(series.low, series.values, series.high, strict=True):
            assert low <= value <= high
    assert native.x_axis.base == 2


def test_that_results_of_one_chip_count_stand_side_by_side_and_the_shortest_says_its_time(suite):
    native = native_chart(suite)
    shown = [series for series in native.series if series.style not in HELPERS]
    places = {mark.key: mark.x for mark in suite.chart.marks}
    assert sorted(x for series in shown for x in series.x) == sorted(places.values())
    assert native.x_axis.title.endswith("; results of one count side by side")
    chips = [column.title for column in suite.table.columns].index("Chips")
    counts = {row[0].key: row[chips].number for row in suite.table.rows}
    best = {}
    for mark in suite.chart.marks:
        at = mark.tint.variety, counts[mark.key]
        best[at] = min(mark.y, best.get(at, mark.y))
    told = sorted(float(text) for series in shown for text in series.texts if text)
    assert told == pytest.approx(sorted(seconds / 60.0 for seconds in best.values()), abs=6e-4)
    assert 1 < len(told) < len(suite.chart.marks)
    lowest = min(value for series in shown for value in series.values if value is not None)
    assert native.values.low <= lowest / 1.25


def test_that_no_chart_has_so_many_cells_that_nobody_can_use_it(results):
    many = replace(results.chart, marks=results.chart.marks * 20)
    assert native_chart(replace(results, chart=many)) is None


def test_that_systems_whose_time_goes_on_one_part_share_a_lane(curves):
    one = replace(curves.chart.strips[0], x0=4.0, x1=1024.0)
    again = replace(one, lane=one.lane + 1, key="binding/other/4")
    native = native_chart(replace(curves, chart=replace(curves.chart, strips=(one, again))))
    assert len([series for series in native.series if series.style == LANE]) == 1


def test_that_the_lanes_of_a_low_plot_do_not_touch(curves):
    native = native_chart(curves)
    workbook = Workbook(io.BytesIO())
    written = write_numbers(workbook.add_worksheet("Data"), native, (0, 0), Formats(workbook))
    widths = []
    for height in (150.0, 600.0):
        drawn = draw_chart(workbook, "Data", native, written, own_look("light"), 9.0, room=(600.0, height))
        widths.append(max(each["line"]["width"] for each in drawn.series if each["line"].get("width")))
    lower, upper = sorted({each.values[0] for each in native.series if each.style in (LANE, REACH)})[:2]
    step = math.log(upper / lower) / math.log(native.values.high / native.values.low)
    plot = laid_out(native, 600.0, 150.0, 9.0, False).plot["height"] * 150.0
    assert widths[0] < step * plot and widths[0] < widths[1]


def test_that_a_mark_where_two_curves_cross_names_them(curves):
    first, second = (band.key.partition("/")[2] for band in curves.chart.bands[:2])
    mark = Mark(64.0, 600.0, NEUTRAL, CROSSING, f"crossing/{first}/{second}/64")
    native = native_chart(replace(curves, chart=replace(curves.chart, marks=(mark,))))
    names = [series.name for series in native.series if series.style == CROSSING]
    assert len(names) == 1 and names[0].endswith(": IPU-POD and DGX A100")


def test_that_a_scaling_chart_keeps_its_ribbon_and_where_the_evidence_reaches(curves):
    native = native_chart(curves)
    lanes = [series for series in native.series if series.style == LANE]
    reached = [series for series in native.series if series.style == REACH]
    assert [series.name for series in lanes] == [strip.tip for strip in curves.chart.strips]
    ends = [end for strip in curves.chart.strips for end in (strip.x0, strip.x1)]
    assert [end for series in lanes for end in series.x] == pytest.approx(ends, rel=5e-3)
    assert {series.x for series in reached} == {(zone.x0, zone.x1) for zone in curves.chart.zones}
    least = min(
        value
        for series in native.series
        if series.style not in (LANE, REACH, *HELPERS)
        for value in series.values
        if value
    )
    heights = sorted({series.values[0] for series in (*lanes, *reached)})
    assert native.values.low < heights[0] and heights[-1] < least
    gaps = [math.log(upper / lower) for lower, upper in pairwise(heights)]
    assert min(gaps) > 0.04 * math.log(native.values.high / native.values.low)


def test_that_numbers_of_results_do_not_lie_on_each_other(curves):
    first, *others = [mark for mark in curves.chart.marks if mark.style == OFFICIAL]
    beside = replace(first, y=1.02 * first.y, key="another")
    chart = replace(curves.chart, marks=(first, beside, *others))
    series = [each for each in native_chart(replace(curves, chart=chart)).series if each.style == OFFICIAL]
    assert [each.unlabelled for each in series] == [(1,), ()]


def test_that_so_many_curves_have_no_numbers_between_them(curves):
    chart = curves.chart
    native = native_chart(replace(curves, chart=replace(chart, bands=chart.bands * 3)))
    assert {each.beside for each in native.series if each.style == OFFICIAL} == {NOWHERE}


def test_that_numbers_of_results_do_not_lie_on_those_of_the_axis(curves):
    axis = native_chart(curves).x_axis
    assert min(mark.x for mark in curves.chart.marks) >= 1.3 * axis.low


def test_that_libreoffice_shows_the_words_of_native_changes(tornado, waterfall, curves, tmp_path):
    path = tmp_path / "deck.pptx"
    write_slides(path, [tornado, waterfall, curves])
    assert not any(shape.shape_type == 13 for slide in Presentation(str(path)).slides for shape in slide.shapes)
    first, second, third, *_ = pages(converted(path, "pdf", tmp_path))
    for page, words in (
        (first, ("Compute gain", "1.30 ×", "lever raised")),
        (second, ("before: v1.0", "14.48 min", "−2.36 min")),
        (third, ("most time on IPU-POD: Arithmetic", "sizes with results: IPU-POD")),
    ):
        for text in words:
            assert text in page


def test_that_a_workbook_has_them_as_charts_too(tornado, waterfall):
    held = set(cells(workbook_bytes([tornado, waterfall]), 2).values())
    assert {"Lever or assumption", "Compute gain", "lever raised"} <= held
