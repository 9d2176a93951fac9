"""Where answers are printed: a console that is closed, full, gone or poor in letters."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the shell and the devices of Linux")
QUESTIONS = ["list systems", "compare -s ipu-pod16", "project -w resnet50 -s ipu-pod16 --json", "--help"]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("> /dev/full", "the answer cannot be printed: No space left on device"),
        (">&-", "standard output is closed; there is nowhere to print the answer"),
    ],
)
def test_that_an_answer_that_cannot_be_printed_ends_in_one_line_and_exit_code_2(
    question: str, place: str, line: str, run_in_shell
) -> None:
    answer = run_in_shell(f"{question} {place}")
    assert (answer.returncode, answer.stderr) == (2, f"ipuwhatif: {line}\n")


def test_that_nothing_is_written_where_the_answer_cannot_be_printed(run_in_shell, tmp_path: Path) -> None:
    assert run_in_shell(f"compare -s ipu-pod16 -o '{tmp_path}/table.csv' >&-").returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["2>&-", "2> /dev/full"])
def test_that_a_fault_is_not_told_among_answers_where_nobody_listens(place: str, run_in_shell) -> None:
    answer = run_in_shell(f"list workload {place}")
    assert (answer.returncode, answer.stdout) == (2, "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("question", [*QUESTIONS, "--smoke", "export --help", "list levers --json"])
def test_that_a_reader_that_goes_away_is_no_fault(
    question: str, unbuffered: str, run_in_shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    answer = run_in_shell(f"{question} | true")
    assert (answer.stdout, answer.stderr) == ("", "")


def test_that_a_reader_gets_the_lines_that_it_wants(run_in_shell) -> None:
    answer = run_in_shell("list systems --json | head -n 1")
    assert (answer.stdout, answer.stderr) == ("[\n", "")


def test_that_a_console_without_our_letters_gets_an_answer(run) -> None:
    answer = run("list", "levers", PYTHONIOENCODING="ascii")
    assert answer.returncode == 0, answer.stderr
    assert "compute_gain" in answer.stdout
