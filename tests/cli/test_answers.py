"""The command line: the same answers as the window, as text, as JSON and as files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ipuwhatif.cli import main
from ipuwhatif.cli.text import WIDTH
from ipuwhatif.scenario.scenario import FIRST_START

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ["project", "-w", "resnet50", "-s", "ipu-pod:64"]


def test_that_project_answers_in_the_agreed_json(run) -> None:
    answer = run(*PROJECT, "--layout", "as-submitted", "--json")
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
        "settings",
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
    assert main(["compare", "-o", str(table)]) == 0
    assert chart.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert "IPU-POD16" in table.read_text("utf-8-sig")
    written = [line.removeprefix("Written: ") for line in capsys.readouterr().out.splitlines() if "Written" in line]
    assert sorted(written) == sorted(str(path) for path in tmp_path.iterdir())
    assert [Path(name).suffix for name in sorted(written)] == [".png", ".txt", ".csv", ".txt"]


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


def test_that_smoke_opens_the_window_and_projects_once(run) -> None:
    answer = run("--smoke")
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


def test_that_a_moved_lever_or_a_pin_takes_the_official_score_out_of_the_headline(capsys) -> None:
    assert main([*PROJECT, "--layout", "as-submitted"]) == 0
    assert "official" in capsys.readouterr().out.splitlines()[0]
    assert main([*PROJECT, "--micro-batch", "10", "--gradient-accumulation", "8", "--set", "ipu.clock=1.2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "projected" in lines[0]
    assert "official" not in lines[0]
    assert any(line.startswith("Set: IPU clock 1.20 ×; IPU-POD64 (64 IPUs) micro-batch 10 samples; ") for line in lines)


def test_that_json_names_every_setting_of_a_projection(capsys) -> None:
    assert main([*PROJECT, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["settings"] == []
    assert main([*PROJECT, "--global-batch", "3,200", "--pipeline-stages", "1", "--json"]) == 0
    settings = json.loads(capsys.readouterr().out)["settings"]
    assert settings == [
        "IPU-POD64 (64 IPUs) global batch 3,200 samples",
        "IPU-POD64 (64 IPUs) pipeline stages 1 stage",
    ]


def test_that_a_lever_at_its_default_is_no_setting(capsys) -> None:
    assert main([*PROJECT, "--set", "ipu.compute_gain=1"]) == 0
    assert "official" in capsys.readouterr().out.splitlines()[0]


def test_that_one_system_can_be_kept_at_the_default_while_its_family_is_moved(capsys) -> None:
    levers = ["--set", "ipu.compute_gain=1.3", "--set", "ipu-pod16.compute_gain=1"]
    assert main(["compare", "-s", "ipu-pod16,ipu-pod64", *levers, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    after, before = (
        [each["time_to_train_s"]["median"] for each in answer[which]] for which in ("projections", "baseline")
    )
    assert after[0] == before[0]
    assert after[1] < before[1]


def test_that_any_listed_system_can_be_the_reference(capsys) -> None:
    systems = ["compare", "-s", "ipu-pod16,dgx-a100,ipu-pod64", "--json"]
    for asked, reference in (
        ([], "dgx-a100:8"),
        (["--reference", "ipu-pod64"], "ipu-pod:64"),
        (["--reference", "dgx-a100"], "dgx-a100:8"),
    ):
        assert main([*systems, *asked]) == 0
        assert json.loads(capsys.readouterr().out)["reference"] == reference
    assert main(["compare", "-s", "ipu-pod64,ipu-pod16", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reference"] == "ipu-pod:64"


def test_that_the_headline_speaks_of_the_system_that_was_asked_for(capsys) -> None:
    assert main(["compare", "--subject", "dgx-a100:64"]) == 0
    said = capsys.readouterr().out.splitlines()[0]
    assert said.startswith("ResNet-50: 8 × DGX A100 (64 GPUs) 4.53 min · DGX A100 (8 GPUs) 29.15 min")


def test_that_thousands_may_be_grouped_in_every_count(capsys) -> None:
    assert main(["compare", "-s", "ipu-pod:1,024,dgx-a100:1 024", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [each["chips"] for each in answer["projections"]] == [1024, 1024]
    assert main(["scaling", "-s", "ipu-pod", "--from", "512", "--to", "1 024", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["curves"][0]["chips"][-1] == 1024


def test_that_scaling_tells_the_layout_policy_that_it_searched_with(capsys) -> None:
    assert main(["scaling", "-s", "ipu-pod", "--to", "32", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["layout_policy"] == "best"


def test_that_project_prints_each_part_of_the_time_once_and_breaks_no_name(capsys) -> None:
    assert main([*PROJECT, "--layout", "as-submitted"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= WIDTH
    for part in ("Arithmetic", "All-reduce", "Weight update", "Start-up"):
        assert len([line for line in lines if line.strip().startswith(part)]) == 1
    title = "The Data Center Architecture for Graphcore Computing (Cambrian AI Research, Apr 2021)"
    assert f"      {title}" in lines


def test_that_a_written_file_is_named_on_one_line(tmp_path: Path, capsys) -> None:
    path = tmp_path / "two\nlines.csv"
    assert main(["compare", "-s", "ipu-pod16", "-o", str(path)]) == 0
    written = [f"Written: {tmp_path}/two?lines.csv{ending}" for ending in ("", ".txt")]
    assert capsys.readouterr().out.splitlines()[-2:] == written
    assert path.is_file()
