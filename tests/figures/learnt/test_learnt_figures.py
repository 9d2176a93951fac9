"""Before and after in words, rows and columns; candidates with what they cost and tell."""

import pytest

from ipuwhatif.analysis.learnt.moved import moved
from ipuwhatif.analysis.learnt.next_run import next_run
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import GHOST, OWN, Figure
from ipuwhatif.figures.learnt.moved import moved_figure
from ipuwhatif.figures.learnt.next_run import next_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.profiles import ProfileRun
from ipuwhatif.scenario.scenario import FIRST_START
from tests.own_profile import with_profile

WORLD = load_world()
ASKED = replace(FIRST_START, profile="ours")
POD = ProfileRun("resnet50", "closed", "ipu-pod:16", "2021-12", Measurement(TIME, 1_980.0))
OWN_WORLD = with_profile(WORLD, POD)


@pytest.fixture(scope="module")
def figure() -> Figure:
    return moved_figure(moved(OWN_WORLD, ASKED), ASKED, WORLD.catalog)


def test_that_each_system_is_a_row_with_what_was_before_behind_it(figure: Figure) -> None:
    ghosts = [each for each in figure.chart.intervals if each.style == GHOST]
    assert len(figure.chart.intervals) == 2 * len(ghosts) == 2 * len(ASKED.systems)
    assert all(each.median == pytest.approx(100.0) for each in ghosts)
    assert all(each.low < each.median < each.high for each in figure.chart.intervals)
    (own,) = (mark for mark in figure.chart.marks if mark.style == OWN)
    assert own.x == pytest.approx(115.9, abs=0.5)


def test_that_the_words_say_how_far_and_why(figure: Figure) -> None:
    assert figure.headline.text.startswith("IPU-POD16 (16 IPUs): 28.5 min before, 3")
    assert figure.headline.text.endswith("most of it because this machine itself was measured")
    assert any("IPU-POD16 (16 IPUs), ResNet-50: 33 min; a step takes 1.16 ×" in note for note in figure.notices)
    unmoved = replace(ASKED, subject="dgx-a100:8", reference="ipu-pod:16")
    told = moved_figure(moved(OWN_WORLD, unmoved), unmoved, WORLD.catalog).headline.text
    assert told.startswith("IPU-POD16"), "the one that is spoken of does not move, so the one that moves most"
    alone = replace(ASKED, systems=(FIRST_START.systems[3],), reference="dgx-a100:8")
    assert moved_figure(moved(OWN_WORLD, alone), alone, WORLD.catalog).headline.text == (
        "DGX A100 (8 GPUs) stays at 29.0 min: nothing that was measured moves it"
    )


def test_that_effects_in_the_table_add_up_to_the_step(figure: Figure) -> None:
    titles = [column.title for column in figure.table.columns]
    step = titles.index("Step moves (%)")
    for row in figure.table.rows:
        numbers = [cell.number for cell in row[step:]]
        assert sum(numbers[1:]) == pytest.approx(numbers[0], abs=0.31)  # of numbers with one digit each
    assert {cell.key for row in figure.table.rows for cell in row} == {why.key for why in figure.why}


def test_that_a_profile_of_another_calibration_is_told() -> None:
    old = {"ours": replace(OWN_WORLD.profiles["ours"], calibration="0" * 64)}
    told = moved_figure(moved(replace(OWN_WORLD, profiles=old), ASKED), ASKED, WORLD.catalog).notices
    assert any(note.startswith("The profile was made under another calibration") for note in told)
    assert not any(
        "another calibration" in note for note in moved_figure(moved(OWN_WORLD, ASKED), ASKED, WORLD.catalog).notices
    )


def test_that_what_to_measure_next_names_system_job_cost_and_gain() -> None:
    answer = next_run(OWN_WORLD, ASKED)
    figure = next_figure(answer, ASKED, WORLD.catalog)
    best = answer.candidates[0]
    assert figure.headline.text == (
        "Measure DGX A100 (8 GPUs), ResNet-50, next: 1.33 chip-hours are expected to take "
        f"{100.0 * answer.shrink(best):.1f} % off the intervals"
    )
    assert [row[0].text for row in figure.table.rows[:2]] == ["as it stands now", "DGX A100 (8 GPUs)"]
    now, first, *_ = figure.table.rows
    assert all(after.number <= before.number for before, after in zip(now[5:], first[5:], strict=True))
    assert len(figure.table.columns) == 5 + len(answer.asked)
    assert max(mark.size for mark in figure.chart.marks) == figure.chart.marks[0].size
    assert {mark.key for mark in figure.chart.marks} <= {why.key for why in figure.why}


def test_that_where_no_run_helps_that_is_told() -> None:
    answer = replace(next_run(OWN_WORLD, ASKED), candidates=())
    figure = next_figure(answer, ASKED, WORLD.catalog)
    assert figure.headline.text == "Nothing that you could run here would narrow these intervals"
    assert not figure.chart.marks and len(figure.table.rows) == 1
