"""When a run is done, on the command line: as text, JSON and every kind of file; published records by their names."""

import json
from pathlib import Path

import pytest

from ipuwhatif.cli import main
from ipuwhatif.export.formats import FORMATS

SIZES = ("--layers=126", "--width=16384", "--heads=128", "--kv-heads=8", "--ffn=53248", "--vocab=128256")
LARGE = ("-w", "transformer", *SIZES, "--tokens", "15.6 T", "-s", "dgx-h100:4096")
LLAMA = ("--failure-rate", "llama3", "--storage", "llama3", "--restart", "megascale")


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(("finish", *arguments)) == 0
    return capsys.readouterr().out


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str):
    return json.loads(ask(capsys, *arguments, "--json"))


def test_that_a_deadline_is_answered_with_a_probability_and_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, *LARGE, *LLAMA, "--start", "2026-12-01", "--by", "2027-08-14")
    assert text.startswith("512 × DGX H100 (4,096 GPUs) done by 2027-08-14 with ")
    assert "Llama 3 Herd of Models" in text and "MegaScale" in text and "Young 1974" in text.replace("\n    ", " ")
    answer = as_json(capsys, *LARGE, *LLAMA, "--start", "2026-12-01", "--by", "2027-08-14")
    (run,) = answer["systems"]
    assert answer["deadline_s"] == 257 * 86_400 and answer["start"] == "2026-12-01"
    assert 0.5 < run["probability_by_deadline"] < 0.95
    assert [each["probability"] for each in run["done_on"]] == [0.5, 0.8, 0.95]
    assert [each["day"] for each in run["done_on"]] == sorted(each["day"] for each in run["done_on"])


def test_that_json_holds_parts_that_add_up_and_what_stops_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    (run,) = as_json(capsys, *LARGE, *LLAMA, "--queue", "2 d", "--sure", "90 %")["systems"]
    assert sum(run["parts_s"].values()) == pytest.approx(run["mean_s"])
    assert run["parts_s"]["queue"] == 2 * 86_400
    assert run["goodput"] == pytest.approx(run["parts_s"]["useful"] / (run["mean_s"] - run["parts_s"]["queue"]))
    assert run["failures_per_s"] == pytest.approx(0.4736 * 4096 / 1000 / 86_400)
    assert run["restart_s"] == 600 and run["checkpoint_interval_s"] > run["checkpoint_s"] > 0
    assert [each["probability"] for each in run["done_s"]] == [0.5, 0.8, 0.9, 0.95]
    assert run["done_on"] is None and run["probability_by_deadline"] is None


def test_that_own_figures_count_as_published_ones_do(capsys: pytest.CaptureFixture[str]) -> None:
    own = ("--failure-rate", "419 in 54 d on 16384 chips", "--storage", "2 TB/s", "--restart", "10 min")
    (run,) = as_json(capsys, *LARGE, *own)["systems"]
    (published,) = as_json(capsys, *LARGE, *LLAMA)["systems"]
    assert run["mean_s"] == pytest.approx(published["mean_s"], rel=1e-4)


def test_that_entries_know_no_failures_and_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, "-s", "ipu-pod16,dgx-a100", "--by", "30 min")
    assert not answer["failures_counted"] and answer["headline"].endswith(", no failures")
    assert answer["notices"][0].startswith("No failures are counted: none is stated.")
    for run in answer["systems"]:
        assert run["goodput"] == 1.0 and run["failures"] == 0.0 and run["checkpoint_interval_s"] is None
        assert 0.0 < run["probability_by_deadline"] < 1.0


@pytest.mark.parametrize("ending", FORMATS)
def test_that_every_kind_of_file_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"finish{ending}"
    assert str(path) in ask(capsys, *LARGE, *LLAMA, "--by", "300 d", "-o", str(path)).replace("\n    ", "")
    assert path.stat().st_size > 300
    if ending == ".csv":
        assert "Goodput (%)" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("--failure-rate", "llama3"),
            "checkpoints are taken: state how long one stops training, or the storage bandwidth: "
            '--checkpoint-cost "20 s", --storage "2 TB/s"',
        ),
        (
            ("--failure-rate", "1", "--checkpoint-cost", "5"),
            'failures are counted: state how long a restart takes: --restart "12 min"',
        ),
        ((*LLAMA, "--spares", "2"), 'spares are counted: state how long a repair takes: --repair "2 d"'),
        (
            ("--failure-rate", "llama"),
            "'llama' is no published record of this; known: llama3, rsc-1, rsc-2, opt-175b; or state a figure of your "
            "own",
        ),
        (("--sure", "120"), "'120' is not from 1 to 99 percent; write for example 80"),
        (("--sure", "sure"), "'sure' is not from 1 to 99 percent; write for example 80"),
        (
            ("--by", "2027-01-01"),
            "2027-01-01 is a day, and no day is stated on which the run begins: state the start as well",
        ),
        (("--by", "soon"), "'soon' is no time; write for example 1.5 h, 90 min, 1 h 30 min or 3 days"),
        (("--start", "tomorrow"), "'tomorrow' is no day; write year, month and day: 2027-03-14"),
        (
            ("--spares", "1001"),
            "Spares of '1001' is outside 0 to 1,000 machines; the nearest is 1,000 machines",
        ),
        (
            ("--queue", "-1 h"),
            "Queue and set-up of '-1 h' is outside 0.01 to 100,000 h; the nearest is 0.01 h",
        ),
        (
            ("--set", "all.failure_rate=1", "--failure-rate", "2"),
            "lever all.failure_rate is set twice; set it once",
        ),
        (
            ("--set", "all.electricity_price=1"),
            "lever all.electricity_price changes no time: leave it out, or ask with ipuwhatif cost",
        ),
    ],
)
def test_that_what_cannot_be_told_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], line: str
) -> None:
    assert main(("finish", "-s", "dgx-a100", *arguments)) == 2
    assert capsys.readouterr() == ("", f"ipuwhatif: {line}\n")


def test_that_another_command_says_which_one_knows_of_failures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("compare", "--set", "all.failure_rate=1")) == 2
    assert capsys.readouterr().err == (
        "ipuwhatif: lever all.failure_rate changes no time: leave it out, or ask with ipuwhatif finish\n"
    )


def test_that_the_time_before_the_clock_is_counted_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("-w", "llama2-70b-lora", "-s", "gb200-nvl72:512")
    (plain,) = as_json(capsys, *asked)["systems"]
    assert plain["parts_s"]["initialisation"] == 0.0
    for text, low, high in (("3 min", 180.0, 180.0), ("entries", 60.0, 400.0)):
        (run,) = as_json(capsys, *asked, "--initialisation", text)["systems"]
        assert low <= run["parts_s"]["initialisation"] <= high
        assert run["mean_s"] == pytest.approx(plain["mean_s"] + run["parts_s"]["initialisation"])
        assert run["time_to_train_s"] == plain["time_to_train_s"]
    assert "of initialisation, which no score has" in ask(capsys, *asked, "--initialisation", "ENTRIES")
    assert "Initialisation is not counted: no score has it. 5 entries" in ask(capsys, *asked).replace("\n    ", " ")


def test_that_a_job_without_entries_has_no_initialisation_of_theirs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("finish", "-w", "gpt2-small", "-s", "dgx-a100", "--initialisation", "entries")) == 2
    assert (
        "no entry tells how long GPT-2 small takes to initialise; state a time of your own" in capsys.readouterr().err
    )
