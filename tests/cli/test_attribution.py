"""`attribute` on the command line."""

import json

import pytest

from ipuwhatif.cli import main

FIRST, SECOND = (f"{mlperf_round}/Graphcore/ipu-pod16-TF1/resnet/closed" for mlperf_round in ("v1.0", "v1.1"))
BERT = [f"{mlperf_round}/Graphcore/ipu-pod16-POPART-closed/bert/closed" for mlperf_round in ("v1.0", "v1.1")]
PROJECTIONS = ["attribute", "-w", "resnet50", "-s", "ipu-pod:64", "--release", "2021-06", "--to-release", "2021-12"]


def test_that_two_entries_are_split_into_a_table_that_ends_with_the_scores(capsys) -> None:
    assert main(["attribute", FIRST, SECOND]) == 0
    out = capsys.readouterr().out
    assert "37.12 min → 28.33 min" in out
    rows = [line.split("  ")[0] for line in out.splitlines()]
    parts = ["throughput", "convergence (samples to target)", "evaluation", "start-up and other", "official score"]
    assert [row for row in rows if row in parts] == parts
    for words in ("27,049 images/s", "29,068 images/s", "+7.5 %", "−13.6 %", "−23.7 %", "100 %"):
        assert words in out
    assert "not the same version: v1.0 and v1.1" in out
    assert "MLPerf " not in out.replace("MLPerf® ", "")
    assert "ownership" not in out and "All rights reserved" in out


def test_that_a_factor_in_a_score_stands_beside_the_measured_time(capsys) -> None:
    assert main(["attribute", *BERT]) == 0
    out = capsys.readouterr().out
    measured = next(line for line in out.splitlines() if line.startswith("measured time"))
    factor = next(line for line in out.splitlines() if line.startswith("factor in the official score"))
    assert "29.78 min" in measured and "−13.7 %" in measured
    assert "1.098" in factor and "+9.8 %" in factor and "+3.15 min" in factor
    assert "within the scatter" in out


def test_that_parts_in_json_add_up(capsys) -> None:
    assert main(["attribute", FIRST, SECOND, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["workload", "before", "after", "change_s", "parts", "notes", "footnotes", "settings"]
    assert (answer["before"]["key"], answer["after"]["release"]) == (FIRST, "2021-12")
    assert sum(part["change_s"] for part in answer["parts"]) == pytest.approx(answer["change_s"], rel=1e-12)
    assert answer["change_s"] == answer["after"]["time_s"] - answer["before"]["time_s"]
    assert sum(part["share"] for part in answer["parts"]) == pytest.approx(1.0)


def test_that_two_releases_two_systems_or_a_lever_make_two_projections(capsys) -> None:
    for command, ends in (
        (PROJECTIONS, [("ipu-pod:64", "2021-06"), ("ipu-pod:64", "2021-12")]),
        (
            ["attribute", "-w", "resnet50", "-s", "ipu-pod16,dgx-a100"],
            [("ipu-pod:16", "2021-12"), ("dgx-a100:8", "2021-12")],
        ),
        (
            ["attribute", "-w", "resnet50", "-s", "ipu-pod16", "--set", "ipu.compute_gain=1.3"],
            [("ipu-pod:16", "2021-12"), ("ipu-pod:16", "2021-12")],
        ),
    ):
        assert main([*command, "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert [(answer[end]["key"], answer[end]["release"]) for end in ("before", "after")] == ends
        assert {answer["before"]["kind"], answer["after"]["kind"]} == {"projection"}
        assert sum(part["change_s"] for part in answer["parts"]) == pytest.approx(answer["change_s"], rel=1e-9)
    assert len(answer["settings"]) == 1 and answer["change_s"] < 0


def test_that_projections_as_text_are_no_official_results(capsys) -> None:
    assert main(PROJECTIONS) == 0
    out = capsys.readouterr().out
    assert "Projected: " in out and "official score" not in out
    assert "they are not MLPerf® Training" in " ".join(out.split())
    assert "software as of 2021-06" in out


def test_that_no_ratio_is_told_where_two_projections_overlap(capsys) -> None:
    assert main(["attribute", "-w", "resnet50", "-s", "ipu-pod16", "--set", "ipu.compute_gain=1.01"]) == 0
    out = capsys.readouterr().out
    total = next(line for line in out.splitlines() if line.startswith("time to train"))
    assert "overlap" in out and " – " in total
    assert "Set at the second end: IPU compute gain 1.01 ×" in out


def test_that_a_change_is_written_as_a_picture_with_its_footnotes_and_as_a_table(capsys, tmp_path) -> None:
    picture, table = tmp_path / "change.png", tmp_path / "change.csv"
    assert main(["attribute", FIRST, SECOND, "-o", str(picture)]) == 0
    assert capsys.readouterr().out.count("Written: ") == 2
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "[1] Official MLPerf® Training v1.0" in picture.with_name("change.png.txt").read_text(encoding="utf-8")
    assert main([*PROJECTIONS, "-o", str(table)]) == 0
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Part,Before,After,Unit") and lines[1].startswith("throughput,")


def test_that_a_file_of_an_unknown_kind_is_refused_before_anything_is_computed(capsys, tmp_path) -> None:
    path = tmp_path / "change.gif"
    assert main(["attribute", FIRST, "no such entry", "-o", str(path)]) == 2
    known = "the nearest of .pptx, .xlsx, .pdf, .html, .png, .svg, .csv is .svg"
    assert capsys.readouterr() == ("", f"ipuwhatif: cannot write '{path.name}': .gif is not known; {known}\n")


# what is typed -> the whole line
BAD_INPUT = {
    "nothing": (
        ["attribute"],
        "name two entries, or a workload and systems: -w resnet50 -s ipu-pod16 --to-release 2021-12",
    ),
    "one entry": (
        ["attribute", FIRST],
        "two entries make a change, not 1; name two, such as 'v1.1/Graphcore/ipu-pod16-TF1/resnet/closed'",
    ),
    "three entries": (
        ["attribute", FIRST, SECOND, FIRST],
        "two entries make a change, not 3; name two, such as 'v1.1/Graphcore/ipu-pod16-TF1/resnet/closed'",
    ),
    "an unknown entry": (
        ["attribute", FIRST, SECOND.replace("TF1", "TF2")],
        (
            "unknown entry 'v1.1/Graphcore/ipu-pod16-TF2/resnet/closed'; the nearest is v1.1/Graphcore/ipu-"
            "pod16-TF1/resnet/closed"
        ),
    ),
    "the same entry": (
        ["attribute", FIRST, FIRST],
        "both ends are v1.0/Graphcore/ipu-pod16-TF1/resnet/closed; name two entries",
    ),
    "two benchmarks": (
        ["attribute", FIRST, BERT[1]],
        (
            "v1.0/Graphcore/ipu-pod16-TF1/resnet/closed and v1.1/Graphcore/ipu-pod16-POPART-closed/bert/closed "
            "are of two benchmarks: only one can be split"
        ),
    ),
    "entries and a release": (
        ["attribute", FIRST, SECOND, "--to-release", "2021-12"],
        "--to-release is for projections: leave it out, or leave out the entries",
    ),
    "entries and a lever": (
        ["attribute", FIRST, SECOND, "--set", "ipu.clock=1.1"],
        "--set is for projections: leave it out, or leave out the entries",
    ),
    "no system": (
        ["attribute", "-w", "resnet50"],
        "name two entries, or a workload and systems: -w resnet50 -s ipu-pod16 --to-release 2021-12",
    ),
    "the same projection": (
        ["attribute", "-w", "resnet50", "-s", "ipu-pod16"],
        "both ends are ipu-pod:16, 2021-12: name a second system, --to-release or --set",
    ),
    "three systems": (
        ["attribute", "-w", "resnet50", "-s", "ipu-pod:1,ipu-pod:2,ipu-pod:4"],
        "3 systems are too many: a change has two ends; name one or two",
    ),
    "an unknown release": ([*PROJECTIONS[:-1], "2021-13"], "unknown release '2021-13'; the nearest is 2021-12"),
    "a lever of the first end": (
        ["attribute", "-w", "resnet50", "-s", "ipu-pod16,dgx-a100", "--set", "ipu.clock=1.1"],
        "lever ipu.clock moves nothing: ipu is not in this question; the nearest lever is gpu.clock",
    ),
    "an unknown option": (["claims", "--all"], "nothing takes '--all'; --help tells what is taken"),
}


@pytest.mark.parametrize("what", BAD_INPUT)
def test_that_bad_input_ends_in_one_line_and_exit_code_2(what: str, capfd) -> None:
    arguments, line = BAD_INPUT[what]
    assert main(arguments) == 2
    assert capfd.readouterr() == ("", f"ipuwhatif: {line}\n")
