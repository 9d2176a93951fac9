"""Beside the curves of Scaling: the reach of the evidence, the ribbon, crossings, the target, ghosts of one system."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.crossings import crossings
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import STRIP_STEP, plot_frame, strip_span
from ipuwhatif.charts.labels import text_width
from ipuwhatif.charts.palette import FOOTNOTE_SIZE, part_tint
from ipuwhatif.charts.spec import ASSUMED, CROSSING, GHOST, TARGET, TARGET_KEY, ZONE, ChartSpec, Figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.records import replace
from tests.figures import samples
from tests.figures.compare.test_compare import assert_well_set

CHIPS = (8, 16, 32, 64, 128, 256)
IPUS = SystemChoice("ipu-pod", 64)


def curve(system="ipu-pod", name="IPU-POD", parts=("compute",) * 4 + ("collective",) * 2, factor=1.0, **changes):
    made = samples.curve(system, name, CHIPS)
    times = {each: tuple(value * factor for value in getattr(made, each)) for each in ("median", "low", "high")}
    return replace(made, **times, binding=parts, **changes)


def figure(*curves, selection=None, target_s=None, size=(960, 540)) -> Figure:
    asked = replace(samples.scenario(), target_s=target_s)
    return scaling_figure(samples.scaling(*curves), asked, *size, selection=selection)


def styles(chart: ChartSpec) -> list[str]:
    return [line.style for line in chart.lines]


def flatter(factor):
    """A curve that falls less steeply and meets the other one."""
    made = curve("dgx-a100", "DGX A100")
    times = {each: tuple(factor * value**0.5 for value in getattr(made, each)) for each in ("median", "low", "high")}
    return replace(made, **times)


def test_that_the_reach_of_the_evidence_is_shaded_once_for_the_selected_system():
    both = curve(), curve("dgx-a100", "DGX A100")
    chart = figure(*both, selection=IPUS).chart
    assert [(zone.x0, zone.x1, zone.tint.hue) for zone in chart.zones] == [(8.0, 256.0, "ipu")]
    assert [entry.text for entry in chart.legend if entry.style == ZONE] == [chart.zones[0].text]
    assert chart.zones[0].text == "evidence of IPU-POD reaches these chip counts"
    everywhere = figure(*both).chart
    assert len(everywhere.zones) == 2
    assert [entry.text for entry in everywhere.legend if entry.style == ZONE] == [
        "evidence reaches these chip counts, a shade for each system"
    ]


def test_that_the_name_of_a_lane_is_not_taken_for_that_of_a_curve():
    texts = [label.text for label in figure(curve(), selection=IPUS).chart.labels]
    assert texts.count("IPU-POD") == 1 and texts.count("ribbon: IPU-POD") == 1


def test_that_the_shade_ends_with_the_evidence_and_stays_under_a_moved_lever():
    beyond = ((), (), (), ("chips",), ("chips",), ("chips",))
    assert figure(curve(beyond=beyond)).chart.zones[0].x1 == 32.0
    assert figure(curve(beyond=(("compute gain",),) * 6)).chart.zones[0].x1 == 256.0
    assert figure(curve(beyond=(("chip generation",),) * 6)).chart.zones == ()


def test_that_an_official_result_between_two_points_lies_in_the_shade():
    beyond = ((), (), (), ("chips",), ("chips",), ("chips",))
    result = replace(samples.official("ipu-pod:16"), chips=48)
    made = figure(curve(beyond=beyond, official=(result,)))
    assert made.chart.zones[0].x1 == 48.0
    assert figure(curve(beyond=beyond, official=(replace(result, chips=100),))).chart.zones[0].x1 == 32.0


@pytest.mark.parametrize(
    ("axes", "words"),
    [
        (("global batch",), "dashed beyond the sizes or batches that were run"),
        (("chips", "global batch"), "dashed beyond the data"),
        (("chips",), "dashed beyond the data"),
    ],
)
def test_that_dashes_in_the_shade_are_told_from_those_beyond_it(axes, words):
    beyond, known = ((),) * 4 + (axes,) * 2, (True,) * 4 + (False,) * 2
    entry = figure(curve(beyond=beyond, calibrated=known)).chart.legend[0]
    assert entry.text.endswith(words)


def test_that_the_ribbon_covers_a_curve_without_gaps_in_the_colours_of_its_parts():
    chart = figure(curve(), selection=IPUS).chart
    first, second = chart.strips
    assert (first.x0, second.x1) == (8.0, 256.0) and first.x1 == second.x0 == pytest.approx((64 * 128) ** 0.5)
    assert (first.tint, second.tint) == (part_tint("compute"), part_tint("collective"))
    assert "8 to 64 IPUs: arithmetic takes most" in first.tip


def test_that_no_curve_mark_or_score_comes_down_to_the_ribbon():
    chart = figure(curve(), curve("dgx-a100", "DGX A100", factor=0.2)).chart
    frame = plot_frame(chart)
    assert {strip.lane for strip in chart.strips} == {0, 1}
    top = min(strip_span(frame, strip)[0] for strip in chart.strips)
    assert top == pytest.approx(frame.bottom - 2 * STRIP_STEP, abs=STRIP_STEP)
    assert all(frame.y(value) < top for band in chart.bands for value in band.low)
    assert all(frame.y(mark.y) < top for mark in chart.marks)


def test_that_words_stand_in_a_piece_only_where_they_fit_and_else_in_the_legend():
    chart = figure(curve(parts=("compute",) * 5 + ("collective",)), selection=IPUS, size=(640, 420)).chart
    frame = plot_frame(chart)
    for strip in chart.strips:
        width = frame.x(strip.x1) - frame.x(strip.x0)
        assert strip.text == "" or text_width(strip.text, FOOTNOTE_SIZE) < width
    said = {strip.text for strip in chart.strips} | {entry.text for entry in chart.legend}
    assert {"Arithmetic", "All-reduce"} <= said


def test_that_a_crossing_is_a_hollow_mark_with_its_chips_and_a_why():
    curves = curve(), flatter(30.0)
    (found,) = crossings(curves)
    made = figure(*curves)
    (mark,) = (mark for mark in made.chart.marks if mark.style == CROSSING)
    assert (mark.x, mark.y) == (found.chips, found.seconds)
    (label,) = (label.text for label in made.chart.labels if label.text.startswith("≈") and label.x == mark.x)
    assert label.endswith("chips: DGX A100, IPU-POD")
    (why,) = (why for why in made.why if why.key == mark.key)
    assert "overlap" in why.summary and why.value.endswith("chips")


def test_that_every_key_of_the_layers_has_an_answer():
    made = figure(curve(), flatter(30.0))
    keys = {mark.key for mark in made.chart.marks} | {strip.key for strip in made.chart.strips}
    assert keys <= {why.key for why in made.why}


def test_that_the_target_crosses_the_plot_and_is_named():
    chart = figure(curve(), target_s=300.0).chart
    (line,) = (line for line in chart.lines if line.style == TARGET)
    assert line.y == (300.0, 300.0) and line.x == (chart.x_axis.low, chart.x_axis.high) and line.key == TARGET_KEY
    assert [label.text for label in chart.labels if label.y == 300.0] == ["target 5 min"]
    assert chart.y_axis.low < 300.0 < chart.y_axis.high


def test_that_a_target_far_from_every_time_does_not_flatten_the_chart():
    assert TARGET not in styles(figure(curve(), target_s=1e9).chart)
    assert figure(curve(), target_s=1e9).chart.y_axis == figure(curve()).chart.y_axis


def test_that_ghosts_are_those_of_the_selected_system_alone():
    ours, theirs = curve(), curve("dgx-a100", "DGX A100")
    ours = replace(ours, baseline_median=ours.median, assumed_median=ours.low)
    theirs = replace(theirs, baseline_median=theirs.median)
    assert styles(figure(ours, theirs).chart).count(GHOST) == 2
    chart = figure(ours, theirs, selection=IPUS).chart
    assert (styles(chart).count(GHOST), styles(chart).count(ASSUMED)) == (1, 1)
    chart = figure(ours, theirs, selection=SystemChoice("dgx-a100", 8)).chart
    assert (styles(chart).count(GHOST), styles(chart).count(ASSUMED)) == (1, 0)
    assert ASSUMED not in [entry.style for entry in chart.legend]


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.05, 20.0),
    st.floats(3.0, 300.0),
    st.floats(1.0, 1e5),
    st.sampled_from([(960, 540), (720, 420), (990, 400)]),
    st.sampled_from([None, IPUS]),
)
def test_that_a_chart_with_everything_is_well_set(qapp, first, second, target_s, size, selection):
    ours = curve(factor=first)
    ours = replace(ours, baseline_median=ours.high, assumed_median=ours.low)
    chart = figure(ours, flatter(second), selection=selection, target_s=target_s, size=size).chart
    assert_well_set(chart)


@pytest.mark.parametrize("target_s", [None, 600.0])
def test_that_a_linear_axis_starts_at_zero_over_the_ribbon(qapp, target_s) -> None:
    made = scaling_figure(samples.scaling(curve()), replace(samples.scenario(), target_s=target_s), scale="linear")
    frame = plot_frame(made.chart)
    assert made.chart.y_axis.scale == "linear" and made.chart.y_axis.ticks[0].value == 0.0
    assert frame.y(0.0) <= strip_span(frame, made.chart.strips[0])[0]
    assert min(tick.value for tick in made.chart.y_axis.ticks) >= 0.0
    assert_well_set(made.chart)


def test_that_four_curves_have_a_lane_each() -> None:
    systems = (("ipu-pod", "IPU-POD"), ("bow-pod", "Bow Pod"), ("dgx-a100", "DGX A100"), ("dgx-2h", "DGX-2H"))
    curves = [samples.curve(key, name, binding=("compute",) * 7) for key, name in systems]
    chart = scaling_figure(samples.scaling(*curves), samples.scenario(show_official=False)).chart
    assert {strip.lane for strip in chart.strips} == {0, 1, 2, 3}
