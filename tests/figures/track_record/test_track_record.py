"""The figure of the track record: every entry in its place, the finding in the title, footnotes as text."""

import math
from collections import Counter

import pytest
from PySide6.QtCore import QRectF

from ipuwhatif.analysis.world import load_world
from ipuwhatif.calibration.protocols import Protocol
from ipuwhatif.calibration.record import load_record
from ipuwhatif.calibration.scores import is_covered, score
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.spec import GHOST, PAIR, PROJECTED
from ipuwhatif.export.csv_file import csv_text
from ipuwhatif.export.notes import notes_text
from ipuwhatif.export.png import render_png
from ipuwhatif.figures.footnotes import category
from ipuwhatif.figures.job_titles import workload_name
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.track_record.track_charts import percent_text
from ipuwhatif.figures.track_record.track_record import FIRST_SHOWN, PROTOCOLS, check_protocol, track_record_figure
from ipuwhatif.records import replace
from tests.calibration.answers import answer, answered, wavy
from tests.figures.compare.test_compare import axis_rects, label_rects
from tests.refusals import refused

CATALOG = load_world().catalog
ROWS = answered(CATALOG)
VENDORS = tuple(row for row in ROWS if row.submitter in ("Graphcore", "NVIDIA"))
POD16 = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"


def figure(rows=VENDORS, key=FIRST_SHOWN, residuals=False):
    return track_record_figure(wavy(key, "by hand", rows), CATALOG, residuals)


def kind(row):
    return row.mlperf_round, row.division, row.workload


def assert_set_apart(chart):
    """No text over another and none outside the page; none over an interval or its mark either."""
    labels, others = label_rects(chart), axis_rects(chart)
    page = QRectF(0, 0, chart.width, chart.height)
    rects = labels + others
    for index, rect in enumerate(rects):
        assert page.contains(rect), rect
        assert not any(rect.intersects(other) for other in rects[:index]), rect
    frame = plot_frame(chart)
    for line in chart.lines[1:]:
        xs, ys = [frame.x(x) for x in line.x], [frame.y(y) for y in line.y]
        span = QRectF(min(xs) - 3, min(ys) - 3, max(xs) - min(xs) + 6, max(ys) - min(ys) + 6)
        assert not any(rect.intersects(span) for rect in labels), line


@pytest.mark.parametrize("residuals", [False, True])
@pytest.mark.parametrize("rows", [ROWS, VENDORS, VENDORS[:5], VENDORS[-1:]], ids=len)
@pytest.mark.parametrize("key", PROTOCOLS)
def test_that_any_back_test_is_well_set(qapp, key, rows, residuals):
    chart = figure(rows, key, residuals).chart
    assert_set_apart(chart)
    assert "…" not in chart.title + chart.subtitle
    assert (chart.width, chart.height) == (1120, 630) or (residuals and len(rows) >= len(VENDORS))  # many groups


def test_that_the_headline_says_the_finding_and_the_title_what_is_drawn():
    answers = [answer(row, error, 0.08) for row, error in zip(VENDORS[:4], (0.05, -0.05, 0.02, 0.20), strict=True)]
    protocol = Protocol(FIRST_SHOWN, "by hand", tuple(answers), ())
    found = track_record_figure(protocol, CATALOG)
    finding = "Held out by size, 4 entries: time within 8.0 % on average, 75 % inside the 80 % interval."
    assert found.headline.text == track_record_figure(protocol, CATALOG, residuals=True).headline.text == finding
    assert found.chart.title == "Held out by size: 4 predicted and official times to train"
    errors = track_record_figure(protocol, CATALOG, residuals=True).chart
    assert errors.title == "Held out by size: errors of 4 predicted times to train"
    assert "75 % inside the 80 % interval" in found.chart.subtitle.replace("\n", " ")
    assert "mean error 8.0 %, median 5.0 %" in found.chart.subtitle.replace("\n", " ")
    assert "mean half-width of the interval 8.0 %" in found.chart.subtitle.replace("\n", " ")


def test_that_every_entry_is_a_mark_at_its_official_and_its_predicted_time():
    protocol = wavy(FIRST_SHOWN, "by hand", VENDORS)
    chart = track_record_figure(protocol, CATALOG).chart
    places = {mark.key: (mark.x, mark.y) for mark in chart.marks}
    assert places == {
        f"official/{each.entry.key}": (each.entry.score_s, each.predicted["time"]) for each in protocol.answers
    }
    assert {mark.style for mark in chart.marks} == {PAIR}
    spans = {line.key: line for line in chart.lines if line.style == PROJECTED}
    for each in protocol.answers:
        span = spans[f"official/{each.entry.key}"]
        assert span.x == (each.entry.score_s,) * 2 and span.y == (each.low["time"], each.high["time"])


def test_that_the_line_of_equality_runs_from_corner_to_corner_of_equal_axes():
    chart = figure().chart
    assert (chart.x_axis.scale, chart.y_axis.scale) == ("log", "log")
    assert (chart.x_axis.low, chart.x_axis.high) == (chart.y_axis.low, chart.y_axis.high)
    line = chart.lines[0]
    assert line.style == GHOST and line.x == line.y == (chart.x_axis.low, chart.x_axis.high)


def test_that_errors_lie_beside_the_line_of_exact_predictions_and_cross_it_where_covered():
    protocol = wavy(FIRST_SHOWN, "by hand", VENDORS)
    chart = track_record_figure(protocol, CATALOG, residuals=True).chart
    exact = chart.lines[0]
    assert exact.style == GHOST and exact.x == (1.0, 1.0)
    assert "exact" in [tick.text for tick in chart.x_axis.ticks if tick.value == 1.0]
    marks, spans = ({each.key: each for each in kind} for kind in (chart.marks, chart.lines[1:]))
    assert len(marks) == len(spans) == len(VENDORS)
    for each in protocol.answers:
        key = f"official/{each.entry.key}"
        assert marks[key].x == pytest.approx(1.0 + each.error("time"))
        low, high = spans[key].x
        assert (low <= 1.0 <= high) == is_covered(each, "time")
        assert spans[key].y == (marks[key].y,) * 2


def test_that_groups_of_errors_are_named_by_chip_and_workload_from_low_to_high():
    chart = figure(residuals=True).chart
    names = [tick.text for tick in chart.y_axis.ticks]
    ipus = [f"{chip}, {job}" for chip in ("GC200 IPU", "Bow IPU") for job in ("BERT-Large", "ResNet-50")]
    assert names[: len(ipus)] == ipus and not any("IPU" in name for name in names[len(ipus) :])
    assert {"A100, BERT-Large", "A100, ResNet-50", "V100, ResNet-50", "B200, Llama 2 70B LoRA"} <= set(names)
    assert "V100, BERT-Large" not in names and len(names) == len(set(names))
    pods = [mark for mark in chart.marks if mark.tint.hue == "ipu"]
    others = [mark for mark in chart.marks if mark.tint.hue == "gpu"]
    assert len(pods) == sum(row.choice.system == "ipu-pod" for row in VENDORS)
    assert len(others) == sum(row.submitter == "NVIDIA" for row in VENDORS)
    assert max(mark.y for mark in pods) < min(mark.y for mark in others)
    first = [mark.x for mark in sorted(pods, key=lambda mark: mark.y)[:10]]
    assert first == sorted(first)


def test_that_ticks_of_errors_say_what_the_ratio_is():
    for rows in (ROWS, VENDORS, VENDORS[:1]):
        for tick in figure(rows, residuals=True).chart.x_axis.ticks:
            said = tick.text.replace("−", "-").replace("exact", "0").replace("%", "").replace(",", "")
            assert float(said) / 100.0 == pytest.approx(tick.value - 1.0, abs=1e-9)


def test_that_errors_of_several_hundred_per_cent_still_have_an_axis(qapp):
    answers = [answer(row, error, 0.5) for row, error in zip(VENDORS[:3], (-0.7, 0.1, 8.0), strict=True)]
    chart = track_record_figure(Protocol("leave-one-family-out", "by hand", tuple(answers), ()), CATALOG, True).chart
    texts = [tick.text for tick in chart.x_axis.ticks]
    assert "+700 %" in texts and "exact" in texts
    assert_set_apart(chart)


def test_that_families_have_their_colour_and_what_they_reached():
    protocol = wavy("in-sample", "by hand", ROWS)
    labels = track_record_figure(protocol, CATALOG).chart.labels
    keys = {label.tint.hue: label.text for label in labels if label.bold}
    assert list(keys) == ["ipu", "bow", "gpu", "other", "cpu"]
    for hue, name, system, rows in (("ipu", "IPU-POD", "ipu-pod", 16), ("bow", "Bow systems", "bow-pod", 12)):
        answers = [each for each in protocol.answers if each.entry.choice and each.entry.choice.system == system]
        pods = score(answers, "time")
        assert keys[hue] == f"{name}: {100 * pods.mape:.1f} % on average, {pods.covered} of {rows} inside"


def test_that_an_entry_outside_its_interval_is_named_with_submitter_and_round():
    row = next(row for row in ROWS if row.key == POD16)
    for error, text in ((0.3, "+30.0 %"), (-0.3, "−30.0 %")):
        for residuals in (False, True):
            protocol = Protocol(FIRST_SHOWN, "by hand", (answer(row, error, 0.1),), ())
            labels = [label.text for label in track_record_figure(protocol, CATALOG, residuals).chart.labels]
            assert f"Graphcore, IPU-POD16, v1.1: {text}" in labels


def test_that_official_results_have_their_footnotes_and_predictions_are_told_apart():
    found = figure()
    kinds = set(map(kind, VENDORS))
    assert len(found.footnotes) == len(kinds) + 2  # one of each kind, then projections and ownership
    text = notes_text(found)
    for row in VENDORS:
        assert f" | {row.mlperf_round} | {row.division} | " in text and f" | {row.score_s / 60.0:,.2f} | " in text
    for mlperf_round, division, workload in kinds:
        members = [row for row in VENDORS if kind(row) == (mlperf_round, division, workload)]
        entries = "1 entry" if len(members) == 1 else f"{len(members)} entries"
        job = f"{workload_name(workload, CATALOG.workloads)}, {division} division"
        head = f"Training {mlperf_round} results, {job}, as published: {entries}, "
        (note,) = (each.text for each in found.footnotes if head in each.text)
        many_of = Counter(map(category, members))
        told = [f"{each}: {many}" if len(many_of) > 1 else f"; {each}." for each, many in many_of.items()]
        assert all(each in note for each in told) and all(row.submitter in note for row in members)
        assert "The table names submitter, system and accelerators of each." in note
    assert "they are not MLPerf® Training results" in text
    assert "not official MLPerf® metrics" in text
    assert "MLPerf " not in text.replace("MLPerf® ", "").replace("MLPerf_", "")
    legend = next(entry.text for entry in found.chart.legend if entry.style == PAIR).replace("\n", " ")
    rounds = " / ".join(sorted({row.mlperf_round for row in VENDORS}))
    assert f"MLPerf® Training {rounds}, closed / open division" in legend
    assert f"submitted by Graphcore and NVIDIA [1]–[{len(kinds)}]" in legend


def test_that_the_table_has_a_row_for_every_entry_and_numbers_for_spreadsheets():
    protocol = wavy(FIRST_SHOWN, "by hand", VENDORS)
    found = track_record_figure(protocol, CATALOG)
    assert len(found.table.rows) == len(found.table.tints) == len(VENDORS)
    by_key = {row[5].key: row for row in found.table.rows}
    for each in protocol.answers:
        row = by_key[f"official/{each.entry.key}"]
        assert row[0].text == each.entry.submitter
        assert row[5].text == f"{each.entry.score_s / 60.0:,.2f}"
        assert row[6].number == pytest.approx(each.predicted["time"] / 60.0, rel=5e-3)
        assert row[7].ends == pytest.approx((each.low["time"] / 60.0, each.high["time"] / 60.0), rel=5e-3)
        assert row[8].number == pytest.approx(100.0 * each.error("time"), abs=0.051)
        assert row[9].text == ("yes" if is_covered(each, "time") else "no")
    lines = csv_text(found).splitlines()
    assert lines[0].startswith("Submitter,System,Version,Division,Workload,Official (min),Predicted (min)")
    for text, error in ((",-6.0,", -0.06), (",12.0,", 0.12)):
        said = [each for each in protocol.answers if each.error("time") == pytest.approx(error)]
        assert sum(text in line for line in lines) == len(said) > 0


def test_that_every_mark_says_what_was_predicted_without_it_and_what_was_left_out():
    for key in PROTOCOLS:
        protocol = wavy(key, "by hand", VENDORS)
        found = track_record_figure(protocol, CATALOG)
        replies = {why.key: why for why in found.why}
        assert set(replies) == {mark.key for mark in found.chart.marks}
        for each in protocol.answers:
            first, *others = replies[f"official/{each.entry.key}"].sections
            said = {row.name: row.value for row in first.rows}
            assert said["Error"] == percent_text(each.error("time"))
            assert said["Predicted"] == time_text(each.predicted["time"])
            inside = next(row.detail for row in first.rows if row.name == "80 % interval")
            assert inside.endswith("inside" if is_covered(each, "time") else "outside")
            assert said["Left out"].startswith("nothing") == (key == "in-sample")
            searched = each.time_with_searched_layout
            assert said.get("With layout and batch searched") == (
                time_text(searched) if math.isfinite(searched) else None
            )
            assert others and any(row.origin is not None for section in others for row in section.rows)


@pytest.mark.parametrize("size", [(990, 430), (840, 430), (1120, 630)])
@pytest.mark.parametrize("residuals", [False, True])
@pytest.mark.parametrize("protocol", load_record(CATALOG), ids=lambda protocol: protocol.key)
def test_that_the_stored_record_is_well_set_in_a_window(qapp, protocol, residuals, size):
    chart = track_record_figure(protocol, CATALOG, residuals, *size).chart
    assert_set_apart(chart)
    assert chart.width == size[0] and plot_frame(chart).height >= 180
    assert "…" not in chart.title + chart.subtitle


def test_that_pairs_are_painted_smaller_than_official_marks(qapp):
    chart = figure(VENDORS[:1]).chart
    large = replace(chart, marks=tuple(replace(mark, style="official") for mark in chart.marks))
    assert len({render_png(each, "light", 1.0) for each in (chart, large)}) == 2


def test_that_every_back_test_has_a_title():
    assert [protocol.key for protocol in load_record(CATALOG)] == list(PROTOCOLS)


def test_that_an_unknown_or_empty_back_test_is_told():
    with refused(
        "'leave-one-sise-out' is no back-test; the nearest is leave-one-size-out of in-sample, leave-one-row-out, "
        "leave-one-size-out, largest, leave-one-submitter-out, as-of-2021-06, as-of-2021-12, next-round, "
        "leave-one-family-out, language-row, language-cell, language-size, language-chip, language-round, "
        "language-job, language-h200, language-blackwell, language-amd, language-as-of, speeds-document, "
        "speeds-framework, speeds-language-document, speeds-language-framework"
    ):
        check_protocol("leave-one-sise-out")
    with refused("largest has no answer to draw"):
        track_record_figure(Protocol("largest", "by hand", (), ()), CATALOG)


def test_that_intervals_far_wider_than_the_errors_stay_inside_the_axes():
    answers = tuple(answer(row, 0.01, 0.95) for row in VENDORS)
    for residuals in (False, True):
        chart = track_record_figure(Protocol(FIRST_SHOWN, "by hand", answers, ()), CATALOG, residuals).chart
        for line in chart.lines:
            assert all(chart.x_axis.low <= x <= chart.x_axis.high for x in line.x)
            assert all(chart.y_axis.low <= y <= chart.y_axis.high for y in line.y)
            assert all(math.isfinite(value) for value in (*line.x, *line.y))
