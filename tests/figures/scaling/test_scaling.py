"""The Scaling figure: bands and lines, solid and dashed, scores and names that stay clear of each other."""

from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.labels import text_height, text_width
from ipuwhatif.charts.palette import LABEL_SIZE
from ipuwhatif.charts.spec import GHOST, OFFICIAL, OWN, PROJECTED
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from tests.figures import samples
from tests.figures.compare.test_compare import assert_well_set
from tests.refusals import refused

TIMES = ("median", "low", "high")


def test_that_the_chart_is_well_set(qapp, scaled):
    assert_well_set(scaled.chart)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.05, 20.0), st.floats(0.05, 20.0), st.sampled_from([(960, 540), (720, 420)]))
def test_that_curves_anywhere_are_well_set(qapp, first, second, size):
    curves = []
    for factor, curve in ((first, samples.curve()), (second, samples.curve("dgx-a100", "DGX A100", (8, 64, 1024)))):
        times = {name: tuple(value * factor for value in getattr(curve, name)) for name in ("median", "low", "high")}
        curves.append(replace(curve, baseline_median=curve.median, **times))
    assert_well_set(scaling_figure(samples.scaling(*curves), samples.scenario(), *size).chart)


def test_that_the_line_is_solid_inside_the_data_and_dashed_beyond_from_the_same_point(scaled):
    solid, dashed = (line for line in scaled.chart.lines if line.key == "projection/ipu-pod")
    assert (solid.dashed, dashed.dashed) == (False, True)
    assert solid.x[-1] == dashed.x[0] == 256.0
    assert (solid.x[-1], solid.y[-1]) == (dashed.x[0], dashed.y[0])
    assert dashed.x[-1] == 1024.0


def test_that_a_curve_beyond_the_data_everywhere_is_dashed_everywhere():
    curve = replace(samples.curve(), calibrated=(False,) * 7)
    lines = scaling_figure(samples.scaling(curve), samples.scenario()).chart.lines
    assert [(line.dashed, len(line.x)) for line in lines] == [(True, 7)]


def test_that_one_chip_count_still_makes_a_chart(qapp):
    chart = scaling_figure(samples.scaling(samples.curve(chips=(48,))), samples.scenario()).chart
    assert [len(line.x) for line in chart.lines] == [1]
    assert_well_set(chart)


def test_that_the_baseline_is_a_ghost_before_the_line():
    curve = samples.curve()
    lines = scaling_figure(
        samples.scaling(replace(curve, baseline_median=curve.median)), samples.scenario()
    ).chart.lines
    assert [line.style for line in lines] == [GHOST, PROJECTED, PROJECTED]


def test_that_chips_are_powers_of_two_and_time_is_logarithmic(scaled):
    chart = scaled.chart
    assert [tick.text for tick in chart.x_axis.ticks] == ["8", "16", "32", "64", "128", "256", "512", "1,024"]
    assert (chart.x_axis.scale, chart.y_axis.scale) == ("log", "log")


def test_that_each_curve_is_named_and_each_score_printed_once(scaled):
    texts = [label.text for label in scaled.chart.labels]
    assert texts[:2] == ["IPU-POD", "DGX A100"]
    assert sorted(texts[2:]) == ["28.33", "29.15", "3.79", "4.53", "5.67", "8.50"]


def test_that_hidden_official_results_leave_neither_mark_nor_column():
    figure = scaling_figure(samples.scaling(), samples.scenario(show_official=False))
    assert figure.chart.marks == ()
    assert [column.title for column in figure.table.columns][-2:] == ["80 % interval (min)", "Basis"]


def test_that_two_systems_of_a_family_differ_in_shade():
    curves = (samples.curve("dgx-a100", "DGX A100", (8, 16)), samples.curve("dgx-h100", "DGX H100", (8, 16)))
    chart = scaling_figure(samples.scaling(*curves), samples.scenario()).chart
    assert len({band.tint for band in chart.bands}) == 2
    assert {band.tint.hue for band in chart.bands} == {"gpu"}


def test_that_a_long_curve_lists_powers_of_two_and_official_counts_only():
    counts = tuple(range(16, 257, 4))
    figure = scaling_figure(samples.scaling(samples.curve(chips=counts)), samples.scenario())
    assert [row[1].number for row in figure.table.rows] == [16, 32, 64, 128, 256]


def test_that_a_power_of_two_just_before_the_end_is_no_row_of_its_own():
    def listed(*ends):
        curve = samples.curve(chips=(4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, *ends))
        table = scaling_figure(samples.scaling(curve), samples.scenario(show_official=False)).table
        return [row[1].number for row in table.rows]

    assert listed(1080)[-2:] == [512, 1080]
    assert listed(1280)[-2:] == [1024, 1280]


def test_that_every_key_has_an_answer(scaled):
    answers = {why.key for why in scaled.why}
    assert {mark.key for mark in scaled.chart.marks} | {line.key for line in scaled.chart.lines} <= answers
    assert {cell.key for row in scaled.table.rows for cell in row} - {""} <= answers


def test_that_no_curve_at_all_is_refused():
    with refused("no chip count fits; choose a larger range of chips"):
        scaling_figure(samples.scaling(samples.curve(chips=())), samples.scenario())


def test_that_notes_and_levers_are_seen_as_sentences():
    answer = samples.scaling(settings=("IPU compute gain 1.30 ×",), notes=("the layout is searched anew", "Done."))
    notices = scaling_figure(answer, samples.scenario()).notices
    assert notices[0] == "Moved levers: IPU compute gain 1.30 ×."
    assert notices[-2:] == ("The layout is searched anew.", "Done.")


def test_that_a_curve_of_a_chip_that_is_younger_than_the_software_says_so():
    bow = samples.curve("bow-pod", "Bow Pod", (16, 64), family="bow", official=())
    asked = samples.scenario(systems=(samples.choice("bow-pod:16"),), reference="bow-pod:16")
    notices = scaling_figure(samples.scaling(bow), asked).notices
    assert notices == ("The evidence holds no run of the Bow IPU with software of 2021-12: its first is of 2022-06.",)


def test_that_a_row_of_the_table_asks_for_its_own_point(scaled):
    keys = [row[0].key for row in scaled.table.rows]
    assert keys[:2] == ["projection/ipu-pod:16", "projection/ipu-pod:32"]
    assert len(set(keys)) == len(keys)
    assert {part.key for part in scaled.headline.parts} - {""} <= {why.key for why in scaled.why}


def test_that_the_basis_of_a_row_names_its_axes(scaled):
    cells = {row[1].text: row[-1].text for row in scaled.table.rows if row[0].text.startswith("IPU-POD")}
    assert (cells["256"], cells["512"]) == ("inside the data", "beyond the data: chips")


NAMES = ("IPU-POD", "DGX A100", "DGX H100", "TPU v4", "Gaudi server", "DGX-2H", "Bow Pod", "DGX-1")
ENDS = (1024, 4320, 4096, 4096, 128, 1536, 1024, 2048)


def many(factors):
    """A curve for each factor on its times; some end inside the plot, some near its right edge."""
    curves = []
    for name, end, factor in zip(NAMES, ENDS, factors, strict=False):
        chips = tuple(sorted({8, 16, 32, 64, 128, 256, 512, 1024, 2048, end}))
        system = name.lower().replace(" ", "-")
        made = samples.curve(system, name, tuple(count for count in chips if count <= end))
        times = {key: tuple(value * factor for value in getattr(made, key)) for key in ("median", "low", "high")}
        curves.append(replace(made, **times, binding=("compute",) * len(made.chips)))
    return curves


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(0.1, 10.0), min_size=4, max_size=8),
    st.sampled_from([(990, 400), (660, 340), (1000, 250), (960, 540)]),
    st.booleans(),
)
def test_that_names_of_many_curves_stand_apart_at_any_size(qapp, factors, size, selected):
    selection = SystemChoice("ipu-pod", 64) if selected else None
    chart = scaling_figure(samples.scaling(*many(factors)), samples.scenario(), *size, selection=selection).chart
    assert_well_set(chart)
    assert set(NAMES[: len(factors)]) <= {label.text for label in chart.labels}


def test_that_names_right_of_the_plot_stand_in_the_order_in_which_their_curves_end(qapp):
    chart = scaling_figure(samples.scaling(*many((1.0, 1.01, 1.02, 0.99))), samples.scenario(), 990, 400).chart
    frame = plot_frame(chart)
    column = [label for label in chart.labels if label.bold and label.text in NAMES[1:4]]
    assert len({round(frame.x(label.x) + label.dx) for label in column}) == 1
    by_place = sorted(column, key=lambda label: frame.y(label.y) + label.dy)
    assert by_place == sorted(column, key=lambda label: frame.y(label.y)) != column


def test_that_no_score_vanishes_among_many_curves(qapp):
    chart = scaling_figure(samples.scaling(*many((1.0, 1.1, 0.9, 1.05, 0.95, 1.2, 0.85))), samples.scenario()).chart
    scores = [f"{mark.y / 60.0:,.2f}" for mark in chart.marks if mark.style == OFFICIAL]
    assert len(scores) == 6 and set(scores) <= {label.text for label in chart.labels}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.floats(0.5, 2.0), min_size=2, max_size=8),
    st.sampled_from([(990, 400), (660, 340), (1000, 250)]),
)
def test_that_a_score_stands_nearer_to_its_own_mark_than_to_any_other(qapp, factors, size):
    chart = scaling_figure(samples.scaling(*many(factors)), samples.scenario(), *size).chart
    frame = plot_frame(chart)
    marks = [(frame.x(mark.x), frame.y(mark.y)) for mark in chart.marks if mark.style == OFFICIAL]
    scores = [label for label in chart.labels if label.text.replace(".", "").isdigit()]
    assert scores
    for label in scores:
        half, own = text_width(label.text, LABEL_SIZE) / 2, (frame.x(label.x), frame.y(label.y))
        left, middle = own[0] + label.dx - half, own[1] + label.dy
        reach = {
            (x, y): hypot(
                max(left - x, x - left - 2 * half, 0.0), max(abs(y - middle) - text_height(LABEL_SIZE) / 2, 0.0)
            )
            for x, y in marks
        }
        assert reach[own] <= min(reach.values()) + 1e-6


def test_that_a_low_chart_is_taller_so_that_its_ticks_can_be_read(qapp):
    chart = scaling_figure(samples.scaling(*many((1.0, 1.0))), samples.scenario(), 1000, 250).chart
    assert chart.height > 250 and plot_frame(chart).height >= 120.0
    assert len(chart.y_axis.ticks) > 1


def test_that_a_table_without_an_official_result_has_no_column_for_it():
    curve = replace(samples.curve(), official=())
    titles = [column.title for column in scaling_figure(samples.scaling(curve), samples.scenario()).table.columns]
    assert "Official (min)" not in titles


def test_that_axis_table_and_scores_of_long_jobs_are_all_in_minutes():
    slow = replace(samples.curve(), **{name: tuple(60.0 * v for v in getattr(samples.curve(), name)) for name in TIMES})
    shown, hidden = (
        scaling_figure(samples.scaling(slow), samples.scenario(show_official=official)) for official in (True, False)
    )
    assert (shown.chart.y_axis.unit, hidden.chart.y_axis.unit) == ("min", "h")
    assert [column.title for column in shown.table.columns][2:5] == [
        "Projected (min)",
        "80 % interval (min)",
        "Official (min)",
    ]


def test_that_times_of_ones_own_are_marks_with_an_entry_in_the_legend(qapp):
    measured = {
        "ipu-pod:64": Measurement(TIME, 900.0),
        "dgx-a100:8": Measurement(TIME, 2000.0),
        "ipu-pod:4": Measurement(TIME, 9000.0),
        "ipu-pod:16": Measurement(THROUGHPUT, 30_000.0),
    }
    scenario = replace(samples.scenario(), measurements=measured)
    chart = scaling_figure(samples.scaling(samples.curve()), scenario).chart
    assert [(mark.x, mark.y) for mark in chart.marks if mark.style == OWN] == [(64.0, 900.0)]
    assert "your own measurement" in [entry.text for entry in chart.legend]
    assert "15" in [label.text for label in chart.labels if label.x == 64.0]
    assert_well_set(chart)


def test_that_the_axis_holds_a_time_of_ones_own_however_long(qapp):
    far = replace(samples.scenario(), measurements={"ipu-pod:64": Measurement(TIME, 400_000.0)})
    assert_well_set(scaling_figure(samples.scaling(samples.curve()), far).chart)
