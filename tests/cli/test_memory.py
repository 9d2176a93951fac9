"""What fills a chip, on the command line: as text, JSON and every kind of file."""

import json
from pathlib import Path

import pytest

from ipuwhatif.cli import main
from ipuwhatif.export.formats import FORMATS


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(("memory", *arguments)) == 0
    return capsys.readouterr().out


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str):
    return json.loads(ask(capsys, *arguments, "--json"))


LLAMA = ("-w", "llama31-405b", "-s", "gb200-nvl72,hgx-h200,ipu-pod64")


def test_that_json_holds_parts_that_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, *LLAMA)
    assert [system["fits"] for system in answer["systems"]] == [True, False, False]
    for system in answer["systems"]:
        assert sum(system["parts_bytes"].values()) == pytest.approx(system["needed_bytes"])
        assert system["free_bytes"] == pytest.approx(system["memory_bytes"] - system["needed_bytes"])
        assert bool(system["reason"]) != system["fits"]
    _, short, bound = answer["systems"]
    assert short["would_fit"][0] == {"what": "chips", "value": 64, "at_least": False}
    assert short["first_part_without_room"] == "gradients" and short["layout"]["tensor_parallel"] == 8
    assert bound["layout"] is None and bound["would_fit"] == []


def test_that_the_text_names_the_part_and_the_smallest_system(capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, "-w", "llama31-70b", "-s", "hgx-h100:1")
    assert "no room for weights; would fit: 32 GPUs" in text and "does not fit: 1.3 TB of 80 GB" in text


def test_that_pins_of_the_layout_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    for system in as_json(capsys, "-w", "resnet50", "-s", "ipu-pod16,dgx-a100", "--micro-batch", "4")["systems"]:
        assert system["layout"]["micro_batch"] == 4
    cut = ("--tensor-parallel", "1", "--recompute", "none")
    answer = as_json(capsys, "-w", "llama31-70b", "-s", "hgx-h100:32", *cut)
    system = "4 × HGX H100 (32 GPUs)"
    assert answer["settings"] == [f"{system} tensor parallel 1 chip", f"{system} recompute 0 × all layers"]
    assert {each["what"] for each in answer["systems"][0]["would_fit"]} >= {"chips", "recompute", "tensor_parallel"}


def test_that_a_micro_batch_that_no_chip_holds_is_shown_with_what_would_fit(capsys: pytest.CaptureFixture[str]) -> None:
    (system,) = as_json(capsys, "-w", "bert-large", "-s", "dgx-a100", "--micro-batch", "999")["systems"]
    assert not system["fits"] and system["first_part_without_room"] == "activations"
    assert (
        system["reason"]
        == "a micro-batch of 999 of BERT-Large does not fit on a A100 80 GB: the largest that does is 306"
    )
    assert "micro_batch" in {each["what"] for each in system["would_fit"]}


@pytest.mark.parametrize("ending", FORMATS)
def test_that_every_kind_of_file_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"memory{ending}"
    assert str(path) in ask(capsys, *LLAMA, "-o", str(path)).replace("\n    ", "")
    assert path.stat().st_size > 500
    if ending == ".csv":
        assert "no room for gradients" in path.with_name("memory.csv.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("-w", "bert-large", "-s", "dgx-a100", "--tensor-parallel", "2"),
            "BERT-Large is not cut that way: tensor and context parallel, precision and recompute are for language "
            "models",
        ),
        (
            ("-w", "insurance", "-s", "ipu-pod16"),
            "insurance is known by a stated ratio only, there is no network to project: give what the job takes you "
            'today, ipuwhatif project -w insurance --baseline-time "70.5 h"',
        ),
    ],
)
def test_that_what_cannot_be_told_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], line: str
) -> None:
    assert main(("memory", *arguments)) == 2
    assert capsys.readouterr() == ("", f"ipuwhatif: {line}\n")
