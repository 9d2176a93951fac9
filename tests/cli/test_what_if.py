"""Goal seek, sensitivity and breakdown on the command line."""

import json
from pathlib import Path

import pytest

from ipuwhatif.cli import main


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str):
    return json.loads(ask(capsys, *arguments, "--json"))


STATED_ONLY = (
    "insurance is known by a stated ratio only, there is no network to project: give what the job takes you today, "
    'ipuwhatif project -w insurance --baseline-time "70.5 h"'
)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("ipuwhatif: ") and err.count("\n") == 1
    return err.removeprefix("ipuwhatif: ").removesuffix("\n")


def test_that_seeking_chips_says_why_there_is_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, "seek", "-w", "resnet50", "-s", "ipu-pod", "--target", "1 min")
    for part in (
        "1 min",
        "Nothing reaches it",
        "beyond about",
        "all-reduce",
        "beyond the data",
        "not MLPerf® Training",
    ):
        assert part in " ".join(text.split())


def test_that_the_json_of_a_seek_holds_answer_interval_basis_and_layout(capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, "seek", "-w", "resnet50", "-s", "dgx-a100", "--target", "1 min", "--over", "chips")
    assert answer["found"] and answer["reason"] is None
    assert answer["projection"]["chips"] == answer["answer"]["chips"]
    assert answer["projection"]["time_to_train_s"]["median"] <= 60.0 == answer["target_s"]
    assert answer["at_low_end"]["chips"] <= answer["answer"]["chips"] <= answer["at_high_end"]["chips"]
    assert answer["projection"]["basis"] == "calibrated" and answer["projection"]["layout"]["global_batch"] > 0
    assert answer["largest_part"] in answer["projection"]["breakdown_s"]


def test_that_the_printed_gain_put_back_meets_the_target(capsys: pytest.CaptureFixture[str]) -> None:
    question = ("-w", "resnet50", "-s", "ipu-pod64")
    text = ask(capsys, "seek", *question, "--target", "7 min", "--over", "ipu.compute_gain")
    printed = text.split("IPU compute gain ")[1].split(" ×")[0]
    put_back = as_json(capsys, "project", *question, "--set", f"ipu.compute_gain={printed}")
    assert put_back["time_to_train_s"]["median"] == pytest.approx(420.0, rel=5e-3)


def test_that_a_lever_moved_before_counts_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    question = ("seek", "-w", "resnet50", "-s", "ipu-pod", "--target", "10 min")
    plain, moved = as_json(capsys, *question), as_json(capsys, *question, "--set", "ipu.compute_gain=1.3")
    assert moved["answer"]["chips"] < plain["answer"]["chips"]
    assert "1.30" in ask(capsys, *question, "--set", "ipu.compute_gain=1.3")


def test_that_any_finds_a_combination(capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, "seek", "-w", "resnet50", "-s", "ipu-pod64", "--target", "5 min", "--over", "any")
    assert set(answer["answer"]) == {"ipu.clock", "ipu.compute_gain"}
    assert answer["projection"]["time_to_train_s"]["median"] == pytest.approx(300.0, rel=5e-3)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("-s", "ipu-pod", "--target", "soon"),
            "'soon' is no time; write for example 1.5 h, 90 min, 1 h 30 min or 3 days",
        ),
        (("-s", "ipu-pod", "--target", "-3 min"), "'-3 min' is not above 0"),
        (
            ("-s", "ipu-pod64", "--target", "1 min", "--over", "ipu.compute_gian"),
            "nothing to move is called 'compute_gian'; the nearest is compute_gain",
        ),
        (
            ("-s", "ipu-pod64", "--target", "1 min", "--over", "gpu.compute_gan"),
            "nothing to move is called 'compute_gan'; the nearest is compute_gain",
        ),
        (
            ("-s", "ipu-pod64", "--target", "1 min", "--over", "all.utilisation"),
            "a target is not sought over 'Utilisation'; seek over chips, any or a gain",
        ),
        (
            ("-s", "ipu-pod64", "--target", "1 min", "--over", "gpu.compute_gain"),
            "lever 'gpu.compute_gain' does not move ipu-pod:64; the nearest is ipu.compute_gain",
        ),
        (
            ("-s", "ipu-pod", "--target", "1 min", "--over", "clock"),
            "system 'ipu-pod' needs a chip count, such as ipu-pod:4",
        ),
        (
            ("-s", "ipu-pod64,dgx-a100", "--target", "1 min", "--over", "clock"),
            "seek asks about one system; name one, such as ipu-pod:64",
        ),
        (
            ("-s", "ipu-pod", "--target", "1 min", "--layout", "as-submitted"),
            "seeking chips searches the layout at each chip count, so --layout as-submitted counts for "
            "nothing; leave it out, or seek a lever",
        ),
    ],
)
def test_that_a_faulty_seek_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], line: str
) -> None:
    assert refused(capsys, "seek", "-w", "resnet50", *arguments) == line


def test_that_a_job_known_by_a_ratio_only_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(capsys, "seek", "-w", "insurance", "-s", "ipu-pod", "--target", "1 h")
    assert told == STATED_ONLY


def test_that_sensitivity_prints_a_tornado_and_writes_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    question = ("sensitivity", "-w", "resnet50", "-s", "ipu-pod64")
    answer = as_json(capsys, *question)
    sizes = [swing["size_s"] for swing in answer["swings"]]
    assert sizes == sorted(sizes, reverse=True)
    assert answer["swings"][0]["key"] in ("ipu.compute_gain", "ipu.clock")
    assert {each["kind"] for each in answer["together"]} == {"lever", "assumption"}
    text = ask(capsys, *question, "-o", str(tmp_path / "tornado.png"))
    assert "Compute gain" in text and "do not add up" in " ".join(text.split())
    assert (tmp_path / "tornado.png").read_bytes().startswith(b"\x89PNG")


def test_that_breakdown_prints_parts_and_shares(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    answer = as_json(capsys, "breakdown", "-w", "bert-large", "-s", "ipu-pod64,dgx-a100")
    for system in answer["systems"]:
        assert sum(system["shares"].values()) == pytest.approx(1.0)
        assert sum(system["breakdown_s"].values()) == pytest.approx(system["time_to_train_s"]["median"])
        assert system["baseline_breakdown_s"] is None
    text = ask(capsys, "breakdown", "-w", "bert-large", "-s", "ipu-pod64", "--share", "-o", str(tmp_path / "b.csv"))
    assert "Pipeline bubble" in text and "100" in text
    assert "Arithmetic" in (tmp_path / "b.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["sensitivity", "breakdown"])
def test_that_a_chart_of_an_unknown_kind_is_refused(capsys: pytest.CaptureFixture[str], name: str) -> None:
    systems = ("-s", "ipu-pod64")
    told = refused(capsys, name, "-w", "resnet50", *systems, "-o", "chart.doc")
    known = "the nearest of .pptx, .xlsx, .pdf, .html, .png, .svg, .csv is .pdf"
    assert told == f"cannot write 'chart.doc': .doc is not known; {known}"
