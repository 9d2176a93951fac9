"""The Compare figure: rows, marks, baseline, labels that neither overlap nor leave the page, and honest ratios."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from ipuwhatif.analysis.results import EXTRAPOLATED, Comparison, Missing
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts import geometry, palette
from ipuwhatif.charts.labels import LEGEND_GAP, LEGEND_SAMPLE, LEGEND_STEP, legend_places
from ipuwhatif.charts.painter.fonts import font
from ipuwhatif.charts.spec import ASSUMED, GHOST, OFFICIAL, OWN, PROJECTED
from ipuwhatif.charts.styles import MARK_SIZE, OWN_SIZE
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.model.case import Assumed, Gains, Pins
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from ipuwhatif.scenario.moved_levers import MovedLever
from tests.figures import samples
from tests.refusals import refused


def text_rect(text, x, y, size, anchor="left", bold=False):
    """Where the painter puts a text: its advance wide, its capitals high, around its middle line."""
    metrics = QFontMetricsF(font(size, bold))
    width, height = metrics.horizontalAdvance(text), metrics.capHeight()
    left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[anchor] * width
    return QRectF(left, y - height / 2 - 1, width, height + 2)


def label_rects(chart):
    frame, rects = geometry.plot_frame(chart), []
    for label in chart.labels:
        x, y = frame.x(label.x) + label.dx, frame.y(label.y) + label.dy
        rects.append(text_rect(label.text, x, y, palette.LABEL_SIZE, label.anchor, label.bold))
    return rects


def axis_rects(chart):
    frame = geometry.plot_frame(chart)
    below, size = frame.bottom + geometry.TICK_DROP, palette.TICK_SIZE
    rects = [text_rect(tick.text, frame.x(tick.value), below, size, "center") for tick in chart.x_axis.ticks]
    rects += [
        text_rect(tick.text, frame.left - 10, frame.y(tick.value), palette.TICK_SIZE, "right")
        for tick in chart.y_axis.ticks
    ]
    rects.append(text_rect(chart.x_axis.title, frame.right, frame.bottom + geometry.X_TITLE_DROP, size, "right"))
    rects.append(text_rect(chart.title, geometry.TITLE_LEFT, geometry.TITLE_LINE, palette.TITLE_SIZE, bold=True))
    for number, line in enumerate(chart.subtitle.split("\n")):
        middle = geometry.SUBTITLE_LINE + geometry.SUBTITLE_STEP * number
        rects.append(text_rect(line, geometry.TITLE_LEFT, middle, palette.SUBTITLE_SIZE))
    if chart.y_axis.title:
        rects.append(
            text_rect(chart.y_axis.title, geometry.TITLE_LEFT, frame.top - geometry.Y_TITLE_RISE, palette.TICK_SIZE)
        )
    for left, middle, entry in legend_places(chart):
        for number, line in enumerate(entry.text.split("\n")):
            at = middle + LEGEND_STEP * number
            rects.append(text_rect(line, left + LEGEND_SAMPLE + LEGEND_GAP, at, palette.LEGEND_SIZE))
    return rects


def assert_well_set(chart):
    """No text over another, over an official mark or over a bar of another kind, and none outside the page."""
    labels, others = label_rects(chart), axis_rects(chart)
    rects = labels + others
    page = QRectF(0, 0, chart.width, chart.height)
    texts = [label.text for label in chart.labels] + ["axis"] * len(others)
    for index, rect in enumerate(rects):
        assert page.contains(rect), (texts[index], rect)
        for other in range(index):
            assert not rect.intersects(rects[other]), (texts[index], texts[other])
    frame = geometry.plot_frame(chart)
    for mark in chart.marks:
        spot = QRectF(frame.x(mark.x) - MARK_SIZE / 2, frame.y(mark.y) - MARK_SIZE / 2, MARK_SIZE, MARK_SIZE)
        assert not any(rect.intersects(spot) for rect in labels), mark
    for each in chart.intervals:
        bar = QRectF(frame.x(each.low), frame.y(each.row) - 5, frame.x(each.high) - frame.x(each.low), 10)
        assert not any(rect.intersects(bar) for rect in labels), each


def test_that_the_first_chart_is_well_set(qapp, first_start):
    assert_well_set(first_start.chart)


def test_that_a_chart_with_a_baseline_is_well_set(qapp, moved):
    assert_well_set(moved.chart)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(1e-3 / 60, 1e7 / 60), min_size=1, max_size=6),
    st.floats(0.0, 0.6),
    st.floats(0.2, 5.0),
    st.sampled_from([(960, 540), (660, 420), (720, 420), (1366, 768)]),
)
def test_that_any_times_are_well_set(qapp, minutes, width, gain, size):
    keys = ("dgx-a100:8", "ipu-pod:16", "ipu-pod:64", "ipu-pod:256", "dgx-a100:64", "ipu-pod:512")
    answer = samples.comparison(dict(zip(keys, minutes, strict=False)), width=width)
    assert_well_set(compare_figure(samples.with_lever(answer, gain), samples.scenario(), *size).chart)


def test_that_each_system_has_a_row_with_its_interval_and_its_score(first_start):
    chart = first_start.chart
    assert [tick.text for tick in chart.y_axis.ticks] == [samples.NAMES[key] for key in samples.FIRST_TIMES]
    assert [interval.style for interval in chart.intervals] == [PROJECTED] * 5
    assert [mark.style for mark in chart.marks] == [OFFICIAL] * 5
    assert [round(mark.x / 60, 2) for mark in chart.marks] == [28.33, 8.5, 3.79, 29.15, 4.53]
    texts = [label.text for label in chart.labels]
    assert texts[:2] == ["28.33 min", "projected 28.2 min"]


def test_that_the_number_of_a_system_is_its_score_only_while_nothing_acts_on_it(first_start, moved):
    texts = [label.text for label in moved.chart.labels]
    assert texts[:2] == ["21.7 min", "official 28.33"]
    at = texts.index("29.15 min")  # no lever acts on the GPUs
    assert texts[at : at + 2] == ["29.15 min", "projected 29.0 min"]
    plain = [label.text for label in first_start.chart.labels]
    assert not any(text.startswith("official") for text in plain)


def test_that_one_click_hides_everything_official():
    figure = compare_figure(samples.comparison(), samples.scenario(show_official=False))
    assert figure.chart.marks == ()
    assert not any("official" in label.text for label in figure.chart.labels)
    assert figure.chart.subtitle.startswith("Official results are hidden. ")
    unscored = compare_figure(samples.comparison(scored=False), samples.scenario(show_official=False))
    assert "hidden" not in unscored.chart.subtitle
    assert not any(entry.style == OFFICIAL for entry in figure.chart.legend)
    assert "Official" not in " ".join(column.title for column in figure.table.columns)
    assert not any(note.text.startswith("[") for note in figure.footnotes)


def test_that_the_baseline_is_a_ghost_behind_the_projection(moved):
    styles = [interval.style for interval in moved.chart.intervals]
    assert styles == [GHOST] * 3 + [PROJECTED] * 5  # the two DGX A100 rows are as they were
    assert any(entry.style == GHOST for entry in moved.chart.legend)


def believed(comparison):
    """The comparison with a trace for the baseline under changed assumptions on the IPUs, slower than it."""

    def slower(each):
        if each.family != "ipu":
            return each
        time = each.time_to_train_s
        case = replace(each.case, assumed=Assumed(matmul=0.8))
        return replace(each, case=case, time_to_train_s=replace(time, low=time.low * 1.2, high=time.high * 1.5))

    return replace(comparison, assumed=tuple(slower(each) for each in comparison.baseline))


def test_that_every_moved_system_has_its_baselines_behind_it():
    comparison = believed(samples.with_lever(samples.comparison()))
    everywhere = compare_figure(comparison, samples.scenario()).chart
    assert sum(each.style == GHOST for each in everywhere.intervals) == 3
    assert sum(each.style == ASSUMED for each in everywhere.intervals) == 3
    behind = [(each.style, each.row) for each in everywhere.intervals if each.style != PROJECTED]
    assert behind == [(style, float(row)) for row in range(3) for style in (GHOST, ASSUMED)]


def test_that_the_baseline_under_assumptions_has_a_style_and_words_of_its_own(qapp):
    comparison = believed(samples.with_lever(samples.comparison()))
    chart = compare_figure(comparison, samples.scenario()).chart
    assert [entry.text for entry in chart.legend if entry.style == ASSUMED] == ["baseline under your assumptions"]
    assert_well_set(chart)
    same = compare_figure(replace(comparison, assumed=comparison.baseline), samples.scenario()).chart
    assert not any(each.style == ASSUMED for each in same.intervals)
    alone = compare_figure(replace(comparison, assumed=comparison.projections), samples.scenario()).chart
    assert not any(each.style == ASSUMED for each in alone.intervals)


def test_that_every_key_on_the_page_has_an_answer(first_start):
    answers = {why.key for why in first_start.why}
    keys = {each.key for each in (*first_start.chart.intervals, *first_start.chart.marks, *first_start.headline.parts)}
    keys |= {cell.key for row in first_start.table.rows for cell in row}
    assert keys - {""} <= answers


def test_that_a_system_keeps_its_colour_from_one_chart_to_another(first_start):
    alone = compare_figure(samples.comparison({"ipu-pod:64": 8.0}, reference="ipu-pod:64"), samples.scenario())
    assert alone.chart.intervals[0].tint == first_start.chart.intervals[1].tint
    marks = scaling_figure(samples.scaling(samples.curve()), samples.scenario()).chart.marks
    assert marks[1].tint == first_start.chart.marks[1].tint


def test_that_the_title_names_workload_division_and_release(first_start):
    assert first_start.chart.title == "ResNet-50, closed division: time to train, software as of 2021-12"
    assert first_start.chart.subtitle == (
        "Projections with 80 % intervals: model, inside the data; projections are not MLPerf® results"
    )


def test_that_the_legend_names_suite_version_division_and_submitters(first_start):
    assert first_start.chart.legend[-1].text == (
        "official result in minutes: MLPerf® Training v1.1, closed division, submitted by Graphcore and NVIDIA [1]"
    )


def test_that_a_projection_beyond_the_data_is_marked_on_the_chart():
    far = samples.projection("ipu-pod:512", 2.5, basis=EXTRAPOLATED, beyond=("chips",))
    figure = compare_figure(Comparison((far, samples.projection("dgx-a100:8", 29.0)), None, 1), samples.scenario())
    assert "projected; beyond the data" in [label.text for label in figure.chart.labels]
    assert "1 of 2 systems" in figure.chart.subtitle
    assert "IPU-POD512 (512 IPUs): model, beyond the data: chips." in figure.notices


def test_that_differences_are_called_out():
    older = replace(samples.official("ipu-pod:16"), mlperf_round="v1.0", division="open", status="research")
    pair = (samples.projection("ipu-pod:16", 28.0, official=older), samples.projection("dgx-a100:8", 29.0))
    notices = compare_figure(Comparison(pair, None, 1), samples.scenario()).notices
    assert notices[:4] == (
        "Chip counts differ: 8 and 16.",
        "Official results of different versions: MLPerf® Training v1.0 and MLPerf® Training v1.1.",
        "Official results of different divisions: open division and closed division.",
        "Official results of different categories: Graphcore research and NVIDIA available on-premise.",
    )


def test_that_notes_are_seen_once_with_the_systems_they_hold_for():
    pair = (
        samples.projection(
            "ipu-pod:48", 9.0, name="IPU-POD (48 IPUs)", notes=("4 IPUs stay idle", "layout of the entry")
        ),
        samples.projection("dgx-a100:8", 29.0, notes=("layout of the entry",)),
    )
    notices = compare_figure(Comparison(pair, None, 1), samples.scenario()).notices
    assert notices[-2:] == ("IPU-POD (48 IPUs): 4 IPUs stay idle.", "Layout of the entry.")


def test_that_no_ratio_is_stated_between_an_official_score_and_a_projection(first_start, moved):
    for figure in (first_start, moved):
        told = [figure.headline.text, *figure.notices, *(note.text for note in figure.footnotes)]
        told += [cell.text for row in figure.table.rows for cell in row]
        ratios = [float(found) for text in told for found in re.findall(r"takes ([\d.]+) ×", text)]
        ratios += [1 - float(found) / 100 for text in told for found in re.findall(r"([\d.]+) % less time", text)]
        projected = [interval.median for interval in figure.chart.intervals if interval.style == PROJECTED]
        official = [mark.x for mark in figure.chart.marks if mark.style == OFFICIAL]
        allowed = [first / second for kind in (projected, official) for first in kind for second in kind]
        assert all(any(abs(ratio - true) < 2e-3 for true in allowed) for ratio in ratios)
        assert "faster" not in " ".join(told)


def test_that_no_system_at_all_is_refused():
    with refused("no system is chosen; choose at least one, such as ipu-pod64"):
        compare_figure(Comparison((), None, 0), samples.scenario())


def test_that_a_long_name_is_cut_and_stays_on_the_page(qapp):
    long = samples.projection("ipu-pod:48", 9.0, name="A cluster with a name that goes on " * 5)
    chart = compare_figure(
        Comparison((long, samples.projection("dgx-a100:8", 29.0)), None, 1), samples.scenario()
    ).chart
    assert chart.y_axis.ticks[0].text.endswith("…")
    assert_well_set(chart)


def test_that_many_systems_make_the_chart_taller_and_stay_apart(qapp):
    keys = [f"{system}:{chips}" for system in ("ipu-pod", "dgx-a100") for chips in range(8, 50, 2)][:41]
    answer = samples.comparison({key: 20.0 + rank for rank, key in enumerate(keys)}, reference=keys[0])
    for figure in (answer, samples.with_lever(answer)):
        chart = compare_figure(figure, samples.scenario()).chart
        rows = geometry.plot_frame(chart).height / 41
        assert rows >= 26
        assert chart.height == chart.margin_top + 41 * 26 + chart.margin_bottom
        assert_well_set(chart)


def test_that_a_few_systems_keep_the_height_that_was_asked_for(first_start):
    assert first_start.chart.height == 540


def notices(*projections, settings=(), **changes):
    comparison = Comparison(projections, None, 0, settings)
    return compare_figure(comparison, samples.scenario(**changes)).notices


def entry(key, minutes, **layout):
    made = samples.projection(key, minutes)
    return replace(made, layout=replace(made.layout, **layout))


def test_that_every_moved_lever_is_listed():
    levers = ("IPU compute gain 1.30 ×", "IPU link bandwidth gain 2.00 ×", "GPU clock 1.10 ×")
    told = notices(samples.projection("ipu-pod:16", 20.0), settings=levers)
    assert told[0] == ("Moved levers: IPU compute gain 1.30 ×, IPU link bandwidth gain 2.00 × and GPU clock 1.10 ×.")


def test_that_entries_with_layouts_of_their_own_are_named():
    own = replace(samples.official("ipu-pod:64"), layout=replace(samples.layout("ipu-pod:64", 3840), micro_batch=20))
    told = notices(
        entry("ipu-pod:16", 28.2, global_batch=4160),
        samples.projection("ipu-pod:64", 8.5, official=own),
        samples.projection("dgx-a100:8", 29.0),
    )
    assert (
        "Official entries ran their own layouts: IPU-POD16 batch 3,200, IPU-POD64 micro-batch 20; "
        "the projections search for the best that fits."
    ) in told


def test_that_an_entry_outside_the_interval_is_named():
    told = notices(entry("ipu-pod:128", 4.0, global_batch=4096), samples.projection("dgx-a100:8", 29.0))
    assert (
        "Official entries ran their own layouts: IPU-POD128 batch 5,120; the projections search for the best that "
        "fits; the entry of IPU-POD128 lies outside the interval."
    ) in told
    two = notices(samples.projection("ipu-pod:128", 4.0), samples.projection("ipu-pod:16", 40.0))
    assert "The entries of IPU-POD128 and IPU-POD16 lie outside the intervals." in two


def test_that_layouts_are_not_held_against_each_other_where_that_says_nothing():
    same = samples.projection("ipu-pod:16", 28.2)
    other = entry("ipu-pod:128", 4.0, global_batch=4096)
    as_submitted = replace(other, case=replace(other.case, policy="as-submitted"))
    for told in (notices(same), notices(as_submitted), notices(other, show_official=False)):
        assert not [text for text in told if "layouts" in text or "interval" in text]
    moved = notices(replace(other, case=replace(other.case, gains=Gains(compute=1.3))))
    assert [text for text in moved if "layouts" in text] and not [text for text in moved if "outside" in text]


def test_that_different_optimizers_are_named_for_a_job_with_a_target(first_start):
    told = notices(entry("ipu-pod:16", 28.2, optimizer="sgd"), samples.projection("dgx-a100:8", 29.0))
    assert "Recipes with different optimizers: SGD (IPU-POD16) and LARS (DGX A100)." in told
    assert not any(text.startswith("Recipes with different") for text in first_start.notices)


def gpt2(key, batch, minutes=60.0, **case):
    made = samples.projection(key, minutes, "gpt2-xl", scored=False)
    asked = replace(made.case, workload="gpt2-xl", recipe="stated", **case)
    return replace(made, case=asked, layout=replace(made.layout, global_batch=batch))


def test_that_batches_far_apart_are_named_where_no_target_tells_what_they_cost():
    words = "Global batches differ, and no target tells what that costs: 8,192 (IPU-POD16) and {batch} (DGX A100)."
    far = notices(gpt2("ipu-pod:16", 8192), gpt2("dgx-a100:8", 512), workload="gpt2-xl")
    assert words.format(batch="512") in far
    assert words.format(batch="2,048") in notices(gpt2("ipu-pod:16", 8192), gpt2("dgx-a100:8", 2048))
    for near in (notices(gpt2("ipu-pod:16", 8192), gpt2("dgx-a100:8", 2049)), notices(gpt2("ipu-pod:16", 8192))):
        assert not any(text.startswith("Global batches differ") for text in near)
    with_target = notices(entry("ipu-pod:16", 28.2, global_batch=65536), samples.projection("dgx-a100:8", 29.0))
    assert not any(text.startswith("Global batches differ") for text in with_target)


def test_that_software_of_different_states_is_named():
    case = {"workload": "efficientnet-b4", "recipe": "stated"}
    pair = [samples.projection(key, 60.0, scored=False) for key in ("ipu-pod:16", "dgx-a100:8")]
    told = notices(*(replace(each, case=replace(each.case, **case)) for each in pair))
    (software,) = [text for text in told if text.startswith("Software differs: ")]
    assert "(IPU-POD16)" in software and "(DGX A100)" in software
    assert not any(text.startswith("Software differs") for text in notices(*pair))


def measured(**minutes):
    """The question of the first start with times that the user measured on systems: `ipu_pod_16=31.0`."""
    asked = samples.scenario()
    for name, value in minutes.items():
        system, _, chips = name.rpartition("_")
        asked = asked.with_measurement(f"{system.replace('_', '-')}:{chips}", Measurement(TIME, value * 60))
    return asked


def test_that_a_time_of_the_users_own_is_a_mark_behind_the_official_one(qapp):
    figure = compare_figure(samples.comparison(), measured(ipu_pod_16=31.0, ipu_pod_256=3.8))
    marks = [mark for mark in figure.chart.marks if mark.style == OWN]
    assert [(mark.x, mark.y, mark.key) for mark in marks] == [
        (31.0 * 60, 0.0, "projection/ipu-pod:16"),
        (3.8 * 60, 2.0, "projection/ipu-pod:256"),
    ]
    assert [mark.style for mark in figure.chart.marks if mark.y == 0.0] == [OWN, OFFICIAL]
    assert [entry.text for entry in figure.chart.legend if entry.style == OWN] == ["your own measurement"]
    assert "projected 28.2 min; yours 31.0 min" in [label.text for label in figure.chart.labels]
    assert figure.headline == compare_figure(samples.comparison(), samples.scenario()).headline
    assert_well_set(figure.chart)
    assert_well_set(compare_figure(samples.comparison(), measured(ipu_pod_16=300.0), 720, 420).chart)


def test_that_a_label_after_a_mark_stays_after_it_where_the_plot_is_drawn_wider():
    chart = compare_figure(samples.comparison(), measured(ipu_pod_16=35.0)).chart
    (mark,) = (mark for mark in chart.marks if mark.style == OWN)
    (label,) = (label for label in chart.labels if label.text.endswith("yours 35.0 min"))
    for margin in (chart.margin_right, chart.margin_right // 2, 20):
        frame = geometry.plot_frame(replace(chart, margin_right=margin))
        assert frame.x(label.x) + label.dx >= frame.x(mark.x) + OWN_SIZE / 2


def test_that_an_axis_reaches_to_what_was_measured_and_a_throughput_is_no_mark():
    far = compare_figure(samples.comparison(), measured(dgx_a100_8=90.0)).chart
    assert far.x_axis.high >= 90.0 * 60
    rate = samples.scenario().with_measurement("ipu-pod:16", Measurement(THROUGHPUT, 25000.0))
    chart = compare_figure(samples.comparison(), rate).chart
    assert not any(each.style == OWN for each in (*chart.marks, *chart.legend))


def test_that_a_system_of_recalled_figures_is_marked_on_the_chart():
    first, *others = samples.comparison().projections
    alone = replace(first, sourced=False, official=None)
    scored = replace(others[0], sourced=False)
    far = replace(others[1], sourced=False, official=None, basis=EXTRAPOLATED, beyond=("chips",))
    answer = Comparison((alone, scored, far, *others[2:]), None, 3)
    texts = [label.text for label in compare_figure(answer, samples.scenario()).chart.labels]
    assert {
        "projected; not sourced",
        "projected 8.57 min; not sourced",
        "projected; beyond the data; not sourced",
    } <= set(texts)


def test_that_a_long_time_is_not_said_in_minutes():
    answer = samples.comparison({"ipu-pod:16": 28.2, "dgx-a100:8": 1302.0, "ipu-pod:64": 8.5})
    chart = compare_figure(answer, samples.scenario()).chart
    assert chart.x_axis.title.startswith("Time to train (min)")
    assert "projected 21.7 h" in [label.text for label in chart.labels]


def test_that_a_reference_that_cannot_run_says_who_stands_in_its_place():
    small = Missing(samples.choice("ipu-pod:2"), "IPU-POD (2 IPUs)", "ipu", "it does not fit")
    answer = replace(samples.comparison(), missing=(small,), reference=0)
    told = "The reference IPU-POD (2 IPUs) is left out: IPU-POD16 (16 IPUs) stands in its place."
    assert compare_figure(answer, samples.scenario(reference="ipu-pod:2")).notices[0] == told
    assert told not in compare_figure(answer, samples.scenario(reference="ipu-pod:16")).notices


def test_that_a_pinned_batch_is_told_as_it_ran():
    answer = samples.comparison()
    first = answer.projections[0]
    first = replace(
        first,
        case=replace(first.case, pins=Pins(global_batch=1000)),
        layout=replace(first.layout, global_batch=1024),
    )
    lever = load_world().levers["global_batch"]
    asked = (MovedLever("ipu-pod:16", "IPU-POD16 (16 IPUs)", lever, 1000.0),)
    figure = compare_figure(
        replace(answer, projections=(first, *answer.projections[1:]), settings=asked), samples.scenario()
    )
    ran = "IPU-POD16 (16 IPUs) global batch 1,024 samples"
    assert f"projected with {ran}" in figure.headline.text
    assert f"Moved levers: {ran}." in figure.notices and f"{ran}." in figure.chart.subtitle.replace("\n", " ")


def test_that_chips_that_stay_idle_are_said_at_the_bar():
    whole = samples.projection("ipu-pod:64", 8.6)
    part = replace(whole, layout=replace(whole.layout, replicas=16, pipeline_stages=1))
    for first, words in ((part, "projected 8.60 min; uses 16 of 64 IPUs"), (whole, "projected 8.60 min")):
        made = compare_figure(Comparison((first, samples.projection("dgx-a100:8", 29.0)), None, 1), samples.scenario())
        assert made.chart.labels[1].text == words
