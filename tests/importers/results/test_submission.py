"""A submission folder becomes one result an entry, by the rules of its round; a fault refuses one entry alone."""

import json
import shutil

import pytest

from ipuwhatif.catalog.evidence.suite_results import load_suite_results
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.results import submission
from ipuwhatif.importers.results.submission import read_log, read_submission
from ipuwhatif.units import told
from tests.importers.results.conftest import DATA, START, event
from tests.refusals import refused, rows_of

YEAR = 365 * 86_400_000
AMD, TINY = "AMD/results/MI300X_EPYC_9575F_pytorch/llama2_70b_lora", "tinycorp/results/tinybox_green/retinanet"


def runs(log, count=10, folder="results/box/bert", **told):
    return [log(f"{folder}/result_{n}.txt", 600.0 + n, START + n * 1_000_000, **told) for n in range(count)]


def described(tmp_path, system="box"):
    (tmp_path / "systems").mkdir()
    names = {"number_of_nodes": "2", "accelerators_per_node": "8", "accelerator_model_name": "NVIDIA H100-SXM5-80GB"}
    (tmp_path / "systems" / f"{system}.json").write_text(json.dumps(names))


def test_real_entries_score_what_mlcommons_published(catalog):
    found = {each.place: each for each in read_submission(DATA, catalog, "v5.0").results}
    official = {each.origin.locator.partition("HEAD/")[2]: each for each in load_suite_results().results}
    for place in (AMD, TINY):
        assert found[place].measurement.value == pytest.approx(official[place].score_s, rel=0.002)
        assert found[place].by_rules and found[place].chips == official[place].chips
    assert found[AMD].choice is not None and found[AMD].workload == "llama2-70b-lora"
    assert (found[TINY].choice, found[TINY].workload) == (None, None)
    assert [told(note) for note in found[TINY].notes] == [
        "'result_4.txt' ends at line 18 without run_stop: counted as a run that missed the target"
    ]


def test_the_rules_of_every_benchmark_are_those_of_its_published_entries():
    known = load_suite_results()
    for result in known.results:
        assert result.score_s is None or result.runs_expected == known.benchmarks[result.benchmark].runs, result.key


def test_the_round_is_told_by_the_dates_of_the_runs_where_nobody_says(log, tmp_path, catalog):
    described(tmp_path)
    runs(log)
    (result,) = read_submission(tmp_path, catalog).results
    assert (result.mlperf_round, result.release, result.choice, result.runs) == (
        "v5.0",
        "2025-06",
        SystemChoice("dgx-h100", 16) if result.choice and result.choice.system == "dgx-h100" else result.choice,
        10,
    )
    assert result.measurement.value == pytest.approx(604.5) and result.by_rules and result.chips == 16


def test_fewer_runs_than_the_rules_take_are_no_score(log, tmp_path, catalog):
    described(tmp_path)
    runs(log, 4)
    (result,) = read_submission(tmp_path, catalog).results
    assert not result.by_rules and result.measurement.value == pytest.approx(601.5)
    assert told(result.notes[0]) == "4 of 10 runs: the mean of those that reached the target, no score by the rules"


def test_runs_that_beat_the_reference_say_what_a_score_would_be(log, tmp_path, catalog):
    described(tmp_path)
    runs(log, extra=[event("eval_accuracy", 0.72, epoch_num=2_000_000)])
    (result,) = read_submission(tmp_path, catalog).results
    assert result.samples == 2_000_000.0
    assert [told(note) for note in result.notes] == [
        "the runs met the target sooner than the reference: a closed score would be about 1.328 × of this"
    ]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (
            lambda log, folder: [path.unlink() for path in (folder / "systems").iterdir()],
            "systems/box.json is missing, and no system is called so: say what it is (--system 'box=dgx-h100:8')",
        ),
        (
            lambda log, folder: log("results/box/bert/result_3.txt", 600.0, START - YEAR),
            "'result_0.txt' ran on 2025-04-18, 'result_3.txt' on 2024-04-18: runs of two rounds make no score; keep "
            "those of one, or say --round",
        ),
        (
            lambda log, folder: log("results/box/bert/result_03.txt", 650.0, START + 77_000_000),
            "'result_03.txt' and 'result_3.txt' are one run, or two of one number; leave one of them out",
        ),
        (
            lambda log, folder: shutil.copy(
                folder / "results/box/bert/result_3.txt", folder / "results/box/bert/result_17.txt"
            ),
            "'result_17.txt' and 'result_3.txt' are one run, or two of one number; leave one of them out",
        ),
        (
            lambda log, folder: log("results/box/bert/result_3.txt", 600.0, START + 9_999_000, benchmark="resnet"),
            "runs of 'bert', 'resnet' lie in one folder; keep those of one",
        ),
        (
            lambda log, folder: runs(log, 2, status="aborted"),
            "2 runs missed the target where the rules drop 1: there is no score",
        ),
        (
            lambda log, folder: (folder / "results/box/bert/scaling.json").write_text('{"scaling_factor": 0.5}'),
            "'scaling.json': scaling_factor is not from 1 to 10; mend the file",
        ),
        (
            lambda log, folder: (folder / "systems/box.json").write_text("[1,"),
            "'box.json' is not a JSON object; mend the file",
        ),
    ],
)
def test_a_fault_refuses_its_entry_and_no_other(log, tmp_path, catalog, damage, reason):
    described(tmp_path)
    shutil.copy(tmp_path / "systems/box.json", tmp_path / "systems/other.json")
    runs(log)
    runs(log, folder="results/dgx-h100/bert")
    damage(log, tmp_path)
    found = read_submission(tmp_path, catalog)
    assert [each.place for each in found.results] == ["results/dgx-h100/bert"]
    assert rows_of(found.refused) == [("results/box/bert", reason)]


def test_a_system_without_description_can_be_named(log, tmp_path, catalog):
    runs(log)
    found = read_submission(tmp_path, catalog, stated={"box": SystemChoice("dgx-h100", 16)})
    assert found.results[0].choice == SystemChoice("dgx-h100", 16)


def test_one_log_is_a_result_of_one_run(log, catalog):
    (result,) = read_log(log("train.log"), catalog).results
    assert (result.measurement.value, result.runs, result.by_rules) == (600.0, 1, False)
    assert result.choice == SystemChoice("dgx-h100", 8)


def test_one_log_that_is_cut_off_is_refused(log, catalog):
    with refused("no run reached the target; a time to train takes one that did"):
        read_log(log("train.log", stop=False), catalog)


def test_a_log_that_names_no_benchmark_is_refused(log, catalog):
    with refused("the log names no benchmark (submission_benchmark); leave it out"):
        read_log(log("train.log", benchmark=""), catalog)


def test_an_unknown_round_is_refused_with_the_nearest(log, catalog):
    with refused("round 'v4.2' is unknown; nearest: v4.1"):
        read_log(log("train.log"), catalog, "v4.2")


def test_a_folder_without_logs_says_what_is_looked_for(tmp_path, catalog):
    with refused(f"{tmp_path} holds no results/SYSTEM/BENCHMARK/result_*.txt; name a submission folder or a log"):
        read_submission(tmp_path, catalog)


def test_a_folder_of_more_logs_than_the_cap_is_refused(log, tmp_path, catalog, monkeypatch):
    monkeypatch.setattr(submission, "MOST_LOGS", 3)
    runs(log)
    with refused(f"{tmp_path} holds more than 3 logs"):
        read_submission(tmp_path, catalog)
