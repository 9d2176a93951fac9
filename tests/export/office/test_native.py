"""Figures as series for Office: printed digits, official results apart, parts that add up, axes that hold them."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.calibration.record import load_record
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.charts.spec import ASSUMED, GHOST, OFFICIAL, OWN, PAIR, PROJECTED, TARGET
from ipuwhatif.export.office.native import native_chart
from ipuwhatif.export.office.native_series import BARS, EDGE, POINTS, STACK, axis_unit, number_format
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.table import printed
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


def test_that_official_scores_print_as_minutes_on_an_axis_of_hours():
    figure = compare_figure(samples.comparison({"ipu-pod:16": 3000.0, "dgx-a100:8": 2000.0}), samples.scenario())
    (official,) = of_style(native_chart(figure), OFFICIAL)
    assert official.texts == ("28.33 min", "29.15 min")
    assert official.values[0] == pytest.approx(28.33 / axis_unit(figure.chart.x_axis) * 60)


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
    assert [series.name for series in native.series] == ["Compute", "Memory", "Collective", "Evaluation", "Start_Up"]


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
    assert target.values == (10.0, 10.0)


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


def test_that_what_only_a_picture_shows_has_no_series(record):
    protocol, catalog = record
    assert native_chart(track_record_figure(protocol, catalog, residuals=True)) is None
    figure = track_record_figure(protocol, catalog)
    assert native_chart(replace(figure, chart=replace(figure.chart, kind="roofline"))) is None


def test_that_a_log_axis_begins_and_ends_on_powers_of_its_base_and_gives_the_shortest_bar_room():
    times = {"ipu-pod:16": 28.0, "ipu-pod:64": 8.5, "dgx-a100:8": 400.0}
    native = native_chart(compare_figure(samples.comparison(times), samples.scenario()))
    axis = native.values
    assert axis.base == 2 and math.log2(axis.low).is_integer() and math.log2(axis.high).is_integer()
    assert math.log(8.5 / axis.low) >= 0.09 * math.log(axis.high / axis.low)
    far = native_chart(compare_figure(samples.comparison({**times, "ipu-pod:256": 40000.0}), samples.scenario()))
    assert far.values.base == 10


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
