"""Bad input on the command line: one line that names the fault, exit code 2, and nothing left behind."""

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from ipuwhatif.cli import main
from ipuwhatif.cli.arguments import parse
from ipuwhatif.export.writers import FORMATS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ["project", "-w", "resnet50", "-s", "ipu-pod:64"]
STATED = ["project", "-w", "efficientnet-b4", "-s", "dgx-a100"]

# what is typed -> words that the one line must hold: the fault, and the nearest valid choice
BAD_INPUT = {
    "an unknown command": (["projct", "-w", "resnet50"], ["projct", "project"]),
    "an unknown list": (["list", "workload"], ["'workload'", "workloads"]),
    "an unknown option": ([*PROJECT, "--colour"], ["--colour"]),
    "a missing option": (["project", "-w", "resnet50"], ["-s"]),
    "an unknown workload": (["project", "-w", "resnet5", "-s", "ipu-pod:64"], ["'resnet5'", "resnet50"]),
    "an unknown system": (["project", "-w", "resnet50", "-s", "ipu-pood:64"], ["'ipu-pood:64'", "ipu-pod:64"]),
    "an unknown preset": (["compare", "-s", "ipu-podd64"], ["'ipu-podd64'", "ipu-pod64"]),
    "an unknown family": (["scaling", "-s", "ipu-pods"], ["'ipu-pods'", "ipu-pod"]),
    "a family out of range": (["scaling", "-s", "ipu-pod", "--from", "2000", "--to", "4000"], ["the nearest is 1,024"]),
    "a range that runs backwards": (["scaling", "-s", "ipu-pod", "--from", "64", "--to", "16"], ["64", "16"]),
    "a system without a name": (["compare", "-s", "ipu-pod16,,dgx-a100"], ["two commas"]),
    "no system": (["compare", "-s", ""], ["ipu-pod:64"]),
    "0 chips": (["project", "-w", "resnet50", "-s", "ipu-pod:0"], ["'ipu-pod:0'", "the nearest is ipu-pod:1"]),
    "7,000,000 chips": (
        ["project", "-w", "resnet50", "-s", "dgx-a100:7000000"],
        ["7000000", "4,320", "the nearest is dgx-a100:4320"],
    ),
    "half a chip": (["project", "-w", "resnet50", "-s", "ipu-pod:2,5"], ["'ipu-pod:2,5'", "ipu-pod:2"]),
    "nan chips": (["project", "-w", "resnet50", "-s", "ipu-pod:nan"], ["'ipu-pod:nan'", "from 1 to 1,024"]),
    "an unknown release": ([*PROJECT, "--release", "2021-11"], ["'2021-11'", "2021-12"]),
    "an unknown recipe": ([*PROJECT, "--recipe", "opened"], ["'opened'", "closed"]),
    "a recipe of another workload": ([*PROJECT, "--recipe", "open"], ["ResNet-50", "closed"]),
    "an unknown layout policy": ([*PROJECT, "--layout", "bset"], ["'bset'", "best"]),
    "a batch of -1": ([*PROJECT, "--global-batch", "-1"], ["'-1'", "the nearest is 1 "]),
    "a batch of 0": ([*PROJECT, "--global-batch", "0"], ["'0'", "the nearest is 1 "]),
    "a batch of nan": ([*PROJECT, "--global-batch", "nan"], ["'nan'", "1 to 86,016"]),
    "a batch that nothing can hold": ([*PROJECT, "--global-batch", "999999999999"], ["the nearest is 86,016"]),
    "a micro-batch that nothing can hold": (
        [*PROJECT, "--micro-batch", "999999999999"],
        ["the largest that an entry ran is 20"],
    ),
    "half a sample": ([*PROJECT, "--micro-batch", "2,5"], ["'2,5'", "whole number", "the nearest is 2"]),
    "a batch with a decimal comma": ([*PROJECT, "--global-batch", "3200,5"], ["'3200,5'", "a comma groups thousands"]),
    "a number of words": ([*PROJECT, "--micro-batch", "two"], ["'two'", "such as 16"]),
    "a number of twenty digits": ([*PROJECT, "--pipeline-stages", "9" * 20], ["too large"]),
    "an accumulation that makes too large a batch": (
        [*PROJECT, "--gradient-accumulation", "100000000"],
        ["1 to 86,016 samples", "the nearest gradient accumulation is 67"],
    ),
    "a lever of nan": ([*PROJECT, "--set", "ipu.compute_gain=nan"], ["'nan'", "0.50 to 2.00"]),
    "a lever out of range": ([*PROJECT, "--set", "ipu.compute_gain=1e308"], ["1e308", "2.00"]),
    "an unknown lever": ([*PROJECT, "--set", "ipu.compute_gian=1.3"], ["compute_gian", "ipu.compute_gain"]),
    "a lever without a value": ([*PROJECT, "--set", "ipu.compute_gain"], ["ipu.compute_gain=1.3"]),
    "a lever of nobody": ([*PROJECT, "--set", "ipx.compute_gain=1.3"], ["'ipx'", "ipu"]),
    "half a sample of a batch": (
        [*PROJECT, "--set", "ipu-pod:64.global_batch=2.5"],
        ["'2.5' is no whole number", "the nearest is 2 samples"],
    ),
    "power of a projection": ([*PROJECT, "--set", "ipu.power_kw=3"], ["ipu.power_kw changes no time", "per-kw"]),
    "power of a comparison of times": (
        ["compare", "--set", "ipu.power_kw=3"],
        ["ipu.power_kw changes no time", "ipuwhatif compare --basis per-kw or cost"],
    ),
    "a price of electricity per kW": (
        ["compare", "--basis", "per-kw", "--set", "all.electricity_price=0.1"],
        ["all.electricity_price changes no time", "ask with ipuwhatif cost"],
    ),
    "a lifetime along the chips": (["scaling", "--set", "ipu.lifetime_years=3"], ["changes no time"]),
    "cooling under a tornado": (
        ["sensitivity", "-w", "resnet50", "-s", "ipu-pod64", "--set", "all.cooling_overhead=1.2"],
        ["changes no time"],
    ),
    "a target of ages": (
        ["seek", "-w", "resnet50", "-s", "ipu-pod", "--target", "1e300 s"],
        ["from a millisecond to a century", "36,500 days"],
    ),
    "less than a sample": ([*STATED, "--samples", "1e-9"], ["'1e-9' is less than one of the images", "350 epochs"]),
    "no layer between two commas": (
        ["compare", "-w", "weather-emulator", "--layers", "5,,5"],
        ["'5,,5' has no size between two commas"],
    ),
    "a lever that is set twice": (
        [*PROJECT, "--set", "ipu.clock=1.1", "--set", "ipu.clock=1.2"],
        ["ipu.clock is set twice"],
    ),
    "a batch that is set twice": (
        [*PROJECT, "--set", "ipu-pod64.global_batch=3200", "--global-batch", "3264"],
        ["ipu-pod:64.global_batch is set twice"],
    ),
    "a lever of a family that is not asked about": (
        [*PROJECT, "--set", "gpu.compute_gain=1.3"],
        ["gpu is not in this question", "ipu.compute_gain"],
    ),
    "a lever of a system that is not asked about": (
        ["compare", "--set", "ipu-pod:48.global_batch=3200"],
        ["ipu-pod:48 is not in this question", "ipu-pod:64.global_batch"],
    ),
    "a lever of a size that is not on the curve": (
        ["scaling", "-s", "ipu-pod", "--set", "ipu-pod:2.clock=1.1"],
        ["ipu-pod:2 is not in this question", "ipu-pod:16.clock"],
    ),
    "an option that is given twice": ([*PROJECT, "-w", "bert-large"], ["-w", "given twice"]),
    "two outputs": (["compare", "-o", "a.png", "-o", "b.png"], ["-o", "given twice"]),
    "an output without a name": (["compare", "-o", ""], ["''", ".png", ".csv"]),
    "a layout for scaling": (["scaling", "--layout", "as-submitted"], ["searches the layout at each chip count"]),
    "a reference that is not listed": (
        ["compare", "-s", "ipu-pod16,ipu-pod64", "--reference", "dgx-a100"],
        ["'dgx-a100' is not among the systems", "ipu-pod:"],
    ),
    "too many systems": (
        ["compare", "-s", ",".join(f"ipu-pod:{chips}" for chips in range(1, 26))],
        ["25 systems", "24", "leave out 1"],
    ),
    "epochs of a job with a target": ([*PROJECT, "--epochs", "3"], ["--epochs", "75.9 % top-1"]),
    "tokens of images": ([*STATED, "--tokens", "10 G"], ["not counted in tokens", "--epochs"]),
    "epochs of tokens": (["project", "-w", "gpt2-xl", "-s", "dgx-a100", "--epochs", "3"], ["--tokens"]),
    "tokens that are hours": (
        ["project", "-w", "gpt2-xl", "-s", "dgx-a100", "--tokens", "10 h"],
        ["'10 h'", "counted in tokens", "10 billion tokens"],
    ),
    "epochs of nan": ([*STATED, "--epochs", "nan"], ["'nan'", "350 epochs"]),
    "no epochs": ([*STATED, "--epochs", "0"], ["'0'", "the nearest is 1 epoch"]),
    "epochs without end": ([*STATED, "--epochs", "1e300"], ["too much work", "the nearest is"]),
    "two amounts of work": ([*STATED, "--epochs", "3", "--samples", "5 M"], ["--epochs and --samples"]),
    "layers of a network that is fixed": ([*STATED, "--layers", "5,5"], ["--layers", "weather-emulator"]),
    "one layer": (["compare", "-w", "weather-emulator", "--layers", "5"], ["1 layer sizes", "nearest: 2"]),
    "half a layer": (["compare", "-w", "weather-emulator", "--layers", "5,2.5"], ["'2.5'", "for example 2"]),
    "software of nobody": ([*STATED, "--software", "pytorch-21.3"], ["'pytorch-21.3'", "pytorch-21.03"]),
    "software where no GPU is asked about": (
        ["project", "-w", "efficientnet-b4", "-s", "ipu-pod16", "--software", "pytorch-21.03"],
        ["pytorch-21.03 runs on GPUs", "leave --software out"],
    ),
    "software where none was published": ([*PROJECT, "--software", "pytorch-21.03"], ["resnet50", "efficientnet-b4"]),
    "a stated ratio without a time": (["project", "-w", "insurance"], ["--baseline-time"]),
    "a time without a unit": (["project", "-w", "insurance", "--baseline-time", "70"], ["no unit", "h or days"]),
    "a time below nothing": (["project", "-w", "insurance", "--baseline-time", "-1 h"], ["not above 0"]),
    "a time of ages": (["project", "-w", "insurance", "--baseline-time", "1e9 days"], ["a century"]),
    "a time for what is projected": ([*PROJECT, "--baseline-time", "70 h"], ["insurance and weather", "leave it out"]),
    "one of several statements": (
        ["project", "-w", "weather", "--baseline-time", "70 h"],
        ["--statement", "weather-europe-cpu", "weather-china-cpu"],
    ),
    "a statement of nobody": (
        ["project", "-w", "weather", "--baseline-time", "70 h", "--statement", "weather-europe"],
        ["'weather-europe'", "the nearest is weather-europe-"],
    ),
    "a lever of a stated ratio": (
        ["project", "-w", "insurance", "--baseline-time", "70 h", "--set", "ipu.clock=1.1"],
        ["--set says nothing about insurance"],
    ),
    "a comparison of a stated ratio": (["compare", "-w", "weather"], ["--baseline-time", "a stated ratio only"]),
    "a curve of a stated ratio": (["scaling", "-w", "insurance"], ["--baseline-time", "a stated ratio only"]),
    "no system that fits": (
        ["compare", "-w", "bert-large", "-s", "ipu-pod:1,ipu-pod:2"],
        ["does not fit", "1 IPU", "2 IPUs"],
    ),
    "a line break in a name": (["project", "-w", "resnet\n50", "-s", "ipu-pod:64"], ["resnet50"]),
    "an unknown extension": (["compare", "-o", "chart.bmp"], [".bmp", ".png", ".csv"]),
    "no extension": (["compare", "-o", "chart"], [".png", ".csv"]),
}


@pytest.mark.parametrize("what", BAD_INPUT)
def test_that_bad_input_ends_in_one_line_and_exit_code_2(what: str, tmp_path: Path, monkeypatch, capfd) -> None:
    arguments, words = BAD_INPUT[what]
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("ipuwhatif: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    assert [word for word in words if word not in err] == [], err
    assert list(tmp_path.iterdir()) == []


def _put(folder: Path, fault: str, ending: str) -> Path:
    """A name under which nothing can be written."""
    path = folder / f"chart{ending}"
    if fault == "a folder":
        path.mkdir()
    elif fault == "no folder":
        path = folder / "missing" / path.name
    elif fault == "too long":
        path = folder / ("n" * 300 + ending)
    elif fault == "read-only":
        path.write_bytes(b"mine")
        path.chmod(0o444)
    elif fault == "a device":
        path.symlink_to("/dev/full")
    elif fault == "no text beside":
        (folder / f"{path.name}.txt").mkdir()
    return path


FAULTS = {
    "a folder": "is a folder; name a file in it",
    "no folder": "does not exist",
    "too long": "cannot be written",
    "read-only": "is read-only; choose another name",
    "a device": "is no file; name a file",
    "a full disk": "cannot be written: No space left on device",
}


@pytest.mark.parametrize(
    ("fault", "ending"),
    [
        *((fault, ending) for fault in FAULTS for ending in FORMATS),
        ("no text beside", ".png"),
        ("no text beside", ".svg"),
    ],
)
def test_that_an_output_that_cannot_be_written_is_refused_and_leaves_all_as_it_was(
    fault: str, ending: str, tmp_path: Path, capfd, monkeypatch
) -> None:
    path = _put(tmp_path, fault, ending)
    before = sorted(each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*"))
    if fault == "a full disk":

        def fail(_: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr("os.fsync", fail)
    assert main(["compare", "-s", "ipu-pod16,dgx-a100", "-o", str(path)]) == 2
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert FAULTS.get(fault, "is a folder") in err
    assert sorted(each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*")) == before
    assert fault != "read-only" or path.read_bytes() == b"mine"


@pytest.mark.skipif(
    not Path("/proc/self").is_dir(), reason="needs a folder in which nobody may write, as /proc is on Linux"
)
def test_that_a_folder_in_which_nobody_may_write_is_refused(capfd) -> None:
    assert main(["compare", "-s", "ipu-pod16,dgx-a100", "-o", "/proc/self/chart.png"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "/proc/self/chart.png" in err


def _broken_copy(tmp_path: Path, name: str) -> Path:
    for folder in ("ipuwhatif", "resources"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "resources" / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "catalog/systems.json",
        "evidence/hardware.csv",
        "levers/levers.json",
        "calibration/parameters.json",
        "calibration/draws.npz",
    ],
)
def test_that_a_broken_resource_is_named_in_one_line(run, name: str, tmp_path: Path) -> None:
    answer = run(*PROJECT, cwd=_broken_copy(tmp_path, name), PYTHONPATH=str(tmp_path))
    assert answer.returncode == 2, answer.stderr
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert name.rpartition("/")[2].partition(".")[0] in answer.stderr


def test_that_the_app_without_a_display_points_at_the_commands(run) -> None:
    answer = run()
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert "display" in answer.stderr
    assert "ipuwhatif compare" in answer.stderr


def test_that_options_are_not_guessed_from_their_beginnings() -> None:
    with pytest.raises(ValueError, match="--work"):
        parse(["project", "--work", "resnet50", "-s", "ipu-pod:64"])


@pytest.mark.parametrize(
    ("pins", "option"),
    [
        (["-s", "ipu-pod:64", "--gradient-accumulation", "5000"], "--gradient-accumulation"),
        (["-s", "dgx-a100:4320", "--gradient-accumulation", "5000"], "--gradient-accumulation"),
    ],
)
def test_that_the_nearest_part_of_a_layout_is_itself_accepted(pins: list[str], option: str, capsys) -> None:
    question = ["project", "-w", "resnet50", *pins]
    assert main(question) == 2
    question[question.index(option) + 1] = capsys.readouterr().err.rpartition(" is ")[2].strip()
    assert main([*question, "--json"]) == 0
    assert 1 <= json.loads(capsys.readouterr().out)["layout"]["global_batch"] <= 86016


def test_that_chips_stay_idle_and_say_so_where_a_pinned_micro_batch_would_make_too_large_a_batch(capsys) -> None:
    assert main(["project", "-w", "resnet50", "-s", "dgx-a100:4320", "--micro-batch", "200"]) == 0
    assert "of 4320 GPUs stay idle" in " ".join(capsys.readouterr().out.replace(",", "").split())
