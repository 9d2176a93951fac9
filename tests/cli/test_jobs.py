"""Jobs without a quality target and jobs of a stated ratio on the command line."""

import json

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.cli import main


def answer(capsys, *arguments: str):
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "amount", "samples"),
    [
        (["-w", "efficientnet-b4", "-s", "ipu-pod16"], "350 epochs", 350 * 1281167),
        (["-w", "efficientnet-b4", "-s", "ipu-pod16", "--epochs", "100"], "100 epochs", 100 * 1281167),
        (["-w", "gpt2-small", "-s", "dgx-a100", "--tokens", "10 G"], "10 billion tokens", 1e10 / 1024),
        (["-w", "hmc", "-s", "ipu-pod:4", "--samples", "2 M"], "2 million leapfrog steps", 2e6),
    ],
)
def test_that_the_amount_of_work_is_stated_or_assumed(capsys, arguments, amount, samples) -> None:
    projection = answer(capsys, "project", *arguments)
    assert projection["work"]["amount"] == amount
    assert projection["work"]["samples"] == projection["samples_to_target"]["median"] == pytest.approx(samples)
    assert projection["work"]["assumption"] == (len(arguments) == 4)
    assert projection["official_s"] is None and projection["basis"] == "extrapolated"
    assert sum(projection["breakdown_s"].values()) == pytest.approx(projection["time_to_train_s"]["median"])


@pytest.mark.parametrize(
    ("arguments", "stack"),
    [
        (["-w", "llama31-8b", "-s", "dgx-h100", "--tokens", "1 G"], "jax"),
        (["-w", "llama31-8b", "-s", "dgx-h100", "--tokens", "1 G"], "pytorch"),
        (["-w", "resnet50", "-s", "dgx-a100"], "paddle"),
        (["-w", "efficientnet-b4", "-s", "dgx-a100"], "mxnet"),
    ],
)
def test_that_a_framework_of_which_no_figure_of_the_job_was_read_is_told_by_its_class(capsys, arguments, stack) -> None:
    by_name, by_class = (answer(capsys, "project", *arguments, "--stack", each) for each in (stack, "framework"))
    assert by_name == by_class != answer(capsys, "project", *arguments)


def test_that_a_framework_with_figures_of_the_job_stays_itself(capsys) -> None:
    bert = answer(
        capsys, "project", "-w", "bert-large-128", "-s", "dgx-a100", "--tokens", "1 G", "--stack", "tensorflow"
    )
    assert bert["work"]["software"].startswith("tensorflow2-")


def test_that_layers_and_software_reach_the_answer(capsys) -> None:
    emulator = ["compare", "-w", "weather-emulator", "-s", "dgx-a100"]
    small, large = (answer(capsys, *emulator, "--layers", sizes) for sizes in ("275,64,182", "275,8192,8192,182"))
    times = [each["projections"][0]["time_to_train_s"]["median"] for each in (small, large)]
    assert times[0] < times[1] and large["projections"][0]["work"]["layers"] == [275, 8192, 8192, 182]
    b4 = answer(capsys, "project", "-w", "efficientnet-b4", "-s", "dgx-a100", "--software", "pytorch-21.03")
    assert b4["work"]["software"] == "pytorch-21.03"
    assert any("PyTorch, container 21.03" in note for note in b4["notes"])


def test_that_a_stated_ratio_answers_with_the_users_time_and_no_interval(capsys) -> None:
    made = answer(capsys, "project", "-w", "insurance", "--baseline-time", "70.5 h")
    assert made["basis"] == "stated"
    assert made["time_to_train_s"] == {"median": pytest.approx(14.1 * 3600), "low": None, "high": None, "level": None}
    assert made["baseline_time_s"] == pytest.approx(70.5 * 3600)
    assert made["statement"]["attribution"] == "Graphcore stated 5 × (AET, 2021-12-30); no primary source found"
    weather = ("project", "-w", "weather", "--baseline-time", "70.5 h", "--statement", "weather-china-cpu")
    assert answer(capsys, *weather)["statement"]["ratio"] == 60


def test_that_a_stated_ratio_is_told_in_words(capsys) -> None:
    assert main(["project", "-w", "insurance", "--baseline-time", "70.5 h"]) == 0
    out = capsys.readouterr().out
    for words in ("70.5 h", "14.1 h", "Graphcore stated 5 × (AET, 2021-12-30); no primary source found", "stated; no"):
        assert words in out


def test_that_a_system_that_cannot_run_is_a_note_and_a_row(capsys) -> None:
    question = ["compare", "-w", "bert-large", "-s", "ipu-pod:2,ipu-pod16,dgx-a100"]
    made = answer(capsys, *question)
    assert [each["system"] for each in made["missing"]] == ["ipu-pod:2"]
    assert [each["system"] for each in made["projections"]] == ["ipu-pod:16", "dgx-a100:8"]
    assert main(question) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "IPU-POD (2 IPUs) is left out: " in out and "no projection" in out


def test_that_lists_tell_kind_sector_amount_and_software(capsys) -> None:
    workloads = {each["workload"]: each for each in answer(capsys, "list", "workloads")}
    assert workloads["efficientnet-b4"]["default_amount"] == "350 epochs"
    assert (workloads["deeplob"]["sector"], workloads["deeplob"]["kind"]) == ("finance", "stated")
    assert workloads["resnet50"]["default_amount"] is None
    assert workloads["weather"]["statements"] == ["weather-europe-cpu", "weather-europe-gpu", "weather-china-cpu"]
    software = [each["software"] for each in answer(capsys, "list", "software")]
    assert "pytorch-21.03" in software
    assert main(["list", "workloads"]) == 0
    assert "10 billion tokens" in capsys.readouterr().out


def test_that_a_release_to_come_names_no_round(capsys) -> None:
    releases = {each["release"]: each["mlperf_round"] for each in answer(capsys, "list", "releases")}
    assert releases["2021-12"] == "v1.1" and None in releases.values()
    assert main(["list", "releases"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("to come: " in line and "MLPerf" not in line for line in lines)


def test_that_systems_that_are_evidence_only_are_not_listed_but_can_be_asked_about(capsys) -> None:
    unlisted = [key for key, system in load_catalog().systems.items() if not system.listed]
    listed = [each["system"] for each in answer(capsys, "list", "systems")]
    assert unlisted and not set(unlisted) & set(listed)
    assert main(["list", "systems"]) == 0
    assert not any(f"\n{key} " in capsys.readouterr().out for key in unlisted)
    made = answer(capsys, "project", "-w", "resnet50", "-s", "hgx-a100-80gb:8")
    assert made["system"] == "hgx-a100-80gb:8"
