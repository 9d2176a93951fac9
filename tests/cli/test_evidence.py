"""`evidence` and `roofline` on the command line."""

import json
from pathlib import Path

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.cli import main


def answer(capsys, *words: str):
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_that_evidence_prints_every_row_with_kinds_apart(capsys) -> None:
    assert main(["evidence", "-w", "resnet50"]) == 0
    out = capsys.readouterr().out
    kinds = [line.split()[0] for line in out.splitlines() if line.startswith(("official ", "published "))]
    catalog = load_catalog()
    entries, figures = (
        sum(row.workload == "resnet50" for row in rows) for rows in (catalog.official, catalog.published)
    )
    assert entries > 300 and figures > 20
    assert kinds == ["official"] * entries + ["published"] * figures
    assert "Nothing of this is an official" in out and "[4] Official MLPerf® Training v1.1 results" in out
    assert "MLPerf " not in out.replace("MLPerf® ", "")


def test_that_evidence_in_json_holds_values_residuals_and_origins(capsys) -> None:
    found = answer(capsys, "evidence", "-w", "resnet50")
    rows = {row["key"]: row for row in found["rows"]}
    pod = rows["v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"]
    assert (pod["unit"], pod["choice"], pod["division"], pod["learnt_from"]) == ("s", "ipu-pod:16", "closed", True)
    assert pod["value"] == pytest.approx(28.3345 * 60, rel=1e-4)
    model = pod["model_in_sample"]
    assert pod["residual"] == pytest.approx(model["median"] / pod["value"] - 1.0)
    assert pod["inside"] == (model["low"] <= pod["value"] <= model["high"])
    for row in rows.values():
        assert row["origin"]["producer"] and (row["model_in_sample"] is None) == (row["left_out"] is not None)
    assert found["hidden_official"] == 0


def test_that_official_results_can_be_hidden_but_for_their_count(capsys) -> None:
    found = answer(capsys, "evidence", "-w", "bert-large", "--hide-official")
    assert {row["kind"] for row in found["rows"]} == {"published"}
    assert found["hidden_official"] == sum(entry.workload == "bert-large" for entry in load_catalog().official)
    assert not any(note.startswith("[") for note in found["footnotes"])


def test_that_a_stated_ratio_and_a_data_sheet_are_evidence_too(capsys) -> None:
    stated = answer(capsys, "evidence", "-w", "weather")["statements"]
    assert [each["ratio"] for each in stated] == [50.0, 5.0, 60.0]
    figures = answer(capsys, "evidence", "--scope", "hardware", "-s", "ipu-pod16")["hardware"]
    ranks = {(row["attribute"], row["rank"]): row["value"] for row in figures if row["owner"] == "GC200 IPU"}
    assert ranks["memory_bandwidth", 1] == 45e12 and ranks["memory_bandwidth", 2] == 47.5e12


def test_that_the_open_division_has_a_chart_of_its_own(capsys) -> None:
    assert main(["evidence", "-w", "bert-large", "--recipe", "open"]) == 0
    out = capsys.readouterr().out
    assert "BERT-Large, open division: time to train, official results by chip count" in out


def test_that_roofline_prints_every_op_of_every_chip(capsys) -> None:
    assert main(["roofline", "-w", "gpt2-xl", "-s", "ipu-pod64,dgx-a100"]) == 0
    out = capsys.readouterr().out
    rows = [line for line in out.splitlines() if line.startswith(("GC200 IPU ", "A100 80 GB "))]
    assert len(rows) > 20
    assert "bound by arithmetic" in out and "these are no measurements" in out


def test_that_ops_in_json_add_up_to_the_micro_batch(capsys) -> None:
    found = answer(capsys, "roofline", "-w", "deeplob", "-s", "ipu-pod:4,dgx-a100:8")
    assert [chip["system"] for chip in found["chips"]] == ["ipu-pod:4", "dgx-a100:8"]
    for chip in found["chips"]:
        seconds = sum(op["compute_s"] + op["memory_s"] + op["launch_s"] for op in chip["ops"])
        assert seconds + chip["framework_calls_s"] == pytest.approx(chip["micro_batch_s"])
        assert all(op["bound"] in ("compute", "memory", "launch") for op in chip["ops"])


def test_that_levers_move_the_roofs(capsys) -> None:
    plain = answer(capsys, "roofline", "-s", "ipu-pod16")["chips"][0]
    moved = answer(capsys, "roofline", "-s", "ipu-pod16", "--set", "ipu.clock=1.2")["chips"][0]
    assert moved["data_sheet"]["flops_per_s"] == pytest.approx(1.2 * plain["data_sheet"]["flops_per_s"])


@pytest.mark.parametrize("command", ["evidence", "roofline"])
def test_that_a_table_and_a_picture_are_written(command: str, tmp_path: Path, capsys) -> None:
    for ending in ("csv", "png"):
        path = tmp_path / f"{command}.{ending}"
        assert main([command, "-o", str(path)]) == 0
        assert path.stat().st_size > 1000
        assert f"Written: {path}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["evidence", "-w", "resnet"], "unknown workload 'resnet'; the nearest is resnet50"),
        (
            ["evidence", "--scope", "hardwear"],
            "'hardwear' is no kind of evidence; the nearest is hardware of workload, hardware, results, mine",
        ),
        (["evidence", "-s", "ipu-pod17"], "unknown system 'ipu-pod17'; nearest: ipu-pod16"),
        (
            ["evidence", "-o", "chart.doc"],
            "cannot write 'chart.doc': .doc is not known; the nearest of .pptx, .xlsx, .pdf, .html, .png, .svg, .csv "
            "is .pdf",
        ),
        (
            ["roofline", "-w", "weather"],
            "weather is known by a stated ratio only, there is no network to project: give what the job takes you "
            'today, ipuwhatif project -w weather --baseline-time "70.5 h"',
        ),
        (
            ["roofline", "-w", "gpt2-xl", "-s", "ipu-pod:1"],
            "GPT-2 XL does not fit on 1 IPU: the smallest number that does is 16 IPUs (a chip would need 6.75 GB; of "
            "its 900 MB, 720 MB are there for that)",
        ),
    ],
)
def test_that_bad_input_is_refused_with_what_would_do(words: list[str], told: str, capsys) -> None:
    assert main(words) == 2
    assert capsys.readouterr() == ("", f"ipuwhatif: {told}\n")
