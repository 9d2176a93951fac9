"""Every command that the README shows runs as it stands there."""

import shlex
import shutil
from pathlib import Path

import pytest

from ipuwhatif.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for line in README.splitlines() if line.startswith("ipuwhatif ")]


@pytest.mark.parametrize("line", COMMANDS)
def test_that_a_command_of_the_readme_answers(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(ROOT / "resources" / "examples" / "one-minute.ipuwhatif", tmp_path / "my.ipuwhatif")
    shutil.copyfile(ROOT / "resources" / "samples" / "plan.toml", tmp_path / "plan.toml")
    words = shlex.split(line)[1:]
    assert main(words) == 0
    told = capsys.readouterr()
    assert told.out.strip() and not told.err
    if "-o" in words:
        assert (tmp_path / words[words.index("-o") + 1]).stat().st_size > 1000


def test_that_the_readme_shows_every_kind_of_question() -> None:
    assert {shlex.split(line)[1] for line in COMMANDS} >= {
        "project",
        "compare",
        "scaling",
        "seek",
        "sensitivity",
        "breakdown",
        "memory",
        "cost",
        "measured",
        "evidence",
        "roofline",
        "attribute",
        "claims",
        "export",
        "list",
        "backtest",
        "finish",
        "mine",
        "sweep",
        "learnt",
        "next",
    }
