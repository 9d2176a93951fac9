"""Figures as series for Office: printed digits, official results apart, parts that add up, axes that hold them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.calibration.record import load_record
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.palette import NEUTRAL
from ipuwhatif.charts.spec import ASSUMED, DIFFERENCE, GHOST, OFFICIAL, OWN, PAIR, PROJECTED, TARGET, Line
from ipuwhatif.export.office.native.native import native_chart
from ipuwhatif.export.office.native.native_series import (
    BARS,
    DOTS,
    EDGE,
    GRID,
    NAMES,
    POINTS,
    STACK,
    UNDER_AXIS,
    WHISKER,
    axis_unit,
    number_format,
)
from ipuwhatif.export.office.native.native_ticks import thinned
from ipuwhatif.figures.cells import printed
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.track_record.track_record import FIRST_SHOWN, track_record_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.units import format_number
from tests.export.office_files import breakdown
from tests.figures import samples


def of_style(native, style):
    return [series for series in native.series if series.style == style]


@pytest.fixture(scope="module")
def record():
    catalog = load_catalog()
    return next(each for each in load_record(catalog) if each.key == FIRST_SHOWN), catalog


def test_that_compare_has_the_medians_and_ends_of_its_table(figure):
    native = native_chart(figure)
    (projected,) = of_style(native, PROJECTED)
    assert native.shape == BARS
    assert native.categories == tuple(row[0].text for row in figure.table.rows)
    assert projected.values == tuple(row[2].number for row in figure.table.rows)
    assert tuple(zip(projected.low, projected.high, strict=True)) == tuple(row[3].ends for row in figure.table.rows)
    assert native.values.title == figure.chart.x_axis.title


def test_that_official_results_are_a_series_of_their_own_as_published(figure):
    (official,) = of_style(native_chart(figure), OFFICIAL)
    assert official.values == tuple(row[1].number for row in figure.table.rows)
    assert official.values[:2] == (28.33, 8.5)
    assert official.low == () and official.name.startswith("official result in minutes: MLPerf® Training v1.1")


def test_that_hidden_official_results_are_nowhere():
    figure = compare_figure(samples.comparison(), samples.scenario(show_official=False))
    assert of_style(native_chart(figure), OFFICIAL) == []


def test_that_official_scores_stand_on_an_axis_of_their_minutes_beside_long_projections():
    figure = compare_figure(samples.comparison({"ipu-pod:16": 3000.0, "dgx-a100:8": 2000.0}), samples.scenario())
    axis = replace(figure.chart.x_axis, scale="linear")
    (official,) = of_style(native_chart(replace(figure, chart=replace(figure.chart, x_axis=axis))), OFFICIAL)
    assert axis_unit(figure.chart.x_axis) == 60.0 and official.texts == ()
    assert official.values == (28.33, 29.15)


def test_that_what_the_user_measured_is_a_series_of_its_own():
    asked = samples.scenario().with_measurement("ipu-pod:16", Measurement(TIME, 31.0 * 60))
    (own,) = of_style(native_chart(compare_figure(samples.comparison(), asked)), OWN)
    assert own.name == "your own measurement"
    assert [value for value in own.values if value is not None] == [31.0]


def test_that_baselines_stand_beside_moved_projections_and_are_blank_elsewhere():
    figure = compare_figure(samples.with_lever(samples.comparison()), samples.scenario())
    native = native_chart(figure)
    (ghost,), (now,) = of_style(native, GHOST), of_style(native, PROJECTED)
    assert ghost.values == (28.2, 8.57, 3.81, None, None)
    assert now.values == (21.7, 6.59, 2.93, 29.0, 4.55)
    assert of_style(native, ASSUMED) == []


@pytest.mark.parametrize("share", [False, True])
def test_that_the_parts_of_a_breakdown_add_up_to_the_whole(share):
    native = native_chart(breakdown(samples.comparison(), share))
    assert native.shape == STACK
    totals = [sum(values) for values in zip(*(series.values for series in native.series), strict=True)]
    wholes = [100.0] * 5 if share else list(samples.FIRST_TIMES.values())
    assert totals == pytest.approx(wholes, rel=1e-8)
    assert [series.name for series in native.series] == ["Arithmetic", "Memory", "All-reduce", "Evaluation", "Start-up"]


def test_that_a_curve_is_solid_inside_the_data_and_dashed_beyond_it():
    native = native_chart(scaling_figure(samples.scaling(samples.curve()), samples.scenario()))
    solid, dashed = of_style(native, PROJECTED)
    assert (solid.name, solid.dashed) == ("IPU-POD", False)
    assert (dashed.name, dashed.dashed) == ("IPU-POD, beyond the data", True)
    known = [value is not None for value in solid.values]
    assert known == [count <= 256 for count in solid.x]
    assert [value is not None for value in dashed.values] == [count >= 256 for count in dashed.x]


def test_that_scaling_has_its_band_as_two_lines_and_official_results_as_points(scaled_with_ghost):
    figure = scaling_figure(samples.scaling(), samples.scenario(target_s=600.0))
    native = native_chart(figure)
    assert native.shape == POINTS
    edges = of_style(native, EDGE)
    assert len(edges) == 4 and not any(series.listed for series in edges)
    assert edges[0].values == tuple(printed(format_number(low / 60.0, 3)) for low in figure.chart.bands[0].low)
    points = {(x, y) for series in of_style(native, OFFICIAL) for x, y in zip(series.x, series.values, strict=True)}
    assert points == {(mark.x, round(mark.y / 60.0, 2)) for mark in figure.chart.marks if mark.style == OFFICIAL}
    assert [series.listed for series in of_style(native, OFFICIAL)] == [True, False]
    (target,) = of_style(native, TARGET)
    assert target.values == (10.0,) * 3 and target.texts == ("", "target 10 min", "")
    assert (target.x[0], target.x[-1]) == (native.x_axis.low, native.x_axis.high)


def test_that_a_track_record_is_predicted_against_official_by_family(record):
    protocol, catalog = record
    native = native_chart(track_record_figure(protocol, catalog))
    pairs = of_style(native, PAIR)
    assert sum(len(series.values) for series in pairs) == len(protocol.answers)
    scores = sorted(round(answer.entry.score_s / 60.0, 2) for answer in protocol.answers)
    assert sorted(x for series in pairs for x in series.x) == scores
    for series in pairs:
        for low, middle, high in zip(series.low, series.values, series.high, strict=True):
            assert low <= middle <= high
    (equal,) = of_style(native, GHOST)
    assert equal.x == equal.values


def test_that_what_has_nothing_to_draw_has_no_series(figure):
    assert native_chart(replace(figure, chart=replace(figure.chart, intervals=()))) is None


def test_that_the_ticks_of_a_log_axis_are_those_of_the_chart_as_series():
    times = {"ipu-pod:16": 28.0, "ipu-pod:64": 8.5, "dgx-a100:8": 400.0}
    figure = compare_figure(samples.comparison(times), samples.scenario())
    native = native_chart(figure)
    axis = native.values
    inside = [tick for tick in figure.chart.x_axis.ticks if axis.low <= tick.value / 60.0 <= axis.high]
    (texts,), (lines,) = of_style(native, UNDER_AXIS), of_style(native, GRID)
    assert texts.texts == tuple(tick.text for tick in inside) and len(inside) > 3
    assert texts.values == pytest.approx([tick.value / 60.0 for tick in inside])
    assert list(texts.x) == pytest.approx([0.5] * len(inside), rel=1e-3)
    assert [value for value in lines.values if value is not None][::2] == pytest.approx(texts.values)
    assert native.series[0] is lines and len(lines.values) == max(len(each.values) for each in native.series)
    assert axis.base == 10


def test_that_chips_count_in_doublings():
    native = native_chart(scaling_figure(samples.scaling(), samples.scenario()))
    (texts,) = of_style(native, UNDER_AXIS)
    assert (native.x_axis.base, native.values.base) == (2, 10)
    assert texts.x[0] == 8.0 and [after / before for before, after in pairwise(texts.x)] == [2.0] * (len(texts.x) - 1)


def test_that_a_narrow_log_axis_has_two_ticks_at_least():
    figure = compare_figure(samples.comparison({"ipu-pod:16": 28.0, "dgx-a100:8": 28.1}), samples.scenario())
    axis = log_axis("Time (min)", 1600.0, 1800.0, 60.0, "min")
    narrow = replace(
        figure.chart,
        x_axis=axis,
        intervals=tuple(replace(i, low=i.median, high=i.median) for i in figure.chart.intervals),
    )
    assert len(native_chart(replace(figure, chart=narrow)).values.ticks) >= 2


def test_that_many_ticks_are_thinned_to_those_that_have_room():
    tens = [(factor * 10.0**power, "") for power in range(5) for factor in (1.0, 2.0, 5.0)]
    assert [value for value, _ in thinned(tens, 8)] == [1.0, 10.0, 100.0, 1000.0, 10000.0]
    doublings = [(2.0**power, "") for power in range(14)]
    assert [value for value, _ in thinned(doublings, 8)] == [2.0**power for power in range(0, 14, 2)]
    assert thinned(tens[:8], 8) == tens[:8]


def test_that_a_log_axis_has_dots_in_rows_and_no_bars():
    """The length of a bar on a log axis is that of nothing."""
    times = {"ipu-pod:16": 28.0, "ipu-pod:64": 8.5, "dgx-a100:8": 400.0}
    figure = compare_figure(samples.comparison(times), samples.scenario())
    native = native_chart(figure)
    assert native.shape == DOTS
    dots, whiskers = of_style(native, PROJECTED), of_style(native, WHISKER)
    numbers = [row[2].number for row in figure.table.rows]
    for row, (number, ends) in enumerate(zip(numbers, (row[3].ends for row in figure.table.rows), strict=True)):
        (own,) = [series for series in dots if series.values[row] is not None]
        (line,) = [series for series in whiskers if series.values[3 * row] is not None]
        assert own.values[row] == number
        assert line.values[3 * row : 3 * row + 3] == (*ends, None)
        assert line.x[3 * row] == own.x[row] and abs(own.x[row] - (3 - row)) < 0.5
    (names,) = of_style(native, NAMES)
    assert names.texts == tuple(row[0].text for row in figure.table.rows)


def test_that_dots_of_some_rows_have_their_own_heights():
    times = {"ipu-pod:16": 28.0, "ipu-pod:64": 8.5, "dgx-a100:8": 400.0}
    native = native_chart(compare_figure(samples.comparison(times), samples.scenario()), (0, 2))
    assert native.categories == ("IPU-POD16 (16 IPUs)", "DGX A100 (8 GPUs)")
    assert [series.values for series in of_style(native, PROJECTED)] == [(28.0, None), (None, 400.0)]
    (names,) = of_style(native, NAMES)
    assert names.x == (2.0, 1.0)


def test_that_arrows_of_differences_are_one_series_with_blanks_between_strokes():
    figure = compare_figure(samples.comparison(), samples.scenario())
    shaft = Line((1710.0, 510.0), (0.5, 0.5), NEUTRAL, DIFFERENCE, False, "")
    head = Line((540.0, 510.0, 540.0), (0.4, 0.5, 0.6), NEUTRAL, DIFFERENCE, False, "")
    figure = replace(figure, chart=replace(figure.chart, lines=(shaft, head)))
    native = native_chart(figure)
    (arrows,) = of_style(native, DIFFERENCE)
    assert native.shape == DOTS
    assert arrows.values == (28.5, 8.5, None, 9.0, 8.5, 9.0)
    assert arrows.x == (4.5, 4.5, 4.5, 4.6, 4.5, 4.4)
    assert of_style(native_chart(figure, (0, 2)), DIFFERENCE) == []


def test_that_no_series_is_longer_than_the_intervals_before_it():
    """LibreOffice draws none of them else."""
    figure = compare_figure(samples.comparison(), samples.scenario())
    shaft = Line((1710.0, 510.0), (0.5, 0.5), NEUTRAL, DIFFERENCE, False, "")
    native = native_chart(replace(figure, chart=replace(figure.chart, lines=(shaft,) * 20)))
    longest = max(len(each.values) for each in native.series)
    assert {len(each.values) for each in of_style(native, WHISKER)} == {longest}


def test_that_the_name_of_a_row_is_no_formula():
    times = {"ipu-pod:16": 28.0, "dgx-a100:8": 4000.0}
    native = native_chart(compare_figure(samples.comparison(times, name="=1+1"), samples.scenario()))
    (names,) = of_style(native, NAMES)
    assert not any(text.startswith("=") for text in names.texts)


@given(st.lists(st.floats(0.3, 5e4), min_size=2, max_size=5), st.floats(0.01, 0.4))
def test_that_every_value_lies_on_its_axis(minutes, width):
    keys = ["ipu-pod:16", "ipu-pod:64", "ipu-pod:256", "dgx-a100:64", "dgx-a100:8"][-len(minutes) :]
    comparison = samples.comparison(dict(zip(keys, minutes, strict=True)), width=width)
    native = native_chart(compare_figure(comparison, samples.scenario()))
    axis = native.values
    for series in native.series:
        for value in (*series.values, *series.low, *series.high):
            assert value is None or (axis.low <= value and (axis.high is None or value <= axis.high))


@given(st.lists(st.floats(1e-3, 9.9e4), min_size=1, max_size=6))
def test_that_a_number_format_prints_three_digits(values):
    rounded = [printed(format_number(value, 3)) for value in values]
    kinds = {len(format_number(value, 3).partition(".")[2]) for value in rounded}
    code = number_format(rounded)
    for value in rounded:
        shown = _as_office(value, code)
        if len(kinds) <= 3:
            assert shown == format_number(value, 3)
        else:  # a format has three cases, so that the smallest numbers lose their last zeros
            assert printed(shown) == value


def _as_office(value, code):
    for case in code.split(";"):
        found = re.fullmatch(r"(?:\[>=(.+)\])?#,##0(?:\.(0*)(#*))?", case)
        if found[1] is None or value >= float(found[1]):
            least, most = len(found[2] or ""), len(found[2] or "") + len(found[3] or "")
            text = f"{value:,.{most}f}"
            while most > least and text.endswith("0"):
                text, most = text[:-1], most - 1
            return text
    raise AssertionError(code)
