"""The Finish chart: curves that rise to 100 %, marks at the probabilities, the deadline, and words beside."""

import numpy as np
import pytest

from ipuwhatif.analysis.finish.finish import Finish, finish
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.labels import text_height, text_width
from ipuwhatif.charts.palette import LABEL_SIZE
from ipuwhatif.charts.spec import PAIR, PROJECTED, TARGET
from ipuwhatif.figures.finish.finish import finish_figure
from ipuwhatif.figures.finish.finish_words import percent_text
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from tests.analysis.finish.test_finish import LLAMA, stated

DAY = 86_400.0
FAILING = replace(
    stated(**LLAMA, queue_time=24.0, spares=20.0, repair_time=24.0), start="2026-12-01", target_s=257 * DAY
)


def drawn(scenario: Scenario, **asked: float):
    return finish_figure(found(scenario), scenario, **asked)


def found(scenario: Scenario) -> Finish:
    return finish(load_world(), scenario)


def test_that_a_headline_of_three_speaks_of_each_and_of_more_names_the_soonest() -> None:
    chosen = [SystemChoice("dgx-h100", chips) for chips in (512, 768, 1024, 2048, 3072, 4096)]
    some = (chosen[2], chosen[3], chosen[5])
    asked = replace(FAILING, systems=some, reference="dgx-h100:1024", subject="dgx-h100:2048")
    three = drawn(asked)
    told = [part.key for part in three.headline.parts if part.key]
    assert told == ["finish/dgx-h100:2048", "finish/dgx-h100:1024", "finish/dgx-h100:4096"]
    words = [label.text for label in three.chart.labels if label.text.startswith("80 %: ")]
    assert len(words) == 3
    four = drawn(replace(asked, systems=tuple(chosen[2:]))).headline
    assert [part.key for part in four.parts if part.key] == told[:2]
    six = drawn(replace(asked, systems=tuple(chosen))).headline
    assert [part.key for part in six.parts if part.key] == told
    assert "soonest of 6: 512 × DGX H100 (4,096 GPUs) with " in six.text


@pytest.mark.parametrize("scenario", [FAILING, FIRST_START], ids=["failing", "first start"])
def test_that_each_run_has_a_curve_that_rises_and_a_mark_for_each_probability(scenario: Scenario) -> None:
    chart = drawn(scenario).chart
    curves = [line for line in chart.lines if line.style == PROJECTED]
    assert len(curves) == len(scenario.systems)
    for curve in curves:
        assert list(curve.x) == sorted(curve.x) and list(curve.y) == sorted(curve.y)
        assert (curve.y[0], curve.y[-1]) == (0.005, 0.995)
    assert all(mark.style == PAIR for mark in chart.marks)
    assert sorted(mark.y for mark in chart.marks) == sorted([0.5, 0.8, 0.95] * len(curves))
    assert chart.x_axis.low <= min(curve.x[0] for curve in curves)
    assert max(curve.x[-1] for curve in curves) <= chart.x_axis.high


def test_that_the_deadline_is_a_line_that_a_hand_can_take_unless_it_is_far_away() -> None:
    (line,) = [line for line in drawn(FAILING).chart.lines if line.style == TARGET]
    assert line.x == (257 * DAY, 257 * DAY)
    far = drawn(replace(FAILING, target_s=20 * 365 * DAY))
    assert not [line for line in far.chart.lines if line.style == TARGET]
    assert "The target lies after all curves." in far.chart.subtitle.replace("\n", " ")
    soon = drawn(replace(FAILING, target_s=60.0)).chart.subtitle.replace("\n", " ")
    assert "The target lies before all curves." in soon and "The target" not in drawn(FAILING).chart.subtitle
    assert "with over 99 % probability" in far.headline.text


def test_that_the_axis_says_from_which_day_it_counts_and_the_deadline_is_told_at_its_line() -> None:
    chart = drawn(FAILING).chart
    assert f"from the start on {FAILING.start} " in chart.x_axis.title
    (told,) = [label for label in chart.labels if label.text.startswith("by ")]
    assert 0.0 < told.dx < 20.0


def test_that_a_probability_that_was_asked_for_has_a_mark_and_a_column() -> None:
    figure = drawn(FAILING, sure=0.9)
    assert {mark.y for mark in figure.chart.marks} == {0.5, 0.8, 0.9, 0.95}
    assert "Done, 90 % sure, on" in [column.title for column in figure.table.columns]


def test_that_headlines_tell_the_probability_of_the_deadline_else_the_moment() -> None:
    run = found(FAILING).runs[1]  # the subject is the first beside the reference
    told = percent_text(run.done_by(257 * DAY))
    assert drawn(FAILING).headline.text.startswith(
        f"128 × DGX H100 (1,024 GPUs) done by 2027-08-14 with {told} probability · 512 × DGX H100 (4,096 GPUs) with "
    )
    open_ended = drawn(replace(FAILING, target_s=None, start="")).headline.text
    assert " within " in open_ended and open_ended.endswith(", 80 % sure: model, beyond the data")
    first = drawn(FIRST_START).headline.text
    assert first.startswith("IPU-POD16 (16 IPUs) within ") and " · DGX A100 (8 GPUs) within " in first
    assert ", 80 % sure: model, " in first and first.endswith(", no failures")
    undated = drawn(replace(FAILING, start="")).headline.text
    assert "done within 257 days with" in undated


@pytest.mark.parametrize("scenario", [FAILING, FIRST_START], ids=["failing", "first start"])
def test_that_no_label_in_the_plot_lies_over_another_or_over_the_edge(scenario: Scenario) -> None:
    chart = drawn(scenario).chart
    frame = plot_frame(chart)
    boxes = []
    for label in chart.labels:
        left, middle = frame.x(label.x) + label.dx, frame.y(label.y) + label.dy
        half = text_height(LABEL_SIZE) / 2 - 1.0
        boxes.append((left, middle - half, left + text_width(label.text, LABEL_SIZE, label.bold), middle + half))
        assert boxes[-1][0] >= 0.0 and boxes[-1][2] <= chart.width
    for place, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:place]:
            apart = other[2] <= left or right <= other[0] or other[3] <= top + 3.1 or bottom <= other[1] + 3.1
            assert apart, (chart.labels[place].text, boxes)


def test_that_the_table_adds_up_and_tells_days_where_the_start_is_known() -> None:
    table = drawn(FAILING).table
    titles = [column.title for column in table.columns]
    assert "Done by 2027-08-14" in titles and "Done, 80 % sure, on" in titles and "Goodput (%)" in titles
    for row, run in zip(table.rows, found(FAILING).runs, strict=True):
        cells = dict(zip(titles, row, strict=True))
        parts = sum(
            cell.number for title, cell in cells.items() if title.startswith(("Useful", "Checkp", "Lost", "Rest"))
        )
        parts += cells["Waiting for repairs, mean (days)"].number + cells["Queue, set-up, mean (days)"].number
        assert parts == pytest.approx(run.mean / DAY, rel=0.005)
        assert cells["Goodput (%)"].number == pytest.approx(100 * run.goodput, rel=0.005)
        assert cells["Done by 2027-08-14"].text == percent_text(run.done_by(257 * DAY))
    assert not [title for title in (c.title for c in drawn(FIRST_START).table.columns) if "sure, on" in title]


def test_that_published_figures_are_told_with_their_origins_and_own_ones_are_not() -> None:
    papers = [note for note in drawn(FAILING).footnotes if note.origin and "arxiv" in (note.origin.locator or "")]
    assert [note.origin.locator.rpartition("/")[2] for note in papers] == ["2407.21783", "2407.21783", "2402.15627"]
    assert "419 unexpected interruptions in a snapshot of 54 days" in papers[0].text
    own = drawn(replace(FAILING, levers={**FAILING.levers, "all.failure_rate": 0.5})).footnotes
    assert len(own) == len(drawn(FAILING).footnotes) - 1 and papers[0] not in own


def test_that_entries_are_said_to_test_no_failures() -> None:
    assert drawn(FIRST_START).notices[0].startswith("No failures are counted: none is stated.")
    assert any("MLPerf® rows are timed in one go" in notice for notice in drawn(FAILING).notices)
    checkpoints = [notice for notice in drawn(FAILING).notices if "Young 1974" in notice]
    assert len(checkpoints) == 2 and all("Daly 2006" in notice for notice in checkpoints)


def test_that_what_was_stated_is_told_in_the_units_it_is_taken_in() -> None:
    bare = replace(FIRST_START, levers={"all.failure_rate": 5.0, "all.checkpoint_cost": 30.0, "all.restart_time": 5.0})
    told = "As stated: Failures 5 per 1,000 chip-days; Stop for a checkpoint 30 s; Restart 5 min."
    assert told in drawn(bare).notices
    own = replace(bare, levers={**bare.levers, "ipu.restart_time": 7.0})
    said = [notice for notice in drawn(own).notices if ", as stated: Failures" in notice]
    assert len(said) == len(FIRST_START.systems) and sum("Restart 7 min" in each for each in said) == 3
    assert not any("as stated" in notice.lower() for notice in drawn(FIRST_START).notices)


def test_that_a_stated_interval_is_told_beside_the_best() -> None:
    figure = drawn(FAILING.with_lever("all.checkpoint_interval", 60.0))
    assert any("1.00 h, as stated" in notice and "best would be every" in notice for notice in figure.notices)


def test_that_the_why_of_a_run_has_everything_that_is_stated() -> None:
    figure = drawn(FAILING)
    why = figure.why[0]
    assert why.key == figure.table.rows[0][0].key == "finish/dgx-h100:4096"
    names = [row.name for section in why.sections for row in section.rows]
    assert {"50 %", "80 %", "95 %", "by 2027-08-14", "Goodput", "A failure every", "State to be kept"} <= set(names)
    rows = {row.name: row for section in why.sections for row in section.rows}
    assert rows["Failures"].origin.locator.endswith("2407.21783") and rows["Spares"].origin is None
    assert rows["Spares"].detail == "as you stated"


@pytest.mark.parametrize(
    ("share", "text"), [(1.0, "over 99 %"), (0.995, "over 99 %"), (0.99, "99 %"), (0.83, "83 %"), (0.0, "under 1 %")]
)
def test_that_nothing_is_told_as_certain(share: float, text: str) -> None:
    assert percent_text(share) == text


def shorts(scenario: Scenario) -> list[tuple[str, str]]:
    names = [run.projection.name for run in found(scenario).runs]
    return [(name, name.partition(" (")[0]) for name in names]


def test_that_every_curve_is_named_once_beside_it_or_over_it() -> None:
    told = [label.text for label in drawn(FIRST_START).chart.labels]
    assert [told.count(name) + told.count(short) for name, short in shorts(FIRST_START)] == [1] * 5
    failing = [label.text for label in drawn(FAILING).chart.labels]
    assert all(failing.count(name) + failing.count(short) == 1 for name, short in shorts(FAILING))
    assert "by 2027-08-14" in failing


@pytest.mark.parametrize("width", [960, 1300])
def test_that_no_other_curve_stands_between_a_name_and_its_own(width: int) -> None:
    chart = drawn(FIRST_START, width=width).chart
    frame, curves = plot_frame(chart), {line.tint: line for line in chart.lines}
    assert len(curves) == 5
    for label in [label for label in chart.labels if "%" not in label.text]:
        y = frame.y(label.y) + label.dy
        left = frame.x(label.x) + label.dx
        share = min(max((frame.bottom - y) / (frame.bottom - frame.y(1.0)), 0.005), 0.995)
        ends = {tint: frame.x(float(np.interp(share, line.y, line.x))) for tint, line in curves.items()}
        own, width_of = ends[label.tint], text_width(label.text, LABEL_SIZE, label.bold)
        near = left if left >= own - 1.0 else left + width_of
        between = [x for tint, x in ends.items() if tint != label.tint and min(own, near) < x < max(own, near)]
        assert not between, label.text


def test_that_parts_are_told_where_there_are_any() -> None:
    titles = [column.title for column in drawn(FIRST_START).table.columns]
    assert not [title for title in titles if "Useful" in title]
    assert "Useful time, mean (days)" in [column.title for column in drawn(FAILING).table.columns]


def test_that_a_target_of_minutes_is_told_as_such_whatever_day_the_run_begins_on() -> None:
    asked = replace(FIRST_START, start="2026-12-01", target_s=1800.0)
    assert " done within 30 min with " in drawn(asked).headline.text
    assert "Done within 30 min" in [column.title for column in drawn(asked).table.columns]


def test_that_the_day_of_the_start_is_told_with_the_queue_only_where_one_is_stated() -> None:
    begins = f"The run begins on {FAILING.start}"
    assert f"{begins}, with the queue." in drawn(FAILING).notices
    assert f"{begins}." in drawn(FAILING.with_lever("all.queue_time", 0.0)).notices
