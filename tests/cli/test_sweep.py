"""`ipuwhatif sweep`: a plan file in, a table out, and one clear sentence where there is none."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas
import pytest

from ipuwhatif.analysis.sweep import run as running
from ipuwhatif.cli import main
from tests.cli.conftest import Run

PLAN = """
keep = ["time_to_train_s", "energy_kwh", "money"]

[axes]
workload = "resnet50"
system = ["ipu-pod", "dgx-a100"]
chips = [8, 16, 64]
clock = { from = 0.9, to = 1.1, count = 3 }
"gpu.price" = "2.99 USD/GPU-hour 2024"
"""


LONG_AXIS = "link_latency_gain = { from = 0.5, to = 2, count = 50000 }"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_that_a_plan_is_written_and_told(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plans.parquet"
    assert main(["sweep", str(plan), "-o", str(path), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"written": str(path), "plans": 18, "rows": 18, "left_out": []} and told.err == ""
    read = pandas.read_parquet(path)
    assert read["chips"].tolist() == [8] * 3 + [16] * 3 + [64] * 3 + [8] * 3 + [16] * 3 + [64] * 3
    rented = read[read["system"] == "dgx-a100"]
    assert rented["money"].tolist() == pytest.approx(
        (rented["time_to_train_s"] * rented["chips"] * 2.99 / 3600).tolist()
    )
    assert read[read["system"] == "ipu-pod"]["money"].isna().all()
    assert main(["sweep", str(plan), "-o", str(path)]) == 0  # all of it is there already
    assert capsys.readouterr().out == f"Written: {path}\n18 rows of 18 plans\n"


def test_that_a_dry_run_counts_and_writes_nothing(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sweep", str(plan), "--dry-run", "-o", str(tmp_path / "plans.csv")]) == 0
    assert capsys.readouterr().out.startswith("18 plans, about ")
    assert main(["sweep", str(plan), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["plans"] == 18
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]


def test_that_figures_are_those_of_cost(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plans.csv"
    assert main(["sweep", str(plan), "-o", str(path)]) == 0
    capsys.readouterr()
    price = "dgx-a100:8=2.99 USD/GPU-hour 2024 mine"
    assert (
        main(["cost", "-w", "resnet50", "-s", "dgx-a100:8", "--set", "gpu.clock=1.1", "--price", price, "--json"]) == 0
    )
    (system,) = json.loads(capsys.readouterr().out)["systems"]
    row = pandas.read_csv(path).query("system == 'dgx-a100' and chips == 8 and clock == 1.1").iloc[0]
    assert row["money"] == pytest.approx(system["money"]["median"], rel=1e-12)
    assert row["energy_kwh"] == pytest.approx(system["energy_kwh"]["median"], rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "a sweep needs a place: -o results.parquet, or --dry-run to see how many plans there are"),
        (("-o", "plans.xlsx"), "plans.xlsx: a sweep is written as .parquet, .csv"),
        (
            ("-o", "plans.csv", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"),
            "--workers are of this machine, those of --scheduler are not: give one of the two",
        ),
        (
            ("-o", "plans.csv", "--scheduler", "http://host"),
            "'http://host' is no scheduler; write for example tcp://host:8786",
        ),
        (("-o", "plans.csv", "--workers", "1000"), "1,000 workers are too many; the most is 256"),
        (
            ("-o", "plans.csv", "--workers", "0"),
            "argument --workers: '0' is not a whole number from 1 on; the nearest is 1",
        ),
    ],
)
def test_that_a_question_without_an_answer_is_refused(
    plan: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], line: str
) -> None:
    assert main(["sweep", str(plan), *arguments]) == 2
    assert capsys.readouterr().err == f"ipuwhatif: {line}\n"


def test_that_an_unknown_lever_is_refused_by_its_name(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.write_text(PLAN.replace("clock", "clok"), encoding="utf-8")
    assert main(["sweep", str(plan), "-o", str(tmp_path / "plans.csv")]) == 2
    assert capsys.readouterr().err == "ipuwhatif: plan.toml, $.axes: axis 'clok' is unknown; nearest: clock\n"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.toml"]


def test_that_a_user_who_stops_it_is_told_what_is_kept(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PLANS_OF_PART", 5)
    done = running.write_part

    def stopped(store: object, number: int, table: object) -> None:
        if number == 2:
            raise KeyboardInterrupt
        done(store, number, table)

    path = tmp_path / "plans.csv"
    with monkeypatch.context() as patched:
        patched.setattr(running, "write_part", stopped)
        assert main(["sweep", str(plan), "-o", str(path)]) == 130
    told = capsys.readouterr().err
    assert told == (
        "ipuwhatif: stopped with 10 of 18 plans done; they are kept, and the same command goes on from there\n"
    )
    assert main(["sweep", str(plan), "-o", str(path)]) == 0
    assert len(path.read_text(encoding="utf-8").splitlines()) == 19


def test_that_a_killed_sweep_goes_on_with_the_same_table(plan: Path, tmp_path: Path, run: Run) -> None:
    many = PLAN.replace("clock = { from = 0.9, to = 1.1, count = 3 }", LONG_AXIS)
    plan.write_text(many, encoding="utf-8")
    path = tmp_path / "plans.parquet"
    begun = subprocess.Popen([sys.executable, "-m", "ipuwhatif", "sweep", str(plan), "-o", str(path)])
    while begun.poll() is None and not list(path.glob("_part-*.json")):
        time.sleep(0.02)
    begun.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    begun.wait()
    kept = {each.name: each.stat().st_mtime_ns for each in path.glob("_part-*.json")}
    assert kept
    assert run("sweep", str(plan), "-o", str(path)).returncode == 0
    assert all((path / name).stat().st_mtime_ns == time_ns for name, time_ns in kept.items())
    whole = tmp_path / "whole.parquet"
    assert run("sweep", str(plan), "-o", str(whole), "--workers", "2").returncode == 0
    pandas.testing.assert_frame_equal(pandas.read_parquet(path), pandas.read_parquet(whole), rtol=1e-14)


def test_that_workers_tell_reasons_in_the_language_of_the_user(plan: Path, tmp_path: Path, run: Run) -> None:
    plan.write_text(PLAN.replace('"resnet50"', '"bert-large"').replace("[8,", "[1,"), encoding="utf-8")
    path = tmp_path / "plans.csv"
    told = run("--language", "zh_CN", "sweep", str(plan), "-o", str(path), "--workers", "1", "--json")
    (left_out,) = json.loads(told.stdout)["left_out"]
    assert left_out["plans"] == 3 and left_out["reason"].startswith("1 个 IPU 容纳不下 BERT-Large")
