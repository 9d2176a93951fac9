"""`ipuwhatif measured`: a measurement of the user's own on the command line."""

import json

import pytest

from ipuwhatif.cli import main


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["measured", "-w", "resnet50", *words]) == 0
    return capsys.readouterr().out


def test_that_the_text_tells_residual_side_and_explanations(capsys: pytest.CaptureFixture[str]) -> None:
    text = ask(capsys, "-s", "ipu-pod16", "--value", "27.8 min")
    for part in ("IPU-POD16", "not part of the fit", "% shorter", "inside the 80 % interval", "needs", "not MLPerf®"):
        assert part in " ".join(text.split())
    assert all(len(line) <= 110 for line in text.splitlines())


def test_that_the_json_holds_every_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(ask(capsys, "-s", "dgx-a100", "--value", "20,000 images/s", "--json"))
    assert answer["measured"] == {"quantity": "throughput", "value": 20000.0}
    assert answer["residual"] == pytest.approx(20000.0 / answer["projected"]["median"] - 1.0)
    assert answer["inside"] is False and 0.0 <= answer["rank"] <= 1.0
    assert answer["explanations"] and all({"parameter", "lever"} & set(each) for each in answer["explanations"])
    assert answer["projection"]["system"] == "dgx-a100:8"


def test_that_levers_count(capsys: pytest.CaptureFixture[str]) -> None:
    question = ("-s", "ipu-pod16", "--value", "27.4 min", "--json")
    plain = json.loads(ask(capsys, *question))
    moved = json.loads(ask(capsys, *question, "--set", "ipu.compute_gain=1.3"))
    assert moved["projected"]["median"] < plain["projected"]["median"]


@pytest.mark.parametrize(
    ("system", "value", "line"),
    [
        ("ipu-pod16", "soon", "'soon' is no time; write for example 28.4 min or 3,900 images/s"),
        ("ipu-pod16,dgx-a100", "28 min", "measured is about one system; name one, such as ipu-pod:64"),
    ],
)
def test_that_faults_are_told_in_one_line(
    capsys: pytest.CaptureFixture[str], system: str, value: str, line: str
) -> None:
    assert main(["measured", "-w", "resnet50", "-s", system, "--value", value]) == 2
    assert capsys.readouterr() == ("", f"ipuwhatif: {line}\n")
