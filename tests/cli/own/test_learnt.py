"""Profiles from a shell: made of results, followed by every command, listed, exported, and what they move and lack."""

import json

import pytest

from ipuwhatif.analysis.world import renew_world
from ipuwhatif.cli import main
from ipuwhatif.importers import profiles
from ipuwhatif.importers.store import FOLDER_VARIABLE

TABLE = (
    "system,chips,workload,time (min),date\nipu-pod,16,resnet50,33,2021-12\n"
    "dgx-a100,8,resnet50,31,2021-12\nipu-pod,64,resnet50,900,2021-12\n"
)


@pytest.fixture
def own(tmp_path, monkeypatch, capsys):
    """What a command prints, over a store with some results; the last of them is no ground to project from."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    monkeypatch.setattr(profiles, "guest_texts", {})
    (tmp_path / "runs.csv").write_text(TABLE)

    def run(*words: object, code: int = 0) -> str:
        renew_world()  # as another start of the program
        assert main([str(word) for word in words]) == code
        told = capsys.readouterr()
        return told.err if code else told.out

    run("import", tmp_path / "runs.csv")
    yield run
    monkeypatch.undo()
    renew_world()


def test_a_profile_is_made_and_says_what_was_left_out(own, tmp_path):
    told = own("mine", "believe", "ours")
    assert told.startswith("Profile ours of 2 runs: use it with --profile ours\nLeft out: runs.csv, row 4: the measure")
    listed = json.loads(own("mine", "list", "--json"))["mine"]
    assert [(each["kind"], each["name"]) for each in listed] == [("profile", "ours"), ("results", "runs")]
    (tmp_path / "more.csv").write_text(TABLE.splitlines()[0] + "\ndgx-a100,64,resnet50,4.7,2021-12\n")
    own("import", tmp_path / "more.csv")
    again = own("mine", "believe", "ours", "--results", "more").splitlines()
    assert again[1].startswith("In the place of the one that was made of 2 of your results, ")
    own("mine", "believe", "ours", "--results", "runs")
    assert 'job = "resnet50", system = "ipu-pod:16", time_s = 1980.0' in own("mine", "show", "ours")


def test_it_goes_out_as_a_file_and_comes_in_elsewhere(own, tmp_path, monkeypatch):
    own("mine", "believe", "ours")
    out = tmp_path / "ours.toml"
    own("mine", "export", "ours", "-o", out)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "elsewhere"))
    assert own("import", out) == "Imported: profile ours\n"
    assert "projected with your profile ours" in own("compare", "--profile", "ours")
    assert own("mine", "remove", "ours") == "Removed: profile ours\n"
    out.write_text(out.read_text().replace("resnet50", "resnet"))
    assert "ours.toml, $.runs.1" in own("import", out, code=2)


@pytest.mark.parametrize(
    "line",
    [
        "project -w resnet50 -s ipu-pod:16",
        "compare",
        "scaling",
        "seek -w resnet50 -s ipu-pod --target 20min",
        "sensitivity -w resnet50 -s ipu-pod:16",
        "breakdown",
        "finish",
        "cost",
    ],
)
def test_every_question_about_time_follows_it(own, line):
    own("mine", "believe", "ours")
    plain, followed = (json.loads(own(*line.split(), *more, "--json")) for more in ((), ("--profile", "ours")))
    assert plain != followed


def test_what_it_moves_is_told_as_text_json_and_chart(own, tmp_path):
    own("mine", "believe", "ours", "--results", "runs")
    chart = tmp_path / "moved.svg"
    told = own("learnt", "--profile", "ours", "-o", chart)
    assert told.startswith("IPU-POD16 (16 IPUs): 28.5 min before, ") and "by machine (%)" in told
    assert "your own measurement" in chart.read_text()
    answer = json.loads(own("learnt", "--profile", "ours", "--json"))
    first = answer["systems"][0]
    assert sum(first["effects"].values()) == pytest.approx(first["step_change"])
    assert answer["profile"]["other_calibration"] is False and len(answer["measured"]) == 2
    marked = json.loads(own("learnt", "--measured", "ipu-pod:16=33 min", "--json"))
    assert marked["profile"] is None and marked["systems"][0]["change"] > 0.1


def test_what_to_measure_next_is_told(own, tmp_path):
    told = own("next", "--on", "dgx-a100:16")
    assert told.startswith("Measure DGX A100 (8 GPUs), ResNet-50, next: 1.33 chip-hours")
    answer = json.loads(own("next", "--measured", "dgx-a100=31 min", "--minutes", "30 min", "--json"))
    assert answer["minutes"] == 30.0 and answer["candidates"][0]["chip_hours"] == answer["candidates"][0]["chips"] / 2.0
    assert ("resnet50", "dgx-a100:8") not in {(each["job"], each["system"]) for each in answer["candidates"]}
    gains = [each["shrink_per_chip_hour"] for each in answer["candidates"]]
    assert gains == sorted(gains, reverse=True)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("compare --profile ours", "there is no profile ours; make one of your results: ipuwhatif mine believe"),
        ("learnt", "projections follow none of your results yet"),
        ("mine believe", "a profile needs a name: ipuwhatif mine believe our-cluster"),
        ("mine believe Our", "'Our' is no name; write small letters, digits and hyphens, up to 60"),
        ("mine believe ours --results other", "no results of yours are called other; there are runs"),
        ("mine believe ours --stack torch", "--stack 'torch' is unknown; the nearest is"),
        ("mine list --stack pytorch-21.03", "--results and --stack are for mine believe; leave them out"),
        ("next --minutes soon", "--minutes 'soon' is not from 0.1 to 100,000; write for example 10"),
        ("next --on dgx", "dgx"),
    ],
)
def test_bad_input_ends_in_one_sentence(own, line, told):
    fault = own(*line.split(), code=2)
    assert fault.startswith("ipuwhatif: ") and told in fault and fault.count("\n") == 1


def test_a_mark_of_other_software_says_so(own, tmp_path):
    (tmp_path / "newer.csv").write_text(TABLE.splitlines()[0] + "\ndgx-a100,64,resnet50,4.4,2022-06\n")
    own("import", tmp_path / "newer.csv")
    note = "Your measurement on 8 × DGX A100 (64 GPUs) is of software as of 2022-06, the projection of 2021-12"
    for command in ("compare", "scaling"):
        told = " ".join(own(command, "--own").split())
        assert note in told and "Your measurement on IPU-POD16" not in told
