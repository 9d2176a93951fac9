"""MLCommons' summaries, as JSON and as CSV, hold the scores that were published."""

import csv
import json

import pytest

from ipuwhatif.catalog.evidence.suite_results import load_suite_results
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.results.summary import is_summary, read_summary
from tests.importers.results.conftest import DATA
from tests.refusals import refused, rows_of

SUMMARY = DATA / "summary.json"


def test_scores_are_those_that_were_published(catalog):
    known = [each for each in load_suite_results().results if each.key.startswith("v5.0/GigaComputing/")]
    found = read_summary(SUMMARY, catalog).results
    keys = [each.place.benchmark for each in found]
    assert keys == ["rgat", "dlrm_dcnv2", "bert", "retinanet", "stable_diffusion", "llama2_70b_lora"]
    for key, each in zip(keys, found, strict=True):
        scores = [result.score_s for result in known if result.benchmark == key and result.chips == 8]
        assert any(each.measurement.value == pytest.approx(score, rel=0.002) for score in scores)
        assert (each.chips, each.mlperf_round, each.division, each.by_rules) == (8, "v5.0", "closed", True)


def test_the_same_rows_as_csv_say_the_same(tmp_path, catalog):
    rows = json.loads(SUMMARY.read_text())
    with (tmp_path / "summary.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert is_summary(tmp_path / "summary.csv") and is_summary(SUMMARY)
    told = [(each.job, each.measurement) for each in read_summary(tmp_path / "summary.csv", catalog).results]
    assert told == [(each.job, each.measurement) for each in read_summary(SUMMARY, catalog).results]


def test_a_known_system_is_placed(tmp_path, catalog):
    row = json.loads(SUMMARY.read_text())[0] | {
        "submitter": "NVIDIA",
        "system": "dgxh100_n2",
        "number_of_nodes": "2",
        "accelerator_model_name": "NVIDIA H100-SXM5-80GB",
        "accelerators_count": 16,
        "bert": 3.0,
    }
    (tmp_path / "summary.json").write_text(json.dumps([row]))
    found = {each.job: each for each in read_summary(tmp_path / "summary.json", catalog).results}
    assert found["bert-large"].choice == SystemChoice("dgx-h100", 16)


def test_a_row_with_a_fault_is_refused_and_the_others_are_read(tmp_path, catalog):
    rows = json.loads(SUMMARY.read_text())
    rows[0]["rgat"] = "fast"
    rows[1]["details_url"] = ""
    del rows[2]["division"]
    (tmp_path / "summary.json").write_text(json.dumps([*rows, *json.loads(SUMMARY.read_text())]))
    found = read_summary(tmp_path / "summary.json", catalog)
    assert len(found.results) == 6
    assert rows_of(found.refused) == [
        ("summary.json, row 1", "column 'rgat': 'fast' is no number of minutes"),
        ("summary.json, row 2", "the row names no round; say it with --round"),
        ("summary.json, row 3", "column 'division' is missing"),
    ]


def test_what_is_no_list_of_entries_is_refused(tmp_path, catalog):
    path = tmp_path / "summary.json"
    path.write_text("{}")
    with refused("'summary.json' is no list of entries"):
        read_summary(path, catalog)
    path.write_text("[1]")
    with refused("summary.json, row 1: no entry"):
        read_summary(path, catalog)
    path.write_text("[")
    with refused("summary.json is broken: Expecting value: line 1 column 2 (char 1)"):
        read_summary(path, catalog)
