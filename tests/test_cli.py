"""The command line: real answers, and one line with exit code 2 for everything that cannot be answered."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ipuwhatif.cli import main
from ipuwhatif.cli.arguments import parse
from ipuwhatif.scenario.document import FIRST_START

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ["project", "-w", "resnet50", "-s", "ipu-pod:64"]

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
    "a family out of range": (["scaling", "-s", "ipu-pod", "--from", "2000", "--to", "4000"], ["1,024"]),
    "a range that runs backwards": (["scaling", "-s", "ipu-pod", "--from", "64", "--to", "16"], ["64", "16"]),
    "a system without a name": (["compare", "-s", "ipu-pod16,,dgx-a100"], ["two commas"]),
    "no system": (["compare", "-s", ""], ["ipu-pod:64"]),
    "0 chips": (["project", "-w", "resnet50", "-s", "ipu-pod:0"], ["'ipu-pod:0'", "from 1 to 1,024"]),
    "7,000,000 chips": (["project", "-w", "resnet50", "-s", "dgx-a100:7000000"], ["7000000", "4,320"]),
    "nan chips": (["project", "-w", "resnet50", "-s", "ipu-pod:nan"], ["'ipu-pod:nan'", "from 1 to 1,024"]),
    "an unknown release": ([*PROJECT, "--release", "2021-11"], ["'2021-11'", "2021-12"]),
    "an unknown recipe": ([*PROJECT, "--recipe", "opened"], ["'opened'", "closed"]),
    "a recipe of another workload": ([*PROJECT, "--recipe", "open"], ["ResNet-50", "closed"]),
    "an unknown layout policy": ([*PROJECT, "--layout", "bset"], ["'bset'", "best"]),
    "a batch of -1": ([*PROJECT, "--global-batch", "-1"], ["'-1'", "the nearest is 256"]),
    "a batch of 0": ([*PROJECT, "--global-batch", "0"], ["'0'", "the nearest is 256"]),
    "a batch of nan": ([*PROJECT, "--global-batch", "nan"], ["'nan'", "256 to 86,016"]),
    "a batch that nothing can hold": ([*PROJECT, "--global-batch", "999999999999"], ["the nearest is 86,016"]),
    "a micro-batch that nothing can hold": ([*PROJECT, "--micro-batch", "999999999999"], ["batch"]),
    "a lever of nan": ([*PROJECT, "--set", "ipu.compute_gain=nan"], ["'nan'", "0.50 to 2.00"]),
    "a lever out of range": ([*PROJECT, "--set", "ipu.compute_gain=1e308"], ["1e308", "2.00"]),
    "an unknown lever": ([*PROJECT, "--set", "ipu.compute_gian=1.3"], ["compute_gian", "ipu.compute_gain"]),
    "a lever without a value": ([*PROJECT, "--set", "ipu.compute_gain"], ["ipu.compute_gain=1.3"]),
    "a lever of nobody": ([*PROJECT, "--set", "ipx.compute_gain=1.3"], ["'ipx'", "ipu"]),
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


@pytest.mark.parametrize("name", ["missing/chart.png", "missing/table.csv", "folder.png", "folder.csv"])
def test_that_an_output_that_cannot_be_written_is_refused_and_leaves_nothing(name: str, tmp_path: Path, capfd) -> None:
    for folder in ("folder.png", "folder.csv"):
        (tmp_path / folder).mkdir()
    assert main(["compare", "-s", "ipu-pod16,dgx-a100", "-o", str(tmp_path / name)]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert Path(name).name in err or "missing" in err
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["folder.csv", "folder.png"]


@pytest.mark.skipif(
    not Path("/proc/self").is_dir(), reason="needs a folder in which nobody may write, as /proc is on Linux"
)
def test_that_a_folder_in_which_nobody_may_write_is_refused(capfd) -> None:
    assert main(["compare", "-s", "ipu-pod16,dgx-a100", "-o", "/proc/self/chart.png"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "/proc/self/chart.png" in err


def _run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "ipuwhatif", *arguments]
    return subprocess.run(command, cwd=cwd, env={**kept, **environment}, capture_output=True, text=True, check=False)


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
def test_that_a_broken_resource_is_named_in_one_line(name: str, tmp_path: Path) -> None:
    answer = _run(*PROJECT, cwd=_broken_copy(tmp_path, name), PYTHONPATH=str(tmp_path))
    assert answer.returncode == 2, answer.stderr
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert name.rpartition("/")[2].partition(".")[0] in answer.stderr


def test_that_project_answers_in_the_agreed_json() -> None:
    answer = _run(*PROJECT, "--layout", "as-submitted", "--json")
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    projection = json.loads(answer.stdout)
    assert list(projection) == [
        "workload",
        "system",
        "chips",
        "release",
        "recipe",
        "basis",
        "beyond",
        "time_to_train_s",
        "official_s",
        "throughput_samples_per_s",
        "samples_to_target",
        "layout",
        "breakdown_s",
        "evidence",
        "notes",
    ]
    time = projection["time_to_train_s"]
    assert (projection["system"], projection["chips"], projection["basis"]) == ("ipu-pod:64", 64, "calibrated")
    assert projection["official_s"] == pytest.approx(8.50 * 60, abs=0.6)
    assert time["low"] < time["median"] < time["high"]
    assert sum(projection["breakdown_s"].values()) == pytest.approx(time["median"], rel=1e-12)
    assert list(projection["layout"]) == [
        "policy",
        "global_batch",
        "replicas",
        "pipeline_stages",
        "micro_batch",
        "gradient_accumulation",
    ]
    assert projection["layout"]["policy"] == "as-submitted"


def test_that_project_as_text_tells_time_basis_layout_parts_evidence_and_sources(capsys) -> None:
    assert main([*PROJECT, "--layout", "as-submitted"]) == 0
    out = capsys.readouterr().out
    for words in (
        "ResNet-50, closed division",
        "software as of 2021-12",
        "IPU-POD64 (64 IPUs)",
        "8.50 min",
        "model, inside the data",
        "as submitted",
        "All-reduce",
        "Evidence nearby",
        "ipu-pod128-TF1",
        "Sources",
    ):
        assert words in out
    assert "MLPerf® " in out
    assert "MLPerf " not in out.replace("MLPerf® ", "")


def test_that_a_pinned_part_of_the_layout_is_kept(capsys) -> None:
    assert main(["project", "-w", "resnet50", "-s", "dgx-a100", "--global-batch", "1,632", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["layout"]["global_batch"] == 1632


def test_that_a_lever_moves_its_own_system_only(capsys) -> None:
    command = ["compare", "-s", "ipu-pod16,dgx-a100", "--set", "ipu.compute_gain=1.3", "--json"]
    assert main(command) == 0
    answer = json.loads(capsys.readouterr().out)
    moved = [each["time_to_train_s"]["median"] for each in answer["projections"]]
    before = [each["time_to_train_s"]["median"] for each in answer["baseline"]]
    assert moved[0] < before[0]
    assert moved[1] == before[1]
    assert answer["levers"] == {"ipu.compute_gain": 1.3}


def test_that_compare_without_options_is_the_first_start(capsys) -> None:
    assert main(["compare", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [each["system"] for each in answer["projections"]] == [choice.key for choice in FIRST_START.systems]
    assert (answer["workload"], answer["release"]) == (FIRST_START.workload, FIRST_START.release)
    assert answer["reference"] == FIRST_START.reference
    assert answer["baseline"] is None
    assert answer["footnotes"]


def test_that_compare_prints_a_table_with_numbers_on_the_decimal_point(capsys) -> None:
    assert main(["compare"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [
        line for line in lines if line.startswith(("IPU-POD", "DGX A100", "8 × DGX A100")) and "official" not in line
    ]
    assert len(rows) == len(FIRST_START.systems)
    points = {row.index(".") for row in rows}
    assert len(points) == 1, rows


def test_that_compare_writes_a_chart_and_a_table(tmp_path: Path, capsys) -> None:
    chart, table = tmp_path / "chart.png", tmp_path / "table.csv"
    assert main(["compare", "-o", str(chart)]) == 0
    assert str(chart) in capsys.readouterr().out
    assert main(["compare", "-o", str(table)]) == 0
    assert chart.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert "IPU-POD16" in table.read_text("utf-8-sig")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chart.png", "chart.txt", "table.csv"]


def test_that_scaling_gives_a_curve_for_each_family(capsys) -> None:
    assert main(["scaling", "-w", "bert-large", "-s", "ipu-pod,dgx-a100", "--from", "16", "--to", "256", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [curve["system"] for curve in answer["curves"]] == ["ipu-pod", "dgx-a100"]
    for curve in answer["curves"]:
        assert (curve["chips"][0], curve["chips"][-1]) == (16, 256)
        assert len(curve["chips"]) == len(curve["time_to_train_s"]["median"]) == len(curve["basis"])


def test_that_scaling_prints_a_table(capsys) -> None:
    assert main(["scaling", "-s", "ipu-pod", "--to", "64"]) == 0
    assert "64" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "known"),
    [("workloads", "bert-large"), ("systems", "ipu-pod"), ("releases", "2021-12"), ("levers", "compute_gain")],
)
def test_that_list_names_what_can_be_asked(kind: str, known: str, capsys) -> None:
    assert main(["list", kind]) == 0
    assert known in capsys.readouterr().out
    assert main(["list", kind, "--json"]) == 0
    assert known in [each[kind.removesuffix("s")] for each in json.loads(capsys.readouterr().out)]


def test_that_the_app_without_a_display_points_at_the_commands() -> None:
    answer = _run()
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert "display" in answer.stderr
    assert "ipuwhatif compare" in answer.stderr


def test_that_smoke_opens_the_window_and_projects_once() -> None:
    answer = _run("--smoke")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.count("\n") == 1
    assert "min" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [(["list", "systems"], ("PySide6", "scipy", "pandas")), (PROJECT, ("PySide6", "pyqtgraph", "scipy", "pandas"))],
)
def test_that_an_answer_loads_nothing_that_it_does_not_need(arguments: list[str], unwanted: tuple[str, ...]) -> None:
    code = f"import sys; from ipuwhatif.cli import main; main({arguments!r}); print(*sys.modules, file=sys.stderr)"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in answer.stderr.split()}
    assert loaded.isdisjoint(unwanted)


def test_that_backtest_without_scipy_says_what_to_install() -> None:
    code = "import sys; sys.modules['scipy'] = None; from ipuwhatif.cli import main; sys.exit(main(['backtest']))"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "pip install scipy" in answer.stderr


def test_that_a_reader_that_goes_away_is_no_fault() -> None:
    command = f"'{sys.executable}' -m ipuwhatif list systems --json | head -n 1"
    answer = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout == "[\n"
    assert answer.stderr == ""


def test_that_a_console_without_our_letters_gets_an_answer() -> None:
    answer = _run("list", "levers", PYTHONIOENCODING="ascii")
    assert answer.returncode == 0, answer.stderr
    assert "compute_gain" in answer.stdout


def test_that_options_are_not_guessed_from_their_beginnings() -> None:
    with pytest.raises(ValueError, match="--work"):
        parse(["project", "--work", "resnet50", "-s", "ipu-pod:64"])
