"""What a document was saved with against what is projected now: how far, for which systems, and why."""

import json
from collections.abc import Mapping

import numpy as np
import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.kept_answers import (
    BOTH,
    ELSEWHERE,
    EVIDENCE,
    MODEL,
    Moves,
    answers_of,
    model_hash,
    moves_of,
    unsettled,
    with_answers,
)
from ipuwhatif.analysis.solving import solution_cache as solutions
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document, with_copy
from ipuwhatif.scenario.files.file_format import document_bytes, read_content
from ipuwhatif.scenario.files.kept_answers import Times
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from tests.analysis.saved import OTHER_EVIDENCE, OTHER_MODEL, saved_before, scaled
from tests.scenario.contents import alone

MOVED = FIRST_START.with_lever("ipu.compute_gain", 1.3)
TWO = Document((FIRST_START, MOVED), ("", "faster"))


def test_that_the_answers_of_a_scenario_are_those_that_the_window_shows(world: World) -> None:
    kept = answers_of(world, MOVED)
    assert kept is not None and kept.scenario == MOVED
    assert (kept.evidence, kept.model) == (world.calibration.evidence_hash, model_hash(world))
    shown = compare(world, MOVED).projections
    assert list(kept.times) == [each.choice.key for each in shown]
    for each, times in zip(shown, kept.times.values(), strict=True):
        time = each.time_to_train_s
        assert (times.median_s, times.low_s, times.high_s) == pytest.approx(
            (time.median, time.low, time.high), rel=1e-5
        )
        assert times.official_s == pytest.approx(each.official.score_s, rel=1e-5)


@pytest.mark.parametrize(
    "scenario",
    [
        replace(FIRST_START, systems=(), reference=""),
        replace(FIRST_START, workload="insurance", recipe="stated"),
        replace(FIRST_START, workload="bert-large", systems=(SystemChoice("ipu-pod", 1),), reference="ipu-pod:1"),
    ],
    ids=["no system", "a stated ratio", "nothing fits"],
)
def test_that_where_nothing_is_projected_nothing_is_kept(world: World, scenario: Scenario) -> None:
    assert answers_of(world, scenario) is None
    assert with_answers(world, alone(scenario)) == alone(scenario)


def test_that_a_file_that_is_saved_and_opened_here_has_not_moved(world: World) -> None:
    saved = with_answers(world, TWO)
    opened = read_content(document_bytes(saved), "plan.ipuwhatif", world.catalog, world.levers).document
    assert opened == saved and all(opened.kept)
    assert moves_of(world, opened) == Moves((), 10)
    assert unsettled(world, opened) == TWO
    assert unsettled(world, TWO) is TWO


@pytest.mark.parametrize(
    ("evidence", "model", "reason"),
    [
        (OTHER_EVIDENCE, None, EVIDENCE),
        (None, OTHER_MODEL, MODEL),
        (OTHER_EVIDENCE, OTHER_MODEL, BOTH),
        (None, None, ELSEWHERE),
    ],
)
def test_that_what_moved_is_told_with_how_far_and_why(world: World, evidence, model, reason: str) -> None:
    saved = saved_before(world, TWO, 1.25, evidence, model)
    found = moves_of(world, saved)
    assert found.compared == len(found.moves) == 10
    assert {move.reason for move in found.moves} == {reason} and found.reason == reason
    assert [move.place for move in found.moves] == [0] * 5 + [1] * 5
    for move in found.moves:
        assert move.kept == saved.kept_at(move.place).times[move.choice.key]
        assert move.now == with_answers(world, TWO).kept_at(move.place).times[move.choice.key]
        assert move.change == pytest.approx(1 / 1.25 - 1)
    assert unsettled(world, saved) == saved


def test_that_two_causes_in_one_document_are_told_together(world: World) -> None:
    one, other = saved_before(world, TWO, 1.1, OTHER_EVIDENCE, None), saved_before(world, TWO, 1.1, None, OTHER_MODEL)
    found = moves_of(world, TWO.with_kept([one.kept_at(0), other.kept_at(1)]))
    assert [move.reason for move in found.moves] == [EVIDENCE] * 5 + [MODEL] * 5
    assert found.reason == BOTH


@pytest.mark.parametrize(("factor", "moved"), [(1.0001, 0), (0.9997, 0), (1.01, 5), (0.99, 5)])
def test_that_what_is_within_rounding_has_not_moved(world: World, factor: float, moved: int) -> None:
    saved = saved_before(world, alone(FIRST_START), factor, OTHER_EVIDENCE, OTHER_MODEL)
    assert len(moves_of(world, saved).moves) == moved
    assert bool(unsettled(world, saved).kept) == bool(moved)


def with_times(world: World, times: Mapping[str, Times | None]) -> Document:
    """The first start with other kept times for single systems; None leaves them out."""
    kept = with_answers(world, alone(FIRST_START)).kept_at(0)
    others = {**kept.times, **times}
    return alone(FIRST_START).with_kept([replace(kept, times={key: each for key, each in others.items() if each})])


def test_that_each_end_of_an_interval_and_the_official_score_count(world: World) -> None:
    now = answers_of(world, FIRST_START).times
    for changed in (
        replace(now["ipu-pod:16"], low_s=0.9 * now["ipu-pod:16"].low_s),
        replace(now["ipu-pod:16"], high_s=1.1 * now["ipu-pod:16"].high_s),
        replace(now["ipu-pod:16"], official_s=1800.0),
        replace(now["ipu-pod:16"], official_s=None),
    ):
        (move,) = moves_of(world, with_times(world, {"ipu-pod:16": changed})).moves
        assert (move.choice.key, move.change, move.kept) == ("ipu-pod:16", 0.0, changed)


def test_that_a_system_that_could_or_can_not_run_the_job_has_moved(world: World) -> None:
    gone = with_times(world, {"ipu-pod:64": None})
    (move,) = moves_of(world, gone).moves
    assert (move.choice.key, move.kept, move.change) == ("ipu-pod:64", None, None) and move.now is not None
    few = replace(FIRST_START, workload="bert-large", systems=(SystemChoice("ipu-pod", 1), SystemChoice("ipu-pod", 16)))
    few = replace(few, reference="ipu-pod:16")
    kept = answers_of(world, few)
    assert list(kept.times) == ["ipu-pod:16"]
    more = {**kept.times, "ipu-pod:1": Times(1.0, 1.0, 1.0)}
    found = moves_of(world, alone(few).with_kept([replace(kept, times=more)]))
    (move,) = found.moves
    assert (move.choice.key, move.now, move.change) == ("ipu-pod:1", None, None) and found.compared == 2
    assert found.largest is move


def test_that_the_largest_move_is_the_one_to_tell_first(world: World) -> None:
    now = answers_of(world, FIRST_START).times
    moved = {"ipu-pod:16": scaled(now["ipu-pod:16"], 1.1), "dgx-a100:8": scaled(now["dgx-a100:8"], 0.7)}
    found = moves_of(world, with_times(world, {**moved, "ipu-pod:64": None}))
    assert [move.choice.key for move in found.moves] == ["ipu-pod:16", "ipu-pod:64", "dgx-a100:8"]
    assert found.largest.choice.key == "dgx-a100:8" and found.compared == 5


def test_that_an_edited_scenario_is_compared_as_it_was_saved(world: World) -> None:
    saved = saved_before(world, TWO)
    edited = saved.with_scenario(replace(FIRST_START, release="2021-06").with_lever("gpu.clock", 1.2))
    assert moves_of(world, edited) == moves_of(world, saved)


def test_that_saving_before_agreeing_keeps_the_old_answers_and_adds_those_of_what_is_new(world: World) -> None:
    document = with_copy(saved_before(world, TWO)).with_scenario(MOVED.with_lever("gpu.clock", 1.1))
    saved = with_answers(world, document)
    assert saved.kept[:2] == document.kept[:2]
    assert saved.kept_at(2) == answers_of(world, document.scenario)
    agreed = with_answers(world, document.with_kept())
    assert [kept.evidence for kept in agreed.kept] == [world.calibration.evidence_hash] * 3


def test_that_the_hash_of_the_model_follows_its_numbers_and_the_version(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {model_hash(world)}
    calibration = world.calibration
    for name in ("center", "draws", "noise"):
        array = getattr(calibration, name).copy()
        array.flat[0] = np.nextafter(array.flat[0], np.inf)
        seen.add(model_hash(replace(world, calibration=replace(calibration, **{name: array}))))
    seen.add(model_hash(replace(world, calibration=replace(calibration, shapes={}))))
    monkeypatch.setattr(solutions, "__version__", "99.0")
    seen.add(model_hash(replace(world)))
    assert len(seen) == 6 and all(len(each) == 64 for each in seen)
    assert model_hash(replace(world, calibration=replace(calibration, evidence_hash=OTHER_EVIDENCE))) in seen


def test_that_the_same_document_gives_the_same_file_wherever_the_last_digits_differ(world: World) -> None:
    kept = json.loads(document_bytes(with_answers(world, alone(FIRST_START))))["scenarios"][0]["kept"]
    numbers = [value for times in kept["times"].values() for value in times.values() if value is not None]
    assert all(value == float(f"{value:.6g}") for value in numbers) and len(numbers) == 20
