"""What a chart's elements say on hover: values in the unit of the axis, official results as published."""

import pytest

from ipuwhatif.analysis.breakdown import breakdown
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import Axis, Tick
from ipuwhatif.figures.breakdown.breakdown import breakdown_figure
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.tips import point_tips, reading_tip, tip_of, told, value_text
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.scenario import FIRST_START
from tests.figures import samples


@pytest.fixture(scope="module")
def figure():
    """Compare as the program starts."""
    return compare_figure(samples.comparison(), samples.scenario())


@pytest.fixture(scope="module")
def scaled_with_ghost():
    """A scaling chart with a baseline apart from its line."""
    curve = samples.curve()
    slower = tuple(1.3 * value for value in curve.median)
    return scaling_figure(samples.scaling(replace(curve, baseline_median=slower)), samples.scenario()).chart


def whys(figure):
    return {why.key: why for why in figure.why}


@pytest.mark.parametrize(
    ("per_unit", "unit", "value", "text"),
    [
        (60.0, "min", 1699.0, "28.3 min"),
        (60.0, "min", 3.0, "0.0500 min"),
        (1.0, "%", -16.23, "−16.2 %"),
        (1e12, "TFLOP/s", 8.06e13, "80.6 TFLOP/s"),
        (1.0, "", 1536.0, "1,536"),
        (1.0, "", 0.95, "0.950"),
        (0.0, "", 0.95, ""),
    ],
)
def test_that_a_value_is_said_in_the_unit_that_the_ticks_print(per_unit, unit, value, text):
    axis = Axis("Time to train", "linear", 0.0, 10.0, (Tick(1.0, "1"),), per_unit, unit)
    assert value_text(axis, value) == text


def test_that_an_interval_says_its_system_median_and_ends(figure):
    tip = told(tip_of(figure.chart, figure.chart.intervals[0], {}))
    cells = [cell.text for cell in figure.table.rows[0]]
    low, high = cells[3].split(" – ")
    assert tip == f"IPU-POD16 (16 IPUs), projection with 80 % interval: {cells[2]} min ({low} min – {high} min)"


def test_that_a_ghost_is_told_from_what_stands_before_it():
    chart = compare_figure(samples.with_lever(samples.comparison()), samples.scenario()).chart
    tips = [told(tip_of(chart, each, {})) for each in chart.intervals]
    assert len(set(tips)) == len(tips)
    assert sum("baseline: no lever moved" in tip for tip in tips) == 3


def test_that_an_official_result_is_said_as_published(figure):
    tips = [told(tip_of(figure.chart, mark, whys(figure))) for mark in figure.chart.marks]
    assert tips[0] == "IPU-POD16 (16 IPUs): 28.33 min"
    assert tips[3] == "DGX A100 (8 GPUs): 29.15 min"


def test_that_what_the_user_measured_is_not_told_as_the_projection():
    asked = samples.scenario().with_measurement("ipu-pod:16", Measurement(TIME, 31.0 * 60))
    figure = compare_figure(samples.comparison(), asked)
    tip = told(tip_of(figure.chart, figure.chart.marks[0], whys(figure)))
    assert tip == "IPU-POD16 (16 IPUs), your own measurement: 31.0 min"


def test_that_a_bar_says_its_row_its_part_and_its_length():
    figure = breakdown_figure(breakdown(load_world(), FIRST_START, draws=4))
    tips = [told(tip_of(figure.chart, bar, {})) for bar in figure.chart.bars]
    part, row = figure.table.rows[0][0].text, figure.chart.y_axis.ticks[0].text
    assert f"{row}, {part}: {figure.table.rows[0][1].text} min" in tips
    assert len(set(tips)) == len(tips)


def test_that_a_curve_says_each_point_with_its_interval_and_what_it_rests_on():
    figure = scaling_figure(samples.scaling(samples.curve()), samples.scenario())
    tips = {each.x: reading_tip(figure.chart, each) for each in figure.chart.readings}
    for row in figure.table.rows:
        tip, (low, high) = tips[row[1].number], row[3].text.split(" – ")
        assert told(tip) == f"IPU-POD, Chips {row[1].text}: {row[2].text} min ({low} min – {high} min)"
        assert tip.basis == ("" if row[-1].text == "inside the data" else row[-1].text)
    line = next(each for each in figure.chart.lines if len(each.x) >= 3)
    assert point_tips(figure.chart, line, whys(figure)) == ()
    assert told(tip_of(figure.chart, line, whys(figure))).startswith("IPU-POD: ")


def test_that_a_curve_without_readings_says_its_points_on_the_axes(scaled_with_ghost):
    bare = replace(scaled_with_ghost, readings=())
    ghost = next(line for line in bare.lines if line.style == "ghost")
    tips = [told(tip) for tip in point_tips(bare, ghost, {})]
    assert len(tips) == len(ghost.x) and all(tip.startswith("baseline") for tip in tips)
    assert told(tip_of(bare, ghost, {})).startswith("baseline")
    assert point_tips(bare, replace(ghost, x=(16.0, 32.0), y=(60.0, 30.0)), {}) == ()


def test_that_a_baseline_is_read_off_beside_its_curve(scaled_with_ghost):
    names = {each.name for each in scaled_with_ghost.readings}
    assert any("no lever moved" in name for name in names) and len(names) > 1


def test_that_what_is_not_explained_is_said_by_its_axes(figure):
    tip = told(tip_of(figure.chart, figure.chart.marks[0], {}))
    assert tip == "IPU-POD16 (16 IPUs): 28.3 min"
