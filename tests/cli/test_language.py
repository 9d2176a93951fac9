"""The language of the commands: English unless another is asked for, whatever the system is set to."""

import json
from pathlib import Path

import pytest

from ipuwhatif.cli import BAD_INPUT, main, opening
from ipuwhatif.texts import CHINESE, ENGLISH


@pytest.mark.parametrize("words", [["--language", "zh_CN", "compare"], ["compare", "--language=zh_CN"]])
def test_that_an_answer_is_in_the_language_that_is_asked_for(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "训练时间" in told and "28.33 分钟" in told
    assert "All rights reserved." in told  # legal lines stay as they must be


def test_that_the_systems_own_language_changes_no_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    assert main(["project", "-w", "resnet50", "-s", "ipu-pod:64"]) == 0
    assert "time to train" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "given"), [(["--language", "fr", "compare"], "fr"), (["compare", "--language"], "")])
def test_that_a_language_that_is_not_there_is_named(
    words: list[str], given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == BAD_INPUT
    line = f"ipuwhatif: '{given}' is no language of the app; choose one of en, zh_CN\n"
    assert capsys.readouterr() == ("", line)


def test_that_a_damaged_catalog_is_told_and_the_answer_is_in_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(opening, "resource", lambda *_: tmp_path)  # a folder without a catalog
    assert main(["--language", "zh_CN", "list", "systems"]) == 0
    out, err = capsys.readouterr()
    assert "Any chip count between them" in out
    told = "the texts in 简体中文 cannot be read, install the program anew; it goes on in English"
    assert err == f"ipuwhatif: {told}\n"


def test_that_two_languages_at_once_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "list", "systems", "--language", "zh_CN"]) == BAD_INPUT
    assert capsys.readouterr() == ("", "ipuwhatif: argument --language: given twice; give it once\n")


def test_that_a_fault_is_told_in_the_language_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "zh_CN", "project", "-w", "resnet51", "-s", "ipu-pod:64"]) == BAD_INPUT
    assert capsys.readouterr() == ("", "ipuwhatif: 工作负载 'resnet51' 未知；最接近的是 resnet50\n")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["compare", "--nothing"], "没有任何命令接受 '--nothing'；--help 说明可用的内容"),
        (["project"], "缺少必需的参数：-w/--workload"),
        (["compare", "-s"], "参数 -s/--systems：需要一个值"),
    ],
)
def test_that_a_faulty_command_line_is_told_in_chinese(
    words: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--language", "zh_CN", *words]) == BAD_INPUT
    assert capsys.readouterr() == ("", f"ipuwhatif: {line}\n")


def test_that_the_help_is_chinese_throughout(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--language", "zh_CN", "--help"])
    told = capsys.readouterr().out
    assert "用法：" in told and "选项" in told and "show this help" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["compare", "-s", "xeon-8380h,tpu-v3"], ["8 × Xeon 8380H (8 插槽)", "TPU v3 slice (16 TPU)"]),
        (["scaling", "-s", "tpu-v3"], ["TPU v3 (16 TPU)"]),
        (["compare", "-s", "tpu-v3:16", "--set", "other.compute_gain=1.3"], ["TPU 和 Gaudi"]),
    ],
)
def test_that_chips_and_families_are_named_in_chinese(
    words: list[str], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--language", "zh_CN", *words]) == 0
    answer = capsys.readouterr().out
    assert all(text in answer for text in told), answer


def numbers_in(answer: object) -> list[float]:
    """Every number of a JSON answer, in its order."""
    if isinstance(answer, dict):
        return [number for value in answer.values() for number in numbers_in(value)]
    if isinstance(answer, list):
        return [number for value in answer for number in numbers_in(value)]
    return [float(answer)] if isinstance(answer, (int, float)) and not isinstance(answer, bool) else []


@pytest.mark.parametrize(
    "words",
    [
        "project -w resnet50 -s ipu-pod:64",
        "compare -w bert-large",
        "scaling -s ipu-pod,dgx-a100",
        "seek -w resnet50 -s ipu-pod --target 5min",
        "seek -w resnet50 -s ipu-pod:256 --target 3min --over any",
        "sensitivity -w resnet50 -s ipu-pod:64",
        "sensitivity -w bert-large -s dgx-a100:8",
        "breakdown",
        "memory -w llama31-405b -s gb200-nvl72,hgx-h200,ipu-pod64",
        "finish -s dgx-a100 --failure-rate llama3 --storage llama3 --restart rsc --by 2027-01-01 --start 2026-12-01",
        "cost --set all.electricity_price=0.15",
        "attribute v1.0/Graphcore/ipu-pod16-TF1/resnet/closed v1.1/Graphcore/ipu-pod16-TF1/resnet/closed",
        "evidence -w bert-large",
        "roofline -w efficientnet-b4",
        "measured -w resnet50 -s ipu-pod:16 --value 30min",
        "claims",
        "backtest",
        "project -w gpt2-xl -s ipu-pod64",
    ],
)
def test_that_no_number_depends_on_the_language(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers = []
    for language in (ENGLISH, CHINESE):
        assert main(["--language", language, *words.split(), "--json"]) == 0
        answers.append(numbers_in(json.loads(capsys.readouterr().out)))
    assert answers[0] == answers[1] and answers[0]
