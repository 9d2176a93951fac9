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


def test_that_projections_follow_what_is_measured_where_a_question_says_so(capsys) -> None:
    times = {}
    for words in ((), ("--measured", "ipu-pod:16=33 min")):
        assert main(["compare", "-s", "ipu-pod16,ipu-pod64,dgx-a100", *words, "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        times[words] = [each["time_to_train_s"]["median"] for each in answer["projections"]]
    before, after = times.values()
    assert after[0] == pytest.approx(1_980.0, rel=0.01)
    assert before[1] < after[1] and before[2] == pytest.approx(after[2])
    assert "projected with your measurement on IPU-POD16 (16 IPUs)" in answer["headline"]


def test_that_one_system_is_measured_once(capsys) -> None:
    assert main(["compare", "--measured", "ipu-pod:16=30 min", "--measured", "ipu-pod16=33 min"]) == 2
    assert capsys.readouterr().err == ("ipuwhatif: --measured: ipu-pod:16 is measured twice; give one of the two\n")


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        ("ipu-pod:16", "--measured 'ipu-pod:16' names no value; write for example \"ipu-pod:16=30 min\""),
        ("ipu-pod6=30 min", "unknown system 'ipu-pod6'; nearest: ipu-pod64"),
        (
            "ipu-pod:16=fast",
            "'fast' is no time; write for example 28.4 min or 3,900 images/s",
        ),
    ],
)
def test_that_a_measurement_that_says_nothing_is_refused_in_a_sentence(measured: str, said: str, capsys) -> None:
    assert main(["compare", "--measured", measured]) == 2
    assert capsys.readouterr().err == f"ipuwhatif: {said}\n"
