"""How far searched layouts can be trusted: the scores of entries against the projections of the best layout found."""

from math import log
from statistics import mean

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.results import CALIBRATED
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.model.case import BEST, Case


def test_that_scores_lie_as_far_above_searched_layouts_as_the_readme_says() -> None:
    world = load_world()
    cases = [
        Case(str(entry.workload), entry.choice, entry.release, entry.division, BEST)
        for entry in world.catalog.official
        if usable(entry) and entry.choice and entry.choice.system in ("ipu-pod", "bow-pod", "dgx-a100")
    ]
    pairs = [(answer.time_to_train_s, answer.official) for answer in project_all(world, cases)]
    assert len(pairs) == 50 and all(official is not None for _, official in pairs)
    scores = [(time, official.score_s) for time, official in pairs if official is not None]
    assert sum(time.low <= score <= time.high for time, score in scores) == 49
    assert abs(mean(log(score / time.median) for time, score in scores) - 0.031) < 0.001


def test_that_the_scores_of_all_entries_lie_as_far_above_as_the_readme_says() -> None:
    world = load_world()
    language = [key for key, workload in world.catalog.workloads.items() if "language" in workload.traits]
    entries = [entry for entry in world.catalog.official if usable(entry) and entry.workload not in language]
    cases = [
        Case(str(entry.workload), entry.choice, entry.release, entry.division, BEST)
        for entry in entries
        if entry.choice
    ]
    pairs = list(zip(entries, project_all(world, cases), strict=True))
    logs = [log(entry.score_s / answer.time_to_train_s.median) for entry, answer in pairs]
    assert len(logs) == 512 and abs(mean(logs) - 0.060) < 0.002
    held = [
        (answer.basis == CALIBRATED, answer.time_to_train_s.low <= entry.score_s <= answer.time_to_train_s.high)
        for entry, answer in pairs
    ]
    assert sum(inside for _, inside in held) == 445
    assert [inside for calibrated, inside in held if calibrated].count(True) == 225
    assert len([calibrated for calibrated, _ in held if calibrated]) == 270
