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


LLAMA_2 = ("--layers=80", "--heads=64", "--width=8192", "--kv-heads=8", "--ffn=28672", "--vocab=32000")


def test_that_frozen_weights_fit_where_training_them_does_not_and_take_less_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ("project", "-w", "transformer", *LLAMA_2, "--tokens", "25 M", "-s")
    assert main([*asked, "dgx-h100:8"]) == 2
    assert "does not fit on 8 GPUs" in capsys.readouterr().err
    assert answer(capsys, *asked, "dgx-h100:8", "--adapter-rank", "16")["time_to_train_s"]["median"] > 0.0
    whole = answer(capsys, *asked, "dgx-h100:32")
    adapted = answer(capsys, *asked, "dgx-h100:32", "--adapter-rank", "16")
    assert adapted["time_to_train_s"]["median"] < 0.9 * whole["time_to_train_s"]["median"]
    assert any("44,564,480 of adapters are trained" in note for note in adapted["notes"])
    assert "adapters" not in "".join(whole["notes"])


def test_that_frozen_weights_by_sizes_are_about_as_fast_as_the_job_of_that_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sizes = ("-w", "transformer", *LLAMA_2, "--sequence", "8192", "--tokens", "25 M", "--adapter-rank", "16")
    pins = ("-s", "dgx-h100:8", "--global-batch", "8", "--tensor-parallel", "4", "--context-parallel", "1")
    pins = (*pins, "--pipeline-stages", "1", "--micro-batch", "1", "--precision", "fp8", "--recompute", "none")
    named = answer(capsys, "project", "-w", "llama2-70b-lora", "--stack", "vendor", *pins)
    by_sizes = answer(capsys, "project", *sizes, *pins)
    speeds = [each["throughput_samples_per_s"]["median"] for each in (named, by_sizes)]
    assert speeds[0] == pytest.approx(speeds[1], rel=1e-6)


def test_that_a_rank_of_adapters_is_for_a_transformer_by_its_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "-w", "llama31-8b", "-s", "dgx-h100:8", "--adapter-rank", "8"]) == 2
    assert "--adapter-rank: that size of llama31-8b is fixed; it is set for transformer" in capsys.readouterr().err


def test_that_what_entries_ran_can_be_named_for_every_job_with_entries(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("project", "-w", "bert-large", "-s", "dgx-a100:8")
    assert answer(capsys, *asked, "--stack", "mlperf") == answer(capsys, *asked)
