"""Language models on the command line: answers, pins of the cut, and what does not fit."""

import json

import pytest

from ipuwhatif.cli import main

LORA = ("project", "-w", "llama2-70b-lora", "-s", "hgx-h100:64")


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_that_a_language_model_is_asked_about_with_the_newest_software_and_tells_its_cut(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, *LORA)
    assert found["release"] == "2025-06"
    layout = found["layout"]
    assert (layout["tensor_parallel"], layout["context_parallel"], layout["precision"]) == (4, 2, "fp8")
    assert sum(found["breakdown_s"].values()) == pytest.approx(found["time_to_train_s"]["median"], rel=1e-9)


def test_that_the_entry_of_the_size_lies_in_the_interval(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *LORA)
    assert found["time_to_train_s"]["low"] < found["official_s"] < found["time_to_train_s"]["high"]


def test_that_other_jobs_tell_no_cut(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "project", "-w", "resnet50", "-s", "dgx-a100:8")
    assert "tensor_parallel" not in found["layout"] and found["release"] == "2021-12"


def test_that_tokens_are_an_amount_of_work(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "project", "-w", "llama31-8b", "-s", "mi300x:64", "--tokens", "1 T")
    assert found["work"]["samples"] == pytest.approx(1e12 / 8192)


@pytest.mark.parametrize(
    ("option", "name", "value"),
    [
        (["--tensor-parallel", "8"], "tensor_parallel", 8),
        (["--context-parallel", "2"], "context_parallel", 2),
        (["--precision", "bf16"], "precision", "bf16"),
        (["--recompute", "full"], "recomputed", 1.0),
    ],
)
def test_that_a_part_of_the_cut_is_pinned(
    capsys: pytest.CaptureFixture[str], option: list[str], name: str, value: object
) -> None:
    found = answer(capsys, "project", "-w", "gpt3-175b", "-s", "dgx-h100:512", *option)
    assert found["layout"][name] == value


def test_that_what_does_not_fit_says_what_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "-w", "llama31-405b", "-s", "dgx-h100:64"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("ipuwhatif: Llama 3.1 405B does not fit on 64 GPUs: the smallest number that does is ")
    assert told.count("\n") == 1


def test_that_a_job_on_ipus_without_an_entry_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "-w", "llama31-8b", "-s", "ipu-pod:64"]) == 2
    assert "no entry shows how Llama 3.1 8B is laid out on a chip such as GC200 IPU" in capsys.readouterr().err
