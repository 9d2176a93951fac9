"""A chip, a round and a submitter that nobody has heard of are rows in tables: no line of code knows their names."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHIP, SYSTEM, ROUND, RELEASE, SUBMITTER = "z9", "zeta-z9", "v1.9", "2022-03", "Acme"
#: The invented entries: a known one of eight GPUs, run again on the invented machine this much faster.
LIKE, FASTER = "nf5488a5_mxnet", 2.0


def _edit(path: Path, change: Callable[[dict], None]) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def _like(rows: list[dict], model: str, /, **changes: object) -> dict:
    (found,) = (row for row in rows if row["key"] == model)
    return json.loads(json.dumps(found)) | changes


def _add_rows(resources: Path) -> None:
    catalog, priors = resources / "catalog", resources / "priors"
    _edit(
        catalog / "chips.json",
        lambda it: it["chips"].append(_like(it["chips"], "a100-80gb", key=CHIP, name="Z9", generation=CHIP)),
    )
    rule = {"patterns": {"accelerator_model_name": "Zeta Z9"}}
    machine = {"key": SYSTEM, "name": "Zeta Z9 server", "chip": CHIP, "entries": [rule]}
    _edit(catalog / "systems.json", lambda it: it["systems"].append(_like(it["systems"], "dgx-a100", **machine)))
    _edit(
        catalog / "releases.json",
        lambda it: it["releases"].append(
            _like(it["releases"], "2021-12", key=RELEASE, mlperf_round=ROUND, anchor=False)
        ),
    )
    generation = {"key": CHIP, "spread": 0.4, "reason": "invented"}
    _edit(priors / "generations.json", lambda it: it["generations"].append(generation))
    _edit(priors / "submitters.json", lambda it: it["submitters"].append({"key": SUBMITTER, "architecture": "gpu"}))
    entries = resources / "evidence" / "mlperf_training_to_v1.1.csv"
    with entries.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    (known,) = (
        row for row in rows if row["system"] == LIKE and row["round"] == "v1.1" and row["benchmark"] == "resnet"
    )
    seconds = ("minutes_score", "minutes_min", "minutes_median", "minutes_max", "wall_s_measured_mean", "train_s_mean")
    rates = ("throughput_total_samples_s", "throughput_train_only_samples_s")
    for submitter in (SUBMITTER, "NVIDIA"):
        row = dict(known) | {"round": ROUND, "submitter": submitter, "system": f"z9_{submitter}", "system_name": "Z9"}
        row |= {"accelerator_model_name": "Zeta Z9", "source_folder": f"{submitter}/results/z9/resnet"}
        row |= {column: f"{float(known[column]) / FASTER:.6g}" for column in seconds}
        row |= {column: f"{float(known[column]) * FASTER:.6g}" for column in rates}
        rows.append(row)
    with entries.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program and its resources in a folder of their own, with the invented rows, fitted."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "ipuwhatif", folder / "ipuwhatif", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", folder / "resources", ignore=shutil.ignore_patterns("*.ttf"))
    _add_rows(folder / "resources")
    assert "fitted" in run(folder, "-m", "ipuwhatif.calibration")
    return folder


def run(folder: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_that_the_fit_learns_the_new_chip_and_submitter_and_drifts_from_the_new_round(copy: Path) -> None:
    table = json.loads((copy / "resources" / "calibration" / "parameters.json").read_text(encoding="utf-8"))
    rows = {row["name"]: row for row in table["parameters"]}
    # twice as fast as an 80 GB A100 at 500 W by the entries, as fast by its data sheet
    assert 1.7 < rows[f"chip_effect.{CHIP}"]["value"] < 2.3 and rows[f"chip_effect.{CHIP}"]["identified"]
    assert rows[f"submitter_effect.{SUBMITTER}"]["prior_spread"] == 0.02
    assert "micro_effect.gpu.resnet50.2021-12" not in rows  # the anchor is what others depart from
    assert rows[f"micro_effect.gpu.resnet50.{RELEASE}"]["prior_spread"] == pytest.approx(0.015)
    assert rows["micro_effect.gpu.resnet50.2022-06"]["prior_spread"] == pytest.approx(0.015 * 2**0.5)


def test_that_the_new_chip_is_projected_in_the_new_round_beside_its_official_score(copy: Path) -> None:
    asked = ("project", "-w", "resnet50", "-s", f"{SYSTEM}:8", "--release", RELEASE, "--json")
    answer = json.loads(run(copy, "-m", "ipuwhatif", *asked))
    assert answer["basis"] == "calibrated"
    assert answer["official_s"] == pytest.approx(27.5684 * 60 / FASTER, rel=1e-3)
    assert answer["time_to_train_s"]["low"] < answer["official_s"] < answer["time_to_train_s"]["high"]
