"""What a chart's elements say on hover: values in the unit of the axis, official results as published."""

from dataclasses import replace

import pytest

from ipuwhatif.analysis.breakdown import breakdown
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import Axis, Tick
from ipuwhatif.export.html.page_tips import bar_tip, interval_tip, line_tip, mark_tip, point_tips, value_text
from ipuwhatif.figures.breakdown.breakdown import breakdown_figure
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.scenario import FIRST_START
from tests.figures import samples


def axis(title, *ticks, scale="linear"):
    return Axis(title, scale, 0.0, 10.0, tuple(Tick(value, text) for value, text in ticks))


def whys(figure):
    return {why.key: why for why in figure.why}


@pytest.mark.parametrize(
    ("title", "ticks", "value", "text"),
    [
        ("Time to train (min)", ((0.0, "0"), (600.0, "10"), (60_000.0, "1,000")), 1699.0, "28.3 min"),
        ("Time to train (min), logarithmic", ((30.0, "0.5"), (60.0, "1")), 3.0, "0.0500 min"),
        ("Change of time to train (%)", ((-20.0, "−20"), (0.0, "0"), (20.0, "+20")), -16.23, "−16.2 %"),
        ("Rate of a chip (TFLOP/s)", ((5e13, "50"), (1e14, "100")), 8.06e13, "80.6 TFLOP/s"),
        ("Chips", ((8.0, "8"), (16.0, "16")), 1536.0, "1,536"),
        ("Error, logarithmic", ((0.9, "−10 %"), (1.0, "exact"), (1.1, "+10 %")), 0.95, ""),
        ("Mixed", ((1.0, "1"), (2.0, "3")), 2.0, ""),
        ("", (), 2.0, ""),
    ],
)
def test_that_a_value_is_said_in_the_unit_that_the_ticks_print(title, ticks, value, text):
    assert value_text(axis(title, *ticks), value) == text


def test_that_an_interval_says_its_system_median_and_ends(figure):
    tip = interval_tip(figure.chart, figure.chart.intervals[0])
    cells = [cell.text for cell in figure.table.rows[0]]
    low, high = cells[3].split(" – ")
    assert tip == f"IPU-POD16 (16 IPUs), projection with 80 % interval: {cells[2]} min ({low} min – {high} min)"


def test_that_a_ghost_is_told_from_what_stands_before_it():
    chart = compare_figure(samples.with_lever(samples.comparison()), samples.scenario()).chart
    tips = [interval_tip(chart, each) for each in chart.intervals]
    assert len(set(tips)) == len(tips)
    assert sum("baseline: no lever moved" in tip for tip in tips) == 3


def test_that_an_official_result_is_said_as_published(figure):
    tips = [mark_tip(figure.chart, mark, whys(figure)) for mark in figure.chart.marks]
    assert tips[0] == "IPU-POD16 (16 IPUs): 28.33 min"
    assert tips[3] == "DGX A100 (8 GPUs): 29.15 min"


def test_that_what_the_user_measured_is_not_told_as_the_projection():
    asked = samples.scenario().with_measurement("ipu-pod:16", Measurement(TIME, 31.0 * 60))
    figure = compare_figure(samples.comparison(), asked)
    tip = mark_tip(figure.chart, figure.chart.marks[0], whys(figure))
    assert tip == "IPU-POD16 (16 IPUs), your own measurement: 31.0 min"


def test_that_a_bar_says_its_row_its_part_and_its_length():
    figure = breakdown_figure(breakdown(load_world(), FIRST_START, draws=4))
    tips = [bar_tip(figure.chart, bar) for bar in figure.chart.bars]
    part, row = figure.table.rows[0][0].text, figure.chart.y_axis.ticks[0].text
    assert f"{row}, {part}: {figure.table.rows[0][1].text} min" in tips
    assert len(set(tips)) == len(tips)


def test_that_a_curve_says_each_point_with_its_interval():
    figure = scaling_figure(samples.scaling(samples.curve()), samples.scenario())
    line = next(each for each in figure.chart.lines if len(each.x) >= 3 and not each.dashed)
    tips = point_tips(figure.chart, line, whys(figure))
    row = next(row for row in figure.table.rows if row[1].number == line.x[0])
    low, high = row[3].text.split(" – ")
    assert tips[0] == f"IPU-POD, Chips {line.x[0]:.0f}: {row[2].text} min ({low} min – {high} min)"
    assert line_tip(figure.chart, line, whys(figure)).startswith("IPU-POD: ")


def test_that_a_baseline_says_that_it_is_one(scaled_with_ghost):
    ghost = next(line for line in scaled_with_ghost.lines if line.style == "ghost")
    tips = point_tips(scaled_with_ghost, ghost, {})
    assert len(tips) == len(ghost.x) and all(tip.startswith("baseline") for tip in tips)
    assert line_tip(scaled_with_ghost, ghost, {}).startswith("baseline")


def test_that_the_two_ends_of_a_stroke_are_no_points(scaled_with_ghost):
    line = replace(scaled_with_ghost.lines[0], x=(16.0, 32.0), y=(60.0, 30.0))
    assert point_tips(scaled_with_ghost, line, {}) == ()


def test_that_what_is_not_explained_is_said_by_its_axes(figure):
    tip = mark_tip(figure.chart, figure.chart.marks[0], {})
    assert tip == "IPU-POD16 (16 IPUs): 28.3 min"
