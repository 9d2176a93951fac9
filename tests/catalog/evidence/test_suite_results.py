"""The results of every benchmark from v2.0 on: each row once, with its source, or refused with its line."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from ipuwhatif.catalog.evidence.suite_results import (
    FILE,
    LACKING,
    load_folders_without_row,
    load_suite_results,
    read_folders_without_row,
    read_suite_results,
)
from ipuwhatif.catalog.load import evidence_hash
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures.legal import legal
from ipuwhatif.files import resource
from ipuwhatif.units import quoted
from tests.refusals import refused

ROUNDS = {"v2.0": 262, "v2.1": 199, "v3.0": 260, "v3.1": 209, "v4.0": 169, "v4.1": 154, "v5.0": 201}
SYSTEM = "v2.0/ASUSTeK/ESC8000A-E11-8xA100-PCIE-80GB-NVBridge"  # of the first rows
BENCHMARKS = {
    "bert": 274,
    "resnet": 231,
    "ssd": 165,
    "maskrcnn": 120,
    "unet3d": 115,
    "rnnt": 109,
    "llama2_70b_lora": 103,
    "stable_diffusion": 73,
    "dlrm_dcnv2": 72,
    "gpt3": 39,
    "retinanet": 39,
    "dlrm": 34,
    "gnn": 28,
    "minigo": 22,
    "rgat": 16,
    "llama31_405b": 14,
}


def test_that_every_row_is_there_once_by_round_and_benchmark() -> None:
    results = load_suite_results().results
    assert len(results) == len({each.key for each in results}) == 1454
    assert Counter(each.mlperf_round for each in results) == ROUNDS
    assert Counter(each.benchmark for each in results) == BENCHMARKS
    assert Counter(each.division for each in results) == {"closed": 1441, "open": 13}


def test_that_scores_are_those_of_the_table_and_never_the_measured_time() -> None:
    with resource("results", FILE).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row, result in zip(rows, load_suite_results().results, strict=True):
        assert result.system_name == row["system"] and result.target == row["target_quality"]
        scores = [result.score_s, result.measured_s]
        printed = [row["minutes_score"], row["wall_s_measured_mean"]]
        if row["minutes_score"]:
            assert scores == pytest.approx([60.0 * float(printed[0]), float(printed[1])])
        else:
            assert scores == [None, None] and result.lacking == row["score_valid"] != "yes"
    scaled = [each for each in load_suite_results().results if each.scaling > 1.0 and each.score_s]
    assert len(scaled) > 300 and all(each.score_s != each.measured_s for each in scaled)


def test_that_a_run_that_was_handed_in_again_names_the_entry_that_was_first() -> None:
    results = load_suite_results().results
    again = [each for each in results if each.same_run_as]
    assert len(again) == 184 and len({each.run for each in results}) == 1270
    firsts = {each.key: each for each in results if not each.same_run_as}
    assert all(firsts[each.run].benchmark == each.benchmark for each in again)


def test_that_what_runs_on_processors_alone_counts_those() -> None:
    alone = [each for each in load_suite_results().results if each.on_processors]
    assert len(alone) == 18 and {each.submitter for each in alone} == {"Intel"}
    assert {each.chips for each in alone} == {2, 4, 8, 16, 32}
    assert all("Xeon" in each.accelerator for each in alone)


def test_that_every_entry_has_a_source_a_category_and_a_benchmark_with_a_name(catalog: Catalog) -> None:
    found = load_suite_results()
    for result in found.results:
        assert result.origin.locator is not None and result.mlperf_round in result.origin.locator
        assert " " not in result.origin.locator and result.origin.published is not None
        assert result.status in legal().categories and result.family in ("gpu", "bow", "other", "cpu")
        for part in result.target.replace(">=", "<=").split(","):
            assert part.partition("<=")[0] in found.metrics or result.benchmark == "minigo"
    assert {each.key for each in found.benchmarks.values()} == set(BENCHMARKS)
    models = {each.key: each.workload for each in found.benchmarks.values() if each.workload}
    assert models == {
        "resnet": "resnet50",
        "bert": "bert-large",
        "gpt3": "gpt3-175b",
        "llama2_70b_lora": "llama2-70b-lora",
        "llama31_405b": "llama31-405b",
    }
    assert set(models.values()) == {each.workload for each in catalog.official if each.workload}


def test_that_folders_without_a_row_really_have_none(catalog: Catalog) -> None:
    found, folders = load_suite_results(), load_folders_without_row()
    held = {(each.mlperf_round, each.submitter, each.system_name, each.benchmark) for each in found.results}
    names = {each.workload: each.key for each in found.benchmarks.values() if each.workload}
    held |= {
        (each.mlperf_round, each.submitter, each.system_name, names[each.workload])
        for each in catalog.official
        if each.workload in names
    }
    lacking = {(each.mlperf_round, each.submitter, each.system_name, each.benchmark) for each in folders}
    assert len(lacking) == len(folders) == 27 and not lacking & held
    chips = {(each.mlperf_round, each.submitter, each.chips) for each in folders}
    assert {
        ("v1.0", "NVIDIA", 2480),
        ("v1.0", "NVIDIA", 4096),
        ("v1.1", "Azure", 1024),
        ("v1.1", "Azure", 2048),
    } <= chips
    absent = [each for each in folders if each.reason.startswith("log files absent")]
    assert len(absent) == 13


def test_that_the_calibration_is_not_held_to_these_rows(tmp_path: Path) -> None:
    for name in ("catalog", "evidence", "results"):
        shutil.copytree(resource(name), tmp_path / name)
    before = evidence_hash(tmp_path)
    (tmp_path / "results" / FILE).write_text("", encoding="utf-8")
    assert evidence_hash(tmp_path) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            FILE,
            "v2.0,closed,ASUSTeK",
            "v9.9,closed,ASUSTeK",
            "line 2: column 'round': 'v9.9' is unknown; nearest: v5.0",
        ),
        (FILE, "v2.0,closed,", "v2.0,opened,", "line 2: column 'division': 'opened' is unknown; nearest: open"),
        (FILE, ",bert,Available", ",brt,Available", "line 2: column 'benchmark': 'brt' is unknown; nearest: bert"),
        (
            FILE,
            "Available on-premise",
            "Availible",
            "line 2: column 'status': 'Availible' is unknown; nearest: available",
        ),
        (FILE, ",25.0759,25", ",-25.0759,25", "line 2: column 'minutes_score': -25.0759 is not above 0"),
        (FILE, ",25.0759,25", ",nan,25", "line 2: column 'minutes_score': 'nan' is not a finite number"),
        (FILE, ",25.0759,25", ",,25", "line 2: column 'minutes_score' is empty"),
        (FILE, "80GB,8,1,8,", "80GB,0,1,8,", "line 2: column 'accelerators_total': 0 is not above 0"),
        (FILE, "minutes_score,", "minutes,", "line 1: column 'minutes_score' is missing"),
        (FILE, ",25.0759,25.0759,", ",25.0759,", "line 2: 40 cells where the header has 41"),
        (
            FILE,
            "10,10,yes,,25.0759",
            "10,10,yes,v2.0/nobody,25.0759",
            "line 2: no first entry of this benchmark is 'v2.0/nobody'",
        ),
        (
            FILE,
            "10,10,yes,,25.0759",
            f"10,10,yes,{SYSTEM}/rnnt/closed,25.0759",
            f"line 2: no first entry of this benchmark is '{SYSTEM}/rnnt/clo…'",
        ),
        (
            FILE,
            "10,10,yes,,25.0759",
            f"10,10,yes,{SYSTEM}/bert/closed,25.0759",
            f"line 2: no first entry of this benchmark is '{SYSTEM}/bert/clo…'",
        ),
        (FILE, "NVIDIA A100-PCIe-80GB", "NVIDIA X1", "line 2: suite.json knows no chip of 'NVIDIA X1'"),
        (LACKING, "v0.6,Alibaba", "v0.5,Alibaba", "line 2: column 'round': 'v0.5' is unknown; nearest: v0.7"),
        (LACKING, "no description of the system", "", "line 2: column 'reason' is empty"),
    ],
)
def test_that_a_damaged_row_is_refused_with_its_line(file: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resource("results"), tmp_path / "results"))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with refused(f"results/{file}, {told}"):
        (read_suite_results if file == FILE else read_folders_without_row)(folder)


def test_that_an_entry_that_stands_twice_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resource("results"), tmp_path / "results"))
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / FILE).write_text("".join([*lines, lines[1]]), encoding="utf-8")
    key = quoted(f"{SYSTEM}/bert/closed")
    with refused(f"results/{FILE}, line 1456: duplicate key {key}"):
        read_suite_results(folder)


def test_that_it_is_read_once() -> None:
    assert load_suite_results() is load_suite_results()
