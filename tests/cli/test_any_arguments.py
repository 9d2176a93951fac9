"""Any argument list is answered, or refused in one line with exit code 2 and nothing left behind."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipuwhatif.cli import main

#: What each command needs and what it takes, as people type it; files are small ones, so that an answer is quick.
COMMANDS = {
    "list": (["systems"], ["--json"]),
    "project": (
        ["-w resnet50", "-s ipu-pod:64"],
        ["--global-batch 12,800", "--micro-batch 20", "--gradient-accumulation 10", "--layout as-submitted"],
    ),
    "compare": (
        ["-s ipu-pod16,dgx-a100"],
        ["--basis per-chip", "-o chart.csv", "-o chart.svg", "--theme dark", "--json", "--set ipu.clock=1.1"],
    ),
    "scaling": ([], ["-s ipu-pod", "--from 16", "--to 64", "--release 2021-06", "-o chart.csv"]),
    "seek": (
        ["-w resnet50", "-s ipu-pod:64", "--target 1 h 30 min"],
        ["--over chips", "--over ipu.compute_gain", "--recipe closed"],
    ),
    "sensitivity": (["-w resnet50", "-s ipu-pod64"], ["-o chart.csv", "--json"]),
    "breakdown": (["-s ipu-pod64,dgx-a100"], ["--share", "-o chart.png", "--dpi 96"]),
    "memory": (["-w bert-large", "-s ipu-pod16,dgx-a100"], ["--micro-batch 2", "-o chart.csv", "--json"]),
    "finish": (
        ["-s ipu-pod16,dgx-a100", "--failure-rate llama3", "--restart 10min", "--checkpoint-cost 5s"],
        ["--by 54d", "--sure 90", "--start 2026-12-01", "--spares 2", "--repair 2d", "-o chart.csv", "--json"],
    ),
    "cost": (
        ["-s ipu-pod16,dgx-a100"],
        [
            "--price dgx-a100=$2.99/GPU-hour 2024 a quote",
            "--set all.electricity_price=0.15 USD/kWh",
            "--set all.carbon_intensity=0.4 kg/kWh",
            "--set ipu-pod:16.power_kw=300 W/chip",
            "--measure energy",
        ],
    ),
    "backtest": ([], ["--protocol leave-one-size-out", "--residuals", "-o record.csv"]),
    "attribute": (["-w resnet50", "-s ipu-pod16", "--to-release 2021-06"], ["--release 2021-12"]),
    "claims": ([], ["-o article.csv", "--json"]),
    "evidence": ([], ["-w bert-large", "--scope hardware", "--hide-official"]),
    "roofline": (["-w efficientnet-b4", "-s ipu-pod16,dgx-a100"], ["--epochs 350", "--stack pytorch-21.03"]),
    "measured": (["-w resnet50", "-s ipu-pod:16", "--value 85 ms/step"], ["--json"]),
    "export": (["plan.ipuwhatif", "-o plan.csv"], ["--theme dark"]),
}
#: What nobody should type, and what is pasted by accident.
ODD = ["", " ", "nan", "-1", "1e999", "1.000", "1,5", "９", "万", "\n", "\t", "a;b", "=", ":", "--", "é", "9" * 400]


@st.composite
def argument_lists(draw: st.DrawFn, command: str) -> list[str]:
    needed, taken = COMMANDS[command]
    words = [command]
    for piece in (*needed, *(draw(st.lists(st.sampled_from(taken), max_size=3, unique=True)))):
        option, blank, value = piece.partition(" ")
        words += [option, value] if blank else [option]
    places = [place for place, word in enumerate(words) if place and not word.startswith("-")]
    if not places or draw(st.integers(0, 4)) == 0:  # most faults are in what is stated, some in commands and options
        places = list(range(len(words)))
    place = draw(st.sampled_from(places))
    words[place] = draw(mutated(words[place]))
    return words


@st.composite
def mutated(draw: st.DrawFn, word: str) -> str:
    """A word with something put in, taken out, or put in its place."""
    middle = len(word) // 2
    cuts = (
        (0, 0),
        (0, 1),
        (0, len(word)),
        (middle, middle),
        (middle, middle + 1),
        (middle, len(word)),
        (len(word),) * 2,
    )
    start, end = draw(st.sampled_from(cuts))
    return word[:start] + draw(st.sampled_from(ODD)) + word[end:]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    return tmp_path / "empty"


@pytest.mark.parametrize("command", COMMANDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_that_any_argument_list_is_answered_or_refused_in_one_line(
    command: str, data: st.DataObject, folder: Path, capfd
) -> None:
    words = data.draw(argument_lists(command))
    if any(word.startswith(("-h", "--h", "--smoke", "--again")) for word in words):
        return  # help ends the process; the others open a window or fit for minutes
    code = main(words)
    out, err = capfd.readouterr()
    if code == 0:
        for path in folder.iterdir():
            path.unlink()
        assert out and not err
        return
    assert (code, out) == (2, "")
    assert err.startswith("ipuwhatif: ") and len(err.splitlines()) == 1 and err.endswith("\n")
    assert list(folder.iterdir()) == []
