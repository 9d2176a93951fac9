"""Own results from a shell: read, held against the model, written, kept, listed in Evidence and marked on Compare."""

import json
from pathlib import Path

import pytest

from ipuwhatif.cli import main
from ipuwhatif.importers.store import FOLDER_VARIABLE

DATA = Path(__file__).resolve().parents[2] / "importers/results/data"
TABLE = "system,chips,workload,time (min),date\ndgx-a100,8,resnet50,31.5,2021-12\nipu-pod16,16,resnet50,27.9,2021-12\n"


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    (tmp_path / "runs.csv").write_text(TABLE)
    return tmp_path / "runs.csv"


def told(capsys, *words: object) -> str:
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def fault(capsys, *words: object) -> str:
    assert main([str(word) for word in words]) == 2
    return capsys.readouterr().err


def test_a_folder_is_scored_and_written_and_reads_back_as_the_same(table, capsys):
    written = table.parent / "scores.csv"
    first = told(capsys, "results", DATA, "--round", "v5.0", "-o", written)
    assert "2 results of your own" in first and f"Written: {written}" in first
    answers = [json.loads(told(capsys, "results", path, "--json")) for path in (written, written)]
    assert [row["job"] for row in answers[0]["results"]] == ["llama2-70b-lora", "retinanet"]
    assert answers[0]["results"][0]["measured"]["value"] == pytest.approx(29.2502 * 60.0, rel=0.002)
    assert answers[0] == answers[1]


def test_a_json_table_can_be_written(table, capsys):
    told(capsys, "results", table, "-o", table.parent / "runs.json")
    assert [row["on"] for row in json.loads((table.parent / "runs.json").read_text())] == ["dgx-a100:8", "ipu-pod:16"]


def test_what_is_kept_stands_in_evidence_and_is_marked_on_compare(table, capsys):
    assert told(capsys, "import", table) == "Imported: results runs\n"
    answer = json.loads(told(capsys, "evidence", "--scope", "mine", "--json"))
    assert [row["choice"] for row in answer["results"]] == ["dgx-a100:8", "ipu-pod:16"]
    assert all(row["residual"] is not None and row["official_s"] for row in answer["results"])
    assert "Measured by you" in told(capsys, "compare", "--own") and "runs" in told(capsys, "mine", "list")
    assert "Measured by you" not in told(capsys, "compare")
    page = table.parent / "scaling.html"
    told(capsys, "scaling", "--own", "-o", page)
    assert "your own measurement" in page.read_text(encoding="utf-8")


def test_nothing_is_half_imported_but_the_rest_can_be_kept(table, capsys):
    table.write_text(TABLE + "foo,8,bert,3,\n")
    line = "system 'foo' is unknown; nearest: bow-pod. Say which it is (--system 'foo=bow-pod:4')"
    assert fault(capsys, "import", table) == (
        f"ipuwhatif: runs.csv, row 4: {line}. 1 of 3 results cannot be read: import the others. Nothing was imported: "
        "correct the file, or add --yes where it is right\n"
    )
    assert json.loads(told(capsys, "evidence", "--scope", "mine", "--json"))["results"] == []
    assert "Not read: runs.csv, row 4" in " ".join(told(capsys, "results", table, "--keep").split())
    assert len(json.loads(told(capsys, "evidence", "--scope", "mine", "--json"))["results"]) == 2


def test_columns_units_and_systems_can_be_said(table, capsys):
    table.write_text("box,what,took\nours,resnet50,30\n")
    words = ("--column", "system=box", "--column", "workload=what", "--column", "time=took", "--unit", "time=min")
    answer = json.loads(told(capsys, "results", table, *words, "--system", "ours=dgx-a100:8", "--json"))
    assert answer["results"][0]["measured"] == {"quantity": "time", "value": 1800.0}


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("-o", "a.png"), "'a.png' is no table; name a .csv or .json file"),
        (("--decimal", "dot"), "--decimal is comma or point, not 'dot'"),
        (("--column", "time"), "--column 'time': write 'time=Duration (h)'"),
        (("--system", "box=dgx"), None),
        (("--unit", "tiem=min"), "runs.csv: 'tiem' is no column that is read; nearest: time"),
        (("--unit", "time=parsecs"), "runs.csv, row 2: '31.5 parsecs' has unit 'parsecs', which is no time; write"),
    ],
)
def test_what_is_said_wrongly_is_refused(table, capsys, words, line):
    said = fault(capsys, "results", table, *words)
    assert said.startswith(f"ipuwhatif: {line}" if line else "ipuwhatif: ") and said.count("\n") == 1


def test_without_anything_imported_both_say_what_to_do(table, capsys):
    assert "Nothing of your own is imported yet" in told(capsys, "evidence", "--scope", "mine")
    assert fault(capsys, "compare", "--own") == (
        "ipuwhatif: no result that you imported is of ResNet-50 on one of these systems; bring one in with: ipuwhatif "
        "import FILE\n"
    )


def test_what_is_said_of_columns_goes_for_import_too(table, capsys):
    table.write_text("box,what,took\nours,resnet50,30\n")
    words = ("--column", "system=box", "--column", "workload=what", "--column", "time=took", "--unit", "time=min")
    assert told(capsys, "import", table, *words, "--system", "ours=dgx-a100:8").startswith("Imported: results runs")
    (kept,) = json.loads(told(capsys, "evidence", "--scope", "mine", "--json"))["results"]
    assert kept["measured"] == {"quantity": "time", "value": 1800.0}
    network = table.with_name("model.toml")
    network.write_text("")
    assert fault(capsys, "import", network, "--unit", "time=min") == (
        "ipuwhatif: 'model.toml' holds no results: leave out what says how they are to be read\n"
    )


def test_projections_of_a_sweep_are_no_measurements(table, capsys):
    table.write_text("plan,system,chips,workload,time_to_train_s\n0,dgx-a100,8,resnet50,1740.5\n")
    assert fault(capsys, "import", table) == (
        "ipuwhatif: runs.csv: these are projections that a sweep wrote, no measurements: nothing is read of them\n"
    )
