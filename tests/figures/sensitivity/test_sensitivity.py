"""The tornado as a chart: bars from the centre, labels inside the plot, and what was moved named."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity, with_second
from ipuwhatif.analysis.uncertainty.swings import Sensitivity
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.labels import text_width
from ipuwhatif.charts.palette import LABEL_SIZE, TITLE_SIZE
from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure
from ipuwhatif.figures.sensitivity.sensitivity_words import settings, swing_key, swing_name
from ipuwhatif.files import resource
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.levers import LEVER
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.texts import LANGUAGES, set_language
from ipuwhatif.units import InputError

POD64 = SystemChoice("ipu-pod", 64)
SMALLEST_IN_THE_WINDOW = 660  # width of the chart


@pytest.fixture(scope="module")
def answer() -> Sensitivity:
    return sensitivity(load_world(), FIRST_START, POD64)


def test_that_each_bar_runs_from_the_centre_to_the_change_that_the_table_prints(answer: Sensitivity) -> None:
    figure, center = sensitivity_figure(answer), answer.swings.center_s
    rows = {tick.value: tick.text for tick in figure.chart.y_axis.ticks}
    for bar in figure.chart.bars:
        assert bar.start == 0.0
        swing = next(each for each in answer.swings.swings if swing_key(each) == bar.key)
        assert rows[bar.row] == swing_name(swing)
        assert any(bar.end == pytest.approx(100.0 * (end / center - 1.0)) for end in (swing.low_s, swing.high_s))
    assert len(figure.table.rows) == len(answer.swings.swings) == len(figure.table.tints)


def test_that_a_setting_with_which_the_job_does_not_fit_has_no_time_and_no_change(answer: Sensitivity) -> None:
    first, *others = (each for each in answer.swings.swings if each.values is not None)
    low, high = first.values
    stopped = replace(first, asked=(0.5 * low, high), low_s=answer.swings.center_s)
    figure = sensitivity_figure(replace(answer, swings=replace(answer.swings, swings=(stopped, *others))))
    assert [label.text for label in figure.chart.labels if "does not fit" in label.text] == [settings(stopped)[0]]
    row = next(row for row in figure.table.rows if row[0].text == swing_name(stopped))
    assert row[4].text == "–" and row[5].number == pytest.approx(stopped.high_s / 60, rel=1e-3)
    assert all(cell.text != "–" for row in sensitivity_figure(answer).table.rows for cell in row)


def default_answers() -> Iterator[Sensitivity]:
    """Every job on each of the systems that it starts with and can run on."""
    world = load_world()
    for job in world.catalog.workloads:
        scenario = set_workload(FIRST_START, job, world.catalog).scenario
        for choice in scenario.systems:
            with suppress(InputError):
                yield sensitivity(world, scenario, choice)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_bars_have_half_the_axis_and_labels_the_rest_of_a_chart_of_any_width(language: str) -> None:
    set_language(language, resource("i18n"))
    answers = list(default_answers())
    assert len(answers) > 80
    for answer in answers:
        for width in (200, 300, 450, SMALLEST_IN_THE_WINDOW, 960, 1366, 2000):
            chart = sensitivity_figure(answer, width, 200).chart
            frame, ends = plot_frame(chart), [end for bar in chart.bars for end in (bar.start, bar.end)]
            assert max(ends) - min(ends) >= 0.499 * (chart.x_axis.high - chart.x_axis.low), (answer.projection, width)
            assert 2 <= len(chart.x_axis.ticks) <= 10
            for label in chart.labels:
                at, wide = frame.x(label.x) + label.dx, text_width(label.text, LABEL_SIZE)
                left = at - wide if label.anchor == "right" else at
                assert label.text and frame.left - 1 <= left and left + wide <= frame.right + 1, (label.text, width)


def test_that_labels_are_whole_where_there_is_room_and_lose_whole_words_where_there_is_none(answer) -> None:
    wordy = tuple(
        each if each.lever is None else replace(each, lever=replace(each.lever, unit="times what it was before"))
        for each in answer.swings.swings
    )
    answer = replace(answer, swings=replace(answer.swings, swings=wordy))
    wide, small = (
        [label.text for label in sensitivity_figure(answer, width, 200).chart.labels] for width in (4000, 560)
    )
    assert not any("…" in text for text in wide) and len(wide) == 2 * 8
    words = {word for text in wide for word in text.replace(":", "").split()}
    assert any(text.endswith("…") for text in small)
    assert all(word in words for text in small for word in text.rstrip("…").split())


def test_that_the_title_names_job_and_system_and_fits(answer: Sensitivity) -> None:
    chart = sensitivity_figure(answer).chart
    assert "ResNet-50" in chart.title and "IPU-POD64" in chart.title and "…" not in chart.title
    assert text_width(chart.title, TITLE_SIZE, bold=True) <= chart.width


def test_that_interaction_is_warned_of_with_both_sums(answer: Sensitivity) -> None:
    warnings = [notice for notice in sensitivity_figure(answer).notices if "do not add up" in notice]
    assert len(warnings) == sum(each.interaction >= 0.02 for each in answer.swings.together) > 0


def test_that_every_bar_can_be_asked_why_with_its_origin(answer: Sensitivity) -> None:
    whys = {why.key: why for why in sensitivity_figure(answer).why}
    for swing in answer.swings.swings:
        why = whys[swing_key(swing)]
        assert why.value and why.summary
        if swing.lever is not None:
            assert why.sections[0].rows[0].origin == swing.lever.origin
        assert len([row for section in why.sections for row in section.rows]) >= len(swing.parts)


def test_that_a_moved_lever_is_named(answer: Sensitivity) -> None:
    moved = sensitivity(load_world(), FIRST_START.with_lever("ipu.compute_gain", 1.3), POD64)
    assert "1.30" in sensitivity_figure(moved).chart.subtitle
    assert "beyond the data" in sensitivity_figure(moved).headline.text
    assert "1.30" not in sensitivity_figure(answer).chart.subtitle


def test_that_the_way_of_a_levers_bar_runs_through_what_was_solved(answer: Sensitivity) -> None:
    center = answer.swings.center_s
    swings = {swing_key(each): each for each in answer.swings.swings}
    dragged = [bar for bar in sensitivity_figure(answer).chart.bars if bar.drag]
    assert {swings[bar.key].kind for bar in dragged} == {LEVER}
    for bar in dragged:
        swing, places = swings[bar.key], dict(bar.drag)
        assert swing.values is not None
        ends = {
            100.0 * (swing.low_s / center - 1.0): swing.values[0],
            100.0 * (swing.high_s / center - 1.0): swing.values[1],
        }
        own = min(ends, key=lambda x: abs(x - bar.end))
        assert min(places, key=lambda x: abs(x - bar.end)) == pytest.approx(bar.end)
        assert places[min(places, key=lambda x: abs(x - own))] == pytest.approx(ends[own])
        xs, values = zip(*bar.drag, strict=True)
        assert list(xs) == sorted(xs) and list(values) in (sorted(values), sorted(values, reverse=True))
        here = places[min(places, key=abs)]
        assert min(swing.values) <= here <= max(swing.values)


def test_that_a_bar_on_the_other_side_of_the_centre_is_part_of_the_way(answer: Sensitivity) -> None:
    center = answer.swings.center_s
    swings = {swing_key(each): each for each in answer.swings.swings}
    for bar in sensitivity_figure(answer).chart.bars:
        swing = swings[bar.key]
        if bar.drag and (swing.low_s - center) * (swing.high_s - center) < 0.0:
            assert bar.drag[0][0] < 0.0 < bar.drag[-1][0]


@pytest.mark.parametrize("size", [(990, 400), (960, 540), (1366, 768), (990, 420)])
def test_that_as_many_bars_are_drawn_as_the_height_has_room_for(answer: Sensitivity, size: tuple[int, int]) -> None:
    chart = sensitivity_figure(answer, *size).chart
    assert (chart.width, chart.height) == size
    assert 8 <= len(chart.y_axis.ticks) <= 14
    assert plot_frame(chart).height / len(chart.y_axis.ticks) >= 20


def test_that_the_largest_bars_are_drawn_where_room_is_short_and_a_notice_counts_the_rest(answer: Sensitivity) -> None:
    figure, whole = sensitivity_figure(answer, 990, 240), sensitivity_figure(answer, 990, 2000)
    names = [tick.text for tick in whole.chart.y_axis.ticks]
    assert [tick.text for tick in figure.chart.y_axis.ticks] == names[:8] and len(names) == 14
    center = answer.swings.center_s
    left = [each for each in answer.swings.swings if each.size(center) >= 5e-4 * center][8:]
    (notice,) = (each for each in figure.notices if "more bar" in each)
    assert notice.startswith(f"{len(left)} more bars, of ")
    assert len(figure.table.rows) == len(answer.swings.swings)


def test_that_levers_that_act_on_one_term_are_named_together(answer: Sensitivity) -> None:
    (notice,) = (each for each in sensitivity_figure(answer).notices if "same term" in each)
    assert notice.startswith("Compute gain and peak rate gain act on the same term")


def test_that_swings_have_two_digits_and_bare_ratios_say_what_they_are(answer: Sensitivity) -> None:
    digits = [row[-1].text.replace(".", "").lstrip("0") for row in sensitivity_figure(answer).table.rows]
    assert max(len(each) for each in digits) == 2
    (memory,) = (each for each in answer.swings.swings if swing_name(each) == "Memory efficiency")
    assert all(text.endswith(" %") for text in settings(memory))
    for each in answer.swings.swings:
        assert not any(text.replace(".", "").isdigit() for text in settings(each)), each.key


def test_that_the_headline_says_what_the_time_depends_on(answer: Sensitivity) -> None:
    headline, largest = sensitivity_figure(answer).headline.text, answer.swings.swings[0]
    assert "depends most on" in headline
    assert swing_name(largest).lower() in headline.lower()


def test_that_a_second_scenario_stands_under_each_bar_in_changes_of_its_own_time(answer: Sensitivity) -> None:
    faster = sensitivity(load_world(), FIRST_START.with_lever("ipu.compute_gain", 1.3), POD64)
    figure = sensitivity_figure(with_second(answer, "A", faster, "B"))
    rows = [tick.text for tick in figure.chart.y_axis.ticks]
    second = {swing_name(each): each for each in faster.swings.swings}
    found = {line.tip.partition(",")[0]: line for line in figure.chart.lines if line.tip}
    assert set(found) == set(rows) & set(second)
    for row, name in enumerate(rows):
        line, own = found[name], second[name]
        ends = [100.0 * (end / faster.swings.center_s - 1.0) for end in (own.low_s, own.high_s)]
        assert (min(line.x), max(line.x)) == pytest.approx((min(0.0, *ends), max(0.0, *ends)))
        assert row < min(line.y) and max(line.y) < row + 1
        assert figure.chart.x_axis.low <= min(line.x) and max(line.x) <= figure.chart.x_axis.high
    assert figure.chart.legend[-1].text == "scenario B"
    cells = {row[0].text: row[-1] for row in figure.table.rows}
    center = faster.swings.center_s
    sizes = {name: 100.0 * each.size(center) / center for name, each in second.items()}
    assert all(cells[name].number == pytest.approx(sizes[name]) for name in rows)


def test_that_two_jobs_have_no_tornado_together(answer: Sensitivity) -> None:
    world = load_world()
    other = sensitivity(world, set_workload(FIRST_START, "bert-large", world.catalog).scenario, POD64)
    with pytest.raises(InputError) as error:
        with_second(answer, "A", other, "B")
    assert str(error.value) == "A and B are two jobs: only scenarios of one workload stand beside each other"


def test_that_what_moves_the_time_by_less_than_can_be_seen_has_a_row_and_no_bar(answer: Sensitivity) -> None:
    center, (first, *_) = answer.swings.center_s, answer.swings.swings
    unseen = replace(first, key="unseen", low_s=center * (1.0 - 1e-4), high_s=center * (1.0 + 1e-4))
    figure = sensitivity_figure(replace(answer, swings=replace(answer.swings, swings=(first, unseen))))
    assert {bar.key for bar in figure.chart.bars} == {swing_key(first)}
    assert len(figure.table.rows) == 2
