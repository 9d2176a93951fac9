"""`evidence --scope results`: every official result of any benchmark, filtered, printed and written."""

import csv
import json
from pathlib import Path

import pytest
from pptx import Presentation

from ipuwhatif.cli import main
from tests.export.office_files import cells

ASK = ("evidence", "--scope", "results")
GPT3 = (*ASK, "--benchmark", "gpt3", "--round", "v4.0,v4.1")


def answer(capsys, *words: str):
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_that_every_result_is_found_with_its_source(capsys) -> None:
    found = answer(capsys, *ASK)
    assert len(found["results"]) == 1454 and found["runs"] == 1270 and found["hidden_official"] == 0
    assert all(each["origin"]["locator"] and each["category"] for each in found["results"])
    assert sum(each["same_run_as"] is not None for each in found["results"]) == 184
    assert [each["without_score"] for each in found["results"] if each["official_s"] is None] == [
        "log files absent from snapshot"
    ] * 4


def test_that_coverage_is_told_in_numbers(capsys) -> None:
    coverage = answer(capsys, *GPT3)["coverage"]
    assert sum(sum(each.values()) for each in coverage["entries"].values()) == 1454
    assert coverage["entries"]["v4.1"]["gpt3"] == 13
    chips = {(each["round"], each["submitter"], each["chips"]) for each in coverage["without_row"]}
    assert {
        ("v1.0", "NVIDIA", 2480),
        ("v1.0", "NVIDIA", 4096),
        ("v1.1", "Azure", 1024),
        ("v1.1", "Azure", 2048),
    } <= chips


def test_that_filters_are_taken_together(capsys) -> None:
    found = answer(
        capsys, *GPT3, "--submitter", "nvidia,google", "--chip", "H100,TPU v5p", "--from", "1,000", "--to", "8192"
    )
    keys = {(each["submitter"], each["chip"]) for each in found["results"]}
    assert keys == {("Google", "TPU v5p")}
    assert all(1000 <= each["chips"] <= 8192 and each["round"] in ("v4.0", "v4.1") for each in found["results"])
    closed = answer(capsys, *ASK, "--division", "open")
    assert {each["division"] for each in closed["results"]} == {"open"} and len(closed["results"]) == 13


def test_that_a_table_is_printed_with_footnotes_and_what_it_does_not_hold(capsys) -> None:
    assert main([*GPT3]) == 0
    out = capsys.readouterr().out
    rows = [line for line in out.splitlines() if line.startswith("GPT-3 175B (gpt3)  ")]
    assert len(rows) == 21 and any("same run as v4.0 NVIDIA" in row for row in rows)
    assert "[2] Official MLPerf® Training v4.1 results, closed division, as published:" in out
    told = " ".join(out.split())
    assert "no projection stands beside them" in told and "not in the table that was read" in told
    assert "has no model here" not in told
    assert main([*ASK, "--benchmark", "dlrm_dcnv2"]) == 0
    assert "has no model here: nothing is projected for it" in " ".join(capsys.readouterr().out.split())


def test_that_evidence_on_a_job_says_which_folders_it_lacks(capsys) -> None:
    assert main(["evidence", "-w", "resnet50"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "Entries of this job by round: v0.6 (13), v0.7 (29), v1.0 (35), v1.1 (40), v2.0 (56), v2.1 (21), v3.0 (50), "
        "v3.1 (33) and v4.0 (28)." in told
    )
    assert "v1.0 NVIDIA resnet (1,024 and 2,480 chips); v1.1 Azure resnet (1,024 and 2,048 chips)" in told
    lacking = answer(capsys, "evidence", "-w", "bert-large")["without_row"]
    assert ("v1.0", 4096) in {(each["round"], each["chips"]) for each in lacking}


def test_that_hidden_results_leave_their_number(capsys) -> None:
    found = answer(capsys, *GPT3, "--hide-official")
    assert found["results"] == [] and found["hidden_official"] == 21


def test_that_a_table_that_was_written_holds_every_row_again(tmp_path: Path, capsys) -> None:
    path = tmp_path / "results.csv"
    assert main([*ASK, "-o", str(path)]) == 0
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    place = {title: number for number, title in enumerate(rows[0])}
    table = rows[1:]
    assert len(table) == 1454
    assert all(row[place["Submitter"]] and row[place["Version"]].startswith("v") for row in table)
    assert table[0][place["Official (min)"]] == "25.076"
    notes = path.with_name("results.csv.txt").read_text(encoding="utf-8")
    assert "Official MLPerf® Training v5.0 results" in notes


def test_that_a_workbook_and_a_slide_hold_scores_and_footnotes(tmp_path: Path, capsys) -> None:
    book, deck = tmp_path / "results.xlsx", tmp_path / "results.pptx"
    assert main([*GPT3, "-o", str(book)]) == 0 and main([*GPT3, "-o", str(deck)]) == 0
    found = [cell for sheet in (1, 2) for cell in cells(book.read_bytes(), sheet).values()]
    assert 12.477 in found and "cloud-tpu-v5p-12288-maxtext" in found
    slides = Presentation(str(deck)).slides
    slide = slides[0]
    texts = "\n".join(shape.text_frame.text for each in slides for shape in each.shapes if shape.has_text_frame)
    notes = slide.notes_slide.notes_text_frame.text
    assert "[1] Official MLPerf® Training v4.0 results, closed division" in texts
    assert "12.477" in notes and "cloud-tpu-v5p-12288-maxtext" in notes


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([*ASK, "--benchmark", "gpt-3"], "no result has the benchmark 'gpt-3'; the nearest is gpt3"),
        ([*ASK, "--round", "v5.0,"], "no result has the round ''; the nearest is v5.0"),
        ([*ASK, "--from", "64", "--to", "8"], "no number of chips is from 64 to 8"),
        (
            [*ASK, "-w", "bert-large"],
            "--workload says nothing about official results, --scope results; leave it out",
        ),
        ([*ASK, "--recipe", "open"], "--recipe says nothing about official results, --scope results; leave it out"),
        (
            ["evidence", "--chip", "H100"],
            "--chip is of official results: add --scope results, or leave it out",
        ),
        (
            ["evidence", "--scope", "hardware", "--from", "8"],
            "--from is of official results: add --scope results, or leave it out",
        ),
    ],
)
def test_that_bad_input_is_refused_with_what_would_do(words: list[str], told: str, capsys) -> None:
    assert main(words) == 2
    assert capsys.readouterr() == ("", f"ipuwhatif: {told}\n")
