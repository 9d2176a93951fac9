"""What has moved since a document was saved, in one line and a small table."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.kept_answers import BOTH, ELSEWHERE, EVIDENCE, MODEL, Moves, moves_of
from ipuwhatif.analysis.world import load_world
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.kept_answers import moved_line, moved_table, reason_text
from ipuwhatif.figures.times import time_text
from ipuwhatif.files import resource
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.texts import CHINESE, set_language
from ipuwhatif.units import format_number
from tests.analysis.saved import OTHER_MODEL, saved_before

WORLD = load_world()
ONE = saved_before(WORLD, Document(), 1.25)
TWO = saved_before(
    WORLD, Document((FIRST_START, FIRST_START.with_lever("gpu.clock", 1.1)), ("", "faster")), 1.25, model=OTHER_MODEL
)


def texts(document: Document) -> list[list[str]]:
    table = moved_table(moves_of(WORLD, document), document)
    assert len(table.tints) == len(table.rows) and {len(row) for row in table.rows} == {len(table.columns)}
    return [[column.title for column in table.columns], *([cell.text for cell in row] for row in table.rows)]


def test_that_one_line_says_how_much_what_and_why() -> None:
    found = moved_line(moves_of(WORLD, ONE))
    assert found.startswith("5 of 5 times have moved since this was saved, most of all ")
    assert found.endswith(" (−20.0 %): new evidence.") and "\n" not in found


def test_that_nothing_is_said_where_nothing_has_moved() -> None:
    assert moved_line(Moves()) == ""


def test_that_the_table_has_both_numbers_with_their_intervals() -> None:
    head, first, *_, last = texts(ONE)
    assert head == ["System", "Saved (min)", "80 % interval (min)", "Now (min)", "80 % interval (min)", "Change", "Why"]
    asked = replace(FIRST_START, show_official=False)
    shown = [cell.text for cell in compare_figure(compare(WORLD, asked), asked).table.rows[0]]
    before = format_number(ONE.kept_at(0).times["ipu-pod:16"].median_s / 60.0, 3)
    assert [first[0], *first[3:5]] == shown[:3] == ["IPU-POD16 (16 IPUs)", *shown[1:3]]
    assert (first[1], *first[5:]) == (before, "−20.0 %", "new evidence") and " – " in first[2]
    assert last[0] == "8 × DGX A100 (64 GPUs)"


def test_that_scenarios_are_told_apart_and_an_edited_one_is_called_as_saved() -> None:
    rows = texts(TWO)[1:]
    assert [row[0].partition(" · ")[0] for row in rows] == ["A"] * 5 + ["B"] * 5
    edited = TWO.turned_to(1).with_scenario(FIRST_START)
    assert [row[0].partition(" · ")[0] for row in texts(edited)[1:]] == ["A"] * 5 + ["B as saved"] * 5
    assert {row[-1] for row in rows} == {"new evidence and fit"}


def test_that_an_official_score_that_is_another_one_has_a_row_of_its_own() -> None:
    kept = ONE.kept_at(0)
    times = {**kept.times, "ipu-pod:16": replace(kept.times["ipu-pod:16"], official_s=1800.0)}
    times["dgx-a100:8"] = replace(times["dgx-a100:8"], official_s=None)
    rows = {row[0]: row for row in texts(ONE.with_kept([replace(kept, times=times)]))[1:]}
    official = rows["IPU-POD16 (16 IPUs), official"]
    assert official[1:6] == ["30.00", "", "28.33", "", "−5.6 %"]
    assert rows["DGX A100 (8 GPUs), official"][1:6] == ["–", "", "29.15", "", "–"]


def test_that_a_system_that_could_not_run_the_job_is_told_so() -> None:
    kept = ONE.kept_at(0)
    times = {key: each for key, each in kept.times.items() if key == "ipu-pod:16"}
    saved = ONE.with_kept([replace(kept, times=times, scenario=replace(FIRST_START, systems=FIRST_START.systems[:2]))])
    row = texts(saved)[2]
    assert row[0].endswith("IPU-POD64 (64 IPUs)") and row[1:3] == ["–", ""] and row[5] == "–"
    (alone,) = [move for move in moves_of(WORLD, saved).moves if move.kept is None]
    gone, time = replace(alone, kept=alone.now, now=None), time_text(alone.now.median_s)
    assert f"IPU-POD64 (64 IPUs), which could not run the job then ({time} now)" in moved_line(Moves((alone,), 1))
    assert f"IPU-POD64 (64 IPUs), which has no projection now ({time} then)" in moved_line(Moves((gone,), 1))


def test_that_every_reason_has_its_words_in_every_language() -> None:
    english = {reason_text(reason) for reason in (EVIDENCE, MODEL, BOTH, ELSEWHERE)}
    set_language(CHINESE, resource("i18n"))
    chinese = {reason_text(reason) for reason in (EVIDENCE, MODEL, BOTH, ELSEWHERE)}
    assert len(english) == len(chinese) == 4 and not english & chinese
    assert moved_line(moves_of(WORLD, ONE)).startswith("自保存以来 5 个时间中有 5 个变动，最大的是 ")


@pytest.mark.parametrize("workload", ["gpt2-xl", "deeplob"])
def test_that_long_and_short_jobs_have_a_unit_of_their_own(workload: str) -> None:
    scenario = replace(FIRST_START, workload=workload, recipe=WORLD.catalog.workloads[workload].recipes[0])
    saved = saved_before(WORLD, Document((scenario,)), 0.5)
    assert len(texts(saved)) > 2 and "+100.0 %" in moved_line(moves_of(WORLD, saved))
